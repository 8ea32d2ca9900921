/**
 * What settings come to, in one paragraph.
 *
 * @module
 */
import type { Settings as V1Settings } from '../../../v1/settings.js'
import type { Settings } from '../../../v2/settings.js'
import { printable } from '../text/printable.js'

const plural = (n: number, one: string): string => `${n} ${one}${n === 1 ? '' : 's'}`

/** Settings of v2. */
export const describeSettings = ({ munchkinId, mode, anonymousActivity, traits, events }: Settings): string =>
  `Marketo ${munchkinId}, ${mode} mode, anonymous activity ${anonymousActivity ? 'on' : 'off'}; ` +
  `${plural(traits.length, 'trait row')}, ${plural(events.length, 'event row')}`

const signer = ({ projectId, signerOrigin }: V1Settings): string =>
  projectId === null
    ? 'identify in browsers: no projectId, so nobody signs it'
    : `identify in browsers: signed by ${printable(signerOrigin)}`

const withoutCookie = ({ withoutCookie: whose, associateVisitors }: V1Settings): string => {
  if (whose === 'cookie-only') return 'not sent'
  return `sent as derived visitors, joined to ${associateVisitors ? 'their lead over REST' : 'no lead'}`
}

/** Settings of v1. */
export const describeV1Settings = (settings: V1Settings): string => {
  const { munchkinId, userIdField, anonymousIdField, userAgent, pageOrigin, secondVisitors } = settings
  return [
    `Marketo ${munchkinId}`,
    `ids in ${printable(userIdField)} and ${printable(anonymousIdField)}`,
    signer(settings),
    `visits without a cookie: ${withoutCookie(settings)}`,
    `without a user agent: ${userAgent === null ? 'not sent' : 'sent all the same'}`,
    `without a host: ${pageOrigin === null ? 'sent to that of the call’s page or cookie' : `sent to ${printable(pageOrigin)}`}`,
    `additional visitors: ${secondVisitors === 'accept' ? 'accepted' : 'reported'}`
  ].join('; ')
}
