/**
 * An answer, or the lack of one, taken into errands.
 *
 *     token    the next generation
 *     read     records, and what comes after them
 *     change   what was made
 *
 * @module
 */
import { interpretActivityType } from '../../endpoints/create-activity-type.js'
import { interpretCreateLeadFields } from '../../endpoints/create-lead-fields.js'
import { interpretIdentityToken } from '../../endpoints/identity-token.js'
import { interpretReadPage } from '../../endpoints/read-page.js'
import type { Instant } from '../../ground/calendar.js'
import type { Answer } from '../../intent/outcome.js'
import { answerIn } from '../../pace/answer-in.js'
import type { CallEnd, Lost } from '../../pace/call-end.js'
import { codesOf } from '../../pace/held.js'
import { renewed } from '../../pace/token.js'
import { afterCall } from '../../pace/turns.js'
import { afterFailed, failure } from './failed.js'
import { kept } from './kept.js'
import { behindPage, wayOf } from './pages.js'
import { type Errand, type Errands, type InFlight, type Line, type Made, onward, user, withLine } from './state.js'

/**
 * That a call has no answer: it was lost on its way, timed out, or its driver was stopped.
 *
 * @category errands
 * @since 0.1.0
 */
export interface LostErrand {
  readonly kind: 'lost'
}

const lost: Lost = { _tag: 'Lost' }

/** How a call ended, and its line where it was carried out. */
type Told = { readonly end: CallEnd; readonly line: Line }

const accepted: CallEnd = { _tag: 'Accepted' }

const read = (state: Errands, line: Line, errand: Errand, answer: Answer): Told => {
  const page = interpretReadPage((u) => kept(u))(errand.call, answer)
  if (page._tag === 'Refused') return { end: page, line }
  const way = wayOf(line)
  const after = onward(line, way === undefined ? [] : behindPage(state, errand, way, page))
  return errand.does === 'draft'
    ? { end: accepted, line: { ...after, drafts: [...line.drafts, ...page.records] } }
    : { end: accepted, line: { ...after, told: [...line.told, ...page.records] } }
}

const madeBy = (errand: Errand, about: ReadonlyArray<string>, more: Partial<Made> = {}): Made => {
  const { endpoint } = errand.call.descriptor
  return { endpoint, about, activityTypeId: null, status: null, ...more }
}

/** Each field has its own outcome: one that is refused ends the line, after those that were made are noted. */
const fields = (line: Line, errand: Errand, answer: Answer): Told => {
  const verdict = interpretCreateLeadFields(errand.call, answer)
  if (verdict._tag === 'Refused') return { end: verdict, line }
  const applied = verdict.outcomes.flatMap(({ _tag }, i) => (_tag === 'Applied' ? errand.about.slice(i, i + 1) : []))
  const made = applied.length === 0 ? line.made : [...line.made, madeBy(errand, applied)]
  const problems = verdict.outcomes.flatMap((outcome, i) => {
    if (outcome._tag === 'Applied') return []
    const about = errand.about.slice(i, i + 1)
    if (outcome._tag === 'Unanswered') return failure(line, { about }, lost)
    const end = { _tag: 'Refused', reasons: outcome.reasons, remedy: outcome.remedy, retryAfter: null } as const
    return failure(line, { about }, end, `Marketo does not make this field (${codesOf(end)}): see its name and type`)
  })
  if (problems.length === 0) return { end: accepted, line: onward({ ...line, made }) }
  return { end: accepted, line: { ...line, made, problems: [...line.problems, ...problems], ended: 'failed' } }
}

const make = (line: Line, errand: Errand, answer: Answer): Told => {
  const verdict = interpretActivityType(errand.call, answer)
  if (verdict._tag === 'Refused') return { end: verdict, line }
  const [outcome] = verdict.outcomes
  if (outcome?._tag !== 'ActivityTypeTold') return { end: lost, line }
  const { activityTypeId, status } = outcome
  const made = [...line.made, madeBy(errand, errand.about, { activityTypeId, status })]
  return { end: accepted, line: onward({ ...line, made }) }
}

const told = (state: Errands, line: Line, answer: Answer | null): Told => {
  const [errand] = line.todo
  if (errand === undefined || answer === null) return { end: lost, line }
  if (errand.does === 'fields') return fields(line, errand, answer)
  return errand.does === 'make' ? make(line, errand, answer) : read(state, line, errand, answer)
}

const take = (state: Errands, { line: i, ...flight }: InFlight, answer: Answer | null, now: Instant): Errands => {
  if (i === null) {
    const end = answer === null ? lost : interpretIdentityToken(answer)
    return { ...state, token: renewed(state.token, end, now) }
  }
  const line = state.lines[i]
  if (line === undefined) return state
  const { end, line: after } = told(state, line, answer)
  const so = { ...state, ...afterCall(state, user, flight, end, now) }
  return end._tag === 'Accepted' ? withLine(so, i, after) : afterFailed(so, i, line, end, now)
}

/**
 * The state after the answer to one of its calls, or after the news that there will be none. An id that is not in flight changes nothing.
 *
 * @category errands
 * @since 0.1.0
 */
export const receiveErrand = (
  state: Errands,
  requestId: string,
  answer: Answer | LostErrand,
  now: Instant
): Errands => {
  const inFlight = new Map(Object.entries(state.inFlight))
  const flight = inFlight.get(requestId)
  if (flight === undefined) return state
  inFlight.delete(requestId)
  return take({ ...state, inFlight: Object.fromEntries(inFlight) }, flight, answerIn(answer), now)
}
