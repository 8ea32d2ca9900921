/**
 * An answer, or the lack of one, taken into polling.
 *
 *     token       the next generation, or when to ask again
 *     place       where a walk begins
 *     page        activities, and where to go on
 *     leads, emails, campaigns      what those that wait were lacking
 *
 * @module
 */
import { interpretGetCampaigns, interpretGetEmail } from '../endpoints/asset-lookups.js'
import { interpretGetActivities } from '../endpoints/get-activities.js'
import { interpretGetLeads } from '../endpoints/get-leads.js'
import { interpretIdentityToken } from '../endpoints/identity-token.js'
import { interpretPagingToken } from '../endpoints/paging-token.js'
import type { Instant } from '../ground/calendar.js'
import type { Call, HttpRequest } from '../intent/descriptor.js'
import type { Answer } from '../intent/outcome.js'
import { answerIn } from '../pace/answer-in.js'
import type { CallEnd, Lost, RefusedCall } from '../pace/call-end.js'
import { renewed } from '../pace/token.js'
import { afterCall } from '../pace/turns.js'
import { emit } from './emit.js'
import type { Draft, InFlight, Writeback } from './state.js'
import { takeAssets, takeLeads } from './take-lookups.js'
import { takePage, takePlace } from './take-page.js'

/**
 * That a call has no answer: it was lost on its way, timed out, or its driver was stopped.
 *
 * @category polling
 * @since 0.1.0
 */
export interface LostAnswer {
  readonly kind: 'lost'
}

const lost: Lost = { _tag: 'Lost' }

const isRefused = (told: { readonly _tag: string }): told is RefusedCall => told._tag === 'Refused'

/** Paces by how a call ended, and takes what it told. */
const takeAs = <A extends { readonly _tag: string }>(
  draft: Draft,
  flight: InFlight,
  told: A | Lost,
  now: Instant,
  take: (draft: Draft, flight: InFlight, told: A | Lost, now: Instant) => void
): void => {
  // An answer and none at all are the same to the budget; what it heeds is a refusal.
  const end: CallEnd = isRefused(told) ? told : { _tag: 'Accepted' }
  Object.assign(draft, afterCall(draft, draft.options.user, flight, end, now))
  take(draft, flight, told, now)
}

const take = (draft: Draft, flight: InFlight, answer: Answer | null, now: Instant): void => {
  const { call, errand } = flight
  /** What the answer says, as its endpoint reads it. */
  const told = <A>(read: (call: Call<HttpRequest>, answer: Answer) => A): A | Lost =>
    answer === null ? lost : read(call, answer)
  switch (errand) {
    case 'token':
      draft.token = renewed(
        draft.token,
        told((_, own) => interpretIdentityToken(own)),
        now
      )
      return
    case 'place':
      return takeAs(draft, flight, told(interpretPagingToken), now, takePlace)
    case 'page':
      return takeAs(draft, flight, told(interpretGetActivities), now, takePage)
    case 'leads':
      return takeAs(draft, flight, told(interpretGetLeads), now, takeLeads)
    case 'emails':
      return takeAs(draft, flight, told(interpretGetEmail), now, takeAssets)
    case 'campaigns':
      return takeAs(draft, flight, told(interpretGetCampaigns), now, takeAssets)
  }
}

/**
 * The state after the answer to one of its calls, or after the news that there will be none. An id that is not in flight changes nothing.
 *
 * @category polling
 * @since 0.1.0
 */
export const receiveAnswer = (
  state: Writeback,
  requestId: string,
  answer: Answer | LostAnswer,
  now: Instant
): Writeback => {
  const inFlight = new Map(Object.entries(state.inFlight))
  const flight = inFlight.get(requestId)
  if (flight === undefined) return state
  inFlight.delete(requestId)
  const draft: Draft = { ...state, inFlight: Object.fromEntries(inFlight) }
  take(draft, flight, answerIn(answer), now)
  emit(draft)
  return draft
}

/**
 * The state for a driver that was restarted: its calls in flight are lost, and asked again.
 *
 * @category polling
 * @since 0.1.0
 */
export const resumedWriteback = (state: Writeback, now: Instant): Writeback =>
  Object.keys(state.inFlight).reduce((so, id) => receiveAnswer(so, id, { kind: 'lost' }, now), state)
