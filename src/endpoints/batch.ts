/**
 * Batches: many intents in few calls.
 *
 *     intents ──▶ rows, one record each ──▶ groups that can share a call ──▶ pieces within every limit ──▶ calls
 *                   └ unsent: cannot be written, or is too large alone
 *
 * Groups stand in the order of their first intent, records in the order of their intents. The time it takes
 * grows with the batch and with the bytes in it, and no faster.
 *
 * @module
 */
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import type { Json, JsonObject } from '../ground/json.js'
import { malformed, type Problem } from '../ground/problem.js'
import { isNonEmpty } from '../ground/these.js'
import type { Call, Described, HttpRequest, Slot, Unsent } from '../intent/descriptor.js'
import { batchLimits, byteLimits } from '../marketo/limits.js'
import { jsonBytes, jsonBytesAtMost } from './json-bytes.js'

/** What a batch becomes while it is written. @internal */
export interface Draft {
  readonly calls: Array<Call<HttpRequest>>
  readonly unsent: Array<Unsent>
}

/** An empty draft. @internal */
export const newDraft = (): Draft => ({ calls: [], unsent: [] })

const inBatchOrder = (a: Unsent, b: Unsent): number => a.intent - b.intent

/** A draft as it is told; a batch is never empty, so a draft has calls, unsent intents, or both. @internal */
export const described = ({ calls, unsent }: Draft): Described<HttpRequest> => {
  const left = [...unsent].sort(inBatchOrder)
  if (!isNonEmpty(calls)) return { _tag: 'Left', left: isNonEmpty(left) ? left : [nothingAsked] }
  return isNonEmpty(left) ? { _tag: 'Both', left, right: calls } : { _tag: 'Right', right: calls }
}

const nothingAsked: Unsent = {
  intent: 0,
  problem: malformed('invalid', [], 'an empty batch', 'describe one intent or more')
}

/**
 * One intent as a record of a body: the bytes it takes at most, those of them that are kept for what will stand in its empty places,
 * and its slots as seen from the record.
 *
 * @internal
 */
export interface Row {
  readonly intent: number
  readonly record: JsonObject
  readonly atMost: number
  readonly spare: number
  readonly slots: ReadonlyArray<Slot>
}

/** Rows that can share a call, and how a call with records such as theirs is written. @internal */
export interface Group {
  readonly request: (input: ReadonlyArray<JsonObject>) => HttpRequest
  readonly rows: Array<Row>
}

/** That no request can hold a record. @internal */
export const tooLarge: Problem = malformed(
  'invalid',
  [],
  'a record that alone fills more than one request',
  `Marketo takes ${byteLimits.body} bytes at once: shorten its values`
)

/** The bytes of a call without records, as the given scale weighs them. */
const frameBytes = ({ request }: Group, bytes: (json: Json) => number): number => {
  const { body } = request([])
  return body !== null && 'json' in body ? bytes(body.json) : 0
}

/** What a call has room for: bytes beside its frame, how many items, and the bytes between two of them. @internal */
export interface Room {
  readonly bytes: number
  readonly items: number
  readonly between: number
}

/** An item whose weight is known at most, which nearly always is enough. @internal */
export interface Weighed {
  readonly atMost: number
}

/** Whether an item alone is more than the room. @internal */
export const overflows = <A extends Weighed>(item: A, { bytes }: Room, exactly: (item: A) => number): boolean =>
  item.atMost > bytes && exactly(item) > bytes

/** How many of the items from `from` on fit together, weighed exactly; the first is known to fit. */
const fitting = <A>(items: ReadonlyArray<A>, from: number, room: Room, exactly: (item: A) => number): number => {
  let bytes = 0
  let count = 0
  for (let item = items[from]; item !== undefined && count < room.items; item = items[from + count]) {
    bytes += exactly(item) + (count > 0 ? room.between : 0)
    if (bytes > room.bytes && count > 0) break
    count += 1
  }
  return count
}

/** The items, each of which fits alone, in pieces that keep within the room, as full as their order allows. @internal */
export const packed = <A extends Weighed>(
  items: ReadonlyArray<A>,
  room: Room,
  exactly: (item: A) => number
): ReadonlyArray<ReadonlyArray<A>> => {
  const pieces: Array<ReadonlyArray<A>> = []
  let from = 0
  while (from < items.length) {
    const most = items.slice(from, from + room.items)
    const bytes = most.reduce((sum, { atMost }) => sum + atMost + room.between, 0)
    const piece = bytes <= room.bytes ? most : items.slice(from, from + fitting(items, from, room, exactly))
    pieces.push(piece)
    from += piece.length
  }
  return pieces
}

const callOf = (request: Group['request'], rows: ReadonlyArray<Row>): Call<HttpRequest> => {
  const input: Array<JsonObject> = []
  const intents: Array<number> = []
  const slots: Array<Slot> = []
  for (const row of rows) {
    for (const slot of row.slots) slots.push({ ...slot, at: ['body', 'json', 'input', input.length, ...slot.at] })
    input.push(row.record)
    intents.push(row.intent)
  }
  return { descriptor: request(input), intents, slots }
}

/** The group of that name, made when it is first asked for. @internal */
export const groupNamed = (groups: Map<string, Group>, name: string, request: () => Group['request']): Group => {
  const known = groups.get(name)
  if (known !== undefined) return known
  const made: Group = { request: request(), rows: [] }
  groups.set(name, made)
  return made
}

const rowBytes = ({ record, spare }: Row): number => jsonBytes(record) + spare

/** What an endpoint takes at once: bytes of body, and records. @internal */
export type Limits = Omit<Room, 'between'>

/** What the Lead Database takes at once. @internal */
export const leadDatabase: Limits = { bytes: byteLimits.body, items: batchLimits.leadDatabase }

/** Whether all rows go into one call, by what they weigh at most: a few nearly always do, and nothing is written to know it. */
const isOneCall = (group: Group, { bytes, items }: Limits): boolean => {
  let most = frameBytes(group, jsonBytesAtMost)
  for (const { atMost } of group.rows) most += atMost + 1
  return group.rows.length <= items && most <= bytes
}

/** A group's rows as calls of a draft, or unsent where they are too large. @internal */
export const writeGroup = (draft: Draft, group: Group, limits: Limits): void => {
  const { request, rows } = group
  const { bytes, items } = limits
  if (isOneCall(group, limits)) {
    draft.calls.push(callOf(request, rows))
    return
  }
  const room = { bytes: bytes - frameBytes(group, jsonBytes), items, between: ','.length }
  const fit = rows.filter((row) => {
    if (!overflows(row, room, rowBytes)) return true
    draft.unsent.push({ intent: row.intent, problem: tooLarge })
    return false
  })
  for (const piece of packed(fit, room, rowBytes)) draft.calls.push(callOf(request, piece))
}

/** How an intent becomes a row of its group, or a problem. @internal */
export type RowOf<I> = (item: I, intent: number, groups: Map<string, Group>) => Problem | undefined

/** A whole batch in the making: each intent becomes a row of its group, or a problem. @internal */
export const draftRows = <I>(batch: ReadonlyNonEmptyArray<I>, row: RowOf<I>, limits: Limits): Draft => {
  const draft = newDraft()
  const groups = new Map<string, Group>()
  batch.forEach((item, intent) => {
    const problem = row(item, intent, groups)
    if (problem !== undefined) draft.unsent.push({ intent, problem })
  })
  for (const group of groups.values()) writeGroup(draft, group, limits)
  return draft
}

/** A whole batch, for the endpoints of the Lead Database. @internal */
export const describeRows = <I>(batch: ReadonlyNonEmptyArray<I>, row: RowOf<I>): Described<HttpRequest> =>
  described(draftRows(batch, row, leadDatabase))

/** A batch whose intents each have a call of their own. @internal */
export const describeEach = <I>(
  batch: ReadonlyNonEmptyArray<I>,
  write: (item: I) => Written
): Described<HttpRequest> => {
  const draft = newDraft()
  batch.forEach((item, intent) => {
    const written = write(item)
    if ('problem' in written) draft.unsent.push({ intent, problem: written.problem })
    else draft.calls.push({ descriptor: written.descriptor, intents: [intent], slots: written.slots })
  })
  return described(draft)
}

/** One intent as a request with its slots, or why not. @internal */
export type Written =
  | { readonly problem: Problem }
  | { readonly descriptor: HttpRequest; readonly slots: ReadonlyArray<Slot> }
