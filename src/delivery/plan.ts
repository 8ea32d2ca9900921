/**
 * What a delivery of these items would cost, before anything is sent.
 *
 *     items ──plan──▶ calls by endpoint and by event, quota, warnings, what would stop each event
 *
 * It walks the items through the real step function against a Marketo that says yes, in rounds whose calls are all answered before the
 * next begins. So its calls are those of such a delivery to an instance that has every lead and refuses nothing. It takes as long as the
 * items are many.
 *
 * @module
 */
import { callLimits } from '../marketo/limits.js'
import type { MunchkinId } from '../marketo/munchkin-id.js'
import { type Caps, capsOf, capsOfUser, settledBudget, userNamed } from '../pace/budget-settings.js'
import { defaultDeliveryOptions } from './options.js'
import type { Item } from './outcome.js'
import { type Notes, warningsOf } from './plan-notes.js'
import {
  type EventTally,
  newTally,
  runsInBrowsers,
  type Tally,
  tallyBegun,
  tallyCall,
  tallyEnded
} from './plan-tally.js'
import type { Plan, PlannedEndpoint, PlannedEvent, PlannedQuota, PlannedUnsent, PlanOptions } from './plan-types.js'
import { walk } from './plan-walk.js'
import { noteItems, noteQuota, noteTally } from './plan-warnings.js'

/**
 * How plans are made unless told otherwise.
 *
 * @category plans
 * @since 0.1.0
 */
export const defaultPlanOptions: PlanOptions = {
  ...defaultDeliveryOptions,
  contract: 'v2',
  muchOfDay: 0.5
}

/** Our names in an event's `integrations`, as the two contracts have them. @internal */
export const integrationNames: Readonly<Record<PlanOptions['contract'], string>> = { v1: 'Marketo', v2: 'Marketo V2' }

/** The order of names, no two of which are the same. */
const byName =
  <A>(of: (a: A) => string) =>
  (a: A, b: A): number =>
    of(a) < of(b) ? -1 : 1

const endpointsOf = ({ endpoints }: Tally): ReadonlyArray<PlannedEndpoint> =>
  [...endpoints]
    .map(([endpoint, { calls, countedCalls, records }]) => ({
      endpoint,
      calls,
      records,
      isCounted: countedCalls > 0
    }))
    .sort(byName(({ endpoint }) => endpoint))

const eventsOf = ({ events }: Tally, contract: PlanOptions['contract']): ReadonlyArray<PlannedEvent> =>
  [...events]
    .map(
      ([event, tally]: readonly [string, EventTally]): PlannedEvent => ({
        event,
        ...tally,
        stop: { integrations: { [integrationNames[contract]]: false } }
      })
    )
    .sort((a, b) => b.calls - a.calls || byName<PlannedEvent>(({ event }) => event)(a, b))

const unsentOf = ({ unsent }: Tally): ReadonlyArray<PlannedUnsent> =>
  [...unsent.values()]
    .map(({ problem, items, events }) => ({ problem, items, events: [...events].sort() }))
    .sort((a, b) => b.items - a.items)

/** Seconds until the last of so many calls can begin. */
const leastSeconds = (calls: number, { window, running }: Caps): number | null => {
  if (calls === 0) return 0
  return window === 0 || running === 0 ? null : ((Math.ceil(calls / window) - 1) * callLimits.windowMillis) / 1_000
}

const quotaOf = ({ instances }: Tally, caps: Caps): ReadonlyArray<PlannedQuota> =>
  [...instances]
    .map(([munchkinId, { calls, countedCalls }]: readonly [MunchkinId, { calls: number; countedCalls: number }]) => ({
      munchkinId,
      calls,
      countedCalls,
      callsPerDay: caps.day,
      share: caps.day === 0 ? null : countedCalls / caps.day,
      leastSeconds: leastSeconds(countedCalls, caps)
    }))
    .sort(byName(({ munchkinId }) => munchkinId))

const sum = (numbers: ReadonlyArray<number>): number => numbers.reduce((so, n) => so + n, 0)

/**
 * The plan for these items. Options are those that the items will be delivered with.
 *
 * @example
 * import { isMunchkinId } from 'segment-marketo/marketo'
 * import { plan, type Item } from 'segment-marketo/delivery'
 *
 * const munchkinId = '561-HYG-937'
 * if (!isMunchkinId(munchkinId)) throw new Error('no munchkin id')
 * const upsert = (email: string): Item => ({
 *   id: email,
 *   messageId: email,
 *   event: 'identify',
 *   intent: {
 *     _tag: 'UpsertLead',
 *     munchkinId,
 *     lead: { lookupField: 'email', value: email },
 *     fields: { email },
 *     action: 'createOrUpdate',
 *     partitionName: null
 *   }
 * })
 * const { calls, countedCalls, naiveCalls, events } = plan([upsert('ana@example.com'), upsert('bo@example.com')])
 * calls // => 2
 * countedCalls // => 1
 * naiveCalls // => 2
 * events.map(({ event, items, stop }) => [event, items, stop])
 * // => [['identify', 2, { integrations: { 'Marketo V2': false } }]]
 * @category plans
 * @since 0.1.0
 */
export const plan = (items: ReadonlyArray<Item>, options: Partial<PlanOptions> = {}): Plan => {
  const all = { ...defaultPlanOptions, ...options }
  const tally = newTally(items)
  walk(items, all, {
    begun: (position, item) => tallyBegun(tally, position, item),
    asked: (call, served) => tallyCall(tally, call, served),
    ended: (outcomes, call) => tallyEnded(tally, outcomes, call)
  })
  const settings = settledBudget(all.budget)
  const quota = quotaOf(tally, capsOfUser(capsOf(settings), userNamed(settings, all.user)))
  const notes: Notes = new Map()
  noteItems(notes, items, all.idFields)
  noteTally(notes, tally, all.idFields)
  for (const one of quota) noteQuota(notes, one, all.muchOfDay)
  const endpoints = endpointsOf(tally)
  const free = endpoints.filter(runsInBrowsers)
  return {
    items: items.length,
    carried: tally.carried,
    heldBack: tally.held.length,
    calls: sum(endpoints.map(({ calls }) => calls)),
    countedCalls: sum(quota.map(({ countedCalls }) => countedCalls)),
    naiveCalls: tally.carried,
    endpoints,
    events: eventsOf(tally, all.contract),
    quota,
    deviceMode: {
      calls: sum(free.map(({ calls }) => calls)),
      countedCalls: sum(free.filter(({ isCounted }) => isCounted).map(({ calls }) => calls))
    },
    unsent: unsentOf(tally),
    warnings: warningsOf(notes)
  }
}
