/**
 * Syncs in the middle of a run, with walks that stand where a test wants them.
 *
 * @module
 */

import { emptyTree, type Tree, withValue } from '../../src/ground/tree.js'
import type { Answer } from '../../src/intent/outcome.js'
import { untried } from '../../src/pace/held.js'
import { renewed, renewing } from '../../src/pace/token.js'
import type { SourceSettings } from '../../src/source/settings.js'
import type { SyncOptions } from '../../src/source/sync/options.js'
import { exportWalk, feedWalk, pagedWalk } from '../../src/source/sync/start-walks.js'
import { type SourceSync, startSync } from '../../src/source/sync/state.js'
import type { Job, JobPhase, LookupWalk } from '../../src/source/sync/walks.js'
import { day, settingsOf, start } from './drive.js'

/** A sync that has these walks and no other. */
export const stateWith = (
  walks: SourceSync['walks'],
  options: Partial<SyncOptions> = {},
  given: Partial<SourceSettings> = {}
): SourceSync => ({ ...startSync(settingsOf(given), start, options), walks })

export const job = (phase: JobPhase, startAt = 0, more: Partial<Job> = {}): Job => ({
  ...untried,
  window: { startAt, endAt: startAt + day },
  phase,
  exportId: 'e',
  bytes: null,
  checksum: null,
  reading: null,
  got: 0,
  polls: 0,
  again: 0,
  described: false,
  ...more
})

const awake = { rests: false } as const
export const pages = { ...pagedWalk('lists'), ...awake }
export const feed = { ...feedWalk('activities', [1], start), ...awake }
export const jobs = (...those: ReadonlyArray<Job>) => ({ ...exportWalk('leads', []), ...awake, jobs: those })

export const lookup = (count: number, size = 300): LookupWalk => {
  let pending: Tree<true> = emptyTree
  for (let i = 1; i <= count; i += 1) pending = withValue(pending, String(i), true)
  return { ...untried, ...awake, kind: 'lookup', pending, count, size }
}

/** The state in the middle of a run, with a token of use. */
export const ready = (state: SourceSync): SourceSync => ({
  ...state,
  run: { startedAt: start, nextAt: start + day },
  token: renewed(renewing(state.token, start), { _tag: 'TokenGranted', expiresIn: 3_600 }, start)
})

/** An answer of Marketo's with this in its body. */
export const answerOf = (body: unknown, status = 200): Answer => ({ status, headers: {}, body })

/** A refusal with this code. */
export const refusal = (code: string, message = 'x'): Answer =>
  answerOf({ requestId: 'r', success: false, errors: [{ code, message }] })
