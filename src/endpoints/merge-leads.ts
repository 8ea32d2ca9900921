/**
 * Merge Leads: several records of one person become one.
 *
 *     POST /rest/v1/leads/1042/merge.json?leadIds=1043%2C1051
 *                         └ winner              └ losers, at most 25 a call
 *
 * The winner's values stand; where it has none, a loser's does. With Salesforce a contact beats a lead, and a record of the CRM one of
 * Marketo's alone, whoever was named as winner. More losers go in further calls, in their order; make them one after the other, because
 * each changes the same winner. The body is empty and there: some HTTP clients send a POST without one in a form that Marketo's gateway
 * refuses.
 *
 * Sources: Adobe "Leads", Merge Leads; "Error Codes" (1080); Marketo/REST-Sample-Code #5.
 *
 * @module
 */
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import { kindOf } from '../ground/json.js'
import { conflict, malformed, missing, type Problem } from '../ground/problem.js'
import { type Call, type Described, type HttpRequest, live } from '../intent/descriptor.js'
import { batchLimits } from '../marketo/limits.js'
import type { MunchkinId } from '../marketo/munchkin-id.js'
import { described, newDraft } from './batch.js'
import { isMarketoId } from './lead-ref.js'
import { interpretWithoutResult } from './record-outcomes.js'

/**
 * Leads to be merged into one, by their numbers. No event asks for this: it mends what the numbers of a lookup showed.
 *
 * @category lookups
 * @since 0.1.0
 */
export interface LeadMerge {
  readonly munchkinId: MunchkinId
  readonly winnerId: number
  readonly loserIds: ReadonlyArray<number>
}

const mendNumber = 'a lead has a whole number above zero'

const unfitMerge = ({ winnerId, loserIds }: LeadMerge): Problem | undefined => {
  if (!isMarketoId(winnerId)) return malformed('invalid', ['winnerId'], kindOf(winnerId), mendNumber)
  const wrong = loserIds.findIndex((id) => !isMarketoId(id))
  if (wrong >= 0) return malformed('invalid', ['loserIds', wrong], kindOf(loserIds[wrong]), mendNumber)
  if (loserIds.length === 0)
    return missing('invalid', ['loserIds', 0], 'name one lead or more to merge into the winner')
  const own = loserIds.indexOf(winnerId)
  return own < 0 ? undefined : conflict('invalid', ['loserIds', own], ['winnerId'], 'no lead is merged with itself')
}

const requestOf = ({ munchkinId, winnerId }: LeadMerge, losers: ReadonlyArray<number>): HttpRequest => ({
  _tag: 'HttpRequest',
  endpoint: 'mergeLeads',
  munchkinId,
  host: 'rest',
  method: 'POST',
  path: ['rest', 'v1', 'leads', String(winnerId), 'merge.json'],
  query: [['leadIds', losers.join(',')]],
  headers: {},
  body: { text: '', type: 'application/json' },
  auth: 'bearer',
  lifecycle: live
})

const callsOf = (merge: LeadMerge, intent: number): ReadonlyArray<Call<HttpRequest>> => {
  const losers = [...new Set(merge.loserIds)]
  const most = batchLimits.mergeLosers
  return Array.from({ length: Math.ceil(losers.length / most) }, (_, k) => ({
    descriptor: requestOf(merge, losers.slice(k * most, (k + 1) * most)),
    intents: [intent],
    slots: []
  }))
}

/**
 * Merge Leads calls, one for each winner and 25 losers. Positions (`intents`) are those of the merges, so one with many losers stands
 * under several calls. A loser named twice counts once.
 *
 * @example
 * import { describeMergeLeads } from 'segment-marketo/endpoints'
 * import { isMunchkinId } from 'segment-marketo/marketo'
 *
 * const munchkinId = '561-HYG-937'
 * const described = isMunchkinId(munchkinId) ? describeMergeLeads([{ munchkinId, winnerId: 1042, loserIds: [1043, 1051] }]) : undefined
 * described?._tag === 'Right' && described.right[0].descriptor.query
 * // => [['leadIds', '1043,1051']]
 * @category endpoints
 * @since 0.1.0
 */
export const describeMergeLeads = (merges: ReadonlyNonEmptyArray<LeadMerge>): Described<HttpRequest> => {
  const draft = newDraft()
  merges.forEach((merge, intent) => {
    const problem = unfitMerge(merge)
    if (problem !== undefined) draft.unsent.push({ intent, problem })
    else for (const call of callsOf(merge, intent)) draft.calls.push(call)
  })
  return described(draft)
}

/**
 * What became of the losers of a call: merged all, or none.
 *
 * @category endpoints
 * @since 0.1.0
 */
export const interpretMergeLeads = interpretWithoutResult({ idIsLead: true })
