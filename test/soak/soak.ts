/**
 * The soak: a stream of events through mapping, delivery and a Marketo that fails, checked as it goes.
 *
 *     epoch     a fresh delivery and a fresh simulator; as many windows as keep the simulator small
 *     window    so many events, delivered to their end
 *
 *     checked   each item has one outcome · each activity is there as often as its outcome says · no key has two leads
 *               the state grows by no more bytes a window than it may · the heap is flat from epoch to epoch
 *
 * @module
 */
import { readAccessToken } from '../../src/adapters/fetch/access-token.js'
import { next, wakeAt } from '../../src/delivery/next.js'
import type { Item, ItemOutcome } from '../../src/delivery/outcome.js'
import { receive } from '../../src/delivery/receive.js'
import { add, start } from '../../src/delivery/start.js'
import { type Delivery, isDone, takeOutcomes } from '../../src/delivery/state.js'
import { activitiesIn, leadsIn } from '../../src/simulator/reading.js'
import { requestOf } from '../../src/simulator/request.js'
import { simulate } from '../../src/simulator/simulate.js'
import type { SimulatorState } from '../../src/simulator/state.js'
import { eventAt, seeded } from './events.js'
import { credentials, freshMarketo, map } from './marketo.js'

/** How to soak. `bytesPerEvent` is how much the state of a delivery may grow with each event; null does not look. */
export interface SoakOptions {
  readonly seconds: number
  readonly events: number
  readonly seed: number
  readonly window: number
  readonly windowsPerEpoch: number
  readonly faults: number
  readonly bytesPerEvent: number | null
  /** People kept in mind: few, so that forgetting is seen. */
  readonly remember: number
  readonly clock: () => number
  /** Bytes in use once everything that can be is thrown away; null where nobody can tell. */
  readonly heap: () => number | null
  readonly print: (line: string) => void
}

/** What a soak saw; `breaches` is what was wrong. */
export interface SoakReport {
  readonly events: number
  readonly items: number
  readonly calls: number
  readonly ends: Readonly<Record<string, number>>
  readonly growth: number
  readonly heaps: ReadonlyArray<number>
  readonly breaches: ReadonlyArray<string>
}

interface World {
  delivery: Delivery
  marketo: SimulatorState
  accessToken: string
  now: number
  calls: number
  lastActivity: number
}

const mostRounds = 100_000

/** Bytes an event by which the largest state of the later windows is larger than that of the earlier ones: sizes go up and down. */
const growthOf = (sizes: ReadonlyArray<number>, window: number): number => {
  const half = Math.floor(sizes.length / 2)
  if (half === 0) return 0
  return (Math.max(...sizes.slice(half)) - Math.max(...sizes.slice(0, half))) / (half * window)
}

const freshWorld = (options: SoakOptions, epoch: number): World => ({
  delivery: start([], { seed: options.seed + epoch, remember: options.remember }),
  marketo: freshMarketo(options.faults, options.seed + epoch),
  accessToken: '',
  now: 1_700_000_000_000 + epoch * 1e9,
  calls: 0,
  lastActivity: 0
})

const itemsOf = (n: number, random: () => number): ReadonlyArray<Item> => {
  const mapped = map(eventAt(n, random))
  if (mapped._tag === 'Left') return []
  return mapped.right.map((intent, k) => ({ id: `${n}.${k}`, messageId: `m${n}`, intent }))
}

/** Everything of a window to its end; false when there is none. */
const deliver = (world: World, ended: (outcomes: ReadonlyArray<ItemOutcome>) => void): boolean => {
  for (let round = 0; round < mostRounds; round += 1) {
    if (isDone(world.delivery)) return true
    const [asking, requests] = next(world.delivery, world.now)
    world.delivery = asking
    if (requests.length === 0) world.now = Math.max(wakeAt(asking, world.now) ?? 0, world.now + 1)
    for (const { id, call } of requests) {
      world.calls += 1
      world.now += 5
      const request = requestOf(call.descriptor, { ...credentials, accessToken: world.accessToken })
      const [marketo, answer] = simulate(world.marketo, request, world.now)
      world.marketo = marketo
      if (answer !== null && call.descriptor.endpoint === 'identityToken')
        world.accessToken = readAccessToken(answer) ?? world.accessToken
      world.delivery = receive(world.delivery, id, answer ?? { kind: 'lost' }, world.now)
    }
    const [rest, outcomes] = takeOutcomes(world.delivery)
    world.delivery = rest
    ended(outcomes)
  }
  return false
}

/** How often each activity since the last window is there, by its primary value. */
const newActivities = (world: World): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>()
  for (const { id, primaryAttributeValue } of activitiesIn(world.marketo)) {
    if (id <= world.lastActivity) continue
    world.lastActivity = id
    const value = String(primaryAttributeValue)
    counts.set(value, (counts.get(value) ?? 0) + 1)
  }
  return counts
}

/** What is wrong with the outcomes of a window. */
const checkWindow = (
  items: ReadonlyArray<Item>,
  outcomes: ReadonlyArray<ItemOutcome>,
  there: ReadonlyMap<string, number>
): ReadonlyArray<string> => {
  const ends = new Map<string, Array<ItemOutcome['_tag']>>()
  for (const { id, _tag } of outcomes) ends.set(id, [...(ends.get(id) ?? []), _tag])
  const wrong: Array<string> = []
  for (const { id, intent } of items) {
    const [end, ...more] = ends.get(id) ?? []
    if (end === undefined || more.length > 0)
      wrong.push(`item ${id} has ${more.length + (end === undefined ? 0 : 1)} outcomes`)
    if (intent._tag !== 'AddCustomActivity') continue
    const times = there.get(intent.primaryAttributeValue) ?? 0
    const fits = end === 'Applied' ? times === 1 : end === 'Unknown' ? times <= 1 : times === 0
    if (!fits) wrong.push(`activity ${id} is ${end ?? 'not told'} and there ${times} times`)
  }
  if (outcomes.length !== items.length) wrong.push(`${outcomes.length} outcomes for ${items.length} items`)
  return wrong
}

/**
 * Keys that two leads have. A userId counts among leads without an email alone: who is written by userId first and by email later has two
 * leads in Marketo, whoever writes them.
 */
const doubled = ({ marketo }: World): ReadonlyArray<string> => {
  const seen = new Set<string>()
  return leadsIn(marketo).flatMap(({ fields }) => {
    const name = typeof fields.email === 'string' ? 'email' : 'userId'
    const key = `${name}=${fields[name]}`
    const isDouble = seen.has(key)
    seen.add(key)
    return isDouble ? [`${key} has two leads`] : []
  })
}

/** The heap may wander by a third and some megabytes; the first epoch warms up. */
const isFlat = ([, ...heaps]: ReadonlyArray<number>): boolean => {
  const [first, last] = [heaps[0], heaps[heaps.length - 1]]
  return first === undefined || last === undefined || last <= first * 1.33 + 20e6
}

/** Soaks until time or events run out, or something is wrong. */
export const soak = (options: SoakOptions): SoakReport => {
  const { window, windowsPerEpoch, bytesPerEvent, clock, heap, print } = options
  const random = seeded(options.seed)
  const until = clock() + options.seconds * 1_000
  const ends: Record<string, number> = {}
  const heaps: Array<number> = []
  let breaches: ReadonlyArray<string> = []
  let [events, items, calls, growth] = [0, 0, 0, 0]
  for (let epoch = 0; clock() < until && events < options.events && breaches.length === 0; epoch += 1) {
    const world = freshWorld(options, epoch)
    const sizes: Array<number> = []
    let bytes = 0
    let windows = 0
    while (windows < windowsPerEpoch && clock() < until && events < options.events && breaches.length === 0) {
      const size = Math.min(window, options.events - events)
      const some = Array.from({ length: size }, (_, i) => itemsOf(events + i, random)).flat()
      world.delivery = add(world.delivery, some)
      const outcomes: Array<ItemOutcome> = []
      const ended = deliver(world, (told) => outcomes.push(...told))
      breaches = [...(ended ? [] : ['a window does not end']), ...checkWindow(some, outcomes, newActivities(world))]
      for (const { _tag } of outcomes) ends[_tag] = (ends[_tag] ?? 0) + 1
      bytes = JSON.stringify(world.delivery).length
      sizes.push(bytes)
      windows += 1
      events += size
      items += some.length
    }
    calls += world.calls
    growth = Math.max(growth, growthOf(sizes, window))
    breaches = [...breaches, ...doubled(world)]
    const used = heap()
    if (used !== null) heaps.push(used)
    const memory = used === null ? '' : `, heap ${Math.round(used / 1e6)} MB`
    print(`${events} events, ${items} items, ${calls} calls; state ${Math.round(bytes / 1e3)} kB${memory}`)
  }
  if (bytesPerEvent !== null && growth > bytesPerEvent)
    breaches = [...breaches, `the state grows by ${Math.round(growth)} bytes an event, and may by ${bytesPerEvent}`]
  if (!isFlat(heaps)) breaches = [...breaches, `the heap grows: ${heaps.map((n) => Math.round(n / 1e6)).join(', ')} MB`]
  return { events, items, calls, ends, growth, heaps, breaches }
}
