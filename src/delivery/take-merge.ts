/**
 * What a merge told: the losers are the winner now; or they stay as they are, and are told as duplicates.
 *
 *     merged        whoever was known to be a loser is the winner from now on, and its number finds the winner
 *     not merged,   whoever was known by these numbers is looked for once more: where no answer came, or a lead is not there any more,
 *       or lost     nobody knows who is whose. Of a campaign Marketo does not say that its lead is gone
 *
 * Source: Adobe "Leads", Merge Leads.
 *
 * @module
 */
import type { LookupOutcome } from '../endpoints/get-leads.js'
import type { RecordOutcome, Verdict } from '../intent/outcome.js'
import { nextSeed } from '../pace/back-off.js'
import type { Lost } from '../pace/call-end.js'
import { nextStep } from '../pace/remedies.js'
import { change, type Draft, numberKey, unite } from './draft.js'
import { outdate } from './gone.js'
import { personOf, unlearned, withLeadId, withMerged } from './people.js'
import { sentLosers } from './refused-fields.js'
import type { FoundLead, Pending } from './state.js'

/** Winner and losers, as the call names them. */
const leadsOf = ({ flight }: Draft): readonly [winnerId: number, loserIds: ReadonlySet<number>] => {
  return [Number(flight.call.descriptor.path[3]), new Set(sentLosers(flight.call).map(Number))]
}

const editFound = (draft: Draft, edit: (leads: ReadonlyArray<FoundLead>) => ReadonlyArray<FoundLead>): void => {
  for (const [key, leads] of draft.found) draft.found.set(key, edit(leads))
}

const isMerged = (draft: Draft): void => {
  const [winnerId, loserIds] = leadsOf(draft)
  outdate(draft, [...loserIds])
  const losers = [...loserIds].map((id) => numberKey(draft, id))
  // Somebody may name a loser by its number later: that finds the winner.
  const found = withLeadId(losers, winnerId)
  unite(draft, [...losers, numberKey(draft, winnerId)], (known) => found(withMerged(winnerId, loserIds)(known)))
  const all = [...draft.found.values()].flat()
  const winner = all.find(({ leadId }) => leadId === winnerId)
  if (winner === undefined) return
  const after = { ...winner, merged: [...winner.merged, ...loserIds] }
  editFound(draft, (leads) => {
    const own = leads.filter(({ leadId }) => leadId !== winnerId && !loserIds.has(leadId))
    return own.length === leads.length ? leads : [after, ...own]
  })
}

const isInDoubt = (draft: Draft): void => {
  const [winnerId, loserIds] = leadsOf(draft)
  outdate(draft, [...loserIds])
  for (const id of [winnerId, ...loserIds]) {
    const person = personOf(draft.people, numberKey(draft, id))
    if (person !== undefined) draft.people = unlearned(draft.people, person)
  }
}

const stays = (draft: Draft): void => {
  const [, loserIds] = leadsOf(draft)
  editFound(draft, (leads) => leads.map((lead) => (loserIds.has(lead.leadId) ? { ...lead, stays: true } : lead)))
}

/** Takes what a merge told. A merge that failed costs the write nothing: it is tried again where that may help, else left. @internal */
export const takeMerge = (draft: Draft, told: Verdict<RecordOutcome | LookupOutcome> | Lost): void => {
  const items: ReadonlyArray<Pending> = draft.flight.records.flat().flatMap((seq) => draft.pending.get(seq) ?? [])
  const [first] = items
  if (told._tag === 'Accepted' && told.outcomes.every(({ _tag }) => _tag === 'Applied')) return isMerged(draft)
  isInDoubt(draft)
  if (first === undefined || told._tag === 'Accepted') return stays(draft)
  const carried = { records: 1, repeatable: true, tried: first.tried }
  const [tried, step] = nextStep(draft.state.options.retry)(carried, told, draft.now, draft.seed)
  draft.seed = nextSeed(draft.seed)
  if (step.todo === 'resend-after') change(draft, items, { tried, notBefore: step.at })
  else if (step.todo === 'await-quota-until') change(draft, items, { tried, notBefore: step.until })
  else if (step.todo === 'renew-and-resend') change(draft, items, { tried })
  else stays(draft)
}
