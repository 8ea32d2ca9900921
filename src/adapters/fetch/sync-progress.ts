/**
 * How far a sync has got, read off its state.
 *
 * @module
 */
import type { SourceSync } from '../../source/sync/state.js'
import { type Walk, walkNames } from '../../source/sync/walks.js'
import type { SyncProgress } from './sync-config.js'

const activityTables = ['lead_activities', 'lead_activity_attributes']
const typeTables = ['lead_activity_types', 'lead_activity_type_attributes']

const forLeads: ReadonlyArray<string> = [walkNames.changes, walkNames.merges, walkNames.deleted]

/** The collections that a walk's answers become rows of. */
const tablesOf = (name: string, walk: Walk): ReadonlyArray<string> => {
  switch (walk.kind) {
    case 'paged':
      return typeTables.includes(walk.collection) ? typeTables : [walk.collection]
    case 'lookup':
      return ['leads']
    case 'export':
      return walk.of === 'leads' ? ['leads'] : activityTables
    case 'feed':
      return forLeads.includes(name) ? ['leads'] : activityTables
  }
}

const isDone = (walk: Walk): boolean => (walk.kind === 'lookup' ? walk.count === 0 : walk.rests)

/** The collections that something is still read of in this run. */
const openIn = ({ walks }: SourceSync): ReadonlySet<string> =>
  new Set(Object.entries(walks).flatMap(([name, walk]) => (isDone(walk) ? [] : tablesOf(name, walk))))

const jobsIn = ({ walks }: SourceSync): number =>
  Object.values(walks).reduce(
    (sum, walk) => sum + (walk.kind === 'export' ? walk.jobs.length + walk.windows.length : 0),
    0
  )

/** What the state tells of the progress. @internal */
export const progressIn = (state: SourceSync): Pick<SyncProgress, 'rows' | 'jobs' | 'collections'> => {
  const { collections } = state.settings
  const open = openIn(state)
  return {
    rows: Object.fromEntries(Object.entries(state.costs).map(([name, { rows }]) => [name, rows])),
    jobs: jobsIn(state),
    collections: { read: collections.filter((name) => !open.has(name)).length, all: collections.length }
  }
}

const isUnread = (walk: Walk): boolean => {
  if (walk.kind === 'paged') return walk.through !== walk.begunAt
  return walk.kind === 'export' && (walk.windows.length > 0 || walk.jobs.length > 0)
}

/** The collections that were not read to their end in the run that is over, as far as pages and jobs tell. @internal */
export const unreadIn = ({ walks, settings: { collections } }: SourceSync): ReadonlyArray<string> => {
  const unread = new Set(Object.entries(walks).flatMap(([name, walk]) => (isUnread(walk) ? tablesOf(name, walk) : [])))
  return collections.filter((name) => unread.has(name))
}
