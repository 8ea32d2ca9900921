/**
 * A delivery to the simulator in simulated time: calls take as long as they are told to, and run side by side as far as the budget lets
 * them.
 */
import { readAccessToken } from '../../src/adapters/fetch/access-token.js'
import { next, wakeAt } from '../../src/delivery/next.js'
import type { DeliveryOptions } from '../../src/delivery/options.js'
import type { Item } from '../../src/delivery/outcome.js'
import { receive } from '../../src/delivery/receive.js'
import { add, start } from '../../src/delivery/start.js'
import { type Delivery, isDone, takeOutcomes } from '../../src/delivery/state.js'
import type { Answer } from '../../src/intent/outcome.js'
import type { SimulatorOptions } from '../../src/simulator/options.js'
import { callsIn } from '../../src/simulator/reading.js'
import { requestOf } from '../../src/simulator/request.js'
import { simulate } from '../../src/simulator/simulate.js'
import { startSimulator } from '../../src/simulator/start.js'
import { corpusSettings } from '../bench/corpus.js'

/** What a drive took. `queued` are items that were taken for later; `bytes` is the body of the largest call, `state` that of the state. */
export interface Driven {
  readonly calls: number
  readonly counted: number
  readonly millis: number
  readonly applied: number
  readonly queued: number
  readonly others: number
  readonly bytes: number
  readonly state: number
}

const client = { clientId: 'id', clientSecret: 'secret' }
const settings = corpusSettings()
const morning = 1_714_550_400_000

const instance: SimulatorOptions = {
  munchkinId: settings.munchkinId,
  ...client,
  callsPerDay: Number.MAX_SAFE_INTEGER,
  customFields: [
    { name: 'userId', type: 'string' },
    { name: 'anonymousId', type: 'string' },
    { name: 'planName__c', type: 'string' },
    { name: 'seats__c', type: 'integer' },
    { name: 'signedUpAt__c', type: 'datetime' }
  ],
  activityTypes: settings.events.map(({ activityTypeId }) => ({
    id: activityTypeId,
    primaryAttribute: { apiName: 'plan', dataType: 'string' },
    attributes: [{ apiName: 'seats', dataType: 'integer' }]
  }))
}

interface Flight {
  readonly id: string
  readonly answer: Answer | null
  readonly at: number
}

const budget = { callsPerDay: Number.MAX_SAFE_INTEGER }

/** How a drive goes: how long a call takes, what else the delivery is told, and whether the size of its state is of interest. */
export interface How {
  readonly callMillis?: number
  readonly options?: Partial<DeliveryOptions>
  readonly weighs?: boolean
  readonly simulator?: Partial<SimulatorOptions>
}

/** Delivers batch after batch, each to its end. */
export const drive = (batches: Iterable<ReadonlyArray<Item>>, how: How = {}): Driven => {
  const { callMillis = 500, options = {}, weighs = false } = how
  let marketo = startSimulator({ ...instance, ...how.simulator })
  let state: Delivery = start([], { budget, ...options })
  let [now, accessToken, calls, applied, queued, others, bytes, weight] = [morning, '', 0, 0, 0, 0, 0, 0]
  let flights: ReadonlyArray<Flight> = []
  const send = (): number => {
    const [asking, requests] = next(state, now)
    state = asking
    for (const { id, call } of requests) {
      calls += 1
      const request = { ...requestOf(call.descriptor, { ...client, accessToken }), inFlight: flights.length }
      bytes = Math.max(bytes, typeof request.body === 'string' ? request.body.length : 0)
      const [after, answer] = simulate(marketo, request, now)
      marketo = after
      if (answer !== null && call.descriptor.endpoint === 'identityToken')
        accessToken = readAccessToken(answer) ?? accessToken
      flights = [...flights, { id, answer, at: now + callMillis }]
    }
    return requests.length
  }
  const wait = (): void => {
    const times = [...flights.map(({ at }) => at), wakeAt(state, now) ?? Number.POSITIVE_INFINITY]
    now = Math.max(now + 1, Math.min(...times))
    for (const { id, answer, at } of flights) if (at <= now) state = receive(state, id, answer ?? { kind: 'lost' }, now)
    flights = flights.filter(({ at }) => at > now)
  }
  const take = (): void => {
    const [rest, outcomes] = takeOutcomes(state)
    state = rest
    for (const { _tag } of outcomes) {
      if (_tag === 'Applied') applied += 1
      else if (_tag === 'Queued') queued += 1
      else others += 1
    }
  }
  for (const items of batches) {
    state = add(state, items)
    while (!isDone(state)) {
      const sent = send()
      if (weighs && sent > 0) weight = Math.max(weight, JSON.stringify(state).length)
      take()
      if (!isDone(state)) wait()
    }
    take()
  }
  const counted = callsIn(marketo).quota.used
  return { calls, counted, millis: now - morning, applied, queued, others, bytes, state: weight }
}

/** Lists joined so many at a time. */
export const inBatches = <A>(lists: ReadonlyArray<ReadonlyArray<A>>, size: number): ReadonlyArray<ReadonlyArray<A>> =>
  Array.from({ length: Math.ceil(lists.length / size) }, (_, i) => lists.slice(i * size, (i + 1) * size).flat())
