/**
 * What a collection is: how it is read, and the columns of its rows.
 *
 *     campaigns    GET /rest/v1/campaigns.json    id   name   active   …        one row for each record
 *                  └ reads, by token              └ columns, each with where its value stands
 *
 * Plain data: rows, `CREATE TABLE`, JSON Schema and pages are all drawn from it.
 *
 * @module
 */
import type { EndpointName, Pairs } from '../intent/descriptor.js'

/**
 * What a cell holds. Ids and times are text.
 *
 * @category rows
 * @since 0.1.0
 */
export type Cell = string | number | boolean | null

/**
 * The kind of a column:
 *
 * - `id`: an id or a reference, as text, whether Marketo tells a number or text.
 * - `text`: text as it is; `{ type, value }` is its value.
 * - `time`: an instant, `YYYY-MM-DDThh:mm:ss.sssZ`.
 * - `date`: a calendar day, `YYYY-MM-DD`.
 * - `boolean`, `integer`, `number`.
 * - `any`: a scalar as told, of whatever kind.
 *
 * @category collections
 * @since 0.1.0
 */
export type ColumnType = 'id' | 'text' | 'time' | 'date' | 'boolean' | 'integer' | 'number' | 'any'

/**
 * A column: its name in the table, its kind, and the places in Marketo's record where its value may stand, the first that is there wins. One
 * without a place is made out of the whole record.
 *
 * @category collections
 * @since 0.1.0
 */
export interface Column {
  readonly name: string
  readonly type: ColumnType
  readonly from: ReadonlyArray<ReadonlyArray<string>>
  /** What it holds, in one phrase. */
  readonly says: string
  /** One more place, asked last, which counts only in records that say `is` under `when`, in whatever case. */
  readonly lastly?: { readonly from: ReadonlyArray<string>; readonly when: ReadonlyArray<string>; readonly is: string }
}

/**
 * A walk from page to page:
 *
 * - `token`: a page names the next one, until none is named.
 * - `offset`: so many records further each time, until none is left.
 * - `once`: all in one answer.
 *
 * `parent` names a collection whose ids stand in the path, one after the other, where it says `{id}`. `updated` says that only what
 * was changed in a window of time can be asked for.
 *
 * @category collections
 * @since 0.1.0
 */
export interface PagedReads {
  readonly by: 'token' | 'offset' | 'once'
  readonly endpoint: EndpointName
  readonly path: ReadonlyArray<string>
  readonly query: Pairs
  readonly parent: string | null
  readonly updated: boolean
}

/**
 * How a collection is read: by a walk; or as leads, as activities, or as activity types are, which have ways of their own.
 *
 * @category collections
 * @since 0.1.0
 */
export type CollectionReads = PagedReads | { readonly by: 'leads' | 'activities' | 'activity-types' }

/**
 * A collection: a table of a warehouse, and where its rows come from. The first column is `id`, by which rows are told apart.
 *
 * @category collections
 * @since 0.1.0
 */
export interface Collection {
  readonly name: string
  readonly says: string
  readonly reads: CollectionReads
  /** Where to read the same rows when Marketo no longer serves the first way. */
  readonly otherwise: PagedReads | null
  readonly columns: ReadonlyArray<Column>
}

/**
 * The cells of a row, in the order of the columns.
 *
 * @category rows
 * @since 0.1.0
 */
export type Row = Readonly<Record<string, Cell>>

/**
 * A row and the table it belongs to. A partial one holds only what is known, `id` and what else it names, and leaves every other
 * column of the stored row alone.
 *
 * @category rows
 * @since 0.1.0
 */
export interface SourceRow {
  readonly collection: string
  readonly partial: boolean
  readonly row: Row
}
