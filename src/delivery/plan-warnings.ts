/**
 * What of a delivery will surprise: read off its items, and off what their walk cost.
 *
 * @module
 */
import { type Intent, isBrowserIntent, isKeyedIntent, type KeyedIntent } from '../intent/intent.js'
import { isOrderedIntent, isRemoval } from '../intent/ordered-intent.js'
import { findByRest } from '../marketo/lead-fields.js'
import type { MunchkinId } from '../marketo/munchkin-id.js'
import type { Item } from './outcome.js'
import { keyOf, keysOfIntent } from './people.js'
import { type Notes, note } from './plan-notes.js'
import { eventOf, type Tally } from './plan-tally.js'
import type { PlannedQuota, PlanRisk } from './plan-types.js'

const isLeadWrite = ({ _tag }: KeyedIntent): boolean => _tag === 'UpsertLead' || _tag === 'SubmitForm'

/** The keys of every lead that these items write. */
const writtenKeys = (items: ReadonlyArray<Item>, idFields: ReadonlyArray<string>): ReadonlySet<string> => {
  const keys = new Set<string>()
  for (const { intent } of items)
    if (isKeyedIntent(intent) && isLeadWrite(intent)) for (const key of keysOfIntent(intent, idFields)) keys.add(key)
  return keys
}

const noteFields = (notes: Notes, munchkinId: MunchkinId, names: ReadonlyArray<string>, event: string): void => {
  const seen = new Set<PlanRisk>()
  for (const name of names) {
    const row = findByRest(name)
    const risk =
      row?.write === 'company' ? 'company-fields' : row?.standing === 'removed' ? 'removed-fields' : undefined
    if (risk === undefined) continue
    note(notes, risk, munchkinId, { items: seen.has(risk) ? 0 : 1, name, event })
    seen.add(risk)
  }
}

const noteIntent = (notes: Notes, intent: Intent, written: ReadonlySet<string>, event: string): void => {
  const { munchkinId } = intent
  if (isBrowserIntent(intent)) return note(notes, 'in-browser', munchkinId, { items: 1, event })
  if (intent._tag === 'SyncLeadOverSoap') return note(notes, 'retired-route', munchkinId, { items: 1, event })
  if (intent._tag === 'UpsertLead') return noteFields(notes, munchkinId, Object.keys(intent.fields), event)
  if ('visitor' in intent && intent.visitor._tag === 'Derived')
    note(notes, 'derived-visitor', munchkinId, { items: 1, event })
  const needsLead = intent._tag === 'AddCustomActivity' || intent._tag === 'AssociateCookie' || isOrderedIntent(intent)
  if (intent._tag === 'DeleteLead') note(notes, 'deletes-leads', munchkinId, { items: 1, event })
  if (needsLead && !isRemoval(intent) && intent.lead.lookupField !== 'id' && !written.has(keyOf(intent)))
    note(notes, 'lead-not-upserted', munchkinId, { items: 1, event })
}

/** Notes what the items themselves tell. @internal */
export const noteItems = (notes: Notes, items: ReadonlyArray<Item>, idFields: ReadonlyArray<string>): void => {
  const written = writtenKeys(items, idFields)
  const ids = new Set<string>()
  for (const item of items) {
    const event = eventOf(item)
    const { munchkinId } = item.intent
    noteIntent(notes, item.intent, written, event)
    if (item.messageId === null || item.messageId === '') note(notes, 'no-message-id', munchkinId, { items: 1, event })
    if (ids.has(item.id)) note(notes, 'same-id', munchkinId, { items: 1, event })
    ids.add(item.id)
  }
}

/** Each lookup was for a lead that is written here, or for one that is not. */
const noteLookups = (notes: Notes, tally: Tally, idFields: ReadonlyArray<string>): void => {
  const written = writtenKeys(tally.items, idFields)
  for (const [key, { positions, calls }] of tally.lookedUp) {
    for (const position of positions) {
      const item = tally.items[position]
      if (item === undefined) continue
      const { munchkinId } = item.intent
      const cost = calls / positions.length
      if (written.has(key))
        note(notes, 'lookup-before-upsert', munchkinId, { items: 1, calls: cost, event: eventOf(item) })
      else note(notes, 'lead-not-upserted', munchkinId, { calls: cost })
    }
  }
}

const noteAll = (notes: Notes, risk: PlanRisk, tally: Tally, positions: ReadonlyArray<number>, calls: number): void => {
  for (const position of positions) {
    const item = tally.items[position]
    if (item !== undefined) note(notes, risk, item.intent.munchkinId, { items: 1, calls, event: eventOf(item) })
  }
}

/** Notes what the walk tells. @internal */
export const noteTally = (notes: Notes, tally: Tally, idFields: ReadonlyArray<string>): void => {
  noteAll(notes, 'call-each', tally, tally.alone, 1)
  noteAll(notes, 'held-back', tally, tally.held, 0)
  noteLookups(notes, tally, idFields)
}

/** Notes what the quota says of an instance. @internal */
export const noteQuota = (notes: Notes, quota: PlannedQuota, muchOfDay: number): void => {
  const { munchkinId, countedCalls, callsPerDay, share } = quota
  if (countedCalls > callsPerDay) note(notes, 'over-quota', munchkinId, { calls: countedCalls })
  else if (share !== null && share > muchOfDay) note(notes, 'much-of-quota', munchkinId, { calls: countedCalls })
}
