/**
 * The static lists that a lead is on, page by page.
 *
 *     GET /rest/v1/leads/1042/listMembership.json?batchSize=300
 *     GET /rest/v1/leads/1042/listMembership.json?batchSize=300&nextPageToken=…     as long as an answer says that there is more
 *     { "result": [ { "listId": 1001, "createdAt": "…", "updatedAt": "…" } ], "moreResult": true, "nextPageToken": "…" }
 *
 * Source: Adobe "List Membership"; "Error Codes" (1004).
 *
 * @module
 */
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import { isRecord, ownMember } from '../ground/json.js'
import type { Call, Described, HttpRequest } from '../intent/descriptor.js'
import type { Answer, Unanswered, Verdict } from '../intent/outcome.js'
import { queryLimits } from '../marketo/limits.js'
import type { MunchkinId } from '../marketo/munchkin-id.js'
import { describeEach, type Written } from './batch.js'
import { openAnswer } from './envelope.js'
import { isMarketoId } from './lead-ref.js'
import { inUrl, unfitNumber } from './rest-request.js'

/**
 * A lead, by its number, whose lists we want to know; `nextPageToken` is what the page before said, null for the first.
 *
 * @category lists
 * @since 0.1.0
 */
export interface ListsQuestion {
  readonly munchkinId: MunchkinId
  readonly leadId: number
  readonly nextPageToken: string | null
}

/**
 * Lists that the lead is on, by number; `nextPageToken` is null where there are no more.
 *
 * @category lists
 * @since 0.1.0
 */
export interface ListsOfLead {
  readonly _tag: 'ListsOfLead'
  readonly intent: number
  readonly listIds: ReadonlyArray<number>
  readonly nextPageToken: string | null
}

/**
 * What became of one question for a lead's lists.
 *
 * @category lists
 * @since 0.1.0
 */
export type ListsOfLeadOutcome = ListsOfLead | Unanswered

const asking = ({ munchkinId, leadId, nextPageToken }: ListsQuestion): Written => {
  const problem = unfitNumber(['leadId'], leadId, 'a lead')
  if (problem !== undefined) return { problem }
  const path = ['rest', 'v1', 'leads', String(leadId), 'listMembership.json']
  const size = ['batchSize', String(queryLimits.leadDatabasePage)] as const
  const query = nextPageToken === null ? [size] : [size, ['nextPageToken', nextPageToken] as const]
  return { descriptor: inUrl('listsOfLead', munchkinId, 'GET', path, query), slots: [] }
}

/**
 * Calls that ask which static lists leads are on, one for each lead and page.
 *
 * @example
 * import { describeListsOfLead } from 'segment-marketo/endpoints'
 * import { isMunchkinId } from 'segment-marketo/marketo'
 *
 * const munchkinId = '561-HYG-937'
 * const described = isMunchkinId(munchkinId)
 *   ? describeListsOfLead([{ munchkinId, leadId: 1042, nextPageToken: null }])
 *   : undefined
 * described?._tag === 'Right' && described.right[0].descriptor.path
 * // => ['rest', 'v1', 'leads', '1042', 'listMembership.json']
 * @category lists
 * @since 0.1.0
 */
export const describeListsOfLead = (questions: ReadonlyNonEmptyArray<ListsQuestion>): Described<HttpRequest> =>
  describeEach(questions, asking)

/** A list is told by its `listId`, and elsewhere by its `id`. */
const numberOf = (u: unknown): number | null => {
  if (!isRecord(u)) return null
  const id = ownMember(u, 'listId') ?? ownMember(u, 'id')
  return isMarketoId(id) ? id : null
}

const isNumber = (id: number | null): id is number => id !== null

/**
 * A page of the lists that a lead is on. A page whose lists have no numbers, or that has more behind it and does not say where, is
 * unanswered.
 *
 * @category lists
 * @since 0.1.0
 */
export const interpretListsOfLead = (call: Call<HttpRequest>, answer: Answer): Verdict<ListsOfLeadOutcome> => {
  const envelope = openAnswer(answer, numberOf, 'read')
  if (envelope._tag === 'Refused') return envelope
  const { requestId, warnings, more, nextPageToken } = envelope
  const result = envelope.result ?? []
  const listIds = result.filter(isNumber)
  // Behind a page with nothing on it there is nothing.
  const next = result.length === 0 ? null : nextPageToken
  const isOpen = listIds.length < result.length || (more && nextPageToken === null)
  const outcomes = call.intents.map(
    (intent): ListsOfLeadOutcome =>
      isOpen ? { _tag: 'Unanswered', intent } : { _tag: 'ListsOfLead', intent, listIds, nextPageToken: next }
  )
  return { _tag: 'Accepted', requestId, warnings, outcomes }
}
