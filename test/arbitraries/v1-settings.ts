/**
 * Settings of the v1 contract, and events that meet them: some with the instance's own cookie, some with traits of one name.
 */
import * as fc from 'fast-check'
import { decodeSettings } from '../../src/v1/decode-settings.js'
import type { Settings } from '../../src/v1/settings.js'
import { identifyEvent, type JsonRecord, jsonValue, merged, pageEvent, trackEvent } from './events.js'
import { knownToken } from './munchkin.js'
import { munchkinId } from './settings.js'

/** Settings before they are decoded; all of them can be used. */
export const givenSettings: fc.Arbitrary<Readonly<Record<string, unknown>>> = fc.record(
  {
    munchkinId,
    projectId: fc.constantFrom('p1', 'a b', null),
    host: fc.constantFrom('https://sign.example.com', 'http://localhost:8080'),
    clientNaming: fc.constantFrom('renames', 'server', 'none'),
    clientEmail: fc.constantFrom('trait-or-userId', 'trait'),
    trackUrl: fc.constantFrom('dashed', 'undashed'),
    trackParams: fc.constantFrom('encoded', 'clean'),
    withoutCookie: fc.constantFrom('derive', 'cookie-only'),
    secondVisitors: fc.constantFrom('warn', 'accept'),
    associateVisitors: fc.boolean(),
    userIdField: fc.constantFrom('UserId', 'ext_id', 'City'),
    anonymousIdField: fc.constantFrom('AnonymousId', 'anon'),
    userAgent: fc.constantFrom('UA/1', null),
    pageOrigin: fc.constantFrom('https://www.example.com', null),
    cookiePath: fc.constantFrom(null, ['properties', 'cookie']),
    postalCode: fc.constantFrom(['zip'], ['zip', 'postalCode'], []),
    nameSplit: fc.constantFrom('words', 'facade'),
    gateNames: fc.constantFrom(['Marketo'], ['Marketo', 'Other'], []),
    gateStyle: fc.constantFrom('lenient', 'exact', 'explicit', 'facade', 'off'),
    firstPage: fc.constantFrom('mapped', 'init'),
    munchkinOptions: fc.constantFrom({}, { cookieAnon: false, altIds: ['111-AAA-222'] }),
    browserPageUrl: fc.constantFrom('path', 'verbatim'),
    browserProfile: fc.constantFrom('default', 'exact'),
    browserIsoDates: fc.boolean(),
    browserZone: fc.integer({ min: -1080, max: 1080 })
  },
  { requiredKeys: ['munchkinId'] }
)

/** Settings that can be used. */
export const settings: fc.Arbitrary<Settings> = givenSettings.map((given) => {
  const read = decodeSettings(given)
  if (read._tag === 'Left') throw new Error('settings of a test cannot be used')
  return read.right
})

/** Traits that meet in one field, and names that are none. */
const twins: fc.Arbitrary<JsonRecord> = fc.dictionary(
  fc.constantFrom('plan name', 'planName', 'PlanName', 'city', 'City', 'userId', 'Email', 'id', 'Id', '__proto__', ' '),
  fc.oneof(fc.constantFrom('x', 'u1', 7, null, ''), jsonValue),
  { maxKeys: 4, noNullPrototype: true }
)

/** An identify, track or page call for these settings, often with a cookie, now and then another instance's. */
export const encounter = (
  of: fc.Arbitrary<Settings>
): fc.Arbitrary<readonly [Settings, Readonly<Record<string, unknown>>]> =>
  fc
    .tuple(
      of,
      fc.oneof(identifyEvent, trackEvent, pageEvent),
      twins,
      knownToken,
      fc.constantFrom('own', 'none', 'none', 'other')
    )
    .map(([some, event, more, { token }, whose]) => {
      const { context, traits } = event
      const id = whose === 'own' ? some.munchkinId : '999-ZZZ-999'
      return [
        some,
        {
          ...event,
          ...(event.type === 'identify' ? { traits: merged(traits, more) } : {}),
          ...(whose === 'none'
            ? {}
            : { context: merged(context, { Marketo: { marketoCookie: `id:${id}&token:${token}` } }) })
        }
      ] as const
    })
