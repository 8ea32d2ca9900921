/**
 * One event alone, as steps in the order to take them.
 *
 *     1  Sync Leads               for the upserts                        tells lead numbers
 *     2  SOAP syncLead            for those over SOAP                    tells them in XML, where no slot can pick
 *     3  Get Leads                for keys that no upsert covers         tells lead numbers
 *     4  Add Custom Activities    ┐ these want them: a slot names the step
 *     5  Associate Lead           ┘
 *     6  Visit Web Page, 7  Submit Form
 *
 * Many events are delivery's: it puts many people's records into one call, paces them and sends again. This is what one event comes to.
 *
 * @module
 */
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import { conflict, excluded, type Problem } from '../ground/problem.js'
import { isNonEmpty } from '../ground/these.js'
import type { Described, HttpRequest } from '../intent/descriptor.js'
import {
  type AssociateCookie,
  type Intent,
  isBrowserIntent,
  isKeyedIntent,
  type KeyedIntent
} from '../intent/intent.js'
import { keyText } from '../intent/lead-key.js'
import { describeAddCustomActivities } from './add-custom-activities.js'
import { describeAssociateLead } from './associate-lead.js'
import { type Draft, described, newDraft } from './batch.js'
import { describeGetLeads, type LeadQuestion } from './get-leads.js'
import type { LeadRef, WithLead } from './lead-ref.js'
import { describeSubmitForm } from './submit-form.js'
import { describeSyncLeadSoap } from './sync-lead-soap.js'
import { describeSyncLeads } from './sync-leads.js'
import { describeVisitWebPage } from './visit-web-page.js'

/** An intent with its position in the event's own list. */
interface Placed<I> {
  readonly position: number
  readonly intent: I
}

type OfKind<T extends KeyedIntent['_tag']> = Extract<KeyedIntent, { readonly _tag: T }>

const isPlaced =
  <T extends KeyedIntent['_tag']>(tag: T) =>
  (placed: Placed<Intent>): placed is Placed<OfKind<T>> =>
    placed.intent._tag === tag

/** Takes the next step or steps: describes the batch, if there is one, with the event's own positions. */
const take = <I>(
  draft: Draft,
  placed: ReadonlyArray<Placed<I>>,
  describe: (batch: ReadonlyNonEmptyArray<I>) => Described<HttpRequest>
): void => {
  const batch = placed.map(({ intent }) => intent)
  if (!isNonEmpty(batch)) return
  const part = describe(batch)
  const own = (i: number): number => placed[i]?.position ?? i
  if (part._tag !== 'Right')
    for (const { intent, problem } of part.left) draft.unsent.push({ intent: own(intent), problem })
  if (part._tag !== 'Left') for (const call of part.right) draft.calls.push({ ...call, intents: call.intents.map(own) })
}

/** Where each key's number comes from, or why it cannot be asked for. */
type Numbers = Map<string, LeadRef | Problem>

const keyName = ({ munchkinId, lead }: LeadQuestion): string => `${munchkinId} ${keyText(lead)}`

/** The numbers that the upserts' answers will tell, by key; the first upsert of a key tells it. */
const toldByUpserts = ({ calls }: Draft, intents: ReadonlyArray<Intent>): Numbers => {
  const numbers: Numbers = new Map()
  calls.forEach((call, step) => {
    call.intents.forEach((position, k) => {
      const upsert = intents[position]
      if (upsert === undefined || !isKeyedIntent(upsert) || numbers.has(keyName(upsert))) return
      numbers.set(keyName(upsert), { step, pick: ['result', k, 'id'] })
    })
  })
  return numbers
}

/** Asks Marketo for the number of a key, as a step of its own: an answer to one question has that lead first. */
const ask = (draft: Draft, position: number, question: LeadQuestion): LeadRef | Problem => {
  const step = draft.calls.length
  const part = describeGetLeads([question])
  if (part._tag === 'Left') return part.left[0].problem
  take(draft, [{ position, intent: question }], () => part)
  return { step, pick: ['result', 0, 'id'] }
}

/** The lead of an intent that wants its number: named by the key itself, told by an upsert, or asked for once. */
const numberOf = (draft: Draft, numbers: Numbers, position: number, question: LeadQuestion): LeadRef | Problem => {
  const { lookupField, value } = question.lead
  if (lookupField === 'id') return { leadId: Number(value) }
  const name = keyName(question)
  const known = numbers.get(name)
  if (known !== undefined) return known
  const asked = ask(draft, position, question)
  numbers.set(name, asked)
  return asked
}

const withLeads = <I extends LeadQuestion>(
  draft: Draft,
  numbers: Numbers,
  placed: ReadonlyArray<Placed<I>>
): ReadonlyArray<Placed<WithLead<I>>> =>
  placed.flatMap(({ position, intent }) => {
    const lead = numberOf(draft, numbers, position, intent)
    if (!('_tag' in lead)) return [{ position, intent: { intent, lead } }]
    draft.unsent.push({ intent: position, problem: lead })
    return []
  })

const inBrowser: Problem = excluded(
  'skipped',
  ['_tag'],
  'mode',
  'this intent runs in a browser: describeInBrowser says how'
)

const inDelivery: Problem = excluded('skipped', ['_tag'], 'mode', 'no fixed steps can do this: delivery does')

/** What has no steps of its own. */
const withoutSteps: ReadonlyArray<Intent['_tag']> = [
  'AddToList',
  'RemoveFromList',
  'LeaveLists',
  'SetProgramStatus',
  'LeaveProgram',
  'RequestCampaign',
  'AddToScore',
  'DeleteLead',
  'SyncCompany',
  'SyncCustomObject'
]

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
const newCookies = (
  draft: Draft,
  placed: ReadonlyArray<Placed<AssociateCookie>>
): ReadonlyArray<Placed<AssociateCookie>> =>
  placed.filter(({ position, intent }) => {
    if (!isOwnCookie(intent)) return true
    draft.unsent.push({ intent: position, problem: ownCookie })
    return false
  })

/**
 * The steps for one event's intents: upserts, lookups, then what needs their answers, then page views and forms. Each intent is carried
 * out by one call or unsent (those that run in a browser are, and a cookie that is its lead's own, each with that reason); a lookup
 * names the first intent that needs it besides. Slots name steps by their position in this answer.
 *
 * @category steps
 * @since 0.1.0
 */
export const describeSteps = (intents: ReadonlyNonEmptyArray<Intent>): Described<HttpRequest> => {
  const draft = newDraft()
  intents.forEach((intent, position) => {
    if (isBrowserIntent(intent)) draft.unsent.push({ intent: position, problem: inBrowser })
    else if (withoutSteps.includes(intent._tag)) draft.unsent.push({ intent: position, problem: inDelivery })
  })
  const placed = intents.map((intent, position) => ({ position, intent }))
  take(draft, placed.filter(isPlaced('UpsertLead')), describeSyncLeads)
  const numbers = toldByUpserts(draft, intents)
  take(draft, placed.filter(isPlaced('SyncLeadOverSoap')), (syncs) => describeSyncLeadSoap(syncs))
  const activities = withLeads(draft, numbers, placed.filter(isPlaced('AddCustomActivity')))
  const cookies = withLeads(draft, numbers, newCookies(draft, placed.filter(isPlaced('AssociateCookie'))))
  take(draft, activities, describeAddCustomActivities)
  take(draft, cookies, describeAssociateLead)
  take(draft, placed.filter(isPlaced('VisitPage')), (visits) => describeVisitWebPage(visits))
  take(draft, placed.filter(isPlaced('SubmitForm')), describeSubmitForm)
  return described(draft)
}
