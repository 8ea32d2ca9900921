/**
 * Delete Leads: records of people who are to be gone.
 *
 *     POST /rest/v1/leads/delete.json     { "input": [ { "id": 1042 }, { "id": 1043 } ] }
 *
 * What is deleted does not come back. A lead that was merged into another is found under the other's number, and is not deleted by its
 * own old one.
 *
 * Source: Adobe "Leads", Delete; "Error Codes" (1004).
 *
 * @module
 */
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import type { Described, HttpRequest } from '../intent/descriptor.js'
import type { MunchkinId } from '../marketo/munchkin-id.js'
import { describeDistinct } from './distinct.js'
import { interpretRecords } from './record-outcomes.js'
import { jsonPost, unfitNumber } from './rest-request.js'

/**
 * A lead that is to be deleted, by its number.
 *
 * @category leads
 * @since 0.1.0
 */
export interface LeadDeletion {
  readonly munchkinId: MunchkinId
  readonly leadId: number
}

/**
 * Delete Leads calls, of any instances: 300 leads in a call. No event of ours asks for this by itself.
 *
 * @example
 * import { describeDeleteLeads } from 'segment-marketo/endpoints'
 * import { isMunchkinId } from 'segment-marketo/marketo'
 *
 * const munchkinId = '561-HYG-937'
 * const described = isMunchkinId(munchkinId) ? describeDeleteLeads([{ munchkinId, leadId: 1042 }]) : undefined
 * described?._tag === 'Right' && described.right[0].descriptor.body
 * // => { json: { input: [{ id: 1042 }] } }
 * @category leads
 * @since 0.1.0
 */
export const describeDeleteLeads = (deletions: ReadonlyNonEmptyArray<LeadDeletion>): Described<HttpRequest> =>
  describeDistinct(
    deletions,
    ({ munchkinId, leadId }) =>
      unfitNumber(['leadId'], leadId, 'a lead') ?? {
        about: [munchkinId, leadId],
        shared: [munchkinId],
        record: { id: leadId },
        request: (input) => jsonPost('deleteLeads', munchkinId, ['leads', 'delete.json'], { input })
      }
  )

/**
 * What became of each lead of a call. One that is no more (1004) is skipped with the remedy `accept`.
 *
 * @category leads
 * @since 0.1.0
 */
export const interpretDeleteLeads = interpretRecords({ idIsLead: true, operation: 'remove' })
