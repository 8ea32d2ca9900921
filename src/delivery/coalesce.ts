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
import type { UpsertLead } from '../intent/intent.js'
import { keyText } from '../intent/lead-key.js'

/** Whether two upserts can be one record: the same lead by the same key, written in the same way. @internal */
export const isOneRecord = (a: UpsertLead, b: UpsertLead): boolean =>
  a.munchkinId === b.munchkinId &&
  a.action === b.action &&
  a.partitionName === b.partitionName &&
  keyText(a.lead) === keyText(b.lead)

/** Two upserts of one lead as one; the key is the later one's spelling. @internal */
export const mergeUpserts = (earlier: UpsertLead, later: UpsertLead): UpsertLead => ({
  ...later,
  // From entries: assigning to the name `__proto__` would lose the field.
  fields: Object.fromEntries([...new Map([...Object.entries(earlier.fields), ...Object.entries(later.fields)])])
})
