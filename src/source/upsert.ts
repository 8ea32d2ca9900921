/**
 * Rows laid into tables, so that the last state of each thing stands there, in whatever order it was told.
 *
 *     stored   { id: '7', email: 'b@…', updated_at: 'March',   deleted_at: null }
 *     older    { id: '7', email: 'a@…', updated_at: 'January', deleted_at: null }       changes nothing
 *     partial  { id: '7', deleted_at: 'April' }                                         sets that one cell
 *     newer    { id: '7', email: 'c@…', updated_at: 'May',     deleted_at: null }       replaces the row; April stays
 *
 * Ids of deleted leads are not given out again: a page that comes late must not bring a lead back to life. Of two dates of deletion the
 * earlier one stands: nobody is deleted twice, so the later one tells of the same loss again (a lead merged away, then purged), and the
 * earlier of two is the same in whatever order they come.
 *
 * Source: Segment "Marketo Source", Sync.
 *
 * @module
 */
import { emptyTree, type Tree, valueAt, valuesOf, withValue } from '../ground/tree.js'
import type { Cell, Row, SourceRow } from './collection.js'

const own = Object.prototype.hasOwnProperty

const cellAt = (row: Row, column: string): Cell => (own.call(row, column) ? (row[column] ?? null) : null)

/** The text of two that comes first; the only one where there is no other. */
const earlier = (a: Cell, b: Cell): Cell => {
  if (typeof a !== 'string') return b
  return typeof b === 'string' && b < a ? b : a
}

/** A row with the deletion that two tell of. A row that has no such cell is given none for nothing. */
const keepingDeletion = (row: Row, a: Row, b: Row): Row => {
  const deleted = earlier(cellAt(a, 'deleted_at'), cellAt(b, 'deleted_at'))
  return deleted === cellAt(row, 'deleted_at') ? row : { ...row, deleted_at: deleted }
}

/** Whether a full row tells of an earlier time than the stored one. Times are written alike, so their texts compare as they do. */
const isOlder = (incoming: Row, stored: Row): boolean => {
  const [ours, theirs] = [cellAt(stored, 'updated_at'), cellAt(incoming, 'updated_at')]
  return typeof ours === 'string' && typeof theirs === 'string' && theirs < ours
}

const stubOf = (row: Row, columns: ReadonlyArray<string>): Row => ({
  ...Object.fromEntries(columns.map((column) => [column, null])),
  ...row
})

/**
 * The row that stands after another one came in. A full row replaces what is stored, unless both have `updated_at` and it is older. A
 * partial one sets its own cells; of an unknown id it makes a row of nulls beside them, where `columns` says of which. A date of
 * deletion stays whatever comes, the earliest of several.
 *
 * @example
 * import { mergeRow } from 'segment-marketo/source'
 *
 * const stored = { id: '7', email: 'ana@example.com', deleted_at: null }
 * mergeRow(stored, { collection: 'leads', partial: true, row: { id: '7', deleted_at: '2025-02-01T00:00:00.000Z' } })
 * // => { id: '7', email: 'ana@example.com', deleted_at: '2025-02-01T00:00:00.000Z' }
 * @category tables
 * @since 0.1.0
 */
export const mergeRow = (
  stored: Row | undefined,
  { row, partial }: SourceRow,
  columns: ReadonlyArray<string> = []
): Row => {
  if (stored === undefined) return partial ? stubOf(row, columns) : row
  if (partial) return keepingDeletion({ ...stored, ...row }, stored, row)
  return keepingDeletion(isOlder(row, stored) ? stored : row, stored, row)
}

/**
 * Tables of rows, by collection and id; plain JSON. It is never changed: a new one shares nearly all of the old.
 *
 * @category tables
 * @since 0.1.0
 */
export type Tables = Tree<Tree<Row>>

/**
 * No tables.
 *
 * @category tables
 * @since 0.1.0
 */
export const emptyTables: Tables = emptyTree

/**
 * The tables with rows laid in, one after the other. Rows without an id change nothing. `columns` are those of each collection, for
 * partial rows of ids that are not known yet.
 *
 * @example
 * import { emptyTables, rowsIn, upsert } from 'segment-marketo/source'
 *
 * const row = { id: '1001', name: 'Newsletter' }
 * rowsIn(upsert(emptyTables, [{ collection: 'lists', partial: false, row }]), 'lists') // => [{ id: '1001', name: 'Newsletter' }]
 * @category tables
 * @since 0.1.0
 */
export const upsert = (
  tables: Tables,
  rows: ReadonlyArray<SourceRow>,
  columns: Readonly<Record<string, ReadonlyArray<string>>> = {}
): Tables => {
  let after = tables
  for (const incoming of rows) {
    const id = cellAt(incoming.row, 'id')
    if (typeof id === 'string') after = withRow(after, id, incoming, columns)
  }
  return after
}

const withRow = (
  tables: Tables,
  id: string,
  incoming: SourceRow,
  columns: Readonly<Record<string, ReadonlyArray<string>>>
): Tables => {
  const name = incoming.collection
  const table = valueAt(tables, name) ?? emptyTree
  const stored = valueAt(table, id)
  const row = mergeRow(stored, incoming, own.call(columns, name) ? columns[name] : undefined)
  return row === stored ? tables : withValue(tables, name, withValue(table, id, row))
}

/** By id as text: the order says nothing of when a row came in. */
const byId = (a: Row, b: Row): number => (String(a.id) < String(b.id) ? -1 : 1)

/**
 * The rows of a collection, by id as text.
 *
 * @category tables
 * @since 0.1.0
 */
export const rowsIn = (tables: Tables, collection: string): ReadonlyArray<Row> =>
  [...valuesOf(valueAt(tables, collection) ?? emptyTree)].sort(byId)

/**
 * The ids that are stored and that a walk over everything did not tell. Of assets (emails, programs, lists) Marketo tells no deletion:
 * only that they are gone.
 *
 * @example
 * import { missingSince } from 'segment-marketo/source'
 *
 * missingSince(['1', '3'], ['1', '2', '3']) // => ['2']
 * @category tables
 * @since 0.1.0
 */
export const missingSince = (walked: ReadonlyArray<string>, stored: ReadonlyArray<string>): ReadonlyArray<string> => {
  const seen = new Set(walked)
  return stored.filter((id) => !seen.has(id))
}
