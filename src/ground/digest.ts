/**
 * Digests of text, in lower-case hex: SHA-1, that Marketo's two old signatures and Segment's webhooks are made of, and SHA-256.
 *
 * Text is UTF-8, a lone surrogate as U+FFFD, by our own encoder, so that browsers and pasted Segment Functions sign alike. SHA-1
 * keeps no secret by today's measure; it is what the vendors ask for.
 *
 * @module
 */
import { hmac } from '@noble/hashes/hmac.js'
import { sha1 } from '@noble/hashes/legacy.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import { utf8Bytes } from './utf8.js'

/**
 * SHA-1 of texts one after another, each encoded by itself: halves of a surrogate pair in two texts never meet.
 *
 * @example
 * sha1Hex('fortesting', 'name@example.com') // => '6cf6ee588c0268fa802c6e32a21b902ef5ff1896'
 * @category digests
 * @since 0.1.0
 */
export const sha1Hex = (...texts: ReadonlyArray<string>): string => {
  const digest = sha1.create()
  for (const text of texts) digest.update(utf8Bytes(text))
  return bytesToHex(digest.digest())
}

/**
 * HMAC-SHA-1 of a text, or of bytes, under a key.
 *
 * @example
 * hmacSha1Hex('key')('The quick brown fox jumps over the lazy dog') // => 'de7c9b85b8b78aa6bc8a7a36f70a90701c9db4d9'
 * @category digests
 * @since 0.1.0
 */
export const hmacSha1Hex =
  (key: string) =>
  (message: string | Uint8Array): string =>
    bytesToHex(hmac(sha1, utf8Bytes(key), typeof message === 'string' ? utf8Bytes(message) : message))

/**
 * SHA-256 of a text.
 *
 * @example
 * sha256Hex('abc') // => 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'
 * @category digests
 * @since 0.1.0
 */
export const sha256Hex = (text: string): string => bytesToHex(sha256(utf8Bytes(text)))
