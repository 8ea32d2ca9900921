/**
 * The day's calls, running out: who is still served, and what is told of the rest.
 *
 *     our calls of the day  ├──────────── spent ────────────┤── reserve ──┤
 *                                            everybody       leads only    nobody, till midnight US Central
 *
 * Source: Adobe "REST API", Limits; "Error Codes" (607).
 *
 * @module
 */
import type { Instant } from '../ground/calendar.js'
import type { ServerIntent } from '../intent/intent.js'
import { isSuppression } from '../intent/ordered-intent.js'
import type { MunchkinId } from '../marketo/munchkin-id.js'
import { spendingOf } from '../pace/budget.js'
import type { BudgetState } from '../pace/budget-state.js'
import { nextQuotaReset } from '../pace/quota-day.js'
import { backlogOf } from './backlog.js'
import type { Shortage } from './options.js'
import { peopleOf, underWay } from './ready-now.js'
import type { Delivery, Waiting } from './state.js'

/**
 * How many calls an instance has left today: `all` for leads, `free` of them for anything; and when there are more.
 *
 * @internal
 */
export interface Supply {
  readonly all: number
  readonly free: number
  readonly until: Instant
}

/** How many calls an instance has left. @internal */
export const supplyOf = (budget: BudgetState, { reserve }: Shortage, now: Instant): Supply => {
  const { spent, ours } = spendingOf(budget, now)
  const all = now < budget.stoppedUntil ? 0 : Math.max(0, ours.day - spent.day)
  const kept = Math.floor(ours.day * reserve)
  return { all, free: Math.max(0, all - kept), until: Math.max(nextQuotaReset(now), budget.stoppedUntil) }
}

/** Whether an intent is served while calls are kept: leads, and what leaves somebody alone. Page views cost no call. @internal */
export const isKeptFor = (intent: ServerIntent): boolean =>
  intent._tag === 'UpsertLead' || intent._tag === 'SubmitForm' || intent._tag === 'VisitPage' || isSuppression(intent)

/**
 * An item that waits because the day's calls have run out, and until when.
 *
 * @category delivery
 * @since 0.1.0
 */
export interface DeferredItem {
  readonly id: string
  readonly messageId: string | null
  readonly munchkinId: MunchkinId
  readonly until: Instant
}

/**
 * The items that wait for the next quota day, because today's calls have run out or are kept for leads. They are still in the delivery.
 *
 * @category delivery
 * @since 0.1.0
 */
export const deferredItems = (state: Delivery, now: Instant): ReadonlyArray<DeferredItem> => {
  const supplies = new Map(
    Object.entries(state.instances).map(([id, { budget }]) => [id, supplyOf(budget, state.options.shortage, now)])
  )
  const { sent } = underWay(state)
  const { urgent } = peopleOf(state)
  const told = ({ id, messageId, intent }: Waiting, isAhead: boolean): ReadonlyArray<DeferredItem> => {
    const supply = supplies.get(intent.munchkinId)
    if (supply === undefined || supply.free > 0 || intent._tag === 'VisitPage') return []
    return supply.all > 0 && (isAhead || isKeptFor(intent))
      ? []
      : [{ id, messageId, munchkinId: intent.munchkinId, until: supply.until }]
  }
  const waiting = state.pending.filter(({ seq }) => !sent.has(seq))
  return [
    // What comes before a person is left alone goes out today.
    ...waiting.flatMap((item) => told(item, item.seq < (urgent.get(item.person) ?? item.seq))),
    ...backlogOf(state).flatMap((item) => told(item, false))
  ]
}
