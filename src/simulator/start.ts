/**
 * The first state of a simulated instance.
 *
 * @module
 */

import { emptyTree } from '../ground/tree.js'
import { logActivity, logDeleted } from './activity-log.js'
import { emptyShelf, putAssets } from './asset-shelf.js'
import { putCompany } from './companies.js'
import { instanceFields } from './fields.js'
import { createLead, leadNumbered, removeLead } from './leads.js'
import { settleList } from './lists.js'
import { putMember } from './members.js'
import { type DeletedLead, type FirstLead, type SimulatorOptions, settled } from './options.js'
import type { Draft, SimulatorState } from './state.js'
import type { Desk } from './told.js'
import { associate } from './visitors.js'

const noCalls: SimulatorState['calls'] = {
  identityToken: 0,
  syncLeads: 0,
  getLeadsByFilter: 0,
  associateLead: 0,
  addCustomActivities: 0,
  submitForm: 0,
  visitWebPage: 0,
  mergeLeads: 0,
  ingestPersons: 0,
  importLeads: 0,
  importLeadsStatus: 0,
  importLeadsFailures: 0,
  importLeadsWarnings: 0,
  addToList: 0,
  removeFromList: 0,
  listMembership: 0,
  findList: 0,
  createList: 0,
  syncProgramStatus: 0,
  changeProgramStatus: 0,
  deleteProgramMembers: 0,
  requestCampaign: 0,
  deleteLeads: 0,
  listsOfLead: 0,
  syncCompanies: 0,
  syncCustomObjects: 0,
  getLeadChanges: 0,
  activityPagingToken: 0,
  getActivities: 0,
  activityTypes: 0,
  exportActivities: 0,
  exportActivitiesEnqueue: 0,
  exportActivitiesStatus: 0,
  exportActivitiesFile: 0,
  getEmail: 0,
  getProgram: 0,
  getCampaigns: 0,
  getLists: 0,
  getStaticLists: 0,
  getSmartCampaigns: 0,
  getEmails: 0,
  getLandingPages: 0,
  getPrograms: 0,
  getSegmentations: 0,
  getSegments: 0,
  getCollection: 0,
  getDeletedLeads: 0,
  describeLeads: 0,
  describeLeadNames: 0,
  createLeadFields: 0,
  getCustomActivityTypes: 0,
  describeActivityType: 0,
  createActivityType: 0,
  createActivityAttributes: 0,
  approveActivityType: 0,
  getChannels: 0,
  exportLeads: 0,
  exportLeadsEnqueue: 0,
  exportLeadsStatus: 0,
  exportLeadsFile: 0,
  other: 0
}

const empty = (options: SimulatorOptions): Draft => ({
  version: 1,
  options: settled(options),
  random: Math.trunc(options.seed ?? 1) | 0,
  total: 0,
  calls: noCalls,
  token: { generation: 0, until: 0 },
  window: [],
  quota: { day: '', used: 0 },
  nextLead: 1,
  nextActivity: 1,
  nextVisit: 1,
  leads: emptyTree,
  unshown: emptyTree,
  index: emptyTree,
  merged: emptyTree,
  activities: emptyTree,
  visitors: emptyTree,
  visits: emptyTree,
  waitingJobs: [],
  nextJob: 1,
  jobs: emptyTree,
  ingestion: { first: 1, next: 1, lastDue: 0 },
  ingested: emptyTree,
  nextList: 1,
  lists: emptyTree,
  members: emptyTree,
  nextRequested: 1,
  requested: emptyTree,
  nextCompany: 1,
  companies: emptyTree,
  nextObject: 1,
  objects: emptyTree,
  nextChange: 1,
  changes: emptyTree,
  nextLogged: 1,
  log: emptyTree,
  assets: emptyShelf,
  nextExport: 1,
  exports: emptyTree,
  waitingExports: [],
  exported: { day: '', bytes: 0 }
})

/** Leads that were there before anybody asked have the age of the epoch. */
const longAgo = { time: '1970-01-01T00:00:00Z', struck: null, by: null } as const

const settle = (desk: Desk, { fields, cookies, partitionName }: FirstLead): void => {
  const { id } = createLead(desk, fields, partitionName ?? desk.draft.options.partitions[0] ?? 'Default')
  for (const cookie of cookies ?? []) {
    const lead = leadNumbered(desk.draft, id)
    if (lead !== undefined) associate(desk.draft, lead, cookie)
  }
}

/** A lead that is gone already: it has its place in the log, and its number is nobody's any more. */
const settleDeleted = (desk: Desk, { leadId, deletedAt, name, primaryAttributeValueId }: DeletedLead): void => {
  const { draft } = desk
  const lead = leadNumbered(draft, leadId)
  if (lead !== undefined) removeLead(desk, lead)
  draft.nextLead = Math.max(draft.nextLead, leadId + 1)
  logDeleted({ draft, time: deletedAt }, leadId, name ?? '', primaryAttributeValueId)
}

/**
 * A simulated instance, before its first request.
 *
 * @example
 * const state = startSimulator({
 *   munchkinId: '561-HYG-937',
 *   clientId: 'id',
 *   clientSecret: 'secret',
 *   customFields: [{ name: 'userId', type: 'string' }],
 *   leads: [{ fields: { email: 'ana@example.com', userId: 'u1' } }]
 * })
 * leadsIn(state).map(({ id, fields }) => [id, fields.email]) // => [[1, 'ana@example.com']]
 * @category simulator
 * @since 0.1.0
 */
export const startSimulator = (options: SimulatorOptions): SimulatorState => {
  const draft = empty(options)
  const desk: Desk = { ...longAgo, draft, fieldNamed: instanceFields(draft.options) }
  for (const lead of options.leads ?? []) settle(desk, lead)
  for (const { externalCompanyId, fields } of options.companies ?? [])
    putCompany(draft, externalCompanyId, { externalCompanyId, ...fields })
  for (const list of options.lists ?? []) settleList(draft, list)
  putAssets(draft, 'emails', options.emails ?? [])
  putAssets(draft, 'landingPages', options.landingPages ?? [])
  putAssets(draft, 'programs', options.programs ?? [])
  putAssets(draft, 'campaigns', options.campaigns ?? [])
  putAssets(draft, 'segmentations', options.segmentations ?? [])
  for (const { id, members } of options.programs ?? []) for (const member of members ?? []) putMember(draft, id, member)
  for (const activity of options.activities ?? []) logActivity({ draft, time: activity.activityDate }, activity)
  for (const one of options.deletedLeads ?? []) settleDeleted(desk, one)
  return draft
}
