/**
 * What the context of an event says of its surroundings: user agent, network address, language, campaign.
 *
 * Null and empty text count as absent; anything else is answered as sent.
 *
 * Sources: Segment spec, "Common Fields", context; Segment "Email events", whose samples write `user_agent`.
 *
 * @module
 */
import type { Option } from 'fp-ts/Option'
import { isRecord, type UnknownRecord } from '../ground/json.js'
import type { Path } from '../ground/path.js'
import type { SegmentEvent } from './event.js'
import { type Found, foundIfSaid, optional, optionalText } from './found.js'
import { recordOf } from './record.js'

const userAgentAt: Path = ['context', 'userAgent']
const userAgentSnakeAt: Path = ['context', 'user_agent']
const ipAt: Path = ['context', 'ip']
const localeAt: Path = ['context', 'locale']
const campaignAt: Path = ['context', 'campaign']

/**
 * The user agent as sent.
 *
 * @example
 * readUserAgent({ type: 'page', context: { user_agent: 'UA/1' } }) // => { value: 'UA/1', at: ['context', 'user_agent'] }
 * @category reading
 * @since 0.1.0
 */
export const readUserAgent = (event: SegmentEvent): Found<unknown> | undefined => {
  const context = recordOf(event.context)
  return foundIfSaid(context.userAgent, userAgentAt) ?? foundIfSaid(context.user_agent, userAgentSnakeAt)
}

/**
 * The network address as sent.
 *
 * @example
 * readIp({ type: 'page', context: { ip: '192.0.2.1' } }) // => { value: '192.0.2.1', at: ['context', 'ip'] }
 * @category reading
 * @since 0.1.0
 */
export const readIp = (event: SegmentEvent): Found<unknown> | undefined => foundIfSaid(recordOf(event.context).ip, ipAt)

/**
 * The language and region as sent, such as `en-US`.
 *
 * @example
 * readLocale({ type: 'page', context: { locale: 'en-US' } }) // => { value: 'en-US', at: ['context', 'locale'] }
 * @category reading
 * @since 0.1.0
 */
export const readLocale = (event: SegmentEvent): Found<unknown> | undefined =>
  foundIfSaid(recordOf(event.context).locale, localeAt)

/**
 * The campaign that brought the visitor: `name`, `source`, `medium`, `term`, `content`, and whatever `utm_*` keys came along, unread.
 *
 * @example
 * readCampaign({ type: 'page', context: { campaign: { source: 'news' } } })?.value // => { source: 'news' }
 * @category reading
 * @since 0.1.0
 */
export const readCampaign = (event: SegmentEvent): Found<UnknownRecord> | undefined => {
  const value = recordOf(event.context).campaign
  return isRecord(value) ? { value, at: campaignAt } : undefined
}

/**
 * The user agent of the browser or the app.
 *
 * @example
 * userAgent({ type: 'page', context: { userAgent: 'UA/1' } }) // => some('UA/1')
 * @category readers
 * @since 0.1.0
 */
export const userAgent = (event: SegmentEvent): Option<string> => optionalText(readUserAgent, event)

/**
 * The network address of the visitor.
 *
 * @example
 * ip({ type: 'page', context: { ip: '192.0.2.1' } }) // => some('192.0.2.1')
 * @category readers
 * @since 0.1.0
 */
export const ip = (event: SegmentEvent): Option<string> => optionalText(readIp, event)

/**
 * The language and region of the visitor.
 *
 * @example
 * locale({ type: 'page', context: { locale: 'en-US' } }) // => some('en-US')
 * @category readers
 * @since 0.1.0
 */
export const locale = (event: SegmentEvent): Option<string> => optionalText(readLocale, event)

/**
 * The campaign that brought the visitor, as sent.
 *
 * @example
 * campaign({ type: 'page', context: {} }) // => none
 * @category readers
 * @since 0.1.0
 */
export const campaign = (event: SegmentEvent): Option<UnknownRecord> => optional(readCampaign, event)
