import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fnv1a64, type Halves, jumpBucket } from '../../src/ground/spread.js'

const all64 = (1n << 64n) - 1n

const whole = ([high, low]: Halves): bigint => (BigInt(high) << 32n) | BigInt(low)
const halves = (n: bigint): Halves => [Number(n >> 32n), Number(n & 0xffffffffn)]

/** The same two, written with whole numbers of any length, after the papers. */
const plainHash = (text: string): bigint =>
  new TextEncoder()
    .encode(text)
    .reduce((hash, byte) => ((hash ^ BigInt(byte)) * 0x100000001b3n) & all64, 0xcbf29ce484222325n)

const plainJump = (hash: bigint, buckets: number): number => {
  let [key, bucket, next] = [hash, -1n, 0n]
  while (next < BigInt(buckets)) {
    bucket = next
    key = (key * 2862933555777941757n + 1n) & all64
    next = BigInt(Math.floor(Number(bucket + 1n) * (2 ** 31 / (Number(key >> 33n) + 1))))
  }
  return Number(bucket)
}

const anyHash = fc.bigInt({ min: 0n, max: all64 })
const anyCount = fc.oneof(fc.integer({ min: 1, max: 2_000 }), fc.integer({ min: 1, max: 2_147_483_647 }))

describe('laws of the hash', () => {
  it('Q3 equals an implementation with long integers, lone surrogates included', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(whole(fnv1a64(text))).toBe(plainHash(text))
      }),
      { examples: [['\ud83d'], ['\ude00a'], ['é😀'], ['']] }
    )
  })

  // Published beside the reference implementations.
  it.each([
    ['', 'cbf29ce484222325'],
    ['a', 'af63dc4c8601ec8c'],
    ['foobar', '85944171f73967e8']
  ])('Q3 of %j is what is published', (text, hash) => {
    expect(whole(fnv1a64(text)).toString(16)).toBe(hash)
  })
})

describe('laws of the buckets', () => {
  it('Q3 equal an implementation with long integers', () => {
    fc.assert(
      fc.property(anyHash, anyCount, (hash, count) => {
        expect(jumpBucket(halves(hash), count)).toBe(plainJump(hash, count))
      }),
      // Of the first, adding 1 carries from the lower half into the upper one; of the others, a product does.
      {
        examples: [
          [0x666313abn, 1_000_000],
          [all64, 7],
          [0n, 7],
          [0xfffffffffn << 28n, 1_000],
          [0xffffffffn, 1_000],
          [1n << 63n, 2 ** 31 - 1]
        ]
      }
    )
  })

  // Published with the implementations in Go, Rust and Python.
  it.each([
    [1n, 1, 0],
    [42n, 57, 43],
    [0xdead10ccn, 1, 0],
    [0xdead10ccn, 666, 361],
    [256n, 1_024, 520],
    [0n, 60, 0],
    [1n, 60, 55],
    [2n, 60, 46]
  ])('Q3 of %s among %i is what is published', (hash, count, bucket) => {
    expect(jumpBucket(halves(hash), count)).toBe(bucket)
  })

  it('Q2 is a whole number below their count, whatever is given as count', () => {
    fc.assert(
      fc.property(anyHash, fc.double(), (hash, count) => {
        const bucket = jumpBucket(halves(hash), count)
        expect(Number.isSafeInteger(bucket) && bucket >= 0).toBe(true)
        expect(bucket).toBeLessThan(Math.max(1, Math.floor(count)) || 1)
      }),
      {
        examples: [
          [1n, Number.NaN],
          [1n, 0],
          [1n, -3],
          [1n, 1.9],
          [1n, Number.POSITIVE_INFINITY],
          [all64, 1e300]
        ]
      }
    )
  })

  it('Q5 moves a hash to the new bucket or not at all', () => {
    fc.assert(
      fc.property(anyHash, fc.integer({ min: 1, max: 100_000 }), (hash, count) => {
        const before = jumpBucket(halves(hash), count)
        expect([before, count]).toContain(jumpBucket(halves(hash), count + 1))
      })
    )
  })
})
