/**
 * What a delivery knows between two steps: plain JSON, so that it can be stopped anywhere, stored, and resumed elsewhere.
 *
 *     items ──add──▶ pending ──next──▶ in flight ──receive──▶ ended: one outcome each
 *                       ▲                  │
 *                       └── sent again ────┘
 *
 * Everything is kept by Munchkin id (token, budget, people, lead numbers): nothing crosses instances. Memory grows with what is pending
 * and in flight; what has ended leaves with `takeOutcomes`.
 *
 * @module
 */
import type { Instant } from '../ground/calendar.js'
import { excluded, type Problem } from '../ground/problem.js'
import type { Call, HttpRequest } from '../intent/descriptor.js'
import { type Intent, isBrowserIntent, type KeyedIntent } from '../intent/intent.js'
import type { Reason } from '../intent/outcome.js'
import type { Remedy } from '../marketo/error-codes.js'
import type { MunchkinId } from '../marketo/munchkin-id.js'
import type { GivenBudgetSettings } from '../pace/budget-settings.js'
import { type BudgetState, startBudget } from '../pace/budget-state.js'
import { defaultRetryPolicy, type RetryPolicy, type Tried } from '../pace/remedies.js'
import { startToken, type TokenSettings, type TokenState } from '../pace/token.js'
import { keysOfIntent, meet, nobody, type People } from './people.js'

/**
 * Something to deliver: an intent, with the caller's own id for it and the message that it came from. `event` is what that message says
 * happened (a track's event, else the kind of call: `identify`, `page`); it is only needed where events are allowed or denied by name, or
 * told apart in a plan.
 *
 * @category delivery
 * @since 0.1.0
 */
export interface Item {
  readonly id: string
  readonly messageId: string | null
  readonly event?: string | null
  readonly intent: Intent
}

/**
 * How to deliver. `idFields` are the lead fields that identify people; `user` is our name in the budget that we share with others.
 *
 * @category delivery
 * @since 0.1.0
 */
export interface DeliveryOptions {
  readonly user: string
  readonly idFields: ReadonlyArray<string>
  readonly retry: RetryPolicy
  readonly token: Partial<TokenSettings>
  readonly budget: GivenBudgetSettings
  readonly forwardIp: boolean
  readonly seed: number
}

/**
 * What deliveries do unless told otherwise.
 *
 * @category delivery
 * @since 0.1.0
 */
export const defaultDeliveryOptions: DeliveryOptions = {
  user: 'delivery',
  idFields: ['email', 'userId', 'anonymousId'],
  retry: defaultRetryPolicy,
  token: {},
  budget: {},
  forwardIp: false,
  seed: 0
}

/** An item that has not ended. @internal */
export interface Pending {
  readonly seq: number
  readonly id: string
  readonly messageId: string | null
  readonly intent: KeyedIntent
  readonly person: number
  readonly tried: Tried
  readonly notBefore: Instant
  /** Items of one piece share a call with nobody else: a spoilt call is cut in pieces until the culprit is found. */
  readonly piece: number
}

/** What a call in flight is for. @internal */
export type Errand = 'token' | 'lookup' | 'write'

/** A call that was handed out and has not been answered. `records` holds, for each record of it, the items that it carries. @internal */
export interface InFlight {
  readonly errand: Errand
  readonly munchkinId: MunchkinId
  readonly call: Call<HttpRequest>
  readonly records: ReadonlyArray<ReadonlyArray<number>>
  readonly keys: ReadonlyArray<string>
  readonly begunAt: Instant
  readonly generation: number
  readonly isBudgeted: boolean
}

/** An instance's own. @internal */
export interface Instance {
  readonly token: TokenState
  readonly budget: BudgetState
}

/**
 * What else there is to say of an item that was delivered.
 *
 *     LeftOut      Marketo does not take this field, and says so with this code: the lead went without it
 *     Kept         a policy left the field as Marketo has it
 *     Duplicates   other leads have a key of this person's
 *     Merged       those leads were merged into this one
 *     Warned       Marketo warns of something, in its words
 *
 * @category delivery
 * @since 0.1.0
 */
export type Remark =
  | { readonly _tag: 'LeftOut'; readonly field: string; readonly code: string }
  | { readonly _tag: 'Kept'; readonly field: string }
  | { readonly _tag: 'Duplicates' | 'Merged'; readonly leadIds: ReadonlyArray<number> }
  | { readonly _tag: 'Warned'; readonly message: string }

/**
 * What became of one item.
 *
 *     Applied    Marketo did it
 *     Queued     Marketo took it and will do it some time later; what comes of that is told under the correlation id, and not here
 *     Skipped    Marketo did not do it, and why; or it was not needed (`accept`)
 *     Refused    the call was refused again and again, and why
 *     Unknown    it may have been done, and doing it again might do it twice
 *     Unsent     no request can carry it, or the options exclude it
 *     Deferred   it was not sent, and can be delivered at another time; `until` says when that may be, where it is known
 *
 * @category delivery
 * @since 0.1.0
 */
export type ItemOutcome = {
  readonly id: string
  readonly messageId: string | null
  readonly munchkinId: MunchkinId
} & (
  | {
      readonly _tag: 'Applied'
      readonly leadId: number | null
      readonly status: string
      readonly remarks: ReadonlyArray<Remark>
    }
  | { readonly _tag: 'Queued'; readonly correlationId: string; readonly remarks: ReadonlyArray<Remark> }
  | { readonly _tag: 'Skipped' | 'Refused'; readonly reasons: ReadonlyArray<Reason>; readonly remedy: Remedy }
  | { readonly _tag: 'Unknown'; readonly reasons: ReadonlyArray<Reason> }
  | { readonly _tag: 'Unsent'; readonly problem: Problem }
  | { readonly _tag: 'Deferred'; readonly until: Instant | null }
)

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
  readonly leadIds: Readonly<Record<string, number>>
  readonly pending: ReadonlyArray<Pending>
  readonly inFlight: Readonly<Record<string, InFlight>>
  readonly outcomes: ReadonlyArray<ItemOutcome>
}

/** How an outcome begins. @internal */
export const outcomeOf = (
  { id, messageId }: Pick<Item, 'id' | 'messageId'>,
  munchkinId: MunchkinId
): Pick<ItemOutcome, 'id' | 'messageId' | 'munchkinId'> => ({ id, messageId, munchkinId })

const empty = (options: Partial<DeliveryOptions>): Delivery => {
  const all = { ...defaultDeliveryOptions, ...options }
  return {
    version: 1,
    options: all,
    nextSeq: 0,
    nextRequest: 0,
    nextPiece: 1,
    seed: all.seed,
    instances: {},
    people: nobody,
    leadIds: {},
    pending: [],
    inFlight: {},
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

/**
 * More items for a delivery, behind those that it has.
 *
 * @category delivery
 * @since 0.1.0
 */
export const add = (state: Delivery, items: ReadonlyArray<Item>): Delivery => {
  const { options, nextSeq } = state
  const outcomes = [...state.outcomes]
  const taken: Array<Omit<Pending, 'person'>> = []
  for (const { id, messageId, intent } of items) {
    const problem = isBrowserIntent(intent) ? inBrowser : intent._tag === 'SyncLeadOverSoap' ? retired : undefined
    if (problem === undefined && !isBrowserIntent(intent)) {
      const seq = nextSeq + taken.length
      taken.push({ seq, id, messageId, intent, tried: {}, notBefore: 0, piece: 0 })
    } else if (problem !== undefined)
      outcomes.push({ ...outcomeOf({ id, messageId }, intent.munchkinId), _tag: 'Unsent', problem })
  }
  const keys = taken.map(({ intent }) => keysOfIntent(intent, options.idFields))
  const { people, persons, joined } = meet(state.people, keys)
  const stays = new Map(joined)
  const now = (person: number): number => {
    let at = person
    for (let to = stays.get(at); to !== undefined; to = stays.get(at)) at = to
    return at
  }
  const instances = new Map(Object.entries(state.instances))
  for (const { intent } of taken) {
    const { munchkinId } = intent
    if (!instances.has(munchkinId))
      instances.set(munchkinId, {
        token: startToken(munchkinId, options.token),
        budget: startBudget(munchkinId, options.budget)
      })
  }
  return {
    ...state,
    nextSeq: nextSeq + taken.length,
    instances: Object.fromEntries(instances),
    people,
    pending: [
      ...state.pending.map((item) => (joined.length === 0 ? item : { ...item, person: now(item.person) })),
      ...taken.map((item, i) => ({ ...item, person: persons[i] ?? 0 }))
    ],
    outcomes
  }
}

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
export const isDone = ({ pending }: Delivery): boolean => pending.length === 0

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
