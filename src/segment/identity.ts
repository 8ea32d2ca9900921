/**
 * The ids of an event, as text.
 *
 *     userId        userId
 *     anonymousId   anonymousId, else sessionId (its old name)
 *     groupId       groupId of a group call, else context.groupId
 *     previousId    previousId
 *
 * Libraries send numbers as numbers; here they are text. Blank text is no id.
 *
 * Sources: Segment spec, "Common Fields", "Group", "Alias"; Segment facade.
 *
 * @module
 */
import type { Option } from 'fp-ts/Option'
import type { Path } from '../ground/path.js'
import type { SegmentEvent } from './event.js'
import { type Found, optional, textOf } from './found.js'
import { recordOf } from './record.js'

const userIdAt: Path = ['userId']
const anonymousIdAt: Path = ['anonymousId']
const sessionIdAt: Path = ['sessionId']
const groupIdAt: Path = ['groupId']
const contextGroupIdAt: Path = ['context', 'groupId']
const previousIdAt: Path = ['previousId']

const readId = (id: unknown, at: Path): Found<string> | undefined => {
  const value = textOf(id)
  return value === undefined ? undefined : { value, at }
}

/**
 * The id of a known user.
 *
 * @example
 * readUserId({ type: 'page', userId: 42 }) // => { value: '42', at: ['userId'] }
 * @category reading
 * @since 0.1.0
 */
export const readUserId = (event: SegmentEvent): Found<string> | undefined => readId(event.userId, userIdAt)

/**
 * The id of an unknown visitor.
 *
 * @example
 * readAnonymousId({ type: 'page', sessionId: 's1' }) // => { value: 's1', at: ['sessionId'] }
 * @category reading
 * @since 0.1.0
 */
export const readAnonymousId = (event: SegmentEvent): Found<string> | undefined =>
  readId(event.anonymousId, anonymousIdAt) ?? readId(event.sessionId, sessionIdAt)

/**
 * The id of a group: the one a group call names, or the one any other call was made in.
 *
 * @example
 * readGroupId({ type: 'page', context: { groupId: 'g1' } }) // => { value: 'g1', at: ['context', 'groupId'] }
 * @category reading
 * @since 0.1.0
 */
export const readGroupId = (event: SegmentEvent): Found<string> | undefined =>
  event.type === 'group' ? readId(event.groupId, groupIdAt) : readId(recordOf(event.context).groupId, contextGroupIdAt)

/**
 * The id that an alias call replaces.
 *
 * @example
 * readPreviousId({ type: 'alias', userId: 'u1', previousId: 'a1' }) // => { value: 'a1', at: ['previousId'] }
 * @category reading
 * @since 0.1.0
 */
export const readPreviousId = (event: SegmentEvent): Found<string> | undefined => readId(event.previousId, previousIdAt)

/**
 * The id of a known user, as text.
 *
 * @example
 * userId({ type: 'page', userId: 42 }) // => some('42')
 * @category readers
 * @since 0.1.0
 */
export const userId = (event: SegmentEvent): Option<string> => optional(readUserId, event)

/**
 * The id of an unknown visitor, as text.
 *
 * @example
 * anonymousId({ type: 'page', anonymousId: ' ' }) // => none
 * @category readers
 * @since 0.1.0
 */
export const anonymousId = (event: SegmentEvent): Option<string> => optional(readAnonymousId, event)

/**
 * The id of a group, as text.
 *
 * @example
 * groupId({ type: 'group', groupId: 'g1' }) // => some('g1')
 * @category readers
 * @since 0.1.0
 */
export const groupId = (event: SegmentEvent): Option<string> => optional(readGroupId, event)

/**
 * The id that an alias call replaces, as text.
 *
 * @example
 * previousId({ type: 'alias', userId: 'u1', previousId: 'a1' }) // => some('a1')
 * @category readers
 * @since 0.1.0
 */
export const previousId = (event: SegmentEvent): Option<string> => optional(readPreviousId, event)
