/**
 * Activity types into rows: one of `lead_activity_types`, and one of `lead_activity_type_attributes` for each attribute.
 *
 *     { id: 2, name: "Fill Out Form", primaryAttribute: { name: "Webform ID", … }, attributes: [ { name: "Form Fields", dataType: "text" } ] }
 *
 *     lead_activity_types              2               Fill Out Form   …   Webform ID   integer
 *     lead_activity_type_attributes    2:Form Fields   2               Form Fields      text
 *
 * Data types are in lower case, as Marketo does not keep to one. The primary attribute is not among the others.
 *
 * Sources: Segment "Marketo Source", Lead activity types, Lead activity type attributes; Adobe "Activities".
 *
 * @module
 */
import { isRecord, ownMember, type UnknownRecord } from '../ground/json.js'
import { malformed, type Problem } from '../ground/problem.js'
import { textCell } from './cell-text.js'
import type { Cell, SourceRow } from './collection.js'
import { compositeId, partBehind } from './composite-id.js'
import { isFlaw } from './flaw.js'
import { leadActivityTypeAttributes, leadActivityTypes } from './lead-collections.js'
import { compileTable, idless, readingRecords, rowOf } from './record-rows.js'
import type { RowReader, RowsRead } from './rows-read.js'
import { attributeName, mostAttributes } from './told-attributes.js'

const types = leadActivityTypes.name
const attributes = leadActivityTypeAttributes.name
const table = compileTable(leadActivityTypes)

/** The name of a data type as we tell it. */
const dataType = (cell: Cell | undefined): Cell => (typeof cell === 'string' ? cell.trim().toLowerCase() || null : null)

const dataTypeOf = (attribute: UnknownRecord): Cell => {
  const cell = textCell(ownMember(attribute, 'dataType'))
  return isFlaw(cell) ? null : dataType(cell)
}

const nameless = (index: number): Problem =>
  malformed('dropped', [attributes, index, 'name'], 'attributes without a name', 'the type keeps the others')

const unlisted = (index: number): Problem =>
  malformed(
    'dropped',
    [attributes, index, 'name'],
    'attributes that cannot be read',
    `attributes are a list of ${mostAttributes} at most: the type stays without them`
  )

interface Told {
  readonly rows: Array<SourceRow>
  readonly problems: Array<Problem>
}

const addAttributes = (type: string, list: ReadonlyArray<unknown>, index: number, { rows, problems }: Told): void => {
  const ofType = compositeId([type])
  const told = new Map<string, number>()
  const length = Math.min(list.length, mostAttributes)
  let named = 0
  for (let i = 0; i < length; i += 1) {
    const attribute = list[i]
    const name = isRecord(attribute) ? attributeName(attribute) : undefined
    if (!isRecord(attribute) || name === undefined) continue
    const time = (told.get(name) ?? 0) + 1
    told.set(name, time)
    named += 1
    const row = { id: partBehind(ofType, name, time), activity_type_id: type, name, data_type: dataTypeOf(attribute) }
    rows.push({ collection: attributes, partial: false, row })
  }
  if (named < length) problems.push(nameless(index))
  if (list.length > mostAttributes) problems.push(unlisted(index))
}

const read = (record: UnknownRecord, index: number): RowsRead => {
  const problems: Array<Problem> = []
  const row = rowOf(table, record, index, problems)
  const id = row.id
  if (typeof id !== 'string') return { rows: [], problems: [...problems, idless(types, index)] }
  row.primary_attribute_data_type = dataType(row.primary_attribute_data_type)
  const rows: Array<SourceRow> = [{ collection: types, partial: false, row }]
  const list = ownMember(record, 'attributes')
  if (Array.isArray(list)) addAttributes(id, list, index, { rows, problems })
  else if (list !== undefined && list !== null) problems.push(unlisted(index))
  return { rows, problems }
}

/** Reads activity types: the row of each, and those of its attributes behind it. @internal */
export const typeReader: RowReader = readingRecords(types, read)
