/**
 * The walks that settings ask for, before the first run.
 *
 *     lists, campaigns, email, …       a paged walk each; one for both tables of activity types
 *     segments                         a paged walk, and one through the segmentations that they hang on
 *     lead_activities, … attributes    a feed for each ten types, and an extract
 *     leads                            an extract, the feeds of deleted, merged and changed leads, and leads by id
 *
 * @module
 */
import type { Instant } from '../../ground/calendar.js'
import { emptyTree } from '../../ground/tree.js'
import { queryLimits } from '../../marketo/limits.js'
import { untried } from '../../pace/held.js'
import type { Collection } from '../collection.js'
import type { SourceSettings } from '../settings.js'
import type { SyncOptions } from './options.js'
import { type ExportWalk, type FeedWalk, groupName, type PagedWalk, type Walk, walkNames } from './walks.js'
import { wantedWays } from './ways.js'

/** A walk that waits for its first run. */
const asleep = { ...untried, rests: true } as const

/** A paged walk that has not begun. @internal */
export const pagedWalk = (collection: string): PagedWalk => ({
  ...asleep,
  kind: 'paged',
  collection,
  otherwise: false,
  token: null,
  offset: 0,
  heads: null,
  parents: null,
  ids: [],
  window: null,
  through: null,
  fullAt: null,
  begunAt: 0,
  begunAnew: false,
  skipped: false
})

/** A feed that begins at a moment, or is told later where. @internal */
export const feedWalk = (of: FeedWalk['of'], typeIds: ReadonlyArray<number>, since: Instant | null): FeedWalk => ({
  ...asleep,
  kind: 'feed',
  of,
  typeIds,
  since,
  token: null,
  latest: null,
  begunAnew: false
})

/** An extract that has not begun. @internal */
export const exportWalk = (of: ExportWalk['of'], typeIds: ReadonlyArray<number>): ExportWalk => ({
  ...asleep,
  kind: 'export',
  of,
  typeIds,
  by: 'createdAt',
  windows: [],
  jobs: [],
  until: 0,
  begunAt: 0,
  through: null
})

/** Deleted leads are told by a feed of their own, and by no other call. @internal */
export const deleteLead = 37

/** The types that say which leads are new or changed, and which were merged. @internal */
export const changeTypes: ReadonlyArray<number> = [12, 13]

/** The type that says which leads were merged into which. @internal */
export const mergeType = 32

/** Types in tens, each once. @internal */
export const groupsOf = (types: ReadonlyArray<number>): ReadonlyArray<ReadonlyArray<number>> => {
  const all = [...new Set(types)].filter((id) => id !== deleteLead)
  const groups: Array<ReadonlyArray<number>> = []
  for (let i = 0; i < all.length; i += queryLimits.activityTypeIds)
    groups.push(all.slice(i, i + queryLimits.activityTypeIds))
  return groups
}

const hasActivities = ({ collections: wanted }: SourceSettings): boolean =>
  wanted.includes('lead_activities') || wanted.includes('lead_activity_attributes')

/** The types whose activities become rows. @internal */
export const rowTypes = (settings: SourceSettings): ReadonlyArray<number> =>
  hasActivities(settings) ? settings.activityTypeIds : []

type Walks = Array<readonly [string, Walk]>

/** Where feeds of activities begin; null where an extract tells them, or does for good. @internal */
export const activitiesFrom = ({ backfill, activities }: SyncOptions, since: Instant): Instant | null =>
  backfill === 'pages' && activities === 'pages' ? since : null

const activityWalks = (settings: SourceSettings, options: SyncOptions, since: Instant): Walks => {
  const types = rowTypes(settings)
  const groups = groupsOf(types)
  const begins = activitiesFrom(options, since)
  const feeds: Walks = groups.map((typeIds, n) => [groupName(n), feedWalk('activities', typeIds, begins)])
  return groups.length === 0 ? [] : [[walkNames.activities, exportWalk('activities', groups.flat())], ...feeds]
}

const leadWalks = (settings: SourceSettings, { backfill }: SyncOptions, since: Instant): Walks => {
  if (!settings.collections.includes('leads')) return []
  const begins = backfill === 'pages' ? since : null
  return [
    [walkNames.leads, exportWalk('leads', [])],
    [walkNames.merges, feedWalk('activities', [mergeType], begins)],
    [walkNames.changes, feedWalk('activities', changeTypes, begins)],
    [walkNames.lookup, { ...asleep, kind: 'lookup', pending: emptyTree, count: 0 }]
  ]
}

/** The collection whose rows a paged walk brings: both tables of activity types come in one answer. */
const pagedName = ({ name, reads }: Collection): string | null => {
  if (reads.by === 'activity-types') return 'lead_activity_types'
  return reads.by === 'leads' || reads.by === 'activities' ? null : name
}

const pagedWalks = (settings: SourceSettings): Walks => {
  const names = wantedWays(settings).map(pagedName)
  return [...new Set(names)].flatMap((name) => (name === null ? [] : [[name, pagedWalk(name)] as const]))
}

/** The walks that settings ask for. @internal */
export const startWalks = (
  settings: SourceSettings,
  options: SyncOptions,
  since: Instant
): Readonly<Record<string, Walk>> => {
  const deleted = settings.collections.includes('leads') || rowTypes(settings).includes(deleteLead)
  const feeds: Walks = deleted ? [[walkNames.deleted, feedWalk('deleted', [], since)]] : []
  return Object.fromEntries([
    ...pagedWalks(settings),
    ...activityWalks(settings, options, since),
    ...leadWalks(settings, options, since),
    ...feeds
  ])
}
