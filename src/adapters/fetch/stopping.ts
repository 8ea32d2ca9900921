/**
 * A stop: no more calls, and an end to waiting for those under way and for a source in the middle of an item.
 *
 * @module
 */
import { settled } from './bell.js'
import type { Intake } from './intake.js'
import type { Line } from './line.js'
import type { Sleep } from './runtime.js'

/** How long a source that is being read is waited for once the delivery stops, in milliseconds. */
const longestReading = 1_000

/** A stop that may come. @internal */
export interface Stopping {
  readonly isStopping: () => boolean
  /** Whether nobody waits for the source any more. */
  readonly isDoneReading: () => boolean
  readonly stop: () => void
  /** Ends what waits for the end. */
  readonly end: () => void
}

/** A stop that waits at most `grace` milliseconds for calls. @internal */
export const newStopping = (
  line: Pick<Line, 'close' | 'giveUp'>,
  intake: Pick<Intake, 'close'>,
  sleep: Sleep,
  grace: number,
  ring: () => void
): Stopping => {
  const over = new AbortController()
  let isStopping = false
  let isDoneReading = false
  const graceOver = async (): Promise<void> => {
    await settled(sleep(grace, over.signal))
    line.giveUp()
    ring()
  }
  /** A source may have an item in its hand, or wait for one that never comes. */
  const readingOver = async (): Promise<void> => {
    await settled(sleep(Math.min(grace, longestReading), over.signal))
    isDoneReading = true
    ring()
  }
  return {
    isStopping: () => isStopping,
    isDoneReading: () => isDoneReading,
    stop: () => {
      if (isStopping) return
      isStopping = true
      line.close()
      intake.close()
      void graceOver()
      void readingOver()
    },
    end: () => {
      over.abort()
      line.giveUp()
    }
  }
}
