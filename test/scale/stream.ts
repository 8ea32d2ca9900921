/**
 * Events that get through a mapping, from a seed: half of them identify calls, half mapped track calls.
 *
 *     person    drawn from many at a time; the many move on with the stream, so that any stretch of it is like any other
 */
import type { Item } from '../../src/delivery/outcome.js'
import { mapper } from '../../src/v2/mapper.js'
import { corpusSettings } from '../bench/corpus.js'
import { seeded } from '../soak/events.js'

const settings = corpusSettings()
const map = mapper(settings)
const names = settings.events.map(({ event }) => event)

const [atOnce, eventsPerPerson] = [5_000, 8]

const titles = ['Analyst', 'Head of Growth', 'Engineer', 'Director of Operations', 'Student']

/** Event number so many. */
const eventAt = (n: number, random: () => number): object => {
  const person = Math.floor(n / eventsPerPerson) + Math.floor(random() * atOnce)
  const email = `person.${person}@example.com`
  const at = new Date(1_714_550_400_000 + n * 1_000).toISOString()
  const shared = { messageId: `m${n}`, userId: `u_${10_000_000 + person}`, timestamp: at }
  if (random() < 0.5) {
    const title = titles[Math.floor(random() * titles.length)]
    const traits = { email, name: `Ana Cruz ${person}`, title, plan: `plan ${n % 3}`, seats: n % 50, createdAt: at }
    return { ...shared, type: 'identify', traits }
  }
  const event = names[Math.floor(random() * names.length)]
  return { ...shared, type: 'track', event, properties: { plan: `m${n}`, seats: 3 }, context: { traits: { email } } }
}

/** So many events as items. */
export const itemsOf = (events: number, seed = 1): ReadonlyArray<ReadonlyArray<Item>> => {
  const random = seeded(seed)
  return Array.from({ length: events }, (_, n) => {
    const mapped = map(eventAt(n, random))
    if (mapped._tag === 'Left') throw new Error('an event of the stream does not get through')
    return mapped.right.map((intent, k) => ({ id: `${n}.${k}`, messageId: `m${n}`, intent }))
  })
}
