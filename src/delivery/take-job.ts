/**
 * A bulk import, from the file that was taken to the outcome of each row.
 *
 *     file taken ──▶ status … status ──▶ failures? ──▶ warnings? ──▶ every row has its outcome
 *                          └ failed: all rows are refused
 *
 * A question that fails is asked again later; nothing is lost by asking. Where Marketo says that rows failed which we cannot find among
 * those we sent, nobody knows of the others whether they are there.
 *
 * Source: Adobe "Bulk Lead Import" (a job's number is good for seven days).
 *
 * @module
 */
import { type ImportRows, interpretImportRows } from '../endpoints/import-rows.js'
import { type ImportJob, interpretImportStatus } from '../endpoints/import-status.js'
import type { Instant } from '../ground/calendar.js'
import type { Answer, Reason, Refused } from '../intent/outcome.js'
import { nextSeed, nextTry } from '../pace/back-off.js'
import type { Lost } from '../pace/call-end.js'
import { type Draft, finish } from './draft.js'
import type { Remark } from './outcome.js'
import { decide, taken } from './refusal.js'
import type { Job, Pending } from './state.js'
import { recordsOf, remember } from './take-writes.js'

/** Questions about one job that may fail in a row. */
const mostTroubles = 20

const longestJob = 7 * 86_400_000

/** What is told of a job. @internal */
export type JobTold = ImportJob | ImportRows | Refused | Lost

/** What an answer about a job says. @internal */
export const toldOfJob = ({ state, flight }: Draft, answer: Answer): JobTold => {
  const job = jobOf(state.jobs, flight.job)
  return job === undefined || job.ask === 'status'
    ? interpretImportStatus(flight.call, answer)
    : interpretImportRows(job.call, answer)
}

const jobOf = (jobs: Readonly<Record<string, Job>>, key: string | null): Job | undefined =>
  key === null ? undefined : new Map(Object.entries(jobs)).get(key)

/** When to ask next: the longer a job has taken, the less a little more matters. */
const pollMillis = ({ state, now }: Draft, since: Instant): number => {
  const { transport } = state.options
  const least = transport._tag === 'bulk' ? transport.pollMillis : 15_000
  return Math.max(least, Math.floor((now - since) / 20))
}

/** Takes the answer to a file. @internal */
export const takeImport = (draft: Draft, told: ImportJob | Refused | Lost): void => {
  const { flight, now } = draft
  const { munchkinId, call, records, remarks } = flight
  if (told._tag === 'ImportJob' && told.batchId !== null) {
    taken(draft, recordsOf(draft).flat())
    draft.jobs.set(`${munchkinId} ${told.batchId}`, {
      munchkinId,
      call,
      records,
      remarks,
      batchId: told.batchId,
      ask: 'status',
      askAt: now + pollMillis(draft, now),
      since: now,
      troubles: 0,
      warned: false,
      failed: [],
      strays: false
    })
    return
  }
  // Without a number nobody can ask: as if the answer were lost.
  decide(draft, recordsOf(draft), told._tag === 'ImportJob' ? { _tag: 'Lost' } : told, false)
}

const itemsOf = ({ pending }: Draft, job: Job): ReadonlyArray<ReadonlyArray<Pending>> =>
  job.records.map((record) => record.flatMap((seq) => pending.get(seq) ?? []))

const endJob = (draft: Draft, key: string, job: Job, warnings: ReadonlyMap<number, string>): void => {
  const failed = new Map(job.failed)
  draft.jobs.delete(key)
  itemsOf(draft, job).forEach((items, k) => {
    const reason = failed.get(k)
    const warning = warnings.get(k)
    const remarks: ReadonlyArray<Remark> = [
      ...(job.remarks[k] ?? []),
      ...(warning === undefined ? [] : [{ _tag: 'Warned' as const, message: warning }])
    ]
    if (reason !== undefined)
      finish(draft, items, { _tag: 'Skipped', reasons: [{ code: '', message: reason }], remedy: 'mend-record' })
    else if (job.strays) finish(draft, items, { _tag: 'Unknown', reasons: [someFailed] })
    else {
      remember(draft, items, null, remarks)
      finish(draft, items, { _tag: 'Applied', leadId: null, status: 'imported', remarks })
    }
  })
}

const someFailed: Reason = { code: '', message: 'rows of this import failed, and it is not known which' }

const endAll = (draft: Draft, key: string, job: Job, tag: 'Refused' | 'Unknown', message: string): void => {
  draft.jobs.delete(key)
  const reasons = [{ code: '', message }]
  for (const items of itemsOf(draft, job))
    finish(draft, items, tag === 'Refused' ? { _tag: tag, reasons, remedy: 'mend-request' } : { _tag: tag, reasons })
}

const askLater = (draft: Draft, key: string, job: Job, wait: number): void => {
  if (draft.now - job.since > longestJob)
    endAll(draft, key, job, 'Unknown', 'the import was not done within seven days')
  else draft.jobs.set(key, { ...job, askAt: draft.now + wait })
}

const troubled = (draft: Draft, key: string, job: Job, told: Refused | Lost): void => {
  const troubles = job.troubles + 1
  if (troubles > mostTroubles || (told._tag === 'Refused' && told.remedy === 'ask-administrator'))
    return endAll(draft, key, job, 'Unknown', 'the import was taken, and cannot be asked for any more')
  const retryAfter = told._tag === 'Refused' ? told.retryAfter : null
  const wait = nextTry(draft.state.options.retry.backOff, troubles, draft.seed, retryAfter)
  draft.seed = nextSeed(draft.seed)
  askLater(draft, key, { ...job, troubles }, wait)
}

const askNow = (draft: Draft, key: string, job: Job, ask: Job['ask']): void => {
  draft.jobs.set(key, { ...job, ask, askAt: draft.now, troubles: 0 })
}

const takeStatus = (draft: Draft, key: string, job: Job, told: ImportJob): void => {
  if (told.status === 'Failed')
    endAll(draft, key, job, 'Refused', told.message === '' ? 'the import failed' : told.message)
  else if (told.status !== 'Complete') askLater(draft, key, { ...job, troubles: 0 }, pollMillis(draft, job.since))
  else if (told.failed !== 0) askNow(draft, key, { ...job, warned: told.warned !== 0 }, 'failures')
  else if (told.warned !== 0) askNow(draft, key, job, 'warnings')
  else endJob(draft, key, job, new Map())
}

const takeRows = (draft: Draft, key: string, job: Job, { rows, strays }: ImportRows): void => {
  const places = new Map(job.call.intents.map((intent, k) => [intent, k]))
  const told = rows.flatMap(({ intent, reason }) => {
    const k = places.get(intent)
    return k === undefined ? [] : [[k, reason] as const]
  })
  if (job.ask === 'warnings') return endJob(draft, key, job, new Map(told))
  const after: Job = { ...job, failed: told, strays: strays.length > 0 }
  if (job.warned) askNow(draft, key, after, 'warnings')
  else endJob(draft, key, after, new Map())
}

/** Takes what is told of a job. @internal */
export const takeJob = (draft: Draft, told: JobTold): void => {
  const key = draft.flight.job
  const job = jobOf(draft.state.jobs, key)
  if (key === null || job === undefined) return
  switch (told._tag) {
    case 'ImportJob':
      return takeStatus(draft, key, job, told)
    case 'ImportRows':
      return takeRows(draft, key, job, told)
    case 'Refused':
    case 'Lost':
      return troubled(draft, key, job, told)
  }
}
