/**
 * What Segment computed of a person: an audience entered or left, a step of a journey, a trait.
 *
 *     context.personas   computation_class · computation_key · external_audience_id
 *     membership         traits[key] of an identify or group call, properties[key] of a track call
 *
 *     class                     value under the key    member   decided by
 *     audience, journey_step    a boolean              it       boolean
 *     journey_step              the text true, false   it       boolean    one page of Segment's shows text
 *     journey_step              anything else          true     journey    an old journey says no more than that
 *     any other, or audience    anything else          null     nothing
 *
 * The name of the event decides nothing here: it can be changed. The key is taken letter by letter.
 *
 * Sources: Segment "Using Engage data"; Segment action-destinations, audience membership.
 *
 * @module
 */
import type { Option } from 'fp-ts/Option'
import { isRecord, ownMember, type UnknownRecord } from '../ground/json.js'
import type { Path } from '../ground/path.js'
import type { SegmentEvent } from './event.js'
import { type Found, optional, textOf } from './found.js'
import { recordOf } from './record.js'

/**
 * One computed fact: `member` is null when the event does not tell whether the person is in.
 *
 * @category reading
 * @since 0.1.0
 */
export interface Computation {
  readonly computationClass: string
  readonly key: string
  readonly member: boolean | null
  readonly decidedBy: 'boolean' | 'journey' | 'nothing'
  readonly externalAudienceId: string | null
  /** Where the value under the key stands, or would stand. */
  readonly valueAt: Path
}

const personasAt: Path = ['context', 'personas']

const valuesOf = (event: SegmentEvent): UnknownRecord => {
  if (event.type === 'track') return recordOf(event.properties)
  return event.type === 'identify' || event.type === 'group' ? recordOf(event.traits) : recordOf(undefined)
}

const booleanOf = (u: unknown, isJourney: boolean): boolean | null => {
  if (typeof u === 'boolean') return u
  if (!isJourney) return null
  return u === 'true' ? true : u === 'false' ? false : null
}

/**
 * The computed fact that an event tells, or undefined when no class and key are named.
 *
 * @example
 * readComputation({
 *   type: 'track',
 *   event: 'Audience Exited',
 *   context: { personas: { computation_class: 'audience', computation_key: 'vip', external_audience_id: '1042' } },
 *   properties: { vip: false }
 * })?.value.member // => false
 * @category reading
 * @since 0.1.0
 */
export const readComputation = (event: SegmentEvent): Found<Computation> | undefined => {
  const personas = recordOf(event.context).personas
  if (!isRecord(personas)) return undefined
  const computationClass = textOf(personas.computation_class)
  const key = textOf(personas.computation_key)
  if (computationClass === undefined || key === undefined) return undefined
  const isJourney = computationClass === 'journey_step'
  const isMembership = isJourney || computationClass === 'audience'
  const told = isMembership ? booleanOf(ownMember(valuesOf(event), key), isJourney) : null
  const value: Computation = {
    computationClass,
    key,
    member: told ?? (isJourney ? true : null),
    decidedBy: told !== null ? 'boolean' : isJourney ? 'journey' : 'nothing',
    externalAudienceId: textOf(personas.external_audience_id) ?? null,
    valueAt: [event.type === 'track' ? 'properties' : 'traits', key]
  }
  return { value, at: personasAt }
}

/**
 * What Segment computed of the person an event is about.
 *
 * @example
 * computation({ type: 'identify', traits: { vip: true } }) // => none
 * @category readers
 * @since 0.1.0
 */
export const computation = (event: SegmentEvent): Option<Computation> => optional(readComputation, event)
