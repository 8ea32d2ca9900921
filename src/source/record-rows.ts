/**
 * Records into rows, by the columns of a collection.
 *
 *     { "id": 2290, "folder": { "value": 1188 }, … }    ──▶    { id: '2290', …, folder_value: '1188', … }
 *
 * A row has every column of its collection, in order, null where the record says nothing; what has no column is passed over. Columns are
 * made ready once: a row costs a walk over them and one fresh object.
 *
 * Sources: Segment "Marketo Source", Collection properties; Adobe "Leads", "Assets".
 *
 * @module
 */
import { isRecord, kindOf, ownMember, type UnknownRecord } from '../ground/json.js'
import { malformed, missing, type Problem, unreadable } from '../ground/problem.js'
import { cellReaders } from './cells.js'
import type { Cell, Collection, Column } from './collection.js'
import { type Flaw, flawProblem, isFlaw } from './flaw.js'
import type { RowReader, RowsRead } from './rows-read.js'

type Path = ReadonlyArray<string>

interface CompiledColumn {
  readonly name: string
  readonly read: (u: unknown) => Cell | Flaw
  /** The one member that it stands in, where there is but one place, and no object has such a member from birth; else null. */
  readonly member: string | null
  readonly places: ReadonlyArray<Path>
  readonly lastly: Column['lastly']
}

/** A collection made ready: an empty row, and the columns that a record can fill. @internal */
export interface CompiledTable {
  readonly name: string
  readonly blank: Readonly<Record<string, Cell>>
  readonly columns: ReadonlyArray<CompiledColumn>
  /** The column that holds the id of the parent. */
  readonly parent: string | null
}

/** The one member that a column stands in. Names such as `constructor` are read with more care, as its own. */
const memberOf = ({ from, lastly }: Column): string | null => {
  const [only, ...others] = from
  const [name, ...inner] = only ?? []
  const isOne = others.length === 0 && inner.length === 0 && lastly === undefined
  return !isOne || name === undefined || name in {} ? null : name
}

const compileColumn = (column: Column): CompiledColumn => {
  const { name, type, from, lastly } = column
  return { name, read: cellReaders[type], member: memberOf(column), places: from, lastly }
}

/** Makes a collection ready. @internal */
export const compileTable = ({ name, columns, reads }: Collection): CompiledTable => ({
  name,
  blank: Object.fromEntries(columns.map((column) => [column.name, null])),
  columns: columns.filter(({ from }) => from.length > 0).map(compileColumn),
  parent: 'parent' in reads && reads.parent !== null ? `${reads.parent}_id` : null
})

const valueAt = (record: UnknownRecord, path: Path): unknown => {
  let u: unknown = record
  for (const name of path) {
    if (!isRecord(u)) return undefined
    u = ownMember(u, name)
  }
  return u
}

const lastValue = (record: UnknownRecord, { from, when, is }: NonNullable<Column['lastly']>): unknown => {
  const said = valueAt(record, when)
  return typeof said === 'string' && said.toLowerCase() === is.toLowerCase() ? valueAt(record, from) : undefined
}

/** The first place that says something; a place that holds empty text counts where no other does. */
const placedValue = (record: UnknownRecord, { places, lastly }: CompiledColumn): unknown => {
  let found: unknown
  for (const place of places) {
    const value = valueAt(record, place)
    if (value === undefined || value === null) continue
    found = value
    if (value !== '') return value
  }
  return (lastly === undefined ? undefined : lastValue(record, lastly)) ?? found
}

/** The row of a record; what is wrong with its values is added to `problems`. @internal */
export const rowOf = (
  table: CompiledTable,
  record: UnknownRecord,
  index: number,
  problems: Array<Problem>
): Record<string, Cell> => {
  const row = { ...table.blank }
  for (const column of table.columns) {
    const value = column.member === null ? placedValue(record, column) : record[column.member]
    if (value === undefined || value === null) continue
    const cell = column.read(value)
    if (isFlaw(cell)) {
      problems.push(flawProblem(cell, table.name, index, column.name))
      row[column.name] = cell.cell
    } else row[column.name] = cell
  }
  return row
}

/** No rows, and why. @internal */
export const noRows = (problem: Problem): RowsRead => ({ rows: [], problems: [problem] })

/** What is to be said of a record without an id. @internal */
export const idless = (collection: string, index: number): Problem =>
  missing('invalid', [collection, index, 'id'], 'without it there is no row: ask for the record again')

/** A reader of records that are objects; whatever else comes is told, and so is a record that cannot be read. @internal */
export const readingRecords =
  (collection: string, read: (record: UnknownRecord, index: number, parentId: string | null) => RowsRead): RowReader =>
  (record, index, parentId) => {
    try {
      if (isRecord(record)) return read(record, index, parentId)
      return noRows(malformed('invalid', [collection, index], kindOf(record), 'a record is an object: send it as told'))
    } catch {
      return noRows(unreadable('invalid', [collection, index], 'send the JSON of the answer as it came'))
    }
  }

/** A reader of the records of a collection, one row for each. @internal */
export const recordReader = (collection: Collection): RowReader => {
  const table = compileTable(collection)
  const { name, parent } = table
  return readingRecords(name, (record, index, parentId) => {
    const problems: Array<Problem> = []
    const row = rowOf(table, record, index, problems)
    if (parent !== null && row[parent] === null) row[parent] = parentId
    if (row.id !== null) return { rows: [{ collection: name, partial: false, row }], problems }
    problems.push(idless(name, index))
    return { rows: [], problems }
  })
}
