/**
 * What a visit that a server reports is made of: the page's address, and what surrounded it.
 *
 *     address     properties.url or context.page.url, taken apart
 *     origin      its own; for a relative one that of context.page.url, the settings, the cookie's domain
 *     agent       context.userAgent         the header of the request is the only place for it
 *     time        timestamp, originalTimestamp, receivedAt, sentAt
 *     referrer, ip                          a visit can do without
 *
 * Sources: Segment spec, "Page", "Common Fields"; Adobe "Lead Tracking"; Munchkin 159.
 *
 * @module
 */
import type { Instant } from '../ground/calendar.js'
import { kindOf } from '../ground/json.js'
import type { Path } from '../ground/path.js'
import { malformed, missing, type Problem } from '../ground/problem.js'
import { isWellFormed } from '../ground/utf8.js'
import type { PageAddress } from '../intent/intent.js'
import type { Trace } from '../intent/trace.js'
import { readMunchkinCookie, tokenDomain } from '../marketo/munchkin-cookie.js'
import { readIp, readUserAgent } from '../segment/context.js'
import type { SegmentEvent } from '../segment/event.js'
import { readEventTime } from '../segment/event-time.js'
import type { Found } from '../segment/found.js'
import { readContextPage, readPage } from '../segment/page.js'
import { readPageAddress } from '../segment/page-url.js'

const mendUrl = 'send the page’s url in properties or context.page: Marketo takes no visit without one'
const mendAgent = 'set context.userAgent on the server: Marketo takes no visit without one'

/** The page's address, or undefined after saying why there is none that can be visited. */
export const readAddress = (event: SegmentEvent, problems: Array<Problem>): Found<PageAddress> | undefined => {
  const url = readPage(event, 'url') ?? readPage(event, 'path')
  if (url === undefined) {
    problems.push(missing('invalid', ['properties', 'url'], mendUrl))
    return undefined
  }
  const value = readPageAddress(url.value, url.at, problems)
  return value === undefined ? undefined : { value, at: url.at }
}

/** Printable Latin-1, as a header takes it, and not blank: a line break in a user agent would be a header of its own. */
const headerText = /^[\x20\xa0]*[\x21-\x7e\xa1-\xff][\x20-\x7e\xa0-\xff]*$/

/** Whether a text can be a user agent. */
export const isAgent = (text: string): boolean => headerText.test(text)

/** The user agent, or undefined after saying why there is none; `fallback` stands in for an absent one. */
export const readAgent = (
  event: SegmentEvent,
  fallback: string | null,
  problems: Array<Problem>
): { readonly value: string; readonly at: Path | null } | undefined => {
  const agent = readUserAgent(event)
  if (agent === undefined) {
    if (fallback !== null) return { value: fallback, at: null }
    problems.push(missing('invalid', ['context', 'userAgent'], mendAgent))
  } else if (typeof agent.value === 'string' && isAgent(agent.value)) return { value: agent.value, at: agent.at }
  else
    problems.push(
      malformed('invalid', agent.at, kindOf(agent.value), 'send the user agent as printable text in one line')
    )
  return undefined
}

/** When it happened; undefined after saying why not. */
export const readInstant = (event: SegmentEvent, problems: Array<Problem>): Found<Instant> | undefined => {
  const time = readEventTime(event, problems)
  if (time === undefined)
    problems.push(missing('invalid', ['timestamp'], 'send a timestamp in ISO 8601, such as 2024-05-01T10:00:00Z'))
  return time
}

const ipForm = /^[0-9A-Fa-f]*[.:][0-9A-Fa-f:.]*$/

const isIp = (text: string): boolean => text.length >= 2 && text.length <= 45 && ipForm.test(text)

/** A value that a visit can do without: said when it cannot be used, absent when it is absent. */
const readOptional = (
  found: Found<unknown> | undefined,
  test: (text: string) => boolean,
  mend: string,
  problems: Array<Problem>
): string | undefined => {
  if (found === undefined) return undefined
  if (typeof found.value === 'string' && test(found.value)) return found.value
  problems.push(malformed('dropped', found.at, kindOf(found.value), mend))
  return undefined
}

/** Says for a trace what became of a value that a visit can do without. */
const traceOptional = (
  part: string,
  found: Found<unknown> | undefined,
  text: string | undefined,
  trace: Trace
): void => {
  if (found === undefined) return
  if (text === undefined) trace.stays.push({ at: found.at, why: `dropped: found ${kindOf(found.value)}` })
  else trace.moves.push({ to: ['VisitPage', part], from: found.at, rule: `${part} of the call`, did: [] })
}

/** Where the visitor came from and which network address they had, each if the call says so. */
export const readSurroundings = (
  event: SegmentEvent,
  problems: Array<Problem>,
  trace: Trace | null
): { readonly referrer: string; readonly ip: string | null } => {
  const referrer = readPage(event, 'referrer')
  const ip = readIp(event)
  const referrerText = readOptional(referrer, isWellFormed, 'send the referrer as text', problems)
  const ipText = readOptional(ip, isIp, 'send an IPv4 or IPv6 address as text', problems)
  if (trace !== null) {
    traceOptional('referrer', referrer, referrerText, trace)
    traceOptional('ip', ip, ipText, trace)
  }
  return { referrer: referrerText ?? '', ip: ipText ?? null }
}

/** A scheme and a host, and where they came from: null for the settings. */
export interface Origin {
  readonly value: string | null
  readonly at: Path | null
}

/** Scheme and host for a relative address: the page that the call came from, the settings, the cookie's domain. */
export const originFor = (
  pageOrigin: string | null,
  event: SegmentEvent,
  cookie: Found<string> | undefined
): Origin => {
  const context = readContextPage(event, 'url')
  const fromContext = context === undefined ? undefined : readPageAddress(context.value, context.at, [])
  if (context !== undefined && fromContext !== undefined && fromContext.origin !== null)
    return { value: fromContext.origin, at: context.at }
  if (pageOrigin !== null) return { value: pageOrigin, at: null }
  const parsed = cookie === undefined ? undefined : readMunchkinCookie(cookie.value)
  const domain = parsed === undefined ? undefined : tokenDomain(parsed)
  return cookie === undefined || domain === undefined
    ? { value: null, at: null }
    : { value: `https://${domain}`, at: cookie.at }
}

/** What to say when nobody knows the host of a relative address. */
export const noHost: Problem = missing(
  'warning',
  ['context', 'page', 'url'],
  'a visit is sent to a host: send context.page.url, or set pageOrigin in the settings'
)
