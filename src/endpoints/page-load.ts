/**
 * What Munchkin reports when a page loads, as the pairs of its beacon.
 *
 *     _mchNc  _mchCn  _mchId  _mchTk  [mkt_tok]  [_mchWs]  _mchHo  _mchPo  _mchRu  _mchPc  _mchVr
 *     now     name    id      token    email      space     host    port    path    scheme  version
 *     [aip]  [_mchEs]  [_mchEcid]  _mchHa  _mchRe    _mchQp
 *      1      source    ECID       hash    referrer  query
 *
 * Addresses are decoded once before they become values, because a value is encoded once on its way out. In the query `&` becomes
 * `__-__` before that, which keeps the separators apart from a `%26` inside a value.
 *
 * The beacons of calls and clicks have orders of their own: `beacon-url.ts`.
 *
 * Sources: Munchkin 159 and page-load captures of 151 to 164; Adobe "Lead Tracking", "Configuration".
 *
 * @module
 */
import type { Pairs } from '../intent/descriptor.js'
import { addName, addPlace, addVisitor, type BeaconPage, beginBeacon, safelyDecoded } from './beacon-parts.js'

/**
 * A page load.
 *
 * @category beacons
 * @since 0.1.0
 */
export interface PageLoad extends BeaconPage {
  /** Without the question mark. */
  readonly params: string
  /** Without the hash mark. */
  readonly fragment: string
  readonly referrer: string
}

/** The pairs of a page load's beacon, in Munchkin's order. @internal */
export const pageLoadPairs = (page: PageLoad): Pairs => {
  const pairs = beginBeacon(page)
  addName(pairs, page)
  addVisitor(pairs, page)
  addPlace(pairs, page, true)
  pairs.push(
    ['_mchHa', page.fragment === '' ? '' : safelyDecoded(`#${page.fragment}`)],
    ['_mchRe', safelyDecoded(page.referrer)],
    ['_mchQp', safelyDecoded(page.params.replace(/&/g, '__-__'))]
  )
  return pairs
}
