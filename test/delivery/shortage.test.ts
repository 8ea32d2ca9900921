/**
 * The day's calls as they run out: what is left, who waits, and who is given back.
 */
import { describe, expect, it } from 'vitest'
import { next } from '../../src/delivery/next.js'
import { defaultDeliveryOptions, resolveFirst } from '../../src/delivery/options.js'
import { deferredItems, supplyOf } from '../../src/delivery/shortage.js'
import type { Intent } from '../../src/intent/intent.js'
import { type BudgetState, startBudget } from '../../src/pace/budget-state.js'
import { nextQuotaReset } from '../../src/pace/quota-day.js'
import { acquainted, begun, endpoints, ends, form, more, t, visit } from './steps.js'
import { activity, email, itemsOf, munchkinId, upsert } from './world.js'

const reset = nextQuotaReset(t)

describe('the supply', () => {
  const budget = startBudget(munchkinId, { callsPerDay: 10 })
  // biome-ignore format: table
  const cases: ReadonlyArray<[string, Partial<BudgetState>, number, { all: number; free: number; until: number }]> = [
    ['all of it',                 {},                            0,    { all: 10, free: 10, until: reset }],
    ['a reserve, rounded down',   {},                            0.25, { all: 10, free: 8,  until: reset }],
    ['a reserve of all',          {},                            1,    { all: 10, free: 0,  until: reset }],
    ['none while Marketo stops',  { stoppedUntil: t + 1 },       0,    { all: 0,  free: 0,  until: reset }],
    ['again when that is over',   { stoppedUntil: t },           0,    { all: 10, free: 10, until: reset }],
    ['none for more than a day',  { stoppedUntil: reset + 7 },   0,    { all: 0,  free: 0,  until: reset + 7 }]
  ]
  it.each(cases)('%s', (_, stopped, reserve, supply) => {
    expect(supplyOf({ ...budget, ...stopped }, { reserve, rest: 'wait' }, t)).toEqual(supply)
  })
})

describe('a short day', () => {
  const known = [upsert({ email: email(1) }), upsert({ email: email(2) })]
  const late = [activity(email(1)), upsert({ email: email(1), plan: 'x' }), form(2), visit(2)]

  it('D7 who waits is told: with some calls left all but leads, with none everybody but page views', () => {
    const idsLeft = (callsPerDay: number): ReadonlyArray<string> => {
      const options = { budget: { callsPerDay }, shortage: { reserve: 0.9, rest: 'wait' }, window: 2 } as const
      const [state] = begun(itemsOf(...known, ...late), options)
      return deferredItems(state, t).map(({ id, until }) => `${id} ${until - reset}`)
    }
    expect(idsLeft(20)).toEqual([])
    expect(idsLeft(2)).toEqual(['i2 0'])
    expect(idsLeft(1)).toEqual(['i2 0', 'i3 0', 'i4 0'])
  })

  it('D7 what is in flight waits no more, and is not told', () => {
    const [state] = begun(itemsOf(...known), { budget: { callsPerDay: 1 } })
    expect(deferredItems(state, t)).toEqual([])
  })

  it('D1 what is given back are those that no calls are kept for, until the day ends', () => {
    const options = { budget: { callsPerDay: 2 }, shortage: { reserve: 0.9, rest: 'give-back' } } as const
    const [state] = more(acquainted(known, options), [
      activity(email(2)),
      form(1),
      form(2),
      upsert({ email: email(3) })
    ])
    expect(ends(state)).toEqual(['i0 Applied', 'i1 Applied', 'more0 Deferred'])
    expect(state.outcomes[2]).toMatchObject({ until: reset })
  })

  it('D7 keys of who looks before writing are asked for, and those of an activity are not', () => {
    const options = {
      budget: { callsPerDay: 20 },
      shortage: { reserve: 1, rest: 'wait' },
      identity: resolveFirst()
    } as const
    expect(endpoints(begun(itemsOf(upsert({ email: email(9) })), options)[1])).toEqual(['getLeadsByFilter 1'])
    const [state] = begun(itemsOf(upsert({ email: email(9) })), options)
    expect(endpoints(more(state, [activity(email(8))])[1])).toEqual([])
  })

  // biome-ignore format: table
  it.each<[string, Intent, number, number]>([
    ['for an activity while the day has no call left',     activity(email(2)),                        1,  0],
    ['nor for a lead',                                     upsert({ email: email(2), plan: 'x' }),    1,  0],
    ['for an activity while what is left is kept',         activity(email(2)),                        20, 0.95]
  ])('no token is asked for %s', (_, intent, callsPerDay, reserve) => {
    const later = t + 3_600_000
    const options = { budget: { callsPerDay }, shortage: { reserve, rest: 'wait' } } as const
    const [state, requests] = more(acquainted(known, options), [intent], later)
    expect(later).toBeLessThan(reset - 1)
    expect(requests).toEqual([])
    expect(next({ ...state, options: defaultDeliveryOptions }, reset)[1].map(({ call }) => call.descriptor.endpoint)).toEqual(['identityToken'])
  })
})
