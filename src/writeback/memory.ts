/**
 * What is kept in mind of so many things, by key; of more, those are forgotten that were not touched for longest.
 *
 *     order    1 → 'u7'   3 → 'u9'           values   'u7' → { n: 1, … }   'u9' → { n: 3, … }
 *
 * Plain JSON that shares its parts with what it was before: remembering costs little, however much is kept.
 *
 * @module
 */
import type { Instant } from '../ground/calendar.js'
import { emptyTree, type Tree, valueAt, withoutKey, withValue } from '../ground/tree.js'

interface Kept<A> {
  readonly n: number
  readonly at: Instant
  readonly value: A
}

/** What is kept in mind. @internal */
export interface Memory<A> {
  readonly first: number
  readonly next: number
  readonly size: number
  readonly order: Tree<string>
  readonly values: Tree<Kept<A>>
}

/** Nothing is kept in mind. @internal */
export const nothingKept: Memory<never> = { first: 1, next: 1, size: 0, order: emptyTree, values: emptyTree }

/** What is kept under a key, and since when; undefined for nothing. @internal */
export const recalled = <A>({ values }: Memory<A>, key: string): Pick<Kept<A>, 'at' | 'value'> | undefined =>
  valueAt(values, key)

/** The memory without a key. @internal */
export const forgotten = <A>(memory: Memory<A>, key: string): Memory<A> => {
  const known = valueAt(memory.values, key)
  if (known === undefined) return memory
  const { order, values, size } = memory
  return { ...memory, size: size - 1, order: withoutKey(order, String(known.n)), values: withoutKey(values, key) }
}

const shortened = <A>(memory: Memory<A>, most: number): Memory<A> => {
  let so = memory
  while (so.size > most && so.first < so.next) {
    const oldest = valueAt(so.order, String(so.first))
    so = { ...(oldest === undefined ? so : forgotten(so, oldest)), first: so.first + 1 }
  }
  return so
}

/** The memory with a value under a key, as the one touched last; of more than so many the oldest are forgotten. @internal */
export const remembered = <A>(memory: Memory<A>, key: string, value: A, at: Instant, most: number): Memory<A> => {
  const { first, next, size, order, values } = forgotten(memory, key)
  const kept = { n: next, at, value }
  const more = {
    first,
    next: next + 1,
    size: size + 1,
    order: withValue(order, String(next), key),
    values: withValue(values, key, kept)
  }
  return shortened(more, most)
}
