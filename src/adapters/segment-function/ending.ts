/**
 * How an event ended that was not delivered, in the platform's words.
 *
 *     retry         RetryError             500     sent again, for four hours
 *     payload       InvalidEventPayload    400     this event cannot be sent
 *     settings      ValidationError        400     no event can, until somebody mends the settings or Marketo
 *     unsupported   EventNotSupported      400     nothing in Marketo corresponds to such a call
 *
 * A message names settings, endpoints and Marketo's own codes: never a value of the event, a token, or a sentence of an answer.
 *
 * Source: Segment "Destination Functions", Errors and error handling; Batching.
 *
 * @module
 */
import { describeProblem, type Problem } from '../../ground/problem.js'
import type { Problems } from '../../ground/these.js'
import type { Reason } from '../../intent/outcome.js'
import { errorCodes, isKnownErrorCode, type Remedy } from '../../marketo/error-codes.js'
import type { Seen } from '../../pace/remedies.js'

/** Why an event was not delivered; undefined stands for one that was, or that a rule keeps back. @internal */
export interface Ending {
  readonly kind: 'retry' | 'payload' | 'settings' | 'unsupported'
  readonly message: string
}

/** What `onBatch` answers for one event. @internal */
export interface EventStatus {
  readonly status: number
  readonly errormessage?: string
}

/** An event's status. @internal */
export const statusOf = (ending: Ending | undefined): EventStatus =>
  ending === undefined ? { status: 200 } : { status: ending.kind === 'retry' ? 500 : 400, errormessage: ending.message }

/** Something that will do at another time. @internal */
export const retry = (message: string): Ending => ({ kind: 'retry', message })

/** An event that cannot be sent. @internal */
export const unfit = (problem: Problem): Ending => ({ kind: 'payload', message: describeProblem(problem) })

/** What becomes of an event that made no intents: a call of a kind that Marketo has nothing for, a fault, or nothing at all. @internal */
export const endingOfProblems = (problems: Problems): Ending | undefined => {
  const fault = problems.find(({ weight }) => weight === 'invalid')
  if (fault !== undefined) return unfit(fault)
  const [unserved] = problems.filter((problem) => problem._tag === 'Excluded' && problem.rule === 'call-type')
  return unserved === undefined ? undefined : { kind: 'unsupported', message: describeProblem(unserved) }
}

// biome-ignore format: table
const endings: Readonly<Record<Remedy | 'lost', readonly [kind: Ending['kind'], mend: string]>> = {
  'renew-token':       ['retry',    'Marketo refuses a token that it has just given; it is sent again later'],
  'back-off':          ['retry',    'it is sent again later'],
  'throttle':          ['retry',    'too many calls to this instance in 20 seconds; it is sent again later'],
  'await-quota':       ['retry',    'the day’s calls of this instance are used up; it is sent again later'],
  'lost':              ['retry',    'it is sent again later'],
  'split-request':     ['payload',  'Marketo finds it too large'],
  'mend-request':      ['payload',  'Marketo does not take such a call: check the settings against the instance'],
  'mend-record':       ['payload',  'Marketo does not take this record: check its fields against the instance'],
  'accept':            ['payload',  'nothing to do'],
  'ask-administrator': ['settings', 'ask Marketo’s administrator for the permission']
}

const code = /^\d{1,7}$/

/** A code with its name; whatever else an answer says is its own, and stays there. @internal */
export const printReason = (given: string): string =>
  isKnownErrorCode(given)
    ? `${given} ${errorCodes[given].name.replace('%s', 'a field')}`
    : code.test(given)
      ? given
      : 'no code'

const printCodes = (codes: ReadonlyArray<string>): string => [...new Set(codes.map(printReason))].slice(0, 3).join(', ')

const inDoubt = 'it may have been done, so it is not sent again: twice would be one too many'

/** What becomes of an event whose call or record ended so. `repeatable`: it may be done twice. @internal */
export const endingOfSeen = (endpoint: string, seen: Seen, repeatable: boolean): Ending | undefined => {
  if (seen.word === 'accept') return undefined
  const codes = seen.codes.length === 0 ? 'no answer' : printCodes(seen.codes)
  const [kind, mend] = endings[seen.word]
  return seen.inDoubt && !repeatable
    ? { kind: 'payload', message: `Marketo, ${endpoint}: ${codes}; ${inDoubt}` }
    : { kind, message: `Marketo, ${endpoint}: ${codes}; ${mend}` }
}

/** Codes of reasons. @internal */
export const codesOf = (reasons: ReadonlyArray<Reason>): ReadonlyArray<string> => reasons.map((reason) => reason.code)
