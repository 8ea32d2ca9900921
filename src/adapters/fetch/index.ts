/**
 * Descriptors as arguments of `fetch`, or as lines of curl. Nothing is sent here either: the client is yours.
 *
 * @module
 */
export { readAccessToken } from './access-token.js'
export type { Credentials } from './credentials.js'
export { toCurl } from './to-curl.js'
export { type FetchInit, type FetchOptions, toFetch } from './to-fetch.js'
