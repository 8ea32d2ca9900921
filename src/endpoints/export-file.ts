/**
 * The file of a bulk activity extract.
 *
 *     GET /bulk/v1/activities/export/{id}/file.json
 *     marketoGUID,leadId,activityDate,activityTypeId,campaignId,primaryAttributeValueId,primaryAttributeValue,attributes
 *     990001,204417,2024-11-01T09:00:00Z,24,null,5013,Power users,"{""Source"":""Web service API""}"
 *
 * Columns are found by name. A row with too few cells or too many is left out and told by its number; its neighbours stay. No file (404)
 * may mean no record: the job's own count tells.
 *
 * Sources: Adobe "Bulk Extract", "Bulk Activity Extract"; RFC 4180.
 *
 * @module
 */
import { isRecord } from '../ground/json.js'
import type { Call, HttpRequest } from '../intent/descriptor.js'
import type { Answer, Refused } from '../intent/outcome.js'
import type { MunchkinId } from '../marketo/munchkin-id.js'
import { type ActivityRecord, readActivity } from './activity-record.js'
import { readTable } from './csv-table.js'
import { bodyValue, openAnswer, refusedByStatus, remedyOf, unexplained } from './envelope.js'
import { aboutExport } from './export-activities.js'

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
 * The call for the file of a job. Make it when the job is complete.
 *
 * @category bulk extract
 * @since 0.1.0
 */
export const describeActivitiesFile = (munchkinId: MunchkinId, exportId: string): Call<HttpRequest> =>
  aboutExport('exportActivitiesFile', munchkinId, 'GET', exportId, 'file.json')

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

const noFile = (status: number): Refused => {
  const reasons = [unexplained(status, 'the answer is no file of activities')] as const
  const remedy = remedyOf(reasons, { level: 'http', httpStatus: status, operation: undefined })
  return { _tag: 'Refused', requestId: null, reasons, remedy, retryAfter: null }
}

const read = (answer: Answer): ActivitiesFile | Refused => {
  const { status, body } = answer
  // Where the token is refused, Marketo answers with its envelope in the file's place.
  if (isRecord(bodyValue(body))) {
    const envelope = openAnswer(answer, () => null)
    return envelope._tag === 'Refused' ? envelope : noFile(status)
  }
  const refused = refusedByStatus(answer)
  if (refused !== undefined) return refused
  if (typeof body !== 'string') return noFile(status)
  const file = readActivitiesFile(body)
  return file.columns.length === 0 || file.columns.includes('leadId') ? file : noFile(status)
}

/**
 * The activities of a job's file, or why there is none. The driver compares the file's bytes with the job's `bytes` and `checksum`.
 *
 * @category bulk extract
 * @since 0.1.0
 */
export const interpretActivitiesFile = (_call: Call<HttpRequest>, answer: Answer): ActivitiesFile | Refused => {
  try {
    return read(answer)
  } catch {
    return noFile(0)
  }
}
