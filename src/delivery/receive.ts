/**
 * An answer, or the lack of one, taken into a delivery: outcomes for what has ended, another try for what may yet be done.
 *
 *     token      the next generation, or when to ask again
 *     lookup     what the keys find
 *     merge      the leads that are one from now on
 *     write      applied, skipped or unanswered, record by record; or the whole call refused or lost
 *     ingest     queued, and no more
 *     import     a job; later its status, the rows that failed, those that are warned of
 *     act        on lists, programs, campaigns, leads to be gone, companies, custom objects: as a write
 *     list       the number of a list that was looked for or made; the lists of a lead
 *     score      what a number is, and that it was written
 *
 * @module
 */
import type { LookupOutcome } from '../endpoints/get-leads.js'
import { interpretIdentityToken } from '../endpoints/identity-token.js'
import { interpretImportLeads } from '../endpoints/import-status.js'
import { interpretIngestPersons } from '../endpoints/ingest-persons.js'
import { interpret } from '../endpoints/interpret.js'
import { interpretCreateList, interpretFindList } from '../endpoints/list-assets.js'
import { interpretListsOfLead } from '../endpoints/lists-of-lead.js'
import type { Instant } from '../ground/calendar.js'
import type { Answer, RecordOutcome, Verdict } from '../intent/outcome.js'
import { answerIn } from '../pace/answer-in.js'
import { ended } from '../pace/budget.js'
import type { CallEnd, Lost, RefusedCall } from '../pace/call-end.js'
import { renewed, tokenRefused } from '../pace/token.js'
import { type Draft, deliveryOf, draftOf } from './draft.js'
import type { Delivery } from './state.js'
import { takeImport, takeJob, toldOfJob } from './take-job.js'
import { takeFoundList, takeListsOfLead, takeMadeList } from './take-lists.js'
import { takeLookups } from './take-lookups.js'
import { takeMerge } from './take-merge.js'
import { takeOrdered } from './take-ordered.js'
import { takeQueued } from './take-queued.js'
import { takeReadScores, takeWrittenScores } from './take-scores.js'
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

/** The end of a call as pacing sees it. */
const endOf = (told: { readonly _tag: string } | RefusedCall | Lost): CallEnd =>
  isRefused(told) ? told : told._tag === 'Lost' ? lost : { _tag: 'Accepted' }

const isRefused = (told: { readonly _tag: string }): told is RefusedCall => told._tag === 'Refused'

/** The instance after a call of its ended: its budget, and its token where that was refused. */
const paced = (draft: Draft, end: CallEnd): Draft['instance'] => {
  const { instance, flight, now, state } = draft
  const { user } = state.options
  return {
    ...instance,
    token:
      end._tag === 'Refused' && end.remedy === 'renew-token'
        ? tokenRefused(instance.token, flight.generation, now)
        : instance.token,
    budget: flight.isBudgeted ? ended(instance.budget, user, flight.begunAt, end, now) : instance.budget
  }
}

const takeToken = (draft: Draft, answer: Answer | null): void => {
  const { instance, now } = draft
  const end = answer === null ? lost : interpretIdentityToken(answer)
  draft.instance = { ...instance, token: renewed(instance.token, end, now) }
}

/** Reads an answer, paces the instance by it, and takes it in. */
const takeAs = <A extends { readonly _tag: string }>(
  draft: Draft,
  answer: Answer | null,
  read: (answer: Answer) => A | Lost,
  take: (draft: Draft, told: A | Lost) => void
): void => {
  const told = answer === null ? lost : read(answer)
  draft.instance = paced(draft, endOf(told))
  take(draft, told)
}

const take = (draft: Draft, answer: Answer | null): void => {
  const { call, errand } = draft.flight
  // Only the identity endpoint answers with a token.
  const verdict = (told: Answer): Verdict<RecordOutcome | LookupOutcome> | Lost => {
    const read = interpret(call, told)
    return read._tag === 'TokenGranted' ? lost : read
  }
  switch (errand) {
    case 'token':
      return takeToken(draft, answer)
    case 'lookup':
      return takeAs(draft, answer, verdict, takeLookups)
    case 'merge':
      return takeAs(draft, answer, verdict, takeMerge)
    case 'write':
      return takeAs(draft, answer, verdict, takeWrites)
    case 'act':
      return takeAs(draft, answer, verdict, takeOrdered)
    case 'find-list':
      return takeAs(draft, answer, (told) => interpretFindList(call, told), takeFoundList)
    case 'make-list':
      return takeAs(draft, answer, (told) => interpretCreateList(call, told), takeMadeList)
    case 'ask-lists':
      return takeAs(draft, answer, (told) => interpretListsOfLead(call, told), takeListsOfLead)
    case 'read-score':
      return takeAs(draft, answer, verdict, takeReadScores)
    case 'write-score':
      return takeAs(draft, answer, verdict, takeWrittenScores)
    case 'ingest':
      return takeAs(draft, answer, (told) => interpretIngestPersons(call, told), takeQueued)
    case 'import':
      return takeAs(draft, answer, (told) => interpretImportLeads(call, told), takeImport)
    case 'job':
      return takeAs(draft, answer, (told) => toldOfJob(draft, told), takeJob)
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
  const draft = draftOf(state, flight, inFlight, instance, now)
  take(draft, answerIn(answer))
  return deliveryOf(draft)
}
