/**
 * The walk of a plan: the real step function, against a Marketo that says yes.
 *
 *     items ──▶ next ──▶ calls ──▶ yes ──▶ receive ──▶ which items each call carried
 *
 * The day's quota is taken as endless, so that a plan tells what is needed; all other limits stand. Time is made up, too: it begins at
 * 0, and passes only where the delivery waits.
 *
 * @module
 */
import type { Instant } from '../ground/calendar.js'
import type { Call, HttpRequest } from '../intent/descriptor.js'
import { callLimits } from '../marketo/limits.js'
import { giveBack } from './give-back.js'
import { next, wakeAt } from './next.js'
import type { Item, ItemOutcome } from './outcome.js'
import { type MadeUpLeads, sayYes } from './plan-answers.js'
import type { PlanOptions } from './plan-types.js'
import { receive } from './receive.js'
import { start } from './start.js'
import { type Delivery, type Errand, isDone, takeOutcomes } from './state.js'

/** What a walk tells. Outcomes bear the positions of items as their ids. @internal */
export interface Walker {
  readonly begun: (position: number, item: Item) => void
  /** A call goes out; of one that ends nobody, with the positions of those that it is made for. */
  readonly asked: (call: Call<HttpRequest>, served: ReadonlyArray<number>) => void
  /** What ended with the answer to a call, or without any. */
  readonly ended: (outcomes: ReadonlyArray<ItemOutcome>, call: Call<HttpRequest> | null) => void
}

/** Ours alone: no quota of the day, whoever else has a part in it. */
const endless = ({ budget }: PlanOptions): PlanOptions['budget'] => ({
  ...budget,
  callsPerDay: Number.MAX_SAFE_INTEGER,
  shares: { ...budget.shares, day: 1 }
})

const told = (state: Delivery, walker: Walker, call: Call<HttpRequest> | null): Delivery => {
  const [rest, outcomes] = takeOutcomes(state)
  if (outcomes.length > 0) walker.ended(outcomes, call)
  return rest
}

/** Calls that tell those who wait for them something, and end nobody. */
const telling: ReadonlyArray<Errand> = ['find-list', 'read-score']

/** The positions of the items that a telling call is made for. */
const servedBy = ({ inFlight, pending }: Delivery, id: string): ReadonlyArray<number> => {
  const flight = new Map(Object.entries(inFlight)).get(id)
  if (flight === undefined || !telling.includes(flight.errand)) return []
  const served = new Set(flight.records.flat())
  return pending.flatMap((item) => (served.has(item.seq) ? [Number(item.id)] : []))
}

/** Where nothing is refused, no wait is longer than a window of the budget; what waits for another day waits for ever. */
const patience = 2 * callLimits.windowMillis

/** Rounds of calls to the end, each round answered before the next. */
const walkOn = (begun: Delivery, leads: MadeUpLeads, walker: Walker): void => {
  let state = told(begun, walker, null)
  let now: Instant = 0
  let busy: Instant = 0
  while (!isDone(state)) {
    const [asking, requests] = next(state, now)
    state = told(asking, walker, null)
    for (const { id, call } of requests) {
      walker.asked(call, servedBy(asking, id))
      state = told(receive(state, id, sayYes(leads, call), now), walker, call)
    }
    if (requests.length > 0) {
      busy = now
      continue
    }
    const at = isDone(state) ? now : wakeAt(state, now)
    if (at === null || at - busy > patience) {
      told(giveBack(state), walker, null)
      return
    }
    now = Math.max(at, now + 1)
  }
}

/** Walks all items. @internal */
export const walk = (items: ReadonlyArray<Item>, options: PlanOptions, walker: Walker): void => {
  items.forEach((item, i) => {
    walker.begun(i, item)
  })
  const positioned = items.map((item, i) => ({ ...item, id: String(i) }))
  walkOn(start(positioned, { ...options, budget: endless(options) }), new Map(), walker)
}
