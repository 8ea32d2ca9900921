/**
 * Whose lead an upsert is about, where every key is looked up first.
 *
 *     keys of the record ──▶ asked ──▶ leads found ──▶ the person's own ──▶ one chosen ──▶ written by its number
 *                             └ not told yet: ask       └ none: made           └ the others: told, or merged into it
 *
 * A lead that only a weak key finds, such as the id of a browser that several people use, is the person's only if every stronger key that
 * it has is among the record's own. A key whose lead this delivery knows already is not asked again, unless a policy wants to see what Marketo holds.
 *
 * Sources: Adobe "Leads", Query, Merge Leads; Segment "Identify" (an anonymous visitor becomes known).
 *
 * @module
 */
import { unfitQuestion } from '../endpoints/filter-text.js'
import type { Fields, UpsertLead } from '../intent/intent.js'
import { keyText, type LeadKey } from '../intent/lead-key.js'
import { batchLimits } from '../marketo/limits.js'
import type { FieldPolicy, Identity, TieRule } from './options.js'
import type { Remark } from './outcome.js'
import { type Known, keyOf, leadIdIn, leadKeysOf } from './people.js'
import type { FoundLead } from './state.js'

type Resolving = Extract<Identity, { readonly _tag: 'resolve' }>

/** What to do about an upsert. @internal */
export type Resolution =
  | { readonly _tag: 'Ask'; readonly keys: ReadonlyArray<LeadKey> }
  | { readonly _tag: 'Merge'; readonly winnerId: number; readonly loserIds: ReadonlyArray<number> }
  | { readonly _tag: 'Write'; readonly upsert: UpsertLead; readonly remarks: ReadonlyArray<Remark> }

const policyOf = ({ policies }: Resolving, field: string): FieldPolicy =>
  new Map(Object.entries(policies)).get(field) ?? 'always'

/** The fields that a lookup asks for: what identifies, what ages, and what a policy wants to see. @internal */
export const askedFields = (identity: Resolving, idFields: ReadonlyArray<string>): ReadonlyArray<string> => [
  ...idFields,
  'createdAt',
  'updatedAt',
  ...Object.keys(identity.policies).filter((field) => policyOf(identity, field) === 'if-empty')
]

const textOf = (u: unknown): string => (typeof u === 'string' || typeof u === 'number' ? String(u) : '')

/** Whether a lead has, in a field that identifies and is not weak, a value that is not among our keys. */
const isSomebodyElse = (
  { fields }: FoundLead,
  keys: ReadonlyArray<LeadKey>,
  strongFields: ReadonlyArray<string>
): boolean =>
  strongFields.some((lookupField) => {
    const theirs = textOf(fields[lookupField])
    const text = keyText({ lookupField, value: theirs })
    return theirs !== '' && !keys.some((key) => keyText(key) === text)
  })

/** A lead that is the person's, and how strong the key is that found it; 0 is the strongest. */
interface Candidate extends FoundLead {
  readonly strength: number
}

/** The keys, the strongest first. */
const inOrder = (keys: ReadonlyArray<LeadKey>, idFields: ReadonlyArray<string>): ReadonlyArray<LeadKey> => {
  const place = ({ lookupField }: LeadKey): number => {
    const at = idFields.indexOf(lookupField)
    return at < 0 ? idFields.length : at
  }
  return [...keys].sort((a, b) => place(a) - place(b))
}

/** The leads that are the person's, each once, by the strongest key that finds it. */
const candidatesOf = (
  identity: Resolving,
  idFields: ReadonlyArray<string>,
  keys: ReadonlyArray<LeadKey>,
  foundBy: (key: LeadKey) => ReadonlyArray<FoundLead>
): ReadonlyArray<Candidate> => {
  const candidates = new Map<number, Candidate>()
  const { weakFields } = identity
  const isWeak = ({ lookupField }: LeadKey): boolean => weakFields.includes(lookupField)
  const strongFields = idFields.filter((field) => !weakFields.includes(field))
  // Where a weak key is all there is, it has to do.
  const isChoosy = !keys.every(isWeak)
  keys.forEach((key, strength) => {
    for (const lead of foundBy(key)) {
      if (candidates.has(lead.leadId)) continue
      if (isChoosy && isWeak(key) && isSomebodyElse(lead, keys, strongFields)) continue
      candidates.set(lead.leadId, { ...lead, strength })
    }
  })
  return [...candidates.values()]
}

type Order = (a: Candidate, b: Candidate) => number

// Marketo's times are UTC texts of one form: they sort as they stand.
const compared = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
const changedLast: Order = (a, b) => compared(textOf(b.fields.updatedAt), textOf(a.fields.updatedAt))
const createdFirst: Order = (a, b) => compared(textOf(a.fields.createdAt), textOf(b.fields.createdAt))
const strongestFirst: Order = (a, b) => a.strength - b.strength

// biome-ignore format: table
const orders: Readonly<Record<TieRule, ReadonlyArray<Order>>> = {
  'first-key':     [strongestFirst, changedLast],
  'last-updated':  [changedLast, strongestFirst],
  'first-created': [createdFirst, strongestFirst]
}

const byRule = (rule: TieRule): Order => {
  const all: ReadonlyArray<Order> = [...orders[rule], (a, b) => a.leadId - b.leadId]
  return (a, b) => {
    for (const order of all) {
      const difference = order(a, b)
      if (difference !== 0) return difference
    }
    return 0
  }
}

const isEmpty = (u: unknown): boolean => u === undefined || u === null || u === ''

/** The fields that may be written on a lead that is there, and those that are left as they are. */
const allowedFields = (
  identity: Resolving,
  given: Fields,
  lead: FoundLead
): readonly [fields: Fields, kept: ReadonlyArray<string>] => {
  const kept = Object.keys(given).filter((field) => {
    const policy = policyOf(identity, field)
    return policy === 'on-create' || (policy === 'if-empty' && !isEmpty(lead.fields[field]))
  })
  return [Object.fromEntries(Object.entries(given).filter(([field]) => !kept.includes(field))), kept]
}

const about = (_tag: 'Duplicates' | 'Merged', leadIds: ReadonlyArray<number>): ReadonlyArray<Remark> =>
  leadIds.length === 0 ? [] : [{ _tag, leadIds }]

/** The upsert as a write of a lead by its number. */
const writeOf = (
  identity: Resolving,
  upsert: UpsertLead,
  lead: FoundLead,
  others: ReadonlyArray<number>
): Resolution => {
  const [fields, kept] = allowedFields(identity, upsert.fields, lead)
  return {
    _tag: 'Write',
    upsert: {
      ...upsert,
      lead: { lookupField: 'id', value: lead.leadId },
      fields: { ...fields, id: lead.leadId },
      action: 'updateOnly',
      partitionName: null
    },
    remarks: [
      ...kept.map((field): Remark => ({ _tag: 'Kept', field })),
      ...about('Merged', lead.merged),
      ...about('Duplicates', others)
    ]
  }
}

/** An upsert by a lead's number; where that lead was merged into another, by the other's. */
const byLiveNumber = (upsert: UpsertLead, known: Known): UpsertLead => {
  const leadId = leadIdIn(known, keyOf(upsert))
  if (leadId === undefined) return upsert
  const fields = { ...upsert.fields, id: leadId }
  return { ...upsert, lead: { lookupField: 'id', value: leadId }, fields }
}

/** Whether some field of the upsert has a policy that wants to see what the lead holds. */
const wantsToSee = (identity: Resolving, { fields }: UpsertLead): boolean =>
  Object.keys(fields).some((field) => policyOf(identity, field) === 'if-empty')

/** What to do about an upsert, from what is known of its person and what lookups told. @internal */
export const resolution = (
  identity: Resolving,
  idFields: ReadonlyArray<string>,
  upsert: UpsertLead,
  known: Known,
  found: Readonly<Record<string, ReadonlyArray<FoundLead>>>
): Resolution => {
  if (upsert.lead.lookupField === 'id') return { _tag: 'Write', upsert: byLiveNumber(upsert, known), remarks: [] }
  // What cannot be asked for (a comma, half a surrogate pair) finds nobody.
  const keys = inOrder(leadKeysOf(upsert, idFields), idFields).filter((key) => unfitQuestion(key) === undefined)
  const textFor = (lead: LeadKey): string => keyOf({ munchkinId: upsert.munchkinId, lead })
  const leadId = leadIdIn(known, textFor(upsert.lead))
  const isKnown = keys.every((key) => leadIdIn(known, textFor(key)) === leadId)
  const untold = keys.filter((key) => found[textFor(key)] === undefined)
  // What lookups told of every key says more of the lead: what was merged into it, and what is there besides.
  const isTold =
    untold.length === 0 && keys.some((key) => found[textFor(key)]?.some((lead) => lead.leadId === leadId) === true)
  if (leadId !== undefined && isKnown && !isTold && !wantsToSee(identity, upsert))
    return writeOf(identity, upsert, { leadId, fields: {}, merged: [], stays: false }, [])
  if (untold.length > 0) return { _tag: 'Ask', keys: untold }
  const candidates = candidatesOf(identity, idFields, keys, (key) => found[textFor(key)] ?? [])
  const [chosen, ...others] = [...candidates].sort(byRule(identity.prefer))
  // Made by the strongest key: by a weak one Marketo would find somebody else's lead after all.
  if (chosen === undefined) return { _tag: 'Write', upsert: { ...upsert, lead: keys[0] ?? upsert.lead }, remarks: [] }
  const idsOf = (leads: ReadonlyArray<FoundLead>): ReadonlyArray<number> => leads.map((lead) => lead.leadId)
  const merges = identity.duplicates === 'merge' ? others.filter(({ stays }) => !stays) : []
  const losers = merges.slice(0, batchLimits.mergeLosers)
  return losers.length > 0
    ? { _tag: 'Merge', winnerId: chosen.leadId, loserIds: idsOf(losers) }
    : writeOf(identity, upsert, chosen, idsOf(others))
}
