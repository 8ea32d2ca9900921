/**
 * Rows of one kind as a batch: how many calls they fill, and those calls once there is room for them.
 *
 *     rows ──piece by piece, group by group──▶ as many as the room is for ──describe──▶ calls, each with whom it carries
 *
 * @module
 */
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import type { Problem } from '../ground/problem.js'
import { isNonEmpty } from '../ground/these.js'
import type { Call, Described, HttpRequest } from '../intent/descriptor.js'
import type { Remark } from './outcome.js'
import type { Ready } from './ready.js'
import type { Row } from './row.js'
import type { InFlight, Pending } from './state.js'

/**
 * A call, the items and remarks of each of its records, and the keys that it asks for. One that is not full may be worth waiting for.
 *
 * @internal
 */
export interface Prepared {
  readonly isFull: boolean
  readonly call: Call<HttpRequest>
  readonly records: ReadonlyArray<ReadonlyArray<Pending>>
  readonly remarks: ReadonlyArray<ReadonlyArray<Remark>>
  readonly errand: InFlight['errand']
  readonly keys: ReadonlyArray<string>
  readonly job: string | null
}

/** Told of items that no request can carry. @internal */
export type TellUnsent = (item: Pending, problem: Problem) => void

/** Rows of one kind: how many of a group fill a call, and how they become calls. Lower ranks go first. @internal */
export interface Batch {
  readonly rank: number
  readonly size: number
  readonly prepare: (most: number, unsent: TellUnsent) => ReadonlyArray<Prepared>
}

/** Whether calls of a batch are made also when the day's calls run out. @internal */
export const isUrgent = ({ rank }: Batch): boolean => rank <= 2

/** Rows of each piece and group, no more of each than so many calls can carry. */
const piecesOf = <I>(
  rows: ReadonlyArray<Row<I>>,
  groupOf: (what: I) => string,
  most: number
): ReadonlyArray<ReadonlyArray<Row<I>>> => {
  const pieces = new Map<number, Array<Row<I>>>()
  const counts = new Map<string, number>()
  for (const row of rows) {
    const { piece } = row.items[0]
    const group = `${piece} ${groupOf(row.what)}`
    const count = (counts.get(group) ?? 0) + 1
    if (count > most) continue
    counts.set(group, count)
    const list = pieces.get(piece)
    if (list === undefined) pieces.set(piece, [row])
    else list.push(row)
  }
  return [...pieces.values()]
}

/** How many calls these rows take at least. */
const callsFor = <I>(rows: ReadonlyArray<Row<I>>, groupOf: (what: I) => string, perCall: number): number => {
  const counts = new Map<string, number>()
  for (const { what, items } of rows) {
    const group = `${items[0].piece} ${groupOf(what)}`
    counts.set(group, (counts.get(group) ?? 0) + 1)
  }
  let calls = 0
  for (const count of counts.values()) calls += Math.ceil(count / perCall)
  return calls
}

/** A call each. */
const alone = { perCall: 1, groupOf: (): string => '' } as const

/** Rows as calls, all of them. @internal */
export const prepared = <I>(
  rows: ReadonlyArray<Row<I>>,
  describe: (batch: ReadonlyNonEmptyArray<I>) => Described<HttpRequest>,
  errand: Prepared['errand'],
  unsent: TellUnsent,
  { perCall, groupOf, keyFor }: Pick<Kind<I>, 'perCall' | 'groupOf' | 'keyFor'> = alone
): ReadonlyArray<Prepared> => {
  const batch = rows.map(({ what }) => what)
  if (!isNonEmpty(batch)) return []
  const described = describe(batch)
  const rowsAt = (places: ReadonlyArray<number>): ReadonlyArray<Row<I>> => places.flatMap((k) => rows[k] ?? [])
  if (described._tag !== 'Right')
    for (const { intent, problem } of described.left)
      for (const { items } of rowsAt([intent])) for (const item of items) unsent(item, problem)
  if (described._tag === 'Left') return []
  const groups = described.right.map(({ intents }) => rowsAt(intents.slice(0, 1)).map(({ what }) => groupOf(what))[0])
  // What is cut in pieces is not to be filled up again, and a call of many bytes has its like behind it.
  const isFull = (call: Call<HttpRequest>, i: number): boolean =>
    call.intents.length >= perCall || groups[i] === groups[i + 1] || rows.some(({ items }) => items[0].piece !== 0)
  return described.right.map((call, i) => {
    const own = rowsAt(call.intents)
    return {
      isFull: isFull(call, i),
      call,
      records: own.map(({ items }) => items),
      remarks: own.map(({ remarks }) => remarks),
      errand,
      keys: keyFor === undefined ? [] : own.map(({ what }) => keyFor(what)),
      job: null
    }
  })
}

/** A kind of rows: how many fill a call, which can share one, and how they become calls. @internal */
export interface Kind<I> {
  readonly rank: number
  readonly perCall: number
  readonly errand: Prepared['errand']
  readonly groupOf: (what: I) => string
  readonly keyFor?: (what: I) => string
  readonly describe: (batch: ReadonlyNonEmptyArray<I>) => Described<HttpRequest>
}

/** Rows of one kind as a batch. @internal */
export const batchOf = <I>(kind: Kind<I>, rows: ReadonlyArray<Row<I>>): Batch => ({
  rank: kind.rank,
  size: callsFor(rows, kind.groupOf, kind.perCall),
  prepare: (most, unsent) =>
    piecesOf(rows, kind.groupOf, most * kind.perCall).flatMap((piece) =>
      prepared(piece, kind.describe, kind.errand, unsent, kind)
    )
})

/** Makes a batch of what can wait for another day. @internal */
export type Late = <I>(kind: Kind<I>, rows: ReadonlyArray<Row<I>>) => Batch

/**
 * Batches of what can wait. When the day's calls run out, that is what belongs to nobody who is to be left alone: what somebody's
 * suppression waits behind is sent with it.
 *
 * @internal
 */
export const late =
  (urgent: Ready['urgent'], isShort: boolean): Late =>
  (kind, rows) =>
    isShort && urgent.size > 0
      ? batchOf(
          { ...kind, rank: 2 },
          rows.filter(({ items }) => items.some(({ person }) => urgent.has(person)))
        )
      : batchOf(kind, rows)
