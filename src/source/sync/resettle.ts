/**
 * A sync under other settings: what is read already stays read.
 *
 *     a collection more       walked through from the next run on
 *     an activity type more   read from the start on, apart from the others
 *     a type less             asked for no more
 *     a lead field more       its column fills as leads change; `backfillLeads` reads all of them anew
 *
 * @module
 */
import { malformed, type Problem, risky } from '../../ground/problem.js'
import { resettleBudget } from '../../pace/budget-state.js'
import { untried } from '../../pace/held.js'
import type { SourceSettings } from '../settings.js'
import { budgetOf } from './options.js'
import { activitiesFrom, exportWalk, feedWalk, groupsOf, rowTypes, startWalks } from './start-walks.js'
import type { SourceSync } from './state.js'
import { type FeedWalk, groupName, type Walk, walkNames } from './walks.js'

type Named = readonly [name: string, walk: Walk]

const isGroup = ([name]: Named): boolean => name.startsWith(groupName(0).slice(0, -1))
const isActivityExport = ([name]: Named): boolean => name.startsWith(walkNames.activities)

/** A feed of fewer types begins anew by date: its place belongs to the types that it was made for. */
const narrowed = (walk: FeedWalk, types: ReadonlyArray<number>, overlap: number): FeedWalk => {
  const typeIds = walk.typeIds.filter((id) => types.includes(id))
  if (typeIds.length === walk.typeIds.length || walk.since === null) return { ...walk, typeIds }
  const since = Math.max(walk.since, (walk.latest ?? walk.since) - overlap)
  return { ...walk, ...untried, typeIds, token: null, since }
}

/** Walks through activities that go on, with the types that are still wanted. */
const keptGroups = ({ walks, options }: SourceSync, types: ReadonlyArray<number>): ReadonlyArray<Named> =>
  Object.entries(walks).flatMap(([name, walk]): ReadonlyArray<Named> => {
    if (walk.kind === 'feed' && isGroup([name, walk])) {
      const feed = narrowed(walk, types, options.overlapMillis)
      return feed.typeIds.length === 0 ? [] : [[name, feed]]
    }
    if (walk.kind !== 'export' || !isActivityExport([name, walk])) return []
    const typeIds = walk.typeIds.filter((id) => types.includes(id))
    return typeIds.length === 0 ? [] : [[name, { ...walk, typeIds }]]
  })

/** The first number that no walk through activities has. */
const freeNumber = (kept: ReadonlyArray<Named>): number =>
  Math.max(-1, ...kept.map(([name]) => Number(name.split(' ').pop())).filter((n) => Number.isInteger(n))) + 1

/** Walks for types that nobody reads yet. */
const newGroups = (
  { options, since }: SourceSync,
  kept: ReadonlyArray<Named>,
  types: ReadonlyArray<number>
): ReadonlyArray<Named> => {
  const known = new Set(kept.flatMap(([, walk]) => ('typeIds' in walk ? walk.typeIds : [])))
  const groups = groupsOf(types.filter((id) => !known.has(id)))
  if (groups.length === 0) return []
  const n = freeNumber(kept)
  const begins = activitiesFrom(options, since)
  return [
    [`${walkNames.activities} ${n}`, exportWalk('activities', groups.flat())],
    ...groups.map((typeIds, k): Named => [groupName(n + k), feedWalk('activities', typeIds, begins)])
  ]
}

const otherInstance = malformed(
  'invalid',
  ['munchkinId'],
  'another instance',
  'start a sync of its own for it: its ids mean other things'
)

const newColumn = (field: string): Problem =>
  risky(
    ['customLeadFields', field],
    'unusual',
    'its column fills as leads change: say backfillLeads to read all of them anew'
  )

/**
 * The sync under other settings, and what is to be said of them. Settings of another instance are refused: the sync stays as it was.
 *
 * @category sync
 * @since 0.1.0
 */
export const resettled = (
  state: SourceSync,
  settings: SourceSettings
): readonly [state: SourceSync, problems: ReadonlyArray<Problem>] => {
  if (settings.munchkinId !== state.settings.munchkinId) return [state, [otherInstance]]
  const { options } = state
  const types = rowTypes(settings)
  const kept = keptGroups(state, types)
  const usual = Object.entries(startWalks(settings, options, state.since)).filter(
    (named) => !isGroup(named) && !isActivityExport(named)
  )
  const before = new Map(Object.entries(state.walks))
  const walks = usual.map(([name, walk]): Named => [name, before.get(name) ?? walk])
  const fields = new Set(state.settings.customLeadFields.map(({ field }) => field))
  const fresh = settings.customLeadFields.filter(({ field }) => !fields.has(field))
  return [
    {
      ...state,
      settings,
      // A field that was refused may be visible by now.
      refusedFields: [],
      budget: resettleBudget(state.budget, budgetOf(options, settings.dailyCallLimit)),
      run: { ...state.run, nextAt: 0 },
      walks: Object.fromEntries([...walks, ...kept, ...newGroups(state, kept, types)])
    },
    fresh.map(({ field }) => newColumn(field))
  ]
}

/**
 * The sync with all leads to be read anew, in the next run.
 *
 * @category sync
 * @since 0.1.0
 */
export const backfillLeads = (state: SourceSync): SourceSync => {
  const walk = state.walks[walkNames.leads]
  if (walk?.kind !== 'export') return state
  const anew = { ...walk, ...untried, by: 'createdAt', windows: [], jobs: [], through: null, rests: true } as const
  return { ...state, walks: { ...state.walks, [walkNames.leads]: anew }, run: { ...state.run, nextAt: 0 } }
}
