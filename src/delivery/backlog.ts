/**
 * What waits to be looked at, and how it comes to be.
 *
 *     items ──▶ backlog, by instance, in chunks ──▶ pending: as many as an instance's window has room for
 *
 * A chunk that nobody looks at costs nothing, however long it waits; items that come one by one share chunks.
 *
 * @module
 */
import { itemKeyOf, keysOfIntent, meet } from './people.js'
import type { Backlog, Delivery, Pending, Waiting } from './state.js'

/** So many items of the backlog move together. */
const chunkSize = 1_000

const inChunks = (waiting: ReadonlyArray<Waiting>): ReadonlyArray<ReadonlyArray<Waiting>> =>
  Array.from({ length: Math.ceil(waiting.length / chunkSize) }, (_, i) =>
    waiting.slice(i * chunkSize, (i + 1) * chunkSize)
  )

/** Chunks with more behind them; the last is filled up first, so that items that come one by one share chunks. */
const filled = (
  chunks: ReadonlyArray<ReadonlyArray<Waiting>>,
  more: ReadonlyArray<Waiting>
): ReadonlyArray<ReadonlyArray<Waiting>> => [
  ...chunks.slice(0, -1),
  ...inChunks([...(chunks[chunks.length - 1] ?? []), ...more])
]

/** A backlog with more behind it. @internal */
export const withWaiting = (backlog: Backlog, waiting: ReadonlyArray<Waiting>): Backlog => {
  if (waiting.length === 0) return backlog
  const byInstance = new Map<string, Array<Waiting>>()
  for (const item of waiting) {
    const { munchkinId } = item.intent
    const own = byInstance.get(munchkinId)
    if (own === undefined) byInstance.set(munchkinId, [item])
    else own.push(item)
  }
  const all = new Map(Object.entries(backlog))
  for (const [munchkinId, own] of byInstance) all.set(munchkinId, filled(all.get(munchkinId) ?? [], own))
  return Object.fromEntries(all)
}

/** A chunk of the backlog, looked at: each item with its person. */
const admitChunk = (state: Delivery, chunk: ReadonlyArray<Waiting>): Delivery => {
  let { people, nextSeq } = state
  const gone = new Map<number, number>()
  const admitted = chunk.map((item): Pending => {
    const met = meet(people, keysOfIntent(item.intent, state.options.idFields))
    people = met.people
    for (const person of met.gone) gone.set(person, met.person)
    const seq = nextSeq
    nextSeq += 1
    const { id, messageId, intent } = item
    // Spelled out: of a spread with more behind it V8 makes a hidden class for each object, and every later read of it is slow.
    return {
      id,
      messageId,
      intent,
      seq,
      key: itemKeyOf(intent),
      person: met.person,
      tried: {},
      notBefore: 0,
      piece: 0,
      family: 0,
      progress: null
    }
  })
  return { ...state, nextSeq, people, pending: regrouped([...state.pending, ...admitted], gone) }
}

/** The items, with those of people who turned out to be others under the others' numbers. @internal */
export const regrouped = (
  pending: ReadonlyArray<Pending>,
  gone: ReadonlyMap<number, number>
): ReadonlyArray<Pending> => {
  if (gone.size === 0) return pending
  const now = (person: number): number => {
    let at = person
    for (let to = gone.get(at); to !== undefined; to = gone.get(at)) at = to
    return at
  }
  return pending.map((item) => (gone.has(item.person) ? { ...item, person: now(item.person) } : item))
}

/** The delivery with as much of an instance's backlog looked at as there is room for. */
const admitOf = (state: Delivery, munchkinId: string, room: number): Delivery => {
  let so = state
  let chunks = new Map(Object.entries(state.backlog)).get(munchkinId) ?? []
  let left = room
  while (left > 0) {
    const [chunk, ...rest] = chunks
    if (chunk === undefined) break
    so = admitChunk(so, chunk.slice(0, left))
    chunks = chunk.length <= left ? rest : [chunk.slice(left), ...rest]
    left -= chunk.length
  }
  const others = Object.entries(so.backlog).filter(([name]) => name !== munchkinId)
  return { ...so, backlog: Object.fromEntries(chunks.length === 0 ? others : [...others, [munchkinId, chunks]]) }
}

/** The delivery with as much of the backlog looked at as the window of each instance has room for. @internal */
export const admitted = (state: Delivery): Delivery => {
  const waiting = Object.keys(state.backlog)
  if (waiting.length === 0) return state
  const counts = new Map<string, number>()
  for (const { intent } of state.pending) counts.set(intent.munchkinId, (counts.get(intent.munchkinId) ?? 0) + 1)
  return waiting.reduce((so, id) => admitOf(so, id, state.options.window - (counts.get(id) ?? 0)), state)
}

/** The items that wait to be looked at. @internal */
export const backlogOf = ({ backlog }: Delivery): ReadonlyArray<Waiting> => Object.values(backlog).flat(2)
