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
import type { Call, HttpRequest } from '../intent/descriptor.js'
import type { Fields, ServerIntent } from '../intent/intent.js'
import type { Reason } from '../intent/outcome.js'
import type { MunchkinId } from '../marketo/munchkin-id.js'
import { type BudgetState, startBudget } from '../pace/budget-state.js'
import type { Tried } from '../pace/remedies.js'
import { startToken, type TokenState } from '../pace/token.js'
import type { DeliveryOptions } from './options.js'
import type { Item, ItemOutcome, Remark } from './outcome.js'
import type { People } from './people.js'

/** An item that waits for its turn. @internal */
export interface Waiting extends Pick<Item, 'id' | 'messageId'> {
  readonly intent: ServerIntent
}

/**
 * How far an item has come that takes several calls.
 *
 *     Lists   the lists that the lead is still to leave; as long as there is a token, more pages of them are to come
 *     Score   what was read with others of one group comes to this: that is written, however often
 *     IsThere a lookup has found the lead
 *
 * @internal
 */
export type Progress =
  | {
      readonly _tag: 'Lists'
      readonly listIds: ReadonlyArray<number>
      readonly nextPageToken: string | null
      readonly pages: number
      /** Why the lead stays on lists that it cannot be taken off. */
      readonly failed: ReadonlyArray<Reason>
    }
  | { readonly _tag: 'Score'; readonly group: number; readonly value: number }
  | { readonly _tag: 'IsThere' }

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
  readonly progress: Progress | null
}

/** What a call in flight is for. @internal */
export type Errand =
  | 'token'
  | 'lookup'
  | 'merge'
  | 'write'
  | 'ingest'
  | 'import'
  | 'job'
  | 'act' // on lists, programs, campaigns, leads to be gone, and records that are no leads
  | 'find-list'
  | 'make-list'
  | 'ask-lists'
  | 'read-score'
  | 'write-score'

/**
 * A call that was handed out and has not been answered. `records` holds, for each record of it, the items that it carries, and `remarks`
 * what there is to say of them once it is applied; `keys` are those that a lookup asks for, and `job` is the import that is asked about.
 * `gone` are leads that may have been merged into others since, or deleted: what a lookup tells of them is old.
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
  readonly gone: ReadonlyArray<number>
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
 * An instance's own. `refusedFields` are fields that Marketo does not take, with the code that says so: they are sent no more. `lists` are
 * static lists by name: a number, or null for one that is not there and is to be made.
 *
 * @internal
 */
export interface Instance {
  readonly token: TokenState
  readonly budget: BudgetState
  readonly refusedFields: Readonly<Record<string, string>>
  readonly lists: Readonly<Record<string, number | null>>
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

/** An instance of which nothing is known yet. @internal */
export const newInstance = ({ options }: Delivery, munchkinId: MunchkinId): Instance => ({
  token: startToken(munchkinId, options.token),
  budget: startBudget(munchkinId, options.budget),
  refusedFields: {},
  lists: {}
})

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
