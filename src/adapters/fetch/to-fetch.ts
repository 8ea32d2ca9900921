/**
 * From a descriptor to the two arguments of `fetch`. Nothing is sent here.
 *
 *     await fetch(...toFetch({ accessToken })(call.descriptor))
 *     await fetch(...toFetch({ soapUserId, soapEncryptionKey, soapInstant: Date.now() })(call.descriptor))
 *
 * Path and query are encoded here, once, and the credential is added; a descriptor holds neither.
 *
 * @module
 */

import { bodyText } from '../../endpoints/body-text.js'
import { hostName, requestUri } from '../../endpoints/request-uri.js'
import { unfitPart } from '../../ground/uri.js'
import type { HttpRequest } from '../../intent/descriptor.js'
import { added, type Credentials, signed } from './credentials.js'

/**
 * The second argument of `fetch`.
 *
 * @category sending
 * @since 0.1.0
 */
export interface FetchInit {
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}

/**
 * How requests are made. `baseUrl` stands in for `https://<host>`, for a test server or a proxy; it has no slash at its end.
 *
 * @category sending
 * @since 0.1.0
 */
export interface FetchOptions {
  readonly baseUrl?: string
}

/** An empty part is a place that an earlier answer should have filled; sent so, it would be another address. */
const checkPath = ({ path }: HttpRequest): void => {
  const found = path.map(unfitPart).find((finding) => finding !== undefined)
  if (found !== undefined) throw new TypeError(`a path part is ${found}: fill the call's slots before it is sent`)
}

/**
 * A descriptor as the arguments of `fetch`, with the credential that it asks for. Throws a TypeError, which names no value, when that
 * credential is not given (or makes no SOAP signature), or a slot of the path is not filled: the caller's own mistakes. The URL of the identity call holds
 * the client secret, because Marketo wants it there: keep it out of logs.
 *
 * @example
 * import { toFetch } from 'segment-marketo/fetch'
 * import { describeIdentityToken } from 'segment-marketo/endpoints'
 * import { isMunchkinId } from 'segment-marketo/marketo'
 *
 * const munchkinId = '561-HYG-937'
 * isMunchkinId(munchkinId) && toFetch({ clientId: 'id', clientSecret: 'secret' })(describeIdentityToken(munchkinId).descriptor)[0]
 * // => 'https://561-HYG-937.mktorest.com/identity/oauth/token?grant_type=client_credentials&client_id=id&client_secret=secret'
 * @category sending
 * @since 0.1.0
 */
export const toFetch =
  (credentials: Credentials, { baseUrl }: FetchOptions = {}) =>
  (request: HttpRequest): readonly [url: string, init: FetchInit] => {
    checkPath(request)
    const { method, host, munchkinId, path, body } = signed(request, credentials)
    const extra = added(request.auth, credentials)
    const uri = requestUri({ path, query: [...request.query, ...extra.query] })
    const url = `${baseUrl ?? `https://${hostName(host, munchkinId)}`}${uri}`
    const headers = { ...request.headers, ...extra.headers }
    if (body === null) return [url, { method, headers }]
    const { type, text } = bodyText(body)
    return [url, { method, headers: { ...headers, 'Content-Type': type }, body: text }]
  }
