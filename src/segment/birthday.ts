/**
 * A birthday: the trait as sent, and the calendar day that it writes.
 *
 *     '1990-03-04'                      '1990-03-04'
 *     '1988-02-20T00:00:00.000-08:00'   '1988-02-20'   the day as written: no zone is applied
 *     636508800                         '1990-03-04'   seconds or milliseconds since 1970: the UTC day
 *     '1988-02-31', '03/04/1990'        none: an impossible or ambiguous day never rolls over into another
 *
 * Sources: Segment "Identify", birthday; Segment facade, newDate.
 *
 * @module
 */
import type { Option } from 'fp-ts/Option'
import { instantOf, printDay, writtenDay } from '../ground/calendar.js'
import type { SegmentEvent } from './event.js'
import { type Found, optional } from './found.js'
import { readPersonTraits } from './person.js'
import { foundAt, pathAt } from './pick.js'
import { position, type StandardTraits } from './standard-traits.js'
import { trimmed } from './white-space.js'

/**
 * The calendar day a value means, `YYYY-MM-DD`, or undefined.
 *
 * @example
 * dayOf('1988-02-20T00:00:00.000-08:00') // => '1988-02-20'
 * dayOf(636508800) // => '1990-03-04'
 * dayOf('1988-02-31') // => undefined
 * @category text
 * @since 0.1.0
 */
export const dayOf = (value: unknown): string | undefined => {
  const tidy = typeof value === 'string' ? trimmed(value) : value
  const day = typeof tidy === 'string' ? writtenDay(tidy) : undefined
  if (day !== undefined) return day
  const instant = instantOf(tidy)
  return instant === undefined ? undefined : printDay(instant)
}

/**
 * The birthday as sent, null and empty text included.
 *
 * @example
 * readBirthday(readStandardTraits({ birthday: 636508800 })) // => { value: 636508800, at: ['traits', 'birthday'] }
 * @category reading
 * @since 0.1.0
 */
export const readBirthday = (traits: StandardTraits): Found<unknown> | undefined => foundAt(traits, position.birthday)

const readBirthDay = (event: SegmentEvent): Found<string> | undefined => {
  const traits = readPersonTraits(event)
  const value = dayOf(traits.values[position.birthday])
  return value === undefined ? undefined : { value, at: pathAt(traits, position.birthday) }
}

/**
 * The birthday of the person an event is about, as a calendar day; none when the trait names no day.
 *
 * @example
 * birthday({ type: 'identify', traits: { birthday: '1990-03-04T05:06:07Z' } }) // => some('1990-03-04')
 * @category readers
 * @since 0.1.0
 */
export const birthday = (event: SegmentEvent): Option<string> => optional(readBirthDay, event)
