/**
 * The envelope around every answer of Marketo's REST API, read once for all endpoints.
 *
 *     { requestId, success, result: [ { id, status, reasons | errors } ], errors, warnings, moreResult, nextPageToken }
 *
 * Nearly every failure comes with HTTP 200: `success` tells. All but `success` may be absent; codes come as text and as numbers,
 * warnings as objects and as plain text. An answer can also be a gateway's HTML, or cut off; whatever it is, reading it never throws.
 *
 * Sources: Adobe "Error Codes", "Lead Database", "Activities", "Assets"; public traffic.
 *
 * @module
 */
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import { isRecord, ownMember, type UnknownRecord } from '../ground/json.js'
import { isNonEmpty } from '../ground/these.js'
import type { Answer, Reason, Refused } from '../intent/outcome.js'
import { type ErrorLevel, type Operation, type Remedy, remedyFor } from '../marketo/error-codes.js'

/**
 * An answer that says `success`: what it tells besides. `result` is null when there is none; `more` says that pages follow, `moreResult` what
 * the answer itself says of that, and `nextPageToken` is null when there is none.
 *
 * @internal
 */
export interface Opened<A> {
  readonly _tag: 'Opened'
  readonly httpStatus: number
  readonly requestId: string | null
  readonly warnings: ReadonlyArray<Reason>
  readonly result: ReadonlyArray<A> | null
  readonly more: boolean
  readonly moreResult: boolean | null
  readonly nextPageToken: string | null
}

/** An answer as it came: where it stands, what it was for. @internal */
export interface Circumstances {
  readonly level: ErrorLevel
  readonly httpStatus: number
  readonly operation: Operation | undefined
}

/** The JSON value of a body, whether it came as text or parsed; undefined for what is no JSON. @internal */
export const bodyValue = (body: unknown): unknown => {
  if (typeof body !== 'string') return body
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

const textOf = (u: unknown): string => (typeof u === 'string' ? u : typeof u === 'number' ? String(u) : '')

const reasonOf = (u: unknown): Reason =>
  isRecord(u)
    ? { code: textOf(ownMember(u, 'code')), message: textOf(ownMember(u, 'message')) }
    : { code: '', message: textOf(u) }

/** No answer of Marketo's lists more than a thousand; a list that says it has billions is not gone through. */
const mostMembers = 10_000

/** A list, read member by member: a list's own `map` may be anything. @internal */
export const eachOf = <A>(list: ReadonlyArray<unknown>, read: (u: unknown) => A): ReadonlyArray<A> =>
  Array.from({ length: Math.min(list.length, mostMembers) }, (_, i) => read(list[i]))

/** Reasons under one name of an object: a list of them, one alone, or none. */
const reasonsUnder = (record: UnknownRecord, name: string): ReadonlyArray<Reason> => {
  const u = ownMember(record, name)
  if (Array.isArray(u)) return eachOf(u, reasonOf)
  return isRecord(u) || (typeof u === 'string' && u !== '') ? [reasonOf(u)] : []
}

/** Why a record was not done: leads say `reasons`, custom activities `errors`. @internal */
export const recordReasons = (record: UnknownRecord): ReadonlyArray<Reason> => [
  ...reasonsUnder(record, 'reasons'),
  ...reasonsUnder(record, 'errors')
]

/** From what no request of ours can mend to what is no fault at all: with several reasons, the first of these decides. */
const gravest: ReadonlyArray<Remedy> = [
  'ask-administrator',
  'mend-request',
  'mend-record',
  'split-request',
  'renew-token',
  'await-quota',
  'throttle',
  'back-off',
  'accept'
]

/** The remedy of several reasons: sending again helps only when it helps against each of them. @internal */
export const remedyOf = (reasons: ReadonlyNonEmptyArray<Reason>, circumstances: Circumstances): Remedy => {
  let remedy: Remedy = 'accept'
  for (const reason of reasons) {
    const other = remedyFor({ ...reason, ...circumstances })
    if (gravest.indexOf(other) < gravest.indexOf(remedy)) remedy = other
  }
  return remedy
}

const seconds = /^\d{1,9}$/

/** Seconds to wait, where the answer gives them as a number; a date would need a clock. @internal */
export const retryAfterOf = (headers: unknown): number | null => {
  const text = isRecord(headers) ? ownMember(headers, 'retry-after') : undefined
  return typeof text === 'string' && seconds.test(text.trim()) ? Number(text) : null
}

const requestIdOf = (envelope: UnknownRecord): string | null => {
  const id = ownMember(envelope, 'requestId')
  return typeof id === 'string' ? id : null
}

/** The HTTP status; 0 where it is no number. @internal */
export const statusOf = ({ status }: { readonly status: unknown }): number => (typeof status === 'number' ? status : 0)

/** Whether the HTTP status speaks of success, which Marketo's envelope may still deny. @internal */
export const isDone = (status: number): boolean => status >= 200 && status < 300

/** What to say when the answer gives no reason that can be read: its status, or in our words what a 2xx lacks. @internal */
export const unexplained = (status: number, lacking: string): Reason =>
  isDone(status) ? { code: '', message: lacking } : { code: String(status), message: `HTTP status ${status}` }

const refusal = (answer: Answer, envelope: UnknownRecord | undefined, operation?: Operation): Refused => {
  const told = envelope === undefined ? [] : reasonsUnder(envelope, 'errors')
  const lacking =
    envelope === undefined ? 'the answer is no JSON object' : 'the answer neither says success nor gives a reason'
  const reasons: ReadonlyNonEmptyArray<Reason> = isNonEmpty(told) ? told : [unexplained(answer.status, lacking)]
  const level = isNonEmpty(told) ? 'response' : 'http'
  return {
    _tag: 'Refused',
    requestId: envelope === undefined ? null : requestIdOf(envelope),
    reasons,
    remedy: remedyOf(reasons, { level, httpStatus: answer.status, operation }),
    retryAfter: retryAfterOf(answer.headers)
  }
}

const resultOf = <A>(envelope: UnknownRecord, read: (u: unknown) => A): ReadonlyArray<A> | null => {
  const result = ownMember(envelope, 'result')
  return Array.isArray(result) ? eachOf(result, read) : null
}

const opened = <A>(httpStatus: number, envelope: UnknownRecord, read: (u: unknown) => A): Opened<A> => {
  const token = ownMember(envelope, 'nextPageToken')
  const moreResult = ownMember(envelope, 'moreResult')
  const nextPageToken = typeof token === 'string' && token !== '' ? token : null
  return {
    _tag: 'Opened',
    httpStatus,
    requestId: requestIdOf(envelope),
    // A success seldom lists errors; when it does they are told with the warnings, because nothing may be lost.
    warnings: [...reasonsUnder(envelope, 'warnings'), ...reasonsUnder(envelope, 'errors')],
    result: resultOf(envelope, read),
    more: moreResult === true || nextPageToken !== null,
    moreResult: typeof moreResult === 'boolean' ? moreResult : null,
    nextPageToken
  }
}

/**
 * Reads an answer: opened, with each member of its result read by `read`, or refused as a whole. Nothing of the answer is kept that
 * was not read here, so nobody behind this door can meet a getter that throws.
 *
 * @internal
 */
export const openAnswer = <A>(answer: Answer, read: (u: unknown) => A, operation?: Operation): Opened<A> | Refused => {
  let status = 0
  try {
    status = statusOf(answer)
    const body = bodyValue(answer.body)
    const envelope = isRecord(body) ? body : undefined
    return envelope !== undefined && isDone(status) && ownMember(envelope, 'success') === true
      ? opened(status, envelope, read)
      : refusal(answer, envelope, operation)
  } catch {
    return refusal({ status, headers: {}, body: undefined }, undefined)
  }
}

/** The refusal that a status alone tells, or undefined for 2xx: for a host whose bodies mean nothing. @internal */
export const refusedByStatus = (answer: Answer): Refused | undefined => {
  try {
    return isDone(answer.status) ? undefined : refusal({ ...answer, body: undefined }, undefined)
  } catch {
    return refusal({ status: 0, headers: {}, body: undefined }, undefined)
  }
}
