/**
 * The text of the Munchkin cookie that an event carries, unread: what it means is for the Marketo side to say.
 *
 *     integrations.Marketo.marketoCookie   else
 *     context.Marketo.marketoCookie
 *
 * Both keys are loose. Segment's page once speaks of a `cookieId`: where only that is there, a hint says so.
 *
 * Sources: Segment "Marketo", Associating leads; Segment facade, options.
 *
 * @module
 */
import type { Option } from 'fp-ts/Option'
import { isRecord, kindOf, ownMember, type UnknownRecord } from '../ground/json.js'
import type { Path } from '../ground/path.js'
import { malformed, type Problem, unknownName } from '../ground/problem.js'
import type { EventMembers, SegmentEvent } from './event.js'
import { type Found, isSaid, optional } from './found.js'
import { looseMember } from './key.js'
import { recordOf } from './record.js'
import { isBlank } from './white-space.js'

const destination = 'Marketo'
const cookieKey = 'marketoCookie'
const strayKey = 'cookieId'

const mendCookie = 'send the cookie as text, just as the browser keeps it'
const mendStrayKey = 'send it as marketoCookie: cookieId is not read'

/** The event's options for Marketo under `integrations` or `context`, and the path of that object. */
const readOptions = (member: EventMembers, root: 'integrations' | 'context'): Found<UnknownRecord> | undefined => {
  const options = looseMember(recordOf(member), destination)
  return options === undefined || !isRecord(options.value)
    ? undefined
    : { value: options.value, at: [root, options.key] }
}

const readOption = (options: Found<UnknownRecord> | undefined, name: string): Found<unknown> | undefined => {
  if (options === undefined) return undefined
  const member = looseMember(options.value, name)
  return member === undefined || !isSaid(member.value)
    ? undefined
    : { value: member.value, at: [...options.at, member.key] }
}

const follow = (event: SegmentEvent, path: Path): unknown => {
  let here: unknown = event
  for (const part of path) {
    if (typeof part === 'string') here = isRecord(here) ? ownMember(here, part) : undefined
    else here = Array.isArray(here) ? here[part] : undefined
  }
  return here
}

const textOnly = (hit: Found<unknown> | undefined, problems: Array<Problem>): Found<string> | undefined => {
  if (hit === undefined) return undefined
  if (typeof hit.value === 'string' && !isBlank(hit.value)) return { value: hit.value, at: hit.at }
  problems.push(malformed('warning', hit.at, kindOf(hit.value), mendCookie))
  return undefined
}

const hintAt = (hit: Found<unknown> | undefined, problems: Array<Problem>): void => {
  if (hit !== undefined) problems.push(unknownName('warning', hit.at, cookieKey, mendStrayKey))
}

/**
 * The cookie's text with its place. Given a path, exactly that member is read and no other. A cookie that is no text, and a
 * `cookieId` in its stead, are pushed to `problems` as warnings.
 *
 * @example
 * readCookieText({ type: 'page', context: { marketo: { marketo_cookie: 'id:1' } } }, [])
 * // => { value: 'id:1', at: ['context', 'marketo', 'marketo_cookie'] }
 * readCookieText({ type: 'page', properties: { cookies: ['id:1'] } }, [], ['properties', 'cookies', 0])?.value // => 'id:1'
 * @category reading
 * @since 0.1.0
 */
export const readCookieText = (
  event: SegmentEvent,
  problems: Array<Problem>,
  path?: Path
): Found<string> | undefined => {
  if (path !== undefined) {
    const value = follow(event, path)
    return isSaid(value) ? textOnly({ value, at: path }, problems) : undefined
  }
  const integrations = readOptions(event.integrations, 'integrations')
  const context = readOptions(event.context, 'context')
  if (integrations === undefined && context === undefined) return undefined
  const hit =
    textOnly(readOption(integrations, cookieKey), problems) ?? textOnly(readOption(context, cookieKey), problems)
  if (hit !== undefined) return hit
  hintAt(readOption(integrations, strayKey), problems)
  hintAt(readOption(context, strayKey), problems)
  return undefined
}

/**
 * The text of the Munchkin cookie that an event carries.
 *
 * @example
 * cookieText({ type: 'page', integrations: { Marketo: { marketoCookie: 'id:1' } } }) // => some('id:1')
 * @category readers
 * @since 0.1.0
 */
export const cookieText = (event: SegmentEvent, path?: Path): Option<string> =>
  optional((from: SegmentEvent) => readCookieText(from, [], path), event)
