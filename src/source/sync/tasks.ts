/**
 * What could be asked now, and when the rest may be.
 *
 *     paged      the next page                          ┐
 *     feed       a place to begin at, or the next page  ├ while there is room for what it brings
 *     lookup     leads by id, 300 in a call             │
 *     export     a job's file                           ┘
 *                the job's next step
 *
 * @module
 */
import type { Instant } from '../../ground/calendar.js'
import { entriesOf } from '../../ground/tree.js'
import { queryLimits } from '../../marketo/limits.js'
import { nextQuotaReset, quotaDayStart } from '../../pace/quota-day.js'
import type { Draft, InFlight, SourceSync } from './state.js'
import type { ExportWalk, FeedWalk, LookupWalk, PagedWalk, Walk } from './walks.js'
import { waysOf } from './ways.js'

/** Something that can be asked, from `at` on. @internal */
export interface Unit extends Pick<InFlight, 'errand' | 'walk' | 'window' | 'ids' | 'tried'> {
  readonly at: Instant
}

/** Whether there is room for what another page brings. @internal */
export const hasRoom = ({ rows, problems, options }: SourceSync): boolean =>
  rows.length + problems.length < options.rowsWaiting

const busyKey = (walk: string, window: Instant | null): string => `${walk} ${window ?? ''}`

/** The walks and jobs that somebody is on. */
const busyIn = ({ inFlight }: SourceSync): ReadonlySet<string> =>
  new Set(Object.values(inFlight).map(({ walk, window }) => busyKey(walk, window)))

const noIds: ReadonlyArray<string> = []

const unit = (errand: Unit['errand'], walk: string, { tried, notBefore }: Walk): Unit => ({
  errand,
  walk,
  window: null,
  ids: noIds,
  tried,
  at: notBefore
})

/** Whether a walk waits for the ids of the records that its own hang on. */
const waitsForParents = ({ settings }: SourceSync, { collection, otherwise, parents }: PagedWalk): boolean =>
  parents === null && (waysOf(settings, collection, otherwise)?.parent ?? null) !== null

const pagedUnits = (state: SourceSync, name: string, walk: PagedWalk): ReadonlyArray<Unit> =>
  walk.rests || waitsForParents(state, walk) || !hasRoom(state) ? [] : [unit('page', name, walk)]

const feedUnits = (state: SourceSync, name: string, walk: FeedWalk): ReadonlyArray<Unit> => {
  if (walk.rests) return []
  if (walk.token === null) return [unit('place', name, walk)]
  return hasRoom(state) ? [unit('page', name, walk)] : []
}

/** When files may be made again: now, or once the day's bytes are there anew. */
const bytesFrom = ({ exported, options }: SourceSync, now: Instant): Instant =>
  exported.bytes >= options.bytesPerDay && exported.day === quotaDayStart(now) ? nextQuotaReset(now) : 0

const jobUnits = (state: SourceSync, name: string, walk: ExportWalk, now: Instant): ReadonlyArray<Unit> =>
  walk.jobs.flatMap(({ phase, window, tried, notBefore }) => {
    if (phase === 'file' && !hasRoom(state)) return []
    const makes = phase === 'create' || phase === 'enqueue'
    const at = makes ? Math.max(notBefore, bytesFrom(state, now)) : notBefore
    return [{ errand: phase, walk: name, window: window.startAt, ids: noIds, tried, at }]
  })

/** So many lookups are on their way at once, of one walk. */
const mostLookups = 10

const lookupUnits = (state: SourceSync, name: string, walk: LookupWalk): ReadonlyArray<Unit> => {
  if (walk.count === 0 || !hasRoom(state)) return []
  const size = Math.min(walk.size, queryLimits.filterValues)
  const ids = entriesOf(walk.pending, size * mostLookups).map(([id]) => id)
  const units: Array<Unit> = []
  for (let i = 0; i < ids.length; i += size) units.push({ ...unit('leads', name, walk), ids: ids.slice(i, i + size) })
  return units
}

const unitsOf = (state: SourceSync, name: string, walk: Walk, now: Instant): ReadonlyArray<Unit> => {
  switch (walk.kind) {
    case 'paged':
      return pagedUnits(state, name, walk)
    case 'feed':
      return feedUnits(state, name, walk)
    case 'export':
      return jobUnits(state, name, walk, now)
    case 'lookup':
      return lookupUnits(state, name, walk)
  }
}

/** All that can be asked by itself, now or later, and that nobody asks already. @internal */
export const unitsIn = (state: SourceSync, now: Instant): ReadonlyArray<Unit> => {
  const busy = busyIn(state)
  return Object.entries(state.walks).flatMap(([name, walk]) =>
    unitsOf(state, name, walk, now).filter(
      ({ errand, window }) => errand === 'leads' || !busy.has(busyKey(name, window))
    )
  )
}

const jobsIn = ({ walks }: SourceSync): number => {
  let jobs = 0
  for (const walk of Object.values(walks)) if (walk.kind === 'export') jobs += walk.jobs.length
  return jobs
}

const openOne = (draft: Draft, name: string, walk: ExportWalk): void => {
  const [window, ...windows] = walk.windows
  if (window === undefined) return
  const { tried, size } = walk
  const told = {
    exportId: null,
    bytes: null,
    checksum: null,
    reading: null,
    got: 0,
    polls: 0,
    again: 0,
    described: false
  } as const
  const job = { window, phase: 'create', tried, size, notBefore: 0, ...told } as const
  draft.walks = { ...draft.walks, [name]: { ...walk, windows, jobs: [...walk.jobs, job] } }
}

/** Makes jobs of windows as long as fewer run than may, of all walks in turn. @internal */
export const openJobs = (draft: Draft): void => {
  for (let room = draft.options.jobs - jobsIn(draft); room > 0; room -= 1) {
    const open = Object.entries(draft.walks).flatMap(([name, walk]) =>
      walk.kind === 'export' && !walk.rests && walk.windows.length > 0 ? [[name, walk] as const] : []
    )
    const least = Math.min(...open.map(([, { jobs }]) => jobs.length))
    const next = open.find(([, { jobs }]) => jobs.length === least)
    if (next === undefined) return
    openOne(draft, ...next)
  }
}
