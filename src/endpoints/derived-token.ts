/**
 * The Munchkin token of a visitor: the one in the browser's cookie, or one made from the lead key.
 *
 *     _mch-561-hyg-937.mktoresp.com-0123456789abcdef0123456789abcdef
 *          └ in place of a domain ┘ └ from (munchkin id, lookup field, key) ┘
 *
 * Munchkin draws its tokens by lot; a pure function cannot. The same key always makes the same token, so all visits of one lead are one
 * visitor's, beside the lead's own browser. The domain is one that no page has. Only the two endpoints that need tokens import this
 * file: the others do not pay for the digest.
 *
 * Sources: Adobe "Lead Tracking", Cookie; Munchkin 159; Segment "Marketo Destination" (a cookie is made from userId or sessionId).
 *
 * @module
 */
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import type * as E from 'fp-ts/Either'
import { kindOf } from '../ground/json.js'
import { conflict, malformed, type Problem } from '../ground/problem.js'
import { utf8Bytes } from '../ground/utf8.js'
import type { AssociateCookie, VisitPage } from '../intent/intent.js'
import { keyText, type LeadKey } from '../intent/lead-key.js'
import { isSetBy, isWrittenBy, printMunchkinCookie, readMunchkinCookie } from '../marketo/munchkin-cookie.js'
import type { MunchkinId } from '../marketo/munchkin-id.js'

const hexDigits = 32

/**
 * The token of a lead without a cookie: the same for every spelling of one key, another for any other key or instance.
 *
 * @example
 * import { derivedToken } from 'segment-marketo/endpoints'
 * import { isMunchkinId } from 'segment-marketo/marketo'
 *
 * const munchkinId = '561-HYG-937'
 * isMunchkinId(munchkinId) && derivedToken(munchkinId, { lookupField: 'email', value: 'Ana@Example.com' })
 * // => '_mch-561-hyg-937.mktoresp.com-a69cdb760063b0bbd8f742da0eea1a5f'
 * @category visitors
 * @since 0.1.0
 */
export const derivedToken = (munchkinId: MunchkinId, lead: LeadKey): string => {
  const canonical = JSON.stringify([munchkinId, lead.lookupField, keyText(lead)])
  const digest = bytesToHex(sha256(utf8Bytes(canonical))).slice(0, hexDigits)
  return `_mch-${munchkinId.toLowerCase()}.mktoresp.com-${digest}`
}

const mend = 'send the value of _mkto_trk as the browser has it, or leave it out to have one made from the lead key'

/** How a token is derived from a lead's key. @internal */
export type TokenOf = typeof derivedToken

/** Derives tokens, and the last one but once: an event names one visitor, by its cookie and by its page. @internal */
export const derivingOnce = (): TokenOf => {
  let last: { readonly munchkinId: MunchkinId; readonly lead: LeadKey; readonly token: string } | undefined
  return (munchkinId, lead) => {
    const { lookupField, value } = lead
    if (last?.munchkinId !== munchkinId || last.lead.lookupField !== lookupField || last.lead.value !== value)
      last = { munchkinId, lead, token: derivedToken(munchkinId, lead) }
    return last.token
  }
}

/** The cookie that names an intent's visitor, as Munchkin writes it, or why there is none. @internal */
export const visitorCookie = (intent: AssociateCookie | VisitPage, tokenOf: TokenOf): E.Either<Problem, string> => {
  const { munchkinId, lead, visitor } = intent
  const text = visitor._tag === 'Cookie' ? visitor.cookie : `id:${munchkinId}&token:${tokenOf(munchkinId, lead)}`
  // What it is nearly always, and then no part of it has to be read.
  if (isWrittenBy(munchkinId, text)) return { _tag: 'Right', right: text }
  const at = ['visitor', 'cookie']
  const cookie = readMunchkinCookie(text)
  if (cookie === undefined) return { _tag: 'Left', left: malformed('invalid', at, kindOf(text), mend) }
  if (isSetBy(munchkinId)(cookie)) return { _tag: 'Right', right: printMunchkinCookie(cookie) }
  return { _tag: 'Left', left: conflict('invalid', at, ['munchkinId'], 'another Marketo instance set this cookie') }
}

const tokenAt = 'id:561-HYG-937&token:'.length

/** The token that names an intent's visitor, or why there is none. @internal */
export const visitorToken = (visit: VisitPage, tokenOf: TokenOf): E.Either<Problem, string> => {
  const cookie = visitorCookie(visit, tokenOf)
  return cookie._tag === 'Left' ? cookie : { _tag: 'Right', right: cookie.right.slice(tokenAt) }
}
