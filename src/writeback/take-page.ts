/**
 * Where a walk begins, and what its pages bring.
 *
 *     more, another token            on at once, also behind an empty page
 *     more, the same token, nothing  it stands still: said, and tried again later
 *     no more                        the token is kept, the next poll goes on there
 *     the token is refused           anew from the latest moment read, less the overlap; what was told is known by its id
 *
 * @module
 */
import type { ActivityRecord } from '../endpoints/activity-record.js'
import type { ActivityPage } from '../endpoints/get-activities.js'
import type { PagingToken } from '../endpoints/paging-token.js'
import type { Instant } from '../ground/calendar.js'
import { malformed } from '../ground/problem.js'
import type { Refused } from '../intent/outcome.js'
import { momentOf } from '../marketo/moments.js'
import type { Lost } from '../pace/call-end.js'
import { untried } from '../pace/held.js'
import { afterFailure, troubleWith } from './after-failure.js'
import { forgotten, type Memory, recalled, remembered } from './memory.js'
import { rowIdOf } from './row-id.js'
import { type Draft, type InFlight, tellTrouble, type Walk } from './state.js'

const put = (draft: Draft, i: number, walk: Walk): void => {
  draft.walks = draft.walks.map((other, k) => (k === i ? walk : other))
}

/** Takes the place that a walk begins at. @internal */
export const takePlace = (draft: Draft, flight: InFlight, told: PagingToken | Refused | Lost, now: Instant): void => {
  const { walk: i } = flight
  const walk = draft.walks[i]
  if (walk === undefined) return
  if (told._tag === 'PagingToken' && told.nextPageToken !== null) {
    put(draft, i, { ...walk, ...untried, token: told.nextPageToken, rests: false })
    return
  }
  const end = told._tag === 'PagingToken' ? ({ _tag: 'Unanswered' } as const) : told
  const after = afterFailure(draft, walk, flight, end, 1, now)
  if (after.todo === 'give-up') tellTrouble(draft, troubleWith('activities', end, 'it is asked for again later'))
  if (after.todo !== 'accept') put(draft, i, { ...walk, ...after.held, rests: after.todo === 'give-up' })
  else put(draft, i, { ...walk, notBefore: now + draft.options.pollMillis, rests: true })
}

/** What is met again is kept for longer, or forgotten where it is from before an instant. */
const met = <A>(
  memory: Memory<A>,
  key: string | null,
  most: number,
  since: Instant = Number.NEGATIVE_INFINITY
): Memory<A> => {
  if (key === null) return memory
  const known = recalled(memory, key)
  if (known === undefined) return memory
  return known.at < since ? forgotten(memory, key) : remembered(memory, key, known.value, known.at, most)
}

const touch = (draft: Draft, { leadId, primaryAttributeValueId, campaignId }: ActivityRecord, now: Instant): void => {
  const { remember, rememberMillis } = draft.options
  // A lead that was looked up too long ago is looked up anew.
  draft.leads = met(draft.leads, leadId, remember, now - rememberMillis)
  draft.emails = met(draft.emails, primaryAttributeValueId, remember)
  draft.campaigns = met(draft.campaigns, campaignId, remember)
}

/** Takes activities in that were not told yet. */
const takeIn = (draft: Draft, activities: ReadonlyArray<ActivityRecord>, now: Instant): void => {
  const fresh: Array<ActivityRecord> = []
  for (const activity of activities) {
    const id = rowIdOf(activity)
    const isNew = recalled(draft.seen, id) === undefined
    draft.seen = remembered(draft.seen, id, true, now, draft.options.remember)
    if (!isNew) continue
    touch(draft, activity, now)
    fresh.push(activity)
  }
  draft.waiting = [...draft.waiting, ...fresh]
}

/** The latest moment of a walk; what is dated ahead of the clock counts as now. */
const latestOf = ({ latest }: Walk, activities: ReadonlyArray<ActivityRecord>, now: Instant): Instant | null => {
  let so = latest
  for (const { activityDate } of activities) {
    const moment = momentOf(activityDate ?? '')
    if (moment !== undefined && (so === null || moment > so)) so = Math.min(moment, now)
  }
  return so
}

const strayed = malformed('warning', ['activities'], 'something that is no activity', 'it was passed over')
const stalled = malformed('warning', ['activities'], 'a place that leads to itself', 'it is asked again later')
const placeless = malformed('warning', ['activities'], 'more to read and no place to go on', 'it is asked again later')

const readOn = (draft: Draft, i: number, walk: Walk, page: ActivityPage, now: Instant): void => {
  const { activities, nextPageToken, more } = page
  const later = now + draft.options.pollMillis
  const after: Walk = { ...walk, ...untried, latest: latestOf(walk, activities, now), begunAnew: false }
  if (more === true && nextPageToken === null) tellTrouble(draft, placeless)
  const isStill = more === true && nextPageToken === walk.token && activities.length === 0
  if (isStill) tellTrouble(draft, stalled)
  const goesOn = more === true && nextPageToken !== null && nextPageToken !== walk.token
  put(draft, i, { ...after, token: nextPageToken ?? walk.token, notBefore: goesOn ? 0 : later, rests: !goesOn })
}

/** Whether a place that was refused may be left for one by date: once, until a page was read. */
const mayBeginAnew = ({ begunAnew }: Walk, end: Refused | Lost): boolean =>
  !begunAnew && end._tag === 'Refused' && (end.remedy === 'mend-request' || end.remedy === 'mend-record')

const begunAnew = (draft: Draft, walk: Walk): Walk => {
  const since = Math.max(walk.since, (walk.latest ?? walk.since) - draft.options.overlapMillis)
  return { ...walk, ...untried, token: null, since, begunAnew: true, rests: false }
}

const refusedPlace = malformed(
  'warning',
  ['activities'],
  'a place that Marketo no longer takes',
  'it began anew by date'
)

/** Takes a page of activities. @internal */
export const takePage = (draft: Draft, flight: InFlight, told: ActivityPage | Refused | Lost, now: Instant): void => {
  const { walk: i } = flight
  const walk = draft.walks[i]
  if (walk === undefined) return
  if (told._tag === 'ActivityPage') {
    if (told.strays > 0) tellTrouble(draft, strayed)
    takeIn(draft, told.activities, now)
    readOn(draft, i, walk, told, now)
    return
  }
  const after = afterFailure(draft, walk, flight, told, 1, now)
  if (after.todo === 'wait') put(draft, i, { ...walk, ...after.held, rests: false })
  else if (after.todo === 'accept')
    put(draft, i, { ...walk, ...untried, notBefore: now + draft.options.pollMillis, rests: true })
  else if (mayBeginAnew(walk, told)) {
    tellTrouble(draft, refusedPlace)
    put(draft, i, begunAnew(draft, walk))
  } else {
    tellTrouble(draft, troubleWith('activities', told, 'it is asked for again later'))
    put(draft, i, { ...walk, ...after.held, begunAnew: false, rests: true })
  }
}
