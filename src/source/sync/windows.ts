/**
 * A stretch of time in windows that jobs take.
 *
 *     since ├──── 31 days ────┼──── 31 days ────┼── the rest ──┤ until       where one ends the next begins
 *
 * @module
 */
import type { ExportWindow } from '../../endpoints/export-job.js'
import type { Instant } from '../../ground/calendar.js'

const day = 86_400_000
const second = 1_000

/** Windows from one moment to another, their edges in whole seconds; none where there is no time between. @internal */
export const windowsOf = (since: Instant, until: Instant, days: number): ReadonlyArray<ExportWindow> => {
  const windows: Array<ExportWindow> = []
  const end = Math.floor(until / second) * second
  for (let startAt = Math.floor(since / second) * second; startAt < end; startAt += days * day)
    windows.push({ startAt, endAt: Math.min(startAt + days * day, end) })
  return windows
}
