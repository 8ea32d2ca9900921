/**
 * Percent-encoding: a decoded part of a path or a query becomes text of a URL, once, here.
 *
 * @module
 */
import { isWellFormed } from './utf8.js'

/**
 * Why a text cannot be a part of a URL's path, or undefined when it can: empty, `.` and `..` change the path they stand in, and
 * half a surrogate pair has no encoding.
 *
 * @example
 * unfitPart('..') // => 'a dot segment'
 * unfitPart('a/b') // => undefined
 * @category urls
 * @since 0.1.0
 */
export const unfitPart = (part: string): string | undefined => {
  if (part === '') return 'empty text'
  if (part === '.' || part === '..') return 'a dot segment'
  return isWellFormed(part) ? undefined : 'text with half a surrogate pair'
}

/** What `encodeURIComponent` leaves as it is: nearly all parts, and to see that is quicker than to have them written anew. */
const unreserved = /^[\w.!~*'()-]*$/

/**
 * A path part or a query value, percent-encoded like `encodeURIComponent`; half a surrogate pair becomes U+FFFD instead of
 * throwing (descriptors are checked with {@link unfitPart} before they are made).
 *
 * @example
 * encodePart('a b&c/é') // => 'a%20b%26c%2F%C3%A9'
 * @category urls
 * @since 0.1.0
 */
export const encodePart = (part: string): string =>
  unreserved.test(part)
    ? part
    : encodeURIComponent(isWellFormed(part) ? part : part.replace(/[\ud800-\udfff]/gu, '\ufffd'))

/**
 * Decoded pairs as a query string or a form body: `name=value` joined by `&`, in order.
 *
 * @example
 * encodePairs([['a', '1 2'], ['b', 'c&d']]) // => 'a=1%202&b=c%26d'
 * @category urls
 * @since 0.1.0
 */
export const encodePairs = (pairs: ReadonlyArray<readonly [string, string]>): string => {
  let text = ''
  for (const [name, value] of pairs) text += `${text === '' ? '' : '&'}${encodePart(name)}=${encodePart(value)}`
  return text
}
