/**
 * Segment events: the seven calls, checked once at the door.
 *
 *     type       needs      and may have
 *     identify              traits
 *     track      event      properties
 *     page                  properties, name, category
 *     screen                properties, name
 *     group      groupId    traits (of the group)
 *     alias      userId     previousId
 *     delete     userId
 *     every call            userId, anonymousId, messageId, context, integrations, four timestamps
 *
 * Only what a mapping relies on is checked: ids are text or finite numbers, the objects are objects. An empty list passes for an
 * empty object, as PHP writes it and as delete events have it. The accepted value is the very value that came in: no clone, unknown
 * keys stay.
 *
 * Sources: Segment spec, "Common Fields" and the pages of the calls; Segment "Build functions", delete events.
 *
 * @module
 */
import { isRecord, kindOf, type UnknownRecord } from '../ground/json.js'
import type { Path } from '../ground/path.js'
import { malformed, missing, type Problem, unknownName } from '../ground/problem.js'
import { isBlank } from './white-space.js'

/**
 * The seven calls, in the words of `type`.
 *
 * @example
 * eventTypes.length // => 7
 * @category events
 * @since 0.1.0
 */
export const eventTypes = ['identify', 'track', 'page', 'screen', 'group', 'alias', 'delete'] as const

/**
 * One of the seven calls.
 *
 * @category events
 * @since 0.1.0
 */
export type EventType = (typeof eventTypes)[number]

/**
 * An id as libraries send it: none of them makes a number text.
 *
 * @category events
 * @since 0.1.0
 */
export type EventId = string | number | null | undefined

/**
 * An object of an event, or what stands for an empty one.
 *
 * @category events
 * @since 0.1.0
 */
export type EventMembers = UnknownRecord | ReadonlyArray<never> | null | undefined

/**
 * What every call may hold. Members that are not named here stay, and are unknown.
 *
 * @category events
 * @since 0.1.0
 */
export interface CommonFields {
  readonly [member: string]: unknown
  readonly userId?: EventId
  readonly anonymousId?: EventId
  readonly messageId?: EventId
  readonly context?: EventMembers
  readonly integrations?: EventMembers
}

/**
 * Who somebody is.
 *
 * @category events
 * @since 0.1.0
 */
export interface IdentifyEvent extends CommonFields {
  readonly type: 'identify'
  readonly traits?: EventMembers
}

/**
 * What somebody did.
 *
 * @category events
 * @since 0.1.0
 */
export interface TrackEvent extends CommonFields {
  readonly type: 'track'
  readonly event: string
  readonly properties?: EventMembers
}

/**
 * Which web page somebody saw.
 *
 * @category events
 * @since 0.1.0
 */
export interface PageEvent extends CommonFields {
  readonly type: 'page'
  readonly properties?: EventMembers
}

/**
 * Which screen of an app somebody saw.
 *
 * @category events
 * @since 0.1.0
 */
export interface ScreenEvent extends CommonFields {
  readonly type: 'screen'
  readonly properties?: EventMembers
}

/**
 * Which group somebody belongs to; the traits are the group's.
 *
 * @category events
 * @since 0.1.0
 */
export interface GroupEvent extends CommonFields {
  readonly type: 'group'
  readonly groupId: string | number
  readonly traits?: EventMembers
}

/**
 * Which two ids are one person.
 *
 * @category events
 * @since 0.1.0
 */
export interface AliasEvent extends CommonFields {
  readonly type: 'alias'
  readonly userId: string | number
  readonly previousId?: EventId
}

/**
 * Whom to forget.
 *
 * @category events
 * @since 0.1.0
 */
export interface DeleteEvent extends CommonFields {
  readonly type: 'delete'
  readonly userId: string | number
}

/**
 * One Segment event.
 *
 * @category events
 * @since 0.1.0
 */
export type SegmentEvent = IdentifyEvent | TrackEvent | PageEvent | ScreenEvent | GroupEvent | AliasEvent | DeleteEvent

const whole: Path = []
const at = {
  type: ['type'],
  userId: ['userId'],
  anonymousId: ['anonymousId'],
  messageId: ['messageId'],
  previousId: ['previousId'],
  groupId: ['groupId'],
  context: ['context'],
  integrations: ['integrations'],
  traits: ['traits'],
  properties: ['properties'],
  event: ['event']
} as const satisfies Readonly<Record<string, Path>>

const mendWhole = 'hand over one Segment event, parsed from its JSON'
const mendType = 'send one of identify, track, page, screen, group, alias, delete'
const mendId = 'send the id as text or as a number'
const mendMembers = 'send an object, or leave it out'
const mendName = 'send the name of what happened as text'

const checkId = (id: unknown, path: Path, problems: Array<Problem>): void => {
  if (typeof id === 'string' || id === undefined || id === null || Number.isFinite(id)) return
  problems.push(malformed('invalid', path, kindOf(id), mendId))
}

const checkNeededId = (id: unknown, path: Path, problems: Array<Problem>): void => {
  if (id === undefined || id === null) problems.push(missing('invalid', path, mendId))
  else if (typeof id === 'string' ? isBlank(id) : !Number.isFinite(id)) {
    problems.push(malformed('invalid', path, kindOf(id), mendId))
  }
}

const checkMembers = (u: unknown, path: Path, problems: Array<Problem>): void => {
  if (u === undefined || u === null || isRecord(u) || (Array.isArray(u) && u.length === 0)) return
  problems.push(malformed('invalid', path, kindOf(u), mendMembers))
}

const checkEventName = (name: unknown, problems: Array<Problem>): void => {
  if (typeof name === 'string' && name !== '') return
  problems.push(
    name === undefined || name === null
      ? missing('invalid', at.event, mendName)
      : malformed('invalid', at.event, kindOf(name), mendName)
  )
}

const isEventType = (u: unknown): u is EventType => eventTypes.some((type) => type === u)

const typeProblem = (type: unknown): Problem => {
  if (type === undefined || type === null) return missing('invalid', at.type, mendType)
  if (isEventType(type)) return malformed('invalid', at.type, `the type of another call (${type})`, mendType)
  if (typeof type !== 'string') return malformed('invalid', at.type, kindOf(type), mendType)
  const word = type.trim().toLowerCase()
  return unknownName('invalid', at.type, eventTypes.find((known) => known === word) ?? null, mendType)
}

/** What one type of call needs and may have beside the common fields; false when it is no type of call. */
const checkOwnFields = (event: UnknownRecord, type: unknown, problems: Array<Problem>): boolean => {
  switch (type) {
    case 'identify':
      checkMembers(event.traits, at.traits, problems)
      return true
    case 'track':
      checkEventName(event.event, problems)
      checkMembers(event.properties, at.properties, problems)
      return true
    case 'page':
    case 'screen':
      checkMembers(event.properties, at.properties, problems)
      return true
    case 'group':
      checkNeededId(event.groupId, at.groupId, problems)
      checkMembers(event.traits, at.traits, problems)
      return true
    case 'alias':
      checkId(event.previousId, at.previousId, problems)
      return true
    case 'delete':
      return true
    default:
      return false
  }
}

/**
 * Whether a value is a Segment event of the wanted type (of any, when none is wanted); every reason against it is pushed. A getter
 * that throws is the caller's to catch.
 *
 * @internal
 */
export const checkEvent = (u: unknown, wanted: EventType | undefined, problems: Array<Problem>): boolean => {
  if (!isRecord(u)) {
    problems.push(malformed('invalid', whole, kindOf(u), mendWhole))
    return false
  }
  const before = problems.length
  const sent = u.type
  const type = wanted ?? sent
  if (!checkOwnFields(u, type, problems) || sent !== type) problems.push(typeProblem(sent))
  if (type === 'alias' || type === 'delete') checkNeededId(u.userId, at.userId, problems)
  else checkId(u.userId, at.userId, problems)
  checkId(u.anonymousId, at.anonymousId, problems)
  checkId(u.messageId, at.messageId, problems)
  checkMembers(u.context, at.context, problems)
  checkMembers(u.integrations, at.integrations, problems)
  return problems.length === before
}

const isEvent = (u: unknown, problems: Array<Problem>): u is SegmentEvent => checkEvent(u, undefined, problems)

/**
 * The event itself when it is one, else undefined with every reason pushed to `problems`, each of weight invalid. The plain road
 * under the codecs: a getter that throws is the caller's to catch.
 *
 * @example
 * readEvent({ type: 'track', userId: 'u1', event: 'Trial Started' }, []) // => { type: 'track', userId: 'u1', event: 'Trial Started' }
 * @category events
 * @since 0.1.0
 */
export const readEvent = (u: unknown, problems: Array<Problem>): SegmentEvent | undefined =>
  isEvent(u, problems) ? u : undefined
