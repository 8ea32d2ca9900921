/**
 * Data Ingestion, persons: a thousand leads at once, written some time later.
 *
 *     POST /subscriptions/561-HYG-937/persons        X-Mkto-User-Token, X-Correlation-Id
 *     { "priority": "normal", "partitionName"?, "dedupeFields": { "field1": "email" }, "persons": [ { "email": …, … } ] }
 *     202, no body                                   X-Request-Id
 *     400 { "error_code": "4000802", "message": "…" }
 *
 * One call has one partition and one lookup field, so a batch is grouped by those. What becomes of a record is told nowhere but in the
 * Observability Data Stream, where the correlation id stands: an answer of 202 says that the call was taken and no more. Every record is
 * an upsert; there is no word for an update of those who are there already. The API has limits of its own and does not count against the
 * daily quota.
 *
 * Sources: Adobe "Data Ingestion", and its OpenAPI file; "Error Codes".
 *
 * @module
 */
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import { isRecord, type JsonObject, ownMember, type UnknownRecord } from '../ground/json.js'
import { conflict, malformed, type Problem } from '../ground/problem.js'
import { type Call, type Described, type HttpRequest, live } from '../intent/descriptor.js'
import type { Fields, UpsertLead } from '../intent/intent.js'
import type { Answer, Reason, Refused, Unanswered, Verdict } from '../intent/outcome.js'
import { findByRest } from '../marketo/lead-fields.js'
import { batchLimits, byteLimits } from '../marketo/limits.js'
import { type Draft, described, draftRows, type Group, groupNamed, type RowOf } from './batch.js'
import { bodyValue, remedyOf, retryAfterOf, unexplained } from './envelope.js'
import { writtenFields } from './field-values.js'
import { lacksKey, unfitId } from './upsert-key.js'

/**
 * Taken, to be carried out later: whether it will be, no answer tells. The correlation id finds it in the Observability Data Stream.
 *
 * @category outcomes
 * @since 0.1.0
 */
export interface Queued {
  readonly _tag: 'Queued'
  readonly intent: number
  readonly correlationId: string
}

/**
 * What became of one intent that is carried out later. It is unanswered where the answer is neither the documented 202 nor a refusal.
 *
 * @category outcomes
 * @since 0.1.0
 */
export type QueuedOutcome = Queued | Unanswered

/**
 * How persons are handed over. `correlationId` names the call with this position among those described at once: 1 to 255 characters of
 * ASCII, a different text for each call ever made. A high priority overtakes calls of a normal one.
 *
 * @category endpoints
 * @since 0.1.0
 */
export interface IngestOptions {
  readonly correlationId: (call: number) => string
  readonly priority?: 'normal' | 'high'
}

/** The standard fields that persons are looked up by; custom ones of type string and integer come on top. */
const dedupeFields: ReadonlyArray<string> = [
  'id',
  'email',
  'sfdcAccountId',
  'sfdcContactId',
  'sfdcLeadId',
  'sfdcLeadOwnerId'
]

/** A standard name that is looked up by elsewhere, and stands in no table of fields. */
const otherKey = 'sfdcOpptyId'

const isStandard = (name: string): boolean => name === otherKey || findByRest(name) !== undefined

const mendLookup =
  'Data Ingestion looks up by email, id, some Salesforce ids and custom fields: use Sync Leads for others'
const mendAction = 'Data Ingestion makes the lead where there is none: use Sync Leads for an update only'
const mendId = 'the number of a lead is given by Marketo, and can be no more than the key'

/** Why the record cannot go this way, or undefined. */
const unfitUpsert = (upsert: UpsertLead, fields: Fields): Problem | undefined => {
  const { lookupField } = upsert.lead
  if (upsert.action === 'updateOnly') return malformed('invalid', ['action'], 'updateOnly', mendAction)
  if (!dedupeFields.includes(lookupField) && isStandard(lookupField)) {
    return malformed('invalid', ['lead', 'lookupField'], 'a standard field', mendLookup)
  }
  const problem = lacksKey(upsert, fields)
  if (problem !== undefined || ownMember(fields, 'id') === undefined) return problem
  return lookupField === 'id' ? unfitId(fields) : conflict('invalid', ['fields', 'id'], ['lead', 'lookupField'], mendId)
}

const requestOf =
  ({ munchkinId, partitionName, lead }: UpsertLead, priority: 'normal' | 'high') =>
  (persons: ReadonlyArray<JsonObject>): HttpRequest => {
    const dedupe = { field1: lead.lookupField }
    const json = { priority, ...(partitionName === null ? {} : { partitionName }), dedupeFields: dedupe, persons }
    return {
      _tag: 'HttpRequest',
      endpoint: 'ingestPersons',
      munchkinId,
      host: 'ingestion',
      method: 'POST',
      path: ['subscriptions', munchkinId, 'persons'],
      query: [],
      headers: {},
      body: { json },
      auth: 'user-token',
      lifecycle: live
    }
  }

/** One name for all that share the same; the partition's length keeps it apart from the lookup field behind it. */
const nameOf = ({ munchkinId, partitionName, lead }: UpsertLead): string =>
  `${munchkinId} ${partitionName === null ? '' : `${partitionName.length} ${partitionName}`} ${lead.lookupField}`

const rowWith =
  (priority: 'normal' | 'high'): RowOf<UpsertLead> =>
  (upsert, intent, groups: Map<string, Group>) => {
    const written = writtenFields(upsert.fields, true)
    if (written._tag === 'Left') return written.left
    const { fields: record, atMost } = written.right
    const problem = unfitUpsert(upsert, record)
    if (problem !== undefined) return problem
    const group = groupNamed(groups, nameOf(upsert), () => requestOf(upsert, priority))
    group.rows.push({ intent, record, atMost, spare: 0, slots: [] })
    return undefined
  }

const correlationHeader = 'X-Correlation-Id'

/** What a header can carry, in the length that Adobe gives. */
const correlation = /^[!-~](?:[ -~]{0,253}[!-~])?$/

const badCorrelation: Problem = malformed(
  'invalid',
  ['correlationId'],
  'text that no correlation id can be',
  'give 1 to 255 characters of ASCII, without blanks around'
)

const limits = { bytes: byteLimits.dataIngestionBody, items: batchLimits.dataIngestion }

/**
 * Data Ingestion calls for a batch of upserts, of any instances, lookup fields and partitions. Each call has its correlation id.
 *
 * @example
 * import { describeIngestPersons } from 'segment-marketo/endpoints'
 * import { isMunchkinId } from 'segment-marketo/marketo'
 *
 * const munchkinId = '561-HYG-937'
 * const email = 'ana@example.com'
 * const options = { correlationId: (call: number) => `import-7-${call}` }
 * const described = isMunchkinId(munchkinId)
 *   ? describeIngestPersons(
 *       [
 *         {
 *           _tag: 'UpsertLead',
 *           munchkinId,
 *           lead: { lookupField: 'email', value: email },
 *           fields: { email, firstName: 'Ana' },
 *           action: 'createOrUpdate',
 *           partitionName: null
 *         }
 *       ],
 *       options
 *     )
 *   : undefined
 * const descriptor = described?._tag === 'Right' ? described.right[0].descriptor : undefined
 * descriptor?.path // => ['subscriptions', '561-HYG-937', 'persons']
 * descriptor?.headers // => { 'X-Correlation-Id': 'import-7-0' }
 * descriptor?.body
 * // => { json: { priority: 'normal', dedupeFields: { field1: 'email' }, persons: [{ email: 'ana@example.com', firstName: 'Ana' }] } }
 * @category endpoints
 * @since 0.1.0
 */
export const describeIngestPersons = (
  upserts: ReadonlyNonEmptyArray<UpsertLead>,
  { correlationId, priority = 'normal' }: IngestOptions
): Described<HttpRequest> => {
  const rows = draftRows(upserts, rowWith(priority), limits)
  const draft: Draft = { calls: [], unsent: [...rows.unsent] }
  rows.calls.forEach((call, n) => {
    const id = correlationId(n)
    if (correlation.test(id)) {
      draft.calls.push({ ...call, descriptor: { ...call.descriptor, headers: { [correlationHeader]: id } } })
    } else for (const intent of call.intents) draft.unsent.push({ intent, problem: badCorrelation })
  })
  return described(draft)
}

const textUnder = (record: UnknownRecord, name: string): string | null => {
  const u = ownMember(record, name)
  return typeof u === 'string' && u !== '' ? u : null
}

/** The only 401 that Adobe lists for this API: a token that is not, or no longer, one. */
const badToken: Reason = { code: '401013', message: 'HTTP status 401' }

const reasonOf = (status: number, body: unknown): Reason => {
  const record = isRecord(body) ? body : {}
  const code = textUnder(record, 'error_code')
  if (code !== null) return { code, message: textUnder(record, 'message') ?? '' }
  return status === 401 ? badToken : unexplained(status, 'the answer is no 202')
}

const headerOf = (headers: unknown, name: string): string | null =>
  isRecord(headers) ? textUnder(headers, name) : null

const refused = (httpStatus: number, reason: Reason, headers: unknown): Refused => ({
  _tag: 'Refused',
  requestId: headerOf(headers, 'x-request-id'),
  reasons: [reason],
  remedy: remedyOf([reason], { level: 'data-ingestion', httpStatus, operation: undefined }),
  retryAfter: retryAfterOf(headers)
})

const read = (
  { descriptor, intents }: Call<HttpRequest>,
  { status, headers, body }: Answer
): Verdict<QueuedOutcome> => {
  const parsed = bodyValue(body)
  const isRefusal = status < 200 || status > 299 || (isRecord(parsed) && textUnder(parsed, 'error_code') !== null)
  if (isRefusal) return refused(status, reasonOf(status, parsed), headers)
  const correlationId = descriptor.headers[correlationHeader] ?? ''
  return {
    _tag: 'Accepted',
    requestId: headerOf(headers, 'x-request-id'),
    warnings: [],
    outcomes: intents.map((intent) =>
      status === 202 ? { _tag: 'Queued', intent, correlationId } : { _tag: 'Unanswered', intent }
    )
  }
}

/**
 * Whether a call was taken: with 202 each of its records is queued, and nothing more is known of any.
 *
 * @category endpoints
 * @since 0.1.0
 */
export const interpretIngestPersons = (call: Call<HttpRequest>, answer: Answer): Verdict<QueuedOutcome> => {
  try {
    return read(call, answer)
  } catch {
    return refused(0, unexplained(0, ''), undefined)
  }
}
