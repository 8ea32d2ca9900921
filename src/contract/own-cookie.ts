/**
 * The Munchkin cookie of an event: whose browser it came from.
 *
 * A cookie that another Marketo instance set names none of our visitors; one that cannot be read is dropped and said.
 *
 * Source: Segment "Marketo Destination", Identify (cookie); Adobe "Lead Tracking", Cookie.
 *
 * @module
 */
import { malformed, type Problem } from '../ground/problem.js'
import { isSetBy, isWrittenBy, printMunchkinCookie, readMunchkinCookie } from '../marketo/munchkin-cookie.js'
import type { MunchkinId } from '../marketo/munchkin-id.js'
import { readCookieText } from '../segment/cookie-text.js'
import type { SegmentEvent } from '../segment/event.js'
import type { Found } from '../segment/found.js'

const mendCookie = 'send the value of the _mkto_trk cookie: id:<Munchkin id>&token:<token>'
const mendInstance = 'compare the Munchkin id of the site with the one of the settings'

/** The settings that say where the cookie stands and whose it must be. */
export interface CookieSettings {
  readonly munchkinId: MunchkinId
  readonly cookiePath: ReadonlyArray<string> | null
}

/** The cookie in its canonical form and where it stood, or undefined when there is none that counts. */
export const readOwnCookie = (
  { munchkinId, cookiePath }: CookieSettings,
  event: SegmentEvent,
  problems: Array<Problem>
): Found<string> | undefined => {
  const found = readCookieText(event, problems, cookiePath ?? undefined)
  if (found === undefined || isWrittenBy(munchkinId, found.value)) return found
  const cookie = readMunchkinCookie(found.value)
  if (cookie === undefined) problems.push(malformed('dropped', found.at, 'text that is no Munchkin cookie', mendCookie))
  else if (isSetBy(munchkinId)(cookie)) return { value: printMunchkinCookie(cookie), at: found.at }
  else problems.push(malformed('dropped', found.at, 'the cookie of another Marketo instance', mendInstance))
  return undefined
}
