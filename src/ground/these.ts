/**
 * Gathered answers: a value, problems, or both.
 *
 * @module
 */
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import type { These } from 'fp-ts/These'
import type { Problem } from './problem.js'

/** One problem or more. */
export type Problems = ReadonlyNonEmptyArray<Problem>

/** A value read with remarks: `Left` only problems, `Right` only the value, `Both` the value and what was lost on the way. */
export type Remarked<A> = These<Problems, A>

/** Whether a list has a first element, as a type. */
export const isNonEmpty = <A>(list: ReadonlyArray<A>): list is ReadonlyNonEmptyArray<A> => list.length > 0

/**
 * A value with its remarks: `Right` when there are none, `Both` when there are.
 *
 * @example
 * remarked(1, []) // => right(1)
 * @category problems
 * @since 0.1.0
 */
export const remarked = <A>(value: A, problems: ReadonlyArray<Problem>): Remarked<A> =>
  isNonEmpty(problems) ? { _tag: 'Both', left: problems, right: value } : { _tag: 'Right', right: value }
