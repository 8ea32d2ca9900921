/**
 * From an answer's `result` to one outcome for each record that was sent.
 *
 *     sent      0  1  2        result[k] speaks of record k: there is nothing else to go by
 *     result    ✓  ✗           a short one leaves the rest unanswered
 *     result    ✓  ✗  ✓  ✓     a long one cannot be matched: nothing in it is believed
 *
 * A record failed when its status is `skipped` or it carries reasons, whatever else it says.
 *
 * Sources: Adobe "Leads", "Activities"; public traffic (a skipped lead without `id`, a pushed lead with reasons and no status).
 *
 * @module
 */
import { isRecord, ownMember, type UnknownRecord } from '../ground/json.js'
import { isNonEmpty } from '../ground/these.js'
import type { Call, HttpRequest } from '../intent/descriptor.js'
import type { Accepted, Answer, Reason, RecordOutcome, Unanswered, Verdict } from '../intent/outcome.js'
import type { Operation } from '../marketo/error-codes.js'
import { openAnswer, recordReasons, remedyOf } from './envelope.js'
import { isMarketoId } from './lead-ref.js'

/** A member of `result`, as far as we read it; `id` is whatever the endpoint numbers. */
interface Told {
  readonly id: number | null
  readonly leadId: number | null
  readonly marketoGUID: string | null
  readonly status: string
  readonly reasons: ReadonlyArray<Reason>
}

const textUnder = (u: unknown): string | null => (typeof u === 'string' ? u : null)

const numberUnder = (record: UnknownRecord, name: string): number | null => {
  const value = ownMember(record, name)
  return isMarketoId(value) ? value : null
}

/** A member of `result`, or null when it is no object. */
const readTold = (u: unknown): Told | null => {
  if (!isRecord(u)) return null
  return {
    id: numberUnder(u, 'id'),
    leadId: numberUnder(u, 'leadId'),
    marketoGUID: textUnder(ownMember(u, 'marketoGUID')),
    status: textUnder(ownMember(u, 'status')) ?? '',
    reasons: recordReasons(u)
  }
}

/** What the endpoint numbers with `id`, and whether it tells the lead as `leadId`. @internal */
export interface Reading {
  readonly idIsLead: boolean
  readonly tellsLeadId?: boolean
  readonly operation?: Operation
}

const noReason: Reason = { code: '', message: 'skipped, and no reason given' }

const outcomeOf = (
  told: Told | null | undefined,
  intent: number,
  reading: Reading,
  httpStatus: number
): RecordOutcome => {
  if (told === undefined || told === null) return { _tag: 'Unanswered', intent }
  const { id, marketoGUID, status, reasons } = told
  const leadId = reading.idIsLead ? id : reading.tellsLeadId === true ? told.leadId : null
  if (status === 'skipped' || isNonEmpty(reasons)) {
    const all = isNonEmpty(reasons) ? reasons : ([noReason] as const)
    const remedy = remedyOf(all, { level: 'record', httpStatus, operation: reading.operation })
    return { _tag: 'Skipped', intent, reasons: all, remedy }
  }
  if (status === '' && id === null) return { _tag: 'Unanswered', intent }
  return { _tag: 'Applied', intent, status, leadId, marketoGUID }
}

const unanswered = (intent: number): Unanswered => ({ _tag: 'Unanswered', intent })

const tooMany = (sent: number, told: number): Reason => ({
  code: '',
  message: `${told} results for ${sent} records: none can be matched`
})

/**
 * The verdict on a call that carries records: one outcome for each, by position.
 *
 * @internal
 */
export const interpretRecords =
  (reading: Reading) =>
  (call: Call<HttpRequest>, answer: Answer): Verdict => {
    const envelope = openAnswer(answer, readTold, reading.operation)
    if (envelope._tag === 'Refused') return envelope
    const { httpStatus, requestId, warnings } = envelope
    const told = envelope.result ?? []
    const { intents } = call
    if (told.length > intents.length) {
      const more = [...warnings, tooMany(intents.length, told.length)]
      return { _tag: 'Accepted', requestId, warnings: more, outcomes: intents.map(unanswered) }
    }
    const outcomes = intents.map((intent, k) => outcomeOf(told[k], intent, reading, httpStatus))
    return { _tag: 'Accepted', requestId, warnings, outcomes }
  }

/** Every intent of a call done, where the answer says no more than that. Without a word of Marketo's, `status` is empty. @internal */
export const allApplied = (
  { intents }: Call<HttpRequest>,
  requestId: string | null,
  warnings: ReadonlyArray<Reason>
): Accepted => ({
  _tag: 'Accepted',
  requestId,
  warnings,
  outcomes: intents.map((intent) => ({ _tag: 'Applied', intent, status: '', leadId: null, marketoGUID: null }))
})

/**
 * The verdict on a call that Marketo answers without a result; should it send one, its reasons count.
 *
 * @internal
 */
export const interpretWithoutResult =
  (reading: Reading) =>
  (call: Call<HttpRequest>, answer: Answer): Verdict => {
    const envelope = openAnswer(answer, () => null)
    if (envelope._tag === 'Refused') return envelope
    return envelope.result === null || envelope.result.length === 0
      ? allApplied(call, envelope.requestId, envelope.warnings)
      : interpretRecords(reading)(call, answer)
  }
