/**
 * Bulk extract: a job is made, queued, and after its time there is a file.
 *
 *     Created ──enqueue──▶ Queued ──half──▶ Processing ──half──▶ Completed: a file, its length and its SHA-256
 *                            └ longer, while two others run
 *
 * Jobs of every kind share the two places and the queue of ten (1029), and the bytes of a day: those of files that were done since midnight
 * US Central, looked at when a job is queued (1029). A file holds what was so when its job ended, and is gone after seven days.
 *
 * Sources: Adobe "Bulk Extract"; "Error Codes" (1013, 1029).
 *
 * @module
 */
import { csvFormatRow } from 'd3-dsv'
import { type Instant, parseInstant, printInstant } from '../ground/calendar.js'
import { sha256Hex } from '../ground/digest.js'
import { isRecord, type JsonObject, ownMember } from '../ground/json.js'
import { valueAt, withValue } from '../ground/tree.js'
import { utf8Length } from '../ground/utf8.js'
import type { Answer } from '../intent/outcome.js'
import { bulkLimits } from '../marketo/limits.js'
import { quotaDay } from './allowance.js'
import { fileAnswer } from './byte-range.js'
import type { Wire } from './request.js'
import type { Draft, SimulatedExport } from './state.js'
import { type Desk, done, type Failed, failed, type Told } from './told.js'

/** What a job shall hold. @internal */
export type Wanted = Pick<SimulatedExport, 'kind' | 'fields' | 'types' | 'by' | 'startAt' | 'endAt'>

const day = 86_400_000

const wholeSeconds = /T\d\d:\d\d:\d\d(?:Z|[+-]\d\d:?\d\d)$/

const instantUnder = (u: unknown, name: string): Instant | undefined => {
  const value = isRecord(u) ? ownMember(u, name) : undefined
  return typeof value === 'string' && wholeSeconds.test(value) ? parseInstant(value) : undefined
}

/** The window of a filter, or why there is none. @internal */
export const windowUnder = (filter: unknown, by: SimulatedExport['by']): Pick<Wanted, 'startAt' | 'endAt'> | Failed => {
  const window = isRecord(filter) ? ownMember(filter, by) : undefined
  const [startAt, endAt] = [instantUnder(window, 'startAt'), instantUnder(window, 'endAt')]
  if (startAt === undefined || endAt === undefined || endAt < startAt)
    return failed('1003', `Invalid value for '${by}'`)
  return endAt - startAt > bulkLimits.extractWindowDays * day
    ? failed('1003', `Date range is limited to ${bulkLimits.extractWindowDays} days`)
    : { startAt, endAt }
}

const statusOf = ({ queued, done }: SimulatedExport, at: Instant): string => {
  if (queued === null) return 'Created'
  if (done !== null) return done === 'failed' ? 'Failed' : 'Completed'
  return at < queued.startsAt ? 'Queued' : 'Processing'
}

const time = (at: Instant): string => printInstant(at) ?? ''

const shownEnd = (done: NonNullable<SimulatedExport['done']>): JsonObject =>
  done === 'failed'
    ? { errorMsg: 'Simulated fault: this job failed' }
    : { numberOfRecords: done.records, fileSize: done.bytes, fileChecksum: `sha256:${done.checksum}` }

const shown = (job: SimulatedExport, at: Instant): JsonObject => {
  const { exportId, createdAt, queued, done } = job
  const status = statusOf(job, at)
  const hasBegun = queued !== null && at >= queued.startsAt
  return {
    exportId,
    format: 'CSV',
    status,
    createdAt: time(createdAt),
    ...(queued === null ? {} : { queuedAt: time(queued.queuedAt) }),
    ...(hasBegun ? { startedAt: time(queued.startsAt) } : {}),
    ...(queued === null || done === null ? {} : { finishedAt: time(queued.endsAt), ...shownEnd(done) })
  }
}

const keep = (draft: Draft, job: SimulatedExport): void => {
  draft.exports = withValue(draft.exports, job.exportId, job)
}

/** Makes a job, which does nothing yet. @internal */
export const makeExport = (draft: Draft, wanted: Wanted, at: Instant): Told => {
  const exportId = `export-${draft.nextExport}`
  const job: SimulatedExport = { exportId, ...wanted, createdAt: at, queued: null, fails: false, done: null }
  draft.nextExport += 1
  keep(draft, job)
  return done([shown(job, at)])
}

const unknown = failed('1013', 'Export not found')

/** The job that a path names, where it is of the kind that the path names, too. */
const jobIn = ({ draft }: Desk, { path }: Wire): SimulatedExport | undefined => {
  const job = valueAt(draft.exports, path[4] ?? '')
  return job?.kind === path[2] ? job : undefined
}

/** When a job runs: after half its time, and when one of two places is free. */
const timesOf = ({ options, waitingExports, exports }: Draft, at: Instant): NonNullable<SimulatedExport['queued']> => {
  const half = Math.floor(options.exportMillis / 2)
  const before = waitingExports[waitingExports.length - bulkLimits.runningJobs]
  const free = (before === undefined ? undefined : valueAt(exports, before)?.queued?.endsAt) ?? at
  const startsAt = Math.max(at + half, free)
  return { queuedAt: at, startsAt, endsAt: startsAt + options.exportMillis - half }
}

const refusedJob = ({ options, waitingExports, exported }: Draft, at: Instant): Failed | undefined => {
  const { queuedJobs } = bulkLimits
  if (waitingExports.length >= queuedJobs) return failed('1029', `Too many jobs (${queuedJobs}) in queue`)
  const used = exported.day === quotaDay(at) ? exported.bytes : 0
  const most = options.exportBytesPerDay
  return used >= most ? failed('1029', `Export daily quota ${Math.round(most / 1_000_000)}MB exceeded.`) : undefined
}

/** Queues a job. @internal */
export const enqueueExport = (desk: Desk, wire: Wire, at: Instant): Told => {
  const { draft } = desk
  const job = jobIn(desk, wire)
  if (job === undefined) return unknown
  if (job.queued !== null) return failed('1029', 'Job already queued')
  const refusal = refusedJob(draft, at)
  if (refusal !== undefined) return refusal
  const queued = { ...job, queued: timesOf(draft, at), fails: desk.struck !== null }
  keep(draft, queued)
  draft.waitingExports = [...draft.waitingExports, job.exportId]
  // However short a job is, the answer to its queueing says that it waits.
  return done([shown(queued, Number.NEGATIVE_INFINITY)])
}

/** Tells where a job stands. @internal */
export const exportStatus = (desk: Desk, wire: Wire, at: Instant): Told => {
  const job = jobIn(desk, wire)
  return job === undefined ? unknown : done([shown(job, at)])
}

const noFile: Answer = { status: 404, headers: { 'content-type': 'text/plain' }, body: 'Not Found' }

/** Gives out the file of a job that is complete, or the end of it. @internal */
export const exportFile = (desk: Desk, wire: Wire, at: Instant): Told => {
  const job = jobIn(desk, wire)
  const until = (job?.queued?.endsAt ?? 0) + bulkLimits.fileDays * day
  const done = job === undefined || job.done === 'failed' || at >= until ? null : job.done
  return { _tag: 'Bare', answer: done === null ? noFile : fileAnswer(done.file, wire.range, desk.cut === true) }
}

/** Ends a job: its rows become a file, or it fails. @internal */
export const endExport = (
  { draft }: Desk,
  job: SimulatedExport,
  at: Instant,
  rows: ReadonlyArray<ReadonlyArray<string>>
): void => {
  draft.waitingExports = draft.waitingExports.filter((exportId) => exportId !== job.exportId)
  if (job.fails) return keep(draft, { ...job, done: 'failed' })
  const file = [job.fields, ...rows].map((row) => `${csvFormatRow([...row])}\n`).join('')
  const bytes = utf8Length(file)
  const today = quotaDay(at)
  const before = draft.exported.day === today ? draft.exported.bytes : 0
  keep(draft, { ...job, done: { file, records: rows.length, bytes, checksum: sha256Hex(file) } })
  draft.exported = { day: today, bytes: before + bytes }
}
