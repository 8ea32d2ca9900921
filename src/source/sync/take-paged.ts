/**
 * What a page of a collection brings, and where its walk goes on.
 *
 *     token     on while a page names another place and does not say that it is the last
 *     offset    on until a page is empty: a short one may hide records that we may not see
 *     once      done
 *     parents   the next parent's first page
 *
 * @module
 */
import type { ReadPage } from '../../endpoints/read-page.js'
import type { Instant } from '../../ground/calendar.js'
import { malformed } from '../../ground/problem.js'
import type { Refused } from '../../intent/outcome.js'
import { queryLimits } from '../../marketo/limits.js'
import type { Lost } from '../../pace/call-end.js'
import { untried } from '../../pace/held.js'
import type { PagedReads } from '../collection.js'
import type { RowsRead } from '../rows-read.js'
import { afterFailure, isUnfit } from './after-failure.js'
import { giveUp, hasChildren, walkDone } from './rest.js'
import { type Draft, type InFlight, put, takeIn, tell, tellRefusal } from './state.js'
import type { PagedWalk } from './walks.js'
import { waysOf } from './ways.js'

/** The rows of a page, and what is to be said of them. @internal */
export const rowsIn = (draft: Draft, records: ReadonlyArray<RowsRead>): void =>
  takeIn(
    draft,
    records.flatMap(({ rows }) => rows),
    records.flatMap(({ problems }) => problems)
  )

type Page = ReadPage<RowsRead>

const idsOf = ({ collection }: PagedWalk, { records }: Page): ReadonlyArray<string> =>
  records.flatMap(({ rows }) =>
    rows.flatMap(({ collection: table, row }) => (table === collection && typeof row.id === 'string' ? [row.id] : []))
  )

/** Behind one parent's last page comes the next one's first. */
const behindLast = (draft: Draft, name: string, walk: PagedWalk): void => {
  const parents = walk.parents?.slice(1) ?? []
  if (parents.length === 0) walkDone(draft, name, walk)
  else put(draft, name, { ...walk, ...untried, parents, token: null, offset: 0, heads: null })
}

const isLast = (by: PagedReads['by'], { records, nextPageToken, more }: Page): boolean => {
  if (by === 'once') return true
  return by === 'token' ? nextPageToken === null || more === false : records.length === 0
}

const stalled = (collection: string) =>
  malformed('warning', [collection], 'a page that leads to itself', 'it is read again in the next run')

const isStill = (by: PagedReads['by'], walk: PagedWalk, page: Page, head: string | null): boolean =>
  by === 'token' ? page.nextPageToken === walk.token : head !== null && head === walk.heads

const readOn = (draft: Draft, name: string, walk: PagedWalk, by: PagedReads['by'], page: Page): void => {
  const own = idsOf(walk, page)
  const ids = hasChildren(draft, walk.collection) ? [...walk.ids, ...own] : walk.ids
  const head = own[0] ?? null
  if (isLast(by, page)) return behindLast(draft, name, { ...walk, ids })
  if (isStill(by, walk, page, head)) {
    tell(draft, stalled(walk.collection))
    return giveUp(draft, name)
  }
  const offset = by === 'offset' ? walk.offset + queryLimits.assetPage : 0
  put(draft, name, { ...walk, ...untried, ids, token: page.nextPageToken, offset, heads: head })
}

const nowhere: ReadonlyArray<string> = ['605', '610', '404', '603']

/** Whether Marketo no longer serves a collection, and there is another way to it. */
const hasOtherWay = (draft: Draft, walk: PagedWalk, told: Refused | Lost): boolean =>
  told._tag === 'Refused' &&
  !walk.otherwise &&
  told.reasons.some(({ code }) => nowhere.includes(code)) &&
  waysOf(draft.settings, walk.collection, true) !== waysOf(draft.settings, walk.collection, false)

const otherWay = (collection: string) =>
  malformed('warning', [collection], 'a call that is no longer served', 'it is read by another call from now on')

const refusedPlace = (collection: string) =>
  malformed('warning', [collection], 'a place that Marketo no longer takes', 'it began anew')

const fromFirst = { ...untried, token: null, offset: 0, heads: null, ids: [] } as const

const failed = (draft: Draft, name: string, walk: PagedWalk, flight: InFlight, told: Refused | Lost, now: Instant) => {
  const after = afterFailure(draft, walk, flight, told, 1, now)
  if (after.todo === 'wait') return put(draft, name, { ...walk, ...after.held })
  if (after.todo === 'accept') return behindLast(draft, name, walk)
  if (hasOtherWay(draft, walk, told)) {
    tell(draft, otherWay(walk.collection))
    return put(draft, name, { ...walk, ...fromFirst, window: null, otherwise: true })
  }
  if (walk.token !== null && isUnfit(told) && !walk.begunAnew) {
    tell(draft, refusedPlace(walk.collection))
    return put(draft, name, { ...walk, ...fromFirst, begunAnew: true })
  }
  tellRefusal(draft, walk.collection, told, 'it is read again in the next run')
  return walk.parents === null ? giveUp(draft, name) : behindLast(draft, name, { ...walk, skipped: true })
}

/** Takes a page of a collection. @internal */
export const takePaged = (draft: Draft, flight: InFlight, told: Page | Refused | Lost, now: Instant): void => {
  const { walk: name } = flight
  const walk = draft.walks[name]
  if (walk?.kind !== 'paged') return
  if (told._tag !== 'ReadPage') return failed(draft, name, walk, flight, told, now)
  rowsIn(draft, told.records)
  readOn(draft, name, walk, waysOf(draft.settings, walk.collection, walk.otherwise)?.by ?? 'once', told)
}
