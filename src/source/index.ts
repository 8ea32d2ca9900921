/**
 * The source: what Marketo holds as rows of a warehouse.
 *
 *     answers ──rows──▶ rows ──upsert──▶ tables
 *
 * @module
 */
export type {
  Cell,
  Collection,
  CollectionReads,
  Column,
  ColumnType,
  PagedReads,
  Row,
  SourceRow
} from './collection.js'
export type { RowsRead } from './rows-read.js'
export type { CustomLeadField, SourceSettings } from './settings.js'
