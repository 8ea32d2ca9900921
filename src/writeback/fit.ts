/**
 * An event within the size that Segment takes: its longest texts are cut until it fits.
 *
 *     32,000 bytes of JSON      bounce_reason: 'smtp; 550 5.1.1 … '      cut, and said
 *
 * Source: Segment "HTTP API", Max request size.
 *
 * @module
 */
import { jsonBytes, jsonBytesAtMost } from '../endpoints/json-bytes.js'
import type { Json, JsonObject } from '../ground/json.js'
import { malformed, type Problem } from '../ground/problem.js'
import { utf8Length } from '../ground/utf8.js'
import type { TrackCall } from './track-call.js'

/** Kilobytes of a thousand: the smaller reading is safe under either. @internal */
export const eventBytes = 32_000

const ellipsis = '…'

/** Texts of so many characters are left alone: ids are among them, and little is won. */
const short = 200

/** An event as JSON; an interface alone is none to the compiler. */
const jsonOf = ({ properties, context, integrations, ...rest }: TrackCall): JsonObject => ({
  ...rest,
  properties,
  context,
  integrations
})

/** More than the names of an event's members and what stands between them. */
const frame = 300

/** Bytes that an event takes at most; nothing is copied for it. */
const atMost = ({
  event,
  messageId,
  userId = '',
  anonymousId = '',
  properties,
  context,
  integrations
}: TrackCall): number =>
  frame +
  jsonBytesAtMost(event) +
  jsonBytesAtMost(messageId) +
  jsonBytesAtMost(userId) +
  jsonBytesAtMost(anonymousId) +
  jsonBytesAtMost(properties) +
  jsonBytesAtMost(context) +
  jsonBytesAtMost(integrations)

/** The longest beginning of a text that takes no more bytes, cut between characters. */
const cut = (text: string, bytes: number): string => {
  let left = bytes
  let end = 0
  while (end < text.length) {
    const size = (text.codePointAt(end) ?? 0) > 0xffff ? 2 : 1
    left -= utf8Length(text.slice(end, end + size))
    if (left < 0) break
    end += size
  }
  return text.slice(0, end)
}

const textsOf = (properties: JsonObject): ReadonlyArray<readonly [string, string]> =>
  Object.entries(properties)
    .flatMap(([name, value]: [string, Json]) =>
      typeof value === 'string' && value.length > short ? [[name, value] as const] : []
    )
    .sort(([, a], [, b]) => b.length - a.length)

const wasCut = (name: string): Problem =>
  malformed(
    'warning',
    ['properties', name],
    'text that is too long',
    `it was cut: Segment takes ${eventBytes} bytes an event`
  )

/** The event so that it fits, or undefined where cutting its properties does not help. @internal */
export const fitted = (call: TrackCall, problems: Array<Problem>): TrackCall | undefined => {
  // Counting costs as much as writing, and few events come near.
  if (atMost(call) <= eventBytes) return call
  let over = jsonBytes(jsonOf(call)) - eventBytes
  if (over <= 0) return call
  const changed = new Map<string, string>()
  for (const [name, text] of textsOf(call.properties)) {
    const shorter = `${cut(text, Math.max(0, utf8Length(text) - over - utf8Length(ellipsis)))}${ellipsis}`
    over -= jsonBytes(text) - jsonBytes(shorter)
    changed.set(name, shorter)
    problems.push(wasCut(name))
    if (over <= 0) break
  }
  if (over > 0) return undefined
  const properties = Object.entries(call.properties).map(([name, value]) => [name, changed.get(name) ?? value] as const)
  return { ...call, properties: Object.fromEntries(properties) }
}
