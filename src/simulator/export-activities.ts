/**
 * Bulk Activity Extract: a job is made, queued, and after its time there is a file.
 *
 *     Created ──enqueue──▶ Queued ──half──▶ Processing ──half──▶ Completed: a file, its length and its SHA-256
 *
 * The window goes by the moment at which an entry was logged. Deleted leads (37) are never told.
 *
 * Sources: Adobe "Bulk Extract", "Bulk Activity Extract".
 *
 * @module
 */
import { csvFormatRow } from 'd3-dsv'
import { type Instant, parseInstant } from '../ground/calendar.js'
import { sha256Hex } from '../ground/digest.js'
import { isRecord, type JsonObject, ownMember } from '../ground/json.js'
import { valueAt, withValue } from '../ground/tree.js'
import { utf8Length } from '../ground/utf8.js'
import { bulkLimits } from '../marketo/limits.js'
import { entryNumbered } from './activities.js'
import { jsonBody } from './json-body.js'
import type { Wire } from './request.js'
import type { Draft, LoggedActivity, SimulatedExport } from './state.js'
import { type Desk, done, failed, type Told } from './told.js'
import { survivor } from './visitors.js'

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

const deleteLead = 37
const day = 86_400_000

const cellsOf = (draft: Draft, entry: LoggedActivity, fields: ReadonlyArray<string>): ReadonlyArray<string> => {
  const { marketoGUID, activityDate, activityTypeId, campaignId, attributes, actionResult } = entry
  const told: Readonly<Record<string, string | number | null>> = {
    marketoGUID,
    leadId: survivor(draft, entry.leadId),
    activityDate,
    activityTypeId,
    campaignId,
    primaryAttributeValueId: entry.primaryAttributeValueId,
    primaryAttributeValue: entry.primaryAttributeValue,
    attributes: JSON.stringify(Object.fromEntries(attributes.map(({ name, value }) => [name, value]))),
    actionResult
  }
  return fields.map((name) => String(told[name] ?? 'null'))
}

const fileOf = (draft: Draft, { fields, types, startAt, endAt }: SimulatedExport): readonly [string, number] => {
  const rows: Array<ReadonlyArray<string>> = []
  for (let n = 1; n < draft.nextLogged; n += 1) {
    const entry = entryNumbered(draft, n)
    if (entry === undefined || entry.activityTypeId === deleteLead) continue
    const isWanted = types.length === 0 || types.includes(entry.activityTypeId)
    if (isWanted && entry.at >= startAt && entry.at < endAt) rows.push(cellsOf(draft, entry, fields))
  }
  return [[fields, ...rows].map((row) => `${csvFormatRow([...row])}\n`).join(''), rows.length]
}

const instantUnder = (u: unknown, name: string): Instant | undefined => {
  const value = isRecord(u) ? ownMember(u, name) : undefined
  return typeof value === 'string' ? parseInstant(value) : undefined
}

const numbersIn = (u: unknown): ReadonlyArray<number> =>
  Array.isArray(u) ? u.filter((one: unknown): one is number => typeof one === 'number') : []

const fieldsIn = (u: unknown): ReadonlyArray<string> | undefined => {
  const usual = columns.filter((name) => name !== 'actionResult')
  if (!Array.isArray(u)) return u === undefined ? usual : undefined
  const names = u.flatMap((one: unknown) => columns.find((name) => name === one) ?? [])
  return names.length === u.length ? names : undefined
}

const statusOf = ({ queuedAt, doneAt }: SimulatedExport, at: Instant): string => {
  if (queuedAt === null) return 'Created'
  if (at >= doneAt) return 'Completed'
  return at < (queuedAt + doneAt) / 2 ? 'Queued' : 'Processing'
}

const shown = (draft: Draft, job: SimulatedExport, at: Instant): JsonObject => {
  const status = statusOf(job, at)
  const told = { exportId: job.exportId, status, format: 'CSV' }
  if (status !== 'Completed') return told
  const [file, numberOfRecords] = fileOf(draft, job)
  return { ...told, numberOfRecords, fileSize: utf8Length(file), fileChecksum: `sha256:${sha256Hex(file)}` }
}

/** Carries out Create Export Activity Job. @internal */
export const exportActivities = ({ draft }: Desk, wire: Wire, at: Instant): Told => {
  const read = jsonBody(wire)
  if (read._tag === 'Failed') return read
  const filter = ownMember(read.body, 'filter')
  const createdAt = isRecord(filter) ? ownMember(filter, 'createdAt') : undefined
  const [startAt, endAt] = [instantUnder(createdAt, 'startAt'), instantUnder(createdAt, 'endAt')]
  const fields = fieldsIn(ownMember(read.body, 'fields'))
  if (startAt === undefined || endAt === undefined) return failed('1003', "Invalid value for 'createdAt'")
  if (endAt - startAt > bulkLimits.extractWindowDays * day) return failed('1003', 'The window is too long')
  if (fields === undefined) return failed('1003', "Invalid value for 'fields'")
  const exportId = `export-${draft.nextExport}`
  const types = isRecord(filter) ? numbersIn(ownMember(filter, 'activityTypeIds')) : []
  const job: SimulatedExport = { exportId, fields, types, startAt, endAt, queuedAt: null, doneAt: 0 }
  draft.nextExport += 1
  draft.exports = withValue(draft.exports, exportId, job)
  return done([shown(draft, job, at)])
}

const unknown = failed('1013', 'Export not found')

const jobIn = (draft: Draft, { path }: Wire): SimulatedExport | undefined => valueAt(draft.exports, path[4] ?? '')

/** Carries out Enqueue Export Activity Job. @internal */
export const enqueueExport = ({ draft }: Desk, wire: Wire, at: Instant): Told => {
  const job = jobIn(draft, wire)
  if (job === undefined) return unknown
  if (job.queuedAt !== null) return failed('1029', 'Job already queued')
  const queued = { ...job, queuedAt: at, doneAt: at + draft.options.exportMillis }
  draft.exports = withValue(draft.exports, job.exportId, queued)
  return done([shown(draft, queued, at)])
}

/** Tells where a job stands. @internal */
export const exportStatus = ({ draft }: Desk, wire: Wire, at: Instant): Told => {
  const job = jobIn(draft, wire)
  return job === undefined ? unknown : done([shown(draft, job, at)])
}

/** Gives out the file of a job that is complete. @internal */
export const exportFile = ({ draft }: Desk, wire: Wire, at: Instant): Told => {
  const job = jobIn(draft, wire)
  const isThere = job !== undefined && statusOf(job, at) === 'Completed'
  const answer = isThere
    ? { status: 200, headers: { 'content-type': 'text/csv' }, body: fileOf(draft, job)[0] }
    : { status: 404, headers: { 'content-type': 'text/plain' }, body: 'Not Found' }
  return { _tag: 'Bare', answer }
}
