/**
 * Reads the settings of a source, and says each mistake with its place.
 *
 *     { munchkinId }       is enough for ten of the twelve collections: activities want their types
 *
 * Marketo's feed of changes, which tells what leads are new, changed, merged or deleted, is read whatever `activityTypeIds` says: types 12,
 * 13, 32 and 37, by themselves, give no rows of `lead_activities`.
 *
 * Source: Segment "Marketo Source", Lead Activity Type IDs, Getting started, FAQs.
 *
 * @module
 */
import type { UnknownRecord } from '../ground/json.js'
import { conflict, missing, type Problem } from '../ground/problem.js'
import {
  aRecord,
  decoding,
  member,
  oneOf,
  orNull,
  requiredMember,
  warnOfUnknownKeys,
  wholeNumber
} from '../ground/reading.js'
import type { Remarked } from '../ground/these.js'
import { pushTwins } from '../ground/twins.js'
import { collections as known } from './collections.js'
import { definedCollections } from './define-list.js'
import { isSound } from './define-readers.js'
import { leads } from './lead-collections.js'
import {
  activityTypeId,
  customActivityAttribute,
  customLeadField,
  listOrText,
  munchkinId,
  schemaName
} from './setting-readers.js'
import type { CustomLeadField, SourceSettings } from './settings.js'

const names = [
  'munchkinId',
  'schemaName',
  'activityTypeIds',
  'customLeadFields',
  'customActivityAttributes',
  'dailyCallLimit',
  'collections',
  'defined'
] as const

const none: ReadonlyArray<never> = []

/** Custom fields that are no column yet. Of the others it is said where they are. */
const newFields = (
  fields: ReadonlyArray<CustomLeadField>,
  problems: Array<Problem>
): ReadonlyArray<CustomLeadField> => {
  const columnOf = new Map(leads.columns.map(({ name, from }) => [from[0]?.[0], name] as const))
  const mend = 'keep one of them'
  pushTwins(
    'invalid',
    fields.map(({ field }) => field),
    (i) => ['customLeadFields', i],
    mend,
    problems
  )
  return fields.filter(({ field }, i) => {
    const column = columnOf.get(field)
    if (column === undefined) return true
    const at = ['customLeadFields', i]
    problems.push(conflict('warning', at, ['leads', column], 'the column is there already: take it out here'))
    return false
  })
}

/** Tables of activities, none of which is named. */
const warnOfEmptyTables = ({ activityTypeIds, collections }: SourceSettings, problems: Array<Problem>): void => {
  const empty = ['lead_activities', 'lead_activity_attributes'].filter((name) => collections.includes(name))
  if (activityTypeIds.length > 0 || empty.length === 0) return
  const mend = `${empty.join(' and ')} will stay empty: name types of activities, such as 1, 2, 6, 10, 11`
  problems.push(missing('warning', ['activityTypeIds'], mend))
}

const once = <A>(items: ReadonlyArray<A>): ReadonlyArray<A> => [...new Set(items)]

const readSettings = (u: unknown, problems: Array<Problem>): SourceSettings | undefined => {
  const record = aRecord(u, [], problems)
  if (record === undefined) return undefined
  warnOfUnknownKeys(record, [], names, problems)
  const settings = readMembers(record, problems)
  if (settings !== undefined && isSound(problems)) warnOfEmptyTables(settings, problems)
  return settings
}

const readMembers = (record: UnknownRecord, problems: Array<Problem>): SourceSettings | undefined => {
  const own = requiredMember(record, [], ['munchkinId'], munchkinId, 'name the instance, such as 561-HYG-937', problems)
  const schema = member(record, [], ['schemaName'], schemaName, 'marketo', problems) ?? ''
  const types = member(record, [], ['activityTypeIds'], listOrText(activityTypeId), none, problems) ?? none
  pushTwins('warning', types, (i) => ['activityTypeIds', i], 'it counts once: take one of them out', problems)
  const fields = member(record, [], ['customLeadFields'], listOrText(customLeadField), none, problems) ?? none
  const limit = orNull(wholeNumber(1, Number.MAX_SAFE_INTEGER))
  const dailyCallLimit = member(record, [], ['dailyCallLimit'], limit, null, problems) ?? null
  const defined = member(record, [], ['defined'], definedCollections, none, problems) ?? none
  const all = once([...known, ...defined].map(({ name }) => name))
  const chosen = member(record, [], ['collections'], listOrText(oneOf(all)), all, problems) ?? none
  pushTwins('warning', chosen, (i) => ['collections', i], 'it counts once: take one of them out', problems)
  const customLeadFields = newFields(fields, problems)
  const attributes = listOrText(customActivityAttribute)
  const customActivityAttributes = member(record, [], ['customActivityAttributes'], attributes, none, problems) ?? none
  const attributeNames = customActivityAttributes.map(({ attribute }) => attribute)
  pushTwins('invalid', attributeNames, (i) => ['customActivityAttributes', i], 'keep one of them', problems)
  if (own === undefined) return undefined
  const columns = { customLeadFields, customActivityAttributes }
  const read = { activityTypeIds: once(types), ...columns, dailyCallLimit, collections: once(chosen), defined }
  return { munchkinId: own, schemaName: schema, ...read }
}

/**
 * Reads the settings of a source. Any mistake but a warning refuses the whole; all of them are told.
 *
 * @example
 * import { decodeSourceSettings } from 'segment-marketo/source'
 *
 * const read = decodeSourceSettings({ munchkinId: '561-HYG-937', activityTypeIds: '1, 2, 10', customLeadFields: 'leadScore' })
 * read._tag === 'Right' && read.right.activityTypeIds // => [1, 2, 10]
 * read._tag === 'Right' && read.right.customLeadFields // => [{ field: 'leadScore', type: 'any' }]
 * @category settings
 * @since 0.1.0
 */
export const decodeSourceSettings: (u: unknown) => Remarked<SourceSettings> = decoding(readSettings)
