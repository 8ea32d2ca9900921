/**
 * How to read an instance: every choice that a caller has, with what happens when none is made.
 *
 * @module
 */
import { bulkLimits } from '../../marketo/limits.js'
import type { GivenBudgetSettings } from '../../pace/budget-settings.js'
import { defaultRetryPolicy, type RetryPolicy } from '../../pace/remedies.js'
import type { TokenSettings } from '../../pace/token.js'

/**
 * How to read.
 *
 * - `user`: our name in the budget that we share with others.
 * - `intervalMillis`: from the start of one run to that of the next.
 * - `leads`: how changed leads are found after the first run: `updatedAt` extracts them by that filter, and goes over to `changes` where the
 *   instance refuses it; `changes` follows the feed of new, changed and merged leads, and asks for those it names.
 * - `activities`: how activities are read after the first run: page by page, or by jobs.
 * - `backfill`: how what lies before the first run is read: by jobs, or not at all for leads and page by page for activities.
 * - `windowDays`: how long a job's window is, 31 at most; `jobs`: how many of ours run at a time.
 * - `pollMillis`: how often a job is asked about, once a minute at most.
 * - `bytesPerDay`: how much may be downloaded in files between two midnights, US Central.
 * - `overlapMillis`, `jobOverlapMillis`: how far back to begin again, page by page and by jobs: some records come late.
 * - `fullWalkMillis`: how often emails and programs are read in full, and not only what changed.
 * - `rowsWaiting`: how many rows may wait to be taken; nothing more is read while they do.
 * - `seed`: where the waits that are drawn begin: give each process its own.
 *
 * @category sync
 * @since 0.1.0
 */
export interface SyncOptions {
  readonly user: string
  readonly intervalMillis: number
  readonly leads: 'updatedAt' | 'changes'
  readonly activities: 'pages' | 'jobs'
  readonly backfill: 'jobs' | 'pages'
  readonly windowDays: number
  readonly jobs: number
  readonly pollMillis: number
  readonly bytesPerDay: number
  readonly overlapMillis: number
  readonly jobOverlapMillis: number
  readonly fullWalkMillis: number
  readonly rowsWaiting: number
  readonly retry: RetryPolicy
  readonly token: Partial<TokenSettings>
  readonly budget: GivenBudgetSettings
  readonly seed: number
}

const hour = 3_600_000
const day = 24 * hour

/**
 * What a sync does unless told otherwise: a run every three hours, jobs for what lies before the first, two at a time.
 *
 * @category sync
 * @since 0.1.0
 */
export const defaultSyncOptions: SyncOptions = {
  user: 'source',
  intervalMillis: 3 * hour,
  leads: 'updatedAt',
  activities: 'pages',
  backfill: 'jobs',
  windowDays: bulkLimits.extractWindowDays,
  jobs: bulkLimits.runningJobs,
  pollMillis: bulkLimits.extractPollMillis,
  bytesPerDay: bulkLimits.extractBytesPerDay,
  overlapMillis: hour,
  jobOverlapMillis: day,
  fullWalkMillis: day,
  rowsWaiting: 50_000,
  retry: defaultRetryPolicy,
  token: {},
  budget: {},
  seed: 0
}

const whole = (n: number, least: number, most: number = Number.MAX_SAFE_INTEGER): number =>
  n >= least ? Math.min(Math.floor(n), most) : least

/** Options in full, each within its bounds. @internal */
export const settledOptions = (given: Partial<SyncOptions>): SyncOptions => {
  const all = { ...defaultSyncOptions, ...given }
  return {
    ...all,
    intervalMillis: whole(all.intervalMillis, 1_000),
    windowDays: whole(all.windowDays, 1, bulkLimits.extractWindowDays),
    jobs: whole(all.jobs, 1, bulkLimits.queuedJobs),
    pollMillis: whole(all.pollMillis, bulkLimits.extractPollMillis),
    bytesPerDay: whole(all.bytesPerDay, 0),
    overlapMillis: whole(all.overlapMillis, 0),
    jobOverlapMillis: whole(all.jobOverlapMillis, 0),
    fullWalkMillis: whole(all.fullWalkMillis, 0),
    rowsWaiting: whole(all.rowsWaiting, 1)
  }
}

/** The budget of a sync: a limit of calls for the day is all of it that may be spent. @internal */
export const budgetOf = ({ budget }: SyncOptions, dailyCallLimit: number | null): GivenBudgetSettings =>
  dailyCallLimit === null ? budget : { ...budget, callsPerDay: dailyCallLimit, shares: { ...budget.shares, day: 1 } }
