/**
 * A failed intent in a line for people: where it came from, what became of it, what helps. No value of the event is in it.
 *
 *     line 26: UpsertLead: 1003 Invalid data; mend the record [failed]
 *
 * @module
 */
import { isRecord } from '../../../ground/json.js'
import { printPath } from '../../../ground/path.js'
import { describeProblem } from '../../../ground/problem.js'
import type { Remedy } from '../../../marketo/error-codes.js'
import type { Counted } from '../input/piece.js'
import { jsonLine } from '../json-lines.js'
import { paintWeight } from '../said.js'
import { type Paint, plainPaint } from '../text/paint.js'
import { printable } from '../text/printable.js'
import { type Failure, reasonOf } from './ledger.js'

// biome-ignore format: table
const mending: Readonly<Record<Remedy, string>> = {
  'renew-token':       'Marketo took no token: see whether the client may use the API',
  'back-off':          'Marketo could not do it now, again and again: deliver it later',
  'throttle':          'Marketo had too many calls, again and again: deliver it later',
  'await-quota':       'the day’s calls are used up: deliver it tomorrow',
  'split-request':     'it is too large even by itself: make it smaller',
  'mend-request':      'the request is wrong: see the settings',
  'mend-record':       'the record is wrong: mend it, and deliver it again',
  'accept':            'nothing to mend',
  'ask-administrator': 'Marketo’s administrator must allow it first'
}

const unknown = 'may have been done: no answer came, and doing it again might do it twice; look in Marketo'

/** The line, ended; undefined for what was only put off. */
export const printFailure = (
  { number, item, outcome }: Failure,
  counted: Counted,
  paint: Paint = plainPaint
): string | undefined => {
  const head = `${counted} ${number}: ${item.intent._tag}`
  switch (outcome._tag) {
    case 'Skipped':
    case 'Refused':
      return `${head}: ${reasonOf(outcome)}; ${mending[outcome.remedy]} ${paintWeight('failed', paint)}\n`
    case 'Unsent': {
      const problem = describeProblem({ ...outcome.problem, at: [item.intent._tag, ...outcome.problem.at] })
      return `${counted} ${number}: ${printable(problem)} ${paintWeight('failed', paint)}\n`
    }
    case 'Unknown':
      return `${head}: ${unknown} ${paintWeight('unknown', paint)}\n`
    default:
      return undefined
  }
}

/** The same line as an object, with whose event it was and what the intent is. */
export const printFailureAsJson = ({ number, item }: Failure, line: string): string => {
  const row: unknown = JSON.parse(jsonLine(line.trimEnd()))
  const own = { line: number, messageId: item.messageId, intent: item.intent._tag }
  return `${JSON.stringify({ ...(isRecord(row) ? row : {}), ...own })}\n`
}

/** A problem of the delivery itself, as a line. */
export const printDeliveryProblem = (problem: Parameters<typeof describeProblem>[0]): string =>
  `${printable(`${printPath(problem.at)}: ${problem.mend}`)}\n`
