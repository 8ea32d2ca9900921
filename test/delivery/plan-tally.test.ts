/**
 * What a plan counts, call by call: whose part of a call is how large, and what ends without one.
 */
import { describe, expect, it } from 'vitest'
import type { Item, ItemOutcome } from '../../src/delivery/outcome.js'
import { type Notes, warningsOf } from '../../src/delivery/plan-notes.js'
import { eventOf, newTally, type Tally, tallyBegun, tallyCall, tallyEnded } from '../../src/delivery/plan-tally.js'
import { noteTally } from '../../src/delivery/plan-warnings.js'
import { malformed } from '../../src/ground/problem.js'
import type { Call, EndpointName, HttpRequest } from '../../src/intent/descriptor.js'
import type { Intent } from '../../src/intent/intent.js'
import { begun, visit } from './steps.js'
import { activity, email, itemsOf, munchkinId, upsert } from './world.js'

const [, [request]] = begun(itemsOf(upsert({ email: email(1) })))
if (request === undefined) throw new Error('no call')
const { call } = request

const callOf = (endpoint: EndpointName, records: number, more: Partial<HttpRequest> = {}): Call<HttpRequest> => ({
  ...call,
  intents: Array.from({ length: records }, (_, i) => i),
  descriptor: { ...call.descriptor, ...more, endpoint }
})

const beacon = { host: 'beacon' } as const

const items = (...all: ReadonlyArray<readonly [event: string, intent: Intent]>): ReadonlyArray<Item> =>
  all.map(([event, intent], i) => ({ id: `${i}`, messageId: null, event, intent }))

const tallyOf = (all: ReadonlyArray<Item>): Tally => {
  const tally = newTally(all)
  all.forEach((item, i) => {
    tallyBegun(tally, i, item)
  })
  return tally
}

const applied = (position: number, leadId: number | null): ItemOutcome => ({
  id: `${position}`,
  messageId: null,
  munchkinId,
  _tag: 'Applied',
  leadId,
  status: 'updated',
  remarks: []
})

const costs = ({ events }: Tally): unknown =>
  Object.fromEntries(
    [...events].map(([event, { calls, countedCalls, records }]) => [event, [calls, countedCalls, records]])
  )

const one = upsert({ email: email(1) })
const two = upsert({ email: email(2) })

describe('a call that carries items', () => {
  // biome-ignore format: table
  it.each<[string, number, ReadonlyArray<number | null>, unknown]>([
    ['a record each',                              3, [1, 2, 3],           { A: [1 / 3, 1 / 3, 1], B: [1 / 3, 1 / 3, 1], C: [1 / 3, 1 / 3, 1] }],
    ['two of one lead in one record',              2, [1, 1, 2],           { A: [0.25, 0.25, 0.5], B: [0.25, 0.25, 0.5], C: [0.5, 0.5, 1] }],
    ['two of one lead in a record each',           3, [1, 1, 2],           { A: [1 / 3, 1 / 3, 1], B: [1 / 3, 1 / 3, 1], C: [1 / 3, 1 / 3, 1] }],
    ['leads that nobody tells, as many as told',   3, [null, null, null],  { A: [1 / 3, 1 / 3, 1], B: [1 / 3, 1 / 3, 1], C: [1 / 3, 1 / 3, 1] }],
    ['leads that nobody tells, in fewer records',  2, [null, null, null],  { A: [1 / 3, 1 / 3, 2 / 3], B: [1 / 3, 1 / 3, 2 / 3], C: [1 / 3, 1 / 3, 2 / 3] }],
    ['two that nobody tells beside one',           2, [null, null, 1],        { A: [1 / 3, 1 / 3, 2 / 3], B: [1 / 3, 1 / 3, 2 / 3], C: [1 / 3, 1 / 3, 2 / 3] }],
    ['fewer records than leads',                   1, [1, 2, 2],           { A: [1 / 3, 1 / 3, 1 / 3], B: [1 / 3, 1 / 3, 1 / 3], C: [1 / 3, 1 / 3, 1 / 3] }],
    ['one that nobody tells beside others',        2, [1, 1, null],        { A: [0.25, 0.25, 0.5], B: [0.25, 0.25, 0.5], C: [0.5, 0.5, 1] }]
  ])('is shared by them: %s', (_, records, leads, expected) => {
    const tally = tallyOf(items(['A', one], ['B', one], ['C', two]))
    const made = callOf('syncLeads', records)
    tallyCall(tally, made, [])
    tallyEnded(tally, leads.map((leadId, i) => applied(i, leadId)), made)
    const close = JSON.parse(JSON.stringify(expected), (__, n) => (typeof n === 'number' ? expect.closeTo(n, 9) : n))
    expect(costs(tally)).toEqual(close)
    expect([tally.carried, tally.alone, tally.held]).toEqual([3, [], []])
    expect([...tally.endpoints]).toEqual([['syncLeads', { calls: 1, countedCalls: 1, records }]])
    expect([...tally.instances]).toEqual([[munchkinId, { calls: 1, countedCalls: 1, records }]])
  })

  // biome-ignore format: table
  it.each<[string, EndpointName, Partial<HttpRequest>, unknown, number, ReadonlyArray<number>]>([
    ['a page view costs no quota',             'visitWebPage',  beacon,   [1, 0, 1], 1, [0]],
    ['a cookie does, and could be a browser’s', 'associateLead', {},       [1, 1, 1], 1, [0]],
    ['a form as well, and could not',          'submitForm',    {},       [1, 1, 1], 0, [0]],
    ['a lead shares its call',                 'syncLeads',     {},       [1, 1, 1], 0, []]
  ])('of its own: %s', (_, endpoint, host, cost, browserCalls, alone) => {
    const tally = tallyOf(items(['A', visit(1)]))
    const made = callOf(endpoint, 1, host)
    tallyCall(tally, made, [])
    tallyEnded(tally, [applied(0, null)], made)
    expect([costs(tally), tally.events.get('A')?.browserCalls, tally.alone]).toEqual([{ A: cost }, browserCalls, alone])
  })

  it('of its own is shared by those that it says once of', () => {
    const tally = tallyOf(items(['A', visit(1)], ['B', visit(1)]))
    tallyEnded(tally, [applied(0, 1), applied(1, 1)], callOf('associateLead', 1))
    expect([...tally.events.values()].map((row) => row.browserCalls)).toEqual([0.5, 0.5])
  })

  it('is counted again for each like it', () => {
    const tally = tallyOf([])
    for (const host of [{}, beacon, {}]) tallyCall(tally, callOf('syncLeads', 2, host), [])
    expect(tally.endpoints.get('syncLeads')).toEqual({ calls: 3, countedCalls: 2, records: 6 })
    expect(tally.instances.get(munchkinId)).toEqual({ calls: 3, countedCalls: 2, records: 6 })
  })

  it('that ends nobody is shared by those whom it serves', () => {
    const tally = tallyOf(items(['A', one], ['B', two], ['B', two]))
    tallyCall(tally, callOf('findList', 1), [0, 2])
    expect(costs(tally)).toEqual({ A: [0.5, 0.5, 0.5], B: [0.5, 0.5, 0.5] })
  })
})

describe('a lookup', () => {
  const asking = (values: string, fields = 'id') =>
    callOf('getLeadsByFilter', 2, {
      body: null,
      query: [
        ['filterType', 'email'],
        ['filterValues', values],
        ['fields', fields]
      ]
    })
  const all = items(['A', activity(email(1))], ['B', activity(email(1))], ['C', activity(email(2))], ['D', one])

  it('is shared by the keys, and each key’s part by those that wait for a number', () => {
    const tally = tallyOf(all)
    tallyCall(tally, asking(`${email(1)},${email(2)}`), [])
    expect(costs(tally)).toEqual({ A: [0.25, 0.25, 0.5], B: [0.25, 0.25, 0.5], C: [0.5, 0.5, 1], D: [0, 0, 0] })
    expect([...tally.lookedUp.values()]).toEqual([
      { positions: [0, 1], calls: 0.5 },
      { positions: [2], calls: 0.5 }
    ])
  })

  it('is for upserts as well where they look before they write', () => {
    const tally = tallyOf(all)
    tallyCall(tally, asking(email(1), 'id,updatedAt'), [])
    expect(tally.lookedUp.get(`${munchkinId} email=${email(1)}`)).toEqual({ positions: [0, 1, 3], calls: 1 })
  })

  it('is for nobody who has ended, and adds to the one before', () => {
    const tally = tallyOf(all)
    tallyCall(tally, asking(email(1)), [])
    tallyEnded(tally, [applied(0, 1)], null)
    tallyCall(tally, asking(email(1)), [])
    expect(tally.lookedUp.get(`${munchkinId} email=${email(1)}`)).toEqual({ positions: [0, 1, 1], calls: 2 })
    const notes: Notes = new Map()
    noteTally(notes, tally, ['email'])
    expect(warningsOf(notes)).toMatchObject([{ _tag: 'lookup-before-upsert', items: 3, calls: 2, events: ['A', 'B'] }])
  })

  it('for a lead that nobody writes is told so', () => {
    const tally = tallyOf(all)
    tallyCall(tally, asking(email(2)), [])
    const notes: Notes = new Map()
    noteTally(notes, tally, ['email'])
    expect(warningsOf(notes)).toMatchObject([{ _tag: 'lead-not-upserted', items: 0, calls: 1, events: [] }])
  })
})

describe('what ends without a call', () => {
  const problem = malformed('skipped', ['a'], 'a text', 'mend it')
  const ended = (position: number, end: Pick<ItemOutcome, '_tag'> & object): ItemOutcome =>
    Object.assign({}, applied(position, null), end)

  it('is carried where Marketo knows it already, unsent for its problem, or held back', () => {
    const tally = tallyOf(items(['A', one], ['B', one], ['A', two], ['C', two], ['C', two]))
    const unsent = { _tag: 'Unsent', problem } as const
    tallyEnded(tally, [applied(0, 1), ended(1, unsent), ended(2, unsent)], null)
    tallyEnded(tally, [ended(3, { _tag: 'Deferred' })], null)
    tallyEnded(tally, [ended(4, { _tag: 'Deferred' })], callOf('syncLeads', 1))
    expect([tally.carried, tally.held, costs(tally)]).toEqual([1, [3, 4], { A: [0, 0, 0], B: [0, 0, 0], C: [0, 0, 0] }])
    expect([...tally.unsent.values()].map((row) => [row.problem, row.items, [...row.events]])).toEqual([
      [problem, 2, ['B', 'A']]
    ])
    expect(tally.events.get('B')).toMatchObject({ items: 1, unsent: 1 })
    const notes: Notes = new Map()
    noteTally(notes, tally, ['email'])
    expect(warningsOf(notes)).toMatchObject([{ _tag: 'held-back', items: 2, calls: 0, events: ['C'] }])
  })

  it('is nothing where nobody has such a position', () => {
    const tally = tallyOf(items(['A', one]))
    tallyEnded(tally, [applied(9, 1)], callOf('syncLeads', 1))
    expect([tally.carried, costs(tally)]).toEqual([0, { A: [0, 0, 0] }])
  })
})

describe('an event', () => {
  it('is called by its name, or unknown', () => {
    expect([eventOf({ event: 'A' }), eventOf({ event: null }), eventOf({})]).toEqual(['A', 'unknown', 'unknown'])
  })

  it('has as many items as begin', () => {
    const { events } = tallyOf(items(['A', one], ['B', one], ['A', two]))
    expect([...events].map(([event, row]) => [event, row.items, row.unsent, row.browserCalls])).toEqual([
      ['A', 2, 0, 0],
      ['B', 1, 0, 0]
    ])
  })
})
