/**
 * Pacing: when to send, how often, and when to stop. What delivery, source and write-back share; of use alone as well.
 *
 * @module
 */
export { type BackOffPolicy, defaultBackOff, nextSeed, nextTry } from './back-off.js'
export { ask, began, ended, handBack, isBudgeted, recovered, type Spending, spendingOf } from './budget.js'
export {
  type BudgetSettings,
  type BudgetShares,
  type BudgetUser,
  defaultBudgetSettings,
  type GivenBudgetSettings
} from './budget-settings.js'
export {
  type BegunCalls,
  type BudgetState,
  type CallsWaited,
  type LoweredLimit,
  resettleBudget,
  startBudget
} from './budget-state.js'
export type { CallEnd, Lost, RefusedCall } from './call-end.js'
export { nextQuotaReset, quotaDayStart, quotaReopens } from './quota-day.js'
export {
  type Carried,
  defaultRetryPolicy,
  type Ended,
  type NextStep,
  nextStep,
  type RetryPolicy,
  remedySteps,
  repeatableKinds,
  type Tried
} from './remedies.js'
export {
  defaultTokenSettings,
  hasToken,
  type RenewalEnd,
  renewed,
  renewing,
  resetToken,
  startToken,
  type TokenNeed,
  type TokenSettings,
  type TokenState,
  tokenNeed,
  tokenRefused,
  tokenWakeAt
} from './token.js'
