/**
 * Decides, field by field, whose value stands and who is to be told.
 *
 *     claims of Segment ─┐
 *     claims of Marketo ─┼▶ read by type ─▶ equal? ─▶ policy ─▶ { field, winner, value, reason, action }
 *     what was settled  ─┘                                   └▶ what is settled now
 *
 * Pure: nothing is sent here. Where an action's write is refused, what was settled is to be taken back with `withoutRefused`.
 *
 * Sources: Adobe "Leads", "Activities"; Segment "Common Fields".
 *
 * @module
 */
import type { Instant } from '../../ground/calendar.js'
import type { FieldValue } from '../../intent/intent.js'
import { type Claim, type Claims, type Seen, seen } from './claims.js'
import { type Contest, type Policy, type Ruling, rests } from './contest.js'
import { type CustomPolicies, customOf } from './custom.js'
import { agedBy, type FieldMark, type FieldMarks, markOf } from './field-marks.js'
import { fillEmpty } from './fill-empty.js'
import { monotone, stoodBack } from './monotone.js'
import { newest } from './newest.js'
import { ownedBy } from './owned.js'
import { type ConflictSettings, type FieldPolicy, type PolicyName, policyOf, type Side } from './policy.js'
import { type ConflictReason, explainReason } from './reasons.js'

/**
 * What is to be done about a field. Both sides are written where an event that came late is further along than what both hold by now.
 *
 * @category conflicts
 * @since 0.1.0
 */
export type ConflictAction = 'write-to-marketo' | 'write-to-segment' | 'write-to-both' | 'none'

/**
 * One field, decided. `winner` is null where no side won: both hold the same, or nothing can be told. `value` is the one that stands, as
 * it is to be written; null also where none is known. `at` is the time that a write to Segment is to bear: that of the change, or just
 * after the one that it overrules; null where there is none.
 *
 * @category conflicts
 * @since 0.1.0
 */
export interface FieldDecision {
  readonly field: string
  readonly winner: Side | null
  readonly value: FieldValue
  readonly reason: ConflictReason
  readonly sentence: string
  readonly action: ConflictAction
  readonly at: Instant | null
}

/**
 * What is known of one lead: what each side says, and what was settled before.
 *
 * @category conflicts
 * @since 0.1.0
 */
export interface LeadClaims {
  readonly segment: Claims
  readonly marketo: Claims
  readonly marks: FieldMarks
}

/**
 * The decisions, by the alphabet, and what is settled now, if their writes are done.
 *
 * @category conflicts
 * @since 0.1.0
 */
export interface Decided {
  readonly decisions: ReadonlyArray<FieldDecision>
  readonly marks: FieldMarks
}

const actions: Readonly<Record<Side | 'both', ConflictAction>> = {
  segment: 'write-to-segment',
  marketo: 'write-to-marketo',
  both: 'write-to-both'
}

/**
 * Whether a decision writes to a side.
 *
 * @category conflicts
 * @since 0.1.0
 */
export const writesTo = ({ action }: Pick<FieldDecision, 'action'>, side: Side): boolean =>
  action === actions[side] || action === 'write-to-both'

/** Policies for which nothing is a place to start from, not a value that competes. */
const minded: ReadonlyArray<PolicyName> = ['fill-empty', 'monotone']

/** What a side says, and since when by what is known besides. */
const heard = (
  field: string,
  policy: FieldPolicy,
  side: Side,
  claim: Claim | undefined,
  mark: FieldMark | undefined
): Seen | undefined => {
  const read = claim === undefined ? undefined : seen(field, policy, side, claim)
  if (read === undefined) return undefined
  // What never steps back goes by times only where a person opts in again, and then by what was said, not by what is known besides.
  return policy.policy === 'monotone' ? read : agedBy(mark, read)
}

/** Nothing competes where it is a value, or where a policy has a mind for it. */
const competes = ({ policy, clear }: FieldPolicy, claim: Seen | undefined): Seen | undefined =>
  claim?.empty === true && !clear && !minded.includes(policy) ? undefined : claim

/** Both sides hold the same: it is as old as the side that says so with more certainty, or the later of the two, which is named first. */
const byCertainty = (a: Seen, b: Seen): readonly [Seen, Seen] => {
  if (a.at === null || b.at === null) return a.at === null ? [b, a] : [a, b]
  if (a.bound !== b.bound) return a.bound ? [b, a] : [a, b]
  return b.at > a.at ? [b, a] : [a, b]
}

/**
 * A change of Marketo's happened within the second that it tells. Where ties are Marketo's it is told to Segment as of that second's end,
 * so that nothing of the same second stands above it there.
 */
const toldAt = ({ policy, owner }: FieldPolicy, { side, at, bound }: Seen): Instant | null => {
  const isMarketos = side === 'marketo' && (policy === 'marketo' || (policy === 'newest' && owner === 'marketo'))
  return isMarketos && at !== null && !bound && at % 1_000 === 0 ? at + 999 : at
}

/** When a write to Segment is to have happened: after what it overrules there, which is what was settled before, or something since. */
const writtenAt = ({ policy, mark }: Contest, winner: Seen | undefined, loser: Seen | undefined): Instant | null => {
  const own = winner === undefined ? null : toldAt(policy, winner)
  const settledAt = mark === undefined || mark.digest === winner?.digest ? null : mark.at
  const overruled = Math.max(loser?.at ?? Number.NEGATIVE_INFINITY, settledAt ?? Number.NEGATIVE_INFINITY)
  return Number.isFinite(overruled) && (own === null || own <= overruled) ? overruled + 1 : own
}

interface Settled {
  readonly decision: FieldDecision
  readonly mark: FieldMark | undefined
}

/** Whether a claim is what stands: a side can win by what it said before, which nobody repeats. */
const isStanding = ({ mark }: Contest, claim: Seen | undefined, writes: Ruling['writes']): claim is Seen =>
  claim !== undefined && (writes !== null || mark === undefined || mark.digest === claim.digest)

const settled = (contest: Contest, ruling: Ruling): Settled => {
  const { field, mark } = contest
  const { winner, reason, writes, restored, optedIn } = ruling
  const claim = winner === null ? undefined : contest[winner]
  const loser = winner === null ? undefined : contest[winner === 'segment' ? 'marketo' : 'segment']
  const decision: FieldDecision = {
    field,
    winner,
    value: restored ?? (isStanding(contest, claim, writes) ? claim.value : null),
    reason,
    sentence: explainReason(reason, winner),
    action: writes === null ? 'none' : actions[writes],
    at: writtenAt(contest, claim, loser)
  }
  const isKnown = reason === 'known' && claim === undefined ? loser : claim
  const stands = isKnown !== undefined && (writes !== null || reason === 'known')
  if (!stands) return { decision, mark }
  return { decision, mark: markOf(mark, isKnown, loser, optedIn) }
}

/** What was settled stands against both sides: it is written after the later of what they say. */
const onBoth = (contest: Contest, ruling: Ruling, segment: Seen, marketo: Seen): Settled => {
  const late = (marketo.at ?? Number.NEGATIVE_INFINITY) > (segment.at ?? Number.NEGATIVE_INFINITY) ? marketo : segment
  return settled({ ...contest, segment: undefined, marketo: late }, ruling)
}

const equal = (contest: Contest, segment: Seen, marketo: Seen): Settled => {
  const back = contest.policy.policy === 'monotone' ? stoodBack(contest, segment, marketo) : undefined
  if (back !== undefined) return onBoth(contest, back, segment, marketo)
  const { decision } = settled(contest, rests('equal'))
  const isNothing = segment.empty && marketo.empty && !contest.policy.clear
  const mark = isNothing ? contest.mark : markOf(contest.mark, ...byCertainty(segment, marketo))
  return { decision: { ...decision, value: segment.value }, mark }
}

/**
 * Decides the fields of one lead. A side's fields are those that it was asked for: one that it does not name does not compete. Functions
 * for `custom` are given by name.
 *
 * @example
 * const others = { policy: 'newest', clear: false, owner: 'marketo', toleranceMillis: 2000, correct: true } as const
 * const decide = decideFields({ fields: {}, others })
 * const segment = { city: { value: 'Berlin', at: 1714730500000 } }
 * const marketo = { city: { value: 'Bonn', at: 1714730400000 } }
 * decide({ segment, marketo, marks: {} }).decisions.map(({ field, value, reason, action }) => [field, value, reason, action])
 * // => [['city', 'Berlin', 'newer', 'write-to-marketo']]
 * @category conflicts
 * @since 0.1.0
 */
export const decideFields = (
  settings: ConflictSettings,
  customPolicies: CustomPolicies = {}
): ((question: LeadClaims) => Decided) => {
  const policyFor = policyOf(settings)
  const policies: Readonly<Record<Exclude<PolicyName, 'never'>, Policy>> = {
    segment: ownedBy('segment'),
    marketo: ownedBy('marketo'),
    newest,
    'fill-empty': fillEmpty,
    monotone,
    custom: customOf(customPolicies)
  }
  const decide = (field: string, a: Claim | undefined, b: Claim | undefined, mark: FieldMark | undefined): Settled => {
    const policy = policyFor(field)
    const [told, read] = [heard(field, policy, 'segment', a, mark), heard(field, policy, 'marketo', b, mark)]
    const contest: Contest = { field, policy, segment: competes(policy, told), marketo: competes(policy, read), mark }
    const { policy: name } = policy
    if (name === 'never') return settled(contest, rests('read-only'))
    if (told !== undefined && read !== undefined && told.digest === read.digest) return equal(contest, told, read)
    if (contest.segment !== undefined || contest.marketo !== undefined) return settled(contest, policies[name](contest))
    return settled(contest, rests(told === undefined && read === undefined ? 'unfit' : 'no-clear'))
  }
  return ({ segment, marketo, marks }) => {
    const [told, read] = [new Map(Object.entries(segment)), new Map(Object.entries(marketo))]
    const settledMarks = new Map(Object.entries(marks))
    const fields = [...new Set([...told.keys(), ...read.keys()])].sort()
    const decisions = fields.map((field) => {
      const { decision, mark } = decide(field, told.get(field), read.get(field), settledMarks.get(field))
      if (mark !== undefined) settledMarks.set(field, mark)
      return decision
    })
    return { decisions, marks: Object.fromEntries(settledMarks) }
  }
}
