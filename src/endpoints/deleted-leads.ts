/**
 * Get Deleted Leads: a page of the leads that were deleted, and where to go on.
 *
 *     GET /rest/v1/activities/deletedleads.json?nextPageToken=…&batchSize=300
 *     { moreResult: false, nextPageToken: "…", result: [ { marketoGUID: "61", leadId: 204301, activityDate: "…", activityTypeId: 37 } ] }
 *
 * Paged as activities are, from a place in time. Marketo may forget a deletion after 14 days. `leadId` is the lead; other numbers of the
 * record are not to be trusted.
 *
 * Sources: Adobe "Activities"; its OpenAPI file.
 *
 * @module
 */
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import { malformed } from '../ground/problem.js'
import type { Described, HttpRequest } from '../intent/descriptor.js'
import { queryLimits } from '../marketo/limits.js'
import { describeEach, type Written } from './batch.js'
import type { ActivityQuestion } from './get-activities.js'
import { inUrl } from './rest-request.js'

/**
 * A page of deleted leads: the place that it begins at.
 *
 * @category activities
 * @since 0.1.0
 */
export type DeletedLeadsQuestion = Pick<ActivityQuestion, 'munchkinId' | 'nextPageToken'>

const noToken = malformed('invalid', ['nextPageToken'], 'empty text', 'ask for a paging token first')

const write = ({ munchkinId, nextPageToken }: DeletedLeadsQuestion): Written => {
  if (nextPageToken === '') return { problem: noToken }
  const path = ['rest', 'v1', 'activities', 'deletedleads.json']
  const query = [
    ['nextPageToken', nextPageToken],
    ['batchSize', String(queryLimits.leadDatabasePage)]
  ] as const
  return { descriptor: inUrl('getDeletedLeads', munchkinId, 'GET', path, query), slots: [] }
}

/**
 * Calls for pages of deleted leads, one for each question; `interpretGetActivities` reads their answers.
 *
 * @category activities
 * @since 0.1.0
 */
export const describeGetDeletedLeads = (
  questions: ReadonlyNonEmptyArray<DeletedLeadsQuestion>
): Described<HttpRequest> => describeEach(questions, write)
