/**
 * The values of lead fields and attributes, checked once more before they become JSON.
 *
 * Intents are JSON by contract and our mappings keep it; an intent made by hand may not. `JSON.stringify` would turn NaN into null,
 * and null clears a field of the lead.
 *
 * @module
 */
import type * as E from 'fp-ts/Either'
import { kindOf } from '../ground/json.js'
import type { Path } from '../ground/path.js'
import { malformed, type Problem } from '../ground/problem.js'
import type { Fields, FieldValue } from '../intent/intent.js'
import { emptyBytes, memberAtMost } from './json-bytes.js'

/** Whether JSON can carry the value as it is. @internal */
export const isScalar = (u: unknown): u is FieldValue =>
  u === null || typeof u === 'string' || typeof u === 'boolean' || (typeof u === 'number' && Number.isFinite(u))

/** The same value, with zero for negative zero, which JSON does not know. @internal */
export const plain = <A extends FieldValue>(value: A): A | 0 => (value === 0 ? 0 : value)

/** That a value is no text, number, boolean or null. @internal */
export const unfitValue = (value: unknown, at: Path): Problem =>
  malformed('invalid', at, kindOf(value), 'send text, a finite number, a boolean or null')

/** Whether a value stands as it is: `undefined` is absent, negative zero becomes zero, null may have to go. */
const stays = (value: FieldValue | undefined, keepNull: boolean): boolean =>
  value !== undefined && (keepNull || value !== null) && !Object.is(value, -0)

/** From entries, because assigning to the name `__proto__` would lose the field. */
const rewritten = (fields: Fields, keepNull: boolean): Fields =>
  Object.fromEntries(
    Object.entries(fields)
      .filter(([, value]) => value !== undefined && (keepNull || value !== null))
      .map(([name, value]) => [name, plain(value)])
  )

/** Fields as they are written, and the bytes that they take as JSON at most. @internal */
export interface WrittenFields {
  readonly fields: Fields
  readonly atMost: number
}

/**
 * The fields so that they equal their JSON round trip, or a problem for the first value that JSON has no word for. Members that are
 * undefined are absent; null stays when `keepNull` says so. Fields that need no change are answered as they came. They are weighed in the
 * same walk.
 *
 * @internal
 */
export const writtenFields = (fields: Fields, keepNull: boolean): E.Either<Problem, WrittenFields> => {
  let asTheyCame = true
  let atMost = emptyBytes
  for (const name of Object.keys(fields)) {
    const value = fields[name]
    if (value !== undefined && !isScalar(value)) return { _tag: 'Left', left: unfitValue(value, ['fields', name]) }
    asTheyCame = asTheyCame && stays(value, keepNull)
    // Weighed as it came: what is left out weighs nothing, and at most is not less than that.
    atMost += memberAtMost(name, value ?? null)
  }
  return { _tag: 'Right', right: { fields: asTheyCame ? fields : rewritten(fields, keepNull), atMost } }
}
