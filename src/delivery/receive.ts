/**
 * An answer, or the lack of one, taken into a delivery: outcomes for what has ended, another try for what may yet be done.
 *
 *     token      the next generation, or when to ask again
 *     lookup     what the keys find
 *     merge      the leads that are one from now on
 *     write      applied, skipped or unanswered, record by record; or the whole call refused or lost
 *
 * @module
 */
import { interpret } from '../endpoints/interpret.js'
import type { Instant } from '../ground/calendar.js'
import type { Answer } from '../intent/outcome.js'
import { ended } from '../pace/budget.js'
import type { CallEnd, Lost } from '../pace/call-end.js'
import { renewed, tokenRefused } from '../pace/token.js'
import { type Draft, deliveryOf, draftOf } from './draft.js'
import type { Delivery } from './state.js'
import { takeLookups } from './take-lookups.js'
import { takeMerge } from './take-merge.js'
import { takeWrites } from './take-writes.js'

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

type Told = ReturnType<typeof interpret> | Lost

const endOf = (told: Told): CallEnd => (told._tag === 'Refused' || told._tag === 'Lost' ? told : { _tag: 'Accepted' })

/** The instance after a call of its ended: its budget, and its token where that was refused. */
const paced = (draft: Draft, told: Told): Draft['instance'] => {
  const { instance, flight, now, state } = draft
  const { user } = state.options
  return {
    ...instance,
    token:
      told._tag === 'Refused' && told.remedy === 'renew-token'
        ? tokenRefused(instance.token, flight.generation, now)
        : instance.token,
    budget: flight.isBudgeted ? ended(instance.budget, user, flight.begunAt, endOf(told), now) : instance.budget
  }
}

const takeToken = (draft: Draft, told: Told): void => {
  const { instance, now } = draft
  draft.instance = { ...instance, token: renewed(instance.token, told._tag === 'Accepted' ? lost : told, now) }
}

const take = (draft: Draft, told: Told): void => {
  const { flight } = draft
  if (flight.errand === 'token') return takeToken(draft, told)
  draft.instance = paced(draft, told)
  // Only the identity endpoint answers with a token.
  const verdict = told._tag === 'TokenGranted' ? lost : told
  switch (flight.errand) {
    case 'lookup':
      return takeLookups(draft, verdict)
    case 'merge':
      return takeMerge(draft, verdict)
    case 'write':
      return takeWrites(draft, verdict)
  }
}

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
  const draft = draftOf(state, flight, instance, now)
  take(draft, 'kind' in answer ? lost : interpret(flight.call, answer))
  return { ...deliveryOf(draft), inFlight: Object.fromEntries(inFlight) }
}
