/**
 * The quota day: from midnight to midnight in the US Central zone, by plain arithmetic.
 *
 *     UTC        06:00 ┌──────────────── standard time, UTC-6: first Sunday of November to second Sunday of March
 *     midnight   05:00 └──────────────── daylight time, UTC-5: the rest; the clocks change at 02:00
 *
 * The rules are those since 2007, for earlier and later years alike. A day has 23, 24 or 25 hours.
 *
 * One page says "12:00 AM CST" and another "midnight Central Time"; neither speaks of daylight time. A day is counted by the second
 * reading. Somebody whom Marketo refused tries again at either midnight: see {@link quotaReopens}.
 *
 * Sources: Adobe "REST API", Limits; "Bulk Extract"; US Energy Policy Act of 2005, section 110.
 *
 * @module
 */
import { type Instant, parseInstant, printDay } from '../ground/calendar.js'

const hour = 3_600_000
const day = 24 * hour

/** 1970-01-01 was a Thursday, the fourth day after a Sunday. */
const epochWeekday = 4

/** The midnight (as if in UTC) that begins the first Sunday from a day of that year on. */
const sundayFrom = (year: string, monthAndDay: string): Instant => {
  const from = parseInstant(`${year}-${monthAndDay}`) ?? 0
  const weekday = (from / day + epochWeekday) % 7
  return from + ((7 - weekday) % 7) * day
}

/** How far the Central zone is behind UTC. Outside the years 0000 to 9999 it is on standard time. */
const behind = (instant: Instant): number => {
  const year = printDay(instant)?.slice(0, 4)
  if (year === undefined) return 6 * hour
  const begins = sundayFrom(year, '03-08') + 8 * hour
  const ends = sundayFrom(year, '11-01') + 7 * hour
  return instant >= begins && instant < ends ? 5 * hour : 6 * hour
}

/** A whole number; what is no finite number is read as 0. */
const whole = (instant: Instant): Instant => (Number.isFinite(instant) ? Math.floor(instant) : 0)

/** The instant at which a Central midnight falls, given as if it were UTC: from the one to the other the clocks never change. */
const midnight = (local: Instant): Instant => local + behind(local)

/** Midnight, as if in UTC, of the Central day that the instant lies in. */
const localDay = (instant: Instant): Instant => Math.floor((instant - behind(instant)) / day) * day

/**
 * When the quota day of an instant began: midnight US Central.
 *
 * @example
 * import { instantOf, printInstant } from 'segment-marketo/ground'
 * import { quotaDayStart } from 'segment-marketo/pace'
 *
 * printInstant(quotaDayStart(instantOf('2024-05-01T10:00:00Z') ?? 0)) // => '2024-05-01T05:00:00Z'
 * @category quota
 * @since 0.1.0
 */
export const quotaDayStart = (instant: Instant): Instant => midnight(localDay(whole(instant)))

/**
 * When the daily quota resets next: the first midnight US Central after the instant.
 *
 * @example
 * import { instantOf, printInstant } from 'segment-marketo/ground'
 * import { nextQuotaReset } from 'segment-marketo/pace'
 *
 * printInstant(nextQuotaReset(instantOf('2024-05-01T10:00:00Z') ?? 0)) // => '2024-05-02T05:00:00Z'
 * printInstant(nextQuotaReset(instantOf('2024-12-01T10:00:00Z') ?? 0)) // => '2024-12-02T06:00:00Z'
 * @category quota
 * @since 0.1.0
 */
export const nextQuotaReset = (instant: Instant): Instant => midnight(localDay(whole(instant)) + day)

/**
 * When to try again after Marketo said that the daily quota is used up (607): the next reset, or midnight in Central *standard* time if
 * that comes first. In summer the two are an hour apart, and Adobe's pages allow either: so an instance that resets at the later one
 * costs a few refused calls, not a day.
 *
 * @example
 * import { instantOf, printInstant } from 'segment-marketo/ground'
 * import { quotaReopens } from 'segment-marketo/pace'
 *
 * printInstant(quotaReopens(instantOf('2024-05-01T10:00:00Z') ?? 0)) // => '2024-05-02T05:00:00Z'
 * printInstant(quotaReopens(instantOf('2024-05-02T05:00:00Z') ?? 0)) // => '2024-05-02T06:00:00Z'
 * @category quota
 * @since 0.1.0
 */
export const quotaReopens = (instant: Instant): Instant => {
  const standard = (Math.floor((whole(instant) - 6 * hour) / day) + 1) * day + 6 * hour
  return Math.min(nextQuotaReset(instant), standard)
}
