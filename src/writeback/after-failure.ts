/**
 * What becomes of what a call was for when it failed: it is asked again later, in smaller parts, or given up for a while.
 *
 *     every read may be done twice, so nothing is ever in doubt
 *
 * @module
 */
import type { Instant } from '../ground/calendar.js'
import { malformed, type Problem } from '../ground/problem.js'
import { nextSeed } from '../pace/back-off.js'
import { type Ended, nextStep } from '../pace/remedies.js'
import { type Draft, type Held, type InFlight, tellTrouble, untried } from './state.js'

/** What to do about a failure: wait and ask again as `held` says, take it for an empty answer, or give up. @internal */
export type AfterFailure =
  | { readonly todo: 'wait'; readonly held: Held }
  | { readonly todo: 'accept' }
  | { readonly todo: 'give-up'; readonly held: Held; readonly because: 'refused' | 'tried' }

const codesOf = (end: Ended): string =>
  end._tag === 'Refused' ? end.reasons.map(({ code }) => (code === '' ? 'no code' : code)).join(', ') : 'no answer'

/** That something was refused, with Marketo's codes and none of its words. @internal */
export const troubleWith = (what: string, end: Ended, mend: string): Problem =>
  malformed('warning', [what], `a refusal (${codesOf(end)})`, mend)

const quota = malformed('warning', ['calls'], 'no calls left today', 'polling goes on when the quota resets')

/** What to do about a call that failed and was for so many things. @internal */
export const afterFailure = (
  draft: Draft,
  held: Held,
  { tried: before }: Pick<InFlight, 'tried'>,
  end: Ended,
  records: number,
  now: Instant
): AfterFailure => {
  const { retry, pollMillis } = draft.options
  const [tried, step] = nextStep(retry)({ records, repeatable: true, tried: before }, end, now, draft.seed)
  draft.seed = nextSeed(draft.seed)
  switch (step.todo) {
    case 'done':
      return { todo: 'accept' }
    case 'resend-after':
      return { todo: 'wait', held: { ...held, tried, notBefore: Math.max(held.notBefore, step.at) } }
    case 'renew-and-resend':
      return { todo: 'wait', held: { ...held, tried, notBefore: 0 } }
    case 'await-quota-until':
      tellTrouble(draft, quota)
      return { todo: 'wait', held: { ...held, tried, notBefore: Math.max(held.notBefore, step.until) } }
    case 'split':
    case 'isolate':
      return { todo: 'wait', held: { ...held, tried, notBefore: 0, size: Math.max(1, Math.floor(records / 2)) } }
    case 'give-up':
      return {
        todo: 'give-up',
        held: { ...untried, size: held.size, notBefore: now + pollMillis },
        because: step.because
      }
    case 'unknown':
      return { todo: 'give-up', held: { ...untried, notBefore: now + pollMillis }, because: 'tried' }
  }
}
