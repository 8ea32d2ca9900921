/**
 * What an instance does by itself when its time has come: persons taken earlier become leads, jobs end.
 *
 *     ingestion   due 10:00:05  ─┐
 *     imports     ends 10:00:07 ─┼▶ in the order of time, before the next request is looked at
 *     extracts    ends 10:00:09 ─┘
 *
 * @module
 */
import { type Instant, printInstant } from '../ground/calendar.js'
import { valueAt } from '../ground/tree.js'
import { activityRows } from './export-activities.js'
import { endExport } from './export-jobs.js'
import { leadRows } from './export-leads.js'
import { instanceFields } from './fields.js'
import { endImport } from './import-leads.js'
import { dequeued, settleIngested } from './ingest-persons.js'
import type { Draft, SimulatorState } from './state.js'
import type { Desk } from './told.js'

/** Something that will be done at a moment. */
interface Deed {
  readonly at: Instant
  readonly by: string | null
  readonly act: (desk: Desk) => void
}

const ingestion = ({ ingested, ingestion: { first } }: Draft): Deed | undefined => {
  const persons = valueAt(ingested, String(first))
  if (persons === undefined) return undefined
  const act = (desk: Desk): void => {
    settleIngested(desk, persons)
    dequeued(desk.draft)
  }
  return { at: persons.dueAt, by: 'Data Ingestion', act }
}

const importing = ({ jobs, waitingJobs: [first] }: Draft): Deed | undefined => {
  const job = valueAt(jobs, String(first))
  return job === undefined ? undefined : { at: job.endsAt, by: 'Import Leads', act: (desk) => endImport(desk, job) }
}

const rows = { activities: activityRows, leads: leadRows } as const

const exporting = ({ exports, waitingExports: [first] }: Draft): Deed | undefined => {
  const job = first === undefined ? undefined : valueAt(exports, first)
  if (job?.queued?.endsAt === undefined) return undefined
  const at = job.queued.endsAt
  return { at, by: null, act: (desk) => endExport(desk, job, at, rows[job.kind](desk, job)) }
}

/** What is due first, up to a moment; of two at once what leads come of goes before what tells of them. */
const nextDue = (draft: Draft, until: Instant): Deed | undefined => {
  let next: Deed | undefined
  for (const deed of [ingestion(draft), importing(draft), exporting(draft)])
    if (deed !== undefined && deed.at <= until && (next === undefined || deed.at < next.at)) next = deed
  return next
}

/** Does all that is due at a moment, each thing at its own time. @internal */
export const doWhatIsDue = (draft: Draft, at: Instant): void => {
  for (;;) {
    const deed = nextDue(draft, at)
    if (deed === undefined) return
    const time = printInstant(deed.at) ?? '1970-01-01T00:00:00Z'
    deed.act({ draft, time, fieldNamed: instanceFields(draft.options), struck: null, by: deed.by })
  }
}

/**
 * The instance at a later moment: what was taken and is due by then has been done. A request does the same first; this is for reading an
 * instance that nobody asks any more.
 *
 * @example
 * const state = startSimulator({ munchkinId: '561-HYG-937', clientId: 'id', clientSecret: 'secret' })
 * leadsIn(advanceSimulator(state, 60_000)) // => []
 * @category simulator
 * @since 0.1.0
 */
export const advanceSimulator = (state: SimulatorState, now: Instant): SimulatorState => {
  const draft: Draft = { ...state }
  if (Number.isFinite(now)) doWhatIsDue(draft, now)
  return draft
}
