/**
 * The start of a run: each walk that rests sets out again, those still under way go on.
 *
 *     paged     from the first page, in full or through what changed since
 *     feed      on from where it was
 *     export    windows from where the last ones ended
 *
 * @module
 */
import type { Instant } from '../../ground/calendar.js'
import { untried } from '../../pace/held.js'
import { hasChildren } from './rest.js'
import { type Draft, put } from './state.js'
import { type ExportWalk, type FeedWalk, type PagedWalk, type Walk, walkNames } from './walks.js'
import { waysOf } from './ways.js'
import { windowsOf } from './windows.js'

/** Marketo may forget deletions after so long. */
const deletionsKept = 14 * 86_400_000

const pagedBegun = (draft: Draft, walk: PagedWalk, now: Instant): PagedWalk => {
  const { overlapMillis, fullWalkMillis } = draft.options
  const { through, fullAt } = walk
  const full =
    through === null ||
    fullAt === null ||
    now - fullAt >= fullWalkMillis ||
    hasChildren(draft, walk.collection) ||
    waysOf(draft.settings, walk.collection, walk.otherwise)?.updated !== true
  const window = full ? null : { startAt: Math.max(0, through - overlapMillis), endAt: now }
  const place = { token: null, offset: 0, heads: null, parents: null, ids: [] } as const
  return { ...walk, ...untried, ...place, rests: false, window, begunAt: now, begunAnew: false, skipped: false }
}

const feedBegun = (draft: Draft, name: string, walk: FeedWalk, now: Instant): FeedWalk => {
  if (name === walkNames.changes && draft.leadsBy !== 'changes') return walk
  if (walk.token === null && walk.since === null) return walk
  const since =
    walk.of === 'deleted' && walk.token === null ? Math.max(walk.since ?? 0, now - deletionsKept) : walk.since
  return { ...walk, ...untried, rests: false, since }
}

/** Where an extract's new windows begin, or null where this run has none. */
const exportsFrom = ({ since, options, leadsBy }: Draft, { of, through }: ExportWalk): Instant | null => {
  const always = of === 'activities' && options.activities === 'jobs'
  if (through === null) return options.backfill === 'jobs' || always ? since : null
  if (of === 'leads') return leadsBy === 'updatedAt' ? Math.max(0, through - options.overlapMillis) : null
  return options.activities === 'jobs' ? Math.max(0, through - options.jobOverlapMillis) : null
}

const exportBegun = (draft: Draft, walk: ExportWalk, now: Instant): ExportWalk => {
  const isLeft = walk.windows.length > 0
  const from = isLeft ? walk.until : exportsFrom(draft, walk)
  if (from === null) return walk
  const windows = [...walk.windows, ...windowsOf(from, now, draft.options.windowDays)]
  const by = walk.of === 'leads' && walk.through !== null ? 'updatedAt' : 'createdAt'
  const begunAt = isLeft ? walk.begunAt : now
  return { ...walk, ...untried, by, windows, until: now, begunAt, rests: windows.length === 0 }
}

/** From the run on in which leads are first read, the feeds tell what the extract of leads cannot hold. */
const leadsBegin = (draft: Draft, now: Instant): void => {
  const since = Math.max(0, now - draft.options.overlapMillis)
  for (const name of [walkNames.merges, walkNames.changes]) {
    const walk = draft.walks[name]
    if (walk?.kind === 'feed' && walk.since === null) put(draft, name, { ...walk, since })
  }
}

const begun = (draft: Draft, name: string, walk: Walk, now: Instant): Walk => {
  if (!walk.rests) return walk
  switch (walk.kind) {
    case 'paged':
      return pagedBegun(draft, walk, now)
    case 'feed':
      return feedBegun(draft, name, walk, now)
    case 'export':
      return exportBegun(draft, walk, now)
    case 'lookup':
      return { ...walk, ...untried }
  }
}

/** Begins a run. @internal */
export const beginRun = (draft: Draft, now: Instant): void => {
  leadsBegin(draft, now)
  draft.walks = Object.fromEntries(
    Object.entries(draft.walks).map(([name, walk]) => [name, begun(draft, name, walk, now)])
  )
  draft.run = { startedAt: now, nextAt: now + draft.options.intervalMillis }
}
