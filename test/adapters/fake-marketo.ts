/**
 * A Marketo behind a `fetch`, and time that passes only when nothing else is left to do.
 */
import type { FetchLike, Received, SendInit, Sleep } from '../../src/adapters/fetch/runtime.js'
import { readTarget } from '../../src/adapters/simulator-server/wire.js'
import type { Answer } from '../../src/intent/outcome.js'
import { simulate } from '../../src/simulator/simulate.js'
import type { SimulatorState } from '../../src/simulator/state.js'

interface Timer {
  readonly at: number
  readonly fire: () => void
}

/** A clock that stands still, timers, and what lets time pass while a promise is open. */
export const fakeTime = (begin = 1_700_000_000_000) => {
  let now = begin
  const timers = new Set<Timer>()
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
      timers.add(timer)
      signal.addEventListener('abort', timer.fire)
      if (signal.aborted) timer.fire()
    })
  const tick = (): void => {
    const [next] = [...timers].sort((a, b) => a.at - b.at)
    if (next === undefined) return
    now = Math.max(now, next.at)
    next.fire()
  }
  /** The promise's value, while time passes; a promise that nothing will settle is told. */
  const passing = async <A>(promise: Promise<A>): Promise<A> => {
    let isOpen = true
    const done = promise.finally(() => {
      isOpen = false
    })
    for (let idle = 0; isOpen && idle < 50; idle = timers.size === 0 ? idle + 1 : 0) {
      await new Promise((resolve) => setImmediate(resolve))
      if (isOpen) tick()
    }
    if (isOpen) throw new Error('nothing left to do, and not done')
    return done
  }
  return { now: () => now, sleep, passing, timers: () => timers.size }
}

const received = ({ status, headers, body }: Answer): Received => ({
  status,
  headers: new Headers(headers),
  text: () => Promise.resolve(typeof body === 'string' ? body : JSON.stringify(body))
})

/** A request as it was sent. */
export interface Sent {
  readonly url: string
  readonly init: SendInit
}

/** A `fetch` in front of a simulated Marketo; each call takes some milliseconds, by what `latency` says. */
export const fakeMarketo = (
  first: SimulatorState,
  time: ReturnType<typeof fakeTime>,
  latency: () => number = () => 5,
  /** What a call without an answer is like: nothing comes, or the connection is cut. */
  silence: 'hangs' | 'cut' = 'hangs'
) => {
  let state = first
  let open = 0
  let most = 0
  const sent: Array<Sent> = []
  const fetch: FetchLike = async (url, init) => {
    sent.push({ url, init })
    const { pathname, search, host } = new URL(url)
    const headers = Object.fromEntries(Object.entries(init.headers).map(([name, value]) => [name.toLowerCase(), value]))
    const never = new Promise<never>((_, reject) => {
      const refuse = (): void => reject(new Error('aborted'))
      init.signal.addEventListener('abort', refuse)
      if (init.signal.aborted) refuse()
    })
    open += 1
    most = Math.max(most, open)
    const carried = async (): Promise<Received> => {
      await time.sleep(latency(), init.signal)
      const target = readTarget(pathname + search, host)
      const [next, answer] = simulate(
        state,
        { ...target, method: init.method, headers, body: init.body ?? null, inFlight: open - 1 },
        time.now()
      )
      state = next
      if (answer === null && silence === 'cut') throw new Error('cut')
      return answer === null ? never : received(answer)
    }
    try {
      return await Promise.race([carried(), never])
    } finally {
      open -= 1
    }
  }
  return { fetch, sent, state: () => state, most: () => most }
}
