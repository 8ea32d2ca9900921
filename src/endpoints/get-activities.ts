/**
 * Get Lead Activities: a page of what happened, and where to go on.
 *
 *     GET /rest/v1/activities.json?nextPageToken=…&activityTypeIds=6%2C7&batchSize=300
 *
 *     moreResult true     read on with the answer's token, also where the page is empty: rare types lie far apart
 *     moreResult false    all is read; keep the answer's token, later calls go on there
 *
 * Ten types at most in one call, so more of them are several walks, each with its own token. Deleted leads (37) are told elsewhere.
 *
 * Sources: Adobe "Activities", "Paging Tokens".
 *
 * @module
 */
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import { malformed, type Problem } from '../ground/problem.js'
import type { Call, Described, HttpRequest } from '../intent/descriptor.js'
import type { Answer, Reason, Refused } from '../intent/outcome.js'
import { queryLimits } from '../marketo/limits.js'
import type { MunchkinId } from '../marketo/munchkin-id.js'
import { type ActivityRecord, readActivity } from './activity-record.js'
import { describeEach, type Written } from './batch.js'
import { openAnswer } from './envelope.js'
import { separator } from './filter-text.js'
import { inUrl, unfitNumber } from './rest-request.js'

/**
 * A page of activities: the place that it begins at, and the types that are wanted.
 *
 * @category activities
 * @since 0.1.0
 */
export interface ActivityQuestion {
  readonly munchkinId: MunchkinId
  readonly nextPageToken: string
  readonly activityTypeIds: ReadonlyArray<number>
}

/**
 * The activities of one page, in the order told. `more` says whether to read on, null where the answer does not say; `strays` counts
 * what stood among the activities and is none.
 *
 * @category activities
 * @since 0.1.0
 */
export interface ActivityPage {
  readonly _tag: 'ActivityPage'
  readonly requestId: string | null
  readonly warnings: ReadonlyArray<Reason>
  readonly activities: ReadonlyArray<ActivityRecord>
  readonly strays: number
  readonly nextPageToken: string | null
  readonly more: boolean | null
}

const { activityTypeIds: mostTypes, leadDatabasePage } = queryLimits

const unfitTypes = (ids: ReadonlyArray<number>): Problem | undefined => {
  const at = ['activityTypeIds'] as const
  if (ids.length === 0) return malformed('invalid', at, 'an empty list', 'name the activity types that are wanted')
  if (ids.length > mostTypes)
    return malformed(
      'invalid',
      at,
      `a list of ${ids.length}`,
      `Marketo takes ${mostTypes} types at once: ask several times`
    )
  return ids.map((id, i) => unfitNumber([...at, i], id, 'an activity type')).find((problem) => problem !== undefined)
}

const write = ({ munchkinId, nextPageToken, activityTypeIds }: ActivityQuestion): Written => {
  const problem =
    nextPageToken === ''
      ? malformed('invalid', ['nextPageToken'], 'empty text', 'ask for a paging token first')
      : unfitTypes(activityTypeIds)
  if (problem !== undefined) return { problem }
  const query = [
    ['nextPageToken', nextPageToken],
    ['activityTypeIds', activityTypeIds.join(separator)],
    ['batchSize', String(leadDatabasePage)]
  ] as const
  const path = ['rest', 'v1', 'activities.json']
  return { descriptor: inUrl('getActivities', munchkinId, 'GET', path, query), slots: [] }
}

/**
 * Calls for pages of activities, one for each question.
 *
 * @example
 * import { describeGetActivities } from 'segment-marketo/endpoints'
 * import { isMunchkinId } from 'segment-marketo/marketo'
 *
 * const munchkinId = '561-HYG-937'
 * const described = isMunchkinId(munchkinId)
 *   ? describeGetActivities([{ munchkinId, nextPageToken: 'AAA=', activityTypeIds: [6, 7] }])
 *   : undefined
 * described?._tag === 'Right' && described.right[0].descriptor.query
 * // => [['nextPageToken', 'AAA='], ['activityTypeIds', '6,7'], ['batchSize', '300']]
 * @category activities
 * @since 0.1.0
 */
export const describeGetActivities = (questions: ReadonlyNonEmptyArray<ActivityQuestion>): Described<HttpRequest> =>
  describeEach(questions, write)

const isActivity = (record: ActivityRecord | null): record is ActivityRecord => record !== null

/**
 * A page of activities.
 *
 * @category activities
 * @since 0.1.0
 */
export const interpretGetActivities = (_call: Call<HttpRequest>, answer: Answer): ActivityPage | Refused => {
  const envelope = openAnswer(answer, readActivity, 'read')
  if (envelope._tag === 'Refused') return envelope
  const { requestId, warnings, nextPageToken, moreResult } = envelope
  const told = envelope.result ?? []
  const activities = told.filter(isActivity)
  const strays = told.length - activities.length
  return { _tag: 'ActivityPage', requestId, warnings, activities, strays, nextPageToken, more: moreResult }
}
