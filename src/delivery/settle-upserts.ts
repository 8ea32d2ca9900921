/**
 * Upserts that are ready, made as they are to be sent: without what Marketo refuses, by the lead that they are about, and not at all where
 * nothing would change.
 *
 * @module
 */
import type { LeadMerge } from '../endpoints/merge-leads.js'
import { sha1Hex } from '../ground/digest.js'
import type { UpsertLead } from '../intent/intent.js'
import { isSuppression } from '../intent/ordered-intent.js'
import type { DeliveryOptions } from './options.js'
import { type End, endFor, type Remark } from './outcome.js'
import { keyOf, knownOf, leadIdOf } from './people.js'
import { askFor, type Ready } from './ready.js'
import { leftOut, type RefusedFields, sentLosers, sentNumbers, withoutRefused } from './refused-fields.js'
import { resolution } from './resolve.js'
import type { Row } from './row.js'
import type { Delivery, InFlight } from './state.js'

/** Upserts to send, and merges that have to come before others. @internal */
export interface Settled {
  readonly upserts: ReadonlyArray<Row<UpsertLead>>
  readonly merges: ReadonlyArray<Row<LeadMerge>>
}

/** A text that is equal for records that write the same. @internal */
export const fingerprintOf = ({ lead, fields, action, partitionName }: UpsertLead): string => {
  const entries = Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1))
  return sha1Hex(JSON.stringify([lead, action, partitionName, entries]))
}

const unsearchable = (field: string, code: string): End => ({
  _tag: 'Refused',
  reasons: [{ code, message: `this Marketo has no field '${field}', by which the lead is looked up` }],
  remedy: 'mend-request'
})

const unchanged = (leadId: number | null, remarks: ReadonlyArray<Remark>): End => ({
  _tag: 'Applied',
  leadId,
  status: 'unchanged',
  remarks
})

const endRow = ({ ended }: Ready, { items }: Row<unknown>, end: End): void => {
  for (const item of items) ended.push([item, endFor(item.intent, end)])
}

/** Fingerprints are of what was mapped, so that they hold whoever the lead turns out to be. */
const isUnchanged = ({ options, people }: Delivery, { what, items: [item] }: Row<UpsertLead>): boolean => {
  if (!options.skipUnchanged) return false
  const { written } = knownOf(people, item.person)
  return written !== '' && written === fingerprintOf(what)
}

/** Takes leads for a call of this round, unless some call has one of them already: people may turn out to be one lead. */
const claim = (busy: Set<string>, munchkinId: string, leadIds: ReadonlyArray<string | number>): boolean => {
  const names = leadIds.map((id) => `${munchkinId} ${id}`)
  if (names.some((name) => busy.has(name))) return false
  for (const name of names) busy.add(name)
  return true
}

/** The leads that a call in flight writes by number, merges, or requests a campaign for. */
const leadsIn = ({ call, errand }: InFlight): ReadonlyArray<unknown> => {
  if (errand === 'merge') return [call.descriptor.path[3], ...sentLosers(call)]
  const isTaken = errand === 'write' || errand === 'write-score' || call.descriptor.endpoint === 'requestCampaign'
  return isTaken ? sentNumbers(call) : []
}

/**
 * The leads that calls in flight have, those whose scores are written now, and those of campaigns that say to leave them alone: these wait
 * for no merge.
 */
const busyLeads = ({ inFlight, options }: Delivery, { ordered }: Ready): Set<string> => {
  const busy = new Set<string>()
  // Only who looks before writing writes by number what others may write by key.
  if (options.identity._tag === 'upsert') return busy
  for (const { what } of ordered.scores) busy.add(`${what.munchkinId} ${what.lead.value}`)
  for (const { what, items } of ordered.campaigns)
    if (isSuppression(items[0].intent)) busy.add(`${what.munchkinId} ${what.leadId}`)
  for (const flight of Object.values(inFlight))
    for (const id of leadsIn(flight)) busy.add(`${flight.munchkinId} ${String(id)}`)
  return busy
}

/** Campaigns wait for merges of their leads: of a lead that is not there any more Marketo says nothing. */
const holdCampaigns = ({ inFlight }: Delivery, { ordered: { campaigns } }: Ready, merges: Settled['merges']): void => {
  const merged = new Set<string>()
  for (const { what } of merges) for (const id of what.loserIds) merged.add(`${what.munchkinId} ${id}`)
  for (const { munchkinId, errand, call } of Object.values(inFlight))
    if (errand === 'merge') for (const id of sentLosers(call)) merged.add(`${munchkinId} ${id}`)
  if (merged.size === 0) return
  const free = campaigns.filter(({ what }) => !merged.has(`${what.munchkinId} ${what.leadId}`))
  campaigns.splice(0, campaigns.length, ...free)
}

const settleOne = (
  state: Delivery,
  ready: Ready,
  asked: ReadonlySet<string>,
  row: Row<UpsertLead>,
  upserts: Array<Row<UpsertLead>>,
  merges: Array<Row<LeadMerge>>,
  busy: Set<string>
): void => {
  const [item] = row.items
  const { identity, idFields }: DeliveryOptions = state.options
  if (identity._tag === 'upsert') {
    upserts.push(row)
    return
  }
  const known = knownOf(state.people, item.person)
  const resolved = resolution(identity, idFields, row.what, known, state.found)
  const { munchkinId } = row.what
  if (resolved._tag === 'Ask') {
    for (const lead of resolved.keys)
      askFor(ready, asked, keyOf({ munchkinId, lead }), { munchkinId, lead }, [item], true)
  } else if (resolved._tag === 'Merge') {
    const { winnerId, loserIds } = resolved
    if (!claim(busy, munchkinId, [winnerId, ...loserIds])) return
    merges.push({ ...row, what: { munchkinId, winnerId, loserIds } })
  } else {
    const { lookupField, value } = resolved.upsert.lead
    if (lookupField === 'id' && !claim(busy, munchkinId, [value])) return
    upserts.push({ ...row, what: resolved.upsert, remarks: [...row.remarks, ...resolved.remarks] })
  }
}

/** Ends who waits for a lead by a field that this Marketo does not have. @internal */
export const endUnsearchable = ({ questions, ended }: Ready, refused: RefusedFields): void => {
  const codes = new Map(Object.entries(refused))
  for (const [key, { what, items }] of questions) {
    const { lookupField } = what.lead
    const code = codes.get(lookupField)
    if (code === undefined) continue
    questions.delete(key)
    for (const item of items) ended.push([item, unsearchable(lookupField, code)])
  }
}

/** The upserts of an instance as they are to be sent; those that ask or end do so in `ready`. The most urgent come first. @internal */
export const settleUpserts = (
  state: Delivery,
  ready: Ready,
  refused: RefusedFields,
  asked: ReadonlySet<string>
): Settled => {
  const upserts: Array<Row<UpsertLead>> = []
  const merges: Array<Row<LeadMerge>> = []
  const codes = new Map(Object.entries(refused))
  const busy = busyLeads(state, ready)
  for (const row of ready.upserts) {
    const { lookupField } = row.what.lead
    const code = codes.get(lookupField)
    if (code !== undefined) endRow(ready, row, unsearchable(lookupField, code))
    else if (isUnchanged(state, row)) endRow(ready, row, unchanged(leadOf(state, row), leftOut(row.what, refused)))
    else {
      const remarks = codes.size === 0 ? row.remarks : [...row.remarks, ...leftOut(row.what, refused)]
      const what = codes.size === 0 ? row.what : { ...row.what, fields: withoutRefused(row.what.fields, refused) }
      settleOne(state, ready, asked, { ...row, what, remarks }, upserts, merges, busy)
    }
  }
  if (ready.ordered.campaigns.length > 0) holdCampaigns(state, ready, merges)
  const urgent = upserts.filter(({ what }) => isSuppression(what))
  return {
    upserts: urgent.length === 0 ? upserts : [...urgent, ...upserts.filter(({ what }) => !isSuppression(what))],
    merges
  }
}

const leadOf = ({ people }: Delivery, { items: [item] }: Row<UpsertLead>): number | null =>
  leadIdOf(people, item.person, item.key) ?? null
