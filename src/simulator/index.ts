/**
 * A Marketo in memory, pure: (state, request, now) → [state, answer]; faults on demand.
 *
 * For tests of an integration, without a Marketo account and without a network.
 *
 * @module
 */
export type {
  AssetFolder,
  AssetKinds,
  AssetMembers,
  FiledAsset,
  SimulatedCampaign,
  SimulatedEmail,
  SimulatedLandingPage,
  SimulatedList,
  SimulatedProgram,
  SimulatedSegment,
  SimulatedSegmentation
} from './asset-options.js'
export { advanceSimulator } from './due.js'
export { type Edit, editedInMarketo } from './edited.js'
export {
  activityLogged,
  assetAdded,
  assetDeleted,
  leadAdded,
  leadDeleted,
  leadsMerged
} from './happened.js'
export {
  type DeletedLead,
  type Fault,
  type FaultKind,
  type FirstActivity,
  type FirstCompany,
  type FirstLead,
  faultKinds,
  type SimulatedActivityType,
  type SimulatedAttribute,
  type SimulatedEndpoint,
  type SimulatedField,
  type SimulatedForm,
  type SimulatedObjectType,
  type SimulatorOptions
} from './options.js'
export {
  activitiesIn,
  type CallsSeen,
  callsIn,
  campaignRequestsIn,
  changesIn,
  companiesIn,
  customObjectsIn,
  type ListSeen,
  leadIn,
  leadsIn,
  listsIn,
  logIn,
  programMembersIn,
  visitsIn
} from './reading.js'
export { requestOf, type SimulatorCredentials, type SimulatorRequest } from './request.js'
export { simulate } from './simulate.js'
export { startSimulator } from './start.js'
export type {
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
