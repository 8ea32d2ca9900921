/**
 * The Data Ingestion API, persons: taken now, there later.
 *
 *     POST /subscriptions/561-HYG-937/persons      202 X-Request-Id      400 { error_code, message }
 *     X-Mkto-User-Token                            401 without a good one, 403 without any
 *
 * What is wrong with a person is told nobody: it is not there afterwards. Calls count against no quota of the REST API. Only the token,
 * the frame of the body and the names of the key are looked at before the answer.
 *
 * Sources: Adobe "Data Ingestion"; "Error Codes" (401013 to 5000801).
 *
 * @module
 */
import type { Instant } from '../ground/calendar.js'
import { isRecord, type JsonObject, ownMember, type UnknownRecord } from '../ground/json.js'
import { withoutKey, withValue } from '../ground/tree.js'
import { utf8Length } from '../ground/utf8.js'
import type { Answer } from '../intent/outcome.js'
import { batchLimits, byteLimits } from '../marketo/limits.js'
import { standingOf } from './identity.js'
import { readLeadRecord } from './lead-record.js'
import type { FaultKind } from './options.js'
import type { Wire } from './request.js'
import type { Draft, Ingested } from './state.js'
import { writeLater } from './sync-leads.js'
import { type Desk, jsonAnswer, struckAt } from './told.js'

/** The codes of this API, and the HTTP status and the words that come with each. */
// biome-ignore format: table
const refusals = {
  '401013':  [401, 'Oauth token is invalid'],
  '403010':  [403, 'Oauth token is missing'],
  '404040':  [404, 'Resource not found'],
  '429001':  [429, 'Service usage limit reached'],
  '4000801': [400, 'Bad request'],
  '4000802': [400, 'Invalid data'],
  '4290801': [429, 'Daily quota reached'],
  '5000801': [500, 'Internal Server Error']
} as const

type Refusal = keyof typeof refusals

const refused = (error_code: Refusal, n: number): Answer => {
  const [status, message] = refusals[error_code]
  const answer = jsonAnswer(status, { error_code, message })
  return { ...answer, headers: { ...answer.headers, 'x-request-id': `${n.toString(16)}-simulated` } }
}

/** The faults that have words of their own here. */
type SpokenFault = Exclude<FaultKind, 'timeout-before' | 'timeout-after' | 'html' | 'skip-record' | 'cut-off'>

const faultCodes: Readonly<Record<SpokenFault, Refusal>> = {
  '502': '5000801',
  '604': '5000801',
  '606': '429001',
  '607': '4290801',
  '611': '5000801',
  '615': '429001',
  '713': '5000801',
  'expired-token': '401013'
}

/** The answer of a fault, in this API's own words. @internal */
export const ingestionFault = (draft: Draft, kind: SpokenFault): Answer => refused(faultCodes[kind], draft.total)

type Frame = Omit<Ingested, 'dueAt' | 'struck'>

const dedupeNames = ['id', 'email', 'sfdcAccountId', 'sfdcContactId', 'sfdcLeadId', 'sfdcLeadOwnerId']

const isKey = ({ draft, fieldNamed }: Desk, name: string): boolean =>
  dedupeNames.includes(name) ||
  draft.options.customFields.some((custom) => custom.name === name && fieldNamed(name)?.type !== 'email')

/** The two names of a key: email alone where nothing is said. The second may be any field: Adobe's own sample has firstName there. */
const readKey = (desk: Desk, u: unknown): Pick<Frame, 'lookupField' | 'secondField'> | undefined => {
  if (u === undefined) return { lookupField: 'email', secondField: null }
  if (!isRecord(u)) return undefined
  const [field1, field2 = null] = [ownMember(u, 'field1'), ownMember(u, 'field2')]
  if (typeof field1 !== 'string' || desk.fieldNamed(field1)?.searchable !== true || !isKey(desk, field1))
    return undefined
  if (field2 === null) return { lookupField: field1, secondField: null }
  return typeof field2 === 'string' && desk.fieldNamed(field2) !== undefined
    ? { lookupField: field1, secondField: field2 }
    : undefined
}

const isObject = (u: unknown): u is JsonObject => isRecord(u)

const readPersons = (u: unknown): ReadonlyArray<JsonObject> | undefined => {
  if (!Array.isArray(u) || u.length === 0 || u.length > batchLimits.dataIngestion) return undefined
  const persons = u.filter(isObject)
  return persons.length === u.length ? persons : undefined
}

const priorities: ReadonlyArray<unknown> = [undefined, 'normal', 'high']

const readFrame = (desk: Desk, body: UnknownRecord): Frame | undefined => {
  const persons = readPersons(ownMember(body, 'persons'))
  const key = readKey(desk, ownMember(body, 'dedupeFields'))
  const partitionName = ownMember(body, 'partitionName') ?? null
  if (persons === undefined || key === undefined || !priorities.includes(ownMember(body, 'priority'))) return undefined
  return partitionName === null || typeof partitionName === 'string' ? { ...key, partitionName, persons } : undefined
}

const parsed = (body: string): unknown => {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

const longestCorrelation = 255

/** What the call asks for, or the code that refuses it. */
const readCall = (desk: Desk, wire: Wire, at: Instant): Frame | Refusal => {
  const { options } = desk.draft
  if (wire.path[1] !== options.munchkinId) return '404040'
  if (wire.userToken === undefined || wire.userToken === '') return '403010'
  if (standingOf(desk.draft, wire.userToken, at) !== 'good') return '401013'
  const body = /^application\/json\b/i.test(wire.contentType) ? parsed(wire.body) : undefined
  const fits = utf8Length(wire.body) <= byteLimits.dataIngestionBody && wire.correlationId.length <= longestCorrelation
  if (!isRecord(body) || !fits) return '4000801'
  return readFrame(desk, body) ?? '4000802'
}

/** Persons that are due become leads; one that is wrong is passed over, and nobody hears of it. @internal */
export const settleIngested = (desk: Desk, ingested: Ingested): void => {
  ingested.persons.forEach((person, i) => {
    if (i === ingested.struck) return
    const read = readLeadRecord(desk, person, 'ingestion')
    writeLater(desk, ingested, person, read, ingested.secondField)
  })
}

/** Takes the first of those that wait out of the queue. @internal */
export const dequeued = (draft: Draft): void => {
  const { first } = draft.ingestion
  draft.ingested = withoutKey(draft.ingested, String(first))
  draft.ingestion = { ...draft.ingestion, first: first + 1 }
}

/** Whoever was taken first is there first, also where a clock goes back. */
const enqueue = (draft: Draft, frame: Frame, struck: number, at: Instant): void => {
  const { next, lastDue } = draft.ingestion
  const dueAt = Math.max(lastDue, at + draft.options.ingestionDelayMillis)
  draft.ingested = withValue(draft.ingested, String(next), { ...frame, struck, dueAt })
  draft.ingestion = { ...draft.ingestion, next: next + 1, lastDue: dueAt }
}

/** Carries out a call to the Data Ingestion API. @internal */
export const ingestPersons = (desk: Desk, wire: Wire, at: Instant): Answer => {
  const { draft } = desk
  const frame = readCall(desk, wire, at)
  if (typeof frame === 'string') return refused(frame, draft.total)
  enqueue(draft, frame, struckAt(desk.struck, frame.persons.length), at)
  return { status: 202, headers: { 'x-request-id': `${draft.total.toString(16)}-simulated` }, body: '' }
}

/** The answer of this host to a path that it does not serve. @internal */
export const nothingThere = (draft: Draft): Answer => refused('404040', draft.total)
