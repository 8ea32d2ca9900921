/**
 * What a lookup told of keys: the lead of each, none, or several; kept for those that wait for it.
 *
 *     one lead        its number is known from now on
 *     none            a lead write makes one; what needs a lead that is there is skipped
 *     several         a lead write decides; anything else is skipped, for nobody knows which is meant
 *
 * @module
 */
import type { LeadsFound, LookupOutcome } from '../endpoints/get-leads.js'
import type { FoundLead as Found } from '../endpoints/lead-matching.js'
import { isOrderedIntent, isRemoval } from '../intent/ordered-intent.js'
import type { Reason, RecordOutcome, Refused, Verdict } from '../intent/outcome.js'
import type { Lost } from '../pace/call-end.js'
import { change, type Draft, finish, heal, learn, numberKey } from './draft.js'
import { searchAgain } from './gone.js'
import { byNumber, isByNumber, isThere, numberOf, wantsCheck } from './lead-check.js'
import { keysOfIntent } from './people.js'
import { underWay } from './ready-now.js'
import { decide, taken } from './refusal.js'
import { refusedBy } from './refused-fields.js'
import type { FoundLead, Pending } from './state.js'

const notFound: Reason = { code: '1004', message: 'no lead has this key' }
const several: Reason = { code: '1007', message: 'several leads have this key' }

/** Who waits for a key: what needs the number of its lead, lead writes that look before they write, and who asks whether a number is there. */
interface Waiters<List = ReadonlyArray<Pending>> {
  readonly numbered: List
  readonly writes: List
  readonly checked: List
}

const everyone = ({ numbered, writes, checked }: Waiters): ReadonlyArray<Pending> => [
  ...numbered,
  ...writes,
  ...checked
]

/** The waiters of each key that a call asked for; those of its neighbours in other calls are not looked at. */
const waitersOf = (draft: Draft): ReadonlyMap<string, Waiters> => {
  const { flight, state, pending } = draft
  const { identity, idFields } = state.options
  const all = new Map<string, Waiters<Array<Pending>>>(
    flight.keys.map((key) => [key, { numbered: [], writes: [], checked: [] }])
  )
  const { sent } = underWay(state)
  const written = new Set<number>()
  // Who waits behind what moves across nothing tells nobody anything yet, and looks for itself later.
  const behind = new Set<number>()
  for (const item of pending.values()) {
    const { _tag } = item.intent
    const isOrdered = isOrderedIntent(item.intent)
    if (isOrdered) behind.add(item.person)
    if (_tag === 'UpsertLead' || _tag === 'SubmitForm') written.add(item.person)
    if (sent.has(item.seq)) continue
    if (isOrdered || _tag === 'AddCustomActivity' || _tag === 'AssociateCookie') {
      // Who comes behind a write that will tell the number does not wait for this answer, nor who was told it meanwhile.
      if (written.has(item.person)) continue
      const leadId = numberOf(draft.people, item.intent, item)
      if (leadId === undefined) all.get(item.key)?.numbered.push(item)
      else if (wantsCheck(state, item, leadId)) all.get(byNumber(item.intent, leadId)[0])?.checked.push(item)
    } else if (_tag === 'UpsertLead' && identity._tag === 'resolve' && !behind.has(item.person))
      for (const key of keysOfIntent(item.intent, idFields)) all.get(key)?.writes.push(item)
  }
  return all
}

const foundLead = ({ leadId, fields }: Found): FoundLead => ({ leadId, fields, merged: [], stays: false })

/** How often a lead is looked for that may be written some minutes later, and how long to wait between. */
const askings = 10
const askingMillis = 30_000

/** Whether leads are written by a way that takes its time, and there has been little of it. */
const mayComeYet = ({ state }: Draft, [first]: ReadonlyArray<Pending>): boolean =>
  state.options.transport._tag !== 'rest' && first !== undefined && (first.tried.lost ?? 0) < askings

const askAgain = (draft: Draft, items: ReadonlyArray<Pending>): void => {
  for (const item of items)
    change(draft, [item], {
      tried: { ...item.tried, lost: (item.tried.lost ?? 0) + 1 },
      notBefore: draft.now + askingMillis
    })
}

const takeFound = (draft: Draft, key: string, waiters: Waiters, { leads }: LeadsFound): void => {
  const { numbered, writes } = waiters
  const [lead, other] = leads
  // Whoever was set apart for the lookup's sake shares calls again.
  change(draft, everyone(waiters), { piece: 0, family: 0 })
  if (writes.length > 0) draft.found.set(key, leads.map(foundLead))
  if (lead !== undefined && other === undefined) {
    learn(draft, [key], lead.leadId)
    isThere(draft, numbered, lead.leadId)
  } else if (lead === undefined && mayComeYet(draft, numbered)) askAgain(draft, numbered)
  else if (writes.length === 0) endWithout(draft, numbered, lead === undefined ? notFound : several)
}

/** Ends those for which no lead is to be had. What takes something away has nothing to do where there is none. */
const endWithout = (draft: Draft, items: ReadonlyArray<Pending>, reason: Reason): void => {
  for (const item of items) {
    const isSo = reason === notFound && isRemoval(item.intent)
    finish(draft, [item], { _tag: 'Skipped', reasons: [reason], remedy: isSo ? 'accept' : 'mend-record' })
  }
}

/** Who asked for a number: it is there, or its lead is looked for once more by its key; one that was named by its number cannot be. */
const takeChecked = (draft: Draft, key: string, { checked }: Waiters, { leads }: LeadsFound): void => {
  const found = leads.find(({ leadId }) => numberKey(draft, leadId) === key)
  if (found !== undefined) return isThere(draft, checked, found.leadId)
  for (const item of checked) {
    if (isByNumber(item.intent)) endWithout(draft, [item], notFound)
    else searchAgain(draft, [item])
  }
}

/** Whether a lead that a lookup tells of went while it was under way, merged or deleted; then it is asked again. */
const isOld = ({ flight }: Draft, { leads }: LeadsFound): boolean =>
  leads.some(({ leadId }) => flight.gone.includes(leadId))

const takeLeads = (draft: Draft, key: string, waiters: Waiters, found: LeadsFound): void => {
  takeFound(draft, key, waiters, found)
  takeChecked(draft, key, waiters, found)
}

const takeKey = (draft: Draft, key: string, waiters: Waiters, outcome: LookupOutcome): void =>
  outcome._tag === 'LeadsFound'
    ? isOld(draft, outcome)
      ? undefined
      : takeLeads(draft, key, waiters, outcome)
    : decide(draft, [everyone(waiters)], outcome, true)

/** The value of a pair of the question. */
const asked = ({ flight }: Draft, name: string): string => {
  const { query, body } = flight.call.descriptor
  const pairs = body !== null && 'form' in body ? body.form : query
  return pairs.find(([key]) => key === name)?.[1] ?? ''
}

/** A key by which nobody can be looked up: to a lead write it finds nobody, and for others there is no number to be had. */
const takeUnsearchable = (draft: Draft, all: ReadonlyMap<string, Waiters>, { reasons, remedy }: Refused): void => {
  for (const [key, { numbered, writes, checked }] of all) {
    if (writes.length > 0) draft.found.set(key, [])
    finish(draft, [...numbered, ...checked], { _tag: 'Refused', reasons, remedy })
  }
}

/** Whether a refusal was about fields, and is taken so: those that are not there are asked for no more. */
const tookFields = (draft: Draft, all: ReadonlyMap<string, Waiters>, told: Refused): boolean => {
  const filterField = asked(draft, 'filterType')
  const fields = asked(draft, 'fields').split(',')
  const isHealed = heal(draft, refusedBy(told.reasons, [filterField, ...fields]))
  const isMissing = Object.keys(draft.instance.refusedFields).includes(filterField)
  if (isMissing || told.reasons.some(({ code }) => code === '1011')) {
    takeUnsearchable(draft, all, told)
    return true
  }
  return isHealed
}

/** Takes what a lookup told. @internal */
export const takeLookups = (draft: Draft, told: Verdict<RecordOutcome | LookupOutcome> | Lost): void => {
  const all = waitersOf(draft)
  if (told._tag === 'Accepted') {
    for (const waiters of all.values()) taken(draft, everyone(waiters))
    told.outcomes.forEach((outcome, k) => {
      const key = draft.flight.keys[k] ?? ''
      const waiters = all.get(key)
      if (waiters !== undefined && (outcome._tag === 'LeadsFound' || outcome._tag === 'Unanswered'))
        takeKey(draft, key, waiters, outcome)
    })
    return
  }
  if (told._tag === 'Refused' && tookFields(draft, all, told)) return
  const waiting = [...all.values()].map(everyone)
  decide(
    draft,
    waiting.filter((items) => items.length > 0),
    told,
    true
  )
}
