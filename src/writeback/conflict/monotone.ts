/**
 * What never steps back: of two values the further stands.
 *
 *     flags true over false · numbers the greater · dates the later · stages by their order · anything over nothing
 *
 * Times do not matter but for one thing: a flag that says that a person does not want to hear from us may be taken back by an opt-in that
 * says so, is later than what it takes back, and that the settings let count. What is older than the last such opt-in is over.
 *
 * Of a flag, and of stages, what was settled before can be told from its digest; so a side that stepped back is written over even where
 * the other is silent.
 *
 * Sources: Adobe "List of Standard Fields"; Segment "Set user subscriptions".
 *
 * @module
 */
import { parseInstant } from '../../ground/calendar.js'
import type { FieldValue } from '../../intent/intent.js'
import type { Seen } from './claims.js'
import { digestOf } from './comparable.js'
import { type Contest, opposite, type Policy, type Ruling, rests, wins } from './contest.js'
import type { FieldMark } from './field-marks.js'
import type { FieldPolicy } from './policy.js'

/** Where nothing stands: before every number. */
const bottom = Number.NEGATIVE_INFINITY

/** Numbers by size, texts (days and times, written alike) by the alphabet; nothing before either. */
const isFurther = (a: number | string, b: number | string): boolean => {
  if (typeof a === typeof b) return a > b
  return typeof b === 'number'
}

const isTime = (text: string, { type }: FieldPolicy): boolean =>
  (type === 'date' || type === 'datetime') && parseInstant(text) !== undefined

/** How far a value is along; undefined where it is none of the order. */
const rankOf = (policy: FieldPolicy, same: FieldValue): number | string | undefined => {
  if (same === null) return bottom
  if (policy.stages !== null) {
    const place = policy.stages.indexOf(String(same))
    return place < 0 ? undefined : place
  }
  if (typeof same === 'string') return isTime(same, policy) ? same : undefined
  return Number(same)
}

/** Every value that the field can hold, where these are few. */
const valuesOf = ({ stages, type }: FieldPolicy): ReadonlyArray<string | boolean> =>
  stages ?? (type === 'boolean' ? [false, true] : [])

/** What was settled, out of its digest. */
const settledValue = ({ field, policy, mark }: Contest): string | boolean | undefined =>
  mark === undefined ? undefined : valuesOf(policy).find((value) => digestOf(field, value) === mark.digest)

/** Whether a claim is from before the last opt-in. */
const isOver = (mark: FieldMark | undefined, { at, bound, same }: Seen): boolean =>
  mark !== undefined && mark.optedIn !== null && same === true && at !== null && !bound && at < mark.optedIn

/** Whether a claim is surely later than another, or than what was settled. */
const isAfter = ({ at, bound }: Seen, other: Pick<Seen, 'at'>): boolean =>
  at !== null && !bound && other.at !== null && at > other.at

const isExact = (mark: FieldMark | undefined): boolean => mark !== undefined && mark.at !== null && !mark.bound

/** An opt-in against what it takes back. */
const optIn = (claim: Seen, rival: Seen | undefined, contest: Contest): Ruling => {
  const { policy, mark } = contest
  const settled = settledValue(contest) === true ? mark : undefined
  if (rival === undefined && settled === undefined) return rests(mark?.digest === claim.digest ? 'known' : 'not-known')
  // Beside what the other side says now, what was settled counts where its time is exact.
  const taken = [rival, rival === undefined || isExact(settled) ? settled : undefined]
  const isLater = taken.every((other) => other === undefined || isAfter(claim, other))
  return policy.optIn && isLater && claim.at !== null
    ? { ...wins(claim.side, 'opted-in'), optedIn: claim.at }
    : { ...wins(opposite(claim.side), 'opt-in-refused'), ...(rival === undefined ? { restored: true } : {}) }
}

/**
 * That a side is further. An event that comes late is not what Segment holds by now: it has to be told, too, that its own word of before
 * stands.
 */
const further = ({ side, at, digest }: Seen, mark: FieldMark | undefined): Ruling => {
  const ruling = wins(side, 'further')
  const isPast = mark !== undefined && mark.digest !== digest && at !== null && mark.at !== null && at <= mark.at
  return side === 'segment' && isPast ? { ...ruling, writes: 'both' } : ruling
}

/** One side against what was settled before, as far as that can be told. */
const alone = (claim: Seen, rank: number | string, contest: Contest): Ruling => {
  const { policy, mark } = contest
  if (mark?.digest === claim.digest) return rests('known', mark.side)
  const settled = settledValue(contest)
  if (settled === undefined) return claim.same === true ? further(claim, mark) : rests('not-known')
  const before = rankOf(policy, settled) ?? bottom
  if (isFurther(rank, before)) return further(claim, mark)
  // What Marketo holds, it holds now, however old its second; an event may come late.
  const isLate = claim.side === 'segment' && claim.at !== null && (mark?.at ?? Number.NEGATIVE_INFINITY) > claim.at
  return isLate ? rests('older', mark?.side) : { ...wins(opposite(claim.side), 'further'), restored: settled }
}

const between = (segment: Seen, marketo: Seen, contest: Contest): Ruling => {
  const [a, b] = [rankOf(contest.policy, segment.same), rankOf(contest.policy, marketo.same)]
  if (a === undefined) return b === undefined || marketo.empty ? rests('unfit') : wins('marketo', 'further')
  // Letters in a flag's place may have meant yes: only yes stands above them.
  if (b === undefined) return segment.empty || segment.same === false ? rests('unfit') : further(segment, contest.mark)
  return further(isFurther(a, b) ? segment : marketo, contest.mark)
}

const ofOne = (claim: Seen, contest: Contest): Ruling => {
  const rank = rankOf(contest.policy, claim.same)
  return rank === undefined ? rests('unfit') : alone(claim, rank, contest)
}

/** The claim by which a person opted in. */
const wordOf = (claims: ReadonlyArray<Seen>): Seen | undefined =>
  claims.find((claim) => claim.optIn && claim.same === false && !claim.empty)

/**
 * Both sides hold one value, which is behind what was settled: neither was told to step back, so that stands, and both are written. Undefined
 * where they are not behind it, where that cannot be told, and where an opt-in counts.
 *
 * @internal
 */
export const stoodBack = (contest: Contest, segment: Seen, marketo: Seen): Ruling | undefined => {
  const word = wordOf([segment, marketo])
  const ruling = word === undefined ? ofOne(marketo, contest) : optIn(word, undefined, contest)
  return ruling.restored === undefined ? undefined : { ...ruling, winner: 'segment', writes: 'both' }
}

/** The further value stands. @internal */
export const monotone: Policy = (contest: Contest): Ruling => {
  const { mark } = contest
  const [segment, marketo] = [contest.segment, contest.marketo].map((claim) =>
    claim !== undefined && isOver(mark, claim) ? undefined : claim
  )
  const claims = [segment, marketo].filter((claim) => claim !== undefined)
  const word = wordOf(claims)
  const [one] = claims
  if (one === undefined) return rests('older', mark?.side)
  if (word !== undefined) {
    const rival = claims.find((claim) => claim !== word)
    const isUnfit = rival !== undefined && rankOf(contest.policy, rival.same) === undefined
    return isUnfit ? rests('unfit') : optIn(word, rival, contest)
  }
  if (segment !== undefined && marketo !== undefined) return between(segment, marketo, contest)
  // The silent side may be one whose word is over: it is written over with what came later.
  const isOverruled = contest.segment !== undefined && contest.marketo !== undefined
  return isOverruled ? { ...wins(one.side, 'opted-in'), restored: false } : ofOne(one, contest)
}
