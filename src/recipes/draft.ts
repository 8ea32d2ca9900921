/**
 * What the rules make of one event: one write of the lead, what comes before it, and what comes behind.
 *
 *     companies ──▶ the lead, with the fields of every rule ──▶ off lists and out of programs ──▶ onto others, campaigns, scores
 *
 * Of two rules that claim a field the first in the file has it; where consent is claimed, the one that says no.
 *
 * @module
 */
import { conflict, excluded, type Problem } from '../ground/problem.js'
import type { Consent, FieldValue, Intent, KeyedIntent, RecordIntent, UpsertLead } from '../intent/intent.js'
import type { MunchkinId } from '../marketo/munchkin-id.js'
import type { View } from './view.js'
import type { Who } from './who.js'

/** An event in the making. @internal */
export interface Draft {
  readonly munchkinId: MunchkinId
  readonly partitionName: string | null
  readonly view: View
  readonly who: Who
  readonly problems: Array<Problem>
  readonly fields: Map<string, FieldValue>
  readonly companies: Array<RecordIntent>
  readonly leavings: Array<KeyedIntent>
  readonly joinings: Array<KeyedIntent>
  readonly objects: Array<RecordIntent>
  creates: boolean
  deletes: boolean
  consent: Consent | undefined
  /** The audience that the event says was entered or left, where the names of all audiences are kept in a field. */
  membership: { readonly key: string; readonly isMember: boolean } | undefined
  /** Whether some rule applied, whatever came of it. */
  matched: boolean
}

/** A draft that holds nothing. @internal */
export const newDraft = (
  munchkinId: MunchkinId,
  partitionName: string | null,
  view: View,
  who: Who,
  problems: Array<Problem>
): Draft => ({
  munchkinId,
  partitionName,
  view,
  who,
  problems,
  fields: new Map(),
  companies: [],
  leavings: [],
  joinings: [],
  objects: [],
  creates: false,
  deletes: false,
  consent: undefined,
  membership: undefined,
  matched: false
})

const mendTwice =
  'two rules write one field, and the first in the file has it: let them write the same, or take one out'

/** Writes a field of the lead. @internal */
export const putField = (draft: Draft, field: string, value: FieldValue): void => {
  const before = draft.fields.get(field)
  if (before === undefined) draft.fields.set(field, value)
  else if (before !== value) draft.problems.push(conflict('dropped', ['fields', field], ['fields', field], mendTwice))
}

/** What every intent about the lead begins with. @internal */
export const about = ({ munchkinId, who }: Draft): { readonly munchkinId: MunchkinId; readonly lead: Who['lead'] } => ({
  munchkinId,
  lead: who.lead
})

/** The write of the lead, if any rule wants one. */
const upsertOf = (draft: Draft): UpsertLead | undefined => {
  const { fields, creates, who, consent, view } = draft
  if (fields.size === 0 && !creates) return undefined
  return {
    _tag: 'UpsertLead',
    ...about(draft),
    // From entries: assigning to the name `__proto__` would lose the field.
    fields: Object.fromEntries([...fields, ...Object.entries(who.ids)]),
    action: creates ? 'createOrUpdate' : 'updateOnly',
    partitionName: creates ? draft.partitionName : null,
    ...(consent === undefined ? {} : { at: view.at, consent })
  }
}

/** Whether somebody who asks to be left alone is put somewhere to be engaged. */
const isEngaging = (intent: KeyedIntent): boolean => 'purpose' in intent && intent.purpose === 'engage'

const mendSuppressed = 'the event says not to write to this person: what would engage it is left out'

/** The intents of a draft, in the order in which they are to be done. @internal */
export const intentsOf = (draft: Draft): ReadonlyArray<Intent> => {
  if (draft.deletes) return [{ _tag: 'DeleteLead', ...about(draft) }]
  const upsert = upsertOf(draft)
  const isOut = draft.consent === 'opt-out'
  const joinings = isOut ? draft.joinings.filter((one) => !isEngaging(one)) : draft.joinings
  if (joinings.length < draft.joinings.length)
    draft.problems.push(excluded('dropped', ['type'], 'suppression', mendSuppressed))
  return [
    ...draft.companies,
    ...(upsert === undefined ? [] : [upsert]),
    ...draft.leavings,
    ...joinings,
    ...draft.objects
  ]
}
