/**
 * Descriptors as arguments of `fetch`, or as lines of curl; and `deliver`, which carries out a whole delivery with a `fetch` of yours.
 *
 * @module
 */
export { readAccessToken } from './access-token.js'
export type { Credentials } from './credentials.js'
export { deliver } from './deliver.js'
export type { CallsMade, DeliverConfig, Delivered, DeliverProgress, EndedCounts } from './deliver-config.js'
export type { FetchLike, Received, SendInit, Signal, Sleep } from './runtime.js'
export type { ClientCredentials } from './send-call.js'
export { toCurl } from './to-curl.js'
export { type FetchInit, type FetchOptions, toFetch } from './to-fetch.js'
