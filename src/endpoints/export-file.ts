/**
 * The file of a bulk extract.
 *
 *     GET /bulk/v1/activities/export/{id}/file.json      Range: bytes=1000-   what follows the first thousand bytes
 *     marketoGUID,leadId,activityDate,activityTypeId,campaignId,primaryAttributeValueId,primaryAttributeValue,attributes
 *     990001,204417,2024-11-01T09:00:00Z,24,null,5013,Power users,"{""Source"":""Web service API""}"
 *
 * Columns are found by name. A row with too few cells or too many is left out and told by its number; its neighbours stay. No file (404)
 * may mean no record: the job's own count tells.
 *
 * Sources: Adobe "Bulk Extract", "Bulk Activity Extract"; RFC 4180; RFC 9110, 14.
 *
 * @module
 */
import { isRecord } from '../ground/json.js'
import type { Call, HttpRequest } from '../intent/descriptor.js'
import type { Answer, Refused } from '../intent/outcome.js'
import type { MunchkinId } from '../marketo/munchkin-id.js'
import { type ActivityRecord, readActivity } from './activity-record.js'
import { readTable } from './csv-table.js'
import { bodyValue, openAnswer, refusedByStatus, unexplained } from './envelope.js'
import { type ExportKind, exportRequest } from './export-job.js'

/**
 * A file, or its end: `partial` says that the answer holds what was asked for by `Range`, and not the whole.
 *
 * @category bulk extract
 * @since 0.1.0
 */
export interface ExportFile {
  readonly _tag: 'ExportFile'
  readonly text: string
  readonly partial: boolean
}

/**
 * The activities of a file, in its order; `broken` are the numbers, from 0, of rows that cannot be read, `columns` the names that the
 * file has.
 *
 * @category bulk extract
 * @since 0.1.0
 */
export interface ActivitiesFile {
  readonly _tag: 'ActivitiesFile'
  readonly columns: ReadonlyArray<string>
  readonly activities: ReadonlyArray<ActivityRecord>
  readonly broken: ReadonlyArray<number>
}

/**
 * The call for the file of a job, or for what follows its first `from` bytes. Make it when the job is complete.
 *
 * @category bulk extract
 * @since 0.1.0
 */
export const describeExportFile = (
  munchkinId: MunchkinId,
  exportId: string,
  kind: ExportKind = 'activities',
  from = 0
): Call<HttpRequest> => {
  const request = exportRequest(kind, 'file', munchkinId, [exportId, 'file.json'])
  const descriptor = from > 0 ? { ...request, headers: { range: `bytes=${from}-` } } : request
  return { descriptor, intents: [], slots: [] }
}

/**
 * The activities of a file's text.
 *
 * @example
 * import { readActivitiesFile } from 'segment-marketo/endpoints'
 *
 * const text = 'marketoGUID,leadId,activityTypeId,attributes\n7,42,24,"{""Source"":""Web service API""}"\n'
 * readActivitiesFile(text).activities[0]?.attributes // => [{ name: 'Source', value: 'Web service API' }]
 * @category bulk extract
 * @since 0.1.0
 */
export const readActivitiesFile = (text: string): ActivitiesFile => {
  const { columns, rows, broken } = readTable(text)
  const activities = rows.flatMap((row) => readActivity(row) ?? [])
  return { _tag: 'ActivitiesFile', columns, activities, broken }
}

/** A success that tells something else, or an answer that cannot be read. */
const noFile = (status: number): Refused => ({
  _tag: 'Refused',
  requestId: null,
  reasons: [unexplained(status, 'the answer is no file of an extract')],
  remedy: 'mend-request',
  retryAfter: null
})

/** Only a short text that begins like an object may be an envelope: a file may have any size, and is not parsed to see. */
const looksLikeEnvelope = (body: unknown): boolean =>
  typeof body === 'string' ? body.length < 10_000 && body.trimStart().startsWith('{') : isRecord(body)

const read = (answer: Answer): ExportFile | Refused => {
  const { status, body } = answer
  // Where the token is refused, Marketo answers with its envelope in the file's place.
  if (looksLikeEnvelope(body) && isRecord(bodyValue(body))) {
    const envelope = openAnswer(answer, () => null)
    return envelope._tag === 'Refused' ? envelope : noFile(status)
  }
  const refused = refusedByStatus(answer)
  if (refused !== undefined) return refused
  return typeof body === 'string' ? { _tag: 'ExportFile', text: body, partial: status === 206 } : noFile(status)
}

/**
 * The text of a job's file, or why there is none. Compare its bytes with the job's `bytes` and `checksum`.
 *
 * @category bulk extract
 * @since 0.1.0
 */
export const interpretExportFile = (_call: Call<HttpRequest>, answer: Answer): ExportFile | Refused => {
  try {
    return read(answer)
  } catch {
    return noFile(0)
  }
}

/**
 * The activities of a job's file, or why there is none.
 *
 * @category bulk extract
 * @since 0.1.0
 */
export const interpretActivitiesFile = (call: Call<HttpRequest>, answer: Answer): ActivitiesFile | Refused => {
  const told = interpretExportFile(call, answer)
  if (told._tag === 'Refused') return told
  const file = readActivitiesFile(told.text)
  return file.columns.length === 0 || file.columns.includes('leadId') ? file : noFile(200)
}
