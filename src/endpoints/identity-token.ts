/**
 * The identity endpoint: client credentials for an access token.
 *
 *     GET /identity/oauth/token?grant_type=client_credentials      client_id and client_secret are the sender's to add
 *     { "access_token": …, "token_type": "bearer", "expires_in": 3599, "scope": … }
 *
 * Asked again before it expires, Marketo gives the same token with the seconds that are left. The verdict tells those seconds and never
 * holds the token: whoever sends reads it with the adapter's `readAccessToken` and keeps it. For the same reason a refusal repeats no
 * free text of the answer: Marketo names the client in it.
 *
 * Source: Adobe "Authentication"; swagger-identity; "Error Codes" (401).
 *
 * @module
 */
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import { isRecord, ownMember, type UnknownRecord } from '../ground/json.js'
import { isNonEmpty } from '../ground/these.js'
import { type Call, type HttpRequest, live } from '../intent/descriptor.js'
import type { Answer, Reason, Refused } from '../intent/outcome.js'
import type { MunchkinId } from '../marketo/munchkin-id.js'
import { bodyValue, isDone, recordReasons, remedyOf, retryAfterOf, statusOf, unexplained } from './envelope.js'

/**
 * A token was given: it lives for so many seconds more. 0 where the answer does not say: good for one call at most.
 *
 * @category tokens
 * @since 0.1.0
 */
export interface TokenGranted {
  readonly _tag: 'TokenGranted'
  readonly expiresIn: number
}

/**
 * The call that asks an instance for an access token. It carries out no intent, and does not count against the daily quota.
 *
 * @category endpoints
 * @since 0.1.0
 */
export const describeIdentityToken = (munchkinId: MunchkinId): Call<HttpRequest> => ({
  descriptor: {
    _tag: 'HttpRequest',
    endpoint: 'identityToken',
    munchkinId,
    host: 'identity',
    method: 'GET',
    path: ['identity', 'oauth', 'token'],
    query: [['grant_type', 'client_credentials']],
    headers: {},
    body: null,
    auth: 'client-credentials',
    lifecycle: live
  },
  intents: [],
  slots: []
})

/** The token of an answer, or undefined. @internal */
export const accessTokenOf = (answer: Answer): string | undefined => {
  const body = bodyValue(answer.body)
  const token = isRecord(body) ? ownMember(body, 'access_token') : undefined
  return typeof token === 'string' && token !== '' ? token : undefined
}

const digits = /^\d{1,9}$/

const secondsOf = (u: unknown): number => {
  const n = typeof u === 'string' && digits.test(u) ? Number(u) : u
  return typeof n === 'number' && Number.isFinite(n) && n > 0 ? Math.floor(n) : 0
}

const code = /^\d{1,7}$/
const oauthError = /^[a-z_]{1,40}$/

/** Why, without a word that could name the client: numeric codes, and OAuth's own error names. */
const reasonsOf = (status: number, body: UnknownRecord): ReadonlyArray<Reason> => {
  const error = ownMember(body, 'error')
  const named = typeof error === 'string' && oauthError.test(error) ? [{ code: String(status), message: error }] : []
  const coded = recordReasons(body).filter((reason) => code.test(reason.code))
  return [...named, ...coded.map((reason) => ({ code: reason.code, message: '' }))]
}

const refused = (status: number, told: ReadonlyArray<Reason>, retryAfter: number | null): Refused => {
  const reasons: ReadonlyNonEmptyArray<Reason> = isNonEmpty(told)
    ? told
    : [unexplained(status, 'the answer holds no access token')]
  const remedy = remedyOf(reasons, { level: 'identity', httpStatus: status, operation: undefined })
  return { _tag: 'Refused', requestId: null, reasons, remedy, retryAfter }
}

/**
 * What the identity endpoint made of a request. Unlike the rest of Marketo it answers with a true HTTP status: 401 for an unknown client
 * or a wrong secret.
 *
 * @example
 * interpretIdentityToken({ status: 200, headers: {}, body: '{"access_token":"abc:ab","expires_in":3599}' })
 * // => { _tag: 'TokenGranted', expiresIn: 3599 }
 * @category endpoints
 * @since 0.1.0
 */
export const interpretIdentityToken = (answer: Answer): TokenGranted | Refused => {
  let status = 0
  try {
    status = statusOf(answer)
    const body = bodyValue(answer.body)
    const envelope = isRecord(body) ? body : {}
    return isDone(status) && accessTokenOf(answer) !== undefined
      ? { _tag: 'TokenGranted', expiresIn: secondsOf(ownMember(envelope, 'expires_in')) }
      : refused(status, reasonsOf(status, envelope), retryAfterOf(answer.headers))
  } catch {
    return refused(status, [], null)
  }
}
