/**
 * The newest change wins.
 *
 *     both have times      the later; nearer to each other than the tolerance: the owner’s
 *     one has a time       that one
 *     none has             the owner’s
 *     only a bound         later than the bound: the other’s; else nobody can tell: the owner’s
 *
 * Where one side is silent, what was settled before stands in for it. What is older than that, and is not that, is late news: it came
 * from a phone that was offline, or out of a back-fill, and is left alone.
 *
 * Sources: Adobe "Leads", "Activities" (whole seconds); Segment "Common Fields", timestamps.
 *
 * @module
 */
import type { Seen } from './claims.js'
import { type Contest, type Policy, type Ruling, rests, wins } from './contest.js'
import type { FieldMark } from './field-marks.js'
import type { FieldPolicy, Side } from './policy.js'
import type { ConflictReason } from './reasons.js'

/** As much of a claim or of a mark as times are compared by. */
type Timed = Pick<Seen, 'side' | 'at' | 'bound'>

/** On one side times are exact; across sides two clocks are compared. */
const toleranceFor = ({ toleranceMillis }: FieldPolicy, a: Timed, b: Timed): number =>
  a.side === b.side ? 0 : toleranceMillis

/**
 * Whether a claim says what was displaced, and is not known to be from after that: it may have been read before the write was there.
 * Whether somebody has put it back since, only the log of changes can tell, whose seconds are cut.
 */
const isDisplaced = (mark: FieldMark, { side, digest, at, bound }: Seen): boolean => {
  if (digest !== mark.displaced) return false
  return at === null || bound || (side === 'segment' && mark.at !== null && !mark.bound && at <= mark.at)
}

/** Whether a claim is late news: surely before what was settled, and something else. @internal */
export const isStale = (policy: FieldPolicy, mark: FieldMark | undefined, claim: Seen): boolean => {
  if (mark === undefined || mark.digest === claim.digest) return false
  // What we wrote ourselves carried out something that was settled before this.
  if (claim.ours) return true
  if (isDisplaced(mark, claim)) return true
  const said = mark.said[claim.side]
  if (claim.own !== null && said !== null && claim.own < said) return true
  if (mark.at === null || mark.bound || claim.at === null) return false
  return claim.at < mark.at - toleranceFor(policy, claim, mark)
}

/** Which of two claims is the newer, and why. */
const newer = (policy: FieldPolicy, a: Timed, b: Timed): { readonly winner: Side; readonly reason: ConflictReason } => {
  const { owner } = policy
  if (a.at === null || b.at === null) {
    if (a.at === b.at) return { winner: owner, reason: 'no-times' }
    return { winner: a.at === null ? b.side : a.side, reason: 'untimed' }
  }
  const [early, late] = a.at < b.at ? [a, b] : [b, a]
  const apart = Math.abs(a.at - b.at)
  if (late.bound || (early.bound && apart === 0)) return { winner: owner, reason: 'bound' }
  return apart <= policy.toleranceMillis ? { winner: owner, reason: 'tie' } : { winner: late.side, reason: 'newer' }
}

/** A claim against what was settled before. */
const againstMark = (policy: FieldPolicy, claim: Seen, mark: FieldMark): Ruling => {
  if (mark.digest === claim.digest) return rests('known', mark.side)
  // One side does not contradict itself: what it says now is later than what it said, or it would be stale.
  if (mark.side === claim.side) return wins(claim.side, 'newer')
  const { winner, reason } = newer(policy, claim, mark)
  return winner === claim.side ? wins(claim.side, reason) : rests(reason, winner)
}

const alone = (policy: FieldPolicy, claim: Seen, mark: FieldMark | undefined): Ruling =>
  mark === undefined ? wins(claim.side, 'alone') : againstMark(policy, claim, mark)

const between = (policy: FieldPolicy, segment: Seen, marketo: Seen): Ruling => {
  const { winner, reason } = newer(policy, segment, marketo)
  return wins(winner, reason)
}

/** The newest change wins. @internal */
export const newest: Policy = ({ policy, segment, marketo, mark }: Contest): Ruling => {
  const fresh = [segment, marketo].filter((claim) => claim !== undefined && !isStale(policy, mark, claim))
  const [one, other] = fresh
  if (one === undefined) return rests('older', mark?.side)
  if (other !== undefined) return between(policy, one, other)
  // What was settled is put right on the side whose word is late news.
  const hadRival = segment !== undefined && marketo !== undefined
  return hadRival && one.digest === mark?.digest ? wins(one.side, 'newer') : alone(policy, one, mark)
}
