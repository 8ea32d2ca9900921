/**
 * Remembers what we wrote, once Marketo has said that it is written.
 *
 *     intents with their outcomes ─▶ writes that were done ─▶ ledger
 *
 * A write that was refused, or of which nobody knows, is not remembered: it would hide a change that somebody else makes.
 *
 * @module
 */
import type { Instant } from '../../ground/calendar.js'
import type { Fields, Intent } from '../../intent/intent.js'
import type { MunchkinId } from '../../marketo/munchkin-id.js'
import { digestOf, readValue } from '../conflict/comparable.js'
import { bounded, fieldsOf, type LoopGuard, type LoopLedger, lastWrites, noEntry, withFields } from './ledger.js'

/**
 * Fields of a lead that were written.
 *
 * @category loop guard
 * @since 0.1.0
 */
export interface LeadWrite {
  readonly munchkinId: MunchkinId
  readonly leadId: number
  readonly fields: Fields
  readonly requestId: string | null
}

/**
 * As much of an outcome as is looked at: that of a record (`interpretSyncLeads`) and that of a delivered item are both such.
 *
 * @category loop guard
 * @since 0.1.0
 */
export interface WriteOutcome {
  readonly _tag: string
  readonly leadId?: number | null
  readonly remarks?: ReadonlyArray<{ readonly _tag: string; readonly field?: string }>
}

/**
 * An intent and what became of it; `requestId` is that of the call, where it is known.
 *
 * @category loop guard
 * @since 0.1.0
 */
export interface IntentOutcome {
  readonly intent: Intent
  readonly outcome: WriteOutcome
  readonly requestId?: string | null
}

/** Fields that did not go along, though the record was written. */
const leftOut: ReadonlyArray<string> = ['LeftOut', 'Kept']

const writtenFields = (fields: Fields, { remarks = [] }: WriteOutcome): Fields => {
  const left = new Set(remarks.flatMap(({ _tag, field }) => (leftOut.includes(_tag) ? [field] : [])))
  return Object.fromEntries(Object.entries(fields).filter(([field]) => !left.has(field)))
}

/**
 * The writes that were done among some intents: upserts that Marketo has applied, without fields that were left out.
 *
 * @category loop guard
 * @since 0.1.0
 */
export const appliedWrites = (done: ReadonlyArray<IntentOutcome>): ReadonlyArray<LeadWrite> =>
  done.flatMap(({ intent, outcome, requestId = null }) => {
    if (intent._tag !== 'UpsertLead' || outcome._tag !== 'Applied') return []
    const { munchkinId, lead, fields } = intent
    const leadId = outcome.leadId ?? (lead.lookupField === 'id' ? Number(lead.value) : null)
    return leadId === null ? [] : [{ munchkinId, leadId, fields: writtenFields(fields, outcome), requestId }]
  })

/** Digests of what was written, by field; a value that the field cannot hold was not. */
const digestsOf = ({ policyFor }: LoopGuard, fields: Fields): ReadonlyArray<readonly [field: string, digest: string]> =>
  Object.entries(fields).flatMap(([field, value]) => {
    if (field === 'id') return []
    const read = readValue(policyFor(field), 'marketo', value)
    return read === undefined ? [] : [[field, digestOf(field, read.same)] as const]
  })

/**
 * The ledger with some writes in it.
 *
 * @category loop guard
 * @since 0.1.0
 */
export const rememberWrites =
  (guard: LoopGuard) =>
  (ledger: LoopLedger, writes: ReadonlyArray<LeadWrite>, now: Instant): LoopLedger => {
    let after = ledger
    for (const { requestId, ...write } of writes) {
      const fields = new Map(fieldsOf(after, write))
      for (const [field, digest] of digestsOf(guard, write.fields)) {
        const entry = fields.get(field) ?? noEntry
        const own = { digest, writtenAt: now, requestId, echo: null }
        fields.set(field, { ...entry, writes: lastWrites([...entry.writes, own]) })
      }
      if (fields.size > 0) after = bounded(guard, withFields(after, write, fields, now), now)
    }
    return after
  }
