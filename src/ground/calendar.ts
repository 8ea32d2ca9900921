/**
 * Days and instants by plain arithmetic: no host clock, no host zone, no `Date`.
 *
 *     1990-03-04                         a day; as an instant, its midnight in UTC
 *     1990-03-04T05:06[:07[.89]][zone]   an instant; zone is Z, ±hh, ±hhmm or ±hh:mm, and UTC when it is absent
 *
 * date-fns judges this file in the tests; it is not used here because the road of every event passes through, and a general
 * parser costs thirty times as much.
 *
 * @module
 */

/** Milliseconds since 1970-01-01T00:00:00Z, whole. */
export type Instant = number

/** The digit that stands there; what is none is below 0. */
const digit = (text: string, i: number): number => {
  const d = text.charCodeAt(i) - 48
  return d <= 9 ? d : -1
}

/** The number of two digits that stands there; what is none is below 0. */
const twoDigits = (text: string, i: number): number => {
  const ones = digit(text, i + 1)
  return ones < 0 ? -1 : digit(text, i) * 10 + ones
}

const monthDays = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
const isLeap = (y: number): boolean => y % 4 === 0 && (y % 100 !== 0 || y % 400 === 0)
/** How many days a month has; what is no month has none. */
const daysIn = (y: number, m: number): number => (m === 2 && isLeap(y) ? 29 : (monthDays[m - 1] ?? 0))

/** Days from 1970-01-01 to the given day of the Gregorian calendar (Howard Hinnant, "chrono-compatible date algorithms"). */
const dayNumber = (y: number, m: number, d: number): number => {
  const shifted = m <= 2 ? y - 1 : y
  const era = Math.floor(shifted / 400)
  const yearOfEra = shifted - era * 400
  const dayOfYear = Math.floor((153 * (m + (m > 2 ? -3 : 9)) + 2) / 5) + d - 1
  return era * 146097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719468
}

/** The day number written at the start of a text, or NaN when those ten characters are no day of the calendar. */
const readDay = (text: string): number => {
  if (text.charCodeAt(4) !== 45 || text.charCodeAt(7) !== 45) return Number.NaN
  const century = twoDigits(text, 0)
  const year = twoDigits(text, 2)
  const m = twoDigits(text, 5)
  const d = twoDigits(text, 8)
  if (century < 0 || year < 0) return Number.NaN
  const y = century * 100 + year
  return d < 1 || d > daysIn(y, m) ? Number.NaN : dayNumber(y, m, d)
}

/** Minutes east of UTC written from `i` to the end, or NaN. */
const readZone = (text: string, i: number): number => {
  const sign = text.charCodeAt(i)
  const left = text.length - i
  if (left === 1 && (sign === 90 || sign === 122)) return 0
  if (sign !== 43 && sign !== 45) return Number.NaN
  const colon = text.charCodeAt(i + 3) === 58 ? 1 : 0
  if (left !== 3 && left !== 5 + colon) return Number.NaN
  const hours = twoDigits(text, i + 1)
  const minutes = left === 3 ? 0 : twoDigits(text, i + 3 + colon)
  if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) return Number.NaN
  return (sign === 43 ? 1 : -1) * (hours * 60 + minutes)
}

/** Milliseconds of the fraction whose digits begin at `i`: three digits count, the rest is cut. One is there. */
const readFraction = (text: string, i: number): number => {
  const tenths = digit(text, i) * 100
  const b = digit(text, i + 1)
  return b < 0 ? tenths : tenths + b * 10 + Math.max(digit(text, i + 2), 0)
}

/** Milliseconds from midnight UTC for the time of day that begins at `i`, or NaN. */
const readTime = (text: string, i: number): number => {
  const hours = twoDigits(text, i)
  const minutes = twoDigits(text, i + 3)
  if (hours < 0 || hours > 23 || text.charCodeAt(i + 2) !== 58 || minutes < 0 || minutes > 59) return Number.NaN
  let at = i + 5
  let seconds = 0
  let millis = 0
  if (text.charCodeAt(at) === 58) {
    seconds = twoDigits(text, at + 1)
    if (seconds < 0 || seconds > 59) return Number.NaN
    at += 3
    if (text.charCodeAt(at) === 46 && digit(text, at + 1) >= 0) {
      millis = readFraction(text, at + 1)
      at += 1
      while (digit(text, at) >= 0) at += 1
    }
  }
  const zone = at === text.length ? 0 : readZone(text, at)
  return ((hours * 60 + minutes - zone) * 60 + seconds) * 1000 + millis
}

const dayMillis = 86_400_000

/**
 * The instant that an ISO 8601 text names, or undefined: an impossible day or hour is no instant and never rolls over. Without a
 * zone the text is UTC; `T`, `t` or one space may stand between day and time.
 *
 * @example
 * parseInstant('2024-05-01T10:00:00+02:00') // => 1714550400000
 * parseInstant('2024-02-31T10:00:00Z') // => undefined
 * @category calendar
 * @since 0.1.0
 */
export const parseInstant = (text: string): Instant | undefined => {
  const day = readDay(text)
  if (Number.isNaN(day)) return undefined
  if (text.length === 10) return day * dayMillis
  const between = text.charCodeAt(10)
  if (between !== 84 && between !== 116 && between !== 32) return undefined
  const time = readTime(text, 11)
  return Number.isNaN(time) ? undefined : day * dayMillis + time
}

/**
 * The calendar day as written at the start of an ISO 8601 day or instant, or undefined. The zone is not applied: a birthday is
 * the day that somebody wrote.
 *
 * @example
 * writtenDay('1988-02-20T00:00:00.000-08:00') // => '1988-02-20'
 * writtenDay('1988-02-31') // => undefined
 * @category calendar
 * @since 0.1.0
 */
export const writtenDay = (text: string): string | undefined =>
  plainTime.test(text) || parseInstant(text) !== undefined ? text.slice(0, 10) : undefined

const pad2 = (n: number): string => (n < 10 ? `0${n}` : `${n}`)
const pad4 = (n: number): string => `${n < 1000 ? '0' : ''}${n < 100 ? '0' : ''}${n < 10 ? '0' : ''}${n}`

/** A time in UTC on a day that every year has: what nearly every event carries, and what can be told without a calendar. */
const plainTime =
  /^\d{4}-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?Z$/

/**
 * A text as {@link printInstant} would print its instant, when that needs no reckoning; undefined for any other text, be it a time or
 * none. At a fraction of the cost.
 */
export const plainSeconds = (text: string): string | undefined =>
  plainTime.test(text) ? `${text.slice(0, 19)}Z` : undefined

/** The first and last instants that a four-digit year can write. */
const earliest = -62_167_219_200_000
const latest = 253_402_300_799_999

/**
 * The UTC day of an instant, `YYYY-MM-DD`, or undefined outside the years 0000 to 9999 (and for what is no number).
 *
 * @example
 * printDay(636508800000) // => '1990-03-04'
 * @category calendar
 * @since 0.1.0
 */
export const printDay = (instant: Instant): string | undefined => {
  if (!(instant >= earliest && instant <= latest)) return undefined
  const z = Math.floor(instant / dayMillis) + 719468
  const era = Math.floor(z / 146097)
  const dayOfEra = z - era * 146097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524) - Math.floor(dayOfEra / 146096)) / 365
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shifted = Math.floor((5 * dayOfYear + 2) / 153)
  const month = shifted < 10 ? shifted + 3 : shifted - 9
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  return `${pad4(year)}-${pad2(month)}-${pad2(dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1)}`
}

/**
 * An instant as Marketo wants it: UTC, whole seconds, `YYYY-MM-DDThh:mm:ssZ`; milliseconds are cut. Undefined outside the years
 * 0000 to 9999.
 *
 * Source: marketo-rest "Field types"; asset and extract filters refuse milliseconds.
 *
 * @example
 * printInstant(1714557600999) // => '2024-05-01T10:00:00Z'
 * @category calendar
 * @since 0.1.0
 */
export const printInstant = (instant: Instant): string | undefined => {
  const day = printDay(instant)
  if (day === undefined) return undefined
  const seconds = Math.floor((instant - Math.floor(instant / dayMillis) * dayMillis) / 1000)
  return `${day}T${pad2(Math.floor(seconds / 3600))}:${pad2(Math.floor(seconds / 60) % 60)}:${pad2(seconds % 60)}Z`
}

const digits = /^\d{9,14}$/

/** Below this a number is seconds, from here on milliseconds (Segment's own reading: a year of milliseconds). */
const secondsEnd = 31_557_600_000

/**
 * The instant that an event's time names: ISO 8601 text, an epoch number in seconds or milliseconds, or either as digits.
 * Undefined for anything else.
 *
 * Source: Segment facade, `newDate`.
 *
 * @example
 * instantOf(1714557600) // => 1714557600000
 * instantOf('2024-05-01') // => 1714521600000
 * @category calendar
 * @since 0.1.0
 */
export const instantOf = (u: unknown): Instant | undefined => {
  if (typeof u === 'string') return parseInstant(u) ?? (digits.test(u) ? instantOf(Number(u)) : undefined)
  if (typeof u !== 'number') return undefined
  const millis = Math.trunc(Math.abs(u) < secondsEnd ? u * 1000 : u)
  return millis >= earliest && millis <= latest ? millis + 0 : undefined
}
