/**
 * Activities into rows: one of `lead_activities`, and one of `lead_activity_attributes` for each thing that it says.
 *
 *     { marketoGUID: "880011", activityTypeId: 11, attributes: [ { name: "Link", value: "https://…" } ] }
 *
 *     lead_activities             880011           … 11
 *     lead_activity_attributes    880011:11:Link   880011   11   11:Link   Link   https://…
 *
 * Attributes that settings name have a column in `lead_activities` as well.
 *
 * An activity is known by its GUID, else by its old id, else by all that it says. The attribute's `activity_id` is that of the row, by which the
 * two tables join.
 *
 * Sources: Segment "Marketo Source", Lead activities, Lead activity attributes; Adobe "Activities", "Bulk Activity Extract".
 *
 * @module
 */
import { madeActivityId } from '../endpoints/activity-id.js'
import { ownMember, type UnknownRecord } from '../ground/json.js'
import { malformed, missing, type Problem } from '../ground/problem.js'
import { cellReaders } from './cells.js'
import type { Cell, SourceRow } from './collection.js'
import { attributeColumns } from './column-name.js'
import { compositeId, partBehind } from './composite-id.js'
import { type Flaw, flawProblem, isFlaw } from './flaw.js'
import { leadActivities, leadActivityAttributes } from './lead-collections.js'
import { compileTable, readingRecords, rowOf } from './record-rows.js'
import type { RowReader, RowsRead } from './rows-read.js'
import type { CustomActivityAttribute } from './settings.js'
import { mostAttributes, type ToldAttributes, type ToldPair, toldAttributes } from './told-attributes.js'

const activities = leadActivities.name
const attributes = leadActivityAttributes.name
const table = compileTable(leadActivities)
const attributesMend = `attributes are a list of ${mostAttributes} at most, an object, or either as JSON: the activity stays without them`

const textOf = (cell: Cell | undefined): string | null => (typeof cell === 'string' ? cell : null)

const madeId = (row: Readonly<Record<string, Cell>>, pairs: ReadonlyArray<ToldPair>): string =>
  madeActivityId({
    leadId: textOf(row.lead_id),
    activityTypeId: textOf(row.activity_type_id),
    activityDate: textOf(row.activity_date),
    campaignId: textOf(row.campaign_id),
    primaryAttributeValueId: textOf(row.primary_attribute_value_id),
    primaryAttributeValue: textOf(row.primary_attribute_value),
    pairs
  })

/** Adds a row for each attribute; a name that was told before has the number of the time in its id. */
const addAttributes = (id: string, type: string, pairs: ReadonlyArray<ToldPair>, rows: Array<SourceRow>): void => {
  const ofType = compositeId([type])
  const ofActivity = compositeId([id, type])
  const told = new Map<string, number>()
  for (const [name, value] of pairs) {
    const time = (told.get(name) ?? 0) + 1
    told.set(name, time)
    const row = {
      id: partBehind(ofActivity, name, time),
      activity_id: id,
      activity_type_id: type,
      activity_type_attribute_id: partBehind(ofType, name, 1),
      name,
      value
    }
    rows.push({ collection: attributes, partial: false, row })
  }
}

const synthesised = (index: number): Problem =>
  missing('warning', [activities, index, 'id'], 'one was made of all that the activity says')

const typeless = (index: number): Problem =>
  missing(
    'invalid',
    [activities, index, 'activity_type_id'],
    'without it there are no rows: ask for the activity again'
  )

const addProblems = ({ nameless, readable }: ToldAttributes, index: number, problems: Array<Problem>): void => {
  const at = [attributes, index, 'name']
  if (!readable) problems.push(malformed('dropped', at, 'attributes that cannot be read', attributesMend))
  if (nameless > 0)
    problems.push(malformed('dropped', at, 'attributes without a name', 'the activity keeps the others'))
}

/** An attribute that has a column: what reads its text, and the column's name. */
interface AttributeColumn {
  readonly name: string
  readonly read: (u: unknown) => Cell | Flaw
}

/** The columns of attributes, by the attribute's name. */
type AttributeColumns = ReadonlyMap<string, AttributeColumn>

const addColumns = (
  columns: AttributeColumns,
  pairs: ReadonlyArray<ToldPair>,
  row: Record<string, Cell>,
  index: number,
  problems: Array<Problem>
): void => {
  for (const { name } of columns.values()) row[name] = null
  const told = new Set<string>()
  for (const [attribute, value] of pairs) {
    const column = columns.get(attribute)
    if (column === undefined || told.has(attribute)) continue
    told.add(attribute)
    const cell = column.read(value)
    row[column.name] = isFlaw(cell) ? cell.cell : cell
    if (isFlaw(cell)) problems.push(flawProblem(cell, activities, index, column.name))
  }
}

const read = (record: UnknownRecord, index: number, columns: AttributeColumns): RowsRead => {
  const problems: Array<Problem> = []
  const row = rowOf(table, record, index, problems)
  const type = row.activity_type_id
  if (typeof type !== 'string') return { rows: [], problems: [...problems, typeless(index)] }
  const told = toldAttributes(ownMember(record, 'attributes'))
  addProblems(told, index, problems)
  let id = row.id ?? row.activity_id
  if (typeof id !== 'string') {
    id = madeId(row, told.pairs)
    problems.push(synthesised(index))
  }
  row.id = id
  if (columns.size > 0) addColumns(columns, told.pairs, row, index, problems)
  const rows: Array<SourceRow> = [{ collection: activities, partial: false, row }]
  addAttributes(id, type, told.pairs, rows)
  return { rows, problems }
}

const compiled = (attributes: ReadonlyArray<CustomActivityAttribute>): AttributeColumns => {
  const columns = attributeColumns(leadActivities.columns, attributes)
  return new Map(
    Array.from(columns, ([attribute, { name, type }]) => [attribute, { name, read: cellReaders[type] }] as const)
  )
}

/** Reads activities: the row of each, with columns for these attributes, and those of its attributes behind it. @internal */
export const activityReader = (attributes: ReadonlyArray<CustomActivityAttribute>): RowReader => {
  const columns = compiled(attributes)
  return readingRecords(activities, (record, index) => read(record, index, columns))
}
