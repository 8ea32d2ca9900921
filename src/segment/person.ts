/**
 * Where an event keeps the traits of a person: an identify call in `traits`, every other in `context.traits`.
 *
 * The traits of a group call are the group's, so they are not read as anybody's.
 *
 * Sources: Segment spec, "Identify", "Group", "Track"; Segment "Using Engage data".
 *
 * @module
 */
import type { UnknownRecord } from '../ground/json.js'
import type { Path } from '../ground/path.js'
import type { SegmentEvent } from './event.js'
import { recordOf } from './record.js'
import { inContextTraits, inTraits, readStandardTraits, type StandardTraits } from './standard-traits.js'

/**
 * The traits object of the person an event is about; empty when there is none.
 *
 * @example
 * personTraits({ type: 'page', context: { traits: { plan: 'pro' } } }) // => { plan: 'pro' }
 * @category reading
 * @since 0.1.0
 */
export const personTraits = (event: SegmentEvent): UnknownRecord =>
  recordOf(event.type === 'identify' ? event.traits : recordOf(event.context).traits)

/**
 * Where {@link personTraits} stands.
 *
 * @example
 * personTraitsPath({ type: 'page' }) // => ['context', 'traits']
 * @category reading
 * @since 0.1.0
 */
export const personTraitsPath = (event: SegmentEvent): Path =>
  event.type === 'identify' ? inTraits.at : inContextTraits.at

/**
 * The standard traits of the person an event is about.
 *
 * @example
 * readPersonTraits({ type: 'identify', traits: { First_Name: 'Ana' } }).keys[position.firstName] // => 'First_Name'
 * @category reading
 * @since 0.1.0
 */
export const readPersonTraits = (event: SegmentEvent): StandardTraits =>
  readStandardTraits(personTraits(event), event.type === 'identify' ? inTraits : inContextTraits)
