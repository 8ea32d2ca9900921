/**
 * Items that arrive over time, read in windows: no more than are wanted, and a little while for others to come along.
 *
 * Sent as soon as each arrives, items of a file would fill a call each.
 *
 * @module
 */
import type { Item } from '../../delivery/outcome.js'
import { settled } from './bell.js'
import type { Sleep } from './runtime.js'

/** Items, at once or over time. @internal */
export type Items = Iterable<Item> | AsyncIterable<Item>

/** What reads items. @internal */
export interface Intake {
  /** Reads until there are so many more; while it reads it is not asked again. */
  readonly fill: (most: number) => void
  /** What came since it was last asked, once there is enough of it or nobody waits for more. */
  readonly taken: () => ReadonlyArray<Item>
  /** What came since it was last asked, however little. */
  readonly rest: () => ReadonlyArray<Item>
  readonly isReading: () => boolean
  /** Whether nothing is being read, and nothing waits to be taken. */
  readonly isIdle: () => boolean
  readonly state: () => 'open' | 'ended' | 'failed'
  /** Nothing more is wanted. */
  readonly close: () => void
}

/** How long the first of several items waits for the next ones, in milliseconds. */
const patience = 50

const iteratorOf = (items: Items): Iterator<Item> | AsyncIterator<Item> =>
  Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : items[Symbol.iterator]()

/** An intake of these items; `ring` tells that there is something to take, or that there will be no more. @internal */
export const newIntake = (items: Items, sleep: Sleep, ring: () => void): Intake => {
  const arrived: Array<Item> = []
  let state: 'open' | 'ended' | 'failed' = 'open'
  let isReading = false
  let isDue = false
  let iterator: Iterator<Item> | AsyncIterator<Item> | undefined

  let waited = new AbortController()

  const comeDue = async ({ signal }: AbortController): Promise<void> => {
    await settled(sleep(patience, signal))
    if (signal.aborted) return
    isDue = true
    ring()
  }
  const rest = (): ReadonlyArray<Item> => {
    isDue = false
    waited.abort()
    waited = new AbortController()
    return arrived.splice(0)
  }
  const read = async (most: number): Promise<void> => {
    iterator ??= iteratorOf(items)
    for (let n = 0; n < most && state === 'open'; n += 1) {
      const next = await iterator.next()
      if (next.done === true) state = 'ended'
      else if (arrived.push(next.value) === 1) void comeDue(waited)
    }
  }
  // What a source does when nobody listens any more is its own business.
  const leave = async (): Promise<void> => {
    await iterator?.return?.()
  }
  return {
    fill: (most) => {
      if (isReading || state !== 'open' || most < 1) return
      isReading = true
      read(most)
        .catch(() => {
          state = 'failed'
        })
        .finally(() => {
          isReading = false
          ring()
        })
    },
    taken: () => (isReading && !isDue ? [] : rest()),
    rest,
    isReading: () => isReading,
    isIdle: () => !isReading && arrived.length === 0,
    state: () => state,
    close: () => {
      if (state === 'open') state = 'ended'
      leave().catch(() => undefined)
    }
  }
}
