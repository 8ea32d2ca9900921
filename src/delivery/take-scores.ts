/**
 * Points added to a number of a lead's: read, and written as the sum.
 *
 *     read      null or absent counts as 0; the points of each item in turn, kept within its bounds; whole numbers
 *     written   that sum, again and again until an answer says so: it is never read again, or points would count twice
 *
 * A write that surely did not happen and has to wait for another day is forgotten with what was read: by then it would be old.
 *
 * @module
 */
import type { LookupOutcome } from '../endpoints/get-leads.js'
import { ownMember } from '../ground/json.js'
import type { AddToScore } from '../intent/intent.js'
import type { Reason, RecordOutcome, Refused, Verdict } from '../intent/outcome.js'
import type { Lost } from '../pace/call-end.js'
import { change, type Draft, finish, personNow } from './draft.js'
import { isGone, searchAgain } from './gone.js'
import { wrote } from './people.js'
import { decide, taken } from './refusal.js'
import type { Pending } from './state.js'
import { eachRecord, recordsOf } from './take-writes.js'

/** What a field holds, as a number (an empty text is 0); undefined where it holds something else. */
const numberIn = (value: unknown): number | undefined => {
  if (value === null) return 0
  const number = typeof value === 'string' ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined
}

const within = (value: number, { least, most }: AddToScore): number => {
  const above = least === null ? value : Math.max(least, value)
  return most === null ? above : Math.min(most, above)
}

/** A number with the points of each item added in turn; Marketo keeps whole numbers. */
const sumOf = (before: number, items: ReadonlyArray<Pending>): number => {
  let value = before
  for (const { intent } of items)
    if (intent._tag === 'AddToScore') value = within(Math.round(value + intent.points), intent)
  return Math.min(Number.MAX_SAFE_INTEGER, Math.max(Number.MIN_SAFE_INTEGER, Math.round(value))) + 0
}

const notFound: Reason = { code: '1004', message: 'the lead is not there any more' }
const noNumber: Reason = { code: '', message: 'the field holds no number: nothing can be added to it' }

const skip = (draft: Draft, items: ReadonlyArray<Pending>, reason: Reason): void =>
  finish(draft, items, { _tag: 'Skipped', reasons: [reason], remedy: 'mend-record' })

const takeValue = (draft: Draft, items: ReadonlyArray<Pending>, value: unknown): void => {
  const before = numberIn(value)
  const [first] = items
  if (before === undefined || first === undefined) return skip(draft, items, noNumber)
  const progress = { _tag: 'Score', group: first.seq, value: sumOf(before, items) } as const
  // What was lost so far were readings.
  for (const item of items) change(draft, [item], { progress, tried: withoutLost(item.tried), piece: 0, family: 0 })
}

const withoutLost = ({ lost: _, ...tried }: Pending['tried']): Pending['tried'] => tried

const fieldOf = ([first]: ReadonlyArray<Pending>): string =>
  first?.intent._tag === 'AddToScore' ? first.intent.field : ''

const takeRead = (draft: Draft, items: ReadonlyArray<Pending>, outcome: LookupOutcome): void => {
  if (outcome._tag === 'Unanswered') return decide(draft, [items], outcome, true)
  taken(draft, items)
  const [lead] = outcome.leads
  if (lead !== undefined) return takeValue(draft, items, ownMember(lead.fields, fieldOf(items)))
  return isGone(draft, items, [notFound]) ? searchAgain(draft, items) : skip(draft, items, notFound)
}

/** Whether the call was refused for the field; then no record of it fares better in another call. */
const lacksField = (draft: Draft, records: ReadonlyArray<ReadonlyArray<Pending>>, told: Refused): boolean => {
  if (!told.reasons.some(({ code }) => code === '1006')) return false
  const fields = new Set(records.map(fieldOf))
  if (fields.size !== 1) return false
  const { reasons, remedy } = told
  finish(draft, records.flat(), { _tag: 'Refused', reasons, remedy })
  return true
}

/** Takes what was read. @internal */
export const takeReadScores = (draft: Draft, told: Verdict<RecordOutcome | LookupOutcome> | Lost): void => {
  const records = recordsOf(draft)
  if (told._tag !== 'Accepted') {
    if (told._tag === 'Refused' && lacksField(draft, records, told)) return
    return decide(draft, records, told, true)
  }
  told.outcomes.forEach((outcome, k) => {
    if (outcome._tag === 'LeadsFound' || outcome._tag === 'Unanswered') takeRead(draft, records[k] ?? [], outcome)
  })
}

/** What was read counts no more where the write surely did not happen, and waits for another day. */
const unread = (draft: Draft, items: ReadonlyArray<Pending>): void => {
  for (const { seq, tried } of items) {
    const now = draft.pending.get(seq)
    if (now !== undefined && tried.lost === undefined) change(draft, [now], { progress: null })
  }
}

const takeWritten = (draft: Draft, items: ReadonlyArray<Pending>, outcome: RecordOutcome): void => {
  // Nobody knows what the lead holds besides.
  for (const item of items) draft.people = wrote(draft.people, personNow(draft, item), '')
  if (outcome._tag === 'Skipped' && isGone(draft, items, outcome.reasons)) return searchAgain(draft, items)
  taken(draft, items)
  if (outcome._tag !== 'Applied') return decide(draft, [items], outcome, false)
  const { leadId, status } = outcome
  finish(draft, items, { _tag: 'Applied', leadId, status, remarks: [] })
}

/** Takes what became of the sums. @internal */
export const takeWrittenScores = (draft: Draft, told: Verdict<RecordOutcome | LookupOutcome> | Lost): void => {
  const records = recordsOf(draft)
  if (told._tag !== 'Accepted') {
    if (told._tag === 'Refused' && lacksField(draft, records, told)) return
    decide(draft, records, told, false)
    if (told._tag === 'Refused' && told.remedy === 'await-quota') unread(draft, records.flat())
    return
  }
  eachRecord(draft, told.outcomes, (items, outcome) => takeWritten(draft, items, outcome))
}
