/**
 * Leads that are not there any more under the number that this delivery found out: merged into another, deleted by somebody, or never
 * there. What was known of them is forgotten, and they are looked for once more.
 *
 * @module
 */
import { isKeyedIntent } from '../intent/intent.js'
import { change, type Draft, personNow } from './draft.js'
import { keysOfIntent, unlearned } from './people.js'
import { sentLookupField } from './refused-fields.js'
import type { Pending } from './state.js'

/** Whether the lead was named by a number that this delivery found out, and Marketo does not know it (any more). @internal */
export const isGone = (
  { flight }: Draft,
  [first]: ReadonlyArray<Pending>,
  reasons: ReadonlyArray<{ readonly code: string }>
): boolean => {
  if (first === undefined || first.tried['mend-record'] !== undefined) return false
  if (!isKeyedIntent(first.intent) || first.intent.lead.lookupField === 'id') return false
  const byNumber = flight.call.descriptor.endpoint !== 'syncLeads' || sentLookupField(flight.call) === 'id'
  return byNumber && reasons.some(({ code }) => code === '1004')
}

/** Forgets what is known of an item's person and the leads of its keys: as the person is now, whoever it was when the call went out. @internal */
export const forgetLead = (draft: Draft, item: Pending): void => {
  draft.people = unlearned(draft.people, personNow(draft, item))
  for (const key of keysOfIntent(item.intent, draft.state.options.idFields)) draft.found.delete(key)
}

/** Whether a call was refused for its only lead, which is gone; then it is looked for once more. @internal */
export const searchedAgain = (
  draft: Draft,
  [items, ...others]: ReadonlyArray<ReadonlyArray<Pending>>,
  reasons: ReadonlyArray<{ readonly code: string }>
): boolean => {
  if (items === undefined || others.length > 0 || !isGone(draft, items, reasons)) return false
  searchAgain(draft, items)
  return true
}

/** What calls under way tell of these leads is old from now on. @internal */
export const outdate = ({ others, flight }: Draft, leadIds: ReadonlyArray<number>): void => {
  for (const [id, other] of others)
    if (other.munchkinId === flight.munchkinId) others.set(id, { ...other, gone: [...other.gone, ...leadIds] })
}

/** Looks for the lead once more; what was read of it counts no more. @internal */
export const searchAgain = (draft: Draft, items: ReadonlyArray<Pending>): void => {
  for (const item of items) {
    forgetLead(draft, item)
    change(draft, [item], { tried: { ...item.tried, 'mend-record': 1 }, progress: null })
  }
}
