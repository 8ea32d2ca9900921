/**
 * A request as it comes over the wire, as plain JSON: what a descriptor becomes, and what an HTTP server takes in.
 *
 *     { host: 'rest', method: 'POST', path: ['rest', 'v1', 'leads.json'], query: [],
 *       headers: { authorization: 'Bearer …', 'content-type': 'application/json' }, body: '{"input":[…]}' }
 *
 * Path parts and query pairs are decoded, header names in lower case.
 *
 * @module
 */
import { bodyText } from '../endpoints/body-text.js'
import { isRecord, ownMember } from '../ground/json.js'
import type { Host, HttpRequest, Pairs } from '../intent/descriptor.js'

/**
 * A request over the wire. `munchkinId` is the one of the host name, absent where the host does not tell; `inFlight` is how many other
 * calls to the instance are running at that moment, 0 when it is absent.
 *
 * @category simulator
 * @since 0.1.0
 */
export interface SimulatorRequest {
  readonly munchkinId?: string
  readonly host: Host
  readonly method: string
  readonly path: ReadonlyArray<string>
  readonly query: Pairs
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | null
  readonly inFlight?: number
}

/**
 * What a sender adds to descriptors: a token for most, the client for the identity endpoint. What is absent is not added.
 *
 * @category simulator
 * @since 0.1.0
 */
export interface SimulatorCredentials {
  readonly accessToken?: string
  readonly clientId?: string
  readonly clientSecret?: string
}

const optional = (name: string, value: string | undefined): Pairs => (value === undefined ? [] : [[name, value]])

/**
 * The request that a descriptor becomes when it is sent with these credentials.
 *
 * @example
 * import { describeIdentityToken } from 'segment-marketo/endpoints'
 * import { isMunchkinId } from 'segment-marketo/marketo'
 * import { requestOf } from 'segment-marketo/simulator'
 *
 * const munchkinId = '561-HYG-937'
 * isMunchkinId(munchkinId) &&
 *   requestOf(describeIdentityToken(munchkinId).descriptor, { clientId: 'id', clientSecret: 'secret' }).query
 * // => [['grant_type', 'client_credentials'], ['client_id', 'id'], ['client_secret', 'secret']]
 * @category simulator
 * @since 0.1.0
 */
export const requestOf = (descriptor: HttpRequest, credentials: SimulatorCredentials): SimulatorRequest => {
  const { munchkinId, host, method, path, auth } = descriptor
  const { accessToken, clientId, clientSecret } = credentials
  const given = Object.entries(descriptor.headers).map(([name, value]) => [name.toLowerCase(), value] as const)
  const bearer =
    auth === 'bearer' ? optional('authorization', accessToken === undefined ? undefined : `Bearer ${accessToken}`) : []
  const bare = auth === 'user-token' ? optional('x-mkto-user-token', accessToken) : []
  const client =
    auth === 'client-credentials'
      ? [...optional('client_id', clientId), ...optional('client_secret', clientSecret)]
      : []
  const body = descriptor.body === null ? null : bodyText(descriptor.body)
  const type = body === null ? [] : optional('content-type', body.type)
  return {
    munchkinId,
    host,
    method,
    path,
    query: [...descriptor.query, ...client],
    headers: Object.fromEntries([...given, ...bearer, ...bare, ...type]),
    body: body === null ? null : body.text
  }
}

/** A request with every member there and of its type. @internal */
export interface Wire {
  readonly munchkinId: string | null
  readonly host: string
  readonly method: string
  readonly path: ReadonlyArray<string>
  readonly query: Pairs
  readonly contentType: string
  readonly authorization: string | undefined
  readonly userToken: string | undefined
  readonly correlationId: string
  readonly range: string
  readonly body: string
  readonly inFlight: number
}

const text = (u: unknown): string => (typeof u === 'string' ? u : '')

const pairsOf = (u: unknown): Pairs =>
  Array.isArray(u)
    ? u.flatMap((pair: unknown) => (Array.isArray(pair) ? [[text(pair[0]), text(pair[1])] as const] : []))
    : []

const read = (u: unknown): Wire => {
  const request = isRecord(u) ? u : {}
  const { munchkinId, path, headers, inFlight } = request
  const head = isRecord(headers) ? headers : {}
  const authorization = ownMember(head, 'authorization')
  const userToken = ownMember(head, 'x-mkto-user-token')
  return {
    munchkinId: typeof munchkinId === 'string' ? munchkinId : null,
    host: text(request.host),
    method: text(request.method).toUpperCase(),
    path: Array.isArray(path) ? path.map(text) : [],
    query: pairsOf(request.query),
    contentType: text(ownMember(head, 'content-type')),
    authorization: typeof authorization === 'string' ? authorization : undefined,
    userToken: typeof userToken === 'string' ? userToken : undefined,
    correlationId: text(ownMember(head, 'x-correlation-id')),
    range: text(ownMember(head, 'range')),
    body: text(request.body),
    inFlight: typeof inFlight === 'number' && inFlight > 0 ? inFlight : 0
  }
}

const nothing: Wire = read(undefined)

/** A request as it came, whatever came: what cannot be read is absent, and reading it never throws. @internal */
export const readWire = (u: unknown): Wire => {
  try {
    return read(u)
  } catch {
    return nothing
  }
}

const plus = /\+/g

const decoded = (part: string): string => {
  const spaced = part.replace(plus, ' ')
  try {
    return decodeURIComponent(spaced)
  } catch {
    return spaced
  }
}

/** The pairs of a form body, decoded. @internal */
export const formPairs = (body: string): Pairs =>
  body.split('&').flatMap((pair) => {
    if (pair === '') return []
    const at = pair.indexOf('=')
    return at < 0
      ? [[decoded(pair), ''] as const]
      : [[decoded(pair.slice(0, at)), decoded(pair.slice(at + 1))] as const]
  })

/** The pairs of a read: those of a form, too, where it was too long for a GET. @internal */
export const readPairs = ({ method, query, body }: Wire): Pairs =>
  method === 'POST' ? [...query, ...formPairs(body)] : query
