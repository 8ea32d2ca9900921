/**
 * Static lists: leads are put on, taken off, and asked about.
 *
 *     POST   /rest/v1/lists/1001/leads.json                    { "input": [ { "id": 1042 }, { "id": 1043 } ] }
 *     DELETE /rest/v1/lists/1001/leads.json?id=1042&id=1043
 *     GET    /rest/v1/lists/1001/leads/ismember.json?id=1042&id=1043
 *
 * Adobe's OpenAPI file wants the numbers of a DELETE in the query and in a body; the query alone is known to work, and not every client
 * and proxy lets a DELETE have a body. Three hundred of the longest numbers fit into a URL.
 *
 * Sources: Adobe "Leads", "List Membership"; "Error Codes" (1004, 1015); public traffic.
 *
 * @module
 */
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import type { JsonObject } from '../ground/json.js'
import type { Call, Described, HttpRequest, Pairs } from '../intent/descriptor.js'
import type { Answer, RecordOutcome, Skipped, Unanswered, Verdict } from '../intent/outcome.js'
import type { MunchkinId } from '../marketo/munchkin-id.js'
import type { Group } from './batch.js'
import { describeDistinct } from './distinct.js'
import { interpretRecords } from './record-outcomes.js'
import { inUrl, jsonPost, unfitNumber } from './rest-request.js'

/**
 * A lead, by its number, and a static list.
 *
 * @category lists
 * @since 0.1.0
 */
export interface ListMember {
  readonly munchkinId: MunchkinId
  readonly listId: number
  readonly leadId: number
}

type Write = (member: ListMember) => Group['request']

const describeMembers = (members: ReadonlyNonEmptyArray<ListMember>, write: Write): Described<HttpRequest> =>
  describeDistinct(members, (member) => {
    const { munchkinId, listId, leadId } = member
    const problem = unfitNumber(['listId'], listId, 'a static list') ?? unfitNumber(['leadId'], leadId, 'a lead')
    if (problem !== undefined) return problem
    const about = [munchkinId, listId, leadId]
    return { about, shared: [munchkinId, listId], record: { id: leadId }, request: write(member) }
  })

const numbers = (input: ReadonlyArray<JsonObject>): Pairs =>
  input.flatMap(({ id }) => (typeof id === 'number' ? [['id', String(id)] as const] : []))

const membersPath = (listId: number): ReadonlyArray<string> => ['lists', String(listId), 'leads.json']

const adding: Write =
  ({ munchkinId, listId }) =>
  (input) =>
    jsonPost('addToList', munchkinId, membersPath(listId), { input })

const removing: Write =
  ({ munchkinId, listId }) =>
  (input) =>
    inUrl('removeFromList', munchkinId, 'DELETE', ['rest', 'v1', ...membersPath(listId)], numbers(input))

const asking: Write =
  ({ munchkinId, listId }) =>
  (input) => {
    const path = ['rest', 'v1', 'lists', String(listId), 'leads', 'ismember.json']
    return inUrl('listMembership', munchkinId, 'GET', path, numbers(input))
  }

/**
 * Calls that put leads on static lists, of any instances: 300 leads of one list in a call. A lead named twice for one list stands in two
 * calls.
 *
 * @example
 * import { describeAddToList } from 'segment-marketo/endpoints'
 * import { isMunchkinId } from 'segment-marketo/marketo'
 *
 * const munchkinId = '561-HYG-937'
 * const described = isMunchkinId(munchkinId) ? describeAddToList([{ munchkinId, listId: 1001, leadId: 1042 }]) : undefined
 * described?._tag === 'Right' && described.right[0].descriptor.body
 * // => { json: { input: [{ id: 1042 }] } }
 * @category lists
 * @since 0.1.0
 */
export const describeAddToList = (members: ReadonlyNonEmptyArray<ListMember>): Described<HttpRequest> =>
  describeMembers(members, adding)

/**
 * Calls that take leads off static lists, of any instances: 300 leads of one list in a call.
 *
 * @category lists
 * @since 0.1.0
 */
export const describeRemoveFromList = (members: ReadonlyNonEmptyArray<ListMember>): Described<HttpRequest> =>
  describeMembers(members, removing)

/**
 * Calls that ask whether leads are on static lists, of any instances: 300 leads of one list in a call.
 *
 * @category lists
 * @since 0.1.0
 */
export const describeListMembership = (members: ReadonlyNonEmptyArray<ListMember>): Described<HttpRequest> =>
  describeMembers(members, asking)

/**
 * What became of each lead that was put on a list.
 *
 * @category lists
 * @since 0.1.0
 */
export const interpretAddToList = interpretRecords({ idIsLead: true })

/**
 * What became of each lead that was taken off a list. One that was not on it (1015), or that is no more (1004), is skipped with the
 * remedy `accept`: what was wanted is so already.
 *
 * @category lists
 * @since 0.1.0
 */
export const interpretRemoveFromList = interpretRecords({ idIsLead: true, operation: 'remove' })

/**
 * Whether a lead is on the list.
 *
 * @category lists
 * @since 0.1.0
 */
export interface MembershipFound {
  readonly _tag: 'MembershipFound'
  readonly intent: number
  readonly leadId: number | null
  readonly isMember: boolean
}

/**
 * What became of one question about a list, by its position in the batch.
 *
 * @category lists
 * @since 0.1.0
 */
export type MembershipOutcome = MembershipFound | Skipped | Unanswered

const words: ReadonlyMap<string, boolean> = new Map([
  ['memberof', true],
  ['notmemberof', false]
])

/** A word that says neither leaves the question open. */
const foundIn = (outcome: RecordOutcome): MembershipOutcome => {
  if (outcome._tag !== 'Applied') return outcome
  const { intent, leadId } = outcome
  const isMember = words.get(outcome.status)
  return isMember === undefined ? { _tag: 'Unanswered', intent } : { _tag: 'MembershipFound', intent, leadId, isMember }
}

const interpretMembers = interpretRecords({ idIsLead: true, operation: 'read' })

/**
 * Whether each lead of a call is on the list.
 *
 * @category lists
 * @since 0.1.0
 */
export const interpretListMembership = (call: Call<HttpRequest>, answer: Answer): Verdict<MembershipOutcome> => {
  const verdict = interpretMembers(call, answer)
  return verdict._tag === 'Refused' ? verdict : { ...verdict, outcomes: verdict.outcomes.map(foundIn) }
}
