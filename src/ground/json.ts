/**
 * JSON values: the only currency of this library.
 *
 * Everything that comes in is `unknown` until a codec has read it; everything that goes out equals its own JSON round trip. The
 * tests here never ask a value for its prototype: an event parsed in another realm (a Segment Function, a worker, a frame) has
 * other constructors than ours.
 *
 * @module
 */

/** Any JSON value, read-only all the way down. */
export type Json = null | boolean | number | string | ReadonlyArray<Json> | JsonObject

/** A JSON object, read-only. */
export interface JsonObject {
  readonly [key: string]: Json
}

/** An object whose members nobody has looked at yet. */
export type UnknownRecord = Readonly<Record<string, unknown>>

/**
 * Whether a value is an object with named members: no array, no null, no function. Realm does not matter.
 *
 * @example
 * isRecord({ a: 1 }) // => true
 * isRecord([]) // => false
 * isRecord(null) // => false
 * @category values
 * @since 0.1.0
 */
export const isRecord = (u: unknown): u is UnknownRecord => typeof u === 'object' && u !== null && !Array.isArray(u)

const own = Object.prototype.hasOwnProperty

/**
 * An object's own member, or undefined: `constructor` and `__proto__` are keys off the wire like any other.
 *
 * @example
 * ownMember({ a: 1 }, 'a') // => 1
 * ownMember({}, 'constructor') // => undefined
 * @category values
 * @since 0.1.0
 */
export const ownMember = (record: UnknownRecord, key: string): unknown =>
  own.call(record, key) ? record[key] : undefined

/**
 * What kind of value this is, in words: what a problem may say of a value it must not print.
 *
 * @example
 * kindOf(42) // => 'a number'
 * kindOf('') // => 'empty text'
 * kindOf([]) // => 'a list'
 * @category values
 * @since 0.1.0
 */
export const kindOf = (u: unknown): string => {
  if (u === null) return 'null'
  switch (typeof u) {
    case 'string':
      return u === '' ? 'empty text' : u.trim() === '' ? 'blank text' : 'text'
    case 'number':
      return Number.isFinite(u) ? 'a number' : 'a number that is not finite'
    case 'undefined':
      return 'nothing'
    case 'object':
      return Array.isArray(u) ? 'a list' : 'an object'
    default:
      return `a ${typeof u}`
  }
}
