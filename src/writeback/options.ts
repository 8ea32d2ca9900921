/**
 * How to poll: every choice that a caller has, with what happens when none is made.
 *
 * @module
 */
import type { GivenBudgetSettings } from '../pace/budget-settings.js'
import { defaultRetryPolicy, type RetryPolicy } from '../pace/remedies.js'
import type { TokenSettings } from '../pace/token.js'

/**
 * How to poll.
 *
 * - `user`: our name in the budget that we share with others.
 * - `pollMillis`: how long to wait after everything was read.
 * - `overlapMillis`: how far back to begin anew where Marketo no longer takes the place that we were at.
 * - `window`: how many activities and events may wait; pages are read no further while they do.
 * - `names`: whether subjects of emails and names of campaigns are looked up.
 * - `remember`: how many leads, and how many names, are kept in mind, and how many activities are known to have been told.
 * - `rememberMillis`: how long what is known of a lead holds.
 * - `seed`: where the waits that are drawn begin: give each process its own.
 *
 * @category polling
 * @since 0.1.0
 */
export interface WritebackOptions {
  readonly user: string
  readonly pollMillis: number
  readonly overlapMillis: number
  readonly window: number
  readonly names: boolean
  readonly remember: number
  readonly rememberMillis: number
  readonly retry: RetryPolicy
  readonly token: Partial<TokenSettings>
  readonly budget: GivenBudgetSettings
  readonly seed: number
}

/**
 * What polling does unless told otherwise: every five minutes, an hour of overlap.
 *
 * @category polling
 * @since 0.1.0
 */
export const defaultWritebackOptions: WritebackOptions = {
  user: 'writeback',
  pollMillis: 300_000,
  overlapMillis: 3_600_000,
  window: 3_000,
  names: true,
  remember: 50_000,
  rememberMillis: 3_600_000,
  retry: defaultRetryPolicy,
  token: {},
  budget: {},
  seed: 0
}

const whole = (n: number, least: number): number =>
  n >= least ? Math.min(Math.floor(n), Number.MAX_SAFE_INTEGER) : least

/** Options in full. What is needed at once is never more than what is remembered. @internal */
export const settledOptions = (given: Partial<WritebackOptions>): WritebackOptions => {
  const all = { ...defaultWritebackOptions, ...given }
  const window = whole(all.window, 1)
  return {
    ...all,
    window,
    pollMillis: whole(all.pollMillis, 1_000),
    overlapMillis: whole(all.overlapMillis, 0),
    remember: Math.max(whole(all.remember, 1), 2 * (window + mostRead)),
    rememberMillis: whole(all.rememberMillis, 0)
  }
}

/** Activities that the pages under way may bring beyond the window: a page for each walk, of which there are few. */
const mostRead = 3_000
