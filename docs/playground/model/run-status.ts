/**
 * How far a delivery has come, in one sentence.
 *
 * @module
 */
import { spanOf } from './delivery-words.js'
import type { Run } from './run.js'
import { plural } from './summary.js'

const nothingToDo = (run: Run): string | null => {
  if (run.items.length > 0) return null
  return run.dropped === 0
    ? 'There is no event to deliver.'
    : 'None of these events gives anything to deliver: the other tabs say why.'
}

/** The sentence. */
export const statusOf = (run: Run): string => {
  const nothing = nothingToDo(run)
  if (nothing !== null) return nothing
  const last = run.rounds[run.rounds.length - 1]
  const passed = spanOf(run.now - run.begunAt)
  const calls = run.rounds.reduce((sum, { told }) => sum + told.length, 0)
  if (run.isStuck) return `Cut off after ${plural(run.rounds.length, 'round')}.`
  if (run.isDone)
    return `Done: ${plural(run.items.length, 'item')} in ${plural(calls, 'call')}, ${plural(run.rounds.length, 'round')} and ${passed}.`
  if (last === undefined)
    return `${plural(run.items.length, 'item')} of ${plural(run.people, 'person', 'people')} to deliver.`
  return `Round ${last.number}: ${plural(last.told.length, 'call')}, ${plural(last.ended.length, 'item')} ended.`
}
