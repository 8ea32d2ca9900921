/**
 * An event as rules look at it: any place of it by path, read when a rule asks.
 *
 *     readAt(view, 'page.path')          '/pricing'
 *     readAt(view, 'traits.industry')    of an identify its own, of a track `context.traits`
 *
 * Under a root, a name with dots in it is one key first and a way down second: `{ "a.b": 1 }` has an `a.b`.
 *
 * @module
 */
import { type Instant, printInstant } from '../ground/calendar.js'
import { isRecord, ownMember, type UnknownRecord } from '../ground/json.js'
import type { Path } from '../ground/path.js'
import type { SegmentEvent } from '../segment/event.js'
import { readAnonymousId, readGroupId, readUserId } from '../segment/identity.js'
import { type PageMember, readPage, readPageLabel } from '../segment/page.js'
import { readPageUrl } from '../segment/page-url.js'
import { recordOf } from '../segment/record.js'
import { partsOf, type Root } from './rule-parts.js'

/** An event, and when it happened; null where it does not say. @internal */
export interface View {
  readonly event: SegmentEvent
  readonly at: Instant | null
}

/** A value inside nested objects, by own members: the whole of the rest as one key, else its first part and on. */
const below = (u: unknown, rest: string): unknown => {
  let now: unknown = u
  let left = rest
  for (;;) {
    if (!isRecord(now)) return undefined
    const whole = ownMember(now, left)
    if (whole !== undefined) return whole
    const dot = left.indexOf('.')
    if (dot < 0) return undefined
    now = ownMember(now, left.slice(0, dot))
    left = left.slice(dot + 1)
  }
}

const traitsOf = ({ type, traits, context }: SegmentEvent): UnknownRecord =>
  type === 'identify' || type === 'group' ? recordOf(traits) : recordOf(recordOf(context).traits)

const pageMembers: ReadonlyArray<PageMember> = ['url', 'path', 'search', 'title', 'referrer']

/** The parts of the page's address, where it has one that can be read. */
const addressOf = (event: SegmentEvent): { readonly host: string; readonly path: string } | undefined => {
  const url = readPage(event, 'url')?.value
  const read = typeof url === 'string' ? readPageUrl(url) : 'none'
  if (typeof read === 'string') return undefined
  const { origin, path } = read.parts
  return { host: origin === null ? '' : origin.replace(/^https?:\/\//, ''), path }
}

const pageAt = (event: SegmentEvent, rest: string): unknown => {
  if (rest === 'host') return addressOf(event)?.host
  const member = pageMembers.find((name) => name === rest)
  if (member === undefined) return below(recordOf(recordOf(event.context).page), rest)
  return readPage(event, member)?.value ?? (member === 'path' ? addressOf(event)?.path : undefined)
}

type Reading = (view: View, rest: string) => unknown

// biome-ignore format: table
const readings: Readonly<Record<Root, Reading>> = {
  traits:      ({ event }, rest) => below(traitsOf(event), rest),
  properties:  ({ event }, rest) => below(recordOf(event.properties), rest),
  context:     ({ event }, rest) => below(recordOf(event.context), rest),
  campaign:    ({ event }, rest) => below(recordOf(recordOf(event.context).campaign), rest),
  page:        ({ event }, rest) => pageAt(event, rest),
  time:        ({ at }) => (at === null ? undefined : printInstant(at)),
  type:        ({ event }) => event.type,
  event:       ({ event }) => ownMember(event, 'event'),
  name:        ({ event }) => readPageLabel(event, 'name')?.value,
  category:    ({ event }) => readPageLabel(event, 'category')?.value,
  channel:     ({ event }) => ownMember(event, 'channel'),
  userId:      ({ event }) => readUserId(event)?.value,
  anonymousId: ({ event }) => readAnonymousId(event)?.value,
  groupId:     ({ event }) => readGroupId(event)?.value,
  messageId:   ({ event }) => ownMember(event, 'messageId')
}

/** A place of an event, made ready: how it is read, and where it stands as problems tell it. @internal */
export interface Place {
  readonly read: (view: View) => unknown
  readonly at: Path
}

/** A path of a rule, made ready. @internal */
export const placeOf = (path: string): Place => {
  const [root = 'type', rest] = partsOf(path)
  const read = readings[root]
  return { read: (view) => read(view, rest), at: rest === '' ? [root] : [root, rest] }
}
