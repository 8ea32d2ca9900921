/**
 * Leads that were asked for by id.
 *
 *     a lead that is told       its row
 *     one that is not           it was deleted, or merged into another: named among the unresolved
 *     a field that nobody has   asked for no more, and said
 *     a failure                 asked again; an id that is refused by itself is found by halves, and named as well
 *
 * @module
 */
import { fieldsNamed } from '../../endpoints/fields-named.js'
import type { ReadPage } from '../../endpoints/read-page.js'
import type { Instant } from '../../ground/calendar.js'
import { malformed } from '../../ground/problem.js'
import type { Refused } from '../../intent/outcome.js'
import type { Lost } from '../../pace/call-end.js'
import { untried } from '../../pace/held.js'
import type { Ended } from '../../pace/remedies.js'
import type { RowsRead } from '../rows-read.js'
import { afterFailure, isUnfit } from './after-failure.js'
import { leadFields } from './describe.js'
import { type Draft, type InFlight, put, tell, tellRefusal } from './state.js'
import { askFor } from './take-feed.js'
import { rowsIn } from './take-paged.js'
import { type LookupWalk, walkNames } from './walks.js'

const hold = (draft: Draft, held: Partial<LookupWalk>): void => {
  const walk = draft.walks[walkNames.lookup]
  if (walk?.kind === 'lookup') put(draft, walkNames.lookup, { ...walk, ...held })
}

/** 1003 names fields as well, of values that will not do: a field that is there must not lose its column for one of them. */
const codes = ['1006']

/** Asks no more for fields. @internal */
export const refuse = (draft: Draft, names: ReadonlyArray<string>): void => {
  draft.refusedFields = [...draft.refusedFields, ...names]
  for (const name of names)
    tell(
      draft,
      malformed(
        'warning',
        ['customLeadFields', name],
        'a field that the instance has not, or hides',
        'its column stays empty: make the field visible, or leave it out'
      )
    )
}

/** Asks no more for fields that a refusal names; whether it names any. @internal */
export const refuseFields = (draft: Draft, told: Refused): boolean => {
  const names = fieldsNamed(
    told.reasons,
    codes,
    leadFields(draft).filter((name) => name !== 'id')
  )
  refuse(draft, names)
  return names.length > 0
}

const unresolved = (draft: Draft, ids: ReadonlyArray<string>): void => {
  if (ids.length > 0) draft.unresolved = [...draft.unresolved, ...ids]
}

const failed = (draft: Draft, flight: InFlight, ids: ReadonlyArray<string>, end: Ended, now: Instant): void => {
  const walk = draft.walks[walkNames.lookup]
  if (walk?.kind !== 'lookup') return
  const after = afterFailure(draft, walk, flight, end, ids.length, now)
  if (after.todo === 'accept') return unresolved(draft, ids)
  if (after.todo === 'give-up' && isUnfit(end) && ids.length === 1) {
    tellRefusal(draft, 'leads', end, 'a lead is named among the unresolved')
    unresolved(draft, ids)
    return hold(draft, { ...untried, size: walk.size })
  }
  if (after.todo === 'give-up') tellRefusal(draft, 'leads', end, 'its leads are asked for in the next run')
  askFor(draft, ids)
  hold(draft, after.held)
}

/** A call went well, so more may be asked at once; where another waits for its next try, that one's count goes on. */
const went = (draft: Draft, now: Instant): void => {
  const walk = draft.walks[walkNames.lookup]
  if (walk?.kind === 'lookup' && walk.notBefore <= now)
    hold(draft, { ...untried, size: Math.min(untried.size, 2 * walk.size) })
}

/** Takes leads. @internal */
export const takeLeads = (
  draft: Draft,
  flight: InFlight,
  told: ReadPage<RowsRead> | Refused | Lost,
  now: Instant
): void => {
  const { ids } = flight
  if (told._tag === 'Refused' && refuseFields(draft, told)) return askFor(draft, ids)
  if (told._tag !== 'ReadPage') return failed(draft, flight, ids, told, now)
  rowsIn(draft, told.records)
  const found = new Set(told.records.flatMap(({ rows }) => rows.map(({ row }) => row.id)))
  const open = ids.filter((id) => !found.has(id))
  const isWhole = told.told && told.nextPageToken === null && told.more !== true
  if (open.length > 0 && !isWhole) return failed(draft, flight, open, { _tag: 'Unanswered' }, now)
  unresolved(draft, open)
  went(draft, now)
}
