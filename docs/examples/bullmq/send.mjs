// @ts-check
/**
 * Calls over `fetch`, with the token that all workers share: one of them asks Marketo for it, the others take it from Redis.
 *
 * @module
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { interpret } from 'segment-marketo'
import { readAccessToken, toFetch } from 'segment-marketo/fetch'
import { config } from './config.mjs'

/** @typedef {import('segment-marketo').Call<import('segment-marketo').HttpRequest>} Call */
/** @typedef {import('segment-marketo').Answer} Answer */
/** @typedef {(call: Call) => Promise<Answer | { readonly kind: 'lost' }>} Send */

const { clientId, clientSecret } = config
const baseUrl = config.origin === '' ? {} : { baseUrl: config.origin }

/** @param {Call} call @param {string} accessToken @returns {Promise<Answer>} */
const exchange = async ({ descriptor }, accessToken) => {
  const [url, init] = toFetch({ clientId, clientSecret, accessToken }, baseUrl)(descriptor)
  const response = await fetch(url, { ...init, redirect: 'manual', signal: AbortSignal.timeout(config.callMillis) })
  return { status: response.status, headers: Object.fromEntries(response.headers), body: await response.text() }
}

/** @param {import('./store.mjs').Store} store @param {string} name who we are @returns {Send} */
export const newSend = (store, name) => {
  let accessToken = ''

  /** The answer to a question for a token: from the store if there is one, else Marketo's. @param {Call} call @returns {Promise<Answer>} */
  const askToken = async (call) => {
    for (;;) {
      const held = await store.token()
      if (held !== undefined) {
        accessToken = held.text
        // As Marketo says it: the same token, and the seconds that are left.
        const body = { access_token: held.text, expires_in: Math.floor(held.life / 1_000) }
        return { status: 200, headers: {}, body: JSON.stringify(body) }
      }
      if (await store.mayAsk(name, Math.min(config.callMillis, 20_000))) {
        try {
          const answer = await exchange(call, '')
          const text = readAccessToken(answer)
          if (text !== undefined) {
            accessToken = text
            await store.keepToken(text, Number(JSON.parse(String(answer.body)).expires_in) * 1_000)
          }
          return answer
        } finally {
          await store.doneAsking(name)
        }
      }
      await sleep(50)
    }
  }

  return async (call) => {
    try {
      if (call.descriptor.endpoint === 'identityToken') return await askToken(call)
      const used = accessToken
      const answer = await exchange(call, used)
      const told = interpret(call, answer)
      if (told._tag === 'Refused' && told.remedy === 'renew-token') await store.forgetToken(used)
      return answer
    } catch {
      return { kind: 'lost' }
    }
  }
}
