/**
 * What polling knows between two steps: plain JSON, so that it can be stopped anywhere, stored, and resumed elsewhere.
 *
 *     walks ──pages──▶ waiting ──leads, emails, campaigns──▶ events ──takeEvents──▶ you
 *       └ ten types each, with the place that each is at
 *
 * A page's activities and the next place enter the state together: nothing is lost between them, and what was told once is known by its id.
 *
 * @module
 */
import type { ActivityRecord } from '../endpoints/activity-record.js'
import type { Instant } from '../ground/calendar.js'
import { describeProblem, type Problem } from '../ground/problem.js'
import type { Call, HttpRequest } from '../intent/descriptor.js'
import { queryLimits } from '../marketo/limits.js'
import { type BudgetState, startBudget } from '../pace/budget-state.js'
import { type Held, untried } from '../pace/held.js'
import type { Tried } from '../pace/remedies.js'
import { resetToken, startToken, type TokenState } from '../pace/token.js'
import type { LeadFacts } from './lead-identity.js'
import { type Memory, nothingKept } from './memory.js'
import { settledOptions, type WritebackOptions } from './options.js'
import type { WritebackSettings } from './settings.js'
import type { TrackCall } from './track-call.js'

/**
 * A walk through the activities of up to ten types. Without a token it begins at `since`; `latest` is the latest moment that was read, and
 * `begunAnew` says that the place before was refused and this one has not proved itself. One that `rests` has read all there was, or was given
 * up for a while.
 *
 * @internal
 */
export interface Walk extends Held {
  readonly typeIds: ReadonlyArray<number>
  readonly since: Instant
  readonly token: string | null
  readonly latest: Instant | null
  readonly begunAnew: boolean
  readonly rests: boolean
}

/** What is looked up. @internal */
export type Desk = 'leads' | 'emails' | 'campaigns'

/**
 * A call that was handed out; `walk` is the position of its walk, `ids` are the numbers that a lookup asks for, and `tried` is how often
 * that was tried before: calls side by side that meet one trouble count it once.
 *
 * @internal
 */
export interface InFlight {
  readonly errand: 'token' | 'place' | 'page' | Desk
  readonly call: Call<HttpRequest>
  readonly walk: number
  readonly ids: ReadonlyArray<string>
  readonly tried: Tried
  readonly begunAt: Instant
  readonly generation: number
}

/**
 * What is to be said: of an activity, by its id, or, where that is null, of polling itself.
 *
 * @category polling
 * @since 0.1.0
 */
export interface WritebackRemark {
  readonly activityId: string | null
  readonly problem: Problem
}

/**
 * Polling between two steps. Its members are its own business, but for being JSON.
 *
 * @category polling
 * @since 0.1.0
 */
export interface Writeback {
  readonly version: 1
  readonly settings: WritebackSettings
  readonly options: WritebackOptions
  readonly nextRequest: number
  readonly seed: number
  readonly token: TokenState
  readonly budget: BudgetState
  readonly walks: ReadonlyArray<Walk>
  readonly waiting: ReadonlyArray<ActivityRecord>
  /** Ids of activities that were told, or wait to be. */
  readonly seen: Memory<true>
  readonly leads: Memory<LeadFacts>
  readonly emails: Memory<string | null>
  readonly campaigns: Memory<string | null>
  /** Lead fields that the instance has not. */
  readonly refusedFields: ReadonlyArray<string>
  readonly held: Readonly<Record<Desk, Held>>
  readonly inFlight: Readonly<Record<string, InFlight>>
  readonly events: ReadonlyArray<TrackCall>
  readonly remarks: ReadonlyArray<WritebackRemark>
}

/** A state in the making: members are replaced, never changed inside. @internal */
export type Draft = { -readonly [K in keyof Writeback]: Writeback[K] }

/** Remarks of which none was taken: more of them than anybody reads. */
const mostTroubles = 100

/** Says something of polling itself, once until it is taken. @internal */
export const tellTrouble = (draft: Draft, problem: Problem): void => {
  const troubles = draft.remarks.filter(({ activityId }) => activityId === null)
  const says = describeProblem(problem)
  if (troubles.length >= mostTroubles || troubles.some((one) => describeProblem(one.problem) === says)) return
  draft.remarks = [...draft.remarks, { activityId: null, problem }]
}

const walksOf = (types: ReadonlyArray<number>, since: Instant): ReadonlyArray<Walk> => {
  const walks: Array<Walk> = []
  for (let i = 0; i < types.length; i += queryLimits.activityTypeIds) {
    const typeIds = types.slice(i, i + queryLimits.activityTypeIds)
    walks.push({ ...untried, typeIds, since, token: null, latest: null, begunAnew: false, rests: false })
  }
  return walks
}

/** The last moment that a year of four digits has. */
const latestStart = 253_402_300_799_999

const startOf = (since: Instant): Instant =>
  Number.isFinite(since) ? Math.min(Math.max(0, Math.floor(since)), latestStart) : 0

/**
 * Polling from a moment on. A stored state goes on where it was; start anew only for other settings.
 *
 * @example
 * import { decodeWritebackSettings, nextCalls, startWriteback } from 'segment-marketo/writeback'
 *
 * const read = decodeWritebackSettings({ munchkinId: '561-HYG-937' })
 * if (read._tag === 'Left') throw new Error('the settings are wrong')
 * const [, requests] = nextCalls(startWriteback(read.right, 1_714_557_600_000), 1_714_557_600_000)
 * requests.map(({ call }) => call.descriptor.endpoint) // => ['identityToken']
 * @category polling
 * @since 0.1.0
 */
export const startWriteback = (
  settings: WritebackSettings,
  since: Instant,
  options: Partial<WritebackOptions> = {}
): Writeback => {
  const all = settledOptions(options)
  const { munchkinId, activityTypeIds } = settings
  return {
    version: 1,
    settings,
    options: all,
    nextRequest: 0,
    seed: all.seed,
    token: startToken(munchkinId, all.token),
    budget: startBudget(munchkinId, all.budget),
    walks: walksOf(activityTypeIds, startOf(since)),
    waiting: [],
    seen: nothingKept,
    leads: nothingKept,
    emails: nothingKept,
    campaigns: nothingKept,
    refusedFields: [],
    held: { leads: untried, emails: untried, campaigns: untried },
    inFlight: {},
    events: [],
    remarks: []
  }
}

/**
 * What was made so far, and the state without it: events, and what is to be said of activities and of polling.
 *
 * @category polling
 * @since 0.1.0
 */
export const takeEvents = (
  state: Writeback
): readonly [state: Writeback, events: ReadonlyArray<TrackCall>, remarks: ReadonlyArray<WritebackRemark>] => [
  { ...state, events: [], remarks: [] },
  state.events,
  state.remarks
]

/**
 * The state with credentials to be believed again, because they were replaced.
 *
 * @category polling
 * @since 0.1.0
 */
export const withNewCredentials = (state: Writeback): Writeback => ({ ...state, token: resetToken(state.token) })

/**
 * The state with a budget that others spend from, too. Hand `state.budget` on in turn.
 *
 * @category polling
 * @since 0.1.0
 */
export const withSharedBudget = (state: Writeback, budget: BudgetState): Writeback => ({ ...state, budget })
