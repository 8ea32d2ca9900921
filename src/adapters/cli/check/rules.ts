/**
 * What a contract reads of an event's person: the ids, the cookie, and which lead field each kind of id is looked up in.
 *
 *     kind          v2                           v1
 *     email         email                        email       of an identify call without a cookie
 *     cookie        addresses no lead            cookies
 *     userId        userIdField                  userIdField
 *     anonymousId   anonymousIdField             anonymousIdField
 *
 * @module
 */
import { readOwnCookie } from '../../../contract/own-cookie.js'
import { isEmail } from '../../../marketo/email.js'
import { readCookieText } from '../../../segment/cookie-text.js'
import { readEmail } from '../../../segment/email.js'
import type { SegmentEvent } from '../../../segment/event.js'
import { readGate } from '../../../segment/integrations.js'
import type { Settings as V1Settings } from '../../../v1/settings.js'
import type { Settings } from '../../../v2/settings.js'
import type { Kind } from './people.js'

/** How a contract reads a call. */
export interface Rules {
  /** The kinds of ids that address leads, and the lookup field of each. */
  readonly keys: ReadonlyArray<readonly [kind: Kind, field: string]>
  readonly emailOf: (event: SegmentEvent) => string | undefined
  /** The Munchkin cookie that counts. */
  readonly cookieOf: (event: SegmentEvent) => string | undefined
  /** Whether two calls with one cookie are one person's. */
  readonly joinsCookies: boolean
  /** Whether the contract asks for an email on such a call. */
  readonly wantsEmail: (event: SegmentEvent) => boolean
  /** Whether a call is this contract's at all; what is not still tells whose ids are whose. */
  readonly isOwn: (event: SegmentEvent) => boolean
}

/** Whether somebody did something. */
export const isAction = (event: SegmentEvent): boolean => event.type === 'track' || event.type === 'page'

/** The rules of v2. */
export const rulesOfV2 = ({ userIdField, anonymousIdField, emailPlaces, cookiePath }: Settings): Rules => ({
  keys: [
    ['email', 'email'],
    ['userId', userIdField],
    ['anonymousId', anonymousIdField]
  ],
  emailOf: (event) => {
    const isOfLead = event.type === 'identify' || event.type === 'group'
    const found = isOfLead ? readEmail(event) : readEmail(event, emailPlaces)
    return typeof found?.value === 'string' ? found.value : undefined
  },
  cookieOf: (event) => readCookieText(event, [], cookiePath ?? undefined)?.value,
  joinsCookies: false,
  wantsEmail: (event) => event.type === 'identify' || isAction(event),
  isOwn: () => true
})

/** The rules of v1. */
export const rulesOfV1 = (settings: V1Settings): Rules => ({
  keys: [
    ['email', 'email'],
    ['cookie', 'cookies'],
    ['userId', settings.userIdField],
    ['anonymousId', settings.anonymousIdField]
  ],
  emailOf: (event) => {
    const found = readEmail(event)
    return typeof found?.value === 'string' && isEmail(found.value) ? found.value : undefined
  },
  cookieOf: (event) => readOwnCookie(settings, event, [])?.value,
  joinsCookies: true,
  wantsEmail: (event) => event.type === 'identify',
  isOwn: (event) => readGate(event, settings.gateNames, settings.gateStyle) === undefined
})
