/**
 * ISO-looking texts as Segment's library in the browser sees them: it turns each into a date before any integration looks.
 *
 * Source: Segment's facade 3.4.10 and isodate-traverse, as recorded in their vectors.
 *
 * @module
 */

const isoText =
  /^(\d{4})-(\d{2})-(\d{2})(?:([T ])(\d{2}):(\d{2})(?::(\d{2})(?:[,.](\d{1,9}))?)?(?:(Z)|([+-])(\d{2})(?::?(\d{2}))?)?)?$/

const number = (text: string | undefined): number => (text === undefined ? 0 : Number(text))

/** A text that looks like an ISO 8601 time as the ISO text of that instant, rolled over where it is impossible; any other as it is. */
export const dateText = (text: string, zoneMinutes: number): string => {
  const found = isoText.exec(text)
  if (found === null) return text
  const [, year, month, day, between, hours, minutes, seconds, fraction, utc, sign, zoneHours, zoneRest] = found
  const offset = (sign === '-' ? -1 : 1) * (number(zoneHours) * 60 + number(zoneRest))
  const zone = utc !== undefined || sign !== undefined ? offset : between === ' ' ? zoneMinutes : 0
  const millis = number(`${fraction ?? ''}000`.slice(0, 3))
  const instant = Date.UTC(
    number(year),
    number(month) - 1,
    number(day),
    number(hours),
    number(minutes) - zone,
    number(seconds),
    millis
  )
  return Number.isFinite(instant) ? new Date(instant).toISOString() : text
}
