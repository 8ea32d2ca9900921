/**
 * Time that passes only when nothing else is left to do: half an hour of waiting for jobs takes no time at all.
 *
 * @module
 */
import type { Instant } from '../../../ground/calendar.js'
import type { Sleep } from '../../fetch/runtime.js'

interface Timer {
  readonly at: Instant
  readonly fire: () => void
}

/** A clock and its timer. */
export interface SimulatedTime {
  readonly now: () => Instant
  readonly sleep: Sleep
}

const earliest = (timers: Iterable<Timer>): Timer | undefined => {
  let found: Timer | undefined
  for (const timer of timers) if (found === undefined || timer.at < found.at) found = timer
  return found
}

/** A clock that stands still at a moment until somebody waits, and nobody works. */
export const simulatedTime = (begin: Instant): SimulatedTime => {
  let now = begin
  let isWinding = false
  const timers = new Set<Timer>()
  const wind = (): void => {
    if (isWinding || timers.size === 0) return
    isWinding = true
    setImmediate(() => {
      isWinding = false
      const next = earliest(timers)
      if (next !== undefined) now = Math.max(now, next.at)
      next?.fire()
      wind()
    })
  }
  const sleep: Sleep = (millis, signal) =>
    new Promise((resolve) => {
      const timer: Timer = {
        at: now + millis,
        fire: () => {
          timers.delete(timer)
          signal.removeEventListener('abort', timer.fire)
          resolve()
        }
      }
      if (signal.aborted) return resolve()
      timers.add(timer)
      signal.addEventListener('abort', timer.fire)
      wind()
    })
  return { now: () => now, sleep }
}
