/**
 * What a sync reads: a Marketo of the world outside, or one that is made up.
 *
 * @module
 */
import * as E from 'fp-ts/Either'
import type { Instant } from '../../../ground/calendar.js'
import type { MunchkinId } from '../../../marketo/munchkin-id.js'
import type { SourceSync } from '../../../source/sync/state.js'
import type { SyncConfig } from '../../fetch/sync-config.js'
import { marketoGoal } from '../deliver/goal.js'
import type { SourceSyncRequest } from '../request.js'
import type { World } from '../world.js'
import { madeUpInstance, madeUpTimes } from './made-up-instance.js'
import { simulatedFetch } from './simulated-fetch.js'
import { simulatedTime } from './simulated-time.js'

/** Where to read, and by which clock. */
export interface Origin {
  readonly name: string
  readonly how: Required<Pick<SyncConfig, 'credentials' | 'fetch' | 'now' | 'sleep'>>
}

const anyClient = { clientId: 'simulated', clientSecret: 'simulated' }

/** A made-up instance, in simulated time; a sync that goes on goes on when its next run is due. */
export const simulatedOrigin = (munchkinId: MunchkinId, state: SourceSync | null): Origin => {
  const due: Instant = (state?.run.startedAt ?? 0) + (state?.options.intervalMillis ?? 0)
  const begin = Math.max(madeUpTimes.readAt, due)
  const time = simulatedTime(begin)
  const fetch = simulatedFetch(madeUpInstance({ munchkinId, ...anyClient }), time)
  return { name: `a made-up ${munchkinId}`, how: { credentials: anyClient, fetch, ...time } }
}

/** A Marketo of the world outside, or why it cannot be asked. */
export const marketoOrigin = async (
  request: SourceSyncRequest,
  munchkinId: MunchkinId,
  world: World
): Promise<E.Either<string, Origin>> => {
  const goal = await marketoGoal(request, munchkinId, world)
  if (goal._tag === 'Left') return goal
  const { name, credentials, fetch } = goal.right
  const { now, sleep } = world.network
  return E.right({ name, how: { credentials, fetch, now, sleep } })
}
