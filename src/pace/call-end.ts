/**
 * How a call ended, as far as pacing needs to know.
 *
 *     Accepted   Marketo carried it out; each record has its own outcome       a verdict of endpoints/
 *     Refused    Marketo did not, and says why                                 a verdict of endpoints/
 *     Lost       nobody knows: a timeout, a broken connection, a driver that was restarted
 *
 * @module
 */
import type { Refused } from '../intent/outcome.js'

/**
 * No answer came that could be read: the call may have been carried out or not.
 *
 * @category calls
 * @since 0.1.0
 */
export interface Lost {
  readonly _tag: 'Lost'
}

/**
 * What is read of a refusal. Every `Refused` is one.
 *
 * @category calls
 * @since 0.1.0
 */
export type RefusedCall = Pick<Refused, '_tag' | 'reasons' | 'remedy' | 'retryAfter'>

/**
 * How a call ended. Every verdict is one.
 *
 * @category calls
 * @since 0.1.0
 */
export type CallEnd = { readonly _tag: 'Accepted' } | RefusedCall | Lost
