/**
 * What becomes of a read that failed.
 *
 * @module
 */
import type { Instant } from '../../ground/calendar.js'
import { malformed } from '../../ground/problem.js'
import { nextSeed } from '../../pace/back-off.js'
import { type AfterFailure, afterFailed, type Held } from '../../pace/held.js'
import type { Ended } from '../../pace/remedies.js'
import { type Draft, type InFlight, tell } from './state.js'

const quota = malformed('warning', ['quota'], "a day's quota that is used up", 'the sync goes on when it resets')

/** What to do about a call that failed and was for so many things. @internal */
export const afterFailure = (
  draft: Draft,
  held: Held,
  { tried }: Pick<InFlight, 'tried'>,
  end: Ended,
  records: number,
  now: Instant
): AfterFailure => {
  const { retry, intervalMillis } = draft.options
  const patience = { retry, restMillis: intervalMillis, seed: draft.seed }
  const after = afterFailed(patience, held, { tried, end, records }, now)
  draft.seed = nextSeed(draft.seed)
  if (after.todo === 'wait' && after.quota) tell(draft, quota)
  return after
}

/** Whether a call was refused for what it asks, which asking again will not mend. @internal */
export const isUnfit = (end: Ended): boolean =>
  end._tag === 'Refused' && (end.remedy === 'mend-request' || end.remedy === 'mend-record')
