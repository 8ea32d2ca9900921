/**
 * A phone number: `phone`, else the first of the list `phones`.
 *
 * Source: Segment facade, phone.
 *
 * @module
 */
import type { Option } from 'fp-ts/Option'
import type { SegmentEvent } from './event.js'
import { type Found, isSaid, optionalText } from './found.js'
import { readPersonTraits } from './person.js'
import { foundAt, pathAt, saidAt } from './pick.js'
import { position, type StandardTraits } from './standard-traits.js'

const readFirstOfPhones = (traits: StandardTraits): Found<unknown> | undefined => {
  const phones: unknown = traits.values[position.phones]
  if (!Array.isArray(phones)) return undefined
  const value: unknown = phones[0]
  return isSaid(value) ? { value, at: [...pathAt(traits, position.phones), 0] } : undefined
}

/**
 * The phone number as sent; null or empty text only when that was sent and no list has a number.
 *
 * @example
 * readPhone(readStandardTraits({ phone: '', phones: ['+1 555 0100'] })) // => { value: '+1 555 0100', at: ['traits', 'phones', 0] }
 * @category reading
 * @since 0.1.0
 */
export const readPhone = (traits: StandardTraits): Found<unknown> | undefined =>
  saidAt(traits, position.phone) ?? readFirstOfPhones(traits) ?? foundAt(traits, position.phone)

/**
 * The phone number of the person an event is about, as text.
 *
 * @example
 * phone({ type: 'identify', traits: { Phone: 5550100 } }) // => some('5550100')
 * @category readers
 * @since 0.1.0
 */
export const phone = (event: SegmentEvent): Option<string> =>
  optionalText((from: SegmentEvent) => readPhone(readPersonTraits(from)), event)
