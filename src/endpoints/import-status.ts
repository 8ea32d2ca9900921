/**
 * A bulk import's job: what Marketo says of it when it takes the file, and later.
 *
 *     POST /bulk/v1/leads.json                 { batchId: 1022, importId: "1022", status: "Queued" }
 *     GET  /bulk/v1/leads/batch/1022.json      { batchId: 1022, status: "Complete", numOfLeadsProcessed: 2, numOfRowsFailed: 1, … }
 *
 * Ask every 5 to 30 seconds. A job's number is good for seven days. Nothing tells the leads that were made from those that were updated.
 *
 * Source: Adobe "Bulk Lead Import".
 *
 * @module
 */
import { isRecord, ownMember, type UnknownRecord } from '../ground/json.js'
import { type Call, type EndpointName, type HttpRequest, live } from '../intent/descriptor.js'
import type { Answer, Reason, Refused } from '../intent/outcome.js'
import type { MunchkinId } from '../marketo/munchkin-id.js'
import { openAnswer } from './envelope.js'
import { isMarketoId } from './lead-ref.js'

const statuses = ['Queued', 'Importing', 'Complete', 'Failed'] as const

/**
 * Where a job stands. The last two are ends.
 *
 * @category bulk import
 * @since 0.1.0
 */
export type ImportStatus = (typeof statuses)[number]

/**
 * A job, as far as an answer tells of it: `batchId` is null where Marketo took a file and gave no number, so that nobody can ask for it;
 * `status` where it says a word that we do not know; a counter where it says none. The counters are of rows: processed so far, failed,
 * and taken with a warning.
 *
 * @category bulk import
 * @since 0.1.0
 */
export interface ImportJob {
  readonly _tag: 'ImportJob'
  readonly requestId: string | null
  readonly warnings: ReadonlyArray<Reason>
  readonly batchId: number | null
  readonly status: ImportStatus | null
  readonly processed: number | null
  readonly failed: number | null
  readonly warned: number | null
  readonly message: string
}

type Told = Omit<ImportJob, '_tag' | 'requestId' | 'warnings'>

const untold: Told = { batchId: null, status: null, processed: null, failed: null, warned: null, message: '' }

const countUnder = (job: UnknownRecord, name: string): number | null => {
  const u = ownMember(job, name)
  return typeof u === 'number' && Number.isSafeInteger(u) && u >= 0 ? u + 0 : null
}

const readJob = (u: unknown): Told => {
  if (!isRecord(u)) return untold
  const batchId = ownMember(u, 'batchId')
  const message = ownMember(u, 'message')
  return {
    batchId: isMarketoId(batchId) ? batchId : null,
    status: statuses.find((known) => known === ownMember(u, 'status')) ?? null,
    processed: countUnder(u, 'numOfLeadsProcessed'),
    failed: countUnder(u, 'numOfRowsFailed'),
    warned: countUnder(u, 'numOfRowsWithWarning'),
    message: typeof message === 'string' ? message : ''
  }
}

const jobOf = (answer: Answer): ImportJob | Refused => {
  const envelope = openAnswer(answer, readJob)
  if (envelope._tag === 'Refused') return envelope
  const { requestId, warnings, result } = envelope
  return { _tag: 'ImportJob', requestId, warnings, ...(result?.[0] ?? untold) }
}

/**
 * What became of a file: a job with a number, or a refusal. 1016 says that ten jobs are waiting already: send it again some minutes
 * later. What becomes of the rows is not known before the job ends.
 *
 * @category endpoints
 * @since 0.1.0
 */
export const interpretImportLeads = (_call: Call<HttpRequest>, answer: Answer): ImportJob | Refused => jobOf(answer)

/** A question about a job; it carries out no intent. @internal */
export const askForJob = (
  endpoint: EndpointName,
  munchkinId: MunchkinId,
  rest: ReadonlyArray<string>
): Call<HttpRequest> => ({
  descriptor: {
    _tag: 'HttpRequest',
    endpoint,
    munchkinId,
    host: 'bulk',
    method: 'GET',
    path: ['bulk', 'v1', 'leads', 'batch', ...rest],
    query: [],
    headers: {},
    body: null,
    auth: 'bearer',
    lifecycle: live
  },
  intents: [],
  slots: []
})

/**
 * The call that asks where a job stands.
 *
 * @category endpoints
 * @since 0.1.0
 */
export const describeImportStatus = (munchkinId: MunchkinId, batchId: number): Call<HttpRequest> =>
  askForJob('importLeadsStatus', munchkinId, [`${batchId}.json`])

/**
 * Where a job stands.
 *
 * @example
 * import { describeImportStatus, interpretImportStatus } from 'segment-marketo/endpoints'
 * import { isMunchkinId } from 'segment-marketo/marketo'
 *
 * const munchkinId = '561-HYG-937'
 * const result = [{ batchId: 1022, status: 'Complete', numOfLeadsProcessed: 2, numOfRowsFailed: 1 }]
 * const answer = { status: 200, headers: {}, body: { success: true, result } }
 * const job = isMunchkinId(munchkinId) ? interpretImportStatus(describeImportStatus(munchkinId, 1022), answer) : undefined
 * job?._tag === 'ImportJob' && [job.status, job.processed, job.failed, job.warned] // => ['Complete', 2, 1, null]
 * @category endpoints
 * @since 0.1.0
 */
export const interpretImportStatus = (_call: Call<HttpRequest>, answer: Answer): ImportJob | Refused => jobOf(answer)
