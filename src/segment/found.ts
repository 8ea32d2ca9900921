/**
 * Something found in an event: its value as sent, and the place it stood in.
 *
 *     { value: 'ana@corp.test', at: ['context', 'traits', 'email'] }
 *
 * Readers on the road of every event answer this or undefined: nothing is allocated for what is absent, and where the place has its
 * plain name its path is one made once. The readers for everybody else answer fp-ts's `Option` of the value alone.
 *
 * @module
 */
import type { Option } from 'fp-ts/Option'
import type { Path } from '../ground/path.js'
import { isBlank } from './white-space.js'

/**
 * A value and where it stood.
 *
 * @category reading
 * @since 0.1.0
 */
export interface Found<A> {
  readonly value: A
  readonly at: Path
}

/** Whether anything is said at all: null and empty text say nothing, `0` and `false` do. @internal */
export const isSaid = (u: unknown): boolean => u !== undefined && u !== null && u !== ''

/** The value with its place when it is said, else undefined. @internal */
export const foundIfSaid = (value: unknown, at: Path): Found<unknown> | undefined =>
  isSaid(value) ? { value, at } : undefined

/**
 * A value as the text of an id or a name: text that is not blank, as it is, and a finite number as its digits.
 *
 * @example
 * textOf(42) // => '42'
 * textOf(' ') // => undefined
 * @category reading
 * @since 0.1.0
 */
export const textOf = (u: unknown): string | undefined => {
  if (typeof u === 'string') return isBlank(u) ? undefined : u
  return Number.isFinite(u) ? String(u) : undefined
}

const none: Option<never> = { _tag: 'None' }

/** What a plain reader finds in an event, as an `Option`; an event whose own getters throw holds nothing. @internal */
export const optional = <E, A>(read: (event: E) => Found<A> | undefined, event: E): Option<A> => {
  try {
    const hit = read(event)
    return hit === undefined ? none : { _tag: 'Some', value: hit.value }
  } catch {
    return none
  }
}

/** The same for text: a finite number is its digits; blank text and everything else is nothing. @internal */
export const optionalText = <E>(read: (event: E) => Found<unknown> | undefined, event: E): Option<string> => {
  const answer = optional(read, event)
  if (answer._tag === 'None') return none
  const text = textOf(answer.value)
  return text === undefined ? none : { _tag: 'Some', value: text }
}
