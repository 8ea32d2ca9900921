/**
 * What the beacons of Munchkin share: who looks, where, and how their parts are written.
 *
 *     who       _mchId  _mchTk  [mkt_tok]  [_mchWs]
 *     where     _mchHo  _mchPo  _mchRu  _mchPc  _mchVr  [aip]  [_mchEs]  [_mchEcid]
 *
 * Each kind of beacon puts its own pairs before, between and behind these two groups.
 *
 * Sources: Munchkin 159 and captures of 151 to 164; Adobe "Lead Tracking", "Configuration".
 *
 * @module
 */
import type { Pairs } from '../intent/descriptor.js'

/**
 * The page that a beacon is sent from, and whose browser it is. What may be absent is sent only when it is there, also when it is empty.
 *
 * @category beacons
 * @since 0.1.0
 */
export interface BeaconPage {
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

/** A pair whose value is there. @internal */
export const optional = (name: string, value: string | undefined): Pairs => (value === undefined ? [] : [[name, value]])

/** The time, which every beacon begins with. @internal */
export const nowPair = (page: BeaconPage): Pairs => [['_mchNc', String(page.now)]]

/** The page's name, empty when it has none. @internal */
export const namePair = (page: BeaconPage): Pairs => [['_mchCn', page.customName ?? '']]

/** Whose browser it is. @internal */
export const visitorPairs = (page: BeaconPage): Pairs => [
  ['_mchId', page.munchkinId],
  ['_mchTk', page.token],
  ...optional('mkt_tok', page.mktTok),
  ...optional('_mchWs', page.wsInfo)
]

/** The path of the page, decoded. @internal */
export const pathPair = (page: BeaconPage): Pairs => [['_mchRu', safelyDecoded(page.path)]]

/** Where the page is; `path` is left out by a beacon that reports another path than its page's. @internal */
export const placePairs = (page: BeaconPage, path: Pairs): Pairs => [
  ['_mchHo', page.host],
  ['_mchPo', page.port],
  ...path,
  ['_mchPc', page.scheme],
  ['_mchVr', page.version],
  ...optional('aip', page.anonymizeIp === true ? '1' : undefined),
  ...optional('_mchEs', page.externalSource),
  ...optional('_mchEcid', page.ecid)
]
