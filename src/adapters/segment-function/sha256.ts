/**
 * SHA-256 for the one file that is pasted, by the `crypto` that Segment's runtime promises: the package's own digest weighs too much there.
 *
 * The build puts it in the place of `@noble/hashes` in that file, and nowhere else; a test compares the two.
 *
 * Source: Segment "Functions", Runtime and dependencies.
 *
 * @module
 */

/** As much of Node's `crypto` as is needed; the platform gives it as a global. */
declare const crypto: {
  createHash(name: 'sha256'): { update(bytes: Uint8Array): { digest(form: 'hex'): string } }
}

/** The digest of bytes, as hexadecimal digits: what `bytesToHex` then takes as it is. @internal */
export const sha256 = (bytes: Uint8Array): string => crypto.createHash('sha256').update(bytes).digest('hex')

/** Hexadecimal digits as they are. @internal */
export const bytesToHex = (digits: string): string => digits
