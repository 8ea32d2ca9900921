/**
 * The ways through an instance, each with the place that it is at.
 *
 *     paged     page after page of one collection, or of each child of another's records
 *     feed      page after page of activities, or of deleted leads, from a moment on; it goes on there in the next run
 *     export    windows of time, each a job that ends in a file
 *     lookup    leads that the feed named, 300 in a call
 *
 * @module
 */
import type { TableReading } from '../../endpoints/csv-table.js'
import type { ExportKind, ExportWindow } from '../../endpoints/export-job.js'
import type { Instant } from '../../ground/calendar.js'
import type { Tree } from '../../ground/tree.js'
import type { Held } from '../../pace/held.js'

/** What is common to all: one that `rests` has read all there was in this run, or was given up until the next. @internal */
export interface Resting extends Held {
  readonly rests: boolean
}

/**
 * A walk through a collection. `parents` are the ids still to be gone through, the first of them now, and null where there are none, or none
 * are known yet. `ids` are its own, kept where another collection hangs on them. `window` bounds what is asked for to what changed then;
 * all that changed up to `through` is read, and `fullAt` is when a walk without a window last began. `skipped` says that some parent's records
 * were refused, so that not all was read. `heads` is the first id of the page
 * before, by which a walk that stands still is known; `otherwise` says that it goes the other way, `begunAnew` that its place was refused.
 *
 * @internal
 */
export interface PagedWalk extends Resting {
  readonly kind: 'paged'
  readonly collection: string
  readonly otherwise: boolean
  readonly token: string | null
  readonly offset: number
  readonly heads: string | null
  readonly parents: ReadonlyArray<string> | null
  readonly ids: ReadonlyArray<string>
  readonly window: ExportWindow | null
  readonly through: Instant | null
  readonly fullAt: Instant | null
  readonly begunAt: Instant
  readonly begunAnew: boolean
  readonly skipped: boolean
}

/**
 * A walk through what happened. Without a token it begins at `since`; with neither it has not begun. `latest` is the latest moment read, and
 * `begunAnew` says that the place before was refused and this one has not proved itself.
 *
 * @internal
 */
export interface FeedWalk extends Resting {
  readonly kind: 'feed'
  readonly of: 'activities' | 'deleted'
  readonly typeIds: ReadonlyArray<number>
  readonly since: Instant | null
  readonly token: string | null
  readonly latest: Instant | null
  readonly begunAnew: boolean
}

/** What a job does next. @internal */
export type JobPhase = 'describe' | 'create' | 'enqueue' | 'poll' | 'file'

/**
 * A window's job. What Marketo told of its file is null until it is complete. `reading` is how far the file was read, `got` the bytes of it
 * that came; `polls` counts how often Marketo was asked where it stands, `again` how often it was made anew, or its file fetched afresh,
 * and `described` says that the fields of the instance were looked up for it.
 *
 * @internal
 */
export interface Job extends Held {
  readonly window: ExportWindow
  readonly phase: JobPhase
  readonly exportId: string | null
  readonly bytes: number | null
  readonly checksum: string | null
  readonly reading: TableReading | null
  readonly got: number
  readonly polls: number
  readonly again: number
  readonly described: boolean
}

/**
 * A walk through windows of time: those to come, up to `until`, and the jobs under way. What was so at `through` is read: that is when the
 * first of its files may have been made, however long the last one took.
 *
 * @internal
 */
export interface ExportWalk extends Resting {
  readonly kind: 'export'
  readonly of: ExportKind
  readonly typeIds: ReadonlyArray<number>
  readonly by: 'createdAt' | 'updatedAt'
  readonly windows: ReadonlyArray<ExportWindow>
  readonly jobs: ReadonlyArray<Job>
  readonly until: Instant
  readonly begunAt: Instant
  readonly through: Instant | null
}

/** The leads to be asked for, by id. @internal */
export interface LookupWalk extends Resting {
  readonly kind: 'lookup'
  readonly pending: Tree<true>
  readonly count: number
}

/** A way through the instance. @internal */
export type Walk = PagedWalk | FeedWalk | ExportWalk | LookupWalk

/** The names of walks that are not named after their collection. @internal */
export const walkNames = {
  leads: 'export leads',
  activities: 'export activities',
  deleted: 'deleted leads',
  merges: 'feed of merges',
  changes: 'feed of changes',
  lookup: 'leads by id'
} as const

/** The name of the n-th walk through activities. @internal */
export const groupName = (n: number): string => `activities ${n}`
