/**
 * The domain that Munchkin sets its cookie on: the visited host, cut from the left.
 *
 *     www.example.com     example.com        two labels, where the last has more than two letters
 *     www.example.co.jp   example.co.jp      three, where it has two
 *     192.168.0.1         192.168.0.1        all of it, where it has one
 *
 * Known to be off: `www.example.io` keeps three labels, `192.168.0.10` loses one. Munchkin's option `domainSelectorV2` mends both and
 * brings a fault of its own (`www.example.com.au` is cut to `com.au`). We do as Munchkin does, since the cookie is where it put it.
 *
 * Sources: Munchkin 159, getDomain; Adobe "Configuration", domainLevel and domainSelectorV2.
 *
 * @module
 */

/**
 * Munchkin's own options that move the cut.
 *
 * @category cookies
 * @since 0.1.0
 */
export interface CookieDomainOptions {
  /** How many labels to keep; wins over the selector. Fewer than two are never kept. */
  readonly domainLevel?: number | null
  /** The newer selector: two labels, three under `.co.xx`, all of an IPv4 address. */
  readonly domainSelectorV2?: boolean
}

const isByte = (label: string): boolean => /^\d{1,3}$/.test(label) && Number(label) <= 255
const isIPv4 = (labels: ReadonlyArray<string>): boolean => labels.length === 4 && labels.every(isByte)

const observed = (hostname: string, labels: ReadonlyArray<string>): number => {
  const last = hostname.length - hostname.lastIndexOf('.') - 1
  return last > 2 ? 2 : last === 2 ? 3 : labels.length
}

const underCo = /\.co\.[^.]{2}$/i

const selectedV2 = (hostname: string, labels: ReadonlyArray<string>): number =>
  isIPv4(labels) ? labels.length : underCo.test(hostname) ? 3 : 2

/**
 * The domain of the cookie that Munchkin sets on a page of this host (no port).
 *
 * @example
 * cookieDomain('www.example.com') // => 'example.com'
 * cookieDomain('www.example.io') // => 'www.example.io'
 * cookieDomain('www.example.io', { domainSelectorV2: true }) // => 'example.io'
 * @category cookies
 * @since 0.1.0
 */
export const cookieDomain = (hostname: string, options: CookieDomainOptions = {}): string => {
  const labels = hostname.split('.')
  const level = options.domainLevel ?? 0
  const select = options.domainSelectorV2 === true ? selectedV2 : observed
  const keep = level >= 1 ? level : select(hostname, labels)
  return labels.slice(-Math.max(2, Math.floor(keep))).join('.')
}
