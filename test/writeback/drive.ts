/**
 * A driver over the simulator: what a service would be around `nextCalls` and `receiveAnswer`, with a clock of its own.
 */
import { readAccessToken } from '../../src/adapters/fetch/access-token.js'
import type { HttpRequest } from '../../src/intent/descriptor.js'
import type { Answer } from '../../src/intent/outcome.js'
import type { SimulatorOptions } from '../../src/simulator/options.js'
import { requestOf } from '../../src/simulator/request.js'
import { simulate } from '../../src/simulator/simulate.js'
import { startSimulator } from '../../src/simulator/start.js'
import type { SimulatorState } from '../../src/simulator/state.js'
import { isIdle, nextCalls, type WritebackRequest, wakeWritebackAt } from '../../src/writeback/next.js'
import { receiveAnswer, resumedWriteback } from '../../src/writeback/receive.js'
import { takeEvents, type Writeback, type WritebackRemark } from '../../src/writeback/state.js'
import type { TrackCall } from '../../src/writeback/track-call.js'

export const credentials = { clientId: 'client', clientSecret: 'secret' }

/** 2024-05-03T10:00:00Z. */
export const start = 1_714_730_400_000

export const marketo = (options: Partial<SimulatorOptions> = {}): SimulatorState =>
  startSimulator({
    munchkinId: '123-ABC-456',
    ...credentials,
    customFields: [
      { name: 'userId', type: 'string' },
      { name: 'anonymousId', type: 'string' }
    ],
    ...options
  })

export interface World {
  readonly state: Writeback
  readonly marketo: SimulatorState
  readonly now: number
  readonly events: ReadonlyArray<TrackCall>
  readonly remarks: ReadonlyArray<WritebackRemark>
  readonly sent: ReadonlyArray<{ readonly at: number; readonly request: HttpRequest }>
  readonly accessToken: string | undefined
}

export interface Driving {
  readonly now?: number
  /** The token that an earlier driver held. */
  readonly accessToken?: string | undefined
  readonly draw?: () => number
  readonly mostRounds?: number
  /** What becomes of the state between two steps. */
  readonly between?: (state: Writeback) => Writeback
  /** What happens in Marketo meanwhile; called before every round. */
  readonly meanwhile?: (marketo: SimulatorState, round: number, now: number) => SimulatorState
  /** An answer in Marketo's place. */
  readonly answer?: (request: WritebackRequest) => Answer | undefined
  /** Whether the driver is stopped in the middle of a round, and started again. */
  readonly stops?: (round: number) => boolean
  /** Rounds that are driven even when all was read. */
  readonly leastRounds?: number
}

/** Rounds until all is read, and at least so many. */
export const drive = (writeback: Writeback, instance: SimulatorState, driving: Driving = {}): World => {
  const { draw = () => 0, mostRounds = 3_000, between = (same) => same, meanwhile = (same) => same } = driving
  const { leastRounds = 0, stops = () => false, answer: instead } = driving
  let { now = start } = driving
  let state = writeback
  let world = instance
  let { accessToken } = driving
  const events: Array<TrackCall> = []
  const remarks: Array<WritebackRemark> = []
  const sent: Array<{ readonly at: number; readonly request: HttpRequest }> = []
  const collect = (): void => {
    const [after, made, said] = takeEvents(state)
    state = between(after)
    events.push(...made)
    remarks.push(...said)
  }
  for (let round = 0; round < mostRounds; round += 1) {
    world = meanwhile(world, round, now)
    const [after, requests] = nextCalls(state, now)
    state = between(after)
    collect()
    if (requests.length === 0) {
      if (isIdle(state, now) && round >= leastRounds) break
      const at = wakeWritebackAt(state, now)
      if (at === null) break
      now = Math.max(at, now + 1)
      continue
    }
    const open = [...requests]
    while (open.length > 0) {
      if (stops(round) && open.length < requests.length) {
        state = between(resumedWriteback(state, now))
        break
      }
      const [request] = open.splice(draw() % open.length, 1)
      if (request === undefined) break
      const { descriptor } = request.call
      sent.push({ at: now, request: descriptor })
      now += 5
      const made = instead?.(request)
      const [told, answer] =
        made === undefined
          ? simulate(
              world,
              requestOf(descriptor, { ...credentials, ...(accessToken === undefined ? {} : { accessToken }) }),
              now
            )
          : [world, made]
      world = told
      if (answer !== null && descriptor.endpoint === 'identityToken')
        accessToken = readAccessToken(answer) ?? accessToken
      state = between(receiveAnswer(state, request.id, answer ?? { kind: 'lost' }, now))
    }
  }
  collect()
  return { state, marketo: world, now, events, remarks, sent, accessToken }
}
