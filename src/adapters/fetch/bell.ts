/**
 * A bell that one waits for and many ring: a ring before anybody waits is not lost.
 *
 * @module
 */
import type { Instant } from '../../ground/calendar.js'
import type { Sleep } from './runtime.js'

/** Somebody waits for it to be rung, or for so many milliseconds; null waits for a ring alone. @internal */
export interface Bell {
  readonly ring: () => void
  readonly wait: (millis: Instant | null) => Promise<void>
}

/** A bell, with a timer for those who do not wait for ever. @internal */
export const newBell = (sleep: Sleep): Bell => {
  let isRung = false
  let wake = (): void => undefined
  return {
    ring: () => {
      isRung = true
      wake()
    },
    wait: async (millis) => {
      const over = new AbortController()
      const rung = new Promise<void>((resolve) => {
        wake = resolve
        if (isRung) resolve()
      })
      await (millis === null ? rung : Promise.race([rung, settled(sleep(millis, over.signal))]))
      over.abort()
      isRung = false
    }
  }
}

/** A timer that fails has run out. @internal */
export const settled = (timer: Promise<void>): Promise<void> => timer.catch(() => undefined)
