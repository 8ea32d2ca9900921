/**
 * Whose turn it is: how many calls may begin now, under one token and one budget.
 *
 *     no token of use      renew it first
 *     refused for good     nothing, until the credentials are replaced
 *     else                 as many as the budget gives
 *
 * What a reader of many calls does at each step, whatever it reads.
 *
 * @module
 */
import type { Instant } from '../ground/calendar.js'
import { ask, began, ended } from './budget.js'
import type { BudgetState } from './budget-state.js'
import type { CallEnd } from './call-end.js'
import { hasToken, renewing, type TokenState, tokenNeed, tokenRefused, tokenWakeAt } from './token.js'

/** The token and the budget that calls go by. @internal */
export interface Paced {
  readonly token: TokenState
  readonly budget: BudgetState
}

/** What may be done now: renew the token, and begin so many calls. @internal */
export interface Turn extends Paced {
  readonly refused: boolean
  readonly renew: boolean
  readonly granted: number
}

/** A turn for so many calls that are wanted; those granted count as begun. @internal */
export const takeTurn = ({ token, budget }: Paced, user: string, wanted: number, now: Instant, grant: number): Turn => {
  const need = tokenNeed(token, now)
  if (need === 'refused') return { token, budget, refused: true, renew: false, granted: 0 }
  const renew = need === 'renew'
  const so = renew ? renewing(token, now) : token
  if (!hasToken(so, now)) return { token: so, budget, refused: false, renew, granted: 0 }
  const [asked, granted] = ask(budget, user, wanted, now, grant)
  return { token: so, budget: began(asked, user, granted, now), refused: false, renew, granted }
}

/** When there may be a turn, for one whose own waits are over. @internal */
export const turnsFrom = ({ token, budget }: Paced, user: string, now: Instant): ReadonlyArray<Instant> => {
  const use = tokenNeed(token, now) === 'use'
  const woken = use ? null : tokenWakeAt(token, now)
  const [, granted, free] = ask(budget, user, 1, now)
  return [woken, free, granted > 0 && use ? now : null].filter((at) => at !== null)
}

/** The token and the budget after a call ended. @internal */
export const afterCall = (
  { token, budget }: Paced,
  user: string,
  call: { readonly begunAt: Instant; readonly generation: number },
  end: CallEnd,
  now: Instant
): Paced => ({
  token: end._tag === 'Refused' && end.remedy === 'renew-token' ? tokenRefused(token, call.generation, now) : token,
  budget: ended(budget, user, call.begunAt, end, now)
})
