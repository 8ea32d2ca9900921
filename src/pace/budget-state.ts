/**
 * What a budget remembers between two calls, as JSON.
 *
 *     granted     asked for and allowed, not sent yet          ┐ both hold a place among the calls of the window,
 *     begun       sent within the last 20 seconds, by instant  ┘ so that what is sent late is counted when it is sent
 *     running     sent and not answered yet
 *     day         sent since midnight US Central
 *
 * It is bounded: no more instants than calls of the window that are ours, and a few numbers for each user.
 *
 * @module
 */
import type { Instant } from '../ground/calendar.js'
import type { MunchkinId } from '../marketo/munchkin-id.js'
import { type BudgetSettings, type GivenBudgetSettings, settledBudget } from './budget-settings.js'

/**
 * Calls that a user began at one instant.
 *
 * @category budget
 * @since 0.1.0
 */
export interface BegunCalls {
  readonly user: string
  readonly at: Instant
  readonly calls: number
}

/**
 * A limit that was lowered because Marketo asked for it. It rises again, step by step.
 *
 * @category budget
 * @since 0.1.0
 */
export interface LoweredLimit {
  readonly limit: number
  readonly since: Instant
}

/**
 * Calls that a user waits for. Nobody of lower priority takes them, until the user asks again or is not heard of for a window.
 *
 * @category budget
 * @since 0.1.0
 */
export interface CallsWaited {
  readonly calls: number
  readonly until: Instant
}

/** Numbers by user; a user without one has 0. @internal */
export type Counts = Readonly<Record<string, number>>

/**
 * The budget of one instance. `clock` is the latest instant seen. Nothing is granted before `closedUntil` (Marketo's 606) nor before
 * `stoppedUntil` (607).
 *
 * @category budget
 * @since 0.1.0
 */
export interface BudgetState {
  readonly version: 1
  readonly munchkinId: MunchkinId
  readonly settings: BudgetSettings
  readonly clock: Instant
  readonly granted: Readonly<Record<string, number>>
  readonly begun: ReadonlyArray<BegunCalls>
  readonly running: Readonly<Record<string, number>>
  readonly day: { readonly start: Instant; readonly end: Instant; readonly used: Readonly<Record<string, number>> }
  readonly closedUntil: Instant
  readonly stoppedUntil: Instant
  readonly lowered: { readonly window: LoweredLimit | null; readonly running: LoweredLimit | null }
  readonly waiting: Readonly<Record<string, CallsWaited>>
}

/**
 * The budget of an instance of which nothing was asked yet. All that call this instance share it.
 *
 * @example
 * import { isMunchkinId } from 'segment-marketo/marketo'
 * import { ask, startBudget } from 'segment-marketo/pace'
 *
 * const munchkinId = '561-HYG-937'
 * if (!isMunchkinId(munchkinId)) throw new Error('no munchkin id')
 * const half = startBudget(munchkinId)
 * ask(half, 'delivery', 100, 0)[1] // => 5
 * const whole = startBudget(munchkinId, { shares: { running: 1 } })
 * ask(whole, 'delivery', 100, 0)[1] // => 10
 * @category budget
 * @since 0.1.0
 */
export const startBudget = (munchkinId: MunchkinId, settings: GivenBudgetSettings = {}): BudgetState => ({
  version: 1,
  munchkinId,
  settings: settledBudget(settings),
  clock: 0,
  granted: {},
  begun: [],
  running: {},
  day: { start: 0, end: 0, used: {} },
  closedUntil: 0,
  stoppedUntil: 0,
  lowered: { window: null, running: null },
  waiting: {}
})

/**
 * The same budget under other settings. What was spent stays spent.
 *
 * @example
 * import { isMunchkinId } from 'segment-marketo/marketo'
 * import { ask, resettleBudget, startBudget } from 'segment-marketo/pace'
 *
 * const munchkinId = '561-HYG-937'
 * if (!isMunchkinId(munchkinId)) throw new Error('no munchkin id')
 * const [state] = ask(startBudget(munchkinId), 'delivery', 5, 0)
 * ask(resettleBudget(state, { shares: { running: 1 } }), 'delivery', 100, 0)[1] // => 5
 * @category budget
 * @since 0.1.0
 */
export const resettleBudget = (state: BudgetState, settings: GivenBudgetSettings): BudgetState => ({
  ...state,
  settings: settledBudget(settings)
})

const own = Object.prototype.hasOwnProperty

/** A user's number. @internal */
export const countOf = (counts: Counts, user: string): number => (own.call(counts, user) ? (counts[user] ?? 0) : 0)

/** All users' numbers together. @internal */
export const totalOf = (counts: Counts): number => {
  let total = 0
  for (const user of Object.keys(counts)) total += countOf(counts, user)
  return total
}

/** The numbers after a user's rose or sank by so much, though never below 0; who has none is not kept. @internal */
export const counted = (counts: Counts, user: string, change: number): Counts => {
  const count = Math.max(0, countOf(counts, user) + change)
  return count > 0 ? { ...counts, [user]: count } : without(counts, user)
}

/** The record without a user's entry. @internal */
export const without = <A>(entries: Readonly<Record<string, A>>, user: string): Readonly<Record<string, A>> =>
  own.call(entries, user) ? Object.fromEntries(Object.entries(entries).filter(([name]) => name !== user)) : entries
