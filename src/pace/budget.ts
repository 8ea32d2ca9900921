/**
 * One budget of calls for all that call one Marketo instance: who may send how many now, and when to ask again.
 *
 *     ask ──▶ granted ──began──▶ running ──ended──▶ what Marketo said is heeded
 *                 └───handBack───▶ free again
 *
 *     606 and its like   nothing for 20 seconds, then half as many in a window, a tenth more with each window that passes
 *     607                nothing until the quota resets
 *     615                half as many at once, one more with each 20 seconds that pass
 *     601, 604, …        the call does not count for the day: Adobe says so of these codes
 *
 * It keeps to our share however late a granted call is sent, because a grant holds its place until it has begun. `now` is the caller's.
 * Should it go back, time stands still for the budget until it has caught up: it then grants less than it could, never more.
 *
 * Calls to hosts that Marketo does not count (`isBudgeted` says which) need not ask.
 *
 * Sources: Adobe "REST API", Limits; "Marketo Integration Best Practices"; "Error Codes".
 *
 * @module
 */
import type { Instant } from '../ground/calendar.js'
import type { Host } from '../intent/descriptor.js'
import { callLimits } from '../marketo/limits.js'
import { capsAt, isInWindow, roomAt, roomFrom, spentByAll } from './budget-room.js'
import { capsOf } from './budget-settings.js'
import { type BegunCalls, type BudgetState, counted, countOf, without } from './budget-state.js'
import type { CallEnd } from './call-end.js'
import { heed, isFree } from './heeding.js'
import { nextQuotaReset, quotaDayStart } from './quota-day.js'

const { windowMillis } = callLimits

/**
 * Whether calls to this host are among those that Marketo counts. Tokens are free, page views go to a host of their own, and Data
 * Ingestion has its own limits.
 *
 * @example
 * isBudgeted('rest') // => true
 * isBudgeted('beacon') // => false
 * @category budget
 * @since 0.1.0
 */
export const isBudgeted = (host: Host): boolean => host === 'rest' || host === 'bulk' || host === 'soap'

/** The latest instant known: `now`, unless that is earlier than one seen before, or none. */
const latest = (clock: Instant, now: Instant): Instant => (now > clock && now < Number.POSITIVE_INFINITY ? now : clock)

/** A whole number of calls, not below 0; infinity may ask for as many as there are. */
const wholeCalls = (calls: number): number => (calls >= 1 ? Math.floor(calls) : 0)

/** The state with nothing in it that no longer matters at this instant. */
const swept = (state: BudgetState, at: Instant): BudgetState => {
  const { begun, waiting } = state
  const stillWaiting = Object.entries(waiting).filter(([, { until }]) => at < until)
  return {
    ...state,
    clock: at,
    begun: begun.filter((calls) => isInWindow(calls.at, at)),
    day: at < state.day.end ? state.day : { start: quotaDayStart(at), end: nextQuotaReset(at), used: {} },
    waiting: Object.fromEntries(stillWaiting)
  }
}

/** The state as of `now`. */
const asOf = (state: BudgetState, now: Instant): BudgetState => swept(state, Math.floor(latest(state.clock, now)))

/**
 * Asks for calls: the state after, how many are granted, and when to ask again for the rest. `wakeAt` is the first instant at which time
 * alone makes room for one more; null when all were granted, or when only the end of a call (or a hand-back) can help. `grant` is what
 * some other budget allows at most.
 *
 * A granted call holds its place until `began` or `handBack`.
 *
 * @example
 * import { isMunchkinId } from 'segment-marketo/marketo'
 * import { ask, startBudget } from 'segment-marketo/pace'
 *
 * const munchkinId = '561-HYG-937'
 * if (!isMunchkinId(munchkinId)) throw new Error('no munchkin id')
 * const [state, granted, wakeAt] = ask(startBudget(munchkinId), 'delivery', 7, 0)
 * granted // => 5
 * wakeAt // => null
 * ask(state, 'source', 1, 0)[1] // => 0
 * @category budget
 * @since 0.1.0
 */
export const ask = (
  state: BudgetState,
  user: string,
  calls: number,
  now: Instant,
  grant: number = Number.POSITIVE_INFINITY
): readonly [state: BudgetState, granted: number, wakeAt: Instant | null] => {
  const current = asOf(state, now)
  const wanted = Math.min(wholeCalls(calls), wholeCalls(grant))
  const granted = Math.min(wanted, roomAt(current, user, current.clock))
  const held: BudgetState = { ...current, granted: counted(current.granted, user, granted) }
  if (granted === wanted) return [{ ...held, waiting: without(held.waiting, user) }, granted, null]
  const rest = Math.min(wanted - granted, capsOf(current.settings).window)
  const waited = { calls: rest, until: current.clock + windowMillis }
  const next: BudgetState = { ...held, waiting: { ...held.waiting, [user]: waited } }
  return [next, granted, roomFrom(next, user, current.clock)]
}

const withBegun = (begun: ReadonlyArray<BegunCalls>, more: BegunCalls): ReadonlyArray<BegunCalls> => {
  const last = begun[begun.length - 1]
  return last !== undefined && last.user === more.user && last.at === more.at
    ? [...begun.slice(0, -1), { ...more, calls: last.calls + more.calls }]
    : [...begun, more]
}

/**
 * The state after granted calls were sent; send no more than were granted. Each is running until `ended` says how it ended; keep `now` for that.
 *
 * @example
 * import { isMunchkinId } from 'segment-marketo/marketo'
 * import { ask, began, spendingOf, startBudget } from 'segment-marketo/pace'
 *
 * const munchkinId = '561-HYG-937'
 * if (!isMunchkinId(munchkinId)) throw new Error('no munchkin id')
 * const [state, granted] = ask(startBudget(munchkinId), 'delivery', 3, 0)
 * const sent = began(state, 'delivery', granted, 1_000)
 * spendingOf(sent, 20_999).spent // => { window: 3, running: 3, day: 3 }
 * spendingOf(sent, 21_000).spent // => { window: 0, running: 3, day: 3 }
 * @category budget
 * @since 0.1.0
 */
export const began = (state: BudgetState, user: string, calls: number, now: Instant): BudgetState => {
  const current = asOf(state, now)
  // Nobody grants an endless number of calls: what is no number of calls is none.
  const sent = calls < Number.POSITIVE_INFINITY ? wholeCalls(calls) : 0
  if (sent === 0) return current
  // Rounded up where the clock was rounded down: a part of a millisecond never makes a window longer than it is.
  const at = Math.ceil(latest(current.clock, now))
  return {
    ...current,
    granted: counted(current.granted, user, -sent),
    begun: withBegun(current.begun, { user, at, calls: sent }),
    running: counted(current.running, user, sent),
    day: { ...current.day, used: counted(current.day.used, user, sent) }
  }
}

/**
 * The state after granted calls were not needed.
 *
 * @example
 * import { isMunchkinId } from 'segment-marketo/marketo'
 * import { ask, handBack, spendingOf, startBudget } from 'segment-marketo/pace'
 *
 * const munchkinId = '561-HYG-937'
 * if (!isMunchkinId(munchkinId)) throw new Error('no munchkin id')
 * const [state] = ask(startBudget(munchkinId), 'delivery', 3, 0)
 * spendingOf(handBack(state, 'delivery', 2), 0).spent // => { window: 1, running: 1, day: 1 }
 * @category budget
 * @since 0.1.0
 */
export const handBack = (state: BudgetState, user: string, calls: number): BudgetState => ({
  ...state,
  granted: counted(state.granted, user, -wholeCalls(calls))
})

/**
 * The state after one call ended. `begunAt` is the `now` of its `began`. A lost call frees its place at once: wait for an answer a little
 * longer than Marketo itself does (`timeoutSeconds`).
 *
 * @example
 * import { isMunchkinId } from 'segment-marketo/marketo'
 * import { ask, began, ended, startBudget } from 'segment-marketo/pace'
 *
 * const munchkinId = '561-HYG-937'
 * if (!isMunchkinId(munchkinId)) throw new Error('no munchkin id')
 * const sent = began(ask(startBudget(munchkinId), 'delivery', 1, 0)[0], 'delivery', 1, 0)
 * const refused = { _tag: 'Refused', reasons: [{ code: '606', message: '' }], remedy: 'throttle', retryAfter: null } as const
 * const state = ended(sent, 'delivery', 0, refused, 400)
 * ask(state, 'delivery', 1, 500)[2] // => 20400
 * @category budget
 * @since 0.1.0
 */
export const ended = (state: BudgetState, user: string, begunAt: Instant, end: CallEnd, now: Instant): BudgetState => {
  const current = asOf(state, now)
  const { running, day } = current
  const refund = isFree(end) && begunAt >= day.start ? -1 : 0
  const next: BudgetState = {
    ...current,
    running: counted(running, user, -1),
    day: { ...day, used: counted(day.used, user, refund) }
  }
  return end._tag === 'Refused' ? heed(next, end, begunAt) : next
}

/**
 * The state for a driver that was restarted and does not know what became of its calls: those granted count as sent now, and none is
 * running. One that keeps its calls in flight beside this state reports each as lost instead.
 *
 * @example
 * import { isMunchkinId } from 'segment-marketo/marketo'
 * import { ask, recovered, spendingOf, startBudget } from 'segment-marketo/pace'
 *
 * const munchkinId = '561-HYG-937'
 * if (!isMunchkinId(munchkinId)) throw new Error('no munchkin id')
 * const [state] = ask(startBudget(munchkinId), 'delivery', 3, 0)
 * spendingOf(recovered(state, 5_000), 24_999).spent // => { window: 3, running: 0, day: 3 }
 * @category budget
 * @since 0.1.0
 */
export const recovered = (state: BudgetState, now: Instant): BudgetState => {
  const users = Object.keys(state.granted)
  const sent = users.reduce((so, user) => began(so, user, countOf(so.granted, user), now), asOf(state, now))
  return { ...sent, running: {} }
}

/**
 * What is spent: calls that hold a place in the window, calls at this moment, calls of the quota day (granted ones among them), and how
 * many of each are ours now.
 *
 * @category budget
 * @since 0.1.0
 */
export interface Spending {
  readonly spent: { readonly window: number; readonly running: number; readonly day: number }
  readonly ours: { readonly window: number; readonly running: number; readonly day: number }
}

/**
 * What is spent of the budget, by all users together.
 *
 * @example
 * import { isMunchkinId } from 'segment-marketo/marketo'
 * import { spendingOf, startBudget } from 'segment-marketo/pace'
 *
 * const munchkinId = '561-HYG-937'
 * if (!isMunchkinId(munchkinId)) throw new Error('no munchkin id')
 * spendingOf(startBudget(munchkinId), 0)
 * // => { spent: { window: 0, running: 0, day: 0 }, ours: { window: 50, running: 5, day: 50000 } }
 * @category budget
 * @since 0.1.0
 */
export const spendingOf = (state: BudgetState, now: Instant): Spending => {
  const current = asOf(state, now)
  return { spent: spentByAll(current, current.clock), ours: capsAt(current, current.clock) }
}
