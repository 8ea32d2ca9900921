import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type BackOffPolicy, defaultBackOff, mixed, nextSeed, nextTry } from '../../src/pace/back-off.js'

const policies: fc.Arbitrary<BackOffPolicy> = fc.record({
  firstMillis: fc.integer({ min: 0, max: 10_000 }),
  capMillis: fc.integer({ min: 0, max: 600_000 }),
  longestMillis: fc.integer({ min: 0, max: 7_200_000 }),
  retries: fc.integer({ min: 0, max: 20 })
})
const seeds = fc.oneof(fc.integer(), fc.constantFrom(0, 1, 2 ** 32 - 1, 2 ** 32, -1))
const attempts = fc.oneof(fc.integer({ min: 1, max: 12 }), fc.constantFrom(33, 65, 1_100, Number.MAX_SAFE_INTEGER))
const retryAfters = fc.option(fc.integer({ min: 0, max: 999_999_999 }))

/** The bound of a wait, as the page of the source says it. */
const boundOf = ({ firstMillis, capMillis }: BackOffPolicy, attempt: number): number =>
  Math.min(capMillis, firstMillis * 2 ** Math.min(attempt - 1, 1_000))

describe('laws of waiting', () => {
  it('P1 P2 the same arguments draw the same wait', () => {
    fc.assert(
      fc.property(policies, attempts, seeds, retryAfters, (policy, attempt, seed, retryAfter) => {
        const wait = nextTry(policy, attempt, seed, retryAfter)
        expect(nextTry(Object.freeze({ ...policy }), attempt, seed, retryAfter)).toBe(wait)
      })
    )
  })

  it('P4 a wait is a whole number, from what the answer asks for up to the bound beyond', () => {
    fc.assert(
      fc.property(policies, attempts, seeds, retryAfters, (policy, attempt, seed, retryAfter) => {
        const wait = nextTry(policy, attempt, seed, retryAfter)
        const told = Math.min((retryAfter ?? 0) * 1_000, policy.longestMillis)
        expect(Number.isInteger(wait)).toBe(true)
        expect(wait).toBeGreaterThanOrEqual(told)
        expect(wait).toBeLessThanOrEqual(told + boundOf(policy, attempt))
      })
    )
  })

  it('P3 P4 any numbers at all draw a finite wait that is not below 0', () => {
    const any = fc.oneof(fc.double({ min: -1e9, max: 1e9 }), fc.constantFrom(Number.NaN, Infinity, -Infinity, -0))
    fc.assert(
      fc.property(any, any, any, any, any, (firstMillis, capMillis, attempt, seed, retryAfter) => {
        const wait = nextTry({ ...defaultBackOff, firstMillis, capMillis }, attempt, seed, retryAfter)
        expect(Number.isInteger(wait)).toBe(true)
        expect(wait).toBeGreaterThanOrEqual(0)
        expect(Object.is(wait, -0)).toBe(false)
      }),
      {
        examples: [
          [Infinity, Infinity, 1, 1, 0],
          [1, 1, Infinity, 1, Infinity]
        ]
      }
    )
  })

  it('waits are spread evenly: each tenth of the bound is drawn about as often', () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 1, max: 6 }), (start, attempt) => {
        const tenths = new Array<number>(10).fill(0)
        let seed = start
        for (let k = 0; k < 2_000; k += 1) {
          const wait = nextTry(defaultBackOff, attempt, seed, null)
          const tenth = Math.min(9, Math.floor((wait / (boundOf(defaultBackOff, attempt) + 1)) * 10))
          tenths[tenth] = (tenths[tenth] ?? 0) + 1
          seed = nextSeed(seed)
        }
        // 200 each; the chance that one of ten leaves this range is far below one in a million.
        for (const count of tenths) expect(Math.abs(count - 200)).toBeLessThan(90)
      }),
      { numRuns: 30 }
    )
  })

  it('two that failed together seldom return together, and neither do the tries of one', () => {
    const waits = new Set<number>()
    for (let seed = 0; seed < 200; seed += 1)
      for (let attempt = 5; attempt < 10; attempt += 1) waits.add(nextTry(defaultBackOff, attempt, seed, null))
    expect(waits.size).toBeGreaterThan(950)
  })

  it('P4 seeds are whole numbers of 32 bits and come round late', () => {
    const seen = new Set<number>()
    let seed = 12_345
    for (let k = 0; k < 20_000; k += 1) {
      seed = nextSeed(seed)
      expect(Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32).toBe(true)
      seen.add(seed)
    }
    expect(seen.size).toBe(20_000)
  })
})

describe('waiting', () => {
  // MurmurHash3 of the empty text is its last step applied to the seed; these are its published answers.
  it.each([
    [0, 0],
    [1, 0x514e28b7],
    [0xffffffff, 0x81f16f39]
  ])('mixes %i as MurmurHash3 does', (bits, expected) => {
    expect(mixed(bits)).toBe(expected)
  })

  it.each([
    [0, 0x9e3779b9],
    [1, 0x9e3779ba],
    [2 ** 32 - 1, 0x9e3779b8],
    [-1, 0x9e3779b8],
    [Number.NaN, 0x9e3779b9]
  ])('after the seed %d comes another, 2³² by the golden ratio further', (seed, next) => {
    expect(nextSeed(seed)).toBe(next)
  })

  it.each([
    ['nothing before the first retry', 0, null, 0, 0],
    ['a second at most at first', 1, null, 0, 1_000],
    ['twice as long each time', 4, null, 0, 8_000],
    ['a minute at most', 7, null, 0, 60_000],
    ['a minute at most ever after', 5_000, null, 0, 60_000],
    ['what the answer asks for, and the draw on top', 1, 30, 30_000, 31_000],
    ['what the answer asks for alone, where there is nothing to draw', 0, 30, 30_000, 30_000],
    ['an hour at most of what the answer asks for', 1, 999_999_999, 3_600_000, 3_601_000]
  ])('draws %s', (_, attempt, retryAfter, least, most) => {
    const waits = Array.from({ length: 5_000 }, (_, seed) => nextTry(defaultBackOff, attempt, seed, retryAfter))
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(least)
    expect(Math.max(...waits)).toBeLessThanOrEqual(most)
    // The whole range is used.
    expect(Math.min(...waits) - least).toBeLessThanOrEqual((most - least) * 0.01)
    expect(most - Math.max(...waits)).toBeLessThanOrEqual((most - least) * 0.01)
  })

  it('both ends of the range are drawn', () => {
    const policy = { ...defaultBackOff, firstMillis: 3 }
    const waits = new Set(Array.from({ length: 200 }, (_, seed) => nextTry(policy, 1, seed, null)))
    expect([...waits].sort()).toEqual([0, 1, 2, 3])
  })
})
