/**
 * How many bytes a value takes as JSON: exactly, or at most.
 *
 * Nearly every batch is far below its limit, and then a bound is enough. It costs a walk over the values and looks at no character,
 * a fortieth of what writing the text and counting its bytes costs.
 *
 * @module
 */
import type { Json } from '../ground/json.js'
import { utf8Length } from '../ground/utf8.js'

/** Bytes that a value takes as JSON. @internal */
export const jsonBytes = (json: Json): number => utf8Length(JSON.stringify(json))

/** The longest text of a number: `-1.2345678901234567e-308`. */
const longestNumber = 24

/** A code unit takes six bytes at most: a control character, or half a surrogate pair, is written `\uXXXX`. */
const textAtMost = (text: string): number => 6 * text.length + 2

const isList = (json: Json): json is ReadonlyArray<Json> => Array.isArray(json)

/** Bytes that an object or a list without members takes. @internal */
export const emptyBytes = 2

/** Bytes that a value takes as JSON at most: never fewer than {@link jsonBytes}. @internal */
export const jsonBytesAtMost = (json: Json): number => {
  if (typeof json === 'string') return textAtMost(json)
  if (typeof json !== 'object' || json === null) return longestNumber
  let bytes = emptyBytes
  if (isList(json)) {
    for (const member of json) bytes += jsonBytesAtMost(member) + 1
    return bytes
  }
  for (const name of Object.keys(json)) bytes += memberAtMost(name, json[name] ?? null)
  return bytes
}

/** Bytes that a member of an object takes at most, with what stands around it. @internal */
export const memberAtMost = (name: string, value: Json): number => textAtMost(name) + jsonBytesAtMost(value) + 2
