/**
 * The pending items while an answer is taken in: a list in the order of their numbers, and what becomes of a few of them.
 *
 * An answer concerns some hundred items of some thousand, so the list is gone through once at the end, and not copied into a table first.
 *
 * @module
 */
import type { Pending } from './state.js'

/** Pending items, some of which change. @internal */
export interface PendingItems {
  readonly get: (seq: number) => Pending | undefined
  /** Puts an item in the place of that with its number. */
  readonly set: (item: Pending) => void
  /** Takes an item out; whether it was there. */
  readonly delete: (seq: number) => boolean
  readonly values: () => ReadonlyArray<Pending>
}

/** The place of a number in a list that is in their order, or -1. */
const placeOf = (list: ReadonlyArray<Pending>, seq: number): number => {
  let from = 0
  let to = list.length - 1
  while (from <= to) {
    const middle = (from + to) >>> 1
    const found = list[middle]?.seq ?? seq
    if (found === seq) return middle
    if (found < seq) from = middle + 1
    else to = middle - 1
  }
  return -1
}

/** Pending items, none of which has changed yet. @internal */
export const pendingItems = (list: ReadonlyArray<Pending>): PendingItems => {
  const changed = new Map<number, Pending | undefined>()
  const get = (seq: number): Pending | undefined => (changed.has(seq) ? changed.get(seq) : list[placeOf(list, seq)])
  return {
    get,
    set: (item) => {
      changed.set(item.seq, item)
    },
    delete: (seq) => {
      const isThere = get(seq) !== undefined
      if (isThere) changed.set(seq, undefined)
      return isThere
    },
    values: () => {
      if (changed.size === 0) return list
      const values: Array<Pending> = []
      for (const item of list) {
        const now = changed.has(item.seq) ? changed.get(item.seq) : item
        if (now !== undefined) values.push(now)
      }
      return values
    }
  }
}
