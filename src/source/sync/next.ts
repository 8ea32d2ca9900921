/**
 * The next calls of a sync: what may be asked now, within the budget.
 *
 * @module
 */
import { describeIdentityToken } from '../../endpoints/identity-token.js'
import type { Instant } from '../../ground/calendar.js'
import { malformed } from '../../ground/problem.js'
import { withoutKey } from '../../ground/tree.js'
import type { Call, HttpRequest } from '../../intent/descriptor.js'
import { tokenNeed } from '../../pace/token.js'
import { takeTurn, turnsFrom } from '../../pace/turns.js'
import { beginRun } from './begin.js'
import { callOf, jobAt } from './describe.js'
import { giveUp } from './rest.js'
import { type Draft, type InFlight, type SourceSync, tell } from './state.js'
import { openJobs, type Unit, unitsIn } from './tasks.js'

/**
 * A call to make now. Answer it with `receiveRead`, by its id. Of a job's file, `bytes` and `checksum` are what Marketo says of the
 * whole, the latter as SHA-256 in lower-case hex; null for other calls, and where it does not say.
 *
 * @category sync
 * @since 0.1.0
 */
export interface SyncRequest {
  readonly id: string
  readonly call: Call<HttpRequest>
  readonly bytes: number | null
  readonly checksum: string | null
}

const refusedCredentials = malformed(
  'invalid',
  ['credentials'],
  'credentials that the identity service refuses',
  'mend them, then say so: withNewCredentials'
)

/** Leads that are asked for are no longer to be asked for. */
const takenOut = (draft: Draft, { walk: name, ids }: Unit): void => {
  const walk = draft.walks[name]
  if (walk?.kind !== 'lookup') return
  let { pending } = walk
  for (const id of ids) pending = withoutKey(pending, id)
  draft.walks = { ...draft.walks, [name]: { ...walk, pending, count: walk.count - ids.length } }
}

const fileOf = (draft: Draft, { walk: name, window, errand }: Unit): Pick<SyncRequest, 'bytes' | 'checksum'> => {
  const walk = draft.walks[name]
  const job = errand === 'file' && walk?.kind === 'export' ? jobAt(walk, window) : undefined
  return { bytes: job?.bytes ?? null, checksum: job?.checksum ?? null }
}

const flight = (draft: Draft, unit: Unit, call: Call<HttpRequest>, now: Instant): SyncRequest => {
  const id = `s${draft.nextRequest}`
  draft.nextRequest += 1
  const { at, ...rest } = unit
  const inFlight: InFlight = { ...rest, call, begunAt: now, generation: draft.token.generation, parts: 0 }
  draft.inFlight = { ...draft.inFlight, [id]: inFlight }
  takenOut(draft, unit)
  return { id, call, ...fileOf(draft, unit) }
}

/** Hands calls out. What cannot be asked at all is told, and rests: it would be tried for ever. */
const hand = (draft: Draft, units: ReadonlyArray<Unit>, now: Instant): ReadonlyArray<SyncRequest> =>
  units.flatMap((unit) => {
    const call = callOf(draft, unit)
    if ('descriptor' in call) return [flight(draft, unit, call, now)]
    tell(draft, call)
    takenOut(draft, unit)
    giveUp(draft, unit.walk)
    return []
  })

const identity: Unit = { errand: 'token', walk: '', window: null, ids: [], tried: {}, at: 0 }

/**
 * The calls to make now, and the state after: they are in flight, and each wants its answer by `receiveRead`. `grant` is how many calls
 * some other budget allows. Calls may be made side by side. A run begins here when it is time for one.
 *
 * @category sync
 * @since 0.1.0
 */
export const nextReads = (
  state: SourceSync,
  now: Instant,
  grant: number = Number.POSITIVE_INFINITY
): readonly [state: SourceSync, requests: ReadonlyArray<SyncRequest>] => {
  const draft: Draft = { ...state }
  if (now >= draft.run.nextAt) beginRun(draft, now)
  openJobs(draft)
  const due = unitsIn(draft, now).filter(({ at }) => at <= now)
  if (due.length === 0) return [draft, []]
  const { refused, renew, granted, ...paced } = takeTurn(draft, draft.options.user, due.length, now, grant)
  Object.assign(draft, paced)
  if (refused) tell(draft, refusedCredentials)
  const first = renew ? [flight(draft, identity, describeIdentityToken(draft.settings.munchkinId), now)] : []
  return [draft, [...first, ...hand(draft, due.slice(0, granted), now)]]
}

/**
 * When to ask for calls again if nothing is received before, at the latest when the next run is to begin; null when only other
 * credentials can help.
 *
 * @category sync
 * @since 0.1.0
 */
export const wakeSyncAt = (state: SourceSync, now: Instant): Instant | null => {
  if (tokenNeed(state.token, now) === 'refused') return null
  const draft: Draft = { ...state }
  openJobs(draft)
  const waits = unitsIn(draft, now).map(({ at }) => at)
  const times = [state.run.nextAt, ...waits].filter((at) => at > now)
  if (state.run.nextAt <= now) times.push(now)
  if (waits.some((at) => at <= now)) times.push(...turnsFrom(state, state.options.user, now))
  return Math.min(...times)
}

/**
 * Whether this run has read all there was, or given it up until the next: nothing is under way, and nothing is due.
 *
 * @category sync
 * @since 0.1.0
 */
export const isSynced = (state: SourceSync, now: Instant): boolean =>
  state.run.nextAt > now &&
  Object.keys(state.inFlight).length === 0 &&
  Object.values(state.walks).every((walk) => (walk.kind === 'lookup' ? walk.count === 0 : walk.rests))
