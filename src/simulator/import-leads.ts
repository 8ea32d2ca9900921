/**
 * Bulk Lead Import: a file is taken, waits, runs, and its rows become leads all at once.
 *
 *     POST /bulk/v1/leads.json            Queued ──half──▶ Importing ──half──▶ Complete: leads written, files made
 *     GET  …/batch/7.json                 where it stands       two run at a time, ten wait or run (1016)
 *     GET  …/batch/7/failures.json        a CSV file, or 404
 *
 * Rows are written as Sync Leads would write them, but for an email that is none, which is taken with a warning, and fields of the
 * company's record, which are taken. An empty cell clears. A column that no field has fails every row.
 *
 * Sources: Adobe "Bulk Import", "Bulk Lead Import", "Bulk Custom Object Import"; "Error Codes" (413, 613, 1016).
 *
 * @module
 */
import { csvFormatRow, dsvFormat } from 'd3-dsv'
import type { Instant } from '../ground/calendar.js'
import type { JsonObject } from '../ground/json.js'
import { valueAt, withValue } from '../ground/tree.js'
import { utf8Length } from '../ground/utf8.js'
import type { Pairs } from '../intent/descriptor.js'
import type { Answer } from '../intent/outcome.js'
import { bulkLimits, byteLimits } from '../marketo/limits.js'
import { readLeadRecord } from './lead-record.js'
import { isMultipart, partNamed } from './multipart.js'
import type { Wire } from './request.js'
import type { Draft, ImportDone, SharedWrite, SimulatedImport } from './state.js'
import { writeLater } from './sync-leads.js'
import { type Desk, done, type Failed, failed, htmlAnswer, struckAt, struckDown, type Told } from './told.js'

const delimiters: ReadonlyMap<string, string> = new Map([
  ['csv', ','],
  ['tsv', '\t'],
  ['ssv', ';']
])

const valueUnder = (pairs: Pairs, name: string): string => pairs.find(([own]) => own === name)?.[1] ?? ''

type Rows = ReadonlyArray<ReadonlyArray<string>>

const readFile = ({ contentType, body, query }: Wire): Rows | Failed | 'too large' => {
  const format = valueUnder(query, 'format').toLowerCase()
  if (format === '') return failed('1002', "Missing value for required parameter 'format'")
  const delimiter = delimiters.get(format)
  if (delimiter === undefined) return failed('1003', "Invalid value for 'format'")
  if (!isMultipart(contentType)) return failed('612', 'Invalid Content Type')
  const file = partNamed(contentType, body, 'file')
  if (file === undefined) return failed('613', 'Invalid Multipart Request')
  return utf8Length(file) < byteLimits.importFile ? dsvFormat(delimiter).parseRows(file) : 'too large'
}

const readShared = ({ draft, fieldNamed }: Desk, query: Pairs): SharedWrite | Failed => {
  const asked = valueUnder(query, 'lookupField')
  const lookupField = asked === '' ? 'email' : asked
  const field = fieldNamed(lookupField)
  if (field === undefined) return failed('1006', `Lookup field '${lookupField}' not found`)
  if (!field.searchable) return failed('1011', `Lookup field '${lookupField}' is not supported`)
  const partitionName = valueUnder(query, 'partitionName')
  if (partitionName === '') return { lookupField, partitionName: null }
  return draft.options.partitions.includes(partitionName)
    ? { lookupField, partitionName }
    : failed('1008', `Access denied to partition '${partitionName}'`)
}

/** When a job starts and ends: after half its time, and when one of two places is free. */
const timesOf = ({ options, waitingJobs, jobs }: Draft, at: Instant): Pick<SimulatedImport, 'startsAt' | 'endsAt'> => {
  const half = Math.floor(options.importMillis / 2)
  const before = waitingJobs[waitingJobs.length - bulkLimits.runningJobs]
  const free = before === undefined ? at : (valueAt(jobs, String(before))?.endsAt ?? at)
  const startsAt = Math.max(at + half, free)
  return { startsAt, endsAt: startsAt + options.importMillis - half }
}

/** Carries out the making of an import job. @internal */
export const importLeads = (desk: Desk, wire: Wire, at: Instant): Told => {
  const { draft } = desk
  const shared = readShared(desk, wire.query)
  if ('_tag' in shared) return shared
  const file = readFile(wire)
  if (file === 'too large') return { _tag: 'Bare', answer: htmlAnswer(413, 'Request Entity Too Large') }
  if ('_tag' in file) return file
  if (draft.waitingJobs.length >= bulkLimits.queuedJobs) return failed('1016', 'Too many imports queued')
  const [columns = [], ...rows] = file
  const batchId = draft.nextJob
  const struck = struckAt(desk.struck, rows.length)
  const job: SimulatedImport = { batchId, ...shared, ...timesOf(draft, at), columns, rows, struck, done: null }
  draft.nextJob += 1
  draft.jobs = withValue(draft.jobs, String(batchId), job)
  draft.waitingJobs = [...draft.waitingJobs, batchId]
  return done([{ batchId, importId: String(batchId), status: 'Queued' }])
}

const number = /^-?\d{1,16}$/

/** A row as a record: a lead's number is one, and a cell that is missing is an empty one, which clears. */
const recordOf = (columns: ReadonlyArray<string>, cells: ReadonlyArray<string>): JsonObject =>
  Object.fromEntries(
    columns.map((name, i) => {
      const cell = cells[i] ?? ''
      return [name, name === 'id' && number.test(cell) ? Number(cell) : cell]
    })
  )

/** What is said of a row: why it failed, or what is odd about it. */
interface RowSaid {
  readonly failure: string | undefined
  readonly warning: string | undefined
}

const writeRow = (desk: Desk, job: SimulatedImport, cells: ReadonlyArray<string>, i: number): RowSaid => {
  if (i === job.struck) return { failure: struckDown.message, warning: undefined }
  const record = recordOf(job.columns, cells)
  const read = readLeadRecord(desk, record, 'import')
  return { failure: writeLater(desk, job, record, read), warning: read.warnings[0]?.message }
}

/** Rows with why, as a file; null where there is none. */
const fileOf = (columns: ReadonlyArray<string>, why: string, rows: Rows): string | null =>
  rows.length === 0 ? null : [[...columns, why], ...rows].map((row) => `${csvFormatRow([...row])}\r\n`).join('')

const carriedOut = (desk: Desk, job: SimulatedImport): ImportDone => {
  const failures: Array<ReadonlyArray<string>> = []
  const warnings: Array<ReadonlyArray<string>> = []
  job.rows.forEach((cells, i) => {
    const { failure, warning } = writeRow(desk, job, cells, i)
    const whole = job.columns.map((_, k) => cells[k] ?? '')
    if (failure !== undefined) failures.push([...whole, failure])
    else if (warning !== undefined) warnings.push([...whole, warning])
  })
  return {
    processed: job.rows.length - failures.length,
    failed: failures.length,
    warned: warnings.length,
    failures: fileOf(job.columns, 'Import Failure Reason', failures),
    warnings: fileOf(job.columns, 'Import Warning Reason', warnings)
  }
}

/** Ends a job: its rows become leads, or stand in a file. @internal */
export const endImport = (desk: Desk, job: SimulatedImport): void => {
  const { draft } = desk
  const ended: SimulatedImport = { ...job, columns: [], rows: [], done: carriedOut(desk, job) }
  draft.jobs = withValue(draft.jobs, String(job.batchId), ended)
  draft.waitingJobs = draft.waitingJobs.filter((batchId) => batchId !== job.batchId)
}

const digits = /^(\d{1,16})(?:\.json)?$/
const day = 86_400_000

/** The job with this number, as long as it is kept. */
const jobNumbered = ({ draft }: Desk, part: string, at: Instant): SimulatedImport | undefined => {
  const job = valueAt(draft.jobs, digits.exec(part)?.[1] ?? '')
  return job !== undefined && job.endsAt + bulkLimits.fileDays * day > at ? job : undefined
}

/** Tells where a job stands. @internal */
export const importStatus = (desk: Desk, part: string, at: Instant): Told => {
  const job = jobNumbered(desk, part, at)
  if (job === undefined) return failed('1013', 'Import not found')
  const status = job.done !== null ? 'Complete' : at < job.startsAt ? 'Queued' : 'Importing'
  return done([
    {
      batchId: job.batchId,
      importId: String(job.batchId),
      status,
      numOfLeadsProcessed: job.done?.processed ?? 0,
      numOfRowsFailed: job.done?.failed ?? 0,
      numOfRowsWithWarning: job.done?.warned ?? 0,
      message: job.done === null ? '' : 'Import completed'
    }
  ])
}

const noFile: Answer = { status: 404, headers: { 'content-type': 'text/plain' }, body: 'Not Found' }

/** Gives out the file of rows that failed, or were warned of. @internal */
export const importFile = (desk: Desk, part: string, which: 'failures' | 'warnings', at: Instant): Told => {
  const body = jobNumbered(desk, part, at)?.done?.[which] ?? null
  const answer = body === null ? noFile : { status: 200, headers: { 'content-type': 'text/csv' }, body }
  return { _tag: 'Bare', answer }
}
