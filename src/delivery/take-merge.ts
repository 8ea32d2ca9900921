/**
 * What a merge told: the losers are the winner now; or they stay as they are, and are told as duplicates.
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
import { change, type Draft } from './draft.js'
import type { FoundLead, Pending } from './state.js'

/** Winner and losers, as the call names them. */
const leadsOf = ({ flight }: Draft): readonly [winnerId: number, loserIds: ReadonlySet<number>] => {
  const { path, query } = flight.call.descriptor
  const ids = query.flatMap(([, value]) => value.split(','))
  return [Number(path[3]), new Set(ids.map(Number))]
}

const editFound = (draft: Draft, edit: (leads: ReadonlyArray<FoundLead>) => ReadonlyArray<FoundLead>): void => {
  for (const [key, leads] of draft.found) draft.found.set(key, edit(leads))
}

const isMerged = (draft: Draft): void => {
  const [winnerId, loserIds] = leadsOf(draft)
  const all = [...draft.found.values()].flat()
  const winner = all.find(({ leadId }) => leadId === winnerId)
  if (winner === undefined) return
  const after = { ...winner, merged: [...winner.merged, ...loserIds] }
  editFound(draft, (leads) => {
    const own = leads.filter(({ leadId }) => leadId !== winnerId && !loserIds.has(leadId))
    return own.length === leads.length ? leads : [after, ...own]
  })
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
  if (first === undefined || told._tag === 'Accepted') return stays(draft)
  const carried = { records: 1, repeatable: true, tried: first.tried }
  const [tried, step] = nextStep(draft.state.options.retry)(carried, told, draft.now, draft.seed)
  draft.seed = nextSeed(draft.seed)
  if (step.todo === 'resend-after') change(draft, items, { tried, notBefore: step.at })
  else if (step.todo === 'await-quota-until') change(draft, items, { tried, notBefore: step.until })
  else if (step.todo === 'renew-and-resend') change(draft, items, { tried })
  else stays(draft)
}
