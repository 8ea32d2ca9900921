/**
 * page and track on the server: visits on the lead, as Munchkin would have reported them.
 *
 *     page    properties.url                        → the page itself
 *     track   'Trial Started', { plan: 'pro' }      → /event/Trial-Started?plan=pro&
 *
 *     lead    the Munchkin cookie, else the userId, else the anonymousId
 *     visitor the cookie; without one it is derived from the lead key: a second visitor beside the lead's own browser
 *
 * Sources: Segment "Marketo Destination", Page and Track, Identify (cookie); Segment's marketo for analytics.js 2.0.2.
 *
 * @module
 */
import { type CookieSettings, readOwnCookie } from '../contract/own-cookie.js'
import { noHost, originFor, readAddress, readAgent, readInstant, readSurroundings } from '../contract/visit.js'
import { excluded, missing, type Problem, risky } from '../ground/problem.js'
import type { PageAddress, Visitor } from '../intent/intent.js'
import type { LeadKey } from '../intent/lead-key.js'
import type { Findings } from '../intent/mapped.js'
import type { PageEvent, SegmentEvent, TrackEvent } from '../segment/event.js'
import type { Found } from '../segment/found.js'
import { readAnonymousId, readUserId } from '../segment/identity.js'
import type { Compiled } from './compile.js'
import type { Settings } from './settings.js'
import { trackPage } from './track.js'

const cookieAt = ['context', 'Marketo', 'marketoCookie'] as const
const mendVisitor =
  'without the Munchkin cookie this visit makes a second visitor, which Marketo shows as another lead: send context.Marketo.marketoCookie, or set secondVisitors to accept'
const mendCookie = 'send context.Marketo.marketoCookie, or set withoutCookie to derive'
const mendNobody = 'send the Munchkin cookie, a userId or an anonymousId'

/** A lead addressed by its cookie, in Marketo's word for that lookup. */
export const cookieKey = (cookie: string): LeadKey => ({ lookupField: 'cookies', value: cookie })

/** The key of the lead that a visit is about: cookie, userId, anonymousId; or undefined after saying why there is none. */
const leadOf = (
  settings: Settings,
  event: SegmentEvent,
  cookie: Found<string> | undefined,
  problems: Array<Problem>
): LeadKey | undefined => {
  if (cookie !== undefined) return cookieKey(cookie.value)
  if (settings.withoutCookie === 'cookie-only') {
    problems.push(excluded('skipped', cookieAt, 'settings', mendCookie))
    return undefined
  }
  const userId = readUserId(event)
  if (userId !== undefined) return { lookupField: settings.userIdField, value: userId.value }
  const anonymousId = readAnonymousId(event)
  if (anonymousId !== undefined) return { lookupField: settings.anonymousIdField, value: anonymousId.value }
  problems.push(missing('invalid', ['userId'], mendNobody))
  return undefined
}

const derived: Visitor = { _tag: 'Derived' }

/** Says that a visit has no cookie, and associates the derived visitor with the lead, so that the visit is the lead's. */
const deriveVisitor = (settings: Settings, lead: LeadKey, { intents, problems }: Findings): void => {
  if (settings.secondVisitors === 'warn') problems.push(risky(cookieAt, 'second-visitor', mendVisitor))
  if (settings.associateVisitors)
    intents.push({ _tag: 'AssociateCookie', munchkinId: settings.munchkinId, lead, visitor: derived })
}

/** A visit of this address by the lead that the call is about. */
const visit = (settings: Settings, event: SegmentEvent, address: PageAddress, findings: Findings): void => {
  const { problems } = findings
  const agent = readAgent(event, settings.userAgent, problems)
  const time = readInstant(event, problems)
  if (agent === undefined || time === undefined) return
  const own: CookieSettings = settings
  const cookie = readOwnCookie(own, event, problems)
  const lead = leadOf(settings, event, cookie, problems)
  if (lead === undefined) return
  const origin = address.origin ?? originFor(settings.pageOrigin, event, cookie).value
  if (origin === null) problems.push(noHost)
  else if (cookie === undefined) deriveVisitor(settings, lead, findings)
  const { referrer, ip } = readSurroundings(event, problems, null)
  findings.intents.push({
    _tag: 'VisitPage',
    munchkinId: settings.munchkinId,
    lead,
    visitor: cookie === undefined ? derived : { _tag: 'Cookie', cookie: cookie.value },
    page: { ...address, origin },
    referrer,
    userAgent: agent.value,
    ip,
    at: time.value
  })
}

/** Maps a page call for the server. */
export const mapPage = ({ settings }: Compiled, event: PageEvent, findings: Findings): void => {
  const address = readAddress(event, findings.problems)
  if (address !== undefined) visit(settings, event, address.value, findings)
}

/** Maps a track call for the server. */
export const mapTrack = (compiled: Compiled, event: TrackEvent, findings: Findings): void => {
  const page = trackPage(compiled, event, findings.problems)
  if (page === undefined) return
  visit(compiled.settings, event, { origin: null, path: page.path, params: page.params, fragment: '' }, findings)
}
