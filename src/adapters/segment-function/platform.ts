/**
 * What Segment's runtime gives to a function: looked for at every call, because not every place that runs functions has all of it.
 *
 *     fetch                                                     sends
 *     cache.load(key, milliseconds, get), cache.delete(key)     keeps a token between calls of one instance; the tester has none
 *     RetryError, InvalidEventPayload, ValidationError,         what Event Delivery tells apart
 *     EventNotSupported
 *
 * No AbortController, TextEncoder or performance: where functions run they may be absent.
 *
 * Source: Segment "Functions", Runtime and dependencies; "Destination Functions", Errors and error handling.
 *
 * @module
 */
import type { Instant } from '../../ground/calendar.js'

/** What a call is sent with. `timeout` is what the platform's `fetch` (node-fetch) hangs up after; others pass it over. @internal */
export interface FunctionInit {
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  readonly redirect: 'manual'
  readonly timeout: number
}

/** As much of an answer as is read. @internal */
export interface FunctionAnswer {
  readonly status: number
  text(): Promise<string>
}

/** The platform's cache. @internal */
export interface FunctionCache {
  load(key: string, millis: number, get: () => Promise<unknown>): Promise<unknown>
  delete(key: string): unknown
}

/** What a function takes from where it runs. @internal */
export interface Platform {
  readonly fetch: (url: string, init: FunctionInit) => Promise<FunctionAnswer>
  readonly cache: FunctionCache | undefined
  readonly now: () => Instant
}

declare const cache: FunctionCache | undefined

const givenCache = (): FunctionCache | undefined => (typeof cache === 'object' && cache !== null ? cache : undefined)

/** The platform that this code runs on. @internal */
export const platform = (): Platform => ({
  fetch: (url, init) => fetch(url, init),
  cache: givenCache(),
  now: () => Date.now()
})

/** A promise's value, or `late` where it takes longer. @internal */
export const within = async <A, B>(millis: number, late: B, promise: Promise<A>): Promise<A | B> => {
  let stop = (): void => undefined
  const over = new Promise<B>((resolve) => {
    const timer = setTimeout(() => resolve(late), millis)
    stop = () => clearTimeout(timer)
  })
  try {
    return await Promise.race([promise, over])
  } finally {
    stop()
  }
}
