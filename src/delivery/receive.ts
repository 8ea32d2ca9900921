/**
 * An answer, or the lack of one, taken into a delivery: outcomes for what has ended, another try for what may yet be done.
 *
 *     applied            the item has ended; its lead's number is known from now on
 *     skipped            ended, with Marketo's reasons; or later again, where the remedy says so
 *     refused, lost      the whole call: later, in pieces, with another token, or not at all
 *
 * One bad record costs its neighbours nothing: a call that one record may have spoilt is cut in two, and each half sent alone, until the
 * record stands by itself.
 *
 * @module
 */
import type { LookupOutcome } from '../endpoints/get-leads.js'
import { interpret } from '../endpoints/interpret.js'
import type { Instant } from '../ground/calendar.js'
import type { Answer, Reason, RecordOutcome, Verdict } from '../intent/outcome.js'
import type { Remedy } from '../marketo/error-codes.js'
import { nextSeed } from '../pace/back-off.js'
import { ended } from '../pace/budget.js'
import type { CallEnd, Lost } from '../pace/call-end.js'
import { type Ended, type NextStep, nextStep, repeatableKinds } from '../pace/remedies.js'
import { renewed, tokenRefused } from '../pace/token.js'
import { keyOf } from './next.js'
import { keysOfIntent } from './people.js'
import { type Delivery, type InFlight, type ItemOutcome, outcomeOf, type Pending } from './state.js'

/**
 * That a call has no answer: it was lost on its way, timed out, or its driver was stopped.
 *
 * @category delivery
 * @since 0.1.0
 */
export interface LostCall {
  readonly kind: 'lost'
}

const lost: Lost = { _tag: 'Lost' }

/** What an item's end is told by. */
type End =
  | { readonly _tag: 'Applied'; readonly leadId: number | null; readonly status: string; readonly remarks: [] }
  | { readonly _tag: 'Skipped' | 'Refused'; readonly reasons: ReadonlyArray<Reason>; readonly remedy: Remedy }
  | { readonly _tag: 'Unknown'; readonly reasons: ReadonlyArray<Reason> }

/** A delivery while an answer is taken in. */
interface Draft {
  readonly state: Delivery
  readonly now: Instant
  readonly pending: Map<number, Pending>
  readonly leadIds: Map<string, number>
  readonly outcomes: Array<ItemOutcome>
  nextPiece: number
  seed: number
}

const finish = (draft: Draft, items: ReadonlyArray<Pending>, end: End): void => {
  for (const item of items) {
    if (!draft.pending.delete(item.seq)) continue
    draft.outcomes.push({ ...outcomeOf(item, item.intent.munchkinId), ...end })
  }
}

const change = (draft: Draft, items: ReadonlyArray<Pending>, how: Partial<Pending>): void => {
  for (const item of items) draft.pending.set(item.seq, { ...item, ...how })
}

const reasonsOf = (end: Ended): ReadonlyArray<Reason> =>
  end._tag === 'Refused' || end._tag === 'Skipped' ? end.reasons : []

const remedyOf = (end: Ended): Remedy => (end._tag === 'Refused' || end._tag === 'Skipped' ? end.remedy : 'back-off')

/** Half of the records each to a piece of its own. */
const cut = (draft: Draft, records: ReadonlyArray<ReadonlyArray<Pending>>): void => {
  const half = Math.ceil(records.length / 2)
  for (const part of [records.slice(0, half), records.slice(half)]) {
    change(draft, part.flat(), { piece: draft.nextPiece })
    draft.nextPiece += 1
  }
}

/** Does what the next step says with the records that it is about. */
const follow = (
  draft: Draft,
  records: ReadonlyArray<ReadonlyArray<Pending>>,
  tried: Pending['tried'],
  step: NextStep,
  end: Ended
): void => {
  const items = records.flat()
  const reasons = reasonsOf(end)
  switch (step.todo) {
    case 'done':
      return finish(draft, items, { _tag: 'Skipped', reasons, remedy: 'accept' })
    case 'resend-after':
      return change(draft, items, { tried, notBefore: step.at })
    case 'await-quota-until':
      return change(draft, items, { tried, notBefore: step.until })
    case 'renew-and-resend':
      return change(draft, items, { tried })
    case 'split':
    case 'isolate':
      return cut(draft, records)
    case 'unknown':
      return finish(draft, items, { _tag: 'Unknown', reasons })
    case 'give-up':
      return finish(draft, items, {
        _tag: end._tag === 'Skipped' ? 'Skipped' : 'Refused',
        reasons,
        remedy: remedyOf(end)
      })
  }
}

/** What comes next for records that ended in this way. */
const decide = (draft: Draft, records: ReadonlyArray<ReadonlyArray<Pending>>, end: Ended, isLookup: boolean): void => {
  const [first] = records.flat()
  if (first === undefined) return
  const { retry } = draft.state.options
  // A lookup does nothing, so it may always be done again.
  const repeatable = isLookup || repeatableKinds[first.intent._tag]
  const carried = { records: records.length, repeatable, tried: first.tried }
  const [tried, step] = nextStep(retry)(carried, end, draft.now, draft.seed)
  draft.seed = nextSeed(draft.seed)
  follow(draft, records, tried, step, end)
}

/** Every key that an applied intent's lead has from now on. */
const learn = (draft: Draft, items: ReadonlyArray<Pending>, leadId: number): void => {
  for (const { intent } of items)
    for (const key of keysOfIntent(intent, draft.state.options.idFields)) draft.leadIds.set(key, leadId)
}

const takeRecord = (draft: Draft, items: ReadonlyArray<Pending>, outcome: RecordOutcome): void => {
  if (outcome._tag !== 'Applied') return decide(draft, [items], outcome, false)
  const { leadId, status } = outcome
  const [first] = items
  if (leadId !== null && first !== undefined && first.intent._tag !== 'AddCustomActivity') learn(draft, items, leadId)
  finish(draft, items, { _tag: 'Applied', leadId, status, remarks: [] })
}

const notFound: Reason = { code: '1004', message: 'no lead has this key' }
const several: Reason = { code: '1007', message: 'several leads have this key' }

/** What waits for the number of the lead with this key. */
const waitingFor = ({ pending }: Draft, key: string): ReadonlyArray<Pending> =>
  [...pending.values()].filter(
    ({ intent }) => keyOf(intent) === key && (intent._tag === 'AddCustomActivity' || intent._tag === 'AssociateCookie')
  )

/** What a lookup told of one key: its number, or why nothing about it can be done. */
const takeLookup = (draft: Draft, key: string, outcome: LookupOutcome): void => {
  const waiting = waitingFor(draft, key)
  if (outcome._tag === 'Unanswered') return decide(draft, [waiting], outcome, true)
  const [leadId, other] = outcome.leadIds
  if (leadId !== undefined && other === undefined) {
    draft.leadIds.set(key, leadId)
    // Who was set apart for the lookup's sake shares calls again.
    change(draft, waiting, { piece: 0 })
  } else if (leadId === undefined && !outcome.complete) decide(draft, [waiting], { _tag: 'Unanswered' }, true)
  else
    finish(draft, waiting, {
      _tag: 'Skipped',
      reasons: [leadId === undefined ? notFound : several],
      remedy: 'mend-record'
    })
}

const isLookup = (outcome: RecordOutcome | LookupOutcome): outcome is LookupOutcome =>
  outcome._tag === 'LeadsFound' || outcome._tag === 'Unanswered'

const takeVerdict = (draft: Draft, flight: InFlight, verdict: Verdict<RecordOutcome | LookupOutcome> | Lost): void => {
  const records = flight.records.map((record) => record.flatMap((seq) => draft.pending.get(seq) ?? []))
  if (verdict._tag === 'Accepted') {
    verdict.outcomes.forEach((outcome, k) => {
      const key = flight.keys[k]
      if (flight.errand === 'lookup') {
        if (key !== undefined && isLookup(outcome)) takeLookup(draft, key, outcome)
      } else if (outcome._tag !== 'LeadsFound') takeRecord(draft, records[k] ?? [], outcome)
    })
    return
  }
  if (flight.errand === 'lookup') {
    const waiting = flight.keys.map((key) => waitingFor(draft, key)).filter((items) => items.length > 0)
    return decide(draft, waiting, verdict, true)
  }
  decide(draft, records, verdict, false)
}

const endOf = (verdict: Verdict<RecordOutcome | LookupOutcome> | Lost): CallEnd =>
  verdict._tag === 'Accepted' ? { _tag: 'Accepted' } : verdict

/**
 * The delivery after the answer to one of its calls, or after the news that there will be none. An id that is not in flight (answered
 * already, or never handed out) changes nothing.
 *
 * @category delivery
 * @since 0.1.0
 */
export const receive = (state: Delivery, requestId: string, answer: Answer | LostCall, now: Instant): Delivery => {
  const inFlight = new Map(Object.entries(state.inFlight))
  const flight = inFlight.get(requestId)
  const instance = flight === undefined ? undefined : new Map(Object.entries(state.instances)).get(flight.munchkinId)
  if (flight === undefined || instance === undefined) return state
  inFlight.delete(requestId)
  const isLost = 'kind' in answer
  const told = isLost ? lost : interpret(flight.call, answer)
  if (flight.errand === 'token') {
    const token = renewed(instance.token, told._tag === 'Accepted' ? lost : told, now)
    return {
      ...state,
      inFlight: Object.fromEntries(inFlight),
      instances: Object.fromEntries([...Object.entries(state.instances), [flight.munchkinId, { ...instance, token }]])
    }
  }
  // No other call is answered with a token.
  const verdict = told._tag === 'TokenGranted' ? lost : told
  const draft: Draft = {
    state,
    now,
    pending: new Map(state.pending.map((item) => [item.seq, item])),
    leadIds: new Map(Object.entries(state.leadIds)),
    outcomes: [...state.outcomes],
    nextPiece: state.nextPiece,
    seed: state.seed
  }
  takeVerdict(draft, flight, verdict)
  const token =
    verdict._tag === 'Refused' && verdict.remedy === 'renew-token'
      ? tokenRefused(instance.token, flight.generation, now)
      : instance.token
  const budget = flight.isBudgeted
    ? ended(instance.budget, state.options.user, flight.begunAt, endOf(verdict), now)
    : instance.budget
  return {
    ...state,
    nextPiece: draft.nextPiece,
    seed: draft.seed,
    instances: Object.fromEntries([...Object.entries(state.instances), [flight.munchkinId, { token, budget }]]),
    inFlight: Object.fromEntries(inFlight),
    leadIds: Object.fromEntries(draft.leadIds),
    pending: [...draft.pending.values()],
    outcomes: draft.outcomes
  }
}
