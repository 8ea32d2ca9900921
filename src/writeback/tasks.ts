/**
 * What could be asked now: lookups for what waits, then places and pages.
 *
 *     leads       300 in a call          ┐ nothing is asked that is known, or asked for already
 *     emails      one in a call          │
 *     campaigns   300 in a call          ┘
 *     walks       a place to begin at, or the next page, while there is room for what it brings
 *
 * @module
 */
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import { describeGetCampaigns, describeGetEmail } from '../endpoints/asset-lookups.js'
import { describeGetActivities } from '../endpoints/get-activities.js'
import { describeGetLeads } from '../endpoints/get-leads.js'
import { describePagingToken } from '../endpoints/paging-token.js'
import type { Instant } from '../ground/calendar.js'
import { isNonEmpty } from '../ground/these.js'
import type { Call, Described, HttpRequest } from '../intent/descriptor.js'
import { missingOf, needsOf } from './emit.js'
import { compiled } from './event-of.js'
import { fieldNames } from './settings.js'
import type { Desk, InFlight, Walk, Writeback } from './state.js'

/** A call that could be made. @internal */
export type Task = Pick<InFlight, 'errand' | 'call' | 'walk' | 'ids'>

const callsOf = (described: Described<HttpRequest>): ReadonlyArray<Call<HttpRequest>> =>
  described._tag === 'Left' ? [] : described.right

type Describe = (state: Writeback, ids: ReadonlyNonEmptyArray<string>) => Described<HttpRequest>

const assetsOf = ({ settings: { munchkinId } }: Writeback, [first, ...rest]: ReadonlyNonEmptyArray<string>) =>
  [{ munchkinId, id: Number(first) }, ...rest.map((id) => ({ munchkinId, id: Number(id) }))] as const

/** How many of each are asked for at once at most, and how. */
const desks: Readonly<Record<Desk, { readonly most: number; readonly describe: Describe }>> = {
  leads: {
    most: 300,
    describe: ({ settings, refusedFields }, [first, ...rest]) => {
      const question = (value: string) => ({ munchkinId: settings.munchkinId, lead: { lookupField: 'id', value } })
      const fields = fieldNames(settings.leadFields).filter((name) => !refusedFields.includes(name))
      return describeGetLeads([question(first), ...rest.map(question)], fields)
    }
  },
  emails: { most: 1, describe: (state, ids) => describeGetEmail(assetsOf(state, ids)) },
  campaigns: { most: 300, describe: (state, ids) => describeGetCampaigns(assetsOf(state, ids)) }
}

/** What can be looked up, the most urgent first. @internal */
export const deskNames: ReadonlyArray<Desk> = ['leads', 'emails', 'campaigns']

/** What is lacking for all that waits, by desk, each once; what is asked for already is left out. */
const lackingOf = (state: Writeback): Readonly<Record<Desk, ReadonlySet<string>>> => {
  const ready = compiled(state.settings)
  const lacking = { leads: new Set<string>(), emails: new Set<string>(), campaigns: new Set<string>() }
  for (const activity of state.waiting) {
    const missing = missingOf(state, needsOf(ready, state, activity))
    if (missing.leads !== null) lacking.leads.add(missing.leads)
    if (missing.emails !== null) lacking.emails.add(missing.emails)
    if (missing.campaigns !== null) lacking.campaigns.add(missing.campaigns)
  }
  for (const { errand, ids } of Object.values(state.inFlight))
    for (const desk of deskNames) if (desk === errand) for (const id of ids) lacking[desk].delete(id)
  return lacking
}

const lookupsAt = (state: Writeback, desk: Desk, lacking: ReadonlySet<string>): ReadonlyArray<Task> => {
  const { most, describe } = desks[desk]
  const size = Math.min(most, state.held[desk].size)
  const all = [...lacking]
  const tasks: Array<Task> = []
  for (let i = 0; i < all.length; i += size) {
    const ids = all.slice(i, i + size)
    if (!isNonEmpty(ids)) continue
    for (const call of callsOf(describe(state, ids)))
      tasks.push({ errand: desk, call, walk: -1, ids: call.intents.flatMap((k) => ids[k] ?? []) })
  }
  return tasks
}

const walkTask = (state: Writeback, walk: Walk, i: number): ReadonlyArray<Task> => {
  const { munchkinId } = state.settings
  const { token, since, typeIds } = walk
  const described =
    token === null
      ? describePagingToken([{ munchkinId, since }])
      : describeGetActivities([{ munchkinId, nextPageToken: token, activityTypeIds: typeIds }])
  const errand = token === null ? 'place' : 'page'
  return callsOf(described).map((call) => ({ errand, call, walk: i, ids: [] }))
}

/** Whether there is room for what another page brings. @internal */
export const hasRoom = ({ waiting, events, remarks, options }: Writeback): boolean =>
  waiting.length + events.length + remarks.length < options.window

/** The walks that nobody is on, by position. @internal */
export const restingWalks = ({ walks, inFlight }: Writeback): ReadonlyArray<readonly [Walk, number]> => {
  const busy = new Set(Object.values(inFlight).map(({ walk }) => walk))
  return walks.flatMap((walk, i) => (busy.has(i) ? [] : [[walk, i] as const]))
}

/** The desks that something is lacking from. @internal */
export const openDesks = (state: Writeback): ReadonlyArray<readonly [Desk, ReadonlySet<string>]> => {
  if (state.waiting.length === 0) return []
  const lacking = lackingOf(state)
  return deskNames.flatMap((desk) => (lacking[desk].size === 0 ? [] : [[desk, lacking[desk]] as const]))
}

/** All that could be asked now, the most urgent first. @internal */
export const tasksAt = (state: Writeback, now: Instant): ReadonlyArray<Task> => [
  ...openDesks(state).flatMap(([desk, lacking]) =>
    state.held[desk].notBefore > now ? [] : lookupsAt(state, desk, lacking)
  ),
  ...(hasRoom(state)
    ? restingWalks(state).flatMap(([walk, i]) => (walk.notBefore > now ? [] : walkTask(state, walk, i)))
    : [])
]
