/**
 * Where a feed begins, and what its pages bring.
 *
 *     more, another token            on at once, also behind an empty page
 *     more, the same token, nothing  it stands still: said, and read again in the next run
 *     no more                        the token is kept, the next run goes on there
 *     the token is refused           anew from the latest moment read, less the overlap
 *
 * Activities become rows; new, changed and merged leads are asked for by id, merged and deleted ones get their day.
 *
 * @module
 */
import type { PagingToken } from '../../endpoints/paging-token.js'
import type { ReadPage } from '../../endpoints/read-page.js'
import type { Instant } from '../../ground/calendar.js'
import { malformed } from '../../ground/problem.js'
import { valueAt, withValue } from '../../ground/tree.js'
import type { Refused } from '../../intent/outcome.js'
import type { Lost } from '../../pace/call-end.js'
import { untried } from '../../pace/held.js'
import type { RowsRead } from '../rows-read.js'
import { afterFailure, isUnfit } from './after-failure.js'
import { giveUp } from './rest.js'
import { type Draft, type InFlight, put, tell, tellRefusal } from './state.js'
import { rowsIn } from './take-paged.js'
import { type FeedWalk, walkNames } from './walks.js'

/** A record of a feed: what rows it makes, of which lead it tells, and when that was. @internal */
export interface FeedRecord extends RowsRead {
  readonly leadId: string | null
  readonly at: Instant | null
}

const tableOf = (name: string): string =>
  name === walkNames.deleted || name === walkNames.merges || name === walkNames.changes ? 'leads' : 'lead_activities'

/** Takes the place that a feed begins at. @internal */
export const takePlace = (draft: Draft, flight: InFlight, told: PagingToken | Refused | Lost, now: Instant): void => {
  const { walk: name } = flight
  const walk = draft.walks[name]
  if (walk?.kind !== 'feed') return
  if (told._tag === 'PagingToken' && told.nextPageToken !== null)
    return put(draft, name, { ...walk, ...untried, token: told.nextPageToken })
  const end = told._tag === 'PagingToken' ? ({ _tag: 'Unanswered' } as const) : told
  const after = afterFailure(draft, walk, flight, end, 1, now)
  if (after.todo === 'wait') return put(draft, name, { ...walk, ...after.held })
  tellRefusal(draft, tableOf(name), end, 'it is read again in the next run')
  giveUp(draft, name)
}

const marketoNumber = /^[1-9]\d{0,15}$/

/** Leads to be asked for, each once. @internal */
export const askFor = (draft: Draft, ids: ReadonlyArray<string>): void => {
  const walk = draft.walks[walkNames.lookup]
  if (walk?.kind !== 'lookup') return
  let { pending, count } = walk
  for (const id of ids)
    if (marketoNumber.test(id) && valueAt(pending, id) === undefined) {
      pending = withValue(pending, id, true)
      count += 1
    }
  put(draft, walkNames.lookup, { ...walk, pending, count })
}

/** Only the feeds of leads tell which leads to ask for, and only where no extract finds them by itself. */
const asksFor = (draft: Draft, name: string): boolean =>
  draft.leadsBy === 'changes' && (name === walkNames.merges || name === walkNames.changes)

/** The latest moment of a feed; what is dated ahead of the clock counts as now. */
const latestOf = ({ latest }: FeedWalk, records: ReadonlyArray<FeedRecord>, now: Instant): Instant | null => {
  let so = latest
  for (const { at } of records) if (at !== null && (so === null || at > so)) so = Math.min(at, now)
  return so
}

const stalled = (table: string) =>
  malformed('warning', [table], 'a place that leads to itself', 'it is read again in the next run')
const placeless = (table: string) =>
  malformed('warning', [table], 'more to read and no place to go on', 'it is read again in the next run')
const refusedPlace = (table: string) =>
  malformed('warning', [table], 'a place that Marketo no longer takes', 'it began anew by date')

const readOn = (draft: Draft, name: string, walk: FeedWalk, page: ReadPage<FeedRecord>, now: Instant): void => {
  const { records, nextPageToken, more } = page
  const after: FeedWalk = { ...walk, ...untried, latest: latestOf(walk, records, now), begunAnew: false }
  if (more === true && nextPageToken === null) tell(draft, placeless(tableOf(name)))
  const isSame = nextPageToken === walk.token
  if (more === true && isSame && records.length === 0) tell(draft, stalled(tableOf(name)))
  const goesOn = more === true && nextPageToken !== null && !isSame
  put(draft, name, { ...after, token: nextPageToken ?? walk.token, rests: !goesOn })
}

const failed = (draft: Draft, name: string, walk: FeedWalk, flight: InFlight, told: Refused | Lost, now: Instant) => {
  const after = afterFailure(draft, walk, flight, told, 1, now)
  if (after.todo === 'wait') return put(draft, name, { ...walk, ...after.held })
  if (after.todo === 'accept') return put(draft, name, { ...walk, ...untried, rests: true })
  if (!walk.begunAnew && isUnfit(told)) {
    tell(draft, refusedPlace(tableOf(name)))
    const { overlapMillis } = draft.options
    const since = Math.max(walk.since ?? 0, (walk.latest ?? walk.since ?? 0) - overlapMillis)
    return put(draft, name, { ...walk, ...untried, token: null, since, begunAnew: true })
  }
  tellRefusal(draft, tableOf(name), told, 'it is read again in the next run')
  put(draft, name, { ...walk, ...untried, begunAnew: false })
  return giveUp(draft, name)
}

/** Takes a page of a feed. @internal */
export const takeFeed = (
  draft: Draft,
  flight: InFlight,
  told: ReadPage<FeedRecord> | Refused | Lost,
  now: Instant
): void => {
  const { walk: name } = flight
  const walk = draft.walks[name]
  if (walk?.kind !== 'feed') return
  if (told._tag !== 'ReadPage') return failed(draft, name, walk, flight, told, now)
  rowsIn(draft, told.records)
  if (asksFor(draft, name))
    askFor(
      draft,
      told.records.flatMap(({ leadId }) => leadId ?? [])
    )
  readOn(draft, name, walk, told, now)
}
