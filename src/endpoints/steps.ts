/**
 * One event alone, as steps in the order to take them.
 *
 *     1  Sync Companies
 *     2  Sync Leads               for the upserts                        tells lead numbers
 *     3  SOAP syncLead            for those over SOAP                    tells them in XML, where no slot can pick
 *     4  Get Leads                for keys that no upsert covers         tells lead numbers
 *     5  Sync Custom Objects
 *     6  Add Custom Activities    ┐ these want them: a slot names the step
 *     7  Associate Lead           ┘
 *     8  Visit Web Page, 9  Submit Form
 *
 * What leads belong to and go through (lists, programs, campaigns, deletion) stays where the event has it: what comes before such a
 * thing is done before it, what comes behind it after it.
 *
 * Many events are delivery's: it puts many people's records into one call, paces them and sends again. This is what one event comes to.
 *
 * @module
 */
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import { conflict, excluded, type Problem } from '../ground/problem.js'
import type { Described, HttpRequest } from '../intent/descriptor.js'
import { type AssociateCookie, type Intent, isBrowserIntent } from '../intent/intent.js'
import { isOrderedIntent } from '../intent/ordered-intent.js'
import { describeAddCustomActivities } from './add-custom-activities.js'
import { associateLeads } from './associate-lead.js'
import { type Draft, described, newDraft } from './batch.js'
import { derivingOnce, type TokenOf } from './derived-token.js'
import type { LeadQuestion } from './get-leads.js'
import type { WithLead } from './lead-ref.js'
import { takeOrdered } from './ordered-steps.js'
import { type Batch, type Numbers, noteUpserts, numberOf, ofKind, type Run, take, withOne } from './step-numbers.js'
import { describeSubmitForm } from './submit-form.js'
import { describeSyncCompanies } from './sync-companies.js'
import { describeSyncCustomObjects } from './sync-custom-objects.js'
import { describeSyncLeadSoap } from './sync-lead-soap.js'
import { describeSyncLeads } from './sync-leads.js'
import { visitWebPages } from './visit-web-page.js'

const withLeads = <I extends LeadQuestion>(
  draft: Draft,
  numbers: Numbers,
  batch: Batch<I> | undefined
): Batch<WithLead<I>> | undefined => {
  let known: Batch<WithLead<I>> | undefined
  batch?.intents.forEach((intent, i) => {
    const position = batch.positions[i] ?? i
    const lead = numberOf(draft, numbers, position, intent)
    if ('_tag' in lead) draft.unsent.push({ intent: position, problem: lead })
    else known = withOne(known, position, { intent, lead })
  })
  return known
}

const inBrowser: Problem = excluded(
  'skipped',
  ['_tag'],
  'mode',
  'this intent runs in a browser: describeInBrowser says how'
)

/** Whether the lead is named by the very cookie that shall become its own. */
const isOwnCookie = ({ lead, visitor }: AssociateCookie): boolean =>
  lead.lookupField === 'cookies' && visitor._tag === 'Cookie' && lead.value === visitor.cookie

const ownCookie: Problem = conflict(
  'skipped',
  ['visitor'],
  ['lead'],
  'nothing to do: the lead is the one whose cookie this is'
)

/** The cookies that are not yet their lead's; the others need neither a lookup nor a call, and are told as unsent. */
const newCookies = (draft: Draft, batch: Batch<AssociateCookie> | undefined): Batch<AssociateCookie> | undefined => {
  let cookies: Batch<AssociateCookie> | undefined
  batch?.intents.forEach((intent, i) => {
    const position = batch.positions[i] ?? i
    if (isOwnCookie(intent)) draft.unsent.push({ intent: position, problem: ownCookie })
    else cookies = withOne(cookies, position, intent)
  })
  return cookies
}

/** A run of intents that may be taken in any order, in the order of the table above. */
const takeRun = (draft: Draft, numbers: Numbers, tokenOf: TokenOf, run: Run): void => {
  take(draft, ofKind(run, 'SyncCompany'), describeSyncCompanies)
  const from = draft.calls.length
  take(draft, ofKind(run, 'UpsertLead'), describeSyncLeads)
  noteUpserts(draft, numbers, from, run.intents)
  take(draft, ofKind(run, 'SyncLeadOverSoap'), (syncs) => describeSyncLeadSoap(syncs))
  const activities = withLeads(draft, numbers, ofKind(run, 'AddCustomActivity'))
  const cookies = withLeads(draft, numbers, newCookies(draft, ofKind(run, 'AssociateCookie')))
  take(draft, ofKind(run, 'SyncCustomObject'), describeSyncCustomObjects)
  take(draft, activities, describeAddCustomActivities)
  take(draft, cookies, (some) => associateLeads(some, tokenOf))
  take(draft, ofKind(run, 'VisitPage'), (visits) => visitWebPages(visits, tokenOf))
  take(draft, ofKind(run, 'SubmitForm'), describeSubmitForm)
}

/**
 * The steps for one event's intents: upserts, lookups, then what needs their answers, then page views and forms; what a lead belongs to
 * in its own place among them. Each intent is carried out by one call or unsent, with the reason: those that run in a browser are, a
 * cookie that is its lead's own, and what no fixed steps can do. A lookup names the first intent that needs it besides. Slots name steps
 * by their position in this answer.
 *
 * @category steps
 * @since 0.1.0
 */
export const describeSteps = (intents: ReadonlyNonEmptyArray<Intent>): Described<HttpRequest> => {
  const [first] = intents
  // What most events come to needs no order.
  if (intents.length === 1 && first._tag === 'UpsertLead') return describeSyncLeads([first])
  const draft = newDraft()
  const numbers: Numbers = new Map()
  const lists = new Map<string, number>()
  const tokenOf = derivingOnce()
  let from = 0
  intents.forEach((intent, position) => {
    if (isBrowserIntent(intent)) draft.unsent.push({ intent: position, problem: inBrowser })
    if (!isOrderedIntent(intent)) return
    takeRun(draft, numbers, tokenOf, { intents, from, to: position })
    takeOrdered(draft, numbers, lists, { position, intent })
    from = position + 1
  })
  takeRun(draft, numbers, tokenOf, { intents, from, to: intents.length })
  return described(draft)
}
