/**
 * What a walk costs: each call shared out over the items that it carries.
 *
 *     a call of 4 records        each record has a quarter of the call
 *     a record of 2 items        each item has half of the record, an eighth of the call
 *     a lookup                   carries what waits for the lead's number
 *     a list that is looked for, a number that is read    carry what waits for them
 *
 * @module
 */
import type { Problem } from '../ground/problem.js'
import type { Call, EndpointName, HttpRequest } from '../intent/descriptor.js'
import { isOrderedIntent } from '../intent/ordered-intent.js'
import type { MunchkinId } from '../marketo/munchkin-id.js'
import { isBudgeted } from '../pace/budget.js'
import type { Item, ItemOutcome } from './outcome.js'
import { keyOf } from './people.js'
import { lookupOf } from './plan-answers.js'

/** What the items of one event cost. @internal */
export interface EventTally {
  items: number
  calls: number
  countedCalls: number
  records: number
  unsent: number
  browserCalls: number
}

interface CallsTally {
  calls: number
  countedCalls: number
  records: number
}

/**
 * Everything counted so far. `lookedUp` holds, by key, the items that waited and what the lookup cost; `alone` the items that took a call
 * each; `held` those that ended without a call or a problem.
 *
 * @internal
 */
export interface Tally {
  readonly items: ReadonlyArray<Item>
  readonly events: Map<string, EventTally>
  readonly endpoints: Map<EndpointName, CallsTally>
  readonly instances: Map<MunchkinId, CallsTally>
  readonly unsent: Map<string, { readonly problem: Problem; items: number; readonly events: Set<string> }>
  readonly waiting: Map<string, Set<number>>
  readonly lookedUp: Map<string, { readonly positions: ReadonlyArray<number>; readonly calls: number }>
  readonly alone: Array<number>
  readonly held: Array<number>
  carried: number
}

/** Nothing counted yet. @internal */
export const newTally = (items: ReadonlyArray<Item>): Tally => ({
  items,
  events: new Map(),
  endpoints: new Map(),
  instances: new Map(),
  unsent: new Map(),
  waiting: new Map(),
  lookedUp: new Map(),
  alone: [],
  held: [],
  carried: 0
})

/** The name that an item's event is counted under. @internal */
export const eventOf = ({ event }: Pick<Item, 'event'>): string => event ?? 'unknown'

const tallyOf = ({ events }: Tally, event: string): EventTally => {
  const kept = events.get(event) ?? { items: 0, calls: 0, countedCalls: 0, records: 0, unsent: 0, browserCalls: 0 }
  events.set(event, kept)
  return kept
}

/** The key under which an item's lead is looked up, where one may be; undefined for what never needs a number. */
const waitsUnder = (intent: Item['intent']): string | undefined =>
  intent._tag === 'AddCustomActivity' ||
  intent._tag === 'AssociateCookie' ||
  intent._tag === 'UpsertLead' ||
  isOrderedIntent(intent)
    ? keyOf(intent)
    : undefined

/** An item begins. @internal */
export const tallyBegun = (tally: Tally, position: number, item: Item): void => {
  tallyOf(tally, eventOf(item)).items += 1
  const key = waitsUnder(item.intent)
  if (key === undefined) return
  const waiting = tally.waiting.get(key) ?? new Set()
  tally.waiting.set(key, waiting.add(position))
}

const added = <K>(map: Map<K, CallsTally>, key: K, isCounted: boolean, records: number): void => {
  const { calls, countedCalls, records: before } = map.get(key) ?? { calls: 0, countedCalls: 0, records: 0 }
  map.set(key, {
    calls: calls + 1,
    countedCalls: countedCalls + (isCounted ? 1 : 0),
    records: before + records
  })
}

/** A record's part of a call, and the record itself, shared by the items that it carries. */
const charge = (
  tally: Tally,
  { host }: HttpRequest,
  positions: ReadonlyArray<number>,
  part: number,
  records: number
): void => {
  const isCounted = isBudgeted(host)
  for (const position of positions) {
    const item = tally.items[position]
    if (item === undefined) continue
    const event = tallyOf(tally, eventOf(item))
    event.calls += part / positions.length
    event.records += records / positions.length
    if (isCounted) event.countedCalls += part / positions.length
  }
}

/** A lookup: each key's part is shared by what waits for the lead's number. */
const chargeLookup = (tally: Tally, descriptor: HttpRequest): void => {
  const { lookupField, values, asksMore } = lookupOf(descriptor)
  const waits = (position: number): boolean => asksMore || tally.items[position]?.intent._tag !== 'UpsertLead'
  for (const value of values) {
    const key = keyOf({ munchkinId: descriptor.munchkinId, lead: { lookupField, value } })
    const waiting = [...(tally.waiting.get(key) ?? [])].filter(waits)
    charge(tally, descriptor, waiting, 1 / values.length, 1)
    const before = tally.lookedUp.get(key) ?? { positions: [], calls: 0 }
    const calls = before.calls + 1 / values.length
    tally.lookedUp.set(key, { positions: [...before.positions, ...waiting], calls })
  }
}

/** A call is made; `served` are those that a call is made for which ends nobody. @internal */
export const tallyCall = (
  tally: Tally,
  { descriptor, intents }: Call<HttpRequest>,
  served: ReadonlyArray<number>
): void => {
  const isCounted = isBudgeted(descriptor.host)
  added(tally.endpoints, descriptor.endpoint, isCounted, intents.length)
  added(tally.instances, descriptor.munchkinId, isCounted, intents.length)
  if (served.length > 0) charge(tally, descriptor, served, 1, intents.length)
  else if (descriptor.endpoint === 'getLeadsByFilter') chargeLookup(tally, descriptor)
}

const tallyUnsent = (tally: Tally, item: Item, problem: Problem): void => {
  const event = eventOf(item)
  tallyOf(tally, event).unsent += 1
  const key = JSON.stringify(problem)
  const kept = tally.unsent.get(key) ?? { problem, items: 0, events: new Set() }
  kept.items += 1
  kept.events.add(event)
  tally.unsent.set(key, kept)
}

/** Items by the record that carried them: neighbours that were told the same lead, as long as that makes as many as were sent. */
const recordsIn = (ended: ReadonlyArray<ItemOutcome>, sent: number): ReadonlyArray<ReadonlyArray<number>> => {
  const positions = ended.map(({ id }) => Number(id))
  if (ended.length === sent) return positions.map((position) => [position])
  const byLead = new Map<number | string, Array<number>>()
  ended.forEach((outcome, i) => {
    const lead = outcome._tag === 'Applied' && outcome.leadId !== null ? outcome.leadId : `item ${i}`
    const record = byLead.get(lead)
    if (record === undefined) byLead.set(lead, [Number(outcome.id)])
    else record.push(Number(outcome.id))
  })
  return byLead.size === sent ? [...byLead.values()] : [positions]
}

/** What Munchkin would do by itself in device mode. @internal */
export const runsInBrowsers = ({ endpoint }: Pick<HttpRequest, 'endpoint'>): boolean =>
  endpoint === 'visitWebPage' || endpoint === 'associateLead'

const takesACallEach = (descriptor: HttpRequest): boolean =>
  runsInBrowsers(descriptor) || descriptor.endpoint === 'submitForm'

const tallyCarried = (tally: Tally, ended: ReadonlyArray<ItemOutcome>, { descriptor, intents }: Call<HttpRequest>) => {
  const records = recordsIn(ended, intents.length)
  for (const positions of records) {
    charge(tally, descriptor, positions, 1 / records.length, intents.length / records.length)
    for (const position of positions) {
      const item = tally.items[position]
      if (item === undefined) continue
      const event = tallyOf(tally, eventOf(item))
      if (runsInBrowsers(descriptor)) event.browserCalls += 1 / (records.length * positions.length)
      if (takesACallEach(descriptor)) tally.alone.push(position)
    }
  }
  tally.carried += ended.length
}

/** Items have ended: with the answer to a call, or without any. @internal */
export const tallyEnded = (
  tally: Tally,
  outcomes: ReadonlyArray<ItemOutcome>,
  call: Call<HttpRequest> | null
): void => {
  const carried: Array<ItemOutcome> = []
  for (const outcome of outcomes) {
    const position = Number(outcome.id)
    const item = tally.items[position]
    if (item === undefined) continue
    const key = waitsUnder(item.intent)
    if (key !== undefined) tally.waiting.get(key)?.delete(position)
    if (outcome._tag === 'Unsent') tallyUnsent(tally, item, outcome.problem)
    else if (call !== null && outcome._tag !== 'Deferred') carried.push(outcome)
    // Marketo knows it already: a call saved.
    else if (outcome._tag === 'Applied') tally.carried += 1
    else tally.held.push(position)
  }
  if (call !== null && carried.length > 0) tallyCarried(tally, carried, call)
}
