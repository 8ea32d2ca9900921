/**
 * page in cloud mode: a visit on the lead, as Munchkin would have reported it.
 *
 *     { type: 'page', userId: 'u1', properties: { url }, context: { userAgent } }
 *       → UpsertLead { lead: userId, … }                       only when unknown keys make leads
 *       → AssociateCookie { visitor: the cookie, or derived }
 *       → VisitPage { lead, visitor, page: { origin, path, params, fragment }, userAgent, at }
 *
 * A visit needs an address and a user agent. Without a cookie the visitor is derived from the lead key: the same key is always the
 * same visitor, and still another one than the lead's own browser. A relative address takes its host from the page that the call came
 * from, the settings, or the cookie; without any the visit is still meant, but no server can send it.
 *
 * Source: Segment "Marketo v2 Destination", Page; Adobe "Lead Tracking".
 *
 * @module
 */
import { kindOf } from '../ground/json.js'
import type { Path } from '../ground/path.js'
import { malformed, missing, type Problem, risky } from '../ground/problem.js'
import { isWellFormed } from '../ground/utf8.js'
import type { PageAddress, Visitor } from '../intent/intent.js'
import type { LeadKey } from '../intent/lead-key.js'
import type { Findings } from '../intent/mapped.js'
import type { Trace } from '../intent/trace.js'
import { readMunchkinCookie, tokenDomain } from '../marketo/munchkin-cookie.js'
import { readIp, readUserAgent } from '../segment/context.js'
import type { PageEvent } from '../segment/event.js'
import type { Found } from '../segment/found.js'
import { readContextPage, readPage } from '../segment/page.js'
import { readPageAddress } from '../segment/page-url.js'
import type { Compiled } from './compile.js'
import { associate } from './identify.js'
import { leadOf, readInstant } from './track.js'

const mendUrl = 'send the page’s url in properties or context.page: Marketo takes no visit without one'
const mendAgent = 'set context.userAgent on the server: Marketo takes no visit without one'
const mendHost = 'a visit is sent to a host: send context.page.url, or set pageOrigin in the settings'
const mendVisitor =
  'without the Munchkin cookie this visit makes a second visitor beside the lead’s own browser: send context.Marketo.marketoCookie'

/** The page's address, or undefined after saying why there is none that can be visited. */
export const readAddress = (event: PageEvent, problems: Array<Problem>): Found<PageAddress> | undefined => {
  const url = readPage(event, 'url') ?? readPage(event, 'path')
  if (url === undefined) {
    problems.push(missing('invalid', ['properties', 'url'], mendUrl))
    return undefined
  }
  const value = readPageAddress(url.value, url.at, problems)
  return value === undefined ? undefined : { value, at: url.at }
}

/** Printable Latin-1, as a header takes it: a line break in a user agent would be a header of its own. */
const headerText = /^[\x20-\x7e\xa0-\xff]+$/

const readAgent = (event: PageEvent, problems: Array<Problem>): Found<string> | undefined => {
  const agent = readUserAgent(event)
  if (agent === undefined) problems.push(missing('invalid', ['context', 'userAgent'], mendAgent))
  else if (typeof agent.value === 'string' && headerText.test(agent.value)) return { value: agent.value, at: agent.at }
  else
    problems.push(
      malformed('invalid', agent.at, kindOf(agent.value), 'send the user agent as printable text in one line')
    )
  return undefined
}

const ipForm = /^(?=.*[.:])[0-9A-Fa-f:.]{2,45}$/

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

const isIp = (text: string): boolean => ipForm.test(text)

/** A scheme and a host, and where they came from: null for the settings. */
interface Origin {
  readonly value: string | null
  readonly at: Path | null
}

/** Scheme and host for a relative address: the page that the call came from, the settings, the cookie's domain. */
const originFor = (compiled: Compiled, event: PageEvent, cookie: Found<string> | undefined): Origin => {
  const context = readContextPage(event, 'url')
  const fromContext = context === undefined ? undefined : readPageAddress(context.value, context.at, [])
  if (context !== undefined && fromContext !== undefined && fromContext.origin !== null)
    return { value: fromContext.origin, at: context.at }
  if (compiled.settings.pageOrigin !== null) return { value: compiled.settings.pageOrigin, at: null }
  const parsed = cookie === undefined ? undefined : readMunchkinCookie(cookie.value)
  const domain = parsed === undefined ? undefined : tokenDomain(parsed)
  return cookie === undefined || domain === undefined
    ? { value: null, at: null }
    : { value: `https://${domain}`, at: cookie.at }
}

const derived: Visitor = { _tag: 'Derived' }

/** Says that a visit has no cookie, and associates the derived visitor with the lead, so that the visit is the lead's. */
const deriveVisitor = (compiled: Compiled, lead: LeadKey, { intents, problems }: Findings): void => {
  problems.push(risky(['context', 'Marketo', 'marketoCookie'], 'second-visitor', mendVisitor))
  intents.push({ _tag: 'AssociateCookie', munchkinId: compiled.settings.munchkinId, lead, visitor: derived })
}

/** Maps a page call for the server. */
export const mapPage = (compiled: Compiled, event: PageEvent, findings: Findings, trace: Trace | null): void => {
  const { problems } = findings
  const address = readAddress(event, problems)
  const agent = readAgent(event, problems)
  const time = readInstant(event, problems)
  if (address === undefined || agent === undefined || time === undefined) return
  const lead = leadOf(compiled, event, findings, trace)
  if (lead === undefined) return
  const cookie = associate(compiled, event, lead, findings, trace)
  const other = address.value.origin === null ? originFor(compiled, event, cookie) : undefined
  const origin = other === undefined ? address.value.origin : other.value
  if (origin === null) problems.push(missing('warning', ['context', 'page', 'url'], mendHost))
  else if (cookie === undefined) deriveVisitor(compiled, lead, findings)
  const referrer = readPage(event, 'referrer')
  const ip = readIp(event)
  const referrerText = readOptional(referrer, isWellFormed, 'send the referrer as text', problems)
  const ipText = readOptional(ip, isIp, 'send an IPv4 or IPv6 address as text', problems)
  findings.intents.push({
    _tag: 'VisitPage',
    munchkinId: compiled.settings.munchkinId,
    lead,
    visitor: cookie === undefined ? derived : { _tag: 'Cookie', cookie: cookie.value },
    page: { ...address.value, origin },
    referrer: referrerText ?? '',
    userAgent: agent.value,
    ip: ipText ?? null,
    at: time.value
  })
  if (trace === null) return
  for (const part of ['origin', 'path', 'params', 'fragment']) {
    const from = part === 'origin' && other !== undefined ? other.at : address.at
    trace.moves.push({ to: ['VisitPage', 'page', part], from, rule: 'address of the page', did: ['taken apart'] })
  }
  trace.moves.push({ to: ['VisitPage', 'userAgent'], from: agent.at, rule: 'user agent of the call', did: [] })
  trace.moves.push({ to: ['VisitPage', 'at'], from: time.at, rule: 'time of the call', did: ['made an instant'] })
  traceOptional('referrer', referrer, referrerText, trace)
  traceOptional('ip', ip, ipText, trace)
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
