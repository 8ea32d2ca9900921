/**
 * What a driver takes from its runtime: something that sends, a clock, a timer, a way to stop. Each can be given, so that a test runs
 * without any of them.
 *
 * @module
 */
import type { Instant } from '../../ground/calendar.js'
import type { FetchInit } from './to-fetch.js'

/** As much of an `AbortSignal` as is used where the runtime's own types are not known. */
interface PlainSignal {
  readonly aborted: boolean
  addEventListener(type: 'abort', listener: () => void): void
  removeEventListener(type: 'abort', listener: () => void): void
}

/**
 * The runtime's `AbortSignal`.
 *
 * @category delivering
 * @since 0.1.0
 */
export type Signal = typeof globalThis extends { AbortSignal: { prototype: infer S } } ? S : PlainSignal

/**
 * What a call is sent with: nothing is followed elsewhere, and the signal says when nobody waits any more.
 *
 * @category delivering
 * @since 0.1.0
 */
export interface SendInit extends FetchInit {
  readonly redirect: 'manual'
  readonly signal: Signal
}

/**
 * As much of a stream as is read.
 *
 * @category delivering
 * @since 0.1.0
 */
export interface ByteStream {
  getReader(): { read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array | undefined }> }
}

/**
 * As much of a `Response` as is read: files by their `body`, where it is there, and all else by `text`.
 *
 * @category delivering
 * @since 0.1.0
 */
export interface Received {
  readonly status: number
  readonly headers: { forEach(tell: (value: string, name: string) => void): void }
  readonly body?: ByteStream | null
  text(): Promise<string>
}

/**
 * What sends: `fetch`, or anything that can be called like it.
 *
 * @category delivering
 * @since 0.1.0
 */
export type FetchLike = (url: string, init: SendInit) => Promise<Received>

/**
 * A timer: settles after so many milliseconds, or when the signal says that nobody waits any more.
 *
 * @category delivering
 * @since 0.1.0
 */
export type Sleep = (millis: number, signal: Signal) => Promise<void>

/** The runtime's clock. @internal */
export const runtimeNow = (): Instant => Date.now()

/** A timer takes no more milliseconds than 31 bits hold; whoever waits longer wakes and waits on. */
const longestSleep = 2_147_483_647

/** The runtime's timer. @internal */
export const runtimeSleep: Sleep = (millis, signal) =>
  new Promise((resolve) => {
    const wake = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', wake)
      resolve()
    }
    const timer = setTimeout(wake, Math.min(millis, longestSleep))
    signal.addEventListener('abort', wake)
    if (signal.aborted) wake()
  })
