/**
 * The io-ts codecs of the seven calls: a type and its codec share a name.
 *
 * Each answers like the schema that the table in event.ts describes, at a fraction of the cost, and decoding changes nothing. What
 * they say of a refused event is our own: the place and how to mend it, never a value, not even in the context of an error
 * (traits are personal data). None of them throws, whatever the event's own getters do.
 *
 * @module
 */
import * as t from 'io-ts'
import type { Path } from '../ground/path.js'
import { describeProblem, type Problem, unreadable } from '../ground/problem.js'
import type * as event from './event.js'
import { checkEvent } from './event.js'

/** Whether a value is an `A`; reasons against it are pushed. */
type Check<A> = (u: unknown, problems: Array<Problem>) => u is A

const wholly: Path = []

/** A context without the values that io-ts keeps in it. */
const withoutValues = (context: t.Context, path: Path): t.Context => [
  ...context.map(({ key, type }) => ({ key, type })),
  ...path.map((key) => ({ key: String(key), type: t.unknown }))
]

const refusal = (problems: ReadonlyArray<Problem>, context: t.Context): t.Validation<never> =>
  t.failures(
    problems.map((problem) => ({
      value: undefined,
      context: withoutValues(context, problem.at),
      message: describeProblem(problem)
    }))
  )

const codec = <A>(name: string, check: Check<A>): t.Type<A> =>
  new t.Type<A, A, unknown>(
    name,
    (u): u is A => {
      try {
        return check(u, [])
      } catch {
        return false
      }
    },
    (u, context) => {
      const problems: Array<Problem> = []
      try {
        return check(u, problems) ? t.success(u) : refusal(problems, context)
      } catch {
        return refusal([unreadable('invalid', wholly, 'hand over plain values, parsed from JSON')], context)
      }
    },
    t.identity
  )

/**
 * Who somebody is.
 *
 * @category events
 * @since 0.1.0
 */
export type IdentifyEvent = event.IdentifyEvent

/**
 * Reads an identify call.
 *
 * @example
 * IdentifyEvent.is({ type: 'identify', userId: 'u1', traits: { email: 'ana@corp.test' } }) // => true
 * @category events
 * @since 0.1.0
 */
export const IdentifyEvent: t.Type<IdentifyEvent> = codec('IdentifyEvent', (u, problems): u is IdentifyEvent =>
  checkEvent(u, 'identify', problems)
)

/**
 * What somebody did.
 *
 * @category events
 * @since 0.1.0
 */
export type TrackEvent = event.TrackEvent

/**
 * Reads a track call.
 *
 * @example
 * TrackEvent.is({ type: 'track', userId: 'u1', event: '' }) // => false
 * @category events
 * @since 0.1.0
 */
export const TrackEvent: t.Type<TrackEvent> = codec('TrackEvent', (u, problems): u is TrackEvent =>
  checkEvent(u, 'track', problems)
)

/**
 * Which web page somebody saw.
 *
 * @category events
 * @since 0.1.0
 */
export type PageEvent = event.PageEvent

/**
 * Reads a page call.
 *
 * @example
 * PageEvent.is({ type: 'page', anonymousId: 'a1', properties: [] }) // => true
 * @category events
 * @since 0.1.0
 */
export const PageEvent: t.Type<PageEvent> = codec('PageEvent', (u, problems): u is PageEvent =>
  checkEvent(u, 'page', problems)
)

/**
 * Which screen of an app somebody saw.
 *
 * @category events
 * @since 0.1.0
 */
export type ScreenEvent = event.ScreenEvent

/**
 * Reads a screen call.
 *
 * @example
 * ScreenEvent.is({ type: 'screen', anonymousId: 'a1', name: 'Home' }) // => true
 * @category events
 * @since 0.1.0
 */
export const ScreenEvent: t.Type<ScreenEvent> = codec('ScreenEvent', (u, problems): u is ScreenEvent =>
  checkEvent(u, 'screen', problems)
)

/**
 * Which group somebody belongs to.
 *
 * @category events
 * @since 0.1.0
 */
export type GroupEvent = event.GroupEvent

/**
 * Reads a group call.
 *
 * @example
 * GroupEvent.is({ type: 'group', userId: 'u1', groupId: 42 }) // => true
 * @category events
 * @since 0.1.0
 */
export const GroupEvent: t.Type<GroupEvent> = codec('GroupEvent', (u, problems): u is GroupEvent =>
  checkEvent(u, 'group', problems)
)

/**
 * Which two ids are one person.
 *
 * @category events
 * @since 0.1.0
 */
export type AliasEvent = event.AliasEvent

/**
 * Reads an alias call.
 *
 * @example
 * AliasEvent.is({ type: 'alias', previousId: 'a1' }) // => false
 * @category events
 * @since 0.1.0
 */
export const AliasEvent: t.Type<AliasEvent> = codec('AliasEvent', (u, problems): u is AliasEvent =>
  checkEvent(u, 'alias', problems)
)

/**
 * Whom to forget.
 *
 * @category events
 * @since 0.1.0
 */
export type DeleteEvent = event.DeleteEvent

/**
 * Reads a delete call.
 *
 * @example
 * DeleteEvent.is({ type: 'delete', userId: 'u1', context: [], integrations: [] }) // => true
 * @category events
 * @since 0.1.0
 */
export const DeleteEvent: t.Type<DeleteEvent> = codec('DeleteEvent', (u, problems): u is DeleteEvent =>
  checkEvent(u, 'delete', problems)
)

/**
 * One Segment event.
 *
 * @category events
 * @since 0.1.0
 */
export type SegmentEvent = event.SegmentEvent

/**
 * Reads a Segment event of any type.
 *
 * @example
 * SegmentEvent.is({ type: 'track', userId: 'u1', event: 'Trial Started' }) // => true
 * SegmentEvent.is({ type: 'Track', userId: 'u1', event: 'Trial Started' }) // => false
 * @category events
 * @since 0.1.0
 */
export const SegmentEvent: t.Type<SegmentEvent> = codec('SegmentEvent', (u, problems): u is SegmentEvent =>
  checkEvent(u, undefined, problems)
)
