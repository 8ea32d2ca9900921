/**
 * The traits that every Marketo contract reads, picked out of a traits object in one walk.
 *
 * Each has its value as sent and the key that it stood under, so that a problem or an explanation can say where.
 *
 * Source: Segment "Identify", reserved traits; Segment "Marketo v2", Traits.
 *
 * @module
 */
import type { UnknownRecord } from '../ground/json.js'
import { matchKeys } from './key.js'
import { compilePicking, type Picked, type Picking, type Place, pick, placeOf } from './pick.js'

/**
 * The names of the traits read here, in Segment's spelling.
 *
 * @example
 * standardTraitNames[position.phone] // => 'phone'
 * @category reading
 * @since 0.1.0
 */
export const standardTraitNames = [
  'email',
  'firstName',
  'lastName',
  'name',
  'gender',
  'phone',
  'phones',
  'birthday',
  'company',
  'address'
] as const

/**
 * A trait that every Marketo contract reads.
 *
 * @category reading
 * @since 0.1.0
 */
export type StandardTrait = (typeof standardTraitNames)[number]

/**
 * What a traits object holds of the standard traits: `values` and `keys` by {@link position}.
 *
 * @category reading
 * @since 0.1.0
 */
export interface StandardTraits extends Picked {}

/**
 * Where each standard trait stands in `values` and `keys`.
 *
 * @example
 * position.email // => 0
 * @category reading
 * @since 0.1.0
 */
export const position = {
  email: 0,
  firstName: 1,
  lastName: 2,
  name: 3,
  gender: 4,
  phone: 5,
  phones: 6,
  birthday: 7,
  company: 8,
  address: 9
} as const satisfies Record<StandardTrait, number>

/**
 * The traits of an identify call (a group call's belong to the group).
 *
 * @example
 * inTraits.at // => ['traits']
 * @category reading
 * @since 0.1.0
 */
export const inTraits: Place = placeOf(['traits'], standardTraitNames)

/**
 * The person's traits of any other call.
 *
 * @example
 * inContextTraits.at // => ['context', 'traits']
 * @category reading
 * @since 0.1.0
 */
export const inContextTraits: Place = placeOf(['context', 'traits'], standardTraitNames)

/** Key → the position of the standard trait that it spells, or -1. @internal */
export const standardPosition: (key: string) => number = matchKeys(standardTraitNames)

/** A walk over a person's traits that has begun. @internal */
export const beginStandardTraits: (place: Place) => Picking = compilePicking(standardTraitNames)

/**
 * One walk over the keys that are there; a getter that throws is the caller's to catch.
 *
 * @example
 * readStandardTraits({ First_Name: 'Ana' }).values[position.firstName] // => 'Ana'
 * @category reading
 * @since 0.1.0
 */
export const readStandardTraits = (traits: UnknownRecord, place: Place = inTraits): StandardTraits =>
  pick(standardPosition, beginStandardTraits(place), traits)
