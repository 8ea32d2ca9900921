/**
 * Members of an event that should be objects, and sometimes are not there.
 *
 * @module
 */
import { isRecord, type UnknownRecord } from '../ground/json.js'

const nothing: UnknownRecord = Object.freeze({})

/**
 * The object itself, or an empty frozen one for anything else: PHP writes an empty object as `[]`, and delete events do so too.
 *
 * @example
 * recordOf({ a: 1 }) // => { a: 1 }
 * recordOf([]) // => {}
 * @category reading
 * @since 0.1.0
 */
export const recordOf = (u: unknown): UnknownRecord => (isRecord(u) ? u : nothing)
