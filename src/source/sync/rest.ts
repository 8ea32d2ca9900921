/**
 * How walks come to rest: they read all there was, or are given up until the next run.
 *
 *     a walk that is done       says so, and hands its ids to those that hang on them
 *     an extract that is done   tells the feeds where to go on
 *     given up                  what was not read yet is read in the next run
 *
 * @module
 */
import type { Instant } from '../../ground/calendar.js'
import { untried } from '../../pace/held.js'
import { type Draft, isWanted, put } from './state.js'
import type { ExportWalk, PagedWalk, Walk } from './walks.js'
import { childrenOf } from './ways.js'

/** The tables that a paged walk fills. */
const tablesOf = (collection: string): ReadonlyArray<string> =>
  collection === 'lead_activity_types' ? ['lead_activity_types', 'lead_activity_type_attributes'] : [collection]

/** The walks that wait for this one's ids. */
const waiting = (draft: Draft, collection: string): ReadonlyArray<readonly [string, PagedWalk]> =>
  childrenOf(draft.settings, collection).flatMap((name) => {
    const walk = draft.walks[name]
    return walk?.kind === 'paged' && !walk.rests && walk.parents === null ? [[name, walk] as const] : []
  })

/** Whether others hang on a collection's ids. @internal */
export const hasChildren = (draft: Draft, collection: string): boolean =>
  childrenOf(draft.settings, collection).some((name) => draft.walks[name] !== undefined)

/** A paged walk is done. @internal */
export const walkDone = (draft: Draft, name: string, walk: PagedWalk): void => {
  const { window, begunAt, collection, skipped } = walk
  const isFull = window === null && !skipped
  const through = skipped ? walk.through : (window?.endAt ?? begunAt)
  const fullAt = isFull ? begunAt : walk.fullAt
  const place = { token: null, offset: 0, heads: null, parents: null, ids: [], window: null } as const
  put(draft, name, { ...walk, ...untried, ...place, rests: true, through, fullAt })
  const told = tablesOf(collection).filter((table) => isWanted(draft, table))
  draft.walked = [...draft.walked, ...told.map((table) => ({ collection: table, full: isFull }))]
  for (const [child, one] of waiting(draft, collection)) {
    if (walk.ids.length === 0) walkDone(draft, child, { ...one, skipped })
    else put(draft, child, { ...one, parents: walk.ids, skipped })
  }
}

/** Where the feeds of activities go on from what was extracted. */
const handOver = (draft: Draft, { typeIds }: ExportWalk, from: Instant): void => {
  for (const [name, walk] of Object.entries(draft.walks))
    if (walk.kind === 'feed' && walk.since === null && walk.typeIds.every((id) => typeIds.includes(id)))
      put(draft, name, { ...walk, since: from })
}

/** An extract is done, once nothing of it is open. @internal */
export const exportDone = (draft: Draft, name: string, walk: ExportWalk): void => {
  if (walk.windows.length > 0 || walk.jobs.length > 0) return put(draft, name, walk)
  put(draft, name, { ...walk, ...untried, rests: true, through: walk.begunAt })
  const { activities, jobOverlapMillis } = draft.options
  // Where jobs go on with activities, a feed beside them would tell each a second time.
  if (walk.of === 'activities' && activities === 'pages')
    handOver(draft, walk, Math.max(0, walk.begunAt - jobOverlapMillis))
}

const givenUp = (walk: Walk): Walk => {
  switch (walk.kind) {
    case 'paged':
    case 'feed':
      return { ...walk, rests: true }
    case 'export': {
      const windows = [...walk.jobs.map(({ window }) => window), ...walk.windows]
      return { ...walk, rests: true, jobs: [], windows: windows.sort((a, b) => a.startAt - b.startAt) }
    }
    case 'lookup':
      return walk
  }
}

/** Gives a walk up until the next run, and those that wait for its ids with it. @internal */
export const giveUp = (draft: Draft, name: string): void => {
  const walk = draft.walks[name]
  if (walk === undefined) return
  put(draft, name, givenUp(walk))
  if (walk.kind === 'paged') for (const [child] of waiting(draft, walk.collection)) giveUp(draft, child)
}
