/**
 * What a budget may spend: how much Marketo takes, our share of it, and who spends.
 *
 *                        Marketo takes     of it, for us          in all
 *     callsPerWindow     100               shares.window   0.5    50       calls in any 20 seconds
 *     runningCalls        10               shares.running  0.5     5       calls at one moment
 *     callsPerDay     50,000               shares.day      1   50,000      calls of a quota day
 *
 * The first two shares are those that Adobe advises for one integration; it advises none for the day.
 *
 * @module
 */
import { advisedShare, callLimits } from '../marketo/limits.js'

/**
 * Our part of what Marketo takes, each from 0 to 1. A share above 0 is one call at least; 0 sends nothing.
 *
 * @category budget
 * @since 0.1.0
 */
export interface BudgetShares {
  readonly window: number
  readonly running: number
  readonly day: number
}

/**
 * Somebody who spends calls. Of two who wait, the one with the higher priority goes first; `share` is the most that this one may have of
 * our own part, from 0 to 1. One who is not named has priority 0 and a share of 1.
 *
 * @category budget
 * @since 0.1.0
 */
export interface BudgetUser {
  readonly priority: number
  readonly share: number
}

/**
 * What an instance takes, what of it is ours, and who spends it.
 *
 * @category budget
 * @since 0.1.0
 */
export interface BudgetSettings {
  readonly callsPerWindow: number
  readonly runningCalls: number
  readonly callsPerDay: number
  readonly shares: BudgetShares
  readonly users: Readonly<Record<string, Partial<BudgetUser>>>
}

/**
 * What to settle otherwise than {@link defaultBudgetSettings}.
 *
 * @category budget
 * @since 0.1.0
 */
export type GivenBudgetSettings = Partial<Omit<BudgetSettings, 'shares'>> & { readonly shares?: Partial<BudgetShares> }

/**
 * Marketo's own limits, the shares that Adobe advises, and the whole of the day.
 *
 * @category budget
 * @since 0.1.0
 */
export const defaultBudgetSettings: BudgetSettings = {
  callsPerWindow: callLimits.callsPerWindow,
  runningCalls: callLimits.runningCalls,
  callsPerDay: callLimits.callsPerDay,
  shares: {
    window: advisedShare.callsPerWindow / callLimits.callsPerWindow,
    running: advisedShare.runningCalls / callLimits.runningCalls,
    day: 1
  },
  users: {}
}

/** A part of so many calls. The little more makes up for fractions that binary numbers cannot hold, such as 0.29 of 100. @internal */
export const partOf = (calls: number, share: number): number => {
  if (!(share > 0 && calls >= 1)) return 0
  return Math.max(1, Math.floor(Math.floor(calls) * Math.min(share, 1) + 1e-9))
}

/** The most that one user, or all together, may have of each of the three. @internal */
export interface Caps {
  readonly window: number
  readonly running: number
  readonly day: number
}

/** The caps of all users together. @internal */
export const capsOf = ({ callsPerWindow, runningCalls, callsPerDay, shares }: BudgetSettings): Caps => ({
  window: partOf(callsPerWindow, shares.window),
  running: partOf(runningCalls, shares.running),
  day: partOf(callsPerDay, shares.day)
})

const anybody: BudgetUser = { priority: 0, share: 1 }

const own = Object.prototype.hasOwnProperty

/** What is settled for a user by name. @internal */
export const userNamed = ({ users }: BudgetSettings, name: string): BudgetUser =>
  own.call(users, name) ? { ...anybody, ...users[name] } : anybody

/** The caps of one user, out of those of all. @internal */
export const capsOfUser = ({ window, running, day }: Caps, { share }: BudgetUser): Caps => ({
  window: partOf(window, share),
  running: partOf(running, share),
  day: partOf(day, share)
})

/** A finite number that is no negative zero, else 0: a limit that cannot be read is one that lets nothing through. */
const sound = (n: number): number => (Number.isFinite(n) ? n + 0 : 0)

const soundUser = (user: Partial<BudgetUser>): BudgetUser => {
  const { priority, share } = { ...anybody, ...user }
  return { priority: sound(priority), share: sound(share) }
}

/** Settings in full, out of those given. @internal */
export const settledBudget = (given: GivenBudgetSettings): BudgetSettings => {
  const all = { ...defaultBudgetSettings, ...given }
  const { window, running, day } = { ...defaultBudgetSettings.shares, ...given.shares }
  return {
    callsPerWindow: sound(all.callsPerWindow),
    runningCalls: sound(all.runningCalls),
    callsPerDay: sound(all.callsPerDay),
    shares: { window: sound(window), running: sound(running), day: sound(day) },
    users: Object.fromEntries(Object.entries(all.users).map(([name, user]) => [name, soundUser(user)]))
  }
}
