/**
 * A page's URL taken apart, as text that nobody has decoded.
 *
 *     https://shop.test:8443/a%20b?q=c+d#top
 *     └ origin ────────────┘└path─┘ └params┘ └fragment┘
 *
 * The parts are what the URL standard serialises. A URL without an origin (`/a?b=1`) is relative: its origin is null, its path counts
 * from the root. `//host/a` is taken as https. Only pages of the web are read: `javascript:`, `data:`, `file:` and the like are no
 * page, and user info is a credential, which is left out and said so.
 *
 * A URL written plainly in characters that the standard leaves alone is cut by hand, at a fraction of the cost; a law holds both roads
 * equal.
 *
 * Source: WHATWG, URL.
 *
 * @module
 */
import { kindOf } from '../ground/json.js'
import type { Path } from '../ground/path.js'
import { malformed, type Problem } from '../ground/problem.js'
import { isWellFormed } from '../ground/utf8.js'
import { isBlank } from './white-space.js'

/** The one part of the language's own `URL` that is used here; it counts as language, and every runtime we know has it. */
declare const URL: new (text: string, base?: string) => { readonly href: string }

/**
 * A URL's parts: `params` without `?`, `fragment` without `#`, each empty when there is none.
 *
 * @category urls
 * @since 0.1.0
 */
export interface UrlParts {
  readonly origin: string | null
  readonly path: string
  readonly params: string
  readonly fragment: string
}

/**
 * A page's URL: its parts, and whether there was user info, which is in none of them.
 *
 * @category urls
 * @since 0.1.0
 */
export interface PageUrl {
  readonly parts: UrlParts
  readonly hadUserInfo: boolean
}

/**
 * Why a text is no URL of a page: a finding for a problem.
 *
 * @category urls
 * @since 0.1.0
 */
export type UrlFinding =
  | 'blank text'
  | 'text with half a surrogate pair'
  | 'a URL that is not http or https'
  | 'a broken URL'

/** What the URL standard passes over before it looks: control characters and spaces in front, tabs and line breaks everywhere. */
const stripped = (text: string): string => {
  let start = 0
  while (text.charCodeAt(start) <= 32) start += 1
  return text.slice(start).replace(/[\t\n\r]/g, '')
}

/** The scheme in front, in lower case; empty when there is none. */
const schemeOf = (text: string): string => /^([a-z][a-z0-9+.-]*):/i.exec(text)?.[1]?.toLowerCase() ?? ''

const anySlash = (unit: number): boolean => unit === 47 || unit === 92

/** Stands in for the host of a relative URL while it is parsed; never answered. */
const nowhereOrigin = 'https://relative.invalid'
const nowhere = `${nowhereOrigin}/`

const parse = (text: string, base: string | undefined): string | undefined => {
  try {
    return new URL(text, base).href
  } catch {
    return undefined
  }
}

/** A serialised http(s) URL, cut at its delimiters. */
const cut = (href: string, isRelative: boolean): PageUrl => {
  const hash = href.indexOf('#')
  const end = hash < 0 ? href.length : hash
  const question = href.indexOf('?')
  const pathEnd = question < 0 || question > end ? end : question
  const hostStart = href.indexOf('//') + 2
  const pathStart = href.indexOf('/', hostStart)
  const at = href.lastIndexOf('@', pathStart)
  const hadUserInfo = at > hostStart
  const host = href.slice(hadUserInfo ? at + 1 : hostStart, pathStart)
  return {
    parts: {
      origin: isRelative ? null : href.slice(0, hostStart) + host,
      path: href.slice(pathStart, pathEnd),
      params: href.slice(pathEnd + 1, end),
      fragment: href.slice(end + 1)
    },
    hadUserInfo
  }
}

/** Any text by the language's own parser; {@link readPageUrl} spares plain ones the trip. @internal */
export const parsePageUrl = (text: string): PageUrl | UrlFinding => {
  if (!isWellFormed(text)) return 'text with half a surrogate pair'
  const url = stripped(text)
  if (isBlank(url)) return 'blank text'
  const scheme = schemeOf(url)
  if (scheme !== '' && scheme !== 'http' && scheme !== 'https') return 'a URL that is not http or https'
  const isRelative = scheme === '' && !(anySlash(url.charCodeAt(0)) && anySlash(url.charCodeAt(1)))
  const href = parse(url, scheme === '' ? nowhere : undefined)
  return href === undefined ? 'a broken URL' : cut(href, isRelative)
}

/**
 * A URL that is already what the standard would make of it: a named host in lower case, no port, no dot segments, and only characters
 * that are left alone everywhere. An escape is left alone, unless it is one of a dot (`%2e`).
 */
const plain =
  /^(?:https?:\/\/(?:[a-wyz][a-z0-9-]*\.)*[a-wyz][a-z0-9-]*)?\/(?![/.])(?:[\w~!$&()*+,;=:@%-]|\.(?!\.)|\/(?![.]))*(?:\?[\w~!$&()*+,;=:@%./?-]*)?(?:#[\w~!$&()*+,;=:@%./?-]*)?$/

/** A long text is left to the parser, whose stack does not grow with it. */
const longestPlain = 2048

const isPlain = (text: string): boolean =>
  text.length <= longestPlain && plain.test(text) && !(text.includes('%2') && /%2e/i.test(text))

/**
 * A page's URL taken apart, or what was found instead of one.
 *
 * @example
 * readPageUrl('https://ana:secret@Shop.test/a b?q=c d#top')
 * // => { parts: { origin: 'https://shop.test', path: '/a%20b', params: 'q=c%20d', fragment: 'top' }, hadUserInfo: true }
 * readPageUrl('javascript:alert(1)') // => 'a URL that is not http or https'
 * @category urls
 * @since 0.1.0
 */
export const readPageUrl = (text: string): PageUrl | UrlFinding => {
  if (!isPlain(text)) return parsePageUrl(text)
  return text.charCodeAt(0) === 47 ? cut(nowhereOrigin + text, true) : cut(text, false)
}

const mendUrl = 'send the address of the page as text, with http or https in front, or relative to its site'
const mendUserInfo = 'keep names and passwords out of the addresses of pages; they were left out here'

/**
 * The parts of the URL that an event sent at `at`, or undefined with the reason pushed to `problems`. User info is left out with a
 * warning.
 *
 * @example
 * readPageAddress('/pricing?plan=pro', ['properties', 'url'], [])
 * // => { origin: null, path: '/pricing', params: 'plan=pro', fragment: '' }
 * @category urls
 * @since 0.1.0
 */
export const readPageAddress = (value: unknown, at: Path, problems: Array<Problem>): UrlParts | undefined => {
  const url = typeof value === 'string' ? readPageUrl(value) : kindOf(value)
  if (typeof url === 'string') {
    problems.push(malformed('invalid', at, url, mendUrl))
    return undefined
  }
  if (url.hadUserInfo) problems.push(malformed('warning', at, 'a URL with user info', mendUserInfo))
  return url.parts
}

/**
 * The URL whose parts these are: reading undoes writing, but for an empty `?` or `#`.
 *
 * @example
 * printUrl({ origin: 'https://x.test', path: '/a', params: 'b=1', fragment: '' }) // => 'https://x.test/a?b=1'
 * @category urls
 * @since 0.1.0
 */
export const printUrl = ({ origin, path, params, fragment }: UrlParts): string =>
  `${origin ?? ''}${path}${params === '' ? '' : `?${params}`}${fragment === '' ? '' : `#${fragment}`}`
