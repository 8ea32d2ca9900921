/**
 * What Data Ingestion said: its records are queued, and have ended as far as a delivery can tell.
 *
 * @module
 */
import type { QueuedOutcome } from '../endpoints/ingest-persons.js'
import type { Verdict } from '../intent/outcome.js'
import type { Lost } from '../pace/call-end.js'
import { type Draft, finish } from './draft.js'
import { decide, taken } from './refusal.js'
import { recordsOf, remember } from './take-writes.js'

/** Takes what Data Ingestion said. @internal */
export const takeQueued = (draft: Draft, told: Verdict<QueuedOutcome> | Lost): void => {
  const records = recordsOf(draft)
  if (told._tag !== 'Accepted') return decide(draft, records, told, false)
  taken(draft, records.flat())
  told.outcomes.forEach((outcome, k) => {
    const items = records[k] ?? []
    if (outcome._tag === 'Unanswered') decide(draft, [items], outcome, false)
    else {
      const remarks = draft.flight.remarks[k] ?? []
      remember(draft, items, null, remarks)
      finish(draft, items, { _tag: 'Queued', correlationId: outcome.correlationId, remarks })
    }
  })
}
