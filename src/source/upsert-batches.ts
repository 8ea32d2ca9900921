/**
 * Rows sorted into batches that a statement can take: of one collection and one sort, and no id twice.
 *
 *     lead 1, lead 2, deletion of 1, lead 1 again     ──▶   [ lead 1, lead 2 ]  [ deletion of 1 ]  [ lead 1 again ]
 *
 * What is told of one id stays in order: it stands in batches that follow each other.
 *
 * @module
 */
import type { Row, SourceRow } from './collection.js'

/**
 * Rows for one statement. `columns` are those that partial rows tell of; null where the rows are full.
 *
 * @category tables
 * @since 0.1.0
 */
export interface UpsertBatch {
  readonly collection: string
  readonly columns: ReadonlyArray<string> | null
  readonly rows: ReadonlyArray<Row>
}

interface Filling {
  readonly round: number
  readonly collection: string
  readonly columns: ReadonlyArray<string> | null
  readonly rows: Array<Row>
}

/** Counts how often each id of each collection was told so far. */
const counting = (): ((collection: string, id: string) => number) => {
  const told = new Map<string, Map<string, number>>()
  return (collection, id) => {
    const ids = told.get(collection) ?? new Map<string, number>()
    told.set(collection, ids)
    const round = ids.get(id) ?? 0
    ids.set(id, round + 1)
    return round
  }
}

const columnsOf = ({ partial, row }: SourceRow): ReadonlyArray<string> | null =>
  partial
    ? Object.keys(row)
        .filter((column) => column !== 'id')
        .sort()
    : null

/**
 * Rows in batches for `upsertStatement`, to be laid in one after the other. Rows without an id are left out, as `upsert` does.
 *
 * @example
 * import { upsertBatches } from 'segment-marketo/source'
 *
 * const list = (id: string) => ({ collection: 'lists', partial: false, row: { id } })
 * upsertBatches([list('1'), list('2'), list('1')]).map(({ rows }) => rows) // => [[{ id: '1' }, { id: '2' }], [{ id: '1' }]]
 * @category tables
 * @since 0.1.0
 */
export const upsertBatches = (rows: ReadonlyArray<SourceRow>): ReadonlyArray<UpsertBatch> => {
  const next = counting()
  const batches = new Map<string, Filling>()
  for (const incoming of rows) {
    const { collection, row } = incoming
    if (typeof row.id !== 'string') continue
    const [round, columns] = [next(collection, row.id), columnsOf(incoming)]
    const key = JSON.stringify([round, collection, columns])
    const batch = batches.get(key) ?? { round, collection, columns, rows: [] }
    batches.set(key, batch)
    batch.rows.push(row)
  }
  const inOrder = [...batches.values()].sort((a, b) => a.round - b.round)
  return inOrder.map(({ round: _, ...batch }) => batch)
}
