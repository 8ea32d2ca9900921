/**
 * Syncs over SOAP that come too soon after another one of the same lead, by the events' own times.
 *
 *     line 3   10:00:00   ana
 *     line 7   10:00:09   ana     too soon: SOAP answers "Exceeded lock attempts"
 *     line 9   10:00:39   ana     30 seconds later: well
 *
 * A lead is known by its email and its cookie. Of each only a number is kept, with the time of its last call in the stream, and no more
 * than {@link mostKeys} of them: what was synced longest ago makes room.
 *
 * Source: Segment "Marketo Destination", Server Side.
 *
 * @module
 */
import type { Instant } from '../../../ground/calendar.js'
import type { SyncLeadOverSoap } from '../../../intent/intent.js'
import { comparableEmail } from '../../../segment/compare.js'
import { syncSpacingMillis } from '../../../v1/spacing.js'
import { mostExamples } from './lines.js'
import { idNumber } from './people.js'

/** How many emails and cookies are remembered. */
export const mostKeys = 100_000

/** When and on which line a lead was synced. */
export interface Synced {
  readonly at: Instant
  readonly line: number
}

/** How many syncs came too soon, and the lines of the first, each behind the one that it came too soon after. */
export interface CloseSyncs {
  count: number
  readonly pairs: Array<readonly [before: number, line: number]>
  readonly last: Map<number, Synced>
}

/** No sync yet. */
export const newCloseSyncs = (): CloseSyncs => ({ count: 0, pairs: [], last: new Map() })

/** Over SOAP a lead's key is its cookie or its email, so these two are all. */
const keysOf = ({ email, cookie }: SyncLeadOverSoap): ReadonlyArray<number> => [
  ...(email === null ? [] : [idNumber('email', comparableEmail(email))]),
  ...(cookie === null ? [] : [idNumber('cookie', cookie)])
]

/** Puts a key last, and drops the first where there is no room. */
const remember = (last: Map<number, Synced>, key: number, now: Synced, most: number): void => {
  last.delete(key)
  last.set(key, now)
  if (last.size <= most) return
  for (const first of last.keys()) {
    last.delete(first)
    return
  }
}

/** Notes a sync. A stream need not be in order: what counts is how far two calls are apart. */
export const noteSync = (syncs: CloseSyncs, sync: SyncLeadOverSoap, now: Synced, most: number = mostKeys): void => {
  const keys = keysOf(sync)
  const isClose = ({ at }: Synced): boolean => Math.abs(now.at - at) < syncSpacingMillis
  const before = keys.flatMap((key) => syncs.last.get(key) ?? []).find(isClose)
  for (const key of keys) remember(syncs.last, key, now, most)
  if (before === undefined) return
  syncs.count += 1
  if (syncs.pairs.length < mostExamples) syncs.pairs.push([before.line, now.line])
}
