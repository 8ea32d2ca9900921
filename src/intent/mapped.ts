/**
 * The one type of every mapping, and how mappings are put together.
 *
 *     Left    nothing to send, and why
 *     Right   all of it
 *     Both    sent, with remarks
 *
 * @module
 */
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import type { These } from 'fp-ts/These'
import type { Instant } from '../ground/calendar.js'
import type { Problem } from '../ground/problem.js'
import { unreadable } from '../ground/problem.js'
import { isNonEmpty, type Problems } from '../ground/these.js'
import type { Intent } from './intent.js'

/**
 * What a mapping made of one event: problems, intents, or both.
 *
 * @category mapping
 * @since 0.1.0
 */
export type Mapped = These<Problems, ReadonlyNonEmptyArray<Intent>>

/**
 * A mapping: any value in, a verdict out. It never throws and never changes its input.
 *
 * @category mapping
 * @since 0.1.0
 */
export type Mapper = (event: unknown) => Mapped

/**
 * A mapping with a memory: what it knew, an event and the time; what it knows from then on, and the verdict. The memory is plain JSON, and
 * the caller's to keep.
 *
 * @category mapping
 * @since 0.1.0
 */
export type Folder<S> = (state: S, event: unknown, now: Instant) => readonly [state: S, mapped: Mapped]

/** What a mapping gathers while it reads an event. */
export interface Findings {
  readonly intents: Array<Intent>
  readonly problems: Array<Problem>
}

/** Findings as a verdict. A mapper that finds neither intents nor a reason has a fault; the verdict says so instead of hiding it. */
export const mapped = ({ intents, problems }: Findings): Mapped => {
  if (!isNonEmpty(intents)) {
    return isNonEmpty(problems) ? { _tag: 'Left', left: problems } : { _tag: 'Left', left: [nothingSaid] }
  }
  return isNonEmpty(problems) ? { _tag: 'Both', left: problems, right: intents } : { _tag: 'Right', right: intents }
}

const nothingSaid: Problem = unreadable(
  'invalid',
  [],
  'the mapper gave neither an intent nor a reason: please report this'
)
const threw: Problem = unreadable('invalid', [], 'reading a member of this event threw; send plain JSON')

/** A mapper from a function that reads freely: whatever a hostile getter or proxy throws becomes a problem. */
export const guarded =
  (read: (event: unknown, findings: Findings) => void): Mapper =>
  (event) => {
    const findings: Findings = { intents: [], problems: [] }
    try {
      read(event, findings)
    } catch {
      return { _tag: 'Left', left: [threw] }
    }
    return mapped(findings)
  }

const concat = <A>(a: ReadonlyNonEmptyArray<A> | undefined, b: ReadonlyNonEmptyArray<A> | undefined) =>
  a === undefined ? b : b === undefined ? a : ([a[0], ...a.slice(1), ...b] as const)

const lefts = (m: Mapped): Problems | undefined => (m._tag === 'Right' ? undefined : m.left)
const rights = (m: Mapped): ReadonlyNonEmptyArray<Intent> | undefined => (m._tag === 'Left' ? undefined : m.right)

/** Two verdicts as one: problems after problems, intents after intents. Associative. */
export const concatMapped = (a: Mapped, b: Mapped): Mapped => {
  const left = concat(lefts(a), lefts(b))
  const right = concat(rights(a), rights(b))
  if (left === undefined) return right === undefined ? a : { _tag: 'Right', right }
  return right === undefined ? { _tag: 'Left', left } : { _tag: 'Both', left, right }
}

/**
 * Mappers run side by side on the same event: the first one's intents and problems come first. Several Marketo instances are
 * several mappers, each with its own settings.
 *
 * @example
 * const refuse: Mapper = () => ({ _tag: 'Left', left: [{ _tag: 'Missing', weight: 'invalid', at: [], mend: 'send an event' }] })
 * const both = combine(refuse, refuse)({})
 * both._tag === 'Left' && both.left.length // => 2
 * @category mapping
 * @since 0.1.0
 */
export const combine =
  (first: Mapper, ...others: ReadonlyArray<Mapper>): Mapper =>
  (event) => {
    let verdict = first(event)
    for (const other of others) verdict = concatMapped(verdict, other(event))
    return verdict
  }
