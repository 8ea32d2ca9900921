/**
 * The rows of a bulk import that failed, or were taken with a warning.
 *
 *     GET /bulk/v1/leads/batch/1022/failures.json       404 where there is no such row
 *     email,leadScore,Import Failure Reason
 *     ana@example.com,1.5,Invalid value for field leadScore
 *
 * The answer is a file: the columns that were sent, and the reason behind them. It names no row, so each is found again by its cells;
 * of rows that are equal the first sent is taken first. Line breaks inside cells and blanks around them count for nothing.
 *
 * Source: Adobe "Bulk Lead Import", "Bulk Custom Object Import" (404); "Error Codes".
 *
 * @module
 */
import { isRecord } from '../ground/json.js'
import type { Call, HttpRequest } from '../intent/descriptor.js'
import type { Answer, Refused } from '../intent/outcome.js'
import type { MunchkinId } from '../marketo/munchkin-id.js'
import { csvRows } from './csv-cells.js'
import { bodyValue, openAnswer, refusedByStatus, unexplained } from './envelope.js'
import { filePart } from './import-leads.js'
import { askForJob } from './import-status.js'

/**
 * A row that Marketo names, by the position of its intent, and why.
 *
 * @category bulk import
 * @since 0.1.0
 */
export interface ImportRow {
  readonly intent: number
  readonly reason: string
}

/**
 * The rows of a file of failures or warnings, in its order. `strays` are the reasons of rows that fit none that was sent: nobody knows
 * whose they are.
 *
 * @category bulk import
 * @since 0.1.0
 */
export interface ImportRows {
  readonly _tag: 'ImportRows'
  readonly rows: ReadonlyArray<ImportRow>
  readonly strays: ReadonlyArray<string>
}

/**
 * The call for the rows that failed. Make it when the job is complete: before that there is no file either.
 *
 * @category endpoints
 * @since 0.1.0
 */
export const describeImportFailures = (munchkinId: MunchkinId, batchId: number): Call<HttpRequest> =>
  askForJob('importLeadsFailures', munchkinId, [String(batchId), 'failures.json'])

/**
 * The call for the rows that were taken with a warning. Make it when the job is complete: before that there is no file either.
 *
 * @category endpoints
 * @since 0.1.0
 */
export const describeImportWarnings = (munchkinId: MunchkinId, batchId: number): Call<HttpRequest> =>
  askForJob('importLeadsWarnings', munchkinId, [String(batchId), 'warnings.json'])

type Row = ReadonlyArray<string>

const lineBreak = /\r\n?/g

/** One text for cells that count as equal. */
const formOf = (cells: Row): string => JSON.stringify(cells.map((cell) => cell.replace(lineBreak, '\n').trim()))

/** Intents by the form of their row, those not yet found again. */
interface Sent {
  readonly columns: Row
  readonly byForm: ReadonlyMap<string, { readonly intents: ReadonlyArray<number>; found: number }>
}

const sentRows = ({ descriptor: { body }, intents }: Call<HttpRequest>): Sent => {
  const part = body !== null && 'multipart' in body ? body.multipart.find(({ name }) => name === filePart) : undefined
  const [columns = [], ...rows] = csvRows(part?.text ?? '')
  const byForm = new Map<string, { readonly intents: Array<number>; found: number }>()
  intents.forEach((intent, k) => {
    const cells = rows[k]
    if (cells === undefined) return
    const form = formOf(cells)
    const known = byForm.get(form)
    if (known === undefined) byForm.set(form, { intents: [intent], found: 0 })
    else known.intents.push(intent)
  })
  return { columns, byForm }
}

/** The intent of the next row with these cells, or undefined. */
const taken = ({ byForm }: Sent, cells: Row): number | undefined => {
  const rows = byForm.get(formOf(cells))
  const intent = rows?.intents[rows.found]
  if (rows !== undefined) rows.found += 1
  return intent
}

/** Where each column that was sent stands in the answer; where not all are named as they were, in the order sent. */
const placesOf = (columns: Row, told: Row): ReadonlyArray<number> => {
  const places = columns.map((name) => told.indexOf(name))
  return places.includes(-1) ? columns.map((_, i) => i) : places
}

const matched = (sent: Sent, told: Row, rows: ReadonlyArray<Row>): ImportRows => {
  const places = placesOf(sent.columns, told)
  const found: Array<ImportRow> = []
  const strays: Array<string> = []
  for (const row of rows) {
    const reason = row[told.length - 1] ?? ''
    const intent =
      row.length === told.length
        ? taken(
            sent,
            places.map((i) => row[i] ?? '')
          )
        : undefined
    if (intent === undefined) strays.push(reason)
    else found.push({ intent, reason })
  }
  return { _tag: 'ImportRows', rows: found, strays }
}

const none: ImportRows = { _tag: 'ImportRows', rows: [], strays: [] }

/** A success that tells something else, or an answer that cannot be read. */
const noFile = (status: number): Refused => ({
  _tag: 'Refused',
  requestId: null,
  reasons: [unexplained(status, 'the answer is no file of rows')],
  remedy: 'mend-request',
  retryAfter: null
})

const isReason = /reason/i

const read = (sent: Call<HttpRequest>, answer: Answer): ImportRows | Refused => {
  const { status, body } = answer
  if (status === 404) return none
  if (isRecord(bodyValue(body))) {
    const envelope = openAnswer(answer, () => null, 'import-report')
    return envelope._tag === 'Refused' ? envelope : noFile(status)
  }
  const refused = refusedByStatus(answer)
  if (refused !== undefined) return refused
  if (body === '' || body === null || body === undefined) return none
  if (typeof body !== 'string') return noFile(status)
  const [told = [], ...rows] = csvRows(body)
  return isReason.test(told[told.length - 1] ?? '') ? matched(sentRows(sent), told, rows) : noFile(status)
}

/**
 * The rows that failed, or were warned of, as positions of intents. `sent` is the import's own call, as it was described; a file that is
 * not there (404) means no such row.
 *
 * @example
 * import { describeImportLeads, interpretImportRows } from 'segment-marketo/endpoints'
 * import { isMunchkinId } from 'segment-marketo/marketo'
 *
 * const munchkinId = '561-HYG-937'
 * const email = 'ana@example.com'
 * const described = isMunchkinId(munchkinId)
 *   ? describeImportLeads([
 *       {
 *         _tag: 'UpsertLead',
 *         munchkinId,
 *         lead: { lookupField: 'email', value: email },
 *         fields: { email, leadScore: 1.5 },
 *         action: 'createOrUpdate',
 *         partitionName: null
 *       }
 *     ])
 *   : undefined
 * const body = 'email,leadScore,Import Failure Reason\nana@example.com,1.5,Invalid value\n'
 * described?._tag === 'Right' && interpretImportRows(described.right[0], { status: 200, headers: {}, body })
 * // => { _tag: 'ImportRows', rows: [{ intent: 0, reason: 'Invalid value' }], strays: [] }
 * @category endpoints
 * @since 0.1.0
 */
export const interpretImportRows = (sent: Call<HttpRequest>, answer: Answer): ImportRows | Refused => {
  try {
    return read(sent, answer)
  } catch {
    return noFile(0)
  }
}
