/**
 * Visit Web Page: a page view that a server reports as Munchkin would have.
 *
 *     GET https://561-HYG-937.mktoresp.com/webevents/visitWebPage?_mchNc=…&_mchTk=…&_mchHo=www.example.com&_mchRu=%2Fpricing&…
 *     User-Agent: the visitor's own
 *
 * Everything is in the URL, except who looks: user agent and address are those of the HTTP request itself. So the header is set, and a
 * call without a user agent is no visit. No parameter carries the address, and nothing public says whether Marketo would believe a
 * forwarded one.
 *
 * Sources: Munchkin 159 and captures; Segment "Marketo v2 Destination", Page (url and user agent are required).
 *
 * @module
 */
import type * as E from 'fp-ts/Either'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import { kindOf } from '../ground/json.js'
import { malformed, missing, type Problem } from '../ground/problem.js'
import { isWellFormed } from '../ground/utf8.js'
import { type Call, type Described, type HttpRequest, live, type Pairs } from '../intent/descriptor.js'
import type { VisitPage } from '../intent/intent.js'
import type { Answer, Verdict } from '../intent/outcome.js'
import { byteLimits } from '../marketo/limits.js'
import { describeEach, type Written } from './batch.js'
import { derivedToken, type TokenOf, visitorToken } from './derived-token.js'
import { refusedByStatus } from './envelope.js'
import { pageLoadPairs } from './page-load.js'
import { allApplied } from './record-outcomes.js'
import { isUriTooLong } from './request-uri.js'

/**
 * How visits are reported. `forwardIp` sends the visitor's address as `X-Forwarded-For`; whether Marketo honours it is not known.
 *
 * @category visitors
 * @since 0.1.0
 */
export interface VisitOptions {
  readonly forwardIp?: boolean
}

/** The newest version whose parameters are all known. */
const version = '159'

/** Scheme, host and port of a page; another scheme has no visits. */
const webOrigin = /^(https?:)\/\/([^/?#:@[\]]+|\[[0-9a-f.:]+\])(?::(\d{1,5}))?$/i
const ownPorts: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' }

interface Origin {
  readonly scheme: string
  readonly host: string
  readonly port: string
}

const noHost: Problem = missing(
  'invalid',
  ['page', 'origin'],
  'a beacon names the host of the page: send an absolute URL, or set an origin for pages'
)

const readOrigin = (text: string | null): E.Either<Problem, Origin> => {
  if (text === null) return { _tag: 'Left', left: noHost }
  const [, scheme = '', host, port = ''] = webOrigin.exec(text) ?? []
  if (host === undefined) {
    const mend = 'only pages of http and https can be visited'
    return { _tag: 'Left', left: malformed('invalid', ['page', 'origin'], kindOf(text), mend) }
  }
  const lower = scheme.toLowerCase()
  return { _tag: 'Right', right: { scheme: lower, host, port: port === ownPorts[lower] ? '' : port } }
}

/** Printable Latin-1: what an HTTP header can hold, and nothing that could begin another one. */
const headerText = /^[\x20-\x7e\xa0-\xff]+$/
const ipText = /^[0-9a-f.:]{2,45}$/i

const unfitHeaders = ({ userAgent, ip }: VisitPage, forwardIp: boolean): Problem | undefined => {
  if (userAgent.trim() === '')
    return missing('invalid', ['userAgent'], "send the visitor's user agent as context.userAgent")
  if (!headerText.test(userAgent)) {
    return malformed(
      'invalid',
      ['userAgent'],
      'text that no header can hold',
      'send printable Latin-1 text on one line'
    )
  }
  return forwardIp && ip !== null && !ipText.test(ip)
    ? malformed('invalid', ['ip'], kindOf(ip), 'send an IPv4 or IPv6 address')
    : undefined
}

const headersOf = ({ userAgent, ip }: VisitPage, forwardIp: boolean): Readonly<Record<string, string>> =>
  forwardIp && ip !== null ? { 'User-Agent': userAgent, 'X-Forwarded-For': ip } : { 'User-Agent': userAgent }

const requestOf = (visit: VisitPage, query: Pairs, forwardIp: boolean): HttpRequest => ({
  _tag: 'HttpRequest',
  endpoint: 'visitWebPage',
  munchkinId: visit.munchkinId,
  host: 'beacon',
  method: 'GET',
  path: ['webevents', 'visitWebPage'],
  query,
  headers: headersOf(visit, forwardIp),
  body: null,
  auth: 'none',
  lifecycle: live
})

/** Why values are not all well-formed text, or undefined; those of an intent made by hand may be anything. */
const unfitTexts = (values: ReadonlyArray<unknown>): Problem | undefined => {
  for (const u of values) {
    if (typeof u === 'string' && isWellFormed(u)) continue
    const found = typeof u === 'string' ? 'text with half a surrogate pair' : kindOf(u)
    return malformed('invalid', ['page'], found, 'send well-formed text')
  }
  return undefined
}

const queryOf = (visit: VisitPage, tokenOf: TokenOf): E.Either<Problem, Pairs> => {
  const { munchkinId, page, at: now, referrer } = visit
  if (!Number.isSafeInteger(now))
    return { _tag: 'Left', left: malformed('invalid', ['at'], kindOf(now), 'send whole milliseconds') }
  const origin = readOrigin(page.origin)
  if (origin._tag === 'Left') return origin
  const token = visitorToken(visit, tokenOf)
  if (token._tag === 'Left') return token
  const { path, params, fragment } = page
  // Decoding neither mends nor breaks a pair: what is well formed stays so.
  const { scheme, host, port } = origin.right
  const problem = unfitTexts([host, path, params, fragment, referrer])
  if (problem !== undefined) return { _tag: 'Left', left: problem }
  return {
    _tag: 'Right',
    right: pageLoadPairs({
      now,
      munchkinId,
      token: token.right,
      version,
      scheme,
      host,
      port,
      path,
      params,
      fragment,
      referrer
    })
  }
}

const tooLong: Problem = malformed(
  'invalid',
  ['page'],
  'an address too long for a URL',
  `Marketo takes URLs of ${byteLimits.uri} bytes: shorten the page's address or its referrer`
)

const write =
  (forwardIp: boolean, tokenOf: TokenOf) =>
  (visit: VisitPage): Written => {
    const problem = unfitHeaders(visit, forwardIp)
    if (problem !== undefined) return { problem }
    const query = queryOf(visit, tokenOf)
    if (query._tag === 'Left') return { problem: query.left }
    const descriptor = requestOf(visit, query.right, forwardIp)
    return isUriTooLong(descriptor) ? { problem: tooLong } : { descriptor, slots: [] }
  }

/** The same calls as {@link describeVisitWebPage}, their tokens derived in this way. @internal */
export const visitWebPages = (visits: ReadonlyNonEmptyArray<VisitPage>, tokenOf: TokenOf): Described<HttpRequest> =>
  describeEach(visits, write(false, tokenOf))

/**
 * Beacons for a batch of page views, one call each.
 *
 * @category endpoints
 * @since 0.1.0
 */
export const describeVisitWebPage = (
  visits: ReadonlyNonEmptyArray<VisitPage>,
  { forwardIp = false }: VisitOptions = {}
): Described<HttpRequest> => describeEach(visits, write(forwardIp, derivedToken))

/**
 * What became of a page view. The beacon host answers with a status and nothing that is documented: 2xx is all that success means here.
 *
 * @category endpoints
 * @since 0.1.0
 */
export const interpretVisitWebPage = (call: Call<HttpRequest>, answer: Answer): Verdict =>
  refusedByStatus(answer) ?? allApplied(call, null, [])
