/**
 * Answers as pacing sees them: which count, and as of when.
 */
import { describe, expect, it } from 'vitest'
import { budgetOf } from '../../src/delivery/instances.js'
import { next } from '../../src/delivery/next.js'
import { start } from '../../src/delivery/state.js'
import { spendingOf } from '../../src/pace/budget.js'
import { nextQuotaReset } from '../../src/pace/quota-day.js'
import { answer, begun, lose, more, ok, refused, t, visit } from './steps.js'
import { email, itemsOf, munchkinId, upsert } from './world.js'

describe('the budget', () => {
  it('D6 is given back nothing for a free refusal of a call of yesterday', () => {
    const today = nextQuotaReset(t)
    const [asked, [token]] = next(start(itemsOf(upsert({ email: email(1) })), { linger: 0 }), today - 1)
    const [yesterday, [first]] = next(
      answer(asked, token, ok({ access_token: 'x', expires_in: 3_600 }), today - 1),
      today - 1
    )
    const [state, [second]] = more(yesterday, [upsert({ email: email(2) })], today)
    const spent = (after: typeof state): number => spendingOf(budgetOf(after, munchkinId), today).spent.day
    expect(spent(state)).toBe(1)
    expect(spent(answer(state, first, refused('602'), today))).toBe(1)
    expect(spent(answer(state, second, refused('602'), today))).toBe(0)
  })

  it('D6 knows nothing of page views, whatever becomes of them', () => {
    const [state, requests] = begun(itemsOf(upsert({ email: email(1) }), visit(2)), { linger: 0 })
    const { running } = budgetOf(state, munchkinId)
    expect(running).toEqual({ delivery: 1 })
    const [, seen] = next(start(itemsOf(visit(2))), t)
    expect([seen.length, requests.length]).toEqual([1, 1])
    const view = Object.keys(state.inFlight).find(
      (id) => state.inFlight[id]?.call.descriptor.endpoint === 'visitWebPage'
    )
    const request = { id: view ?? '', call: seen[0]?.call ?? requests[0]?.call }
    if (request.call === undefined) throw new Error('no call')
    const { call } = request
    expect(budgetOf(lose(state, { id: request.id, call }), munchkinId)).toEqual(budgetOf(state, munchkinId))
    expect(budgetOf(answer(state, { id: request.id, call }, ok('')), munchkinId)).toEqual(budgetOf(state, munchkinId))
  })
})
