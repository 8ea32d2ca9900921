/**
 * Ids made of several parts, and ids that Segment's Objects API takes.
 *
 *     880011:11:Link                 activity, type, name of the attribute
 *     880011:11:Ratio%3A 50%25       a colon or percent sign inside a part is written so, and never in the name's own column
 *     880011:11:Link:#2              the second attribute of that name
 *
 * Different parts never make one id, and a name that is told twice loses nothing.
 *
 * Sources: Segment "Marketo Source", Lead activity attributes; Segment "Objects API".
 *
 * @module
 */
import { sha256Hex } from '../ground/digest.js'

const percent = /%/g
const colon = /:/g

const part = (text: string): string =>
  text.includes('%') || text.includes(':') ? text.replace(percent, '%25').replace(colon, '%3A') : text

/**
 * One id of several parts.
 *
 * @example
 * compositeId(['880011', '11', 'Ratio: 50%']) // => '880011:11:Ratio%3A 50%25'
 * @category ids
 * @since 0.1.0
 */
export const compositeId = (parts: ReadonlyArray<string>): string => parts.map(part).join(':')

/** An id with one more part, from the second time on with the number of the time. @internal */
export const partBehind = (id: string, name: string, time: number): string =>
  time === 1 ? `${id}:${part(name)}` : `${id}:${part(name)}:#${time}`

/** What the Objects API takes, and what is left of a longer id beside its digest. */
const longest = 100
const kept = 35

const isHighSurrogate = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff

/**
 * The id of a row for Segment's Objects API, which takes 100 characters: a longer one is cut, and told apart by its digest.
 *
 * @example
 * objectId('880011:11:Link') // => '880011:11:Link'
 * objectId('x'.repeat(101)).length // => 100
 * @category ids
 * @since 0.1.0
 */
export const objectId = (id: string): string => {
  if (id.length <= longest) return id
  const end = isHighSurrogate(id.charCodeAt(kept - 1)) ? kept - 1 : kept
  return `${id.slice(0, end)}~${sha256Hex(id)}`
}
