/**
 * The Munchkin cookie: how Marketo recognises one browser on one domain.
 *
 *     id:561-HYG-937&token:_mch-example.com-1374552656411-90718             milliseconds, random
 *     id:561-HYG-937&token:_mch-example.com-97bf4361ef4433921a6da262e8df45a a hash of 31 or 32 digits
 *        └ instance ┘       └ token ──────────────────────────────────────┘
 *
 * A browser keeps it under `_mkto_trk`; Segment events carry it in `context.Marketo.marketoCookie`.
 *
 * Two ways in. The codec takes the canonical form and believes any token, so that a third ending, should Adobe invent one, still
 * passes. The reader mends what customers send (percent-encoded, `_mkto_trk=` in front, `=` for `:`, lower case, blanks around it),
 * and because it mends, it believes only a token whose ending it knows.
 *
 * Sources: Adobe "Lead Tracking", Cookie; Segment "Marketo Destination", Identify; Munchkin 159, reading its own cookie.
 *
 * @module
 */
import * as t from 'io-ts'
import { foldMunchkinId, isMunchkinId, MunchkinId } from './munchkin-id.js'

/** What sets a Munchkin token apart from any other text. */
export interface MunchkinTokenBrand {
  readonly MunchkinToken: unique symbol
}

/**
 * One browser's token, opaque.
 *
 * @category codecs
 * @since 0.1.0
 */
export type MunchkinToken = t.Branded<string, MunchkinTokenBrand>

/** Visible ASCII save `&`, `,` and `;`: what a cookie's value can hold beside our own `&`. */
const tokenText = /^[!-%'-+\--:<-~]+$/

const isMunchkinToken = (text: string): text is MunchkinToken => tokenText.test(text)

/**
 * One browser's token: any visible ASCII text without `&`, `,` and `;`.
 *
 * @example
 * MunchkinToken.decode('_mch-example.com-1374552656411-90718') // => right('_mch-example.com-1374552656411-90718')
 * @category codecs
 * @since 0.1.0
 */
export const MunchkinToken: t.Type<MunchkinToken, string, unknown> = /* @__PURE__ */ t.brand(
  t.string,
  (text): text is MunchkinToken => isMunchkinToken(text),
  'MunchkinToken'
)

/**
 * A cookie taken apart. It is built only by decoding, so its parts are known to be sound.
 *
 * @category codecs
 * @since 0.1.0
 */
export interface MunchkinCookie {
  readonly munchkinId: MunchkinId
  readonly token: MunchkinToken
}

/**
 * A cookie taken apart, as a codec.
 *
 * @category codecs
 * @since 0.1.0
 */
export const MunchkinCookie: t.Type<MunchkinCookie, { readonly munchkinId: string; readonly token: string }, unknown> =
  /* @__PURE__ */ t.readonly(/* @__PURE__ */ t.type({ munchkinId: MunchkinId, token: MunchkinToken }), 'MunchkinCookie')

const mend = 'expected id:<munchkin id>&token:<token>; if the text holds %26, URL-decode it once first'

const idFrame = 'id:'
const tokenFrame = '&token:'
const idEnd = idFrame.length + '561-HYG-937'.length

const readCanonical = (text: string): MunchkinCookie | undefined => {
  if (!text.startsWith(idFrame) || !text.startsWith(tokenFrame, idEnd)) return undefined
  const munchkinId = text.slice(idFrame.length, idEnd)
  const token = text.slice(idEnd + tokenFrame.length)
  return isMunchkinId(munchkinId) && isMunchkinToken(token) ? { munchkinId, token } : undefined
}

/**
 * The cookie's canonical text, decoded (`&`, not `%26`): adapters encode, once, at the edge.
 *
 * @category printers
 * @since 0.1.0
 */
export const printMunchkinCookie = ({ munchkinId, token }: MunchkinCookie): string => `id:${munchkinId}&token:${token}`

/**
 * Reads and writes the canonical text; see the module for what it refuses to mend.
 *
 * @example
 * MunchkinCookieFromString.decode('id:561-HYG-937&token:_mch-example.com-1-2')
 * // => right({ munchkinId: '561-HYG-937', token: '_mch-example.com-1-2' })
 * @category codecs
 * @since 0.1.0
 */
export const MunchkinCookieFromString: t.Type<MunchkinCookie, string, unknown> = /* @__PURE__ */ new t.Type<
  MunchkinCookie,
  string,
  unknown
>(
  'MunchkinCookieFromString',
  (u): u is MunchkinCookie => MunchkinCookie.is(u),
  (input, context) => {
    const cookie = typeof input === 'string' ? readCanonical(input) : undefined
    return cookie === undefined ? t.failure(input, context, mend) : t.success(cookie)
  },
  printMunchkinCookie
)

/** Read from the right, because a cookie domain may hold hyphens of its own; neither ending can be taken for the other. */
const known = /^_mch-(.{1,253})-(?:\d{10,16}-\d{5}|[0-9a-f]{16,64})$/

/** A cookie just as Munchkin writes it, of either kind of token. */
const written = /^id:\d{3}-[A-Z]{3}-\d{3}&token:_mch-[!-$'-+\--:<-~]{1,253}-(?:\d{10,16}-\d{5}|[0-9a-f]{16,64})$/

/** Whether a value is a cookie of this instance just as Munchkin writes it: one look at what most cookies are. @internal */
export const isWrittenBy = (munchkinId: MunchkinId, u: unknown): boolean =>
  typeof u === 'string' && u.slice(idFrame.length, idEnd) === munchkinId && written.test(u)

const cookieName = '_mkto_trk='
const escaped = /%([0-7][0-9A-Fa-f])/g

/** Percent-decoded once, ASCII only: whatever else stands there is no part of a cookie and is refused later. */
const decodeOnce = (text: string): string =>
  text.replace(escaped, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))

/** Where the value of the pair that begins at `from` begins, or 0 when the pair has another name. */
const valueAt = (text: string, from: number, name: string): number => {
  if (!text.startsWith(name, from)) return 0
  const at = from + name.length
  const separator = text.charCodeAt(at)
  return separator === 58 || separator === 61 ? at + 1 : 0
}

/** The two parts of a text that needs mending. Other pairs are passed over, as Munchkin does; one of ours given twice is refused. */
const readMended = (sent: string): MunchkinCookie | undefined => {
  const text = decodeOnce(sent).trim()
  let id: string | undefined
  let token: string | undefined
  let from = text.startsWith(cookieName) ? cookieName.length : 0
  while (from < text.length) {
    const next = text.indexOf('&', from)
    const end = next < 0 ? text.length : next
    const idAt = valueAt(text, from, 'id')
    const tokenAt = valueAt(text, from, 'token')
    if (idAt > 0) {
      if (id !== undefined) return undefined
      id = text.slice(idAt, end)
    } else if (tokenAt > 0) {
      if (token !== undefined) return undefined
      token = text.slice(tokenAt, end)
    }
    from = end + 1
  }
  if (id === undefined || token === undefined) return undefined
  const munchkinId = foldMunchkinId(id)
  return munchkinId !== undefined && isMunchkinToken(token) ? { munchkinId, token } : undefined
}

/**
 * The cookie that a text holds, canonical or not (see the module), or undefined.
 *
 * @example
 * readMunchkinCookie('_mkto_trk=id%3A561-hyg-937%26token%3A_mch-example.com-1374552656411-90718')
 * // => { munchkinId: '561-HYG-937', token: '_mch-example.com-1374552656411-90718' }
 * @category readers
 * @since 0.1.0
 */
export const readMunchkinCookie = (u: unknown): MunchkinCookie | undefined => {
  if (typeof u !== 'string') return undefined
  const cookie = u.includes('%') ? readMended(u) : (readCanonical(u) ?? readMended(u))
  // What is still encoded was encoded twice: decoding it again would be a guess.
  if (cookie === undefined || cookie.token.includes('%')) return undefined
  return known.test(cookie.token) ? cookie : undefined
}

/**
 * Whether this instance set the cookie. A cookie from elsewhere names none of its visitors.
 *
 * @category cookies
 * @since 0.1.0
 */
export const isSetBy =
  (munchkinId: MunchkinId) =>
  (cookie: MunchkinCookie): boolean =>
    cookie.munchkinId === munchkinId

/**
 * The cookie domain written in the token, or undefined where the token has an ending that we do not know.
 *
 * @category cookies
 * @since 0.1.0
 */
export const tokenDomain = (cookie: MunchkinCookie): string | undefined => known.exec(cookie.token)?.[1]
