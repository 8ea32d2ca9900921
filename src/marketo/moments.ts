/**
 * Times as Marketo tells them, in the one form that we hand on.
 *
 *     2025-11-19T17:40:00Z           ┐
 *     2025-11-19T17:40:00+0000       ├▶ 2025-11-19T17:40:00.000Z
 *     2025-11-19T17:40:00Z+0000      │
 *     20251119T17:40:00.0t+0000      ┘
 *
 * A time without a zone is none: inside attributes Marketo writes such times in the subscription's own zone.
 *
 * Sources: Adobe "Field Types"; public traffic (the last two forms).
 *
 * @module
 */
import { type Instant, parseInstant, printInstant } from '../ground/calendar.js'

const compact = /^(\d{4})(\d{2})(\d{2})(T.*?)t?([+-]\d{4}|Z)$/
const zoned = /(?:z|[+-]\d{2}(?::?\d{2})?)$/i

const plain = (text: string): string => {
  const [, year, month, day, time, zone] = compact.exec(text) ?? []
  return year === undefined ? text.replace('Z+', '+') : `${year}-${month}-${day}${time}${zone}`
}

/** The moment that a time of Marketo's names, or undefined. @internal */
export const momentOf = (text: string): Instant | undefined => {
  // No time of Marketo's is longer, and none is worth a longer look.
  if (text.length > 40) return undefined
  const written = plain(text)
  return written.length === 10 || zoned.test(written.slice(10)) ? parseInstant(written) : undefined
}

/** A moment with its milliseconds, or undefined outside the years 0000 to 9999. @internal */
export const printMoment = (instant: Instant): string | undefined => {
  const millis = instant - Math.floor(instant / 1_000) * 1_000
  return printInstant(instant)?.replace('Z', `.${String(millis).padStart(3, '0')}Z`)
}

/** The time of day ends here in `YYYY-MM-DDThh:mm:ss`, the zone follows. */
const wholeSeconds = 19
const capitalT = 84
const colon = 58

/** How Marketo writes UTC, behind whole seconds: what stands before it is what we print. */
const isUtc = (text: string): boolean => {
  // Without a colon there, what stands before the zone may be a zone itself.
  if (text.charCodeAt(10) !== capitalT || text.charCodeAt(16) !== colon) return false
  const zone = text.slice(wholeSeconds)
  return zone === 'Z' || zone === '+0000' || zone === 'Z+0000'
}

/** A time of Marketo's in our form, or undefined. @internal */
export const timestampOf = (text: string): string | undefined => {
  // Nearly every time is written like that, and a row has several.
  if (isUtc(text)) {
    const written = text.slice(0, wholeSeconds)
    return parseInstant(written) === undefined ? undefined : `${written}.000Z`
  }
  const instant = momentOf(text)
  return instant === undefined ? undefined : printMoment(instant)
}

/** Whether a text would be a time of Marketo's if it told its zone; one that does takes no second. @internal */
export const lacksZone = (text: string): boolean => momentOf(`${text}Z`) !== undefined
