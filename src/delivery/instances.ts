/**
 * What a delivery shares with others that call the same instance: the budget, and the news that credentials were replaced.
 *
 *     delivery ──budgetOf──▶ budget ──(source, write-back: ask, began, ended)──▶ budget ──withBudget──▶ delivery
 *
 * Hand the budget round: whoever spends takes it, and puts it back as it is afterwards. Each spends under a name of its own.
 *
 * @module
 */
import type { MunchkinId } from '../marketo/munchkin-id.js'
import type { BudgetState } from '../pace/budget-state.js'
import { resetToken } from '../pace/token.js'
import { type Delivery, type Instance, newInstance } from './state.js'

const instanceOf = (state: Delivery, munchkinId: MunchkinId): Instance =>
  new Map(Object.entries(state.instances)).get(munchkinId) ?? newInstance(state, munchkinId)

const withInstance = (state: Delivery, munchkinId: MunchkinId, instance: Instance): Delivery => ({
  ...state,
  instances: Object.fromEntries([...Object.entries(state.instances), [munchkinId, instance]])
})

/**
 * The budget of an instance, as this delivery has it.
 *
 * @example
 * import { budgetOf, start, withBudget } from 'segment-marketo/delivery'
 * import { isMunchkinId } from 'segment-marketo/marketo'
 * import { ask } from 'segment-marketo/pace'
 *
 * const munchkinId = '561-HYG-937'
 * if (!isMunchkinId(munchkinId)) throw new Error('no munchkin id')
 * const delivery = start([])
 * const [budget, granted] = ask(budgetOf(delivery, munchkinId), 'source', 3, 0)
 * granted // => 3
 * budgetOf(withBudget(delivery, budget), munchkinId).granted // => { source: 3 }
 * @category sharing
 * @since 0.1.0
 */
export const budgetOf = (state: Delivery, munchkinId: MunchkinId): BudgetState => instanceOf(state, munchkinId).budget

/**
 * The delivery with a budget that others have spent of as well.
 *
 * @category sharing
 * @since 0.1.0
 */
export const withBudget = (state: Delivery, budget: BudgetState): Delivery =>
  withInstance(state, budget.munchkinId, { ...instanceOf(state, budget.munchkinId), budget })

/**
 * The delivery once the credentials of an instance were replaced: another token is asked for, also where the old ones were refused.
 *
 * @category sharing
 * @since 0.1.0
 */
export const withNewCredentials = (state: Delivery, munchkinId: MunchkinId): Delivery => {
  const instance = instanceOf(state, munchkinId)
  return withInstance(state, munchkinId, { ...instance, token: resetToken(instance.token) })
}
