/**
 * Whether a webhook comes from Segment: its signature, checked against the shared secret.
 *
 *     POST /hook     X-Signature: 5c1bb1…      HMAC-SHA-1 of the raw body under the secret, in hex
 *
 * The body must be the bytes as they came: parsed and written anew, they may differ. Of a batch, Segment signs the first event only; such a
 * body does not pass, so leave batches off for a webhook that is to be checked.
 *
 * Source: Segment "Webhooks (Actions) Destination", Authentication.
 *
 * @module
 */
import { hmacSha1Hex } from '../ground/digest.js'

/** Compares every character of the first, so that the time it takes says nothing of where two texts part. */
const isSame = (a: string, b: string): boolean => {
  let differing = a.length ^ b.length
  for (let i = 0; i < a.length; i += 1) differing |= a.charCodeAt(i) ^ b.charCodeAt(i)
  return differing === 0
}

/** A body that can be signed: text, or the bytes of a view, of whatever realm. */
const signable = (body: unknown): string | Uint8Array | undefined => {
  if (typeof body === 'string') return body
  return ArrayBuffer.isView(body) ? new Uint8Array(body.buffer, body.byteOffset, body.byteLength) : undefined
}

/**
 * Whether the header's value is the signature of a body under the secret. Anything that is no body and no signature is not; nor is
 * anything under an empty secret.
 *
 * @example
 * const verify = verifySegmentSignature('key')
 * verify('The quick brown fox jumps over the lazy dog', 'de7c9b85b8b78aa6bc8a7a36f70a90701c9db4d9') // => true
 * verify('The quick brown fox jumps over the lazy cat', 'de7c9b85b8b78aa6bc8a7a36f70a90701c9db4d9') // => false
 * @category webhooks
 * @since 0.1.0
 */
export const verifySegmentSignature = (secret: string): ((body: unknown, header: unknown) => boolean) => {
  const sign = hmacSha1Hex(secret)
  return (body, header) => {
    if (secret === '' || typeof header !== 'string') return false
    try {
      const message = signable(body)
      return message !== undefined && isSame(sign(message), header.trim().toLowerCase())
    } catch {
      return false
    }
  }
}
