/**
 * What Marketo says of its limits, heeded by a budget.
 *
 *     606, a bare 429   the window is closed for as long as it is, then our limit is half of what it was
 *     607               the day is over until the quota resets
 *     615               half as many at once
 *
 * A limit is halved once for all calls that were on their way when it was: they all speak of the same moment. It rises again by itself, see
 * budget-room. Of the day's other quotas (1020, 1029) nothing follows for calls, so they are not here.
 *
 * Source: Adobe "Error Codes", and its footnote on the quota.
 *
 * @module
 */
import type { Instant } from '../ground/calendar.js'
import { errorCodes, isKnownErrorCode, type QuotaUse } from '../marketo/error-codes.js'
import { callLimits } from '../marketo/limits.js'
import { toldMillis } from './back-off.js'
import { limitAt } from './budget-room.js'
import { capsOf } from './budget-settings.js'
import type { BudgetState, LoweredLimit } from './budget-state.js'
import type { CallEnd, RefusedCall } from './call-end.js'
import { quotaReopens } from './quota-day.js'

/** No answer closes the window for longer, whatever it asks for. */
const longestClosing = 3_600_000

/** The reading of a code that nobody lists: it counts. */
const quotaUseOf = (code: string): QuotaUse => (isKnownErrorCode(code) ? errorCodes[code].quota : 'counted')

/** Whether Adobe says that a call answered so does not count for the day. @internal */
export const isFree = (end: CallEnd): boolean =>
  end._tag === 'Refused' && end.reasons.every(({ code }) => ['free', 'apart'].includes(quotaUseOf(code)))

/** Half of the limit as it is, once for all calls that were begun before it was last lowered. */
const halved = (cap: number, lowered: LoweredLimit | null, begunAt: Instant, at: Instant): LoweredLimit =>
  lowered !== null && begunAt <= lowered.since
    ? lowered
    : { limit: Math.max(1, Math.floor(limitAt(cap, lowered, at) / 2)), since: at }

type Heeding = (state: BudgetState, end: RefusedCall, begunAt: Instant) => BudgetState

const closeWindow: Heeding = (state, { retryAfter }, begunAt) => {
  const { clock, lowered, settings } = state
  const wait = Math.max(callLimits.windowMillis, toldMillis(retryAfter, longestClosing))
  const window = halved(capsOf(settings).window, lowered.window, begunAt, clock)
  return { ...state, closedUntil: Math.max(state.closedUntil, clock + wait), lowered: { ...lowered, window } }
}

const stopDay: Heeding = (state) => ({
  ...state,
  stoppedUntil: Math.max(state.stoppedUntil, quotaReopens(state.clock))
})

const fewerAtOnce: Heeding = (state, _, begunAt) => {
  const { clock, lowered, settings } = state
  return {
    ...state,
    lowered: { ...lowered, running: halved(capsOf(settings).running, lowered.running, begunAt, clock) }
  }
}

/** What each code asks of the whole budget. */
const heeded: Readonly<Record<string, Heeding>> = {
  '606': closeWindow,
  '607': stopDay,
  '615': fewerAtOnce
}

/** The state after a call begun at that instant was refused so. @internal */
export const heed: Heeding = (state, end, begunAt) => {
  const codes = end.reasons.map(({ code }) => code)
  const heedings = Object.entries(heeded).filter(([code]) => codes.includes(code))
  // A gateway that answers 429 says the same as 606, unless it speaks for an API with limits of its own.
  if (heedings.length === 0 && end.remedy === 'throttle' && !codes.some((code) => quotaUseOf(code) === 'apart'))
    return closeWindow(state, end, begunAt)
  return heedings.reduce((so, [, heeding]) => heeding(so, end, begunAt), state)
}
