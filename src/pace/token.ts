/**
 * When to use, renew or wait for an access token. The driver holds the token; this state never sees it.
 *
 *     renewal asked          granted, lives 3,600 s                          margin    expires
 *     ├─────────────────────▶├───────────────── use ─────────────────────────┼── use ──┤
 *     wait                   generation + 1                                  renew     wait till the renewal ends
 *
 * Each token has a generation, its number. A call remembers the generation that it was sent with, so that ten calls answered with 601 or
 * 602 for one dead token cost one renewal: an answer for any generation but the present one changes nothing.
 *
 * Asked before it expires, Marketo gives the *same* token with the seconds that are left. So a token handed out within its margin is used to
 * its end before the next renewal, and one with 0 seconds is no token at all.
 *
 * One renewal at most is under way. The first trouble with a token renews at once; renewals that bring no token of use back off. Once
 * Marketo refuses the credentials (401) nothing is asked again until `resetToken`: a loop would lock nobody's secret right.
 *
 * The state is plain JSON, of one munchkin id and one client. Should `now` go back, a token only seems to live longer, and Marketo's 602 tells.
 *
 * Sources: Adobe "Authentication", "Error Codes" (401, 601, 602); public traffic (0 seconds left).
 *
 * @module
 */
import type { Instant } from '../ground/calendar.js'
import type { MunchkinId } from '../marketo/munchkin-id.js'
import { type BackOffPolicy, defaultBackOff, nextSeed, nextTry } from './back-off.js'
import type { Lost, RefusedCall } from './call-end.js'

/**
 * How tokens are renewed: how long ahead of expiry, when a renewal without an answer counts as lost, how long a token must have lived for
 * its end to be no trouble, how failing renewals wait, and the seed of those waits.
 *
 * @category tokens
 * @since 0.1.0
 */
export interface TokenSettings {
  readonly marginMillis: number
  readonly renewalMillis: number
  readonly steadyMillis: number
  readonly backOff: BackOffPolicy
  readonly seed: number
}

/**
 * A minute ahead of expiry; a renewal is lost after a minute; a token that dies within a minute is trouble; waits grow to five minutes.
 *
 * @category tokens
 * @since 0.1.0
 */
export const defaultTokenSettings: TokenSettings = {
  marginMillis: 60_000,
  renewalMillis: 60_000,
  steadyMillis: 60_000,
  backOff: { ...defaultBackOff, capMillis: 300_000 },
  seed: 0
}

/**
 * What is known of one client's token. `generation` is 0 before the first; `expiresAt` and `renewAt` are null when there is none of use.
 * `grantedAt` is null once there was trouble since, and `troubles` counts those in a row.
 *
 * @category tokens
 * @since 0.1.0
 */
export interface TokenState {
  readonly version: 1
  readonly munchkinId: MunchkinId
  readonly settings: TokenSettings
  readonly generation: number
  readonly expiresAt: Instant | null
  readonly renewAt: Instant | null
  readonly renewalSince: Instant | null
  readonly grantedAt: Instant | null
  readonly troubles: number
  readonly retryAt: Instant
  readonly credentials: 'believed' | 'refused'
  readonly seed: number
}

/**
 * What to do about the token now: send with it; ask for another (a call may still go out when a token lives: see {@link hasToken});
 * hold what needs it until a renewal ends or may begin; or tell somebody that the credentials are wrong.
 *
 * @category tokens
 * @since 0.1.0
 */
export type TokenNeed = 'use' | 'renew' | 'wait' | 'refused'

/**
 * How a renewal ended: a verdict of `interpretIdentityToken`, or lost.
 *
 * @category tokens
 * @since 0.1.0
 */
export type RenewalEnd = { readonly _tag: 'TokenGranted'; readonly expiresIn: number } | RefusedCall | Lost

/** A whole number that is finite and no negative zero, else 0. */
const whole = (n: number): number => (Number.isFinite(n) ? Math.floor(n) + 0 : 0)

/**
 * The state before the first token.
 *
 * @example
 * import { isMunchkinId } from 'segment-marketo/marketo'
 * import { startToken, tokenNeed } from 'segment-marketo/pace'
 *
 * const munchkinId = '561-HYG-937'
 * if (!isMunchkinId(munchkinId)) throw new Error('no munchkin id')
 * tokenNeed(startToken(munchkinId), 0) // => 'renew'
 * @category tokens
 * @since 0.1.0
 */
export const startToken = (munchkinId: MunchkinId, settings: Partial<TokenSettings> = {}): TokenState => {
  const all = { ...defaultTokenSettings, ...settings }
  return {
    version: 1,
    munchkinId,
    settings: all,
    generation: 0,
    expiresAt: null,
    renewAt: null,
    renewalSince: null,
    grantedAt: null,
    troubles: 0,
    retryAt: 0,
    credentials: 'believed',
    seed: whole(all.seed) >>> 0
  }
}

/**
 * Whether the token of the present generation still lives: calls may be sent with it, also while a renewal is under way.
 *
 * @example
 * import { isMunchkinId } from 'segment-marketo/marketo'
 * import { hasToken, renewed, renewing, startToken } from 'segment-marketo/pace'
 *
 * const munchkinId = '561-HYG-937'
 * if (!isMunchkinId(munchkinId)) throw new Error('no munchkin id')
 * const state = renewed(renewing(startToken(munchkinId), 0), { _tag: 'TokenGranted', expiresIn: 3_600 }, 300)
 * hasToken(state, 3_599_999) // => true
 * hasToken(state, 3_600_000) // => false
 * @category tokens
 * @since 0.1.0
 */
export const hasToken = ({ expiresAt }: TokenState, now: Instant): boolean => expiresAt !== null && now < expiresAt

/** Whether a renewal is under way. One that nobody heard of again counts as lost after a while. */
const isRenewing = ({ renewalSince, settings }: TokenState, now: Instant): boolean =>
  renewalSince !== null && now < renewalSince + settings.renewalMillis

/** Whether it is time for another token, whatever stands in the way. */
const isDue = ({ renewAt }: TokenState, now: Instant): boolean => renewAt === null || now >= renewAt

/**
 * What to do about the token now.
 *
 * @example
 * import { isMunchkinId } from 'segment-marketo/marketo'
 * import { renewed, renewing, startToken, tokenNeed } from 'segment-marketo/pace'
 *
 * const munchkinId = '561-HYG-937'
 * if (!isMunchkinId(munchkinId)) throw new Error('no munchkin id')
 * const state = renewed(renewing(startToken(munchkinId), 0), { _tag: 'TokenGranted', expiresIn: 3_600 }, 300)
 * tokenNeed(state, 3_539_999) // => 'use'
 * tokenNeed(state, 3_540_000) // => 'renew'
 * tokenNeed(renewing(state, 3_540_000), 3_540_001) // => 'use'
 * tokenNeed(renewing(state, 3_540_000), 3_600_000) // => 'renew'
 * @category tokens
 * @since 0.1.0
 */
export const tokenNeed = (state: TokenState, now: Instant): TokenNeed => {
  const free = !isRenewing(state, now) && now >= state.retryAt && state.credentials === 'believed'
  if (isDue(state, now) && free) return 'renew'
  if (hasToken(state, now)) return 'use'
  return state.credentials === 'refused' ? 'refused' : 'wait'
}

/**
 * When what {@link tokenNeed} says changes by time alone, or null when it does not.
 *
 * @example
 * import { isMunchkinId } from 'segment-marketo/marketo'
 * import { renewed, renewing, startToken, tokenWakeAt } from 'segment-marketo/pace'
 *
 * const munchkinId = '561-HYG-937'
 * if (!isMunchkinId(munchkinId)) throw new Error('no munchkin id')
 * const state = renewed(renewing(startToken(munchkinId), 0), { _tag: 'TokenGranted', expiresIn: 3_600 }, 300)
 * tokenWakeAt(state, 300) // => 3540000
 * @category tokens
 * @since 0.1.0
 */
export const tokenWakeAt = (state: TokenState, now: Instant): Instant | null => {
  const { renewAt, expiresAt, renewalSince, retryAt, settings } = state
  const lost = renewalSince === null ? null : renewalSince + settings.renewalMillis
  const need = tokenNeed(state, now)
  const changes = [renewAt, expiresAt, lost, retryAt].filter(
    (at): at is Instant => at !== null && at > now && tokenNeed(state, at) !== need
  )
  return changes.length === 0 ? null : Math.min(...changes)
}

/**
 * The state once the driver asks for another token: nobody else asks meanwhile.
 *
 * @example
 * import { isMunchkinId } from 'segment-marketo/marketo'
 * import { renewing, startToken, tokenNeed } from 'segment-marketo/pace'
 *
 * const munchkinId = '561-HYG-937'
 * if (!isMunchkinId(munchkinId)) throw new Error('no munchkin id')
 * const state = renewing(startToken(munchkinId), 0)
 * tokenNeed(state, 59_999) // => 'wait'
 * tokenNeed(state, 60_000) // => 'renew'
 * @category tokens
 * @since 0.1.0
 */
export const renewing = (state: TokenState, now: Instant): TokenState => ({ ...state, renewalSince: whole(now) })

/** Troubles in a row up to now: a token that lived long enough ends the row. */
const troublesOf = ({ grantedAt, settings, troubles }: TokenState, now: Instant): number =>
  grantedAt !== null && now - grantedAt >= settings.steadyMillis ? 0 : troubles

/** One more trouble in a row, which says how long the next renewal waits. */
const troubled = (
  state: TokenState,
  now: Instant,
  attemptOf: (troubles: number) => number,
  retryAfter: number | null
): TokenState => {
  const troubles = troublesOf(state, now) + 1
  const wait = nextTry(state.settings.backOff, attemptOf(troubles), state.seed, retryAfter)
  return { ...state, grantedAt: null, troubles, retryAt: whole(now) + wait, seed: nextSeed(state.seed) }
}

/** The first trouble with a token is mended at once, and only the next ones wait. */
const afterTheFirst = (troubles: number): number => troubles - 1

/** Nothing that Marketo gives lives longer than an hour; a day is what we believe at most. In seconds. */
const longestLife = 86_400

const granted = (state: TokenState, expiresIn: number, now: Instant): TokenState => {
  const { marginMillis } = state.settings
  // Marketo counts from some moment between question and answer; from the question on is the earlier reading.
  const asked = Math.min(state.renewalSince ?? whole(now), whole(now))
  const life = Math.min(Math.max(whole(expiresIn), 0), longestLife) * 1_000
  const next = { ...state, generation: state.generation + 1, renewalSince: null, expiresAt: null, renewAt: null }
  if (life === 0) return troubled(next, now, afterTheFirst, null)
  const expiresAt = asked + life
  const renewAt = life > marginMillis ? expiresAt - marginMillis : expiresAt
  return { ...next, expiresAt, renewAt, grantedAt: whole(now), troubles: troublesOf(state, now), retryAt: 0 }
}

/**
 * The state after a renewal ended. A granted token is the next generation. Refused credentials stay refused; anything else is asked again
 * after a while, and a token that still lives stays in use.
 *
 * @example
 * import { isMunchkinId } from 'segment-marketo/marketo'
 * import { renewed, renewing, startToken, tokenNeed } from 'segment-marketo/pace'
 *
 * const munchkinId = '561-HYG-937'
 * if (!isMunchkinId(munchkinId)) throw new Error('no munchkin id')
 * const answer = { _tag: 'TokenGranted', expiresIn: 3_599 } as const
 * const state = renewed(renewing(startToken(munchkinId), 0), answer, 300)
 * state.generation // => 1
 * state.expiresAt // => 3599000
 * @category tokens
 * @since 0.1.0
 */
export const renewed = (state: TokenState, end: RenewalEnd, now: Instant): TokenState => {
  if (end._tag === 'TokenGranted') return granted(state, end.expiresIn, now)
  const ended: TokenState = { ...state, renewalSince: null }
  // Only a 401 is final. Other refusals may be a gateway's page in front of Marketo, which passes.
  if (end._tag === 'Refused' && end.remedy === 'ask-administrator') return { ...ended, credentials: 'refused' }
  return troubled(ended, now, (troubles) => troubles, end._tag === 'Refused' ? end.retryAfter : null)
}

/**
 * The state after Marketo answered 601 or 602 to a call that was sent with the token of that generation. Only the present generation
 * matters: of a storm of such answers, the first asks for a renewal and the others change nothing.
 *
 * @example
 * import { isMunchkinId } from 'segment-marketo/marketo'
 * import { renewed, renewing, startToken, tokenNeed, tokenRefused } from 'segment-marketo/pace'
 *
 * const munchkinId = '561-HYG-937'
 * if (!isMunchkinId(munchkinId)) throw new Error('no munchkin id')
 * const state = renewed(renewing(startToken(munchkinId), 0), { _tag: 'TokenGranted', expiresIn: 3_600 }, 300)
 * tokenNeed(tokenRefused(state, 0, 500), 500) // => 'use'
 * tokenNeed(tokenRefused(state, 1, 500), 500) // => 'renew'
 * @category tokens
 * @since 0.1.0
 */
export const tokenRefused = (state: TokenState, generation: number, now: Instant): TokenState =>
  generation !== state.generation || state.expiresAt === null
    ? state
    : troubled({ ...state, expiresAt: null, renewAt: null }, now, afterTheFirst, null)

/**
 * The state with credentials to be believed again, say because they were replaced: the next token is asked for at once. The generation
 * goes on, so that answers to older calls still change nothing.
 *
 * @example
 * import { isMunchkinId } from 'segment-marketo/marketo'
 * import { renewed, renewing, resetToken, startToken, tokenNeed } from 'segment-marketo/pace'
 *
 * const munchkinId = '561-HYG-937'
 * if (!isMunchkinId(munchkinId)) throw new Error('no munchkin id')
 * const wrong = { _tag: 'Refused', reasons: [{ code: '401', message: '' }], remedy: 'ask-administrator', retryAfter: null } as const
 * const state = renewed(renewing(startToken(munchkinId), 0), wrong, 300)
 * tokenNeed(state, 1e9) // => 'refused'
 * tokenNeed(resetToken(state), 1e9) // => 'renew'
 * @category tokens
 * @since 0.1.0
 */
export const resetToken = (state: TokenState): TokenState => ({
  ...state,
  expiresAt: null,
  renewAt: null,
  renewalSince: null,
  grantedAt: null,
  troubles: 0,
  retryAt: 0,
  credentials: 'believed'
})
