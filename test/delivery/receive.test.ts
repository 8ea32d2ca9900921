/**
 * Answers as pacing sees them: which count, and as of when.
 */
import { describe, expect, it } from 'vitest'
import { budgetOf } from '../../src/delivery/instances.js'
import { next } from '../../src/delivery/next.js'
import { receive } from '../../src/delivery/receive.js'
import { start } from '../../src/delivery/start.js'
import type { Delivery } from '../../src/delivery/state.js'
import type { Intent } from '../../src/intent/intent.js'
import { spendingOf } from '../../src/pace/budget.js'
import { nextQuotaReset } from '../../src/pace/quota-day.js'
import { campaign, company, leaveAll, points, putOn, remove } from './belonging.js'
import {
  acquainted,
  answer,
  begun,
  endpoints,
  form,
  granted,
  lose,
  more,
  ok,
  refused,
  skipped,
  t,
  told,
  visit
} from './steps.js'
import { activity, associate, email, itemsOf, munchkinId, upsert } from './world.js'

describe('an answer', () => {
  it('P3 D8 to what was never asked, or was answered already, changes nothing', () => {
    const [state, [write]] = begun(itemsOf(upsert({ email: email(1) })))
    expect(receive(state, 'r99', ok(''), t)).toBe(state)
    const after = answer(state, write, told({ id: 1, status: 'created' }))
    expect(Object.keys(after.inFlight)).toEqual([])
    expect(answer(after, write, told({ id: 2, status: 'created' }))).toBe(after)
  })

  it('P3 of an instance that is not there changes nothing', () => {
    const [state, [write]] = begun(itemsOf(upsert({ email: email(1) })))
    const without = { ...state, instances: {} }
    expect(answer(without, write, told({ id: 1, status: 'created' }))).toBe(without)
  })
})

describe('an answer of which nobody waits any more', () => {
  const known = acquainted([1, 2].map((n) => upsert({ email: email(n) })))
  const named = { name: 'one', createIn: null }
  // biome-ignore format: table
  it.each<[string, ReadonlyArray<Intent>]>([
    ['a write',                [upsert({ email: email(1), plan: 'x' })]],
    ['a form',                 [form(1)]],
    ['activities',             [activity(email(1))]],
    ['a cookie',               [associate(email(1), 1)]],
    ['a page view',            [visit(1)]],
    ['a lookup',               [activity(email(9))]],
    ['a list',                 [putOn(1, { listId: 1 })]],
    ['a list by its name',     [putOn(1, named)]],
    ['the lists of a lead',    [leaveAll(1)]],
    ['a campaign',             [campaign(1)]],
    ['points',                 [points(1, 1)]],
    ['a deletion',             [remove(1)]],
    ['a company',              [company('a', 'A')]]
  ])('P3 ends nobody: of %s', (_, intents) => {
    const [state, [call]] = more(known, intents)
    expect(call).toBeDefined()
    const gone: Delivery = { ...state, pending: [] }
    for (const what of [told({ id: 1, status: 'updated' }), told(), skipped('1004'), refused('1013'), ok('', 502)]) {
      const after = answer(gone, call, what)
      expect([after.pending, after.outcomes, after.inFlight]).toEqual([[], known.outcomes, {}])
    }
  })
})

describe('a token that is refused', () => {
  // biome-ignore format: table
  it.each<[string, string, ReadonlyArray<string>]>([
    ['is asked for anew',                        '601', ['identityToken 0']],
    ['but not where the call is wrong',          '1003', []]
  ])('D7 %s', (_, code, expected) => {
    const [state, [write]] = begun(itemsOf(upsert({ email: email(1) })))
    const [, requests] = next(answer(state, write, refused(code)), t)
    expect(endpoints(requests)).toEqual(expected)
  })
})

describe('the budget', () => {
  it('D6 is given back nothing for a free refusal of a call of yesterday', () => {
    const today = nextQuotaReset(t)
    const [asked, [token]] = next(start(itemsOf(upsert({ email: email(1) })), { linger: 0 }), today - 1)
    const [yesterday, [first]] = next(answer(asked, token, granted, today - 1), today - 1)
    const [state, [second]] = more(yesterday, [upsert({ email: email(2) })], today)
    const spent = (after: typeof state): number => spendingOf(budgetOf(after, munchkinId), today).spent.day
    expect(spent(state)).toBe(1)
    expect(spent(answer(state, first, refused('602'), today))).toBe(1)
    expect(spent(answer(state, second, refused('602'), today))).toBe(0)
  })

  it('D6 knows nothing of page views, whatever becomes of them', () => {
    const [asked, [token, view]] = next(start(itemsOf(upsert({ email: email(1) }), visit(2)), { linger: 0 }), t)
    expect(view?.call.descriptor.endpoint).toBe('visitWebPage')
    const [state, writes] = next(answer(asked, token, granted), t)
    expect(writes).toHaveLength(1)
    const budget = budgetOf(state, munchkinId)
    expect(budget.running).toEqual({ delivery: 1 })
    for (const after of [lose(state, view), answer(state, view, ok('')), answer(state, view, ok('', 503))]) {
      expect(after).not.toBe(state)
      expect(budgetOf(after, munchkinId)).toEqual(budget)
    }
  })
})
