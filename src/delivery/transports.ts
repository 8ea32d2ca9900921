/**
 * Lead writes that go another way than Sync Leads: queued by Data Ingestion, or as the rows of a file that Marketo imports.
 *
 *     ingestion   up to 1,000 a call, outside the quota          queued: nothing more is told here
 *     bulk        a file, a job, its status, its failures        each row applied or skipped, some minutes later
 *
 * Sources: Adobe "Data Ingestion", "Bulk Lead Import".
 *
 * @module
 */
import { describeImportLeads } from '../endpoints/import-leads.js'
import { describeImportFailures, describeImportWarnings } from '../endpoints/import-rows.js'
import { describeImportStatus } from '../endpoints/import-status.js'
import { describeIngestPersons } from '../endpoints/ingest-persons.js'
import type { Instant } from '../ground/calendar.js'
import type { UpsertLead } from '../intent/intent.js'
import { batchLimits, bulkLimits } from '../marketo/limits.js'
import type { MunchkinId } from '../marketo/munchkin-id.js'
import { type Batch, batchOf, type Prepared } from './batch.js'
import type { TransportOption } from './options.js'
import type { Row } from './row.js'
import type { Delivery, Job } from './state.js'

const groupOf = ({ lead, partitionName }: UpsertLead): string => `${partitionName ?? ''} ${lead.lookupField}`

/** Upserts for Data Ingestion. `stamp` is a text that no other round has. @internal */
export const ingestBatch = (
  { prefix, priority }: Extract<TransportOption, { readonly _tag: 'ingestion' }>,
  stamp: string,
  rows: ReadonlyArray<Row<UpsertLead>>
): Batch => {
  let calls = 0
  const correlationId = (): string => {
    calls += 1
    return `${prefix}-${stamp}-${calls}`
  }
  return batchOf(
    {
      rank: 2,
      perCall: batchLimits.dataIngestion,
      errand: 'ingest',
      groupOf,
      describe: (upserts) => describeIngestPersons(upserts, { correlationId, priority })
    },
    rows
  )
}

/** Rows of one file, at most: what a few bytes a row would make of 10 MB. */
const rowsPerFile = 1_000_000

/** Upserts for a bulk import. @internal */
export const importBatch = (rows: ReadonlyArray<Row<UpsertLead>>): Batch =>
  batchOf({ rank: 2, perCall: rowsPerFile, errand: 'import', groupOf, describe: describeImportLeads }, rows)

/** How many more jobs an instance takes. @internal */
export const roomForJobs = ({ jobs, inFlight }: Delivery, munchkinId: MunchkinId): number => {
  const isOurs = (one: { readonly munchkinId: MunchkinId }): boolean => one.munchkinId === munchkinId
  const running = Object.values(jobs).filter(isOurs).length
  const sent = Object.values(inFlight).filter((one) => one.errand === 'import' && isOurs(one)).length
  return Math.max(0, bulkLimits.queuedJobs - running - sent)
}

// biome-ignore format: table
const askings = {
  status:   describeImportStatus,
  failures: describeImportFailures,
  warnings: describeImportWarnings
} as const

const asking = (key: string, { munchkinId, batchId, ask }: Job): Prepared => ({
  call: askings[ask](munchkinId, batchId),
  records: [],
  remarks: [],
  isFull: true,
  errand: 'job',
  keys: [],
  job: key
})

/** Questions about the jobs of an instance that are due. @internal */
export const jobBatch = ({ jobs, inFlight }: Delivery, munchkinId: MunchkinId, now: Instant): Batch => {
  const asked = new Set(Object.values(inFlight).map(({ job }) => job))
  const due = Object.entries(jobs).filter(
    ([key, job]) => job.munchkinId === munchkinId && job.askAt <= now && !asked.has(key)
  )
  return { rank: 1, size: due.length, prepare: (most) => due.slice(0, most).map(([key, job]) => asking(key, job)) }
}
