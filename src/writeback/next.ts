/**
 * The next calls of polling: what may be asked now, within the budget.
 *
 * @module
 */
import { describeIdentityToken } from '../endpoints/identity-token.js'
import type { Instant } from '../ground/calendar.js'
import { malformed } from '../ground/problem.js'
import type { Call, HttpRequest } from '../intent/descriptor.js'
import { takeTurn, turnsFrom } from '../pace/turns.js'
import { type Draft, type InFlight, tellTrouble, type Writeback } from './state.js'
import { deskNames, hasRoom, openDesks, restingWalks, type Task, tasksAt } from './tasks.js'

/**
 * A call to make now. Answer it with `receiveAnswer`, by its id.
 *
 * @category polling
 * @since 0.1.0
 */
export interface WritebackRequest {
  readonly id: string
  readonly call: Call<HttpRequest>
}

const refusedCredentials = malformed(
  'invalid',
  ['credentials'],
  'credentials that the identity service refuses',
  'mend them, then say so: withNewCredentials'
)

/** How often what a call is for was tried. */
const triedFor = ({ held, walks }: Draft, { errand, walk }: Task): InFlight['tried'] => {
  const desk = deskNames.find((name) => name === errand)
  return desk === undefined ? (walks[walk]?.tried ?? {}) : held[desk].tried
}

/** Hands calls out. */
const hand = (draft: Draft, tasks: ReadonlyArray<Task>, now: Instant): ReadonlyArray<WritebackRequest> => {
  const inFlight: Array<readonly [string, InFlight]> = []
  const requests = tasks.map((task) => {
    const id = `w${draft.nextRequest}`
    draft.nextRequest += 1
    inFlight.push([id, { ...task, tried: triedFor(draft, task), begunAt: now, generation: draft.token.generation }])
    return { id, call: task.call }
  })
  draft.inFlight = { ...draft.inFlight, ...Object.fromEntries(inFlight) }
  return requests
}

/**
 * The calls to make now, and the state after: they are in flight, and each wants its answer by `receiveAnswer`. `grant` is how many calls
 * some other budget allows. Calls may be made side by side.
 *
 * @category polling
 * @since 0.1.0
 */
export const nextCalls = (
  state: Writeback,
  now: Instant,
  grant: number = Number.POSITIVE_INFINITY
): readonly [state: Writeback, requests: ReadonlyArray<WritebackRequest>] => {
  const tasks = tasksAt(state, now)
  if (tasks.length === 0) return [state, []]
  const { refused, renew, granted, ...paced } = takeTurn(state, state.options.user, tasks.length, now, grant)
  const draft: Draft = { ...state, ...paced }
  if (refused) tellTrouble(draft, refusedCredentials)
  const identity: Task = { errand: 'token', call: describeIdentityToken(draft.settings.munchkinId), walk: -1, ids: [] }
  return [draft, hand(draft, [...(renew ? [identity] : []), ...tasks.slice(0, granted)], now)]
}

/** When something may be asked that now may not, by its own waits. */
const ownWaits = (state: Writeback, now: Instant): ReadonlyArray<Instant> => [
  ...openDesks(state).map(([desk]) => state.held[desk].notBefore),
  ...(hasRoom(state) ? restingWalks(state).map(([{ notBefore }]) => Math.max(notBefore, now)) : [])
]

/**
 * When to ask for calls again if nothing is received before; null when only an answer can help, or the taking of events, or other
 * credentials.
 *
 * @category polling
 * @since 0.1.0
 */
export const wakeWritebackAt = (state: Writeback, now: Instant): Instant | null => {
  const waits = ownWaits(state, now)
  const times = waits.filter((at) => at > now)
  if (waits.some((at) => at <= now)) times.push(...turnsFrom(state, state.options.user, now))
  return times.length === 0 ? null : Math.min(...times)
}

/**
 * Whether all was read that there was, as of now, or was given up for a while: nothing is under way, nothing waits, and no walk is due.
 *
 * @category polling
 * @since 0.1.0
 */
export const isIdle = (state: Writeback, now: Instant): boolean =>
  Object.keys(state.inFlight).length === 0 &&
  state.waiting.length === 0 &&
  state.walks.every(({ notBefore, rests }) => rests && notBefore > now)
