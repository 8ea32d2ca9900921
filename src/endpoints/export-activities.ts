/**
 * Bulk Activity Extract: a job is made, queued, asked about, and ends in a file.
 *
 *     POST /bulk/v1/activities/export/create.json         { exportId, status: "Created" }
 *     POST /bulk/v1/activities/export/{id}/enqueue.json   { exportId, status: "Queued" }
 *     GET  /bulk/v1/activities/export/{id}/status.json    Queued ▶ Processing ▶ Completed { numberOfRecords, fileSize, fileChecksum }
 *
 * The status moves once a minute at most. A window is 31 days long at most, its edges in whole seconds. Only the API user who made a job
 * sees it. The extract cannot tell of deleted leads (37), and pays no heed to workspaces.
 *
 * Sources: Adobe "Bulk Extract", "Bulk Activity Extract"; "Error Codes" (1029).
 *
 * @module
 */
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import { type Instant, printInstant } from '../ground/calendar.js'
import { isRecord, ownMember, type UnknownRecord } from '../ground/json.js'
import { malformed, type Problem } from '../ground/problem.js'
import type { Call, Described, EndpointName, HttpRequest } from '../intent/descriptor.js'
import type { Answer, Reason, Refused } from '../intent/outcome.js'
import { bulkLimits } from '../marketo/limits.js'
import type { MunchkinId } from '../marketo/munchkin-id.js'
import { describeEach, type Written } from './batch.js'
import { openAnswer } from './envelope.js'
import { inUrl, unfitNumber } from './rest-request.js'

/**
 * Activities to extract: those that were made from `startAt` up to `endAt`, of these types, or of all where the list is empty.
 *
 * @category bulk extract
 * @since 0.1.0
 */
export interface ActivityExport {
  readonly munchkinId: MunchkinId
  readonly startAt: Instant
  readonly endAt: Instant
  readonly activityTypeIds: ReadonlyArray<number>
}

const statuses = ['Created', 'Queued', 'Processing', 'Completed', 'Failed', 'Cancelled'] as const

/**
 * Where an extract stands; Marketo spells the last in two ways, we in one.
 *
 * @category bulk extract
 * @since 0.1.0
 */
export type ExportStatus = (typeof statuses)[number]

/**
 * A job, as far as an answer tells of it: what it does not tell is null. `checksum` is the SHA-256 of the file, in lower-case hex.
 *
 * @category bulk extract
 * @since 0.1.0
 */
export interface ExportJob {
  readonly _tag: 'ExportJob'
  readonly requestId: string | null
  readonly warnings: ReadonlyArray<Reason>
  readonly exportId: string | null
  readonly status: ExportStatus | null
  readonly records: number | null
  readonly bytes: number | null
  readonly checksum: string | null
}

const day = 86_400_000

const span = (found: string, mend: string): Problem => malformed('invalid', ['endAt'], found, mend)

const unfitWindow = ({ startAt, endAt }: ActivityExport): Problem | undefined => {
  if (printInstant(startAt) === undefined || printInstant(endAt) === undefined)
    return span('no instant', 'give milliseconds since 1970, in the years 0000 to 9999')
  if (endAt <= startAt) return span('a window without length', 'end it behind its start')
  return endAt - startAt > bulkLimits.extractWindowDays * day
    ? span('a window that is too long', `Marketo takes ${bulkLimits.extractWindowDays} days at once: make several jobs`)
    : undefined
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

const exportPath = ['bulk', 'v1', 'activities', 'export'] as const

const write = (wanted: ActivityExport): Written => {
  const { munchkinId, startAt, endAt, activityTypeIds } = wanted
  const problem =
    unfitWindow(wanted) ??
    activityTypeIds
      .map((id, i) => unfitNumber(['activityTypeIds', i], id, 'an activity type'))
      .find((found) => found !== undefined)
  if (problem !== undefined) return { problem }
  const createdAt = { startAt: printInstant(startAt) ?? '', endAt: printInstant(endAt) ?? '' }
  const filter = activityTypeIds.length === 0 ? { createdAt } : { createdAt, activityTypeIds }
  const descriptor: HttpRequest = {
    ...inUrl('exportActivities', munchkinId, 'GET', [...exportPath, 'create.json'], []),
    host: 'bulk',
    method: 'POST',
    body: { json: { fields: columns, format: 'CSV', filter } }
  }
  return { descriptor, slots: [] }
}

/**
 * Calls that make jobs, one for each window. A job does nothing before it is queued.
 *
 * @category bulk extract
 * @since 0.1.0
 */
export const describeExportActivities = (windows: ReadonlyNonEmptyArray<ActivityExport>): Described<HttpRequest> =>
  describeEach(windows, write)

/** A call about a job. @internal */
export const aboutExport = (
  endpoint: EndpointName,
  munchkinId: MunchkinId,
  method: 'GET' | 'POST',
  exportId: string,
  last: string
): Call<HttpRequest> => ({
  descriptor: { ...inUrl(endpoint, munchkinId, 'GET', [...exportPath, exportId, last], []), host: 'bulk', method },
  intents: [],
  slots: []
})

/**
 * The call that queues a job.
 *
 * @category bulk extract
 * @since 0.1.0
 */
export const describeEnqueueExport = (munchkinId: MunchkinId, exportId: string): Call<HttpRequest> =>
  aboutExport('exportActivitiesEnqueue', munchkinId, 'POST', exportId, 'enqueue.json')

/**
 * The call that asks where a job stands.
 *
 * @category bulk extract
 * @since 0.1.0
 */
export const describeExportStatus = (munchkinId: MunchkinId, exportId: string): Call<HttpRequest> =>
  aboutExport('exportActivitiesStatus', munchkinId, 'GET', exportId, 'status.json')

type Told = Omit<ExportJob, '_tag' | 'requestId' | 'warnings'>

const untold: Told = { exportId: null, status: null, records: null, bytes: null, checksum: null }

const countUnder = (job: UnknownRecord, name: string): number | null => {
  const u = ownMember(job, name)
  return typeof u === 'number' && Number.isSafeInteger(u) && u >= 0 ? u + 0 : null
}

const statusOf = (u: unknown): ExportStatus | null =>
  u === 'Canceled' ? 'Cancelled' : (statuses.find((known) => known === u) ?? null)

const checksum = /^(?:sha256:)?([0-9a-f]{64})$/i

const readJob = (u: unknown): Told => {
  if (!isRecord(u)) return untold
  const exportId = ownMember(u, 'exportId')
  const sum = ownMember(u, 'fileChecksum')
  return {
    exportId: typeof exportId === 'string' && exportId !== '' ? exportId : null,
    status: statusOf(ownMember(u, 'status')),
    records: countUnder(u, 'numberOfRecords'),
    bytes: countUnder(u, 'fileSize'),
    checksum: typeof sum === 'string' ? (checksum.exec(sum)?.[1]?.toLowerCase() ?? null) : null
  }
}

/**
 * Where a job stands, after it was made, queued or asked about. 1029 says that ten jobs wait already, or that the day's volume is used
 * up (`await-quota`); one that is queued already is as it should be (`accept`).
 *
 * @example
 * import { describeExportStatus, interpretExportActivities } from 'segment-marketo/endpoints'
 * import { isMunchkinId } from 'segment-marketo/marketo'
 *
 * const munchkinId = '561-HYG-937'
 * const answer = { status: 200, headers: {}, body: { success: true, result: [{ exportId: 'e1', status: 'Canceled' }] } }
 * const job = isMunchkinId(munchkinId) ? interpretExportActivities(describeExportStatus(munchkinId, 'e1'), answer) : undefined
 * job?._tag === 'ExportJob' && job.status // => 'Cancelled'
 * @category bulk extract
 * @since 0.1.0
 */
export const interpretExportActivities = (_call: Call<HttpRequest>, answer: Answer): ExportJob | Refused => {
  const envelope = openAnswer(answer, readJob)
  if (envelope._tag === 'Refused') return envelope
  const { requestId, warnings, result } = envelope
  return { _tag: 'ExportJob', requestId, warnings, ...(result?.[0] ?? untold) }
}
