/**
 * Requests to the REST API, as most endpoints have them.
 *
 *     POST /rest/v1/…   a bearer token, a JSON body, nothing in the query
 *
 * @module
 */
import { type JsonObject, kindOf } from '../ground/json.js'
import type { Path } from '../ground/path.js'
import { malformed, type Problem } from '../ground/problem.js'
import { type EndpointName, type HttpRequest, type Lifecycle, live, type Pairs } from '../intent/descriptor.js'
import type { MunchkinId } from '../marketo/munchkin-id.js'
import { isMarketoId } from './lead-ref.js'
import { isUriTooLong } from './request-uri.js'

/** A request with a JSON body; `path` is what follows `/rest/v1`. @internal */
export const jsonPost = (
  endpoint: EndpointName,
  munchkinId: MunchkinId,
  path: ReadonlyArray<string>,
  json: JsonObject,
  lifecycle: Lifecycle = live
): HttpRequest => ({
  _tag: 'HttpRequest',
  endpoint,
  munchkinId,
  host: 'rest',
  method: 'POST',
  path: ['rest', 'v1', ...path],
  query: [],
  headers: {},
  body: { json },
  auth: 'bearer',
  lifecycle
})

/** A request that says all it has to say in its URL; `path` is the whole of it. @internal */
export const inUrl = (
  endpoint: EndpointName,
  munchkinId: MunchkinId,
  method: 'GET' | 'DELETE',
  path: ReadonlyArray<string>,
  query: Pairs
): HttpRequest => ({
  _tag: 'HttpRequest',
  endpoint,
  munchkinId,
  host: 'rest',
  method,
  path,
  query,
  headers: {},
  body: null,
  auth: 'bearer',
  lifecycle: live
})

/** A question that says all in its URL, or as a form where the URL would be too long. @internal */
export const inUrlOrForm = (
  endpoint: EndpointName,
  munchkinId: MunchkinId,
  path: ReadonlyArray<string>,
  pairs: Pairs
): HttpRequest => {
  const short = inUrl(endpoint, munchkinId, 'GET', path, pairs)
  if (!isUriTooLong(short)) return short
  return { ...short, method: 'POST', query: [['_method', 'GET']], body: { form: pairs } }
}

/** Why a value is not the number of such a thing, or undefined. @internal */
export const unfitNumber = (at: Path, u: unknown, thing: string): Problem | undefined =>
  isMarketoId(u) ? undefined : malformed('invalid', at, kindOf(u), `${thing} has a whole number above zero`)
