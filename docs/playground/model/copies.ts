/**
 * The same events for more people: each copy with ids and emails of its own.
 *
 *     { userId: 'u1', messageId: 'm1', traits: { email: 'ana@example.com' } }
 *     { userId: 'u1-2', messageId: 'm1-2', traits: { email: 'ana+2@example.com' } }    copy 2
 *
 * @module
 */
import { isRecord } from '../../../src/ground/json.js'

const idNames: ReadonlyArray<string> = [
  'userId',
  'anonymousId',
  'sessionId',
  'messageId',
  'previousId',
  'marketoCookie'
]

const email = /^[^\s@]+(?=@[^\s@]+$)/

const renumbered = (name: string, value: unknown, n: number): unknown => {
  if (typeof value === 'number' && name !== 'marketoCookie') return idNames.includes(name) ? value * 1_000 + n : value
  if (typeof value !== 'string') return copied(value, n)
  if (email.test(value)) return value.replace(email, (local) => `${local}+${n}`)
  return idNames.includes(name) && value !== '' ? `${value}-${n}` : value
}

const copied = (value: unknown, n: number): unknown => {
  if (Array.isArray(value)) return value.map((item: unknown) => copied(item, n))
  if (!isRecord(value)) return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, renumbered(name, member, n)]))
}

const mostCopied = 4_000

/** How many people there are to be: no more than make a batch that a page can play. */
export const peopleFor = (events: number, wanted: number): number =>
  Math.max(1, Math.min(wanted, Math.floor(mostCopied / Math.max(1, events))))

/** The events as they are, then for each further person. */
export const copiesOf = (events: ReadonlyArray<unknown>, people: number): ReadonlyArray<unknown> =>
  Array.from({ length: people }, (_, i) => (i === 0 ? events : events.map((event) => copied(event, i + 1)))).flat()
