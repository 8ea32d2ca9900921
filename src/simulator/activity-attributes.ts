/**
 * What Marketo's own activity types tell, as far as it is known: the primary attribute, and the others.
 *
 *     24   Add to List      List ID · Source
 *     12   New Lead         no primary attribute · Created Date, Form Name, …
 *
 * A type that is not here has attributes that nobody has written down. Which types there are differs from instance to instance.
 *
 * Sources: Adobe "Activities", "Bulk Activity Extract"; public activity records and connectors' schemas (names); the data types of
 * attributes that no page names go by their names.
 *
 * @module
 */
import type { JsonObject } from '../ground/json.js'

interface Row {
  readonly primary: string | null
  readonly attributes: ReadonlyArray<string>
}

// biome-ignore format: table
const api = ['API Method Name', 'Modifying User', 'Request Id']
// biome-ignore format: table
const ofSend = ['Campaign Run ID', 'Choice Number', 'Has Predictive', 'Step ID', 'Test Variant']
// biome-ignore format: table
const ofBounce = ['Category', 'Details', 'Email', 'Subcategory']
// biome-ignore format: table
const ofOpen = [
  'Bot Activity Pattern', 'Campaign Run ID', 'Choice Number', 'Device', 'Has Predictive', 'Is Bot Activity', 'Is Mobile Device',
  'Platform', 'Step ID', 'Test Variant', 'User Agent'
]
// biome-ignore format: table
const ofPage = ['Client IP Address', 'Query Parameters', 'Referrer URL', 'User Agent']

// biome-ignore format: table
const rows: Readonly<Record<number, Row>> = {
  1:   { primary: 'Webpage ID',     attributes: [...ofPage, 'Search Engine', 'Search Query', 'Webpage URL'] },
  2:   { primary: 'Webform ID',     attributes: [...ofPage, 'Form Fields', 'Webpage ID'] },
  3:   { primary: 'Link ID',        attributes: [...ofPage, 'Webpage ID'] },
  6:   { primary: 'Mailing ID',     attributes: ofSend },
  7:   { primary: 'Mailing ID',     attributes: ofSend },
  8:   { primary: 'Mailing ID',     attributes: [...ofSend, ...ofBounce] },
  9:   { primary: 'Mailing ID',     attributes: [...ofPage, 'Campaign Run ID', 'Form Fields', 'Has Predictive', 'Test Variant', 'Webform ID', 'Webpage ID'] },
  10:  { primary: 'Mailing ID',     attributes: ofOpen },
  11:  { primary: 'Mailing ID',     attributes: [...ofOpen, 'Is Predictive', 'Link', 'Link ID'] },
  12:  { primary: null,             attributes: ['Created Date', 'Form Name', 'Lead Source', 'List Name', 'SFDC Type', 'Source Type', ...api] },
  13:  { primary: 'Attribute Name', attributes: ['New Value', 'Old Value', 'Reason', 'Source', ...api] },
  22:  { primary: 'Attribute Name', attributes: ['Change Value', 'New Value', 'Old Value', 'Priority', 'Reason', 'Relative Score', 'Relative Urgency', 'Urgency'] },
  24:  { primary: 'List ID',        attributes: ['Source'] },
  25:  { primary: 'List ID',        attributes: ['Source'] },
  27:  { primary: 'Mailing ID',     attributes: [...ofSend, ...ofBounce] },
  32:  { primary: 'Lead ID',        attributes: ['Master Updated', 'Merge IDs', 'Merge Source', 'Merged in Sales'] },
  37:  { primary: 'Lead ID',        attributes: [] },
  38:  { primary: 'Mailing ID',     attributes: [] },
  46:  { primary: 'Type',           attributes: ['Date', 'Description', 'Source'] },
  47:  { primary: 'Campaign ID',    attributes: ['Source'] },
  104: { primary: 'Program ID',     attributes: ['Acquired By', 'New Status', 'New Status ID', 'Old Status', 'Old Status ID', 'Program Member ID', 'Reason', 'Success'] },
  113: { primary: 'Program ID',     attributes: ['Track ID', 'Track Name'] },
  114: { primary: 'Program ID',     attributes: ['New Track ID', 'New Track Name', 'Previous Track ID', 'Previous Track Name'] },
  115: { primary: 'Program ID',     attributes: ['New Nurture Cadence', 'Previous Nurture Cadence'] },
  123: { primary: 'Program ID',     attributes: ['Source'] }
}

// biome-ignore format: table
const numbers = ['Choice Number', 'Priority', 'Relative Score', 'Relative Urgency', 'Test Variant', 'Urgency']
// biome-ignore format: table
const flags = [
  'Has Predictive', 'Is Bot Activity', 'Is Mobile Device', 'Is Predictive', 'Master Updated', 'Merged in Sales', 'Success'
]
// biome-ignore format: table
const texts = ['Details', 'Form Fields', 'Query Parameters']
// biome-ignore format: table
const dates = ['Created Date', 'Date']

const dataType = (name: string): string => {
  if (name.endsWith(' ID') || numbers.includes(name)) return 'integer'
  if (flags.includes(name)) return 'boolean'
  if (texts.includes(name)) return 'text'
  return dates.includes(name) ? 'date' : 'string'
}

const typed = (name: string): JsonObject => ({ name, dataType: dataType(name) })

/** The attributes of one of Marketo's own types, as types are told. @internal */
export const builtInAttributes = (id: number): JsonObject => {
  const { primary, attributes } = rows[id] ?? { primary: null, attributes: [] }
  return { ...(primary === null ? {} : { primaryAttribute: typed(primary) }), attributes: attributes.map(typed) }
}
