/**
 * What a sync knows between two steps: plain JSON, so that it can be stopped anywhere, stored, and resumed elsewhere.
 *
 *     walks ──pages, files──▶ rows ──takeRows──▶ your warehouse
 *
 * A page's rows and the next place enter the state together. Store the rows that `takeRows` gives before the state that it gives: what is
 * read twice ends as one row.
 *
 * @module
 */
import type { Instant } from '../../ground/calendar.js'
import { describeProblem, malformed, type Problem } from '../../ground/problem.js'
import { emptyTree } from '../../ground/tree.js'
import type { Call, HttpRequest } from '../../intent/descriptor.js'
import { type BudgetState, startBudget } from '../../pace/budget-state.js'
import { codesOf } from '../../pace/held.js'
import type { Ended, Tried } from '../../pace/remedies.js'
import { resetToken, startToken, type TokenState } from '../../pace/token.js'
import type { SourceRow } from '../collection.js'
import type { SourceSettings } from '../settings.js'
import { budgetOf, type SyncOptions, settledOptions } from './options.js'
import { startWalks } from './start-walks.js'
import type { Walk } from './walks.js'

/**
 * A call that was handed out: of which walk, for which window's job, for which leads, and how often that was tried before.
 *
 * @internal
 */
export interface InFlight {
  readonly errand: 'token' | 'place' | 'page' | 'describe' | 'create' | 'enqueue' | 'poll' | 'file' | 'leads'
  readonly call: Call<HttpRequest>
  readonly walk: string
  readonly window: Instant | null
  readonly ids: ReadonlyArray<string>
  readonly tried: Tried
  readonly begunAt: Instant
  readonly generation: number
  /** How many parts of a file came in answer to it. */
  readonly parts: number
}

/**
 * What reading a collection cost so far: calls, bytes of files, and rows.
 *
 * @category sync
 * @since 0.1.0
 */
export interface CollectionCost {
  readonly calls: number
  readonly bytes: number
  readonly rows: number
}

/**
 * That a collection was walked through: in full, so that what was not told is no longer there, or only through what changed.
 *
 * @category sync
 * @since 0.1.0
 */
export interface Walked {
  readonly collection: string
  readonly full: boolean
}

/**
 * A sync between two steps. Its members are its own business, but for being JSON; `costs` are for everybody to read.
 *
 * @category sync
 * @since 0.1.0
 */
export interface SourceSync {
  readonly version: 1
  readonly settings: SourceSettings
  readonly options: SyncOptions
  readonly since: Instant
  readonly nextRequest: number
  readonly seed: number
  readonly token: TokenState
  readonly budget: BudgetState
  readonly run: { readonly startedAt: Instant | null; readonly nextAt: Instant }
  /** How changed leads are found. */
  readonly leadsBy: SyncOptions['leads']
  /** Custom lead fields that the instance has not. */
  readonly refusedFields: ReadonlyArray<string>
  readonly walks: Readonly<Record<string, Walk>>
  /** Bytes of files since a midnight, US Central. */
  readonly exported: { readonly day: Instant; readonly bytes: number }
  readonly costs: Readonly<Record<string, CollectionCost>>
  readonly inFlight: Readonly<Record<string, InFlight>>
  readonly rows: ReadonlyArray<SourceRow>
  readonly problems: ReadonlyArray<Problem>
  readonly walked: ReadonlyArray<Walked>
  readonly unresolved: ReadonlyArray<string>
  readonly untold: number
}

/** A state in the making: members are replaced, never changed inside. @internal */
export type Draft = { -readonly [K in keyof SourceSync]: SourceSync[K] }

/** Problems of which none was taken: more of them than anybody reads. */
const mostProblems = 1_000

/** Tells problems, and of those that there is no room for, how many. */
const tellAll = (draft: Draft, problems: ReadonlyArray<Problem>): void => {
  if (problems.length === 0) return
  const room = Math.max(0, mostProblems - draft.problems.length)
  draft.problems = room === 0 ? draft.problems : [...draft.problems, ...problems.slice(0, room)]
  draft.untold += Math.max(0, problems.length - room)
}

/** Says something once until it is taken. @internal */
export const tell = (draft: Draft, problem: Problem): void => {
  const says = describeProblem(problem)
  if (draft.problems.some((one) => describeProblem(one) === says)) return
  tellAll(draft, [problem])
}

/** Says that something was refused, with Marketo's codes and none of its words. @internal */
export const tellRefusal = (draft: Draft, what: string, end: Ended, mend: string): void =>
  tell(draft, malformed('warning', [what], `a refusal (${codesOf(end)})`, mend))

/** Whether rows of a collection are wanted. @internal */
export const isWanted = ({ settings }: Pick<SourceSync, 'settings'>, collection: string): boolean =>
  settings.collections.includes(collection)

/** What a collection cost so far. @internal */
export const costOf = ({ costs }: Pick<SourceSync, 'costs'>, collection: string): CollectionCost =>
  new Map(Object.entries(costs)).get(collection) ?? { calls: 0, bytes: 0, rows: 0 }

/** Adds to what a collection cost. @internal */
export const spend = (draft: Draft, collection: string, more: Partial<CollectionCost>): void => {
  const { calls, bytes, rows } = costOf(draft, collection)
  draft.costs = {
    ...draft.costs,
    [collection]: {
      calls: calls + (more.calls ?? 0),
      bytes: bytes + (more.bytes ?? 0),
      rows: rows + (more.rows ?? 0)
    }
  }
}

/** Takes in rows of collections that are wanted, and what is to be said of them. @internal */
export const takeIn = (draft: Draft, rows: ReadonlyArray<SourceRow>, problems: ReadonlyArray<Problem>): void => {
  const wanted = rows.filter(({ collection }) => isWanted(draft, collection))
  const counts = new Map<string, number>()
  for (const { collection } of wanted) counts.set(collection, (counts.get(collection) ?? 0) + 1)
  for (const [collection, count] of counts) spend(draft, collection, { rows: count })
  if (wanted.length > 0) draft.rows = draft.rows.length === 0 ? wanted : [...draft.rows, ...wanted]
  tellAll(draft, problems)
}

/** Puts a walk in its place. @internal */
export const put = (draft: Draft, name: string, walk: Walk): void => {
  draft.walks = { ...draft.walks, [name]: walk }
}

/** The last moment that a year of four digits has. */
const latestStart = 253_402_300_799_999

const startOf = (since: Instant): Instant =>
  Number.isFinite(since) ? Math.min(Math.max(0, Math.floor(since)), latestStart) : 0

/**
 * A sync that reads what was created from a moment on; what is no lead and no activity is read in full. The first run begins with the first
 * call of `nextReads`. A stored state goes on where it was; see `resettled` for other settings.
 *
 * @example
 * import { decodeSourceSettings, nextReads, startSync } from 'segment-marketo/source'
 *
 * const read = decodeSourceSettings({ munchkinId: '561-HYG-937', collections: 'lists' })
 * if (read._tag === 'Left') throw new Error('the settings are wrong')
 * const [, requests] = nextReads(startSync(read.right, 1_714_557_600_000), 1_714_557_600_000)
 * requests.map(({ call }) => call.descriptor.endpoint) // => ['identityToken']
 * @category sync
 * @since 0.1.0
 */
export const startSync = (settings: SourceSettings, since: Instant, options: Partial<SyncOptions> = {}): SourceSync => {
  const all = settledOptions(options)
  return {
    version: 1,
    settings,
    options: all,
    since: startOf(since),
    nextRequest: 0,
    seed: all.seed,
    token: startToken(settings.munchkinId, all.token),
    budget: startBudget(settings.munchkinId, budgetOf(all, settings.dailyCallLimit)),
    run: { startedAt: null, nextAt: 0 },
    leadsBy: all.backfill === 'pages' ? 'changes' : all.leads,
    refusedFields: [],
    walks: startWalks(settings, all, startOf(since)),
    exported: { day: 0, bytes: 0 },
    costs: {},
    inFlight: {},
    rows: [],
    problems: [],
    walked: [],
    unresolved: [],
    untold: 0
  }
}

/**
 * What was read so far: rows in the order told, what could not be read, the collections that were walked through, and ids of leads that
 * were named and are not there: they were deleted, or merged into another. `untold` counts problems that there was no room for.
 *
 * @category sync
 * @since 0.1.0
 */
export interface Taken {
  readonly rows: ReadonlyArray<SourceRow>
  readonly problems: ReadonlyArray<Problem>
  readonly walked: ReadonlyArray<Walked>
  readonly unresolved: ReadonlyArray<string>
  readonly untold: number
}

/**
 * What was read so far, and the state without it. Store the rows, then the state.
 *
 * @category sync
 * @since 0.1.0
 */
export const takeRows = (state: SourceSync): readonly [state: SourceSync, taken: Taken] => {
  const { rows, problems, walked, unresolved, untold } = state
  const taken = { rows, problems, walked, unresolved, untold }
  return [{ ...state, rows: [], problems: [], walked: [], unresolved: [], untold: 0 }, taken]
}

/**
 * The state with credentials to be believed again, because they were replaced.
 *
 * @category sync
 * @since 0.1.0
 */
export const withNewCredentials = (state: SourceSync): SourceSync => ({ ...state, token: resetToken(state.token) })

/**
 * The state with a budget that others spend from, too. Hand `state.budget` on in turn.
 *
 * @category sync
 * @since 0.1.0
 */
export const withSharedBudget = (state: SourceSync, budget: BudgetState): SourceSync => ({ ...state, budget })

/** No leads are to be asked for. @internal */
export const nonePending = { pending: emptyTree, count: 0 } as const
