/**
 * How much the instance takes: so many calls at once, in 20 seconds, in a day.
 *
 *     615   others are running already        606   the window is full        607   the day is used up
 *
 * A call that is refused so was not carried out, and counts against nothing. The day ends at midnight US Central; daylight saving there
 * is from 2:00 on the second Sunday of March to 2:00 on the first Sunday of November, the rule since 2007, for every year.
 *
 * Sources: Adobe "REST API", Limits; "Error Codes"; 15 U.S.C. 260a (the Sundays).
 *
 * @module
 */
import { type Instant, parseInstant, printDay } from '../ground/calendar.js'
import { callLimits } from '../marketo/limits.js'
import type { Draft } from './state.js'
import { type Failed, failed } from './told.js'

const hour = 3_600_000
const day = 24 * hour

/** The instant of the `nth` Sunday of a month, midnight UTC. 1970-01-01 was a Thursday, three days before a Sunday. */
const sunday = (year: string, month: string, nth: number): Instant => {
  const first = (parseInstant(`${year}-${month}-01`) ?? 0) / day
  // Before 1970 it is negative: seven days less are the same day of the week.
  const weekday = (first + 4) % 7
  return (first + ((7 - weekday) % 7) + 7 * (nth - 1)) * day
}

/** The day of the quota that an instant falls on, by the calendar of US Central. @internal */
export const quotaDay = (at: Instant): string => {
  const year = (printDay(at) ?? '1970').slice(0, 4)
  const summer = at >= sunday(year, '03', 2) + 8 * hour && at < sunday(year, '11', 1) + 7 * hour
  return printDay(at - (summer ? 5 : 6) * hour) ?? ''
}

type Window = Draft['window']

/** Calls of one moment are one entry, so that an instance without a limit does not carry a list of them all. */
const withCall = (window: Window, at: Instant): Window => {
  const last = window[window.length - 1]
  return last?.[0] === at ? [...window.slice(0, -1), [at, last[1] + 1]] : [...window, [at, 1]]
}

/** Why the instance does not take this call, or undefined: then the call is counted. @internal */
export const refusedCall = (draft: Draft, at: Instant, inFlight: number): Failed | undefined => {
  const { options, quota } = draft
  if (inFlight >= options.runningCalls) return failed('615', 'Concurrent access limit reached')
  const window = draft.window.filter(([when]) => when > at - callLimits.windowMillis)
  if (window.reduce((sum, [, calls]) => sum + calls, 0) >= options.callsPerWindow) {
    return failed('606', `Max rate limit '${options.callsPerWindow}' exceeded with in '20' secs`)
  }
  const today = quotaDay(at)
  const used = quota.day === today ? quota.used : 0
  if (used >= options.callsPerDay) return failed('607', 'Daily quota reached')
  draft.window = withCall(window, at)
  draft.quota = { day: today, used: used + 1 }
  return undefined
}
