/**
 * Texts spread over numbered buckets, evenly, the same way everywhere and for ever.
 *
 *     text ──UTF-8──▶ bytes ──FNV-1a, 64 bits──▶ hash ──jump consistent hash──▶ 0 … n-1
 *
 * One bucket more takes its part from each of the others and moves nothing else: of n + 1 buckets the new one holds 1/(n + 1) of all texts,
 * and every text that is not in it is where it was.
 *
 * Sixty-four bits are two halves here: numbers hold 53, and not every engine that runs this has whole numbers of any length.
 *
 * Sources: Fowler, Noll, Vo, "FNV hash", FNV-1a; Lamping and Veach, "A Fast, Minimal Memory, Consistent Hash Algorithm".
 *
 * @module
 */
import { utf8Bytes } from './utf8.js'

/** Sixty-four bits, the upper half first; each half from 0 to 2^32 - 1. @internal */
export type Halves = readonly [high: number, low: number]

const half = 4_294_967_296

const wrapped = (n: number): number => n >>> 0

/**
 * The FNV-1a hash of a text's UTF-8 bytes, of 64 bits. Its prime is 2^40 + 0x1b3: a shift by a byte across the halves, and a small factor.
 *
 * @internal
 */
export const fnv1a64 = (text: string): Halves => {
  let high = 0xcbf29ce4
  let low = 0x84222325
  for (const byte of utf8Bytes(text)) {
    const mixed = wrapped(low ^ byte)
    const product = mixed * 0x1b3
    high = wrapped(high * 0x1b3 + Math.floor(product / half) + mixed * 0x100)
    low = wrapped(product)
  }
  return [high, low]
}

/** The upper half of a product of two halves, by its four parts of 16 bits. */
const upperOf = (a: number, b: number): number => {
  const [aHigh, aLow, bHigh, bLow] = [a >>> 16, a & 0xffff, b >>> 16, b & 0xffff]
  const middle = aHigh * bLow + Math.floor((aLow * bLow) / 0x10000)
  return wrapped(aHigh * bHigh + Math.floor((middle + aLow * bHigh) / 0x10000))
}

/** The next number of the generator that decides about jumps: times 2862933555777941757, plus 1. */
const stepped = ([high, low]: Halves): Halves => {
  const [factorHigh, factorLow] = [0x27bb2ee6, 0x87b0b0fd]
  const product = wrapped(Math.imul(low, factorLow))
  const carry = product === half - 1 ? 1 : 0
  const upper = upperOf(low, factorLow) + Math.imul(high, factorLow) + Math.imul(low, factorHigh) + carry
  return [wrapped(upper), wrapped(product + 1)]
}

/** The most buckets that the hash is defined for. */
const mostBuckets = 2_147_483_647

/** The bucket of a hash, of so many; what is no number of buckets is one bucket. @internal */
export const jumpBucket = (hash: Halves, buckets: number): number => {
  const count = Math.min(Math.floor(buckets), mostBuckets)
  let key = hash
  let bucket = 0
  let next = 0
  while (next < count) {
    bucket = next
    key = stepped(key)
    next = Math.floor((bucket + 1) * (2_147_483_648 / ((key[0] >>> 1) + 1)))
  }
  return bucket
}
