/**
 * What a test wants to know of a simulated instance.
 *
 *     leadsIn   activitiesIn   visitsIn   listsIn   programMembersIn   campaignRequestsIn
 *     companiesIn   customObjectsIn   logIn   callsIn
 *
 * Each list is in the order in which its members were made, and costs as much as it is long.
 *
 * @module
 */

import { type Tree, valueAt, valuesOf } from '../ground/tree.js'
import { noObjects } from './custom-objects.js'
import { noMembers } from './members.js'
import type { SimulatedEndpoint } from './options.js'
import type {
  LoggedActivity,
  SimulatedActivity,
  SimulatedCampaignRequest,
  SimulatedChange,
  SimulatedCompany,
  SimulatedLead,
  SimulatedMember,
  SimulatedObject,
  SimulatedVisit,
  SimulatorState
} from './state.js'
import { survivor } from './visitors.js'

const byId = <A extends { readonly id: number }>(tree: Tree<A>): ReadonlyArray<A> =>
  [...valuesOf(tree)].sort((a, b) => a.id - b.id)

/**
 * The leads, by number. Those merged into others are gone.
 *
 * @category simulator
 * @since 0.1.0
 */
export const leadsIn = (state: SimulatorState): ReadonlyArray<SimulatedLead> => byId(state.leads)

/**
 * The lead with this number, or undefined: never made, or merged into another.
 *
 * @category simulator
 * @since 0.1.0
 */
export const leadIn = (state: SimulatorState, id: number): SimulatedLead | undefined => valueAt(state.leads, String(id))

/**
 * The activities, each with the lead that has it today: a merged lead's are its winner's.
 *
 * @category simulator
 * @since 0.1.0
 */
export const activitiesIn = (state: SimulatorState): ReadonlyArray<SimulatedActivity> =>
  byId(state.activities).map((activity) => ({ ...activity, leadId: survivor(state, activity.leadId) }))

/** Whose a visit is: the lead's that had the browser then, else of the first that got it. */
const ownerOf = (state: SimulatorState, { leadId, token }: SimulatedVisit): number | null => {
  const id = leadId ?? valueAt(state.visitors, token)?.first
  return id === undefined ? null : survivor(state, id)
}

/**
 * The page views, each with the lead that has it today; null as long as its browser is nobody's.
 *
 * @category simulator
 * @since 0.1.0
 */
export const visitsIn = (state: SimulatorState): ReadonlyArray<SimulatedVisit> =>
  byId(state.visits).map((visit) => ({ ...visit, leadId: ownerOf(state, visit) }))

/**
 * A static list as it is: the leads on it, by number.
 *
 * @category simulator
 * @since 0.1.0
 */
export interface ListSeen {
  readonly id: number
  readonly name: string
  readonly leadIds: ReadonlyArray<number>
}

/**
 * The static lists, by number.
 *
 * @category simulator
 * @since 0.1.0
 */
export const listsIn = (state: SimulatorState): ReadonlyArray<ListSeen> =>
  byId(state.lists).map(({ id, name, leadIds }) => ({
    id,
    name,
    leadIds: [...valuesOf(leadIds)].sort((a, b) => a - b)
  }))

/**
 * The members of a program, by the numbers of the leads.
 *
 * @category simulator
 * @since 0.1.0
 */
export const programMembersIn = (state: SimulatorState, programId: number): ReadonlyArray<SimulatedMember> =>
  [...valuesOf(valueAt(state.members, String(programId)) ?? noMembers)].sort((a, b) => a.leadId - b.leadId)

/**
 * The leads that campaigns were requested for, in that order, each with the number of the lead that it is today.
 *
 * @category simulator
 * @since 0.1.0
 */
export const campaignRequestsIn = (state: SimulatorState): ReadonlyArray<SimulatedCampaignRequest> =>
  byId(state.requested).map((request) => ({ ...request, leadId: survivor(state, request.leadId) }))

/**
 * The companies, in the order in which they were made.
 *
 * @category simulator
 * @since 0.1.0
 */
export const companiesIn = (state: SimulatorState): ReadonlyArray<SimulatedCompany> => byId(state.companies)

/**
 * The records of a custom object, in the order in which they were made.
 *
 * @category simulator
 * @since 0.1.0
 */
export const customObjectsIn = (state: SimulatorState, name: string): ReadonlyArray<SimulatedObject> =>
  byId(valueAt(state.objects, name) ?? noObjects)

/**
 * The log of activities: whatever happened to leads, in the order in which it was logged, each entry with the number of the lead that it is
 * of today.
 *
 * @category simulator
 * @since 0.1.0
 */
export const logIn = (state: SimulatorState): ReadonlyArray<LoggedActivity> =>
  [...valuesOf(state.log)]
    .sort((a, b) => a.n - b.n)
    .map((entry) => ({ ...entry, leadId: survivor(state, entry.leadId) }))

/**
 * The calls that came, answered or not: all, by endpoint, and how many counted on the last day of the quota that saw one.
 *
 * @category simulator
 * @since 0.1.0
 */
export interface CallsSeen {
  readonly all: number
  readonly byEndpoint: Readonly<Record<SimulatedEndpoint, number>>
  readonly quota: { readonly day: string; readonly used: number }
}

/**
 * How many calls came.
 *
 * @category simulator
 * @since 0.1.0
 */
export const callsIn = ({ total, calls, quota }: SimulatorState): CallsSeen => ({
  all: total,
  byEndpoint: calls,
  quota
})

/**
 * The changes of leads that writes have made, in that order, each with the number of the lead that it is today.
 *
 * @category simulator
 * @since 0.1.0
 */
export const changesIn = (state: SimulatorState): ReadonlyArray<SimulatedChange> =>
  byId(state.changes).map((change) => ({ ...change, leadId: survivor(state, change.leadId) }))
