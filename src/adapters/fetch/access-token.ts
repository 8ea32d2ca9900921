/**
 * The one place that reads a token out of an answer: whoever sends keeps it, nothing else ever holds it.
 *
 * @module
 */
import { accessTokenOf } from '../../endpoints/identity-token.js'
import type { Answer } from '../../intent/outcome.js'

/**
 * The access token in an answer of the identity endpoint, or undefined. `interpretIdentityToken` tells how long it lives.
 *
 * @example
 * readAccessToken({ status: 200, headers: {}, body: '{"access_token":"abc:ab","expires_in":3599}' }) // => 'abc:ab'
 * @category credentials
 * @since 0.1.0
 */
export const readAccessToken = (answer: Answer): string | undefined => {
  try {
    return answer.status >= 200 && answer.status < 300 ? accessTokenOf(answer) : undefined
  } catch {
    return undefined
  }
}
