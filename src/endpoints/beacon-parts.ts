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
  if (!text.includes('%')) return text
  const whole = decoded(text)
  if (whole !== undefined) return whole
  const query = text.indexOf('?')
  const address = query < 0 ? undefined : decoded(text.slice(0, query))
  return address === undefined ? text : address + text.slice(query)
}

/** A beacon in the making: its pairs, one after another. @internal */
export type PairList = Array<readonly [name: string, value: string]>

/** Adds a pair whose value is there. @internal */
export const addOptional = (pairs: PairList, name: string, value: string | undefined): void => {
  if (value !== undefined) pairs.push([name, value])
}

/** The time, which every beacon begins with. @internal */
export const beginBeacon = (page: BeaconPage): PairList => [['_mchNc', String(page.now)]]

/** Adds the page's name, empty when it has none. @internal */
export const addName = (pairs: PairList, page: BeaconPage): void => {
  pairs.push(['_mchCn', page.customName ?? ''])
}

/** Adds whose browser it is. @internal */
export const addVisitor = (pairs: PairList, page: BeaconPage): void => {
  pairs.push(['_mchId', page.munchkinId], ['_mchTk', page.token])
  addOptional(pairs, 'mkt_tok', page.mktTok)
  addOptional(pairs, '_mchWs', page.wsInfo)
}

/** Adds where the page is; its path is left out by a beacon that reports another path than its page's. @internal */
export const addPlace = (pairs: PairList, page: BeaconPage, withPath: boolean): void => {
  pairs.push(['_mchHo', page.host], ['_mchPo', page.port])
  if (withPath) pairs.push(['_mchRu', safelyDecoded(page.path)])
  pairs.push(['_mchPc', page.scheme], ['_mchVr', page.version])
  if (page.anonymizeIp === true) pairs.push(['aip', '1'])
  addOptional(pairs, '_mchEs', page.externalSource)
  addOptional(pairs, '_mchEcid', page.ecid)
}
