/**
 * What was made of records: rows, and what is to be said of them.
 *
 * @module
 */
import type { Problem } from '../ground/problem.js'
import type { SourceRow } from './collection.js'

/**
 * Rows in the order told, and what could not be read. A problem's place is the collection, the number of the record (from 0) and the column.
 *
 * @category rows
 * @since 0.1.0
 */
export interface RowsRead {
  readonly rows: ReadonlyArray<SourceRow>
  readonly problems: ReadonlyArray<Problem>
}

/**
 * Reads a record into rows, whatever it is. `index` is its number in the answer or file, from 0; `parentId` the id that the path of the call
 * named, null where it named none.
 *
 * @category rows
 * @since 0.1.0
 */
export type RowReader = (record: unknown, index: number, parentId: string | null) => RowsRead
