/**
 * Events in batches that Segment takes, as descriptors.
 *
 *     POST https://api.segment.io/v1/batch          { "batch": [ { "type": "track", … }, … ] }      500 kB, 2,500 events
 *     POST https://events.eu1.segmentapis.com/v1/batch      for a workspace in the EU
 *
 * The write key is the sender's to add, as the user name of Basic authentication, with no password. Events of a European workspace that go
 * to the other host are taken, and lost.
 *
 * Sources: Segment "HTTP API", Batch, Authentication, Errors; "Regional Segment".
 *
 * @module
 */
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import type { These } from 'fp-ts/These'
import { retryAfterOf, statusOf } from '../endpoints/envelope.js'
import { isRecord, type JsonObject, ownMember } from '../ground/json.js'
import { malformed, type Problem } from '../ground/problem.js'
import { isNonEmpty } from '../ground/these.js'
import { utf8Length } from '../ground/utf8.js'
import type { Answer, Reason, Refused } from '../intent/outcome.js'
import type { Remedy } from '../marketo/error-codes.js'
import { eventBytes } from './fit.js'

/**
 * Where a workspace keeps its data.
 *
 * @category batches
 * @since 0.1.0
 */
export type SegmentRegion = 'us' | 'eu'

/**
 * One call of Segment's HTTP API, as data. `auth` names the credential; whoever sends adds it.
 *
 * @category batches
 * @since 0.1.0
 */
export interface SegmentRequest {
  readonly _tag: 'SegmentRequest'
  readonly host: string
  readonly method: 'POST'
  readonly path: ReadonlyArray<string>
  readonly body: { readonly json: { readonly batch: ReadonlyArray<JsonObject> } }
  readonly auth: 'write-key'
}

/**
 * A batch, and the positions of its events in the list that was described.
 *
 * @category batches
 * @since 0.1.0
 */
export interface SegmentCall {
  readonly descriptor: SegmentRequest
  readonly events: ReadonlyArray<number>
}

/**
 * An event that no batch can carry, by its position, and why.
 *
 * @category batches
 * @since 0.1.0
 */
export interface UnsentEvent {
  readonly event: number
  readonly problem: Problem
}

/**
 * What Segment takes.
 *
 * @category batches
 * @since 0.1.0
 */
export const segmentLimits = { eventBytes, batchBytes: 500_000, batchEvents: 2_500 } as const

const hosts: Readonly<Record<SegmentRegion, string>> = {
  us: 'api.segment.io',
  eu: 'events.eu1.segmentapis.com'
}

const tooLarge = malformed(
  'invalid',
  [],
  'an event that is too large',
  `Segment takes ${segmentLimits.eventBytes} bytes an event`
)

/** What stands around the events; the first of them has no comma before it. */
const frameBytes = utf8Length(JSON.stringify({ batch: [] })) - ','.length

/** An event as it goes out: what is undefined is not there. */
const isJson = (u: unknown): u is JsonObject => isRecord(u)

const written = (event: object): { readonly json: JsonObject; readonly bytes: number } | undefined => {
  try {
    const text = JSON.stringify(event)
    const json: unknown = JSON.parse(text)
    return isJson(json) ? { json, bytes: utf8Length(text) } : undefined
  } catch {
    return undefined
  }
}

const unreadable = malformed('invalid', [], 'something that is no JSON object', 'send the events as they were made')

const callOf = (host: string, batch: ReadonlyArray<JsonObject>, events: ReadonlyArray<number>): SegmentCall => ({
  descriptor: {
    _tag: 'SegmentRequest',
    host,
    method: 'POST',
    path: ['v1', 'batch'],
    body: { json: { batch } },
    auth: 'write-key'
  },
  events
})

/**
 * Batches that carry these events, in their order, within Segment's limits; what is too large by itself is told.
 *
 * @example
 * import { describeSegmentBatches } from 'segment-marketo/writeback'
 *
 * const event = { type: 'track', event: 'Email Opened', userId: 'u1', messageId: 'mkto:561-HYG-937:7' }
 * const described = describeSegmentBatches([event], { region: 'eu' })
 * described._tag === 'Right' && described.right[0].descriptor.host // => 'events.eu1.segmentapis.com'
 * @category batches
 * @since 0.1.0
 */
export const describeSegmentBatches = (
  events: ReadonlyNonEmptyArray<object>,
  { region }: { readonly region: SegmentRegion } = { region: 'us' }
): These<ReadonlyNonEmptyArray<UnsentEvent>, ReadonlyNonEmptyArray<SegmentCall>> => {
  const calls: Array<SegmentCall> = []
  const unsent: Array<UnsentEvent> = []
  let batch: Array<JsonObject> = []
  let positions: Array<number> = []
  let bytes = frameBytes
  const close = (): void => {
    if (batch.length > 0) calls.push(callOf(hosts[region], batch, positions))
    batch = []
    positions = []
    bytes = frameBytes
  }
  events.forEach((event, i) => {
    const one = written(event)
    if (one === undefined || one.bytes > segmentLimits.eventBytes) {
      unsent.push({ event: i, problem: one === undefined ? unreadable : tooLarge })
      return
    }
    const more = one.bytes + ','.length
    if (batch.length >= segmentLimits.batchEvents || bytes + more > segmentLimits.batchBytes) close()
    batch.push(one.json)
    positions.push(i)
    bytes += more
  })
  close()
  if (!isNonEmpty(calls))
    return { _tag: 'Left', left: isNonEmpty(unsent) ? unsent : [{ event: 0, problem: unreadable }] }
  return isNonEmpty(unsent) ? { _tag: 'Both', left: unsent, right: calls } : { _tag: 'Right', right: calls }
}

/**
 * Segment took a batch. It says no more: what is wrong with an event shows in its debugger only.
 *
 * @category batches
 * @since 0.1.0
 */
export interface BatchTaken {
  readonly _tag: 'Taken'
  readonly events: ReadonlyArray<number>
}

/** Seconds to wait, under either of the names that Segment has for them. */
const waitOf = (headers: unknown): number | null => {
  const reset = isRecord(headers) ? ownMember(headers, 'x-ratelimit-reset') : undefined
  return retryAfterOf(headers) ?? retryAfterOf({ 'retry-after': reset })
}

const several: ReadonlyArray<number> = [400, 413]

const remedyOf = (status: number, events: number): Remedy => {
  if (several.includes(status)) return events > 1 ? 'split-request' : 'mend-request'
  if (status === 401 || status === 403) return 'ask-administrator'
  if (status === 429) return 'throttle'
  return status === 408 || status >= 500 || status < 100 ? 'back-off' : 'mend-request'
}

const reasonOf = (status: number): Reason => ({ code: String(status), message: `HTTP status ${status}` })

const parsed = (body: unknown): unknown => {
  if (typeof body !== 'string') return body
  try {
    return body.trim() === '' ? null : JSON.parse(body)
  } catch {
    return undefined
  }
}

/** What the body of a success says: that it is one, also by silence; that it is none; or nothing that Segment would say. */
const wordOf = (answer: Answer): 'taken' | 'denied' | 'strange' => {
  const body = parsed(answer.body)
  if (body === null || answer.body === undefined) return 'taken'
  if (!isRecord(body)) return 'strange'
  return ownMember(body, 'success') === false ? 'denied' : 'taken'
}

const denied: Reason = { code: '', message: 'the answer denies success' }
const strange: Reason = { code: '', message: 'an answer that is not Segment’s, such as a page of something between' }

const read = ({ events }: SegmentCall, answer: Answer): BatchTaken | Refused => {
  const status = statusOf(answer)
  const refused = (reason: Reason, remedy: Remedy): Refused => ({
    _tag: 'Refused',
    requestId: null,
    reasons: [reason],
    remedy,
    retryAfter: waitOf(answer.headers)
  })
  if (status < 200 || status >= 300) return refused(reasonOf(status), remedyOf(status, events.length))
  const word = wordOf(answer)
  if (word === 'taken') return { _tag: 'Taken', events }
  // Message ids make a batch that is sent twice count once.
  return word === 'denied' ? refused(denied, 'mend-request') : refused(strange, 'back-off')
}

/**
 * What became of a batch. One that is too large, or holds something that Segment cannot read (400), is to be split; message ids make
 * a batch that is sent twice count once.
 *
 * @example
 * import { describeSegmentBatches, interpretSegmentBatch } from 'segment-marketo/writeback'
 *
 * const described = describeSegmentBatches([{ type: 'track', event: 'Email Opened', userId: 'u1' }])
 * const busy = { status: 429, headers: { 'retry-after': '7' }, body: '' }
 * const told = described._tag === 'Right' ? interpretSegmentBatch(described.right[0], busy) : undefined
 * told?._tag === 'Refused' && [told.remedy, told.retryAfter] // => ['throttle', 7]
 * @category batches
 * @since 0.1.0
 */
export const interpretSegmentBatch = (call: SegmentCall, answer: Answer): BatchTaken | Refused => {
  try {
    return read(call, answer)
  } catch {
    return { _tag: 'Refused', requestId: null, reasons: [reasonOf(0)], remedy: 'back-off', retryAfter: null }
  }
}
