/**
 * How long to wait before the next try.
 *
 *     attempt          1      2      3      4      5      6  …
 *     at most, in s    1      2      4      8     16     32  …  60    the wait is drawn evenly from 0 up to that: full jitter
 *
 * Exponential, so that a long trouble is asked about seldom; drawn, so that many who failed together do not return together. What the
 * answer itself asks for (`Retry-After`) comes first and the drawn wait on top of it. Nothing here rolls dice: a seed is an argument,
 * and the same seed draws the same wait.
 *
 *     seed ──nextSeed──▶ seed ──nextSeed──▶ …        a 32-bit whole number: JSON as it is
 *
 * Sources: Adobe "Error Codes" (502: exponential back-off); M. Brooker, "Exponential Backoff and Jitter"; RFC 9110, 10.2.3; A. Appleby's
 * MurmurHash3, the 32-bit finaliser.
 *
 * @module
 */

/**
 * How patient a retry is: the bound of the first wait, the bound that later ones grow to (each twice the one before), the longest wait
 * that an answer may ask for, and how many times a request is sent again.
 *
 * @category waiting
 * @since 0.1.0
 */
export interface BackOffPolicy {
  readonly firstMillis: number
  readonly capMillis: number
  readonly longestMillis: number
  readonly retries: number
}

/**
 * A second to begin with, a minute at most, an hour at most if an answer asks for it, five retries.
 *
 * @category waiting
 * @since 0.1.0
 */
export const defaultBackOff: BackOffPolicy = {
  firstMillis: 1_000,
  capMillis: 60_000,
  longestMillis: 3_600_000,
  retries: 5
}

/** Each bit of the number moves every bit of the answer; both are whole numbers of 32 bits. MurmurHash3's own last step. @internal */
export const mixed = (bits: number): number => {
  let h = bits >>> 0
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

/** 2³² divided by the golden ratio: steps of this size go round all 32-bit numbers and stay far apart. */
const stride = 0x9e3779b9

/**
 * The seed after this one: a whole number from 0 to 2³² - 1, each of which comes once before any comes again. Any number will do as the
 * first; what is none counts as 0.
 *
 * @example
 * nextSeed(1) // => 2654435770
 * @category waiting
 * @since 0.1.0
 */
export const nextSeed = (seed: number): number => ((seed >>> 0) + stride) >>> 0

/** A fraction from 0 up to, not including, 1. */
const drawn = (seed: number, attempt: number): number => mixed(mixed(nextSeed(seed)) + attempt) / 2 ** 32

/** A number that is there, is not below 0 and is finite; else 0. */
const sound = (n: number | null): number => (n !== null && n > 0 && n < Number.POSITIVE_INFINITY ? n : 0)

/** What an answer asks for, in whole milliseconds and within a bound; `retryAfter` is in seconds. @internal */
export const toldMillis = (retryAfter: number | null, longest: number): number =>
  Math.ceil(Math.min(sound(retryAfter) * 1_000, sound(longest)))

/**
 * Milliseconds to wait before a try. `attempt` is 1 for the first retry; below that there is nothing to wait for. `retryAfter` is in
 * seconds, as verdicts have it, or null; the wait is not shorter, save that `longestMillis` bounds it.
 *
 * @example
 * const waits = [1, 2, 3, 4].map((attempt) => nextTry(defaultBackOff, attempt, 7, null))
 * waits.map((millis, i) => millis <= 1_000 * 2 ** i) // => [true, true, true, true]
 * nextTry(defaultBackOff, 1, 7, 30) - (waits[0] ?? 0) // => 30000
 * @category waiting
 * @since 0.1.0
 */
export const nextTry = (policy: BackOffPolicy, attempt: number, seed: number, retryAfter: number | null): number => {
  const doublings = Math.min(Math.max(Math.floor(sound(attempt)), 0), 64) - 1
  const bound = doublings < 0 ? 0 : Math.min(sound(policy.capMillis), sound(policy.firstMillis) * 2 ** doublings)
  const wait = Math.floor(drawn(seed, doublings) * (Math.floor(bound) + 1))
  return toldMillis(retryAfter, policy.longestMillis) + wait
}
