/**
 * The next calls of a delivery: what may be sent now, in as few calls as there can be.
 *
 *     per instance   token due?          the identity call, which no budget counts
 *                    what is ready       as batches, the most urgent first
 *                    room in the budget  so many of their calls are handed out
 *                    page views          a few at a time, which no budget counts either
 *
 * @module
 */
import { describeIdentityToken } from '../endpoints/identity-token.js'
import type { Instant } from '../ground/calendar.js'
import type { Call, HttpRequest } from '../intent/descriptor.js'
import { isMunchkinId, type MunchkinId } from '../marketo/munchkin-id.js'
import { ask, began, handBack, isBudgeted } from '../pace/budget.js'
import { hasToken, renewing, tokenNeed, tokenWakeAt } from '../pace/token.js'
import { admitted } from './backlog.js'
import { type Batch, isUrgent, type Prepared, type TellUnsent } from './batch.js'
import { batchesOf, goesBy, visitsOf } from './calls.js'
import { honest } from './doubt.js'
import { chosen, fedUntil } from './filling.js'
import { type End, type ItemOutcome, outcomeOf } from './outcome.js'
import { aged } from './people.js'
import type { Ready } from './ready.js'
import { readyOf, underWay } from './ready-now.js'
import { endUnsearchable, type Settled, settleUpserts } from './settle-upserts.js'
import { isKeptFor, type Supply, supplyOf } from './shortage.js'
import type { Delivery, InFlight, Instance, Pending } from './state.js'
import { importBatch, ingestBatch, jobBatch, roomForJobs } from './transports.js'

/**
 * A call to make now. Answer it with `receive`, by its id.
 *
 * @category delivery
 * @since 0.1.0
 */
export interface Request {
  readonly id: string
  readonly call: Call<HttpRequest>
}

/** The round under way. */
interface Round {
  readonly state: Delivery
  readonly now: Instant
  readonly asked: ReadonlySet<string>
  readonly requests: Array<Request>
  readonly inFlight: Map<string, InFlight>
  readonly ended: Map<number, ItemOutcome>
  nextRequest: number
  left: number
}

const hand = (round: Round, munchkinId: MunchkinId, prepared: Prepared, generation: number): void => {
  const { call, errand, records, remarks, keys, job } = prepared
  const id = `r${round.nextRequest}`
  round.nextRequest += 1
  round.requests.push({ id, call })
  const carries = errand !== 'lookup'
  round.inFlight.set(id, {
    errand,
    munchkinId,
    call,
    records: carries ? records.map((items) => items.map(({ seq }) => seq)) : [],
    remarks: carries ? remarks : [],
    keys,
    job,
    gone: [],
    begunAt: round.now,
    generation,
    isBudgeted: isBudgeted(call.descriptor.host)
  })
}

/** Of several ends the last counts: what is told of the item itself comes after what is told of all that wait. */
const end = ({ ended }: Round, item: Pending, how: End): void => {
  ended.set(item.seq, outcomeOf(item, honest(item, how)))
}

const tellUnsent =
  (round: Round): TellUnsent =>
  (item, problem) =>
    end(round, item, { _tag: 'Unsent', problem })

/** The items of an instance that are in no call, ended where they meet a condition. */
const endWaiting = (round: Round, munchkinId: MunchkinId, meets: (item: Pending) => boolean, how: End): void => {
  const { sent } = underWay(round.state)
  for (const item of round.state.pending)
    if (item.intent.munchkinId === munchkinId && !sent.has(item.seq) && meets(item)) end(round, item, how)
}

const refusedCredentials: End = {
  _tag: 'Refused',
  reasons: [{ code: '401', message: 'the identity service refuses the credentials of this instance' }],
  remedy: 'ask-administrator'
}

/** Page views go to a host that knows no token. */
const needsToken = ({ intent }: Pending): boolean => intent._tag !== 'VisitPage'

/** The calls that the budget of an instance has room for, and the instance after they are handed out. */
const spend = (
  round: Round,
  munchkinId: MunchkinId,
  instance: Instance,
  batches: ReadonlyArray<Batch>,
  { free }: Supply
): Instance => {
  const { state, now } = round
  const { user } = state.options
  const sizeOf = (some: ReadonlyArray<Batch>): number => some.reduce((sum, { size }) => sum + size, 0)
  const wanted = sizeOf(batches.filter(isUrgent)) + Math.min(free, sizeOf(batches.filter((one) => !isUrgent(one))))
  const isFed = fedUntil(round.inFlight.values(), munchkinId, state.options) > now
  const [asked, granted] = ask(instance.budget, user, wanted, now, round.left)
  const calls = chosen(batches, granted, free, { isFed, lingers: state.options.linger > 0 }, tellUnsent(round))
  for (const prepared of calls) hand(round, munchkinId, prepared, instance.token.generation)
  round.left -= calls.length
  const begun = began(asked, user, calls.length, now)
  return { ...instance, budget: handBack(begun, user, granted - calls.length) }
}

/**
 * The batches that today's calls are enough for; who has to wait for tomorrow ends where the options say so, but not those of a person who
 * is to be left alone: what comes before that goes out today.
 */
const openBatches = (
  round: Round,
  munchkinId: MunchkinId,
  { urgent }: Ready,
  batches: ReadonlyArray<Batch>,
  { all, free, until }: Supply
): ReadonlyArray<Batch> => {
  if (free > 0) return batches
  const hasToWait = ({ intent, person }: Pending): boolean => !isKeptFor(intent) && !urgent.has(person)
  if (round.state.options.shortage.rest === 'give-back')
    endWaiting(round, munchkinId, hasToWait, { _tag: 'Deferred', until })
  return all > 0 ? batches.filter(isUrgent) : []
}

/** How many more calls that no budget counts may be in flight. */
const freeRoom = ({ inFlight, state }: Round, munchkinId: MunchkinId): number => {
  let room = state.options.freeCalls
  for (const { munchkinId: own, isBudgeted: counts, errand } of inFlight.values())
    if (own === munchkinId && !counts && errand !== 'token') room -= 1
  return Math.max(0, room)
}

const nothing: Batch = { rank: 0, size: 0, prepare: () => [] }

/** All that an instance could send: what no budget counts apart. */
const allBatches = (
  { state, now, nextRequest }: Round,
  munchkinId: MunchkinId,
  { refusedFields }: Instance,
  ready: Ready,
  settled: Settled,
  isShort: boolean
): { readonly free: Batch; readonly batches: ReadonlyArray<Batch> } => {
  const { transport } = state.options
  const rows = settled.upserts.filter(({ what }) => goesBy(transport, what))
  const room = roomForJobs(state, munchkinId)
  const files = transport._tag === 'bulk' && room > 0 ? atMost(importBatch(rows), room) : nothing
  const batches = [
    jobBatch(state, munchkinId, now),
    files,
    ...batchesOf(state.options, refusedFields, ready, settled, isShort)
  ]
  return {
    free: transport._tag === 'ingestion' ? ingestBatch(transport, `${nextRequest}`, rows) : nothing,
    batches: batches.sort((a, b) => a.rank - b.rank)
  }
}

const atMost = ({ rank, size, prepare }: Batch, room: number): Batch => ({
  rank,
  size: Math.min(size, room),
  prepare: (most, unsent) => prepare(Math.min(most, room), unsent).slice(0, room)
})

/** What an instance sends now that needs a token, and the instance after. */
const sendWithToken = (round: Round, munchkinId: MunchkinId, instance: Instance, ready: Ready): Instance => {
  const { state, now } = round
  const settled = settleUpserts(state, ready, instance.refusedFields, round.asked)
  endUnsearchable(ready, instance.refusedFields)
  const supply = supplyOf(instance.budget, state.options.shortage, now)
  const { free, batches } = allBatches(round, munchkinId, instance, ready, settled, supply.free === 0)
  if (free.size === 0 && batches.every(({ size }) => size === 0)) return instance
  const need = tokenNeed(instance.token, now)
  if (need === 'refused') {
    endWaiting(round, munchkinId, needsToken, refusedCredentials)
    return instance
  }
  const open = openBatches(round, munchkinId, ready, batches, supply)
  if (free.size === 0 && open.every(({ size }) => size === 0)) return instance
  const token = need === 'renew' ? renewing(instance.token, now) : instance.token
  if (need === 'renew') {
    const call = describeIdentityToken(munchkinId)
    hand(
      round,
      munchkinId,
      { isFull: true, call, records: [], remarks: [], errand: 'token', keys: [], job: null },
      token.generation
    )
  }
  if (!hasToken(token, now)) return { ...instance, token }
  for (const prepared of free.prepare(freeRoom(round, munchkinId), tellUnsent(round)))
    if (freeRoom(round, munchkinId) > 0) hand(round, munchkinId, prepared, token.generation)
  return spend(round, munchkinId, { ...instance, token }, open, supply)
}

const sendFrom = (round: Round, munchkinId: MunchkinId, instance: Instance, ready: Ready): Instance => {
  const after = sendWithToken(round, munchkinId, instance, ready)
  for (const visit of visitsOf(round.state.options, ready, freeRoom(round, munchkinId), tellUnsent(round)))
    hand(round, munchkinId, visit, after.token.generation)
  // Last, because settling adds to them.
  for (const [item, how] of ready.ended) end(round, item, how)
  return after
}

/** One walk over what is pending: the delivery after, the calls, and how many items ended without one. */
const walked = (
  given: Delivery,
  now: Instant,
  grant: number
): readonly [state: Delivery, requests: ReadonlyArray<Request>, ended: number] => {
  const state = admitted(given)
  const round: Round = {
    state,
    now,
    asked: underWay(state).asked,
    requests: [],
    inFlight: new Map(Object.entries(state.inFlight)),
    ended: new Map(),
    nextRequest: state.nextRequest,
    left: grant
  }
  const instances = new Map<string, Instance>(Object.entries(state.instances))
  for (const [munchkinId, ready] of readyOf(state, now)) {
    const instance = instances.get(munchkinId)
    if (instance !== undefined && isMunchkinId(munchkinId))
      instances.set(munchkinId, sendFrom(round, munchkinId, instance, ready))
  }
  const { ended, requests, inFlight, nextRequest } = round
  const pending = ended.size === 0 ? state.pending : state.pending.filter(({ seq }) => !ended.has(seq))
  const after: Delivery = {
    ...state,
    nextRequest,
    people: aged(state.people, new Set(pending.map(({ person }) => person)), state.options.remember),
    instances: Object.fromEntries(instances),
    inFlight: Object.fromEntries(inFlight),
    outcomes: ended.size === 0 ? state.outcomes : [...state.outcomes, ...ended.values()],
    pending
  }
  return [after, requests, ended.size]
}

/**
 * The calls to make now, and the delivery after: they are in flight, and each wants its answer by `receive`. `grant` is how many calls some
 * other budget allows. Calls may be made side by side.
 *
 * @category delivery
 * @since 0.1.0
 */
export const next = (
  state: Delivery,
  now: Instant,
  grant: number = Number.POSITIVE_INFINITY
): readonly [state: Delivery, requests: ReadonlyArray<Request>] => {
  let [so, requests, ended] = walked(state, now, grant)
  // What ended without a call may have been all that others waited for.
  while (requests.length === 0 && ended > 0) [so, requests, ended] = walked(so, now, grant)
  return [so, requests]
}

/**
 * When to ask for calls again if nothing is received before: the first instant at which time alone changes what can be sent; null when only
 * an answer can, or nothing is left.
 *
 * @category delivery
 * @since 0.1.0
 */
export const wakeAt = (state: Delivery, now: Instant): Instant | null => {
  const times: Array<Instant> = []
  for (const { notBefore } of state.pending) if (notBefore > now) times.push(notBefore)
  const flights = Object.values(state.inFlight)
  for (const munchkinId of new Set(flights.map((flight) => flight.munchkinId))) {
    const until = fedUntil(flights, munchkinId, state.options)
    if (until > now) times.push(until)
  }
  for (const { askAt } of Object.values(state.jobs)) if (askAt > now) times.push(askAt)
  if (state.pending.length > 0) {
    for (const { token, budget } of Object.values(state.instances)) {
      // A token that can be used holds nothing back, so its end is nothing to wake for.
      const at = tokenNeed(token, now) === 'use' ? null : tokenWakeAt(token, now)
      if (at !== null) times.push(at)
      const [, , free] = ask(budget, state.options.user, 1, now)
      if (free !== null) times.push(free)
      const supply = supplyOf(budget, state.options.shortage, now)
      if (supply.free === 0) times.push(supply.until)
    }
  }
  return times.length === 0 ? null : Math.min(...times)
}
