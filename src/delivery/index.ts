/**
 * Delivery: many intents to few calls, round by round, and one outcome for each, as a step function on plain JSON.
 *
 *     start ──▶ state ──next──▶ calls ──(your client)──▶ answers ──receive──▶ state ──takeOutcomes──▶ outcomes
 *
 * @module
 */
export { giveBack, resumed } from './give-back.js'
export { next, type Request, wakeAt } from './next.js'
export { type LostCall, receive } from './receive.js'
export {
  add,
  type Delivery,
  type DeliveryOptions,
  defaultDeliveryOptions,
  type Item,
  type ItemOutcome,
  isDone,
  type Remark,
  start,
  takeOutcomes
} from './state.js'
