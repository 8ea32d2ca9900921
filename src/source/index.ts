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
export { collections } from './collections.js'
export { columnName } from './column-name.js'
export { compositeId, objectId } from './composite-id.js'
export { createSchema, createTable, type TableOptions } from './create-table.js'
export { decodeSourceSettings } from './decode-settings.js'
export { defineCollection } from './define-collection.js'
export { type Dialect, dialects } from './dialects.js'
export { readFileRows, readRows } from './read-rows.js'
export { rowJsonSchema } from './row-schema.js'
export type { RowReader, RowsRead } from './rows-read.js'
export type { CustomActivityAttribute, CustomLeadField, SourceSettings } from './settings.js'
export {
  type ExpectedVolume,
  estimateSync,
  type SyncCost,
  type SyncEstimate,
  usualVolume
} from './sync/estimate.js'
export { isSynced, nextReads, type SyncRequest, wakeSyncAt } from './sync/next.js'
export { defaultSyncOptions, type SyncOptions } from './sync/options.js'
export { type FilePart, type LostRead, receivePart, receiveRead, resumedSync } from './sync/receive.js'
export { backfillLeads, resettled } from './sync/resettle.js'
export {
  type CollectionCost,
  type SourceSync,
  startSync,
  type Taken,
  takeRows,
  type Walked,
  withNewCredentials,
  withSharedBudget
} from './sync/state.js'
export { compileSource, type SourceTables } from './tables.js'
export { emptyTables, mergeRow, missingSince, rowsIn, type Tables, upsert } from './upsert.js'
export { type UpsertBatch, upsertBatches } from './upsert-batches.js'
export { type UpsertOptions, upsertStatement } from './upsert-statement.js'
