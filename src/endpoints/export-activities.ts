/**
 * Bulk Activity Extract: jobs for windows of activities.
 *
 *     POST /bulk/v1/activities/export/create.json
 *     { fields, format: "CSV", filter: { createdAt: { startAt, endAt }, activityTypeIds: [6, 7] } }
 *
 * The extract cannot tell of deleted leads (37), and pays no heed to workspaces.
 *
 * Sources: Adobe "Bulk Extract", "Bulk Activity Extract".
 *
 * @module
 */
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import type { Described, HttpRequest } from '../intent/descriptor.js'
import type { MunchkinId } from '../marketo/munchkin-id.js'
import { describeEach, type Written } from './batch.js'
import { type ExportWindow, exportRequest, unfitWindow, windowFilter } from './export-job.js'
import { unfitNumber } from './rest-request.js'

/**
 * Activities to extract: those that were made from `startAt` up to `endAt`, of these types, or of all where the list is empty.
 *
 * @category bulk extract
 * @since 0.1.0
 */
export interface ActivityExport extends ExportWindow {
  readonly munchkinId: MunchkinId
  readonly activityTypeIds: ReadonlyArray<number>
}

/** What files of activities hold; the result of an action is told by files only, and only when it is asked for. */
const columns = [
  'marketoGUID',
  'leadId',
  'activityDate',
  'activityTypeId',
  'campaignId',
  'primaryAttributeValueId',
  'primaryAttributeValue',
  'attributes',
  'actionResult'
] as const

const write = (wanted: ActivityExport): Written => {
  const { munchkinId, activityTypeIds } = wanted
  const problem =
    unfitWindow(wanted) ??
    activityTypeIds
      .map((id, i) => unfitNumber(['activityTypeIds', i], id, 'an activity type'))
      .find((found) => found !== undefined)
  if (problem !== undefined) return { problem }
  const createdAt = windowFilter(wanted)
  const filter = activityTypeIds.length === 0 ? { createdAt } : { createdAt, activityTypeIds }
  const request = exportRequest('activities', 'create', munchkinId, ['create.json'])
  return { descriptor: { ...request, body: { json: { fields: columns, format: 'CSV', filter } } }, slots: [] }
}

/**
 * Calls that make jobs, one for each window. A job does nothing before it is queued.
 *
 * @category bulk extract
 * @since 0.1.0
 */
export const describeExportActivities = (windows: ReadonlyNonEmptyArray<ActivityExport>): Described<HttpRequest> =>
  describeEach(windows, write)
