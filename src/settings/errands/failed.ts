/**
 * What becomes of a call that failed: it is made again later, its part is read by another way, or its line ends.
 *
 * @module
 */
import type { Instant } from '../../ground/calendar.js'
import { malformed, type Problem } from '../../ground/problem.js'
import type { Remedy } from '../../marketo/error-codes.js'
import { nextSeed } from '../../pace/back-off.js'
import type { CallEnd } from '../../pace/call-end.js'
import { codesOf } from '../../pace/held.js'
import { nextStep } from '../../pace/remedies.js'
import { firstPage, wayOf } from './pages.js'
import { type Errand, type Errands, type Line, onward, retry, withLine } from './state.js'

// biome-ignore format: table
const mending: Readonly<Record<Remedy, string>> = {
  'renew-token':       'Marketo took no token: see whether the client may use the API',
  'back-off':          'Marketo could not do it now, again and again: try later',
  'throttle':          'Marketo had too many calls, again and again: try later',
  'await-quota':       'the day’s calls are used up: try tomorrow',
  'split-request':     'it is too large',
  'mend-request':      'Marketo does not take this call',
  'mend-record':       'Marketo does not take this call',
  'accept':            'nothing to mend',
  'ask-administrator': 'the role of the API user must be allowed to'
}

const mendLost = 'no answer came, again and again: try later'
const mendDoubt = 'it may have been done all the same: look in Marketo, then begin again'

const mendingOf = (line: Line, end: CallEnd): string => {
  if (end._tag !== 'Refused') return mendLost
  const permission = wayOf(line)?.permission
  return end.remedy === 'ask-administrator' && permission !== undefined
    ? `the role of the API user needs ${permission}`
    : mending[end.remedy]
}

/** A failure as a problem, with Marketo's codes and none of its words. @internal */
export const failure = (line: Line, { about }: Pick<Errand, 'about'>, end: CallEnd, mend?: string): Problem => {
  const found = end._tag === 'Refused' ? `a refusal (${codesOf(end)})` : 'a call without an answer'
  return malformed('invalid', [line.name, ...about.slice(0, 1)], found, mend ?? mendingOf(line, end))
}

/** Codes of calls that Marketo does not serve, or not to us. */
const nowhere: ReadonlyArray<string> = ['403', '404', '603', '605', '610', '703']

const otherWay = (state: Errands, line: Line, end: CallEnd): Line | undefined => {
  const other = { ...line, way: line.way + 1 }
  const way = wayOf(other)
  const isNowhere = end._tag === 'Refused' && end.reasons.some(({ code }) => nowhere.includes(code))
  return way === undefined || !isNowhere
    ? undefined
    : { ...other, told: [], drafts: [], tried: {}, todo: firstPage(state.munchkinId, way) }
}

/** What is left of a line after a call of it was given up. */
const givenUp = (state: Errands, line: Line, errand: Errand, end: CallEnd, isDoubtful: boolean): Line => {
  const problem = failure(line, errand, end, isDoubtful ? mendDoubt : undefined)
  const problems = [...line.problems, problem]
  // One type that is not described leaves the others to be.
  if (errand.does === 'type' || errand.does === 'draft') return onward({ ...line, problems })
  return otherWay(state, line, end) ?? { ...line, problems, ended: 'failed' }
}

/** The errands after a call of a line failed. @internal */
export const afterFailed = (state: Errands, i: number, line: Line, end: CallEnd, now: Instant): Errands => {
  const [errand] = line.todo
  if (errand === undefined) return state
  const repeatable = errand.does !== 'make' && errand.does !== 'fields'
  const [tried, step] = nextStep(retry)({ records: 1, repeatable, tried: line.tried }, end, now, state.seed)
  const so = { ...state, seed: nextSeed(state.seed) }
  const last = codesOf(end)
  const later = (notBefore: Instant): Errands => withLine(so, i, { ...line, tried, notBefore, last })
  switch (step.todo) {
    case 'resend-after':
      return later(step.at)
    case 'await-quota-until':
      return later(step.until)
    case 'renew-and-resend':
      return later(0)
    case 'done':
      return withLine(so, i, onward(line))
    default:
      return withLine(so, i, givenUp(so, line, errand, end, step.todo === 'unknown' && !repeatable))
  }
}
