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
 * For later: the beacons of clickLink, of visitWebPage called by hand, and of associateLead (retired) have other orders of their own.
 *
 * Sources: Munchkin 159 and page-load captures of 151 to 164; Adobe "Lead Tracking", "Configuration".
 *
 * @module
 */
import type { Pairs } from '../intent/descriptor.js'

/** A page load. What may be absent is sent only when it is there, also when it is empty. @internal */
export interface PageLoad {
  readonly now: number
  readonly munchkinId: string
  readonly token: string
  readonly version: string
  /** With its colon, as a browser has it: `https:`. */
  readonly scheme: string
  readonly host: string
  /** Empty for the scheme's own port. */
  readonly port: string
  readonly path: string
  /** Without the question mark. */
  readonly params: string
  /** Without the hash mark. */
  readonly fragment: string
  readonly referrer: string
  readonly customName?: string
  readonly mktTok?: string
  readonly wsInfo?: string
  readonly anonymizeIp?: boolean
  readonly externalSource?: string
  readonly ecid?: string
}

const decoded = (text: string): string | undefined => {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}

/**
 * A text percent-decoded as Munchkin does: when the whole has a broken escape, what precedes the first question mark; when that has one
 * too, nothing.
 *
 * @internal
 */
export const safelyDecoded = (text: string): string => {
  const whole = decoded(text)
  if (whole !== undefined) return whole
  const query = text.indexOf('?')
  const address = query < 0 ? undefined : decoded(text.slice(0, query))
  return address === undefined ? text : address + text.slice(query)
}

/** A pair whose value is there. */
const optional = (name: string, value: string | undefined): Pairs => (value === undefined ? [] : [[name, value]])

/** The pairs of a page load's beacon, in Munchkin's order. @internal */
export const pageLoadPairs = (page: PageLoad): Pairs => [
  ['_mchNc', String(page.now)],
  ['_mchCn', page.customName ?? ''],
  ['_mchId', page.munchkinId],
  ['_mchTk', page.token],
  ...optional('mkt_tok', page.mktTok),
  ...optional('_mchWs', page.wsInfo),
  ['_mchHo', page.host],
  ['_mchPo', page.port],
  ['_mchRu', safelyDecoded(page.path)],
  ['_mchPc', page.scheme],
  ['_mchVr', page.version],
  ...optional('aip', page.anonymizeIp === true ? '1' : undefined),
  ...optional('_mchEs', page.externalSource),
  ...optional('_mchEcid', page.ecid),
  ['_mchHa', page.fragment === '' ? '' : safelyDecoded(`#${page.fragment}`)],
  ['_mchRe', safelyDecoded(page.referrer)],
  ['_mchQp', safelyDecoded(page.params.replace(/&/g, '__-__'))]
]
