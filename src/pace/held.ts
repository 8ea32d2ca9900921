/**
 * What becomes of a read that failed: it is asked again later, in smaller parts, or given up for a while.
 *
 *     every read may be done twice, so nothing is ever in doubt
 *
 * @module
 */
import type { Instant } from '../ground/calendar.js'
import { queryLimits } from '../marketo/limits.js'
import { type Ended, nextStep, type RetryPolicy, type Tried } from './remedies.js'

/** How often something was tried, when it may be again, and how many things are asked for at once. @internal */
export interface Held {
  readonly tried: Tried
  readonly notBefore: Instant
  readonly size: number
}

/** Nothing was tried. @internal */
export const untried: Held = { tried: {}, notBefore: 0, size: queryLimits.filterValues }

/**
 * What to do about a failure: wait and ask again as `held` says, take it for an empty answer, or give up. `quota` says that it is a day's
 * quota that is waited for.
 *
 * @internal
 */
export type AfterFailure =
  | { readonly todo: 'wait'; readonly held: Held; readonly quota: boolean }
  | { readonly todo: 'accept' }
  | { readonly todo: 'give-up'; readonly held: Held; readonly because: 'refused' | 'tried' }

/** How stubborn to be, how long to rest after giving up, and the seed of waits. @internal */
export interface Patience {
  readonly retry: RetryPolicy
  readonly restMillis: number
  readonly seed: number
}

/** A call that failed: how often it was tried before, how it ended, and for how many things it was. @internal */
export interface FailedCall {
  readonly tried: Tried
  readonly end: Ended
  readonly records: number
}

/** Nothing but what is held: the caller's own may be more, and older. */
const waiting = (tried: Tried, notBefore: Instant, size: number, quota = false): AfterFailure => ({
  todo: 'wait',
  held: { tried, notBefore, size },
  quota
})

/** What to do about a call that failed. @internal */
export const afterFailed = (
  { retry, restMillis, seed }: Patience,
  held: Held,
  { tried: before, end, records }: FailedCall,
  now: Instant
): AfterFailure => {
  const [tried, step] = nextStep(retry)({ records, repeatable: true, tried: before }, end, now, seed)
  switch (step.todo) {
    case 'done':
      return { todo: 'accept' }
    case 'resend-after':
      return waiting(tried, Math.max(held.notBefore, step.at), held.size)
    case 'renew-and-resend':
      return waiting(tried, 0, held.size)
    case 'await-quota-until':
      return waiting(tried, Math.max(held.notBefore, step.until), held.size, true)
    case 'split':
    case 'isolate':
      return waiting(tried, 0, Math.max(1, Math.floor(records / 2)))
    case 'give-up':
      return {
        todo: 'give-up',
        held: { ...untried, size: held.size, notBefore: now + restMillis },
        because: step.because
      }
    case 'unknown':
      return { todo: 'give-up', held: { ...untried, notBefore: now + restMillis }, because: 'tried' }
  }
}

/** The codes of a refusal, and none of its words. @internal */
export const codesOf = (end: Ended): string =>
  end._tag === 'Refused' ? end.reasons.map(({ code }) => (code === '' ? 'no code' : code)).join(', ') : 'no answer'
