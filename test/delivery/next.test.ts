/**
 * What goes out in one round: how much of it, what waits to be filled, and when there is reason to ask again.
 */
import { describe, expect, it } from 'vitest'
import { fedUntil } from '../../src/delivery/filling.js'
import { budgetOf } from '../../src/delivery/instances.js'
import { next, type Request, wakeAt } from '../../src/delivery/next.js'
import type { Item } from '../../src/delivery/outcome.js'
import { add, start } from '../../src/delivery/start.js'
import type { Delivery } from '../../src/delivery/state.js'
import type { EndpointName } from '../../src/intent/descriptor.js'
import type { Intent } from '../../src/intent/intent.js'
import { spendingOf } from '../../src/pace/budget.js'
import { takeOff } from './belonging.js'
import {
  acquainted,
  answer,
  begun,
  elsewhere,
  endpoints,
  ends,
  granted,
  lose,
  more,
  ok,
  t,
  told,
  visit
} from './steps.js'
import { activity, associate, email, itemsOf, munchkinId, upsert } from './world.js'

const people = (count: number, from = 0): ReadonlyArray<Item> =>
  itemsOf(...Array.from({ length: from + count }, (_, n) => upsert({ email: email(n) }))).slice(from)

const there = (n: number, id = elsewhere): Item => ({
  id: `there${n}`,
  messageId: null,
  intent: upsert({ email: email(n) }, 'email', { munchkinId: id })
})

describe('how many calls', () => {
  it('D2 some other budget allows, is for all instances together', () => {
    const [asked, tokens] = next(start([...people(1), there(1)]), t)
    const state = tokens.reduce((so, token) => answer(so, token, granted), asked)
    expect(next(state, t, 0)[1]).toEqual([])
    expect(next(state, t, 1)[1]).toHaveLength(1)
    expect(next(state, t, 2)[1]).toHaveLength(2)
  })

  it('D6 are granted and not made, is handed back', () => {
    const [state] = begun(people(310), { linger: 500 })
    const { granted, running } = budgetOf(state, munchkinId)
    expect([granted, running]).toEqual([{}, { delivery: 1 }])
    expect(spendingOf(budgetOf(state, munchkinId), t).spent.window).toBe(1)
  })

  const known = (): Delivery =>
    acquainted(
      [1, 2, 3].map((n) => upsert({ email: email(n) })),
      { linger: 0 }
    )
  const cookies = [1, 2, 3].map((n) => associate(email(n), n))
  it.each<[string, () => readonly [Delivery, ReadonlyArray<Request>], number]>([
    ['three full calls', () => begun(people(900), { linger: 0 }), 3],
    ['three calls that can wait', () => more(known(), cookies), 3],
    ['one file', () => begun(people(1), { transport: { _tag: 'bulk', pollMillis: 15_000 } }), 1]
  ])('D6 are asked for as they are needed, so that nobody else of the budget waits for them: %s', (_, send, calls) => {
    const [state, requests] = send()
    expect(requests).toHaveLength(calls)
    expect(budgetOf(state, munchkinId).waiting).toEqual({})
  })
})

describe('a call that is not full', () => {
  const waits = (state: Delivery, n: number): boolean => more(state, [upsert({ email: email(n) })])[1].length === 0

  it('D3 waits for calls of its instance whose answers may bring more for it', () => {
    expect(waits(begun(people(1))[0], 9)).toBe(true)
  })

  it('waits for none of another instance', () => {
    expect(waits(begun([there(1)])[0], 9)).toBe(false)
  })

  it('waits for no cookie and no page view', () => {
    const [state, requests] = more(acquainted([upsert({ email: email(1) })]), [associate(email(1), 1), visit(1)])
    expect([...endpoints(requests)].sort()).toEqual(['associateLead 1', 'visitWebPage 1'])
    expect(waits(state, 9)).toBe(false)
  })

  // biome-ignore format: table
  const feeding: ReadonlyArray<readonly [boolean, ReadonlyArray<EndpointName>]> = [
    [true,  ['syncLeads', 'getLeadsByFilter', 'mergeLeads', 'submitForm', 'addCustomActivities']],
    [true,  ['findList', 'createList', 'listsOfLead', 'addToList', 'removeFromList']],
    [true,  ['syncProgramStatus', 'deleteProgramMembers', 'requestCampaign', 'deleteLeads']],
    [true,  ['syncCompanies', 'syncCustomObjects']],
    [false, ['identityToken', 'associateLead', 'visitWebPage', 'ingestPersons', 'importLeads', 'importLeadsStatus']]
  ]
  it.each(feeding)('waits for calls that tell a number, or that the next of a lane waits for (%s: %j)', (is, names) => {
    const [{ inFlight, options }] = begun(people(1))
    const [flight] = Object.values(inFlight)
    if (flight === undefined) throw new Error('no call')
    const until = names.map((endpoint) => {
      const { call } = flight
      const other = { ...flight, call: { ...call, descriptor: { ...call.descriptor, endpoint } } }
      return fedUntil([other], munchkinId, { ...options, linger: 500 })
    })
    expect(until).toEqual(names.map(() => (is ? t + 500 : Number.NEGATIVE_INFINITY)))
  })

  it('waits as long as the last of those under way, and is told until when', () => {
    const [first] = begun(people(300), { linger: 500 })
    const [second, requests] = next({ ...first, backlog: {} }, t)
    expect(requests).toEqual([])
    const [third, full] = more(
      second,
      people(300, 300).map(({ intent }) => intent),
      t + 400
    )
    expect(endpoints(full)).toEqual(['syncLeads 300'])
    const [last, none] = more(third, [upsert({ email: email(900) })], t + 450)
    expect(none).toEqual([])
    expect(wakeAt(last, t + 450)).toBe(t + 900)
    expect(next(last, t + 899)[1]).toEqual([])
    expect(endpoints(next(last, t + 900)[1])).toEqual(['syncLeads 1'])
  })

  it.each([
    [500, ['syncLeads 1', 'syncLeads 1']],
    [0, ['syncLeads 1', 'syncLeads 1', 'syncLeads 1']]
  ])('is none where bytes fill it: lingering for %i, only the last of many large ones waits', (linger, sent) => {
    const large = Array.from({ length: 3 }, (_, n) => upsert({ email: email(n), plan: 'x'.repeat(600_000) }))
    const [state, first] = begun(itemsOf(...large), { linger })
    const [after, second] = next(state, t)
    expect(endpoints([...first, ...second, ...next(after, t)[1]])).toEqual(sent)
  })

  it('is no file: what is to be imported goes at once', () => {
    const options = { transport: { _tag: 'bulk', pollMillis: 15_000 } } as const
    const [state] = begun([...people(1)], options)
    const [writing, requests] = more(state, [
      upsert({ email: email(7) }, 'email', { action: 'updateOnly' }),
      upsert({ email: email(8) })
    ])
    expect(endpoints(requests)).toEqual(['importLeads 1', 'syncLeads 1'])
    expect(endpoints(more(writing, [upsert({ email: email(9) })])[1])).toEqual(['importLeads 1'])
  })
})

describe('activities of many people', () => {
  const both = [1, 2].map((n) => upsert({ email: email(n) }))
  const options = { linger: 0 }

  it('D3 stand together by person, so that as many calls as can be go side by side', () => {
    const mixed = Array.from({ length: 600 }, (_, i) => activity(email((i % 2) + 1), i))
    const [, requests] = more(acquainted(both, options), mixed)
    expect(endpoints(requests)).toEqual(['addCustomActivities 300', 'addCustomActivities 300'])
    const order = [...JSON.stringify(requests[0]?.call.descriptor.body).matchAll(/"a(\d+)"/g)].map(([, i]) => Number(i))
    expect(order).toEqual(Array.from({ length: 300 }, (_, i) => 2 * i))
  })
})

describe('activities of one person', () => {
  it.each([
    ['alone', []],
    ['with somebody else behind them', [activity(email(2))]]
  ])('D4 that fill more than one call go one call after the other, %s', (_, others) => {
    const known = acquainted([upsert({ email: email(1) }), upsert({ email: email(2) })], { linger: 0 })
    const many = Array.from({ length: 301 }, (_, i) => activity(email(1), i))
    expect(endpoints(more(known, [...many, ...others])[1])).toEqual(['addCustomActivities 300'])
  })
})

describe('a lookup for a number', () => {
  it('asks for the number and the key, and no more', () => {
    const [, [lookup]] = begun(itemsOf(activity(email(1))))
    expect(lookup?.call.descriptor.query).toEqual([
      ['filterType', 'email'],
      ['filterValues', email(1)],
      ['fields', 'id,email']
    ])
  })
})

describe('the address of a visitor', () => {
  it.each([
    [true, '203.0.113.9'],
    [false, undefined]
  ])('is handed on only where that is asked for (%s)', (forwardIp, expected) => {
    const [, [view]] = next(start(itemsOf({ ...visit(1), ip: '203.0.113.9' }), { forwardIp }), t)
    expect(view?.call.descriptor.headers['X-Forwarded-For']).toBe(expected)
  })
})

describe('calls that no budget counts', () => {
  const visits = [visit(1), visit(2), visit(3), visit(4)]

  it('D2 are so many at a time, whatever else is under way', () => {
    const [asked, requests] = next(start(itemsOf(...visits, upsert({ email: email(9) })), { freeCalls: 3 }), t)
    expect(endpoints(requests)).toEqual(['identityToken 0', 'visitWebPage 1', 'visitWebPage 1', 'visitWebPage 1'])
    const [writing, write] = next(answer(asked, requests[0], ok({ access_token: 'x', expires_in: 3_600 })), t)
    expect(endpoints(write)).toEqual(['syncLeads 1'])
    expect(endpoints(next(answer(writing, requests[1], ok('')), t)[1])).toEqual(['visitWebPage 1'])
  })

  it('D2 of each instance', () => {
    const [state, seen] = next(start(itemsOf(...visits), { freeCalls: 4 }), t)
    expect(seen).toHaveLength(4)
    expect(more(state, [visit(6)])[1]).toEqual([])
    expect(endpoints(more(state, [{ ...visit(5), munchkinId: elsewhere, visitor: { _tag: 'Derived' } }])[1])).toEqual([
      'visitWebPage 1'
    ])
  })

  it('D2 of Data Ingestion are as few', () => {
    const apart = Array.from({ length: 5 }, (_, n) => upsert({ email: email(n) }, 'email', { partitionName: `P${n}` }))
    const transport = { _tag: 'ingestion', prefix: 'x', priority: 'normal' } as const
    const [state, requests] = begun(itemsOf(...apart), { transport, freeCalls: 2 })
    expect(requests).toHaveLength(2)
    expect(next(answer(state, requests[0], ok('', 202)), t)[1]).toHaveLength(1)
  })

  it('D4 nor do cookies hold up activities', () => {
    const known = acquainted([upsert({ email: email(1) })])
    const [state] = more(known, [associate(email(1), 1)])
    expect(endpoints(more(state, [activity(email(1))])[1])).toEqual(['addCustomActivities 1'])
  })

  it('hold up nothing else of their person', () => {
    const [, requests] = more(acquainted([upsert({ email: email(1) })]), [visit(1), activity(email(1))])
    expect([...endpoints(requests)].sort()).toEqual(['addCustomActivities 1', 'visitWebPage 1'])
  })
})

describe('requests', () => {
  it('bear numbers of their own, in their order', () => {
    const [state, first] = next(start(itemsOf(visit(1), visit(2))), t)
    const [, second] = more(state, [visit(3), visit(4)])
    expect([...first, ...second].map(({ id }) => id)).toEqual(['r0', 'r1', 'r2', 'r3'])
  })

  it('for tokens and lookups carry nobody', () => {
    const [asked] = next(start(people(1)), t)
    const [looking] = begun(itemsOf(activity(email(1))))
    for (const state of [asked, looking])
      expect(Object.values(state.inFlight)).toMatchObject([{ records: [], remarks: [], job: null }])
    expect(Object.values(asked.inFlight)).toMatchObject([{ errand: 'token', keys: [], isBudgeted: false }])
  })

  it('for a token are made once, until it is answered', () => {
    const [asked, requests] = next(start(people(1)), t)
    expect(endpoints(requests)).toEqual(['identityToken 0'])
    expect(more(asked, [upsert({ email: email(5) })])[1]).toEqual([])
  })

  it('that leave somebody alone come first, then questions, then writes', () => {
    const known = acquainted(
      [1, 2].map((n) => upsert({ email: email(n) })),
      { linger: 0 }
    )
    const first = (intents: ReadonlyArray<Intent>, state = known) =>
      endpoints(next(add(state, itemsOf(...intents)), t, 1)[1])
    const all = [activity(email(9)), activity(email(1)), takeOff(2, { listId: 1 })]
    expect(first(all)).toEqual(['removeFromList 1'])
    expect(first([...all, upsert({ email: email(8), unsubscribed: true })])).toEqual(['syncLeads 1'])
    expect(first([activity(email(9)), upsert({ email: email(8) })])).toEqual(['syncLeads 1'])
  })
})

describe('credentials that are refused', () => {
  const invalid = ok({ error: 'invalid_client' }, 401)

  it('are told with why', () => {
    const [asked, [token]] = next(start(people(1)), t)
    const reasons = [{ code: '401', message: expect.stringMatching(/./) }]
    expect(next(answer(asked, token, invalid), t)[0].outcomes).toMatchObject([
      { _tag: 'Refused', reasons, remedy: 'ask-administrator' }
    ])
  })

  it('D7 end what waits in that instance and needs a token', () => {
    const items = [
      ...people(1),
      there(1),
      ...itemsOf(visit(1), visit(2)).map((item) => ({ ...item, id: `${item.id} v` }))
    ]
    const [asked, requests] = next(start(items, { freeCalls: 1 }), t)
    expect(endpoints(requests)).toEqual(['identityToken 0', 'visitWebPage 1', 'identityToken 0'])
    const [ended] = next(answer(asked, requests[0], invalid), t)
    expect(ends(ended)).toEqual(['i0 Refused'])
  })

  it('D7 are no reason to refuse what needs no call', () => {
    const known = acquainted([upsert({ email: email(1) })])
    const [saying, [say]] = more(known, [associate(email(1), 1)])
    const late = t + 3_600_000
    const [asking, [token]] = more(
      answer(saying, say, told({ id: 1, status: 'associated' })),
      [upsert({ email: email(2) })],
      late
    )
    const [ended] = more(answer(asking, token, invalid, late), [associate(email(1), 1)], late)
    expect(ends(ended).slice(2)).toEqual(['more0 Refused', 'more0 Applied'])
  })
})

describe('when to ask again', () => {
  it('is when a token may be asked for again', () => {
    const [asked, [token]] = next(start(people(1)), t)
    const after = lose(asked, token)
    const at = wakeAt(after, t)
    expect(next(after, t)[1]).toEqual([])
    expect(at).toBeGreaterThan(t)
    expect(endpoints(next(after, at ?? t)[1])).toEqual(['identityToken 0'])
  })

  it('is not when a token ends that nobody waits for', () => {
    const [state, [write]] = begun(people(1), { linger: 0 })
    expect(write).toBeDefined()
    expect(wakeAt(state, t)).toBe(null)
  })

  it('is when a call that is not full has waited long enough for those of its own instance', () => {
    const [first] = begun(people(1), { linger: 500 })
    expect(wakeAt(more(first, [upsert({ email: email(9) })])[0], t + 1)).toBe(t + 500)
    const [both] = begun([...people(1), there(1)], { linger: 500 })
    expect(Object.keys(both.inFlight)).toHaveLength(2)
    expect(wakeAt(both, t + 1)).toBe(t + 500)
  })

  it('is when the window of the budget has room', () => {
    const [first, [write]] = begun(people(1), { budget: { callsPerWindow: 1 }, linger: 0 })
    const [state, none] = more(answer(first, write, told({ id: 1, status: 'created' })), [upsert({ email: email(2) })])
    expect(none).toEqual([])
    expect(wakeAt(state, t)).toBe(t + 20_000)
    expect(next(state, t + 20_000)[1]).toHaveLength(1)
  })
})

describe('who is kept in mind', () => {
  it('are no more than asked for, and those who wait', () => {
    let state: Delivery = start([], { remember: 10 })
    const waiting = { id: 'waiting', messageId: null, intent: there(1).intent }
    state = begun([waiting], { remember: 10 })[0]
    const person = state.pending[0]?.person
    for (let n = 0; n < 60; n += 1) {
      const [after, requests] = more(state, [visit(n + 100)], t + n)
      state = requests.reduce((so: Delivery, one: Request) => answer(so, one, ok(''), t + n), after)
    }
    expect(state.people.young.size + state.people.old.size).toBeLessThan(20)
    const [same] = more(state, [there(1).intent], t + 100)
    expect(same.pending.map((one) => one.person)).toEqual([person, person])
  })
})
