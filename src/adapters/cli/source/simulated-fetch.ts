/**
 * A `fetch` in front of a simulated Marketo in memory. Each call takes some simulated time.
 *
 * @module
 */
import type { Answer } from '../../../intent/outcome.js'
import { simulate } from '../../../simulator/simulate.js'
import type { SimulatorState } from '../../../simulator/state.js'
import type { FetchLike, Received } from '../../fetch/runtime.js'
import { readTarget } from '../../simulator-server/wire.js'
import type { SimulatedTime } from './simulated-time.js'

const latency = 250

const received = ({ status, headers, body }: Answer): Received => ({
  status,
  headers: {
    forEach: (tell) => {
      for (const [name, value] of Object.entries(headers)) tell(value, name)
    }
  },
  text: () => Promise.resolve(typeof body === 'string' ? body : JSON.stringify(body))
})

const lowerCase = (headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))

/** A `fetch` that asks an instance. */
export const simulatedFetch = (first: SimulatorState, time: SimulatedTime): FetchLike => {
  let state = first
  let open = 0
  return async (url, { method, headers, body = null, signal }) => {
    const { pathname, search, host } = new URL(url)
    open += 1
    await time.sleep(latency, signal)
    const wire = {
      ...readTarget(pathname + search, host),
      method,
      headers: lowerCase(headers),
      body,
      inFlight: open - 1
    }
    const [next, answer] = simulate(state, wire, time.now())
    open -= 1
    state = next
    if (answer === null) throw new Error('no answer')
    return received(answer)
  }
}
