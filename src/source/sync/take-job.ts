/**
 * Where a job stands, step by step.
 *
 *     create    made                       enqueue
 *               1035                       no such filter here: leads are found by the feed of changes instead
 *               1003                       the fields are looked up, and it is made anew with those that there are
 *     describe  fields                     create
 *     enqueue   queued, or already so      poll
 *     poll      Queued, Processing         poll again
 *               Created                    enqueue: the call was lost
 *               Completed                  file, or done where it holds nothing
 *               Failed, Cancelled, none    made anew
 *     any       too many jobs, no bytes    later
 *
 * @module
 */
import type { ExportJob } from '../../endpoints/export-job.js'
import type { ReadPage } from '../../endpoints/read-page.js'
import type { Instant } from '../../ground/calendar.js'
import { malformed } from '../../ground/problem.js'
import type { Refused } from '../../intent/outcome.js'
import type { Lost } from '../../pace/call-end.js'
import { untried } from '../../pace/held.js'
import { quotaDayStart } from '../../pace/quota-day.js'
import type { Ended } from '../../pace/remedies.js'
import { afterFailure, isUnfit } from './after-failure.js'
import { jobAt, leadFields } from './describe.js'
import { exportDone, giveUp } from './rest.js'
import { type Draft, type InFlight, put, tell, tellRefusal } from './state.js'
import { refuse, refuseFields } from './take-leads.js'
import { type ExportWalk, type Job, walkNames } from './walks.js'

/** A job that an answer is for, with its walk. @internal */
export interface Open {
  readonly name: string
  readonly walk: ExportWalk
  readonly job: Job
}

/** The job that an answer is for; undefined where its walk was given up since. @internal */
export const openAt = (draft: Draft, { walk: name, window }: InFlight): Open | undefined => {
  const walk = draft.walks[name]
  const job = walk?.kind === 'export' ? jobAt(walk, window) : undefined
  return walk?.kind === 'export' && job !== undefined ? { name, walk, job } : undefined
}

/** The table that an extract's rows are told under. @internal */
export const tableOf = ({ of }: ExportWalk): string => (of === 'leads' ? 'leads' : 'lead_activities')

/** Puts a job in its place. @internal */
export const putJob = (draft: Draft, { name, walk, job: before }: Open, job: Job): void =>
  put(draft, name, { ...walk, jobs: walk.jobs.map((one) => (one === before ? job : one)) })

/** Puts a job in its place, and goes on with it there. @internal */
export const placed = (draft: Draft, open: Open, job: Job): Open => {
  putJob(draft, open, job)
  const walk = draft.walks[open.name]
  return walk?.kind === 'export' ? { ...open, walk, job } : open
}

/** A job is done: its window is read. @internal */
export const jobDone = (draft: Draft, { name, walk, job }: Open): void =>
  exportDone(draft, name, { ...walk, jobs: walk.jobs.filter((one) => one !== job) })

/** A job is made so often before its window waits for the next run. */
const mostAgain = 3

const notMade = (table: string) =>
  malformed('warning', [table], 'a job that fails again and again', 'its window is read in the next run')

const fresh = {
  ...untried,
  phase: 'create',
  exportId: null,
  bytes: null,
  checksum: null,
  reading: null,
  got: 0,
  polls: 0
} as const

/** A job is made anew, or its walk given up where that was done often. @internal */
export const makeAgain = (draft: Draft, open: Open, now: Instant): void => {
  const { job, name, walk } = open
  if (job.again < mostAgain)
    return putJob(draft, open, { ...job, ...fresh, notBefore: now + draft.options.pollMillis, again: job.again + 1 })
  tell(draft, notMade(tableOf(walk)))
  giveUp(draft, name)
}

/** Whether a call that did not tell what it should is as good as done; if not, it is made later, or never in this run. */
const isDone = (draft: Draft, flight: InFlight, open: Open, end: Ended, now: Instant): boolean => {
  const after = afterFailure(draft, open.job, flight, end, 1, now)
  if (after.todo === 'accept') return true
  if (after.todo === 'wait') putJob(draft, open, { ...open.job, ...after.held })
  else {
    tellRefusal(draft, tableOf(open.walk), end, 'what was not read yet is read in the next run')
    giveUp(draft, open.name)
  }
  return false
}

/** A job's call that must tell something did not: it is made later, or never in this run. @internal */
export const failedJob = (draft: Draft, flight: InFlight, open: Open, end: Ended, now: Instant): void => {
  if (isDone(draft, flight, open, end, now)) isDone(draft, flight, open, { _tag: 'Unanswered' }, now)
}

const noFilter = malformed(
  'warning',
  ['leads'],
  'an instance that takes no filter by `updatedAt`',
  'changed leads are found by the feed of changes from now on'
)

/** Leads are found by the feed of changes from now on. */
const byChanges = (draft: Draft, { name, walk }: Open): void => {
  tell(draft, noFilter)
  draft.leadsBy = 'changes'
  put(draft, name, { ...walk, ...untried, rests: true, jobs: [], windows: [] })
  const feed = draft.walks[walkNames.changes]
  const since = Math.max(0, (walk.through ?? walk.begunAt) - draft.options.overlapMillis)
  if (feed?.kind === 'feed') put(draft, walkNames.changes, { ...feed, ...untried, token: null, since, rests: false })
}

const noSuchFilter = '1035'

const isFilter = (told: Refused): boolean => told.reasons.some(({ code }) => code === noSuchFilter)

const created = (draft: Draft, flight: InFlight, open: Open, told: ExportJob | Refused | Lost, now: Instant): void => {
  const { walk, job } = open
  if (told._tag === 'ExportJob' && told.exportId !== null)
    return putJob(draft, open, { ...job, ...untried, phase: 'enqueue', exportId: told.exportId })
  if (told._tag === 'Refused' && walk.of === 'leads') {
    if (isFilter(told) && walk.by === 'updatedAt') return byChanges(draft, open)
    if (refuseFields(draft, told)) return
    // Marketo need not say which field it does not know, and one of them fails the whole job.
    if (isUnfit(told) && !job.described) return putJob(draft, open, { ...job, ...untried, phase: 'describe' })
  }
  const end: Ended = told._tag === 'ExportJob' ? { _tag: 'Unanswered' } : told
  failedJob(draft, flight, open, end, now)
}

/** Takes the fields that an instance has. @internal */
export const takeFields = (
  draft: Draft,
  flight: InFlight,
  told: ReadPage<ReadonlyArray<string>> | Refused | Lost,
  now: Instant
): void => {
  const open = openAt(draft, flight)
  if (open === undefined) return
  const known = new Set(told._tag === 'ReadPage' ? told.records.flat() : [])
  // Every lead has an id: an answer without it tells of no leads, and nothing follows from what else it lacks.
  if (!known.has('id')) {
    failedJob(draft, flight, open, told._tag === 'ReadPage' ? { _tag: 'Unanswered' } : told, now)
    return
  }
  refuse(
    draft,
    leadFields(draft).filter((name) => !known.has(name))
  )
  putJob(draft, open, { ...open.job, ...untried, phase: 'create', described: true })
}

/** A job that stands long is asked about less often: up to ten times as seldom. */
const pollAt = (draft: Draft, { polls }: Job, now: Instant): Instant =>
  now + draft.options.pollMillis * Math.min(10, 1 + Math.floor(polls / 5))

const polling = (draft: Draft, open: Open, now: Instant): void => {
  const { job } = open
  putJob(draft, open, {
    ...job,
    ...untried,
    phase: 'poll',
    polls: job.polls + 1,
    notBefore: pollAt(draft, job, now)
  })
}

const queued = (draft: Draft, flight: InFlight, open: Open, told: ExportJob | Refused | Lost, now: Instant): void => {
  if (told._tag === 'ExportJob') return polling(draft, open, now)
  if (isGone(told)) return makeAgain(draft, open, now)
  if (isDone(draft, flight, open, told, now)) polling(draft, open, now)
}

/** Adds a file to those of the day. */
const countBytes = (draft: Draft, bytes: number, now: Instant): void => {
  const day = quotaDayStart(now)
  draft.exported = { day, bytes: bytes + (draft.exported.day === day ? draft.exported.bytes : 0) }
}

const completed = (draft: Draft, open: Open, { records, bytes, checksum }: ExportJob, now: Instant): void => {
  countBytes(draft, bytes ?? 0, now)
  if (records === 0) return jobDone(draft, open)
  putJob(draft, open, { ...open.job, ...untried, phase: 'file', bytes, checksum })
}

const gone: ReadonlyArray<string> = ['404', '610', '1013']

/** Whether Marketo knows nothing of a job: it is too old, or another user's. @internal */
export const isGone = (told: Refused | Lost): boolean =>
  told._tag === 'Refused' && (told.reasons.some(({ code }) => gone.includes(code)) || isUnfit(told))

const polled = (draft: Draft, flight: InFlight, open: Open, told: ExportJob | Refused | Lost, now: Instant): void => {
  if (told._tag !== 'ExportJob') {
    if (isGone(told)) makeAgain(draft, open, now)
    else failedJob(draft, flight, open, told, now)
    return
  }
  switch (told.status) {
    case 'Created':
      return putJob(draft, open, { ...open.job, ...untried, phase: 'enqueue' })
    case 'Completed':
      return completed(draft, open, told, now)
    case 'Failed':
    case 'Cancelled':
      return makeAgain(draft, open, now)
    default:
      return polling(draft, open, now)
  }
}

const steps = { create: created, enqueue: queued, poll: polled } as const

/** Takes what was told of a job. @internal */
export const takeJob = (
  draft: Draft,
  flight: InFlight,
  errand: keyof typeof steps,
  told: ExportJob | Refused | Lost,
  now: Instant
): void => {
  const open = openAt(draft, flight)
  if (open !== undefined) steps[errand](draft, flight, open, told, now)
}
