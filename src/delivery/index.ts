/**
 * Delivery: many intents to few calls, round by round, and one outcome for each, as a step function on plain JSON.
 *
 *     start ──▶ state ──next──▶ calls ──(your client)──▶ answers ──receive──▶ state ──takeOutcomes──▶ outcomes
 *
 * @module
 */
export { chooseTransport } from './choose-transport.js'
export { decodeDeliveryOptions } from './decode-options.js'
export { giveBack, resumed } from './give-back.js'
export { budgetOf, withBudget, withNewCredentials } from './instances.js'
export { next, type Request, wakeAt } from './next.js'
export {
  type DeliveryOptions,
  defaultDeliveryOptions,
  type EventLists,
  type FieldPolicy,
  type Identity,
  resolveFirst,
  type Shortage,
  type TieRule,
  type TransportOption
} from './options.js'
export type { Item, ItemOutcome, Remark } from './outcome.js'
export { defaultPlanOptions, plan } from './plan.js'
export { printPlan } from './plan-report.js'
export type {
  Plan,
  PlannedEndpoint,
  PlannedEvent,
  PlannedQuota,
  PlannedUnsent,
  PlanOptions,
  PlanRisk,
  PlanWarning
} from './plan-types.js'
export { type LostCall, receive } from './receive.js'
export { type DeferredItem, deferredItems } from './shortage.js'
export { add, start } from './start.js'
export { type Delivery, isDone, takeOutcomes } from './state.js'
export type { Shipment, Transport, TransportChoice, TransportReason, TransportTag } from './transport.js'
