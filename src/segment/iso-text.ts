/**
 * ISO-looking texts as Segment's library in the browser sees them: it turns each into a date before any integration looks.
 *
 *     2024-01-02T03:04:05Z          the instant; without a zone, UTC
 *     2024-01-02 03:04:05+0200      behind a space the machine's zone, whatever is written
 *     2024-00-45                    month and day 00 are 01; what is impossible rolls over
 *
 * Sources: Segment's facade 3.4.10 and isodate-traverse, as recorded in their vectors; isodate, parse.
 *
 * @module
 */

const isoText =
  /^(\d{4})-(\d{2})-(\d{2})(?:([T ])(\d{2}):?(\d{2})(?::?(\d{2})(?:[,.](\d+))?)?(?:Z|([+-])(\d{2})(?::?(\d{2}))?)?)?$/

const number = (text: string | undefined): number => (text === undefined ? 0 : Number(text))

/** A text that looks like an ISO 8601 time as the ISO text of that instant, rolled over where it is impossible; any other as it is. */
export const dateText = (text: string, zoneMinutes: number): string => {
  const found = isoText.exec(text)
  if (found === null) return text
  const [, year, month, day, between, hours, minutes, seconds, fraction, sign, zoneHours, zoneRest] = found
  const written = (sign === '-' ? -1 : 1) * (number(zoneHours) * 60 + number(zoneRest))
  const zone = between === ' ' ? zoneMinutes : written
  const millis = number(`${fraction ?? ''}000`.slice(0, 3))
  const instant = Date.UTC(
    number(year),
    (number(month) || 1) - 1,
    number(day) || 1,
    number(hours),
    number(minutes) - zone,
    number(seconds),
    millis
  )
  return new Date(instant).toISOString()
}
