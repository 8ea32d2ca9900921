/**
 * An address: text, or an object of parts.
 *
 *     'address': '1 Main, Lyon'                                  text, not taken apart
 *     'address': { street, city, state, country, postalCode }    parts; keys are loose, `zip` is the other name of the last
 *
 * Traits of the same names outside the address are no part of it. Which of `zip` and `postalCode` is read first is a parameter:
 * Segment's own two Marketo integrations differ.
 *
 * Sources: Segment "Identify", address; Segment "Marketo v2", Traits (`address.zip`); Segment facade, zip.
 *
 * @module
 */
import type { Option } from 'fp-ts/Option'
import { isRecord } from '../ground/json.js'
import type { SegmentEvent } from './event.js'
import { type Found, optionalText } from './found.js'
import { matchKeys } from './key.js'
import { readPersonTraits } from './person.js'
import { compilePicking, foundAt, type Picked, type Place, pathAt, pick, placeOf, saidAt } from './pick.js'
import { inContextTraits, inTraits, position, type StandardTraits } from './standard-traits.js'

/**
 * The names of an address's parts.
 *
 * @example
 * addressPartNames[addressPosition.city] // => 'city'
 * @category reading
 * @since 0.1.0
 */
export const addressPartNames = ['street', 'city', 'state', 'country', 'postalCode', 'zip'] as const

/**
 * A part of an address.
 *
 * @category reading
 * @since 0.1.0
 */
export type AddressPart = (typeof addressPartNames)[number]

/**
 * Where each part stands in the `values` and `keys` of {@link AddressParts}.
 *
 * @example
 * addressPosition.zip // => 5
 * @category reading
 * @since 0.1.0
 */
export const addressPosition = {
  street: 0,
  city: 1,
  state: 2,
  country: 3,
  postalCode: 4,
  zip: 5
} as const satisfies Record<AddressPart, number>

/**
 * What an address object holds: `values` and `keys` by {@link addressPosition}.
 *
 * @category reading
 * @since 0.1.0
 */
export interface AddressParts extends Picked {}

/**
 * The names under which a postal code is looked for, in order.
 *
 * @category reading
 * @since 0.1.0
 */
export type PostalCodeOrder = ReadonlyArray<'zip' | 'postalCode'>

const zipFirst: PostalCodeOrder = ['zip', 'postalCode']

const inTraitsAddress = placeOf([...inTraits.at, 'address'], addressPartNames)
const inContextTraitsAddress = placeOf([...inContextTraits.at, 'address'], addressPartNames)

const addressPlace = (traits: StandardTraits): Place => {
  if (traits.keys[position.address] === 'address') {
    if (traits.place === inTraits) return inTraitsAddress
    if (traits.place === inContextTraits) return inContextTraitsAddress
  }
  return placeOf(pathAt(traits, position.address), [])
}

const partPosition = matchKeys(addressPartNames)
const begin = compilePicking(addressPartNames)

/**
 * The parts of an address sent as an object, or undefined.
 *
 * @example
 * readAddressParts(readStandardTraits({ address: { City: 'Lyon' } }))?.values[addressPosition.city] // => 'Lyon'
 * @category reading
 * @since 0.1.0
 */
export const readAddressParts = (traits: StandardTraits): AddressParts | undefined => {
  const address = traits.values[position.address]
  return isRecord(address) ? pick(partPosition, begin(addressPlace(traits)), address) : undefined
}

/**
 * An address sent as text, or null; undefined for an object and for an absent one. What is neither is answered as it is.
 *
 * @example
 * readAddressText(readStandardTraits({ address: '1 Main' })) // => { value: '1 Main', at: ['traits', 'address'] }
 * @category reading
 * @since 0.1.0
 */
export const readAddressText = (traits: StandardTraits): Found<unknown> | undefined =>
  isRecord(traits.values[position.address]) ? undefined : foundAt(traits, position.address)

/**
 * One part as sent, null and empty text included.
 *
 * @example
 * readAddressPart(readAddressParts(readStandardTraits({ address: { City: 'Lyon' } })), 'city')
 * // => { value: 'Lyon', at: ['traits', 'address', 'City'] }
 * @category reading
 * @since 0.1.0
 */
export const readAddressPart = (parts: AddressParts | undefined, part: AddressPart): Found<unknown> | undefined =>
  parts === undefined ? undefined : foundAt(parts, addressPosition[part])

/**
 * The postal code as sent: the first name of `order` that says something, else the first that is there at all.
 *
 * @example
 * readPostalCode(readAddressParts(readStandardTraits({ address: { zip: '', postal_code: '69001' } })))
 * // => { value: '69001', at: ['traits', 'address', 'postal_code'] }
 * @category reading
 * @since 0.1.0
 */
export const readPostalCode = (
  parts: AddressParts | undefined,
  order: PostalCodeOrder = zipFirst
): Found<unknown> | undefined => {
  if (parts === undefined) return undefined
  for (const name of order) {
    const hit = saidAt(parts, addressPosition[name])
    if (hit !== undefined) return hit
  }
  for (const name of order) {
    const hit = foundAt(parts, addressPosition[name])
    if (hit !== undefined) return hit
  }
  return undefined
}

const addressPart = (part: AddressPart, event: SegmentEvent): Option<string> =>
  optionalText((from: SegmentEvent) => readAddressPart(readAddressParts(readPersonTraits(from)), part), event)

/**
 * The street of the address of the person an event is about.
 *
 * @example
 * street({ type: 'identify', traits: { address: { street: '1 Main' } } }) // => some('1 Main')
 * @category readers
 * @since 0.1.0
 */
export const street = (event: SegmentEvent): Option<string> => addressPart('street', event)

/**
 * The city of the address of the person an event is about.
 *
 * @example
 * city({ type: 'identify', traits: { address: { City: 'Lyon' } } }) // => some('Lyon')
 * city({ type: 'identify', traits: { city: 'Lyon' } }) // => none
 * @category readers
 * @since 0.1.0
 */
export const city = (event: SegmentEvent): Option<string> => addressPart('city', event)

/**
 * The state of the address of the person an event is about.
 *
 * @example
 * state({ type: 'identify', traits: { address: { state: 'OR' } } }) // => some('OR')
 * @category readers
 * @since 0.1.0
 */
export const state = (event: SegmentEvent): Option<string> => addressPart('state', event)

/**
 * The country of the address of the person an event is about.
 *
 * @example
 * country({ type: 'identify', traits: { address: { country: 'FR' } } }) // => some('FR')
 * @category readers
 * @since 0.1.0
 */
export const country = (event: SegmentEvent): Option<string> => addressPart('country', event)

/**
 * The postal code of the address of the person an event is about.
 *
 * @example
 * postalCode({ type: 'identify', traits: { address: { zip: '97405', postalCode: '69001' } } }) // => some('97405')
 * @category readers
 * @since 0.1.0
 */
export const postalCode = (event: SegmentEvent, order: PostalCodeOrder = zipFirst): Option<string> =>
  optionalText((from: SegmentEvent) => readPostalCode(readAddressParts(readPersonTraits(from)), order), event)
