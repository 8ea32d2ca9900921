/**
 * What `syncSource` is told, and what it tells.
 *
 * @module
 */
import type { Instant } from '../../ground/calendar.js'
import type { Problem } from '../../ground/problem.js'
import type { Host } from '../../intent/descriptor.js'
import type { MunchkinId } from '../../marketo/munchkin-id.js'
import type { SourceRow } from '../../source/collection.js'
import type { SourceSync, Taken } from '../../source/sync/state.js'
import type { CallsMade } from './deliver-config.js'
import type { FetchLike, Signal, Sleep } from './runtime.js'
import type { ClientCredentials } from './send-call.js'

/**
 * How far a sync has got: rows that were read by collection, calls made and calls without an answer, jobs of the bulk extract that are not
 * done, how many of the collections have been read in this run, and until when nothing happens by itself (null where something is
 * under way). `costs` of the state tell of calls and bytes by collection.
 *
 * @category syncing
 * @since 0.1.0
 */
export interface SyncProgress {
  readonly rows: Readonly<Record<string, number>>
  readonly calls: number
  readonly inFlight: number
  readonly jobs: number
  readonly collections: { readonly read: number; readonly all: number }
  readonly waitsUntil: Instant | null
}

/**
 * How to sync.
 *
 * - `credentials`: the client of the instance.
 * - `onRows`: stores rows, and what is said of them, before the state without them is given to `onState`. A sync that is stopped in
 *   between gives them again: each row comes at least once. While its promise is open nothing more is read than is under way.
 * - `onState`: the state to store, after the rows that it no longer holds, and before each round of calls.
 * - `once`: ends when this run has read all there was; with false it waits for the next run, for ever. True unless given.
 * - `patience`: the longest wait in milliseconds within a run, such as for a job or for the quota of another day; what would wait longer
 *   ends the sync. Infinite unless given.
 * - `signal`: stops the sync: no more calls, those on their way are waited for `grace` milliseconds (10,000) and taken as lost then. A file
 *   in the middle is left there, and gone on with.
 * - `concurrency`: calls at once; 20 unless given. What Marketo takes is kept to by the budget in any case.
 * - `fetch`, `now`, `sleep`: the runtime's own unless given. Files are read as they come in where an answer of `fetch` has a `body`.
 * - `origin`: where the calls of a host go instead (`http://127.0.0.1:8080`), for a test server or a proxy; undefined says to Marketo.
 * - `onProgress`: told after each step.
 *
 * @category syncing
 * @since 0.1.0
 */
export interface SyncConfig {
  readonly credentials: ClientCredentials
  readonly onRows: (rows: ReadonlyArray<SourceRow>, taken: Taken) => void | Promise<void>
  readonly onState?: (state: SourceSync) => void | Promise<void>
  readonly once?: boolean
  readonly patience?: number
  readonly signal?: Signal
  readonly grace?: number
  readonly concurrency?: number
  readonly fetch?: FetchLike
  readonly now?: () => Instant
  readonly sleep?: Sleep
  readonly origin?: (host: Host, munchkinId: MunchkinId) => string | undefined
  readonly onProgress?: (progress: SyncProgress) => void
}

/**
 * How a sync ended: the state to go on with, whether the run is over, the collections that it did not read to their end (refused, or given up
 * until the next run), when to go on (the next run's beginning, or what was
 * waited for; null where only somebody can help), calls made, and what went wrong around it. Rows that `onRows` refused stand in the state.
 *
 * @category syncing
 * @since 0.1.0
 */
export interface Synced {
  readonly state: SourceSync
  readonly isSynced: boolean
  readonly unread: ReadonlyArray<string>
  readonly wakeAt: Instant | null
  readonly calls: CallsMade
  readonly problems: ReadonlyArray<Problem>
}
