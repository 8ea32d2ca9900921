/**
 * The email address of the person an event is about, as sent: not trimmed, not checked, and not even text for sure.
 *
 *     call                  places, in order
 *     identify              traits · userId
 *     track, page, screen   context.traits · properties · userId
 *     group                 context.traits · userId
 *     alias                 context.traits · userId
 *     delete                the call itself · userId
 *
 * Null and empty text count as absent, anything else is the answer even when it is no address: an event whose address is broken
 * must not be written to another person. A userId counts only when it looks like an address. A group call's own `traits.email`
 * is the group's.
 *
 * Sources: Segment facade, email getters; Segment "Marketo v2", identify; Segment "Build functions", delete events.
 *
 * @module
 */
import type { Option } from 'fp-ts/Option'
import type { UnknownRecord } from '../ground/json.js'
import type { Path } from '../ground/path.js'
import type { EventType, SegmentEvent } from './event.js'
import { type Found, foundIfSaid, isSaid, optional } from './found.js'
import { readUserId } from './identity.js'
import { looseMember } from './key.js'
import { saidAt } from './pick.js'
import { recordOf } from './record.js'
import { position, type StandardTraits } from './standard-traits.js'

/**
 * Where an address may stand; `event` is the call itself, where delete calls have it.
 *
 * @category reading
 * @since 0.1.0
 */
export type EmailPlace = 'traits' | 'context.traits' | 'properties' | 'userId' | 'event'

const ofAction: ReadonlyArray<EmailPlace> = ['context.traits', 'properties', 'userId']
const ofContext: ReadonlyArray<EmailPlace> = ['context.traits', 'userId']

/**
 * The places that are looked at when none are given, by type of call.
 *
 * @example
 * emailPlaces.identify // => ['traits', 'userId']
 * @category reading
 * @since 0.1.0
 */
export const emailPlaces: Readonly<Record<EventType, ReadonlyArray<EmailPlace>>> = {
  identify: ['traits', 'userId'],
  track: ofAction,
  page: ofAction,
  screen: ofAction,
  group: ofContext,
  alias: ofContext,
  delete: ['event', 'userId']
}

/**
 * Whether an id looks like an email address: something, `@`, something, a dot, something.
 *
 * @example
 * isEmailLike('ana@corp.test') // => true
 * isEmailLike('ana@corp') // => false
 * @category text
 * @since 0.1.0
 */
export const isEmailLike = (id: string): boolean => {
  const at = id.indexOf('@', 1)
  return at > 0 && id.lastIndexOf('.', id.length - 2) >= at + 2
}

const inTraitsAt: Path = ['traits', 'email']
const inContextTraitsAt: Path = ['context', 'traits', 'email']
const inPropertiesAt: Path = ['properties', 'email']
const inEventAt: Path = ['email']

const readIn = (record: UnknownRecord, at: Path): Found<unknown> | undefined => {
  const member = looseMember(record, 'email')
  if (member === undefined || !isSaid(member.value)) return undefined
  return { value: member.value, at: member.key === 'email' ? at : [...at.slice(0, -1), member.key] }
}

const readEmailAt = (
  event: SegmentEvent,
  place: EmailPlace,
  walked: StandardTraits | undefined
): Found<unknown> | undefined => {
  switch (place) {
    case 'traits':
      return walked === undefined ? readIn(recordOf(event.traits), inTraitsAt) : saidAt(walked, position.email)
    case 'context.traits':
      return readIn(recordOf(recordOf(event.context).traits), inContextTraitsAt)
    case 'properties':
      return readIn(recordOf(event.properties), inPropertiesAt)
    case 'event':
      return foundIfSaid(event.email, inEventAt)
    case 'userId': {
      const id = readUserId(event)
      return id !== undefined && isEmailLike(id.value) ? id : undefined
    }
  }
}

/**
 * The address with the place it stood in. Whoever has walked `traits` already hands over the walk.
 *
 * @example
 * readEmail({ type: 'identify', traits: { 'E-mail': 'ana@corp.test' } }) // => { value: 'ana@corp.test', at: ['traits', 'E-mail'] }
 * readEmail({ type: 'page', userId: 'ana@corp.test' }) // => { value: 'ana@corp.test', at: ['userId'] }
 * readEmail({ type: 'page', userId: 'ana@corp.test' }, ['properties']) // => undefined
 * @category reading
 * @since 0.1.0
 */
export const readEmail = (
  event: SegmentEvent,
  places: ReadonlyArray<EmailPlace> = emailPlaces[event.type],
  walked?: StandardTraits
): Found<unknown> | undefined => {
  for (const place of places) {
    const hit = readEmailAt(event, place, walked)
    if (hit !== undefined) return hit
  }
  return undefined
}

const textual = (hit: Found<unknown> | undefined): Found<string> | undefined =>
  hit === undefined || typeof hit.value !== 'string' ? undefined : { value: hit.value, at: hit.at }

/**
 * The address of the person an event is about, as sent; none when the first place that says anything says no text.
 *
 * @example
 * email({ type: 'track', event: 'Signed Up', context: { traits: { email: ' Ana@Corp.Test' } } }) // => some(' Ana@Corp.Test')
 * @category readers
 * @since 0.1.0
 */
export const email = (event: SegmentEvent, places?: ReadonlyArray<EmailPlace>): Option<string> =>
  optional((from: SegmentEvent) => textual(readEmail(from, places)), event)
