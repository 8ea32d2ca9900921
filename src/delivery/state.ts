/**
 * What a delivery knows between two steps: plain JSON, so that it can be stopped anywhere, stored, and resumed elsewhere.
 *
 *     items ──add──▶ backlog ──▶ pending ──next──▶ in flight ──receive──▶ ended: one outcome each
 *                                   ▲                  │
 *                                   └── sent again ────┘
 *
 * Everything is kept by Munchkin id (token, budget, people, lead numbers): nothing crosses instances. A step costs what the pending items
 * cost, and those are no more than the window; the backlog costs nothing until its turn comes. What has ended leaves with `takeOutcomes`.
 *
 * @module
 */
import type { Instant } from '../ground/calendar.js'
import { excluded, type Problem } from '../ground/problem.js'
import type { Call, HttpRequest } from '../intent/descriptor.js'
import { type Fields, isBrowserIntent, type KeyedIntent } from '../intent/intent.js'
import type { MunchkinId } from '../marketo/munchkin-id.js'
import { type BudgetState, startBudget } from '../pace/budget-state.js'
import type { Tried } from '../pace/remedies.js'
import { startToken, type TokenState } from '../pace/token.js'
import { type DeliveryOptions, defaultDeliveryOptions, type EventLists } from './options.js'
import { type Item, type ItemOutcome, outcomeOf, type Remark } from './outcome.js'
import { keyOf, keysOfIntent, meet, nobody, type People } from './people.js'

/** An item that waits for its turn. @internal */
export interface Waiting extends Pick<Item, 'id' | 'messageId'> {
  readonly intent: KeyedIntent
}

/**
 * An item that is looked at and has not ended. Items of one piece share a call with nobody else: a spoilt call is cut in pieces until the
 * culprit is found; `family` is the first piece that this one was cut from.
 *
 * @internal
 */
export interface Pending extends Waiting {
  readonly seq: number
  readonly key: string
  readonly person: number
  readonly tried: Tried
  readonly notBefore: Instant
  readonly piece: number
  readonly family: number
}

/** What a call in flight is for. @internal */
export type Errand = 'token' | 'lookup' | 'merge' | 'write' | 'ingest' | 'import' | 'job'

/**
 * A call that was handed out and has not been answered. `records` holds, for each record of it, the items that it carries, and `remarks`
 * what there is to say of them once it is applied; `keys` are those that a lookup asks for, and `job` is the import that is asked about.
 *
 * @internal
 */
export interface InFlight {
  readonly errand: Errand
  readonly munchkinId: MunchkinId
  readonly call: Call<HttpRequest>
  readonly records: ReadonlyArray<ReadonlyArray<number>>
  readonly remarks: ReadonlyArray<ReadonlyArray<Remark>>
  readonly keys: ReadonlyArray<string>
  readonly job: string | null
  readonly begunAt: Instant
  readonly generation: number
  readonly isBudgeted: boolean
}

/**
 * A bulk import that Marketo took and has not done: its own call, what its rows carry, what to ask next and when, how often that failed in
 * a row, and the rows that are known to have failed, by position, with the reason. `strays` says that some failed whose nobody knows.
 *
 * @internal
 */
export interface Job extends Pick<InFlight, 'munchkinId' | 'call' | 'records' | 'remarks'> {
  readonly batchId: number
  readonly ask: 'status' | 'failures' | 'warnings'
  readonly askAt: Instant
  readonly since: Instant
  readonly troubles: number
  readonly warned: boolean
  readonly failed: ReadonlyArray<readonly [record: number, reason: string]>
  readonly strays: boolean
}

/**
 * A lead that a lookup found, with the fields that were asked for; `merged` are leads that were merged into it since, and one that `stays`
 * could not be merged into another.
 *
 * @internal
 */
export interface FoundLead {
  readonly leadId: number
  readonly fields: Fields
  readonly merged: ReadonlyArray<number>
  readonly stays: boolean
}

/**
 * An instance's own. `refusedFields` are fields that Marketo does not take, with the code that says so: they are sent no more.
 *
 * @internal
 */
export interface Instance {
  readonly token: TokenState
  readonly budget: BudgetState
  readonly refusedFields: Readonly<Record<string, string>>
}

/**
 * What waits to be looked at, by instance, in chunks that move together: one instance that stands still holds up no other.
 *
 * @internal
 */
export type Backlog = Readonly<Record<string, ReadonlyArray<ReadonlyArray<Waiting>>>>

/**
 * A delivery between two steps. Its members are its own business, but for being JSON.
 *
 * @category delivery
 * @since 0.1.0
 */
export interface Delivery {
  readonly version: 1
  readonly options: DeliveryOptions
  readonly nextSeq: number
  readonly nextRequest: number
  readonly nextPiece: number
  readonly seed: number
  readonly instances: Readonly<Record<string, Instance>>
  readonly people: People
  /** What lookups told of keys, until the person is written. */
  readonly found: Readonly<Record<string, ReadonlyArray<FoundLead>>>
  /** How often calls of a family were refused in a row. */
  readonly families: Readonly<Record<string, number>>
  readonly backlog: Backlog
  readonly pending: ReadonlyArray<Pending>
  readonly inFlight: Readonly<Record<string, InFlight>>
  readonly jobs: Readonly<Record<string, Job>>
  readonly outcomes: ReadonlyArray<ItemOutcome>
}

/** A whole number of one or more that JSON can hold; what is none is the least. */
const counted = (n: number): number => (n >= 1 ? Math.min(Math.floor(n), Number.MAX_SAFE_INTEGER) : 1)

const settled = (given: Partial<DeliveryOptions>): DeliveryOptions => {
  const all = { ...defaultDeliveryOptions, ...given }
  return {
    ...all,
    window: counted(all.window),
    remember: counted(all.remember),
    freeCalls: counted(all.freeCalls),
    linger: all.linger > 0 ? counted(all.linger) : 0,
    shortage: { ...all.shortage, reserve: Math.min(1, all.shortage.reserve > 0 ? all.shortage.reserve : 0) },
    transport:
      all.transport._tag === 'bulk'
        ? { ...all.transport, pollMillis: counted(all.transport.pollMillis) }
        : all.transport
  }
}

const empty = (options: Partial<DeliveryOptions>): Delivery => {
  const all = settled(options)
  return {
    version: 1,
    options: all,
    nextSeq: 0,
    nextRequest: 0,
    nextPiece: 1,
    seed: all.seed,
    instances: {},
    people: nobody,
    found: {},
    families: {},
    backlog: {},
    pending: [],
    inFlight: {},
    jobs: {},
    outcomes: []
  }
}

const inBrowser = excluded('skipped', ['_tag'], 'mode', 'this intent runs in a browser: describeInBrowser says how')
const retired = excluded(
  'skipped',
  ['_tag'],
  'mode',
  'the SOAP API is switched off: replaceRetired gives what to deliver instead'
)
const denied = excluded(
  'skipped',
  ['event'],
  'settings',
  'the options exclude this event: see events.allow and events.deny'
)

const isAllowed = ({ allow, deny }: EventLists, event: string | null | undefined): boolean =>
  event === null || event === undefined
    ? allow === null
    : (allow === null || allow.includes(event)) && !deny.includes(event)

/** Why an item is not delivered at all, or undefined. */
const excludedBy = ({ events }: DeliveryOptions, { event, intent }: Item): Problem | undefined => {
  if (!isAllowed(events, event)) return denied
  if (isBrowserIntent(intent)) return inBrowser
  return intent._tag === 'SyncLeadOverSoap' ? retired : undefined
}

/** So many items of the backlog move together. */
const chunkSize = 1_000

const inChunks = (waiting: ReadonlyArray<Waiting>): ReadonlyArray<ReadonlyArray<Waiting>> =>
  Array.from({ length: Math.ceil(waiting.length / chunkSize) }, (_, i) =>
    waiting.slice(i * chunkSize, (i + 1) * chunkSize)
  )

/** Chunks with more behind them; the last is filled up first, so that items that come one by one share chunks. */
const filled = (
  chunks: ReadonlyArray<ReadonlyArray<Waiting>>,
  more: ReadonlyArray<Waiting>
): ReadonlyArray<ReadonlyArray<Waiting>> => {
  const last = chunks[chunks.length - 1]
  return last === undefined || last.length >= chunkSize
    ? [...chunks, ...inChunks(more)]
    : [...chunks.slice(0, -1), ...inChunks([...last, ...more])]
}

const withWaiting = (backlog: Backlog, waiting: ReadonlyArray<Waiting>): Backlog => {
  if (waiting.length === 0) return backlog
  const byInstance = new Map<string, Array<Waiting>>()
  for (const item of waiting) {
    const { munchkinId } = item.intent
    const own = byInstance.get(munchkinId)
    if (own === undefined) byInstance.set(munchkinId, [item])
    else own.push(item)
  }
  const all = new Map(Object.entries(backlog))
  for (const [munchkinId, own] of byInstance) all.set(munchkinId, filled(all.get(munchkinId) ?? [], own))
  return Object.fromEntries(all)
}

/** An instance of which nothing is known yet. @internal */
export const newInstance = ({ options }: Delivery, munchkinId: MunchkinId): Instance => ({
  token: startToken(munchkinId, options.token),
  budget: startBudget(munchkinId, options.budget),
  refusedFields: {}
})

/** The instances, with those of these items among them. */
const withInstances = (state: Delivery, waiting: ReadonlyArray<Waiting>): Readonly<Record<string, Instance>> => {
  const { instances } = state
  const all = new Map(Object.entries(instances))
  for (const {
    intent: { munchkinId }
  } of waiting) {
    if (!all.has(munchkinId)) all.set(munchkinId, newInstance(state, munchkinId))
  }
  return all.size === Object.keys(instances).length ? instances : Object.fromEntries(all)
}

/**
 * More items for a delivery, behind those that it has.
 *
 * @category delivery
 * @since 0.1.0
 */
export const add = (state: Delivery, items: ReadonlyArray<Item>): Delivery => {
  const ended: Array<ItemOutcome> = []
  const waiting: Array<Waiting> = []
  for (const item of items) {
    const { id, messageId, intent } = item
    const problem = excludedBy(state.options, item)
    if (problem !== undefined) ended.push(outcomeOf(item, { _tag: 'Unsent', problem }))
    else if (!isBrowserIntent(intent)) waiting.push({ id, messageId, intent })
  }
  return {
    ...state,
    instances: withInstances(state, waiting),
    backlog: withWaiting(state.backlog, waiting),
    outcomes: ended.length === 0 ? state.outcomes : [...state.outcomes, ...ended]
  }
}

/** A chunk of the backlog, looked at: each item with its person. */
const admitChunk = (state: Delivery, chunk: ReadonlyArray<Waiting>): Delivery => {
  let { people, nextSeq } = state
  const gone = new Map<number, number>()
  const admitted = chunk.map((item): Pending => {
    const met = meet(people, keysOfIntent(item.intent, state.options.idFields))
    people = met.people
    for (const person of met.gone) gone.set(person, met.person)
    nextSeq += 1
    const seq = nextSeq - 1
    return { ...item, seq, key: keyOf(item.intent), person: met.person, tried: {}, notBefore: 0, piece: 0, family: 0 }
  })
  return { ...state, nextSeq, people, pending: regrouped([...state.pending, ...admitted], gone) }
}

/** The items, with those of people who turned out to be others under the others' numbers. @internal */
export const regrouped = (
  pending: ReadonlyArray<Pending>,
  gone: ReadonlyMap<number, number>
): ReadonlyArray<Pending> => {
  if (gone.size === 0) return pending
  const now = (person: number): number => {
    let at = person
    for (let to = gone.get(at); to !== undefined; to = gone.get(at)) at = to
    return at
  }
  return pending.map((item) => (gone.has(item.person) ? { ...item, person: now(item.person) } : item))
}

/** The delivery with as much of an instance's backlog looked at as there is room for. */
const admitOf = (state: Delivery, munchkinId: string, room: number): Delivery => {
  let so = state
  let chunks = new Map(Object.entries(state.backlog)).get(munchkinId) ?? []
  let left = room
  while (left > 0) {
    const [chunk, ...rest] = chunks
    if (chunk === undefined) break
    so = admitChunk(so, chunk.slice(0, left))
    chunks = chunk.length <= left ? rest : [chunk.slice(left), ...rest]
    left -= Math.min(left, chunk.length)
  }
  const others = Object.entries(so.backlog).filter(([name]) => name !== munchkinId)
  return { ...so, backlog: Object.fromEntries(chunks.length === 0 ? others : [...others, [munchkinId, chunks]]) }
}

/** The delivery with as much of the backlog looked at as the window of each instance has room for. @internal */
export const admitted = (state: Delivery): Delivery => {
  const waiting = Object.keys(state.backlog)
  if (waiting.length === 0) return state
  const counts = new Map<string, number>()
  for (const { intent } of state.pending) counts.set(intent.munchkinId, (counts.get(intent.munchkinId) ?? 0) + 1)
  return waiting.reduce((so, id) => admitOf(so, id, state.options.window - (counts.get(id) ?? 0)), state)
}

/** The items that wait to be looked at. @internal */
export const backlogOf = ({ backlog }: Delivery): ReadonlyArray<Waiting> => Object.values(backlog).flat(2)

/**
 * A delivery of these items.
 *
 * @category delivery
 * @since 0.1.0
 */
export const start = (items: ReadonlyArray<Item>, options: Partial<DeliveryOptions> = {}): Delivery =>
  add(empty(options), items)

/**
 * Whether every item has its outcome.
 *
 * @category delivery
 * @since 0.1.0
 */
export const isDone = ({ backlog, pending }: Delivery): boolean =>
  pending.length === 0 && Object.keys(backlog).length === 0

/**
 * The outcomes so far, and the delivery without them.
 *
 * @category delivery
 * @since 0.1.0
 */
export const takeOutcomes = (state: Delivery): readonly [state: Delivery, outcomes: ReadonlyArray<ItemOutcome>] => [
  { ...state, outcomes: [] },
  state.outcomes
]
