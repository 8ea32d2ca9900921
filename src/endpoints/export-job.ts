/**
 * A job of the bulk extract: it is made, queued, asked about, and ends in a file.
 *
 *     POST /bulk/v1/leads/export/create.json         { exportId, status: "Created" }
 *     POST /bulk/v1/leads/export/{id}/enqueue.json   { exportId, status: "Queued" }
 *     GET  /bulk/v1/leads/export/{id}/status.json    Queued ▶ Processing ▶ Completed { numberOfRecords, fileSize, fileChecksum }
 *
 * Two run at a time, ten wait, of all who use the instance together. The status moves once a minute at most. Only the API user who made
 * a job sees it. A window is 31 days long at most, its edges in whole seconds.
 *
 * Sources: Adobe "Bulk Extract", "Bulk Lead Extract", "Bulk Activity Extract"; "Error Codes" (1029, 1035).
 *
 * @module
 */
import { type Instant, printInstant } from '../ground/calendar.js'
import { isRecord, type JsonObject, ownMember, type UnknownRecord } from '../ground/json.js'
import { malformed, type Problem } from '../ground/problem.js'
import type { Call, EndpointName, HttpRequest } from '../intent/descriptor.js'
import type { Answer, Reason, Refused } from '../intent/outcome.js'
import { bulkLimits } from '../marketo/limits.js'
import type { MunchkinId } from '../marketo/munchkin-id.js'
import { openAnswer } from './envelope.js'
import { inUrl } from './rest-request.js'

/**
 * What a job extracts.
 *
 * @category bulk extract
 * @since 0.1.0
 */
export type ExportKind = 'activities' | 'leads'

/**
 * A stretch of time, from its start up to, not including, its end.
 *
 * @category bulk extract
 * @since 0.1.0
 */
export interface ExportWindow {
  readonly startAt: Instant
  readonly endAt: Instant
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

/** Edges are told in whole seconds: a window of less has no length there. */
const wholeSeconds = (at: Instant): number => Math.floor(at / 1000)

/** Why no job can have this window, or undefined. @internal */
export const unfitWindow = ({ startAt, endAt }: ExportWindow): Problem | undefined => {
  if (printInstant(startAt) === undefined || printInstant(endAt) === undefined)
    return span('no instant', 'give milliseconds since 1970, in the years 0000 to 9999')
  if (wholeSeconds(endAt) <= wholeSeconds(startAt)) return span('a window without length', 'end it behind its start')
  return endAt - startAt > bulkLimits.extractWindowDays * day
    ? span('a window that is too long', `Marketo takes ${bulkLimits.extractWindowDays} days at once: make several jobs`)
    : undefined
}

/** A window as filters have it. @internal */
export const windowFilter = ({ startAt, endAt }: ExportWindow): JsonObject => ({
  startAt: printInstant(startAt) ?? '',
  endAt: printInstant(endAt) ?? ''
})

interface Endpoints {
  readonly create: EndpointName
  readonly enqueue: EndpointName
  readonly status: EndpointName
  readonly file: EndpointName
}

/** What the calls of each kind are called. */
// biome-ignore format: table
const endpoints: Readonly<Record<ExportKind, Endpoints>> = {
  activities: { create: 'exportActivities', enqueue: 'exportActivitiesEnqueue', status: 'exportActivitiesStatus', file: 'exportActivitiesFile' },
  leads:      { create: 'exportLeads',      enqueue: 'exportLeadsEnqueue',      status: 'exportLeadsStatus',      file: 'exportLeadsFile' }
}

/** A call of the bulk extract; `path` follows `/bulk/v1/{kind}/export`. @internal */
export const exportRequest = (
  kind: ExportKind,
  step: keyof Endpoints,
  munchkinId: MunchkinId,
  path: ReadonlyArray<string>
): HttpRequest => ({
  ...inUrl(endpoints[kind][step], munchkinId, 'GET', ['bulk', 'v1', kind, 'export', ...path], []),
  host: 'bulk',
  method: step === 'create' || step === 'enqueue' ? 'POST' : 'GET'
})

/**
 * The call that queues a job.
 *
 * @category bulk extract
 * @since 0.1.0
 */
export const describeEnqueueExport = (
  munchkinId: MunchkinId,
  exportId: string,
  kind: ExportKind = 'activities'
): Call<HttpRequest> => ({
  descriptor: exportRequest(kind, 'enqueue', munchkinId, [exportId, 'enqueue.json']),
  intents: [],
  slots: []
})

/**
 * The call that asks where a job stands.
 *
 * @category bulk extract
 * @since 0.1.0
 */
export const describeExportStatus = (
  munchkinId: MunchkinId,
  exportId: string,
  kind: ExportKind = 'activities'
): Call<HttpRequest> => ({
  descriptor: exportRequest(kind, 'status', munchkinId, [exportId, 'status.json']),
  intents: [],
  slots: []
})

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
 * import { describeExportStatus, interpretExportJob } from 'segment-marketo/endpoints'
 * import { isMunchkinId } from 'segment-marketo/marketo'
 *
 * const munchkinId = '561-HYG-937'
 * const answer = { status: 200, headers: {}, body: { success: true, result: [{ exportId: 'e1', status: 'Canceled' }] } }
 * const job = isMunchkinId(munchkinId) ? interpretExportJob(describeExportStatus(munchkinId, 'e1'), answer) : undefined
 * job?._tag === 'ExportJob' && job.status // => 'Cancelled'
 * @category bulk extract
 * @since 0.1.0
 */
export const interpretExportJob = (_call: Call<HttpRequest>, answer: Answer): ExportJob | Refused => {
  const envelope = openAnswer(answer, readJob)
  if (envelope._tag === 'Refused') return envelope
  const { requestId, warnings, result } = envelope
  return { _tag: 'ExportJob', requestId, warnings, ...(result?.[0] ?? untold) }
}
