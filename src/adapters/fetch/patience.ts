/**
 * How long one waits for somebody else, and not for oneself.
 *
 *     begun ──▶ so many milliseconds ──▶ over
 *       └ heard: begins again     └ pause: nobody is waited for, until it is heard again
 *
 * @module
 */
import { settled } from './bell.js'
import type { Sleep } from './runtime.js'

/** A wait that may be over. @internal */
export interface Patience {
  readonly over: Promise<void>
  /** The other side was heard of: the wait begins again. */
  readonly heard: () => void
  /** The other side is not waited for at the moment. */
  readonly pause: () => void
  /** Nothing is waited for any more. */
  readonly end: () => void
}

/** A wait of so many milliseconds, which has begun. @internal */
export const newPatience = (sleep: Sleep, millis: number): Patience => {
  let waited = new AbortController()
  let isEnded = false
  let lose = (): void => undefined
  const over = new Promise<void>((resolve) => {
    lose = resolve
  })
  const begin = async ({ signal }: AbortController): Promise<void> => {
    await settled(sleep(millis, signal))
    if (!signal.aborted) lose()
  }
  const pause = (): void => {
    waited.abort()
    waited = new AbortController()
  }
  void begin(waited)
  return {
    over,
    heard: () => {
      pause()
      if (!isEnded) void begin(waited)
    },
    pause,
    end: () => {
      isEnded = true
      pause()
    }
  }
}
