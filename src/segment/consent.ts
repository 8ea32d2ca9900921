/**
 * Consent as an event states it: `context.messaging_subscriptions`.
 *
 *     { key: 'ana@corp.test', type: 'EMAIL', status: 'UNSUBSCRIBED', groups: [{ name: 'News', status: 'subscribed' }] }
 *       └ address ──────────┘       └ channel      └ state in any case, with - or _
 *
 * A state belongs to an address, which may differ from the person's email. A state that nobody knows is left out and reported: a
 * silence must never become a subscription.
 *
 * Source: Segment "Set user subscriptions".
 *
 * @module
 */
import type { Option } from 'fp-ts/Option'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import { isRecord, kindOf } from '../ground/json.js'
import { nearest } from '../ground/nearest.js'
import type { Path } from '../ground/path.js'
import { malformed, missing, type Problem, unknownName } from '../ground/problem.js'
import { isNonEmpty } from '../ground/these.js'
import type { SegmentEvent } from './event.js'
import { isSaid, optional } from './found.js'
import { isSameKey } from './key.js'
import { recordOf } from './record.js'
import { isBlank } from './white-space.js'

/**
 * The ways a message reaches somebody.
 *
 * @example
 * channels // => ['email', 'sms', 'whatsapp']
 * @category reading
 * @since 0.1.0
 */
export const channels = ['email', 'sms', 'whatsapp'] as const

/**
 * A way a message reaches somebody.
 *
 * @category reading
 * @since 0.1.0
 */
export type Channel = (typeof channels)[number]

/**
 * The states of a subscription.
 *
 * @example
 * subscriptionStates // => ['subscribed', 'unsubscribed', 'did-not-subscribe']
 * @category reading
 * @since 0.1.0
 */
export const subscriptionStates = ['subscribed', 'unsubscribed', 'did-not-subscribe'] as const

/**
 * The state of a subscription.
 *
 * @category reading
 * @since 0.1.0
 */
export type SubscriptionState = (typeof subscriptionStates)[number]

/**
 * The state of one subscription group.
 *
 * @category reading
 * @since 0.1.0
 */
export interface GroupSubscription {
  readonly name: string
  readonly state: SubscriptionState
}

/**
 * What one address has agreed to.
 *
 * @category reading
 * @since 0.1.0
 */
export interface Subscription {
  readonly address: string
  readonly channel: Channel
  readonly state: SubscriptionState
  readonly groups: ReadonlyArray<GroupSubscription>
  readonly at: Path
}

const subscriptionsAt: Path = ['context', 'messaging_subscriptions']
const none: ReadonlyArray<Subscription> = []
const noGroups: ReadonlyArray<GroupSubscription> = []

/** The one of `words` that a value spells, or undefined with a problem. */
const wordOf = <A extends string>(
  words: ReadonlyArray<A>,
  u: unknown,
  at: Path,
  problems: Array<Problem>
): A | undefined => {
  const mend = `send one of ${words.join(', ')}`
  if (!isSaid(u)) problems.push(missing('dropped', at, mend))
  else if (typeof u !== 'string') problems.push(malformed('dropped', at, kindOf(u), mend))
  else {
    for (const word of words) if (isSameKey(u, word)) return word
    problems.push(unknownName('dropped', at, nearest(words, u), mend))
  }
  return undefined
}

const neededText = (u: unknown, at: Path, mend: string, problems: Array<Problem>): string | undefined => {
  if (typeof u === 'string' && !isBlank(u)) return u
  problems.push(isSaid(u) ? malformed('dropped', at, kindOf(u), mend) : missing('dropped', at, mend))
  return undefined
}

/** How many members of a list are read. */
const mostMembers = 1_000

/** How many members of a list to read; of one that is longer, says that the rest is not. */
const countOf = (list: ReadonlyArray<unknown>, at: Path, problems: Array<Problem>): number => {
  if (list.length <= mostMembers) return list.length
  problems.push(malformed('dropped', at, 'a very long list', `the first ${mostMembers} are read: send fewer`))
  return mostMembers
}

const readGroups = (u: unknown, at: Path, problems: Array<Problem>): ReadonlyArray<GroupSubscription> => {
  if (!isSaid(u)) return noGroups
  if (!Array.isArray(u)) {
    problems.push(malformed('dropped', at, kindOf(u), 'send a list of { name, status }'))
    return noGroups
  }
  const groups: Array<GroupSubscription> = []
  const count = countOf(u, at, problems)
  for (let i = 0; i < count; i += 1) {
    const group = recordOf(u[i])
    const name = neededText(group.name, [...at, i, 'name'], 'send the name of the group as text', problems)
    const state = wordOf(subscriptionStates, group.status, [...at, i, 'status'], problems)
    if (name !== undefined && state !== undefined) groups.push({ name, state })
  }
  return groups
}

const readSubscription = (u: unknown, at: Path, problems: Array<Problem>): Subscription | undefined => {
  if (!isRecord(u)) {
    problems.push(malformed('dropped', at, kindOf(u), 'send { key, type, status }'))
    return undefined
  }
  const address = neededText(u.key, [...at, 'key'], 'send the address that the state belongs to as text', problems)
  const channel = wordOf(channels, u.type, [...at, 'type'], problems)
  const state = wordOf(subscriptionStates, u.status, [...at, 'status'], problems)
  if (address === undefined || channel === undefined || state === undefined) return undefined
  return { address, channel, state, groups: readGroups(u.groups, [...at, 'groups'], problems), at }
}

/**
 * The states that an event holds, in order; each part of one that cannot be read is pushed to `problems`.
 *
 * @example
 * readSubscriptions(
 *   { type: 'identify', context: { messaging_subscriptions: [{ key: 'a@b.test', type: 'EMAIL', status: 'DID_NOT_SUBSCRIBE' }] } },
 *   []
 * ).map(({ state }) => state) // => ['did-not-subscribe']
 * @category reading
 * @since 0.1.0
 */
export const readSubscriptions = (event: SegmentEvent, problems: Array<Problem>): ReadonlyArray<Subscription> => {
  const list = recordOf(event.context).messaging_subscriptions
  if (!isSaid(list)) return none
  if (!Array.isArray(list)) {
    problems.push(malformed('dropped', subscriptionsAt, kindOf(list), 'send a list of { key, type, status }'))
    return none
  }
  const subscriptions: Array<Subscription> = []
  const count = countOf(list, subscriptionsAt, problems)
  for (let i = 0; i < count; i += 1) {
    const subscription = readSubscription(list[i], [...subscriptionsAt, i], problems)
    if (subscription !== undefined) subscriptions.push(subscription)
  }
  return subscriptions
}

/**
 * What the addresses of an event have agreed to; none when it says nothing of consent.
 *
 * @example
 * subscriptions({ type: 'identify', traits: {} }) // => none
 * @category readers
 * @since 0.1.0
 */
export const subscriptions = (event: SegmentEvent): Option<ReadonlyNonEmptyArray<Subscription>> =>
  optional((from: SegmentEvent) => {
    const value = readSubscriptions(from, [])
    return isNonEmpty(value) ? { value, at: subscriptionsAt } : undefined
  }, event)
