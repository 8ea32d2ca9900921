import { describe, expect, it } from 'vitest'
import type { Remedy } from '../../src/marketo/error-codes.js'
import { began, ended, spendingOf } from '../../src/pace/budget.js'
import { type BudgetState, startBudget } from '../../src/pace/budget-state.js'
import type { CallEnd } from '../../src/pace/call-end.js'
import { renewed, renewing, startToken, type TokenState, tokenNeed } from '../../src/pace/token.js'
import { afterCall, takeTurn, turnsFrom } from '../../src/pace/turns.js'
import { hyg } from '../endpoints/reading.js'

const t0 = 1_714_557_600_000
const budget = startBudget(hyg)
const fresh = startToken(hyg)
/** A token of an hour, a minute of it margin. */
const living = renewed(renewing(fresh, t0), { _tag: 'TokenGranted', expiresIn: 3_600 }, t0)
const margin = t0 + 3_540_000
const denied: CallEnd = {
  _tag: 'Refused',
  reasons: [{ code: '401', message: '' }],
  remedy: 'ask-administrator',
  retryAfter: null
}
const refusedFor = (token: TokenState): TokenState => renewed(renewing(token, t0), denied, t0)
const refused = (code: string, remedy: Remedy): CallEnd => ({
  _tag: 'Refused',
  reasons: [{ code, message: '' }],
  remedy,
  retryAfter: null
})
/** The budget with so many calls running, begun at t0. */
const busy = (calls: number, of: BudgetState = budget): BudgetState => began(of, 'source', calls, t0)

describe('a turn', () => {
  it.each<readonly [string, TokenState, number, Partial<ReturnType<typeof takeTurn>>]>([
    ['renews a token that is not there, and begins nothing', fresh, t0, { renew: true, granted: 0 }],
    ['waits while the first token is being asked for', renewing(fresh, t0), t0 + 1, { renew: false, granted: 0 }],
    ['begins what the budget gives with a token that lives', living, t0, { renew: false, granted: 3 }],
    ['renews within the margin, and begins meanwhile', living, margin, { renew: true, granted: 3 }],
    ['begins with a token that is being renewed', renewing(living, margin), margin + 1, { renew: false, granted: 3 }],
    ['does nothing with credentials that were refused', refusedFor(fresh), t0 + 1e9, { refused: true, granted: 0 }]
  ])('%s', (_, token, now, expected) => {
    const turn = takeTurn({ token, budget }, 'source', 3, now, 100)
    expect(turn).toMatchObject({ refused: false, renew: false, ...expected })
    expect(turn.token.renewalSince).toBe(expected.renew === true ? now : token.renewalSince)
    if (turn.granted === 0) expect(turn.budget).toBe(budget)
    else expect(spendingOf(turn.budget, now).spent).toEqual({ window: 3, running: 3, day: 3 })
  })

  it.each([
    ['more than is wanted', 2, 100, 2],
    ['more than is ours', 99, 100, 5],
    ['more than another limit allows', 5, 4, 4]
  ])('never begins %s', (_, wanted, grant, granted) => {
    expect(takeTurn({ token: living, budget }, 'source', wanted, t0, grant).granted).toBe(granted)
  })
})

describe('when there may be a turn', () => {
  it.each<readonly [string, TokenState, BudgetState, number, ReadonlyArray<number>]>([
    ['now, with a token that lives and room', living, budget, t0 + 5, [t0 + 5]],
    ['no time is known while all our calls are running', living, busy(5), t0 + 5, []],
    [
      'when the window has passed',
      living,
      ended(busy(1), 'source', t0, refused('606', 'throttle'), t0),
      t0 + 5,
      [t0 + 20_000]
    ],
    ['when a renewal counts as lost', renewing(fresh, t0), budget, t0 + 5, [t0 + 60_000]],
    ['no time is known where the credentials were refused', refusedFor(fresh), budget, t0 + 5, []]
  ])('%s', (_, token, calls, now, expected) => {
    expect(turnsFrom({ token, budget: calls }, 'source', now)).toEqual(expected)
  })

  it('with neither, both times are told', () => {
    const closed = ended(busy(1), 'source', t0, refused('606', 'throttle'), t0)
    expect(turnsFrom({ token: renewing(fresh, t0), budget: closed }, 'source', t0 + 5)).toEqual([
      t0 + 60_000,
      t0 + 20_000
    ])
  })
})

describe('after a call', () => {
  const call = { begunAt: t0, generation: 1 }
  const paced = { token: living, budget: busy(1) }

  it.each<readonly [string, CallEnd, number, 'use' | 'renew']>([
    ['a token that Marketo refused is renewed', refused('602', 'renew-token'), 1, 'renew'],
    ['one of an earlier generation is not', refused('602', 'renew-token'), 0, 'use'],
    ['another refusal says nothing of the token', refused('606', 'throttle'), 1, 'use'],
    ['silence says nothing of the token', { _tag: 'Lost' }, 1, 'use'],
    ['neither does what was carried out', { _tag: 'Accepted' }, 1, 'use']
  ])('%s, and its place is free', (_, end, generation, need) => {
    const { token, budget: after } = afterCall(paced, 'source', { ...call, generation }, end, t0 + 9)
    expect(tokenNeed(token, t0 + 9)).toBe(need)
    expect(spendingOf(after, t0 + 9).spent.running).toBe(0)
  })

  it('the budget heeds what Marketo says', () => {
    const { budget: after } = afterCall(paced, 'source', call, refused('606', 'throttle'), t0 + 9)
    expect(after.closedUntil).toBe(t0 + 20_009)
  })
})
