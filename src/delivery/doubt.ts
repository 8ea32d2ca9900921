/**
 * Ends of items of which nobody knows whether they were done.
 *
 * Points whose sum was sent, and no answer came, may be there. Whoever is told that they are not would give them once more.
 *
 * @module
 */
import type { End } from './outcome.js'
import type { Pending, Waiting } from './state.js'

const isDoubtful = (item: Pending | Waiting): boolean =>
  'progress' in item && item.progress?._tag === 'Score' && item.tried.lost !== undefined

/** Whether an end says that nothing was done. */
const deniesAll = (end: End): boolean =>
  end._tag === 'Deferred' || end._tag === 'Refused' || (end._tag === 'Skipped' && end.remedy !== 'accept')

/** An end as it may be told of this item. @internal */
export const honest = (item: Pending | Waiting, end: End): End =>
  isDoubtful(item) && deniesAll(end) ? { _tag: 'Unknown', reasons: 'reasons' in end ? end.reasons : [] } : end
