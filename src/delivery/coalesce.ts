/**
 * Many upserts of one lead as one: later events win, field by field.
 *
 *     { email, plan: 'free', city: 'Lyon' }  then  { email, plan: 'pro', title: null }
 *       → { email, plan: 'pro', city: 'Lyon', title: null }
 *
 * Marketo merges fields in the same way when the calls come one by one, so one call instead of several changes nothing but the number of
 * calls. What differs in more than its fields (action, partition) stays apart, in order.
 *
 * Source: Adobe "Marketo Integration Best Practices", Batching; "Leads", Create and Update.
 *
 * @module
 */
import type { Fields, RecordIntent, UpsertLead } from '../intent/intent.js'
import { keyText } from '../intent/lead-key.js'

/** Whether two upserts can be one record: the same lead by the same key, written in the same way. @internal */
export const isOneRecord = (a: UpsertLead, b: UpsertLead): boolean =>
  a.munchkinId === b.munchkinId &&
  a.action === b.action &&
  a.partitionName === b.partitionName &&
  keyText(a.lead) === keyText(b.lead)

/** Two upserts of one lead as one; the key is the later one's spelling. @internal */
export const mergeUpserts = (earlier: UpsertLead, later: UpsertLead): UpsertLead => ({
  // What the earlier one says besides holds as long as the later one says nothing else.
  ...earlier,
  ...later,
  fields: written(earlier.fields, later.fields)
})

/** Fields over fields. From entries: assigning to the name `__proto__` would lose the field. */
const written = (earlier: Fields, later: Fields): Fields =>
  Object.fromEntries([...new Map([...Object.entries(earlier), ...Object.entries(later)])])

const dedupeText = (record: RecordIntent): string =>
  record._tag === 'SyncCompany' ? '' : JSON.stringify([...record.dedupeFields].sort())

/** Whether two records of one company, or of one key of a custom object, can be written as one. @internal */
export const isOneObject = (a: RecordIntent, b: RecordIntent): boolean =>
  a._tag === b._tag && a.munchkinId === b.munchkinId && dedupeText(a) === dedupeText(b)

/** Two records of one company or custom object as one. @internal */
export const mergeObjects = <I extends RecordIntent>(earlier: I, later: I): I => ({
  ...later,
  fields: written(earlier.fields, later.fields)
})
