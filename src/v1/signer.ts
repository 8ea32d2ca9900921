/**
 * The customer's own signer: it answers a page that asks for the signature of an associateLead call, so that the private key never
 * enters the page.
 *
 *     GET /integrations/marketo/v1/<projectId>/<email>/hash   →   200 { "hash": "6cf6ee58…1896" }
 *
 * From request to answer as values: any HTTP server can hand the one in and send the other out. A signer that signs anything lets
 * anybody claim any lead, so give it `maySign`, which knows who asks.
 *
 *     404  another path               400  no email in it             403  an origin that is not listed, or `maySign` says no
 *     405  neither GET nor OPTIONS    500  no private key
 *
 * Sources: Segment's marketo for analytics.js 2.0.2 (the path); WHATWG, Fetch, CORS protocol.
 *
 * @module
 */
import { isRecord } from '../ground/json.js'
import { isEmail } from '../marketo/email.js'
import { associateLeadSignature } from './sign.js'

/**
 * A request as plain values: its `path`, or the whole `url`. Names of headers may have any case; a header that is no text counts as
 * absent.
 *
 * @category signing
 * @since 0.1.0
 */
export interface SignerQuestion {
  readonly method?: string | undefined
  readonly path?: string | undefined
  readonly url?: string | undefined
  readonly headers?: Readonly<Record<string, unknown>>
}

/**
 * What to send back.
 *
 * @category signing
 * @since 0.1.0
 */
export interface SignerAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/**
 * Who may ask.
 *
 * - `allowedOrigins`: pages of other origins that may read the answer, each exactly as a browser writes it (`https://www.example.com`).
 * A page of the signer's own origin need not be listed.
 * - `maySign`: whether the caller is the person with this email; names of headers come in small letters. Only `true` signs.
 * - `projectId`: the only project that is served; any, unless given.
 * - `basePath`: what stands before `/integrations`, such as `/api`.
 * - `allowedHeaders`, `allowCredentials`: what pages of those origins may send along, such as `authorization`, or their cookies.
 *
 * @category signing
 * @since 0.1.0
 */
export interface SignerOptions {
  readonly allowedOrigins: ReadonlyArray<string>
  readonly maySign?: (email: string, headers: Readonly<Record<string, string>>) => boolean
  readonly projectId?: string
  readonly basePath?: string
  readonly allowedHeaders?: ReadonlyArray<string>
  readonly allowCredentials?: boolean
}

type Headers = Readonly<Record<string, string>>

/** A request, read once. */
interface Asked {
  readonly method: string
  readonly path: string
  readonly headers: Headers
}

/** A member, inherited ones too: a request of Node's has its headers from its class. */
const memberOf = (u: unknown, name: string): unknown => (isRecord(u) ? u[name] : undefined)

/** A text member, or empty text. */
const textOf = (u: unknown, name: string): string => {
  const member = memberOf(u, name)
  return typeof member === 'string' ? member : ''
}

const readHeaders = (u: unknown): Headers => {
  const headers: Record<string, string> = {}
  if (!isRecord(u)) return headers
  for (const name of Object.keys(u)) {
    const value = u[name]
    if (typeof value === 'string') headers[name.toLowerCase()] = value
  }
  return headers
}

/** The path of an address: without scheme, host, query and fragment. */
const pathOf = (url: string): string => url.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '').replace(/[?#].*/s, '')

const readAsked = (u: unknown): Asked => ({
  method: textOf(u, 'method').toUpperCase(),
  path: pathOf(textOf(u, 'path') || textOf(u, 'url')),
  headers: readHeaders(memberOf(u, 'headers'))
})

const decoded = (text: string): string | undefined => {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}

/** The email's part of the path, still encoded, or undefined when this is no path of ours. */
const emailPart = (path: string, { projectId, basePath = '' }: SignerOptions): string | undefined => {
  const root = `${basePath}/`
  if (!path.startsWith(root)) return undefined
  const [integrations, marketo, version, project = '', email, hash, ...rest] = path.slice(root.length).split('/')
  const ours =
    integrations === 'integrations' &&
    marketo === 'marketo' &&
    version === 'v1' &&
    hash === 'hash' &&
    rest.length === 0 &&
    project !== ''
  return ours && (projectId === undefined || decoded(project) === projectId) ? email : undefined
}

const isAllowed = ({ headers }: Asked, { allowedOrigins }: SignerOptions): boolean =>
  headers.origin === undefined || allowedOrigins.includes(headers.origin)

/** What lets a page of another origin read the answer; the list and no star, because the answer is for one page. */
const crossOrigin = (asked: Asked, options: SignerOptions): Headers => {
  const { origin } = asked.headers
  if (origin === undefined || !isAllowed(asked, options)) return { Vary: 'Origin' }
  return {
    Vary: 'Origin',
    'Access-Control-Allow-Origin': origin,
    ...(options.allowCredentials === true ? { 'Access-Control-Allow-Credentials': 'true' } : {})
  }
}

const preflight = ({ allowedHeaders = [] }: SignerOptions): Headers => ({
  'Access-Control-Allow-Methods': 'GET',
  ...(allowedHeaders.length === 0 ? {} : { 'Access-Control-Allow-Headers': allowedHeaders.join(', ') })
})

const answer = (status: number, json: Readonly<Record<string, string>>, more: Headers = {}): SignerAnswer => ({
  status,
  headers: { 'Content-Type': 'application/json', 'Cache-Control': 'no-store', ...more },
  body: JSON.stringify(json)
})

const refusal = (status: number, problem: string, more: Headers = {}): SignerAnswer => answer(status, { problem }, more)

const methods = { Allow: 'GET, OPTIONS' }

const answerTo = (asked: Asked, options: SignerOptions, sign: (email: string) => string): SignerAnswer => {
  const part = emailPart(asked.path, options)
  if (part === undefined) return refusal(404, 'ask for /integrations/marketo/v1/<projectId>/<email>/hash')
  if (asked.method !== 'GET' && asked.method !== 'OPTIONS') return refusal(405, 'ask with GET', methods)
  if (!isAllowed(asked, options)) return refusal(403, 'pages of this origin may not ask: list it in allowedOrigins')
  if (asked.method === 'OPTIONS') {
    return { status: 204, headers: { ...methods, 'Cache-Control': 'no-store', ...preflight(options) }, body: '' }
  }
  const email = decoded(part)
  if (email === undefined || !isEmail(email)) return refusal(400, 'name one email in the path, percent-encoded')
  // Anything but true, a promise for instance, is no permission.
  if (options.maySign !== undefined && options.maySign(email, asked.headers) !== true)
    return refusal(403, 'this caller may not have that email signed')
  return answer(200, { hash: sign(email) })
}

/**
 * A signer of your own, as a function from request to answer. It keeps no state, never throws, and tells neither the key nor the email.
 * A `maySign` that throws refuses.
 *
 * @example
 * const signer = signerHandler('fortesting', {
 *   allowedOrigins: ['https://www.example.com'],
 *   maySign: (email, { cookie }) => cookie === 'session=1' && email === 'name@example.com'
 * })
 * const path = '/integrations/marketo/v1/p1/name%40example.com/hash'
 * signer({ method: 'GET', path, headers: { Cookie: 'session=1' } }).body
 * // => '{"hash":"6cf6ee588c0268fa802c6e32a21b902ef5ff1896"}'
 * signer({ method: 'GET', path }).status // => 403
 * @category signing
 * @since 0.1.0
 */
export const signerHandler = (
  privateKey: string,
  options: SignerOptions
): ((request: SignerQuestion) => SignerAnswer) => {
  const sign = associateLeadSignature(privateKey)
  return (request) => {
    try {
      if (privateKey === '') return refusal(500, 'the signer has no private key')
      const asked = readAsked(request)
      const found = answerTo(asked, options, sign)
      return { ...found, headers: { ...found.headers, ...crossOrigin(asked, options) } }
    } catch {
      return refusal(403, 'the request could not be judged')
    }
  }
}
