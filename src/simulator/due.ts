/**
 * What an instance does by itself when its time has come: persons taken earlier become leads, import jobs end.
 *
 *     ingestion   due 10:00:05 ─┐
 *     jobs        ends 10:00:07 ─┴▶ in the order of time, before the next request is looked at
 *
 * @module
 */
import { type Instant, printInstant } from '../ground/calendar.js'
import { valueAt } from '../ground/tree.js'
import { instanceFields } from './fields.js'
import { endImport } from './import-leads.js'
import { dequeued, settleIngested } from './ingest-persons.js'
import type { Draft, Ingested, SimulatedImport, SimulatorState } from './state.js'
import type { Desk } from './told.js'

const nextIngested = ({ ingested, ingestion }: Draft): Ingested | undefined =>
  valueAt(ingested, String(ingestion.first))

const nextJob = ({ jobs, waitingJobs: [first] }: Draft): SimulatedImport | undefined =>
  first === undefined ? undefined : valueAt(jobs, String(first))

const isDue = (when: number | undefined, at: Instant): boolean => when !== undefined && when <= at

/** Does all that is due at a moment, each thing at its own time. @internal */
export const doWhatIsDue = (draft: Draft, at: Instant): void => {
  const deskAt = (when: Instant, by: string): Desk => ({
    draft,
    time: printInstant(when) ?? '1970-01-01T00:00:00Z',
    fieldNamed: instanceFields(draft.options),
    struck: null,
    by
  })
  for (;;) {
    const ingested = nextIngested(draft)
    const job = nextJob(draft)
    if (ingested !== undefined && isDue(ingested.dueAt, at) && !(job !== undefined && job.endsAt < ingested.dueAt)) {
      settleIngested(deskAt(ingested.dueAt, 'Data Ingestion'), ingested)
      dequeued(draft)
    } else if (job !== undefined && isDue(job.endsAt, at)) endImport(deskAt(job.endsAt, 'Import Leads'), job)
    else return
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
