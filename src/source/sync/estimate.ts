/**
 * What a sync will cost, before the first call: of the first run, and of each day after.
 *
 *     pages by token      ceil(records / 300), one at least
 *     pages by offset     ceil(records / 200) + 1: only an empty page is the last
 *     jobs                for each window: made, queued, asked about, fetched
 *     feeds               a place, then ceil(records / 300), one at least
 *
 * Sources: Segment "Marketo Source" (it does not tell its calls); Adobe "REST API", "Bulk Extract".
 *
 * @module
 */
import { callLimits, queryLimits } from '../../marketo/limits.js'
import type { Collection, PagedReads } from '../collection.js'
import type { SourceSettings } from '../settings.js'
import { budgetOf, type SyncOptions, settledOptions } from './options.js'
import { deleteLead, groupsOf, rowTypes } from './start-walks.js'
import { childrenOf, wantedWays } from './ways.js'

/**
 * How much there is: records of each collection that is read page by page, by its name (`segments` of all segmentations together); leads
 * and activities (of the types that are read), and how many of them a day brings; how many days lie between the moment that the sync
 * begins at and now; bytes of a row in a file; and how often a job is asked about before its file is there.
 *
 * @category sync
 * @since 0.1.0
 */
export interface ExpectedVolume {
  readonly days: number
  readonly records: Readonly<Record<string, number>>
  readonly leads: number
  readonly leadsPerDay: number
  readonly activities: number
  readonly activitiesPerDay: number
  readonly leadBytes: number
  readonly activityBytes: number
  readonly pollsPerJob: number
}

/**
 * A guess at what nobody counted: nothing in the instance, two hundred bytes a lead, four hundred an activity, three polls a job.
 *
 * @category sync
 * @since 0.1.0
 */
export const usualVolume: ExpectedVolume = {
  days: 0,
  records: {},
  leads: 0,
  leadsPerDay: 0,
  activities: 0,
  activitiesPerDay: 0,
  leadBytes: 200,
  activityBytes: 400,
  pollsPerJob: 3
}

/**
 * Calls by collection and together, bytes of files, and how many quota days they take.
 *
 * @category sync
 * @since 0.1.0
 */
export interface SyncCost {
  readonly calls: Readonly<Record<string, number>>
  readonly totalCalls: number
  readonly bytes: number
  readonly days: number
}

/**
 * What the first run costs, and what each day after.
 *
 * @category sync
 * @since 0.1.0
 */
export interface SyncEstimate {
  readonly firstRun: SyncCost
  readonly eachDay: SyncCost
}

interface Ready {
  readonly settings: SourceSettings
  readonly options: SyncOptions
  readonly volume: ExpectedVolume
}

const { leadDatabasePage, assetPage } = queryLimits

const recordsOf = ({ volume }: Ready, name: string): number => new Map(Object.entries(volume.records)).get(name) ?? 0

const byToken = (records: number): number => Math.max(1, Math.ceil(records / leadDatabasePage))

const byOffset = (records: number): number => Math.ceil(records / assetPage) + 1

const pages: Readonly<Record<PagedReads['by'], (records: number) => number>> = {
  token: byToken,
  offset: byOffset,
  once: () => 1
}

/** Each parent's records have pages of their own; how they spread over parents is not known, so evenly. */
const walkCalls = (ready: Ready, { reads }: Collection, records: number): number => {
  if (!('endpoint' in reads)) return 0
  const { by, parent } = reads
  if (parent === null) return pages[by](records)
  const parents = recordsOf(ready, parent)
  return parents === 0 ? 0 : parents * pages[by](Math.ceil(records / parents))
}

const isWanted = ({ settings }: Ready, name: string): boolean => settings.collections.includes(name)

const typesCalls = (ready: Ready): number =>
  isWanted(ready, 'lead_activity_types') || isWanted(ready, 'lead_activity_type_attributes') ? 1 : 0

/** A walk through what changed is short, one in full is made once in so many runs. */
const dailyWalk = (ready: Ready, collection: Collection, runs: number): number => {
  const { reads } = collection
  const full = walkCalls(ready, collection, recordsOf(ready, collection.name))
  const isParent = childrenOf(ready.settings, collection.name).some((name) => isWanted(ready, name))
  if (!('endpoint' in reads) || !reads.updated || isParent) return runs * full
  const fulls = Math.min(runs, Math.ceil(86_400_000 / Math.max(1, ready.options.fullWalkMillis)))
  return fulls * full + (runs - fulls) * walkCalls(ready, collection, 0)
}

const runsPerDay = ({ options }: Ready): number => Math.max(1, Math.round(86_400_000 / options.intervalMillis))

const feed = (records: number, begins: boolean): number => byToken(records) + (begins ? 1 : 0)

const jobs = ({ volume }: Ready, windows: number): number => windows * (3 + volume.pollsPerJob)

const windowsIn = ({ volume, options }: Ready): number => Math.ceil(volume.days / options.windowDays)

const groups = ({ settings }: Ready): number => groupsOf(rowTypes(settings)).length

const hasDeleted = (ready: Ready): boolean => isWanted(ready, 'leads') || rowTypes(ready.settings).includes(deleteLead)

/** Which collection the feed of deleted leads is counted under. */
const deletedUnder = (ready: Ready): string => (isWanted(ready, 'leads') ? 'leads' : 'lead_activities')

type Calls = Map<string, number>

const add = (calls: Calls, name: string, more: number): void => {
  if (more > 0) calls.set(name, (calls.get(name) ?? 0) + more)
}

const totalled = ({ options, settings }: Ready, calls: Calls, bytes: number): SyncCost => {
  const totalCalls = [...calls.values()].reduce((sum, n) => sum + n, 0)
  const perDay = budgetOf(options, settings.dailyCallLimit).callsPerDay ?? callLimits.callsPerDay
  const days = Math.max(
    1,
    Math.ceil(totalCalls / Math.max(1, perDay)),
    Math.ceil(bytes / Math.max(1, options.bytesPerDay))
  )
  return { calls: Object.fromEntries(calls), totalCalls, bytes, days }
}

const first = (ready: Ready): SyncCost => {
  const { options, volume } = ready
  const byJobs = options.backfill === 'jobs'
  const extracted = byJobs || options.activities === 'jobs'
  const calls: Calls = new Map()
  for (const one of wantedWays(ready.settings)) add(calls, one.name, walkCalls(ready, one, recordsOf(ready, one.name)))
  add(calls, 'lead_activity_types', typesCalls(ready))
  const n = groups(ready)
  if (n > 0)
    add(calls, 'lead_activities', extracted ? jobs(ready, windowsIn(ready)) : n * feed(volume.activities / n, true))
  if (hasDeleted(ready)) add(calls, deletedUnder(ready), feed(0, true))
  if (isWanted(ready, 'leads')) {
    const changes = byJobs && options.leads === 'updatedAt' ? 0 : feed(volume.leads, true)
    add(calls, 'leads', feed(0, true) + changes + (byJobs ? jobs(ready, windowsIn(ready)) : byToken(volume.leads)))
  }
  const leadBytes = isWanted(ready, 'leads') && byJobs ? volume.leads * volume.leadBytes : 0
  const activityBytes = n > 0 && extracted ? volume.activities * volume.activityBytes : 0
  return totalled(ready, calls, leadBytes + activityBytes)
}

const perDay = (ready: Ready): SyncCost => {
  const { options, volume } = ready
  const runs = runsPerDay(ready)
  const calls: Calls = new Map()
  for (const one of wantedWays(ready.settings)) add(calls, one.name, dailyWalk(ready, one, runs))
  add(calls, 'lead_activity_types', runs * typesCalls(ready))
  const n = groups(ready)
  const byPages = options.activities === 'pages'
  if (n > 0)
    add(
      calls,
      'lead_activities',
      runs * (byPages ? n * feed(volume.activitiesPerDay / runs / n, false) : jobs(ready, 1))
    )
  if (hasDeleted(ready)) add(calls, deletedUnder(ready), runs)
  const extracted = options.leads === 'updatedAt' && options.backfill === 'jobs'
  const perRun = volume.leadsPerDay / runs
  if (isWanted(ready, 'leads'))
    add(
      calls,
      'leads',
      runs * (1 + (extracted ? jobs(ready, 1) : feed(perRun, false) + Math.ceil(perRun / leadDatabasePage)))
    )
  const leadBytes = isWanted(ready, 'leads') && extracted ? volume.leadsPerDay * volume.leadBytes : 0
  const activityBytes = n > 0 && !byPages ? volume.activitiesPerDay * volume.activityBytes : 0
  return totalled(ready, calls, leadBytes + activityBytes)
}

/**
 * What a sync of so much will cost. The identity call is free and not counted.
 *
 * @example
 * import { decodeSourceSettings, estimateSync } from 'segment-marketo/source'
 *
 * const read = decodeSourceSettings({ munchkinId: '561-HYG-937', collections: 'lists,email' })
 * const settings = read._tag === 'Left' ? null : read.right
 * const estimate = settings === null ? null : estimateSync(settings, { records: { lists: 1_000, email: 400 } })
 * estimate?.firstRun.calls // => { email: 3, lists: 4 }
 * @category sync
 * @since 0.1.0
 */
export const estimateSync = (
  settings: SourceSettings,
  volume: Partial<ExpectedVolume>,
  options: Partial<SyncOptions> = {}
): SyncEstimate => {
  const ready = {
    settings,
    options: settledOptions(options),
    volume: { ...usualVolume, ...volume }
  }
  return { firstRun: first(ready), eachDay: perDay(ready) }
}
