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
import { noHost, originFor, readAddress, readAgent, readInstant, readSurroundings } from '../contract/visit.js'
import { risky } from '../ground/problem.js'
import type { Visitor } from '../intent/intent.js'
import type { LeadKey } from '../intent/lead-key.js'
import type { Findings } from '../intent/mapped.js'
import type { Trace } from '../intent/trace.js'
import type { PageEvent } from '../segment/event.js'
import type { Compiled } from './compile.js'
import { associate } from './identify.js'
import { leadOf } from './track.js'

const mendVisitor =
  'without the Munchkin cookie this visit makes a second visitor beside the lead’s own browser: send context.Marketo.marketoCookie'

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
  const agent = readAgent(event, null, problems)
  const time = readInstant(event, problems)
  if (address === undefined || agent === undefined || time === undefined) return
  const lead = leadOf(compiled, event, findings, trace)
  if (lead === undefined) return
  const cookie = associate(compiled, event, lead, findings, trace)
  const other = address.value.origin === null ? originFor(compiled.settings.pageOrigin, event, cookie) : undefined
  const origin = other === undefined ? address.value.origin : other.value
  if (origin === null) problems.push(noHost)
  else if (cookie === undefined) deriveVisitor(compiled, lead, findings)
  const { referrer, ip } = readSurroundings(event, problems, trace)
  findings.intents.push({
    _tag: 'VisitPage',
    munchkinId: compiled.settings.munchkinId,
    lead,
    visitor: cookie === undefined ? derived : { _tag: 'Cookie', cookie: cookie.value },
    page: other === undefined ? address.value : { ...address.value, origin },
    referrer,
    userAgent: agent.value,
    ip,
    at: time.value
  })
  if (trace === null) return
  for (const part of ['origin', 'path', 'params', 'fragment']) {
    const from = part === 'origin' && other !== undefined ? other.at : address.at
    trace.moves.push({ to: ['VisitPage', 'page', part], from, rule: 'address of the page', did: ['taken apart'] })
  }
  trace.moves.push({ to: ['VisitPage', 'userAgent'], from: agent.at, rule: 'user agent of the call', did: [] })
  trace.moves.push({ to: ['VisitPage', 'at'], from: time.at, rule: 'time of the call', did: ['made an instant'] })
}
