/**
 * The address that Munchkin asks for, for every kind of beacon: what a simulator or a test compares with what a browser sent.
 *
 *     pageLoad    /webevents/visitWebPage   a page was loaded
 *     apiVisit    /webevents/visitWebPage   munchkinFunction('visitWebPage', { url, params, name })
 *     apiClick    /webevents/clickLink      munchkinFunction('clickLink', { href })
 *     autoClick   /webevents/clickLink      a link was followed
 *     associate   /webevents/associateLead  munchkinFunction('associateLead', fields, signature); unknown since Munchkin 161 (2021)
 *
 * Called by hand, Munchkin takes url, params and href as they are given: nothing is decoded, and `&` stays `&`. Clicks and associateLead
 * end in a lone `&`. Our own descriptors use page loads alone.
 *
 * Sources: Munchkin 159; a capture of a click; Adobe "Munchkin API Reference".
 *
 * @module
 */
import { encodePairs } from '../ground/uri.js'
import type { Pairs } from '../intent/descriptor.js'
import {
  addName,
  addOptional,
  addPlace,
  addVisitor,
  type BeaconPage,
  beginBeacon,
  safelyDecoded
} from './beacon-parts.js'
import { type PageLoad, pageLoadPairs } from './page-load.js'

/**
 * A visit that the page reported by hand. `key` is sent when it was given, though nobody asks for it.
 *
 * @category beacons
 * @since 0.1.0
 */
export interface ApiVisit extends Omit<BeaconPage, 'customName'> {
  readonly url?: string
  readonly params?: string
  readonly name?: string
  readonly key?: string
  readonly referrer: string
}

/**
 * A click on this address.
 *
 * @category beacons
 * @since 0.1.0
 */
export interface Click extends BeaconPage {
  readonly href: string
}

/**
 * A lead that the page said its visitor to be; fields by SOAP name, in the order given. Retired.
 *
 * @category beacons
 * @since 0.1.0
 */
export interface Associated extends Omit<BeaconPage, 'customName'> {
  readonly key: string
  readonly fields: Readonly<Record<string, string>>
}

/**
 * Anything that Munchkin reports.
 *
 * @category beacons
 * @since 0.1.0
 */
export type Beacon =
  | ({ readonly _tag: 'pageLoad' } & PageLoad)
  | ({ readonly _tag: 'apiVisit' } & ApiVisit)
  | ({ readonly _tag: 'apiClick' } & Click)
  | ({ readonly _tag: 'autoClick' } & Click)
  | ({ readonly _tag: 'associate' } & Associated)

const apiVisitPairs = (visit: ApiVisit): Pairs => {
  const pairs = beginBeacon(visit)
  addOptional(pairs, '_mchKy', visit.key)
  addOptional(pairs, '_mchRu', visit.url)
  addOptional(pairs, '_mchQp', visit.params)
  addOptional(pairs, '_mchCn', visit.name)
  addVisitor(pairs, visit)
  addPlace(pairs, visit, false)
  pairs.push(['_mchRe', safelyDecoded(visit.referrer)])
  return pairs
}

/** Munchkin says the address a second time when the page called it by hand. */
const clickPairs = (click: Click, byHand: boolean): Pairs => {
  const pairs = beginBeacon(click)
  pairs.push(['_mchHr', click.href])
  if (byHand) pairs.push(['_mchLr', click.href])
  addVisitor(pairs, click)
  addName(pairs, click)
  addPlace(pairs, click, true)
  return pairs
}

const associatePairs = (associated: Associated): Pairs => {
  const pairs = beginBeacon(associated)
  pairs.push(['_mchKy', associated.key])
  for (const field of Object.keys(associated.fields)) addOptional(pairs, `_mchAt${field}`, associated.fields[field])
  addVisitor(pairs, associated)
  addPlace(pairs, associated, true)
  return pairs
}

/** What follows `/webevents/`. */
const eventAndQuery = (beacon: Beacon): string => {
  switch (beacon._tag) {
    case 'pageLoad':
      return `visitWebPage?${encodePairs(pageLoadPairs(beacon))}`
    case 'apiVisit':
      return `visitWebPage?${encodePairs(apiVisitPairs(beacon))}`
    case 'apiClick':
      return `clickLink?${encodePairs(clickPairs(beacon, true))}&`
    case 'autoClick':
      return `clickLink?${encodePairs(clickPairs(beacon, false))}&`
    case 'associate':
      return `associateLead?${encodePairs(associatePairs(beacon))}&`
  }
}

/**
 * The address of a beacon, by the scheme of its page. A browser writes the host in small letters.
 *
 * @example
 * const page = {
 *   now: 1657100878725,
 *   munchkinId: '561-HYG-937',
 *   token: '_mch-example.com-1374552656411-90718',
 *   version: '159',
 *   scheme: 'https:',
 *   host: 'example.com',
 *   port: '',
 *   path: '/a'
 * }
 * beaconUrl({ _tag: 'autoClick', ...page, href: 'https://example.org/' })
 * // => 'https://561-HYG-937.mktoresp.com/webevents/clickLink?_mchNc=1657100878725&_mchHr=https%3A%2F%2Fexample.org%2F' +
 * //   '&_mchId=561-HYG-937&_mchTk=_mch-example.com-1374552656411-90718&_mchCn=&_mchHo=example.com&_mchPo=&_mchRu=%2Fa' +
 * //   '&_mchPc=https%3A&_mchVr=159&'
 * @category beacons
 * @since 0.1.0
 */
export const beaconUrl = (beacon: Beacon): string =>
  `${beacon.scheme}//${beacon.munchkinId}.mktoresp.com/webevents/${eventAndQuery(beacon)}`
