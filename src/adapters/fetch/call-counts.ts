/**
 * How many calls were made.
 *
 * @module
 */
import type { CallsMade } from './deliver-config.js'

/** Calls that are counted as they are made. @internal */
export interface CallCounts {
  readonly note: (endpoint: string) => void
  readonly all: () => number
  readonly made: () => CallsMade
}

/** No calls yet. @internal */
export const newCallCounts = (): CallCounts => {
  const calls = new Map<string, number>()
  const all = (): number => [...calls.values()].reduce((sum, n) => sum + n, 0)
  return {
    note: (endpoint) => {
      calls.set(endpoint, (calls.get(endpoint) ?? 0) + 1)
    },
    all,
    made: () => ({ all: all(), byEndpoint: Object.fromEntries(calls) })
  }
}
