/**
 * The identity endpoint, and the token of every other call.
 *
 *     GET /identity/oauth/token?grant_type=client_credentials&client_id=…&client_secret=…
 *     200 { access_token, token_type: 'bearer', expires_in, scope }      401 { error: 'invalid_client', error_description }
 *
 * Until a token expires, asking again gives the same one with the seconds that are left, 0 in its last second. The token's text is
 * worked out of the client and a number, so that a state holds no more than the number.
 *
 * Sources: Adobe "Authentication"; swagger-identity; "Error Codes" (601, 602, 603).
 *
 * @module
 */
import type { Instant } from '../ground/calendar.js'
import { sha1Hex } from '../ground/digest.js'
import type { Pairs } from '../intent/descriptor.js'
import type { Answer } from '../intent/outcome.js'
import type { Settled } from './options.js'
import type { Draft } from './state.js'
import { type Failed, failed, jsonAnswer } from './told.js'

const tokenText = ({ munchkinId, clientId }: Settled, generation: number): string => {
  const hex = sha1Hex(`${munchkinId} ${clientId} ${generation}`)
  return `${hex.slice(0, 8)}-${hex.slice(8, 20)}-${generation}:sim`
}

const valueUnder = (pairs: Pairs, name: string): string | undefined => pairs.find(([own]) => own === name)?.[1]

const granted = (draft: Draft, at: Instant): Answer => {
  const { options } = draft
  if (draft.token.generation === 0 || draft.token.until <= at) {
    draft.token = { generation: draft.token.generation + 1, until: at + options.tokenSeconds * 1000 }
  }
  return jsonAnswer(200, {
    access_token: tokenText(options, draft.token.generation),
    token_type: 'bearer',
    expires_in: Math.floor((draft.token.until - at) / 1000),
    scope: 'simulator@example.com'
  })
}

/** Answers who asks for a token. @internal */
export const identityToken = (draft: Draft, query: Pairs, at: Instant): Answer => {
  const { clientId, clientSecret } = draft.options
  if (valueUnder(query, 'grant_type') !== 'client_credentials') {
    return jsonAnswer(400, { error: 'unsupported_grant_type', error_description: 'Unsupported grant type' })
  }
  return valueUnder(query, 'client_id') === clientId && valueUnder(query, 'client_secret') === clientSecret
    ? granted(draft, at)
    : jsonAnswer(401, { error: 'invalid_client', error_description: 'Bad client credentials' })
}

const bearer = /^Bearer +(\S+)$/i
const numbered = /-(\d{1,15}):sim$/

/** Whether a text is a token of ours that lives, one that did, or none. @internal */
export const standingOf = ({ options, token }: Draft, text: string, at: Instant): 'good' | 'expired' | 'none' => {
  const generation = Number(numbered.exec(text)?.[1] ?? 0)
  const ours = generation <= token.generation && text === tokenText(options, generation)
  if (!ours) return 'none'
  return generation < token.generation || token.until <= at ? 'expired' : 'good'
}

/** What is wrong with the token of a call, or undefined. @internal */
export const unfitToken = (draft: Draft, header: string | undefined, at: Instant): Failed | undefined => {
  if (header === undefined || header === '') return failed('603', 'Access denied')
  const standing = standingOf(draft, bearer.exec(header)?.[1] ?? '', at)
  if (standing === 'none') return failed('601', 'Access token invalid')
  return standing === 'expired' ? failed('602', 'Access token expired') : undefined
}
