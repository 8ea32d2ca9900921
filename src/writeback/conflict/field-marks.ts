/**
 * What was settled of a lead's fields: whose value stands, since when, and a digest to know it again by.
 *
 *     { phone: { side: 'marketo', at: 1714730400000, bound: false, digest: '6cf6…', displaced: null, optedIn: null,
 *                said: { segment: null, marketo: 1714730400000 } } }
 *
 * Plain JSON, one object for each lead, kept by the caller. An event that comes late is held against it; so is what is read back.
 *
 * @module
 */
import type { Instant } from '../../ground/calendar.js'
import type { Seen } from './claims.js'
import type { Side } from './policy.js'

/**
 * What was settled of one field. `displaced` is the digest of what it took the place of, `optedIn` when the last opt-in was that counted,
 * `said` when each side spoke last, by a time of its own; null where it has not, or nobody knows when.
 *
 * @category conflicts
 * @since 0.1.0
 */
export interface FieldMark {
  readonly side: Side
  readonly at: Instant | null
  readonly bound: boolean
  readonly digest: string
  readonly displaced: string | null
  readonly optedIn: Instant | null
  readonly said: Readonly<Record<Side, Instant | null>>
}

/**
 * What was settled of one lead, by field (REST name).
 *
 * @category conflicts
 * @since 0.1.0
 */
export type FieldMarks = Readonly<Record<string, FieldMark>>

/** A claim's time by what was settled: a value that we know again is as old as it was then. @internal */
export const agedBy = (mark: FieldMark | undefined, claim: Seen): Seen => {
  if (mark === undefined || mark.digest !== claim.digest || mark.at === null) return claim
  if (claim.at === null || claim.bound || claim.ours) return { ...claim, at: mark.at, bound: mark.bound }
  // A time of its own says more than a bound.
  return mark.bound || claim.at >= mark.at ? claim : { ...claim, at: mark.at, bound: mark.bound }
}

const displacedBy = (mark: FieldMark | undefined, digest: string, loser: Seen | undefined): string | null => {
  if (loser !== undefined && loser.digest !== digest) return loser.digest
  return mark?.digest === digest ? mark.displaced : (mark?.digest ?? null)
}

/** When a side spoke last: what it says of a time before that, it has taken back since, whatever the other side says. */
const saidBy = (
  side: Side,
  mark: FieldMark | undefined,
  ...claims: ReadonlyArray<Seen | undefined>
): Instant | null => {
  const times = [mark?.said[side], ...claims.map((claim) => (claim?.side === side ? claim.own : null))]
  const known = times.filter((time) => typeof time === 'number')
  return known.length === 0 ? null : Math.max(...known)
}

/** Whether a mark says the same as a claim, and for certain not before it. */
const isRepeated = (mark: FieldMark, { digest, at }: Seen): boolean =>
  mark.digest === digest && (at === null || (mark.at !== null && !mark.bound && at <= mark.at))

/** The mark of a claim that stands, in the place of another where there was one; the other side may say the same. @internal */
export const markOf = (mark: FieldMark | undefined, claim: Seen, other?: Seen, optedIn?: Instant): FieldMark => {
  const { side, at, bound, digest } = claim
  const known = {
    digest,
    displaced: displacedBy(mark, digest, other),
    optedIn: optedIn ?? mark?.optedIn ?? null,
    said: { segment: saidBy('segment', mark, claim, other), marketo: saidBy('marketo', mark, claim, other) }
  }
  if (mark === undefined) return { ...known, side, at, bound }
  // Who repeats what was settled has not said it first.
  if (isRepeated(mark, claim)) return { ...known, side: mark.side, at: mark.at, bound: mark.bound }
  // Whatever stands now came after what stood before.
  const isVague = at === null || (bound && mark.at !== null && at <= mark.at)
  return isVague ? { ...known, side, at: mark.at, bound: mark.bound } : { ...known, side, at, bound }
}

/** Whether a time is after another; one that is known is after one that is not, and an exact one after a bound at the same time. */
const isLater = (a: FieldMark, b: FieldMark): boolean => {
  const [x, y] = [a.at ?? Number.NEGATIVE_INFINITY, b.at ?? Number.NEGATIVE_INFINITY]
  return x > y || (x === y && (b.bound && !a.bound ? true : a.bound === b.bound && a.digest > b.digest))
}

const laterOf = (a: FieldMark, b: FieldMark | undefined): FieldMark => {
  if (b === undefined) return a
  const optedIn = Math.max(a.optedIn ?? Number.NEGATIVE_INFINITY, b.optedIn ?? Number.NEGATIVE_INFINITY)
  return { ...(isLater(a, b) ? a : b), optedIn: Number.isFinite(optedIn) ? optedIn : null }
}

/**
 * What was settled of two leads that were merged into one: of each field, what was settled later.
 *
 * @category conflicts
 * @since 0.1.0
 */
export const mergeMarks = (winner: FieldMarks, loser: FieldMarks): FieldMarks => {
  const merged = new Map(Object.entries(winner))
  for (const [field, mark] of Object.entries(loser)) merged.set(field, laterOf(mark, merged.get(field)))
  return Object.fromEntries(merged)
}

/**
 * What was settled, but for fields whose write was refused: of these, what was settled before. A write that never happened hides nothing.
 *
 * @example
 * const said = { segment: 1, marketo: null }
 * const mark = { side: 'segment', at: 1, bound: false, digest: 'd', displaced: null, optedIn: null, said } as const
 * withoutRefused({}, { phone: mark, city: mark }, ['phone']) // => { city: mark }
 * @category conflicts
 * @since 0.1.0
 */
export const withoutRefused = (before: FieldMarks, after: FieldMarks, refused: ReadonlyArray<string>): FieldMarks => {
  const old = new Map(Object.entries(before))
  const kept = new Map(Object.entries(after))
  for (const field of refused) {
    const mark = old.get(field)
    if (mark === undefined) kept.delete(field)
    else kept.set(field, mark)
  }
  return Object.fromEntries(kept)
}
