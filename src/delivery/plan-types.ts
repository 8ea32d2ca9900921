/**
 * A plan: what a delivery would cost, before anything is sent. Plain JSON: names and counts, and never a value of an event.
 *
 *     calls       by endpoint, in all, and a call an intent beside it
 *     events      by event name: each call shared out over the items that it carries
 *     quota       by instance: calls that count, their part of the day, the least time
 *     unsent      what no request can carry, and why
 *     warnings    what will surprise
 *
 * @module
 */
import type { Problem } from '../ground/problem.js'
import type { EndpointName } from '../intent/descriptor.js'
import type { MunchkinId } from '../marketo/munchkin-id.js'
import type { DeliveryOptions } from './options.js'

/**
 * How to plan: as the items will be delivered, and a little more. `contract` says by whose name an event's `integrations` would stop it. `muchOfDay` is the part
 * of the day's quota from which on the plan warns.
 *
 * @category plans
 * @since 0.1.0
 */
export interface PlanOptions extends DeliveryOptions {
  readonly contract: 'v1' | 'v2'
  readonly muchOfDay: number
}

/**
 * The calls to one endpoint, the records in them, and whether they count against the quota.
 *
 * @category plans
 * @since 0.1.0
 */
export interface PlannedEndpoint {
  readonly endpoint: EndpointName
  readonly calls: number
  readonly records: number
  readonly isCounted: boolean
}

/**
 * What the items of one event cost. Calls and records are shared: three items in a call of 300 records have 0.01 of it. `browserCalls`
 * are page views and cookies, which cost nothing in device mode; `stop` is what to put into the event so that it stays away.
 *
 * @category plans
 * @since 0.1.0
 */
export interface PlannedEvent {
  readonly event: string
  readonly items: number
  readonly calls: number
  readonly countedCalls: number
  readonly records: number
  readonly unsent: number
  readonly browserCalls: number
  readonly stop: { readonly integrations: Readonly<Record<string, false>> }
}

/**
 * What an instance is asked for. `callsPerDay` is our own part of its quota, `share` the part of it that the counted calls take, and
 * `leastSeconds` the time until the last of them can begin; both null where the budget lets nothing through.
 *
 * @category plans
 * @since 0.1.0
 */
export interface PlannedQuota {
  readonly munchkinId: MunchkinId
  readonly calls: number
  readonly countedCalls: number
  readonly callsPerDay: number
  readonly share: number | null
  readonly leastSeconds: number | null
}

/**
 * Items that no request can carry, for one reason.
 *
 * @category plans
 * @since 0.1.0
 */
export interface PlannedUnsent {
  readonly problem: Problem
  readonly items: number
  readonly events: ReadonlyArray<string>
}

/**
 * What a plan warns of.
 *
 *     over-quota            more calls than our part of the day
 *     much-of-quota         a large part of the day
 *     lookup-before-upsert  a lead is looked up that an upsert further on would have told
 *     lead-not-upserted     activities or cookies of a lead that nothing here writes: one lookup, and nothing without a lead
 *     call-each             page views, cookies and forms take a call each
 *     derived-visitor       a visitor beside the lead's own browser
 *     no-message-id         an item that nobody can tell from its double
 *     same-id               an id that another item has
 *     in-browser            an intent that runs in a browser
 *     retired-route         an intent of a route that is switched off
 *     company-fields        fields that Sync Leads no longer takes
 *     deletes-leads         items that delete leads
 *     removed-fields        fields that left Adobe's list
 *     held-back             items that the options let nothing through for
 *
 * @category plans
 * @since 0.1.0
 */
export type PlanRisk =
  | 'over-quota'
  | 'much-of-quota'
  | 'lookup-before-upsert'
  | 'lead-not-upserted'
  | 'call-each'
  | 'derived-visitor'
  | 'no-message-id'
  | 'same-id'
  | 'deletes-leads'
  | 'in-browser'
  | 'retired-route'
  | 'company-fields'
  | 'removed-fields'
  | 'held-back'

/**
 * A warning: of how many items, at the cost of how many calls, of which events, over which field names, and how to mend it.
 *
 * @category plans
 * @since 0.1.0
 */
export interface PlanWarning {
  readonly _tag: PlanRisk
  readonly munchkinId: MunchkinId
  readonly items: number
  readonly calls: number
  readonly names: ReadonlyArray<string>
  readonly events: ReadonlyArray<string>
  readonly mend: string
}

/**
 * What a delivery would cost. `naiveCalls` are those of a call an intent; `heldBack` are items that neither a call carries nor a problem
 * explains. Calls by event add up to all calls but those for tokens.
 *
 * @category plans
 * @since 0.1.0
 */
export interface Plan {
  readonly items: number
  readonly carried: number
  readonly heldBack: number
  readonly calls: number
  readonly countedCalls: number
  readonly naiveCalls: number
  readonly endpoints: ReadonlyArray<PlannedEndpoint>
  readonly events: ReadonlyArray<PlannedEvent>
  readonly quota: ReadonlyArray<PlannedQuota>
  readonly deviceMode: { readonly calls: number; readonly countedCalls: number }
  readonly unsent: ReadonlyArray<PlannedUnsent>
  readonly warnings: ReadonlyArray<PlanWarning>
}
