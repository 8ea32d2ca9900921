import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Item } from '../../src/delivery/outcome.js'
import { integrationNames, plan } from '../../src/delivery/plan.js'
import { printPlan } from '../../src/delivery/plan-report.js'
import type { Plan, PlannedQuota, PlanOptions } from '../../src/delivery/plan-types.js'
import { start } from '../../src/delivery/start.js'
import type { Intent, Visitor } from '../../src/intent/intent.js'
import type { LeadKey } from '../../src/intent/lead-key.js'
import { decodeSettings as decodeV1Settings } from '../../src/v1/decode-settings.js'
import { decodeSettings as decodeV2Settings } from '../../src/v2/decode-settings.js'
import { deepFrozen } from '../arbitraries/events.js'
import { drive } from './drive.js'
import {
  activity,
  cookie,
  delivered,
  everyItem,
  fullMarketo,
  inBrowser,
  items,
  lead,
  one,
  other,
  overSoap,
  upsert,
  visit
} from './plan-items.js'
import { form, visit as pageView } from './steps.js'

const byEndpoint = (calls: ReadonlyArray<{ readonly endpoint: string }>): Readonly<Record<string, number>> => {
  const counts: Record<string, number> = {}
  for (const { endpoint } of calls) counts[endpoint] = (counts[endpoint] ?? 0) + 1
  return counts
}

const callsOf = ({ endpoints }: Plan): Readonly<Record<string, number>> =>
  Object.fromEntries(endpoints.map(({ endpoint, calls }) => [endpoint, calls]))

/** A plan cannot know that two keys are one lead's, which saves a browser's second association. */
const expectPlanned = (made: Plan, sent: ReadonlyArray<{ readonly endpoint: string }>): void => {
  const { associateLead: planned = 0, ...others } = callsOf(made)
  const { associateLead = 0, ...rest } = byEndpoint(sent)
  expect(others).toEqual(rest)
  expect(planned).toBeGreaterThanOrEqual(associateLead)
}

const sum = <A>(list: ReadonlyArray<A>, of: (a: A) => number): number => list.reduce((so, a) => so + of(a), 0)

const budgets = fc.constantFrom<Partial<PlanOptions>>(
  {},
  { budget: { callsPerWindow: 4, runningCalls: 2 } },
  { budget: { callsPerWindow: 2, runningCalls: 1, users: { delivery: { share: 0.5 } } } },
  { budget: { callsPerDay: 3 } }
)

const by = fc.constantFrom('email', 'userId', 'id')

const onList = (key: LeadKey): Extract<Intent, { readonly _tag: 'AddToList' }> => ({
  _tag: 'AddToList',
  munchkinId: one,
  lead: key,
  list: { listId: 1 },
  purpose: 'engage',
  at: null
})

const points = (key: LeadKey): Extract<Intent, { readonly _tag: 'AddToScore' }> => ({
  _tag: 'AddToScore',
  munchkinId: one,
  lead: key,
  field: 'score',
  points: 1,
  least: null,
  most: null
})

describe('laws', () => {
  it('D3 a plan’s calls are those of the same delivery to a Marketo that has everybody', () => {
    fc.assert(
      fc.property(items, (list) => {
        const own = list.filter(({ intent }) => intent.munchkinId === one)
        const { sent } = drive(start(own), fullMarketo(one))
        expectPlanned(plan(own), sent)
      })
    )
  })

  it('D3 also on two instances, window by window, under any budget that lets something through', () => {
    fc.assert(
      fc.property(everyItem, by, fc.integer({ min: 1, max: 12 }), budgets, (all, key, window, options) => {
        // Who is named in two ways is two people to a plan, and one to a Marketo that has them.
        const list = all.filter(({ intent }) => !('lead' in intent) || intent.lead.lookupField === key)
        const endless = { ...options.budget, callsPerDay: 50_000 }
        const checkCampaignLeads = window % 2 === 0
        const sent = delivered(list, window, { ...options, budget: endless, checkCampaignLeads })
        expectPlanned(plan(list, { ...options, window, checkCampaignLeads }), sent)
      })
    )
  })

  it('D3 an item costs a call, a lookup and what it has to read at most, and nothing is carried twice', () => {
    fc.assert(
      fc.property(everyItem, fc.integer({ min: 1, max: 50 }), (list, window) => {
        const { calls, carried, endpoints, naiveCalls } = plan(list, { window })
        const of = (name: string): number => sum(endpoints, ({ endpoint, calls: n }) => (endpoint === name ? n : 0))
        const keyed = new Set(list.map(({ intent }) => ('lead' in intent ? JSON.stringify(intent.lead) : '')))
        const scores = list.filter(({ intent }) => intent._tag === 'AddToScore').length
        expect(of('getLeadsByFilter')).toBeLessThanOrEqual(2 * keyed.size + scores)
        // A list is looked for once on each instance.
        expect(of('findList')).toBeLessThanOrEqual(2)
        const asked = of('identityToken') + of('getLeadsByFilter') + of('findList')
        expect(calls - asked).toBeLessThanOrEqual(carried)
        expect(naiveCalls).toBe(carried)
      })
    )
  })

  it('all sums add up: items, calls, records', () => {
    fc.assert(
      fc.property(everyItem, fc.integer({ min: 1, max: 50 }), budgets, (list, window, options) => {
        const made = plan(list, { ...options, window })
        const { calls, countedCalls, endpoints, events, quota, unsent, carried, heldBack } = made
        const tokens = sum(endpoints, ({ endpoint, calls: n }) => (endpoint === 'identityToken' ? n : 0))
        expect(sum(events, (event) => event.items)).toBe(list.length)
        expect(carried + heldBack + sum(unsent, (row) => row.items)).toBe(list.length)
        expect(sum(events, (event) => event.unsent)).toBe(sum(unsent, (row) => row.items))
        expect(sum(endpoints, (row) => row.calls)).toBe(calls)
        expect(sum(quota, (row) => row.calls)).toBe(calls)
        expect(sum(quota, (row) => row.countedCalls)).toBe(countedCalls)
        expect(sum(endpoints, (row) => (row.isCounted ? row.calls : 0))).toBe(countedCalls)
        expect(sum(events, (event) => event.calls)).toBeCloseTo(calls - tokens, 6)
        expect(sum(events, (event) => event.countedCalls)).toBeCloseTo(countedCalls, 6)
        expect(sum(events, (event) => event.records)).toBeCloseTo(
          sum(endpoints, (row) => row.records),
          6
        )
        expect(sum(events, (event) => event.browserCalls)).toBeCloseTo(made.deviceMode.calls, 6)
      })
    )
  })

  it('P1 P2 P4 the same items give the same plan, as JSON, and are left alone', () => {
    fc.assert(
      fc.property(everyItem, (list) => {
        const made = plan(list)
        expect(plan(deepFrozen(list))).toEqual(made)
        expect(JSON.parse(JSON.stringify(made))).toEqual(made)
      })
    )
  })

  it('S3 neither a plan nor its page tells a value of an event', () => {
    fc.assert(
      fc.property(everyItem, (list) => {
        const made = plan(list)
        for (const text of [JSON.stringify(made), printPlan(made)]) {
          expect(text).not.toMatch(/@corp\.test|_mch-|Mozilla/)
          expect(text).not.toMatch(/\bu[0-5]\b|\ba[0-5]\b/)
        }
      })
    )
  })

  it('whatever an event is called, its page keeps its lines, its cells and its place', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (event) => {
        const list = [{ ...item(0, upsert(one, 0, 'email')), event }]
        const lines = (text: string): ReadonlyArray<string> => text.split('\n')
        const [page, plainPage] = [event, 'identify'].map((name) =>
          lines(printPlan(plan([{ ...item(0, upsert(one, 0, 'email')), event: name }])))
        )
        expect(printPlan(plan(list))).not.toMatch(/[^\P{Cc}\n]|[\u2028\u2029\u202e]/u)
        expect(page?.length).toBe(plainPage?.length)
      })
    )
  })
})

const item = (i: number, intent: Intent, event = 'identify'): Item => ({
  id: `i${i}`,
  messageId: `m${i}`,
  event,
  intent
})

const offList: Intent = {
  _tag: 'RemoveFromList',
  munchkinId: one,
  lead: lead(0, 'email'),
  list: { listId: 1 },
  at: null
}

const warningsOf = (list: ReadonlyArray<Item>, options: Partial<PlanOptions> = {}) =>
  plan(list, options).warnings.map(({ _tag, items: n, calls }) => [_tag, n, calls])

describe('documented cases', () => {
  it('a call of 300 is shared by its items, two of one lead as one record', () => {
    const list = [
      item(0, upsert(one, 0, 'email', { plan: 'a' }), 'Signed Up'),
      item(1, upsert(one, 0, 'email', { plan: 'b' }), 'Plan Changed'),
      item(2, upsert(one, 1, 'email'), 'Signed Up')
    ]
    const { events, naiveCalls, countedCalls } = plan(list)
    expect(events.map(({ event, calls, records }) => [event, calls, records])).toEqual([
      ['Signed Up', 0.75, 1.5],
      ['Plan Changed', 0.25, 0.5]
    ])
    expect([naiveCalls, countedCalls]).toEqual([3, 1])
  })

  it('a lookup is shared by all that wait for the number', () => {
    const list = [
      item(0, activity(one, 0, 'email'), 'A'),
      item(1, cookie(one, 0, 'email'), 'B'),
      item(2, activity(one, 1, 'email'), 'A')
    ]
    const { events } = plan(list)
    // The lookup asks for two keys; the first is waited for by two items.
    expect(events.map(({ event, calls }) => [event, calls])).toEqual([
      ['A', 0.25 + 0.5 + 1],
      ['B', 0.25 + 1]
    ])
  })

  it('the share of a quota and the least time are those of our part', () => {
    const browser = (i: number): Visitor => ({
      _tag: 'Cookie',
      cookie: `id:${one}&token:_mch-example.com-1374552656${100 + i}-10000`
    })
    const list = Array.from({ length: 120 }, (_, i) =>
      item(i, { _tag: 'AssociateCookie', munchkinId: one, lead: lead(i % 6, 'id'), visitor: browser(i) })
    )
    const { quota } = plan(list, { budget: { callsPerDay: 1_000, shares: { day: 0.3 }, callsPerWindow: 100 } })
    // 50 calls in 20 seconds are ours, so the last 20 begin after 40.
    expect(quota).toEqual([
      { munchkinId: one, calls: 121, countedCalls: 120, callsPerDay: 300, share: 0.4, leastSeconds: 40 }
    ])
  })

  const onNamed = (key: LeadKey): Intent => ({ ...onList(key), list: { name: 'one', createIn: null } })
  it.each<[string, (key: LeadKey) => Intent, Readonly<Record<string, number>>, number]>([
    ['a list', onNamed, { findList: 1, getLeadsByFilter: 1, addToList: 1 }, 1.5],
    ['a number', points, { getLeadsByFilter: 2, syncLeads: 1 }, 1.5]
  ])('what has to be read first is shared by those that wait for it: %s', (_, about, calls, cost) => {
    const waiting = [item(0, about(lead(0, 'email')), 'A'), item(1, about(lead(1, 'email')), 'B')]
    const made = plan([...waiting, item(2, cookie(one, 2, 'id'), 'C')])
    expect(callsOf(made)).toEqual({ identityToken: 1, associateLead: 1, ...calls })
    expect(made.events.map((row) => [row.event, row.calls])).toEqual([
      ['A', cost],
      ['B', cost],
      ['C', 1]
    ])
  })

  it('gives up what could only wait for another day', () => {
    const { carried, heldBack } = plan([item(0, upsert(one, 0, 'email')), item(1, activity(one, 1, 'id'))], {
      shortage: { reserve: 1, rest: 'wait' }
    })
    expect([carried, heldBack]).toEqual([1, 1])
  })

  it('takes as many windows as it needs, and none where there is no room in any', () => {
    const list = Array.from({ length: 10 }, (_, i) => item(i, cookie(one, i % 6, 'id', true)))
    const slow = plan(list.slice(0, 6), { budget: { callsPerWindow: 1, shares: { window: 1 } } })
    expect([slow.carried, slow.heldBack, slow.quota[0]?.leastSeconds]).toEqual([6, 0, 100])
    for (const budget of [{ callsPerWindow: 0 }, { runningCalls: 0 }, { shares: { window: 0 } }])
      expect(plan(list.slice(0, 2), { budget }).heldBack).toBe(2)
  })

  it('has no part of a quota that there is none of, and no time to wait for what is not counted', () => {
    const [row] = plan([item(0, upsert(one, 0, 'email'))], { budget: { callsPerDay: 0 } }).quota
    expect([row?.countedCalls, row?.share]).toEqual([1, null])
    const [views] = plan([item(0, visit(one, 0, 'email', 'https://www.example.com'))]).quota
    expect([views?.countedCalls, views?.leastSeconds]).toEqual([0, 0])
  })

  it('page views cost calls that no quota counts, and are free in browsers as cookies are', () => {
    const list = [
      item(0, visit(one, 0, 'email', 'https://www.example.com'), 'page'),
      item(1, cookie(one, 0, 'id'), 'identify')
    ]
    const { deviceMode, events } = plan(list)
    expect(deviceMode).toEqual({ calls: 2, countedCalls: 1 })
    expect(events.map(({ event, browserCalls, countedCalls }) => [event, browserCalls, countedCalls])).toEqual([
      ['identify', 1, 1],
      ['page', 1, 0]
    ])
  })

  // biome-ignore format: table
  it.each<[string, ReadonlyArray<Item>, Partial<PlanOptions>, ReadonlyArray<unknown>]>([
    ['more than the day’s quota',               [item(0, upsert(one, 0, 'email')), item(1, upsert(one, 0, 'userId'))],         { budget: { callsPerDay: 1 } },   [['over-quota', 0, 2]]],
    ['much of it',                              [item(0, upsert(one, 0, 'email')), item(1, upsert(one, 0, 'userId'))],         { budget: { callsPerDay: 3 } },   [['much-of-quota', 0, 2]]],
    ['as much as may be',                       [item(0, upsert(one, 0, 'email')), item(1, upsert(one, 0, 'userId'))],         { budget: { callsPerDay: 4 } },   []],
    ['as much as is said to be much',           [item(0, upsert(one, 0, 'email'))],                                            { budget: { callsPerDay: 9 }, muchOfDay: 0.1 }, [['much-of-quota', 0, 1]]],
    ['an activity before the upsert',           [item(0, activity(one, 0, 'email')), item(1, upsert(one, 0, 'email'))],        { window: 1 },                    [['lookup-before-upsert', 1, 1]]],
    ['by a key that the upsert writes',         [item(0, activity(one, 0, 'userId')), item(1, upsert(one, 0, 'email', { userId: 'u0' }))], { window: 1 },        [['lookup-before-upsert', 1, 1]]],
    ['an activity before it in one window',     [item(0, activity(one, 0, 'email')), item(1, upsert(one, 0, 'email'))],        {},                               []],
    ['an activity behind it',                   [item(0, upsert(one, 0, 'email')), item(1, activity(one, 0, 'email'))],        {},                               []],
    ['an activity of nobody who is written',    [item(0, activity(one, 0, 'email')), item(1, upsert(one, 1, 'email'))],        {},                               [['lead-not-upserted', 1, 1]]],
    ['the same email on another instance',      [item(0, upsert(other, 0, 'email')), item(1, activity(one, 0, 'email'))],      {},                               [['lead-not-upserted', 1, 1]]],
    ['an activity by lead number',              [item(0, activity(one, 0, 'id'))],                                             {},                               []],
    ['a call each',                             [item(0, cookie(one, 0, 'id')), item(1, cookie(one, 1, 'id'))],                {},                               [['call-each', 2, 2]]],
    ['forms, which share no call',              [item(0, form(1)), item(1, form(2))],                                          {},                               [['call-each', 2, 2]]],
    ['a derived visitor',                       [item(0, cookie(one, 0, 'id', true))],                                         {},                               [['call-each', 1, 1], ['derived-visitor', 1, 0]]],
    ['no messageId',                            [{ ...item(0, upsert(one, 0, 'email')), messageId: null }],                    {},                               [['no-message-id', 1, 0]]],
    ['one id twice',                            [item(0, upsert(one, 0, 'email')), item(0, upsert(one, 1, 'email'))],          {},                               [['same-id', 1, 0]]],
    ['an intent for browsers',                  [item(0, inBrowser)],                                                          {},                               [['in-browser', 1, 0]]],
    ['a deletion',                              [item(0, { _tag: 'DeleteLead', munchkinId: one, lead: lead(0, 'id') })],       {},                               [['deletes-leads', 1, 0]]],
    ['a list of nobody who is written',         [item(0, onList(lead(0, 'email')))],                                           {},                               [['lead-not-upserted', 1, 1]]],
    ['an intent over SOAP',                     [item(0, overSoap)],                                                           {},                               [['retired-route', 1, 0]]],
    ['fields of the company',                   [item(0, upsert(one, 0, 'email', { company: 'x', industry: 'y' }))],           {},                               [['company-fields', 1, 0]]],
    ['fields that left the list',               [item(0, upsert(one, 0, 'email', { gender: 'x', facebookId: 'y' }))],          {},                               [['removed-fields', 1, 0]]],
    ['a budget that lets nothing through',      [item(0, upsert(one, 0, 'email'))],                                            { budget: { callsPerWindow: 0 } }, [['held-back', 1, 0]]],
    ['no messageId in words',                   [{ ...item(0, upsert(one, 0, 'email')), messageId: '' }],                      {},                               [['no-message-id', 1, 0]]],
    ['nobody whom a form writes',               [item(0, form(0)), item(1, activity(one, 0, 'email'))],                        {},                               [['call-each', 1, 1]]],
    ['a cookie of nobody who is written',       [item(0, cookie(one, 0, 'email'))],                                            {},                               [['lead-not-upserted', 1, 1], ['call-each', 1, 1]]],
    ['no page view of nobody who is written',   [item(0, { ...pageView(0), munchkinId: one })],                                {},                               [['call-each', 1, 1]]],
    ['a removal of nobody by its lookup alone', [item(0, { ...offList, munchkinId: one })],                                    {},                               [['lead-not-upserted', 0, 1]]],
    ['nothing to warn of',                      [item(0, upsert(one, 0, 'email', { title: 'x' }))],                            {},                               []]
  ])('warns of %s', (_, list, options, expected) => {
    expect(warningsOf(list, options)).toEqual(expected)
  })

  it('names the fields and the events of a warning', () => {
    const list = [item(0, upsert(one, 0, 'email', { company: 'x', gender: 'y', industry: 'z' }), 'Signed Up')]
    expect(plan(list).warnings.map(({ _tag, names, events }) => [_tag, names, events])).toEqual([
      ['company-fields', ['company', 'industry'], ['Signed Up']],
      ['removed-fields', ['gender'], ['Signed Up']]
    ])
  })

  it.each([
    [8, ''],
    [9, ' and 1 more']
  ])('prints the first eight of %i names', (count, rest) => {
    const names = Array.from({ length: count }, (_, n) => `name${n}`)
    const warning = {
      _tag: 'company-fields',
      munchkinId: one,
      items: 1,
      calls: 0,
      names,
      events: [],
      mend: ''
    } as const
    expect(printPlan({ ...plan([]), warnings: [warning] })).toContain(`\`name6\`, \`name7\`${rest} |`)
  })

  it('tells what costs most and matters most first, and equals by name', () => {
    const list = [
      item(0, activity(one, 0, 'email'), 'B'),
      item(1, activity(other, 0, 'email'), 'A'),
      item(2, upsert(one, 1, 'email', { company: 'x' }), 'C'),
      item(3, inBrowser, 'Z'),
      item(4, overSoap, 'Y'),
      item(5, overSoap, 'X')
    ]
    const { endpoints, events, quota, unsent, warnings } = plan(list)
    expect(endpoints.map(({ endpoint }) => endpoint)).toEqual([
      'addCustomActivities',
      'getLeadsByFilter',
      'identityToken',
      'syncLeads'
    ])
    expect(events.map(({ event, calls }) => [event, calls])).toEqual([
      ['A', 2],
      ['B', 2],
      ['C', 1],
      ['X', 0],
      ['Y', 0],
      ['Z', 0]
    ])
    expect(quota.map(({ munchkinId }) => munchkinId)).toEqual([other, one])
    expect(unsent.map((row) => [row.items, row.events])).toEqual([
      [2, ['X', 'Y']],
      [1, ['Z']]
    ])
    expect(warnings.map(({ _tag, munchkinId }) => [_tag, munchkinId])).toEqual([
      ['lead-not-upserted', other],
      ['lead-not-upserted', one],
      ['in-browser', one],
      ['retired-route', one],
      ['company-fields', one]
    ])
    for (const { mend } of warnings) expect(mend).not.toBe('')
  })

  // biome-ignore format: table
  it.each<[string, Partial<PlannedQuota>, string]>([
    ['a part of the day',           { share: 0.126, leastSeconds: 0 },           '| 12.6 % | 0 s |'],
    ['hundredths',                  { share: 0.12345, leastSeconds: 1.239 },     '| 12.35 % | 1.24 s |'],
    ['just under an hour',          { share: 1, leastSeconds: 3_599 },           '| 100 % | 3599 s |'],
    ['an hour',                     { share: 1, leastSeconds: 3_600 },           '| 100 % | 1 h |'],
    ['more than an hour',           { share: 1, leastSeconds: 5_400 },           '| 100 % | 1.5 h |'],
    ['a budget without room',       { share: null, leastSeconds: null },         '| no quota | never |']
  ])('prints the time and the part of the day: %s', (_, given, cells) => {
    const row = { munchkinId: one, calls: 1, countedCalls: 1, callsPerDay: 8, share: 0, leastSeconds: 0, ...given }
    expect(printPlan({ ...plan([]), quota: [row] })).toContain(`| \`${one}\` | 1 | 8 ${cells}`)
  })

  it('prints how many are held back, where some are', () => {
    expect(printPlan({ ...plan([]), heldBack: 3 })).toContain('they would be 0. Held back: 3.\n')
    expect(printPlan(plan([]))).toMatch(/they would be 0\.\n$/)
  })

  it('tells the line that stops an event, by the contract’s own name', () => {
    const list = [item(0, upsert(one, 0, 'email'))]
    expect(plan(list).events[0]?.stop).toEqual({ integrations: { 'Marketo V2': false } })
    expect(plan(list, { contract: 'v1' }).events[0]?.stop).toEqual({ integrations: { Marketo: false } })
    const [v1, v2] = [decodeV1Settings({ munchkinId: one }), decodeV2Settings({ munchkinId: one })]
    expect(v1._tag !== 'Left' && v1.right.gateNames).toContain(integrationNames.v1)
    expect(v2._tag !== 'Left' && v2.right.gateNames).toContain(integrationNames.v2)
  })

  it('prints a page', () => {
    const list = [
      item(0, upsert(one, 0, 'email', { company: 'x' })),
      item(1, activity(one, 1, 'email'), 'Signed | Up'),
      item(2, visit(one, 0, 'email', 'https://www.example.com'), 'page'),
      item(3, inBrowser, 'page')
    ]
    const day = { callsPerDay: 100 }
    expect(printPlan(plan(list, { budget: day }))).toBe(
      [
        '# Plan of a delivery',
        '',
        'Items: 4; carried by calls: 3. Calls: 5, of which 3 count against the daily quota. With a call for each intent they would be 3.',
        '',
        '## Calls',
        '',
        '| Endpoint | Calls | Records | Counts against the quota |',
        '| --- | --- | --- | --- |',
        '| `addCustomActivities` | 1 | 1 | yes |',
        '| `getLeadsByFilter` | 1 | 1 | yes |',
        '| `identityToken` | 1 | 0 | no |',
        '| `syncLeads` | 1 | 1 | yes |',
        '| `visitWebPage` | 1 | 1 | no |',
        '',
        '## Quota',
        '',
        '| Instance | Counted calls | Ours a day | Part of the day | Least time |',
        '| --- | --- | --- | --- | --- |',
        '| `561-HYG-937` | 3 | 100 | 3 % | 0 s |',
        '',
        '## Events',
        '',
        'Calls are shared: an item has its part of each call that carries it.',
        '',
        '| Event | Items | Calls | Counted | Records | Unsent |',
        '| --- | --- | --- | --- | --- | --- |',
        '| `Signed \\| Up` | 1 | 2 | 2 | 2 | 0 |',
        '| `identify` | 1 | 1 | 1 | 1 | 0 |',
        '| `page` | 2 | 1 | 0 | 1 | 1 |',
        '',
        '## To stop an event',
        '',
        'In the call at its source, to keep it away from Marketo and from nothing else:',
        '',
        '```json',
        '{"integrations":{"Marketo V2":false}}',
        '```',
        '',
        '## Device mode',
        '',
        'Page views and cookies of events that come from browsers cost nothing there: at most 1 calls less, 0 of them counted.',
        '',
        '| Event | Calls |',
        '| --- | --- |',
        '| `page` | 1 |',
        '',
        '## Unsent',
        '',
        '| Why | Items | Events |',
        '| --- | --- | --- |',
        '| \\_tag: kept back by rule (mode); this intent runs in a browser: describeInBrowser says how | 1 | `page` |',
        '',
        '## Warnings',
        '',
        '| What | Instance | Items | Calls | Fields | Events | Mending |',
        '| --- | --- | --- | --- | --- | --- | --- |',
        '| Leads that nothing here writes | `561-HYG-937` | 1 | 1 |  | `Signed \\| Up` | nothing here writes these leads: those that Marketo does not have are skipped, so identify them first |',
        '| A call each | `561-HYG-937` | 1 | 1 |  | `page` | page views, cookies and forms cannot share a call: device mode sends page views and cookies from the browser |',
        '| Visitors beside the lead’s own browser | `561-HYG-937` | 1 | 0 |  | `page` | send the Munchkin cookie with the event, or Marketo counts a visitor beside the lead’s own browser |',
        '| Intents for browsers | `561-HYG-937` | 1 | 0 |  | `page` | these run in the lead’s own browser: describeInBrowser says how |',
        '| Fields of the company | `561-HYG-937` | 1 | 0 | `company` | `identify` | Sync Leads no longer takes fields of the company’s record (1021): leave them out, or sync companies |',
        ''
      ].join('\n')
    )
  })
})

describe('near misses', () => {
  it('nothing costs nothing', () => {
    const made = plan([])
    expect(made).toEqual({
      items: 0,
      carried: 0,
      heldBack: 0,
      calls: 0,
      countedCalls: 0,
      naiveCalls: 0,
      endpoints: [],
      events: [],
      quota: [],
      deviceMode: { calls: 0, countedCalls: 0 },
      unsent: [],
      warnings: []
    })
    expect(printPlan(made).split('\n')).toHaveLength(4)
  })

  it('what no request can carry costs not even a token', () => {
    const { calls, quota, unsent } = plan([item(0, inBrowser), item(1, overSoap)])
    expect([calls, quota]).toEqual([0, []])
    expect(sum(unsent, (row) => row.items)).toBe(2)
    // Whether an activity can be described is only seen when there is a token to send it with.
    expect(plan([item(0, activity(one, 0, 'id', 0))]).calls).toBe(1)
  })

  it('an unknown event is one without a name, and one that says so', () => {
    const { event, ...nameless } = item(0, upsert(one, 0, 'email'))
    expect(event).toBe('identify')
    const { events } = plan([nameless, { ...item(1, upsert(one, 1, 'email')), event: null }])
    expect(events.map((row) => [row.event, row.items])).toEqual([['unknown', 2]])
  })

  // biome-ignore format: table
  it.each([Number.NaN, 0, -5, 0.5, 1.5, Number.POSITIVE_INFINITY])('a window of %s items ends', (window) => {
    const list = [item(0, upsert(one, 0, 'email')), item(1, activity(one, 0, 'email'))]
    expect(plan(list, { window }).carried).toBe(2)
  })
})
