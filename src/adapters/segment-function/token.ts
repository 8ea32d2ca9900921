/**
 * The access token of an instance, kept where the platform keeps things, or else in this container's memory.
 *
 *     cache.load('segment-marketo 561-HYG-937 <client>', 50 minutes, ask)  ──▶  { token, until }
 *
 * Marketo gives a running token once more, with the seconds that are left, so what was kept says by itself until when it holds.
 *
 * Source: Segment "Functions", Caching; Adobe "Authentication".
 *
 * @module
 */
import { describeIdentityToken, interpretIdentityToken } from '../../endpoints/identity-token.js'
import type { Instant } from '../../ground/calendar.js'
import { isRecord, ownMember } from '../../ground/json.js'
import type { HttpRequest } from '../../intent/descriptor.js'
import type { Answer } from '../../intent/outcome.js'
import { seenIn } from '../../pace/remedies.js'
import { readAccessToken } from '../fetch/access-token.js'
import { type Ending, endingOfSeen } from './ending.js'
import type { FunctionSettings } from './function-settings.js'
import type { Platform } from './platform.js'

/** A token, and when it ends. @internal */
export interface Token {
  readonly token: string
  readonly until: Instant
}

/** Sends one call with these credentials; null where no answer came. @internal */
export type Send = (request: HttpRequest) => Promise<Answer | null>

const cacheMillis = 50 * 60_000

/** A token with less than this is asked for anew. */
const marginMillis = 60_000

const memory = new Map<string, Token>()

const keyOf = ({ settings, credentials }: FunctionSettings): string =>
  `segment-marketo ${settings.munchkinId} ${credentials.clientId}`

const isToken = (u: unknown): u is Token =>
  isRecord(u) && typeof ownMember(u, 'token') === 'string' && typeof ownMember(u, 'until') === 'number'

const refusedClient: Ending = {
  kind: 'settings',
  message: 'clientId, clientSecret: Marketo refuses them; copy both anew from LaunchPoint'
}

const ask = async (munchkinId: FunctionSettings['settings']['munchkinId'], send: Send, now: () => Instant) => {
  const sent = now()
  const answer = await send(describeIdentityToken(munchkinId).descriptor)
  const verdict = answer === null ? ({ _tag: 'Lost' } as const) : interpretIdentityToken(answer)
  const token = answer === null ? undefined : readAccessToken(answer)
  if (verdict._tag === 'TokenGranted' && token !== undefined)
    return { token, until: sent + verdict.expiresIn * 1_000 } satisfies Token
  if (verdict._tag === 'Refused' && verdict.remedy === 'ask-administrator') return refusedClient
  const seen = seenIn(verdict._tag === 'TokenGranted' ? { _tag: 'Lost' } : verdict)
  return endingOfSeen('identity', seen, true) ?? refusedClient
}

/** The tokens of one client. @internal */
export interface Tokens {
  readonly get: () => Promise<Token | Ending>
  /** Another token than this one, which Marketo takes no more. */
  readonly renew: (token: string) => Promise<Token | Ending>
}

/** What an asking that failed was told travels beside the cache, which must not keep it. */
class NoToken extends Error {}

/** The tokens of the client that these settings name. @internal */
export const newTokens = (ready: FunctionSettings, { cache, now }: Platform, send: Send): Tokens => {
  const key = keyOf(ready)
  let told: Token | Ending | undefined
  let current: Promise<Token | Ending> | undefined

  const askOnce = async (): Promise<Token> => {
    told = await ask(ready.settings.munchkinId, send, now)
    if (isToken(told)) return told
    throw new NoToken('no access token')
  }
  const load = async (): Promise<Token | Ending> => {
    told = undefined
    try {
      const kept: unknown = await (cache === undefined
        ? (memory.get(key) ?? askOnce())
        : cache.load(key, cacheMillis, askOnce))
      if (isToken(kept)) {
        if (cache === undefined) memory.set(key, kept)
        return kept
      }
    } catch {
      // The reason was told to us, or the cache itself failed: then we ask by ourselves.
    }
    return told ?? ask(ready.settings.munchkinId, send, now)
  }
  const forget = async (): Promise<void> => {
    memory.delete(key)
    try {
      await cache?.delete(key)
    } catch {
      // A cache that cannot forget is asked again, and Marketo refuses what it holds.
    }
  }
  const fresh = async (): Promise<Token | Ending> => {
    const kept = await load()
    if ('kind' in kept || told !== undefined || kept.until - now() > marginMillis) return kept
    await forget()
    return load()
  }
  const anew = async (): Promise<Token | Ending> => {
    await forget()
    return load()
  }
  return {
    get: () => (current ??= fresh()),
    renew: async (token) => {
      const kept = await current
      // Of several calls that were refused together the first renews it for all.
      if (kept !== undefined && !('kind' in kept) && kept.token === token) current = anew()
      return (current ??= fresh())
    }
  }
}
