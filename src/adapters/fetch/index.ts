/**
 * Descriptors as arguments of `fetch`, or as lines of curl; and `deliver`, `syncSource` and `runErrands`, which carry out a whole delivery,
 * a whole sync, and reads or changes of an instance with a `fetch` of yours.
 *
 * @module
 */
export { readAccessToken } from './access-token.js'
export type { Credentials } from './credentials.js'
export { deliver } from './deliver.js'
export type { CallsMade, DeliverConfig, Delivered, DeliverProgress, EndedCounts } from './deliver-config.js'
export { type ErrandsConfig, type ErrandsRun, runErrands } from './run-errands.js'
export type { ByteStream, FetchLike, Received, SendInit, Signal, Sleep } from './runtime.js'
export type { ClientCredentials } from './send-call.js'
export type { SyncConfig, Synced, SyncProgress } from './sync-config.js'
export { syncSource } from './sync-source.js'
export { toCurl } from './to-curl.js'
export { type FetchInit, type FetchOptions, toFetch } from './to-fetch.js'
