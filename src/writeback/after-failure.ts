/**
 * What becomes of what a call was for when it failed: it is asked again later, in smaller parts, or given up for a while.
 *
 * @module
 */
import type { Instant } from '../ground/calendar.js'
import { malformed, type Problem } from '../ground/problem.js'
import { nextSeed } from '../pace/back-off.js'
import { type AfterFailure, afterFailed, codesOf, type Held } from '../pace/held.js'
import type { Ended } from '../pace/remedies.js'
import { type Draft, type InFlight, tellTrouble } from './state.js'

/** That something was refused, with Marketo's codes and none of its words. @internal */
export const troubleWith = (what: string, end: Ended, mend: string): Problem =>
  malformed('warning', [what], `a refusal (${codesOf(end)})`, mend)

const quota = malformed('warning', ['calls'], 'no calls left today', 'polling goes on when the quota resets')

/** What to do about a call that failed and was for so many things. @internal */
export const afterFailure = (
  draft: Draft,
  held: Held,
  { tried }: Pick<InFlight, 'tried'>,
  end: Ended,
  records: number,
  now: Instant
): AfterFailure => {
  const { retry, pollMillis } = draft.options
  const after = afterFailed({ retry, restMillis: pollMillis, seed: draft.seed }, held, { tried, end, records }, now)
  draft.seed = nextSeed(draft.seed)
  if (after.todo === 'wait' && after.quota) tellTrouble(draft, quota)
  return after
}
