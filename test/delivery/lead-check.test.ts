/**
 * Campaigns whose leads are looked up before they are requested, because Marketo does not say that a lead is gone.
 */
import { describe, expect, it } from 'vitest'
import { next, type Request } from '../../src/delivery/next.js'
import { plan } from '../../src/delivery/plan.js'
import type { Delivery } from '../../src/delivery/state.js'
import type { RequestCampaign } from '../../src/intent/intent.js'
import { campaign, putOn, remove } from './belonging.js'
import { acquainted, answer, begun, endpoints, ends, lose, more, refused, t, told } from './steps.js'
import { email, itemsOf, upsert } from './world.js'

const options = { checkCampaignLeads: true, linger: 0 }

/** Lead 1 has the first email, lead 2 the second. */
const known = acquainted([upsert({ email: email(1) }), upsert({ email: email(2) })], options)

const queryOf = (request: Request | undefined): unknown => request?.call.descriptor.query

const asksWhether = (...leadIds: ReadonlyArray<number>) => [
  ['filterType', 'id'],
  ['filterValues', leadIds.join()],
  ['fields', expect.stringContaining('id')]
]

const byEmail = [
  ['filterType', 'email'],
  ['filterValues', email(1)],
  ['fields', expect.any(String)]
]

const none = told()

const asked = (request: Request | undefined): unknown => request?.call.descriptor.body

const leads = (...leadIds: ReadonlyArray<number>) => ({ json: { input: { leads: leadIds.map((id) => ({ id })) } } })

/** Two campaigns of two known leads, whose numbers are looked up. */
const checking = (): readonly [Delivery, Request | undefined] => {
  const [state, calls] = more(known, [campaign(1), campaign(2)])
  expect(endpoints(calls)).toEqual(['getLeadsByFilter 2'])
  return [state, calls[0]]
}

describe('a campaign whose lead is looked up first', () => {
  it('is requested once its lead is there, many leads to a call', () => {
    const [state, lookup] = checking()
    expect(queryOf(lookup)).toEqual(asksWhether(1, 2))
    const [, calls] = next(answer(state, lookup, told({ id: 2 }, { id: 1 })), t)
    expect(endpoints(calls)).toEqual(['requestCampaign 2'])
    expect(asked(calls[0])).toMatchObject(leads(1, 2))
  })

  it('is requested at once where nobody asks for that, which is so unless it is said', () => {
    const unasked = acquainted([upsert({ email: email(1) })])
    expect(endpoints(more(unasked, [campaign(1)])[1])).toEqual(['requestCampaign 1'])
  })

  it('alone waits: to everything else Marketo says that a lead is gone', () => {
    const [, calls] = more(known, [putOn(1, { listId: 5 }), campaign(2)])
    expect([...endpoints(calls)].sort()).toEqual(['addToList 1', 'getLeadsByFilter 1'])
  })

  it('is not looked up again where its number came from a lookup', () => {
    const [state, [lookup]] = begun(itemsOf(campaign(1)), options)
    expect(queryOf(lookup)).toEqual(byEmail)
    const [, calls] = next(answer(state, lookup, told({ id: 7, email: email(1) })), t)
    expect(endpoints(calls)).toEqual(['requestCampaign 1'])
  })

  it('is looked for by its key where its lead is gone, and then requested of whom that finds', () => {
    const [state, lookup] = checking()
    const [searching, calls] = next(answer(state, lookup, told({ id: 2 })), t)
    expect([...endpoints(calls)].sort()).toEqual(['getLeadsByFilter 1', 'requestCampaign 1'])
    const search = calls.find(({ call }) => call.descriptor.endpoint === 'getLeadsByFilter')
    expect(queryOf(search)).toEqual(byEmail)
    const [, [request]] = next(answer(searching, search, told({ id: 9, email: email(1) })), t)
    expect(asked(request)).toMatchObject(leads(9))
  })

  it('is skipped where there is no such lead any more', () => {
    const [state, lookup] = checking()
    const [searching, calls] = next(answer(state, lookup, told({ id: 2 })), t)
    const search = calls.find(({ call }) => call.descriptor.endpoint === 'getLeadsByFilter')
    const after = answer(searching, search, none)
    expect(ends(after)).toContain('more0 Skipped')
    expect(after.outcomes.find(({ id }) => id === 'more0')).toMatchObject({ reasons: [{ code: '1004' }] })
  })

  it('is skipped where the number itself was given, and is nobody’s', () => {
    const byNumber: RequestCampaign = { ...campaign(1), lead: { lookupField: 'id', value: '77' } }
    const [state, [lookup]] = begun(itemsOf(byNumber), options)
    expect(queryOf(lookup)).toEqual(asksWhether(77))
    expect(endpoints(next(answer(state, lookup, told({ id: 77 })), t)[1])).toEqual(['requestCampaign 1'])
    expect(answer(state, lookup, none).outcomes).toMatchObject([{ _tag: 'Skipped', reasons: [{ code: '1004' }] }])
  })

  it.each(['077', ' 77 ', '77.0', '7.7e1'])('is skipped so, however the number is spelled: %s', (value) => {
    const [state, [lookup]] = begun(itemsOf({ ...campaign(1), lead: { lookupField: 'id', value } }), options)
    expect(queryOf(lookup)).toEqual(asksWhether(77))
    expect(ends(answer(state, lookup, none))).toEqual(['i0 Skipped'])
  })

  it.each(['', 'abc', '-3', 1.5, 0])('is not looked up by what is no lead’s number: %s', (value) => {
    const [state, calls] = begun(itemsOf({ ...campaign(1), lead: { lookupField: 'id', value } }), options)
    expect([endpoints(calls), ends(state)]).toEqual([[], ['i0 Unsent']])
  })

  it('is not requested of another lead that an answer holds in the place of its own', () => {
    const [state, [lookup]] = more(known, [campaign(1)])
    const [, calls] = next(answer(state, lookup, told({ id: 2 })), t)
    expect(queryOf(calls[0])).toEqual(byEmail)
  })

  it('is looked up once, however long it has to wait: on days of few calls it would never be its turn', () => {
    const [state, lookup] = checking()
    const found = answer(state, lookup, told({ id: 1 }, { id: 2 }))
    expect(endpoints(next(found, t + 3_000_000)[1])).toEqual(['requestCampaign 2'])
  })

  it('waits for a lookup that failed, and ends with it where it is refused for good', () => {
    const [state, lookup] = checking()
    const later = lose(state, lookup)
    expect(ends(later)).toEqual(ends(known))
    const [, calls] = next(later, t + 60_000)
    expect(endpoints(calls)).toEqual(['getLeadsByFilter 2'])
    expect(answer(state, lookup, refused('603', 'Access denied')).outcomes.slice(-2)).toMatchObject([
      { id: 'more0', _tag: 'Refused' },
      { id: 'more1', _tag: 'Refused' }
    ])
  })

  it('goes out with others again where its lookup was set apart', () => {
    const [state, lookup] = checking()
    // An answer about whole leads that cannot be read spoils the call: it is asked in parts.
    let [parts, calls] = next(answer(state, lookup, refused('1003', 'Value is required')), t)
    expect(endpoints(calls)).toEqual(['getLeadsByFilter 1', 'getLeadsByFilter 1'])
    for (const [k, call] of calls.entries()) parts = answer(parts, call, told({ id: k + 1 }))
    ;[parts, calls] = next(parts, t)
    expect(endpoints(calls)).toEqual(['requestCampaign 2'])
  })

  it('asks again where its lead was deleted while it was looked up', () => {
    const [state, lookups] = more(known, [campaign(1)])
    const gone: Delivery = {
      ...state,
      inFlight: Object.fromEntries(Object.entries(state.inFlight).map(([id, call]) => [id, { ...call, gone: [1] }]))
    }
    expect(endpoints(next(answer(gone, lookups[0], told({ id: 1 })), t)[1])).toEqual(['getLeadsByFilter 1'])
    expect(endpoints(more(known, [remove(1), campaign(1)])[1])).toEqual(['deleteLeads 1'])
  })

  it('shares a lookup with what waits before it, of which nothing is noted', () => {
    const [state, [lookup]] = begun(itemsOf(putOn(1, { listId: 5 }), campaign(1)), options)
    const found = answer(state, lookup, told({ id: 7, email: email(1) }))
    expect(found.pending.map(({ progress }) => progress)).toEqual([null, { _tag: 'IsThere' }])
    const [adding, [add]] = next(found, t)
    const [, calls] = next(answer(adding, add, told({ id: 7, status: 'added' })), t)
    expect(endpoints(calls)).toEqual(['requestCampaign 1'])
  })

  it('ends alone where its number is nobody’s: what comes after it is told by Marketo itself', () => {
    const lead = { lookupField: 'id', value: '77' }
    const [state, [lookup]] = begun(itemsOf({ ...campaign(1), lead }, { ...putOn(1, { listId: 5 }), lead }), options)
    const [after, calls] = next(answer(state, lookup, none), t)
    expect(ends(after)).toHaveLength(1)
    expect(endpoints(calls)).toEqual(['addToList 1'])
  })

  it('waits for tomorrow where the day is short, as its lookup does', () => {
    const short = { ...options, budget: { callsPerDay: 10 }, shortage: { reserve: 1, rest: 'wait' } } as const
    const byNumber = { ...campaign(1), lead: { lookupField: 'id', value: '77' } }
    expect(begun(itemsOf(byNumber), short)[1]).toEqual([])
    expect(endpoints(begun(itemsOf({ ...byNumber, purpose: 'suppress' }), short)[1])).toEqual(['getLeadsByFilter 1'])
  })

  it('is counted by a plan', () => {
    const items = itemsOf({ ...campaign(2), lead: { lookupField: 'id', value: 8 } })
    expect(plan(items).calls).toBe(2)
    expect(plan(items, { checkCampaignLeads: true }).calls).toBe(3)
  })
})
