/**
 * What Marketo made of lists, programs, campaigns, deletions, and of records that are no leads.
 *
 *     applied, or nothing to do      the item has ended; one that leaves several lists goes on with the next
 *     a lead that is not there       looked for once more, also by what wants it off a list: it may have been merged into another
 *     a named list that is gone      looked for once more
 *     anything else                  refusal.ts
 *
 * @module
 */
import type { LookupOutcome } from '../endpoints/get-leads.js'
import { isNonEmpty } from '../ground/these.js'
import { isKeyedIntent } from '../intent/intent.js'
import type { Reason, RecordOutcome, Refused, Verdict } from '../intent/outcome.js'
import type { Lost } from '../pace/call-end.js'
import { change, type Draft, finish } from './draft.js'
import { forgetLead, isGone, outdate, searchAgain, searchedAgain } from './gone.js'
import { numberOf } from './lead-check.js'
import type { End, Remark } from './outcome.js'
import { decide, taken } from './refusal.js'
import { sentNumbers } from './refused-fields.js'
import type { Pending } from './state.js'
import { forgetList } from './take-lists.js'
import { eachRecord, recordsOf, warned } from './take-writes.js'

/** Goes on with the next list that the lead is to leave, keeping in mind why it stays on this one, if so; whether there is one. */
const leavesAnother = (draft: Draft, items: ReadonlyArray<Pending>, reasons: ReadonlyArray<Reason> = []): boolean => {
  const progress = items[0]?.progress
  if (progress?._tag !== 'Lists') return false
  const listId = Number(draft.flight.call.descriptor.path[3])
  const listIds = progress.listIds.filter((id) => id !== listId)
  if (listIds.length === 0) return false
  // Another list is another call: what was tried of this one says nothing of it.
  const failed = [...progress.failed, ...reasons]
  change(draft, items, { progress: { ...progress, listIds, failed }, tried: {}, piece: 0, family: 0, notBefore: 0 })
  return true
}

const done = (draft: Draft, items: ReadonlyArray<Pending>, end: End): void => {
  taken(draft, items)
  for (const item of items) if (item.intent._tag === 'DeleteLead') forgetLead(draft, item)
  if (leavesAnother(draft, items)) return
  const [item] = items
  // Off the last of several lists, or off it already: it is off all of them.
  finish(draft, items, item?.intent._tag === 'LeaveLists' ? offAll(draft, item) : end)
}

const offAll = ({ people }: Draft, item: Pending): End => {
  const { intent, progress } = item
  if (progress?._tag === 'Lists' && progress.failed.length > 0)
    return { _tag: 'Skipped', reasons: progress.failed, remedy: 'mend-record' }
  const leadId = isKeyedIntent(intent) ? (numberOf(people, intent, item) ?? null) : null
  return { _tag: 'Applied', leadId, status: 'removed', remarks: [] }
}

const takeRecord = (
  draft: Draft,
  items: ReadonlyArray<Pending>,
  outcome: RecordOutcome,
  remarks: ReadonlyArray<Remark>
): void => {
  if (outcome._tag === 'Applied') {
    const { leadId, status } = outcome
    return done(draft, items, { _tag: 'Applied', leadId, status, remarks })
  }
  if (outcome._tag === 'Skipped') {
    const { reasons, remedy } = outcome
    if (isGone(draft, items, reasons)) return searchAgain(draft, items)
    if (remedy === 'accept') return done(draft, items, { _tag: 'Skipped', reasons, remedy })
    if (remedy === 'mend-record' && leavesAnother(draft, items, reasons)) return taken(draft, items)
  }
  taken(draft, items)
  decide(draft, [items], outcome, false)
}

/** Whether all of a call about a list by name was refused because that list is not there any more; then its name is looked up again. */
const lostItsList = (draft: Draft, records: ReadonlyArray<ReadonlyArray<Pending>>, { reasons }: Refused): boolean => {
  const items = records.flat()
  const isNew = items.every(({ intent, tried }) => {
    return 'list' in intent && 'name' in intent.list && tried['mend-record'] === undefined
  })
  if (!isNew || !reasons.some(({ code }) => code === '1013')) return false
  for (const item of items) {
    if ('list' in item.intent && 'name' in item.intent.list) forgetList(draft, item.intent.list.name)
    change(draft, [item], { tried: { ...item.tried, 'mend-record': 1 } })
  }
  return true
}

/** A campaign answers for all leads of a call in one breath: as if it had refused the call, so that it can be asked in parts. */
const asRefusal = (draft: Draft, told: Verdict<RecordOutcome | LookupOutcome> | Lost): Refused | undefined => {
  if (told._tag !== 'Accepted' || draft.flight.call.descriptor.endpoint !== 'requestCampaign') return undefined
  const [first] = told.outcomes
  if (first?._tag !== 'Skipped' || !isNonEmpty(first.reasons)) return undefined
  const { reasons, remedy } = first
  return { _tag: 'Refused', requestId: told.requestId, reasons, remedy, retryAfter: null }
}

/** Takes what such a call told. @internal */
export const takeOrdered = (draft: Draft, told: Verdict<RecordOutcome | LookupOutcome> | Lost): void => {
  const records = recordsOf(draft)
  if (draft.flight.call.descriptor.endpoint === 'deleteLeads')
    outdate(draft, sentNumbers(draft.flight.call).map(Number))
  const refusal = told._tag === 'Refused' ? told : asRefusal(draft, told)
  if (refusal !== undefined) {
    if (lostItsList(draft, records, refusal) || searchedAgain(draft, records, refusal.reasons)) return
    // A list that is gone, or that we may not touch, keeps nobody on the others.
    const isOfList = refusal.reasons.some(({ code }) => code === '1013' || code === '603')
    const others = isOfList ? records.filter((items) => !leavesAnother(draft, items, refusal.reasons)) : records
    return decide(draft, others, refusal, false)
  }
  if (told._tag !== 'Accepted') return decide(draft, records, told, false)
  const warnings = warned(told.warnings)
  eachRecord(draft, told.outcomes, (items, outcome) => takeRecord(draft, items, outcome, warnings))
}
