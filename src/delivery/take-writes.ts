/**
 * What a write told: of each record, or of the call.
 *
 *     applied                          the item has ended; its lead's number is known from now on
 *     a field that Marketo lacks       the record is sent again without it, and so is everything after it
 *     a lead that is not there (any    what was known of the lead is forgotten, and it is looked for once more
 *       more)
 *     anything else                    refusal.ts
 *
 * @module
 */
import type { LookupOutcome } from '../endpoints/get-leads.js'
import type { ServerIntent, UpsertLead } from '../intent/intent.js'
import type { Applied, Reason, RecordOutcome, Skipped, Verdict } from '../intent/outcome.js'
import type { Lost } from '../pace/call-end.js'
import { mergeUpserts } from './coalesce.js'
import { type Draft, finish, heal, learn, personNow } from './draft.js'
import { isGone, searchAgain, searchedAgain } from './gone.js'
import type { Remark } from './outcome.js'
import { keysOfIntent, withBrowser, withoutBrowser, wrote } from './people.js'
import { decide, taken } from './refusal.js'
import { refusedBy, sentFields } from './refused-fields.js'
import { fingerprintOf } from './settle-upserts.js'
import type { Pending } from './state.js'
import { browserOf } from './walk.js'

/** The items of each record of a call, those that have not ended. @internal */
export const recordsOf = ({ flight, pending }: Draft): ReadonlyArray<ReadonlyArray<Pending>> =>
  flight.records.map((record) => record.flatMap((seq) => pending.get(seq) ?? []))

/** Each record of a call that its answer tells of, with its items. @internal */
export const eachRecord = (
  draft: Draft,
  outcomes: ReadonlyArray<RecordOutcome | LookupOutcome>,
  take: (items: ReadonlyArray<Pending>, outcome: RecordOutcome, remarks: ReadonlyArray<Remark>, k: number) => void
): void => {
  const { remarks } = draft.flight
  const records = recordsOf(draft)
  outcomes.forEach((outcome, k) => {
    if (outcome._tag !== 'LeadsFound') take(records[k] ?? [], outcome, remarks[k] ?? [], k)
  })
}

/** The items' upserts as the one that was sent for them. */
const upsertOf = (items: ReadonlyArray<Pending>): UpsertLead | undefined => {
  let merged: UpsertLead | undefined
  for (const { intent } of items)
    if (intent._tag === 'UpsertLead') merged = merged === undefined ? intent : mergeUpserts(merged, intent)
  return merged
}

/** The browser that an intent says to be a lead's. A form says so as well, by its cookie. */
const browserIn = (intent: ServerIntent): string | undefined => {
  if (intent._tag === 'AssociateCookie') return browserOf(intent)
  return intent._tag === 'SubmitForm' && intent.cookie !== null ? `${intent.munchkinId} ${intent.cookie}` : undefined
}

/** What is known of the lead once these items were applied. @internal */
export const remember = (
  draft: Draft,
  items: ReadonlyArray<Pending>,
  leadId: number | null,
  remarks: ReadonlyArray<Remark>
): void => {
  const { idFields, skipUnchanged } = draft.state.options
  const [first] = items
  if (first === undefined || first.intent._tag === 'AddCustomActivity') return
  const browser = browserIn(first.intent)
  // Of a cookie the answer tells nothing: its call named the lead.
  const told = first.intent._tag === 'AssociateCookie' ? Number(draft.flight.call.descriptor.path[3]) : leadId
  if (browser !== undefined)
    draft.people = told === null ? withoutBrowser(draft.people, browser) : withBrowser(draft.people, browser, told)
  if (first.intent._tag === 'AssociateCookie') return
  const upsert = upsertOf(items)
  const keys = [...new Set(items.flatMap((item) => keysOfIntent(item.intent, idFields)))]
  for (const key of keys) draft.found.delete(key)
  if (leadId !== null) learn(draft, keys, leadId)
  // What a policy kept is told each time, so it is looked at each time.
  const isWhole = !remarks.some(({ _tag }) => _tag === 'Kept')
  const written = skipUnchanged && isWhole && upsert !== undefined ? fingerprintOf(upsert) : ''
  draft.people = wrote(draft.people, personNow(draft, first), written)
}

const isSyncLeads = ({ flight }: Draft): boolean => flight.call.descriptor.endpoint === 'syncLeads'

const healRecord = (draft: Draft, k: number, { reasons }: Skipped): boolean =>
  isSyncLeads(draft) && heal(draft, refusedBy(reasons, sentFields(draft.flight.call)[k] ?? []))

const healCall = (draft: Draft, { reasons }: Pick<Skipped, 'reasons'>): boolean =>
  isSyncLeads(draft) && heal(draft, refusedBy(reasons, [...new Set(sentFields(draft.flight.call).flat())]))

/** Marketo's warnings as remarks. @internal */
export const warned = (warnings: ReadonlyArray<Reason>): ReadonlyArray<Remark> =>
  warnings.map(({ message }) => ({ _tag: 'Warned', message }))

const takeApplied = (
  draft: Draft,
  items: ReadonlyArray<Pending>,
  { leadId, status }: Applied,
  remarks: ReadonlyArray<Remark>
): void => {
  remember(draft, items, leadId, remarks)
  taken(draft, items)
  finish(draft, items, { _tag: 'Applied', leadId, status, remarks })
}

/** Nobody knows what a lead holds, or whose a browser is, after a write that was not applied. */
const forgetWritten = (draft: Draft, items: ReadonlyArray<Pending>): void => {
  for (const item of items) {
    const { intent } = item
    const browser = browserIn(intent)
    if (browser !== undefined) draft.people = withoutBrowser(draft.people, browser)
    if (intent._tag === 'UpsertLead' || intent._tag === 'SubmitForm')
      draft.people = wrote(draft.people, personNow(draft, item), '')
  }
}

const takeRecord = (
  draft: Draft,
  k: number,
  items: ReadonlyArray<Pending>,
  outcome: RecordOutcome,
  remarks: ReadonlyArray<Remark>
): void => {
  if (outcome._tag === 'Applied') return takeApplied(draft, items, outcome, remarks)
  forgetWritten(draft, items)
  if (outcome._tag === 'Skipped' && healRecord(draft, k, outcome)) return
  if (outcome._tag === 'Skipped' && isGone(draft, items, outcome.reasons)) return searchAgain(draft, items)
  // A record that was looked at spoils no call.
  taken(draft, items)
  decide(draft, [items], outcome, false)
}

/** Takes what a write told. @internal */
export const takeWrites = (draft: Draft, told: Verdict<RecordOutcome | LookupOutcome> | Lost): void => {
  if (told._tag === 'Accepted') {
    const warnings = warned(told.warnings)
    return eachRecord(draft, told.outcomes, (items, outcome, remarks, k) =>
      takeRecord(draft, k, items, outcome, [...remarks, ...warnings])
    )
  }
  const records = recordsOf(draft)
  for (const items of records) forgetWritten(draft, items)
  if (told._tag === 'Refused' && (healCall(draft, told) || searchedAgain(draft, records, told.reasons))) return
  decide(draft, records, told, false)
}
