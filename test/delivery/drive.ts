/**
 * A driver over the simulator: what a service would be around `next` and `receive`, with a clock of its own.
 */
import { readAccessToken } from '../../src/adapters/fetch/access-token.js'
import { next, type Request, wakeAt } from '../../src/delivery/next.js'
import type { Item } from '../../src/delivery/outcome.js'
import { receive } from '../../src/delivery/receive.js'
import { add } from '../../src/delivery/start.js'
import { type Delivery, isDone } from '../../src/delivery/state.js'
import type { HttpRequest } from '../../src/intent/descriptor.js'
import type { Answer } from '../../src/intent/outcome.js'
import { requestOf } from '../../src/simulator/request.js'
import { simulate } from '../../src/simulator/simulate.js'
import type { SimulatorState } from '../../src/simulator/state.js'

/** A world: the delivery, Marketo, the time, and the token that the driver holds. */
export interface World {
  readonly delivery: Delivery
  readonly marketo: SimulatorState
  readonly now: number
  readonly sent: ReadonlyArray<HttpRequest>
  readonly accessToken: string | undefined
}

const credentials = { clientId: 'client', clientSecret: 'secret' }

/** Rounds until everything has ended; `order` decides in which order the calls of a round are answered, by what it draws. */
export const drive = (
  delivery: Delivery,
  marketo: SimulatorState,
  options: {
    readonly draw?: () => number
    readonly mostRounds?: number
    readonly between?: (state: Delivery) => Delivery
    readonly look?: (state: Delivery) => void
    readonly now?: number
    /** The token that an earlier driver held. */
    readonly accessToken?: string | undefined
    /** An answer in Marketo's place. */
    readonly answer?: (request: Request) => Answer | undefined
    /** What arrives later: one list a round. */
    readonly later?: ReadonlyArray<ReadonlyArray<Item>>
  } = {}
): World => {
  const {
    draw = () => 0,
    mostRounds = 2000,
    between = (same) => same,
    look = () => undefined,
    answer: instead,
    later = []
  } = options
  const arriving = [...later]
  let { now = 1_700_000_000_000 } = options
  let state = delivery
  let world = marketo
  let { accessToken } = options
  const sent: Array<HttpRequest> = []
  for (let round = 0; round < mostRounds && (!isDone(state) || arriving.length > 0); round += 1) {
    const [arrived] = arriving.splice(0, 1)
    if (arrived !== undefined) state = add(state, arrived)
    const [after, requests] = next(state, now)
    state = between(after)
    look(state)
    if (requests.length === 0) {
      const at = wakeAt(state, now)
      if (at === null && arriving.length === 0) break
      // What arrives does not wait for what waits.
      now = arriving.length > 0 ? now + 1 : Math.max(at ?? 0, now + 1)
      continue
    }
    const open = [...requests]
    while (open.length > 0) {
      const [request] = open.splice(draw() % open.length, 1)
      if (request === undefined) break
      const { descriptor } = request.call
      sent.push(descriptor)
      now += 5
      const made = instead?.(request)
      if (made !== undefined) {
        state = between(receive(state, request.id, made, now))
        continue
      }
      const [told, answer] = simulate(
        world,
        requestOf(descriptor, { ...credentials, ...(accessToken === undefined ? {} : { accessToken }) }),
        now
      )
      world = told
      if (answer !== null && descriptor.endpoint === 'identityToken')
        accessToken = readAccessToken(answer) ?? accessToken
      state = between(receive(state, request.id, answer ?? { kind: 'lost' }, now))
      look(state)
    }
  }
  return { delivery: state, marketo: world, now, sent, accessToken }
}
