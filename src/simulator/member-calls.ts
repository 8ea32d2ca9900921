/**
 * The endpoints about what leads belong to, go through, and are gone by, and about records that are no leads.
 *
 * @module
 */
import { requestCampaign } from './campaigns.js'
import { syncCompanies } from './companies.js'
import { syncCustomObjects } from './custom-objects.js'
import { deleteLeads } from './lead-actions.js'
import { addToList, createList, findList, listMembership, listsOfLead, removeFromList } from './lists.js'
import type { SimulatedEndpoint } from './options.js'
import { changeProgramStatus, deleteProgramMembers, syncProgramStatus } from './programs.js'
import type { Wire } from './request.js'
import type { Desk, Told } from './told.js'

type MemberEndpoint = Extract<
  SimulatedEndpoint,
  | 'addToList'
  | 'removeFromList'
  | 'listMembership'
  | 'findList'
  | 'createList'
  | 'syncProgramStatus'
  | 'changeProgramStatus'
  | 'deleteProgramMembers'
  | 'requestCampaign'
  | 'deleteLeads'
  | 'listsOfLead'
  | 'syncCompanies'
  | 'syncCustomObjects'
>

/** What carries out each of them. @internal */
export const memberCalls: Readonly<Record<MemberEndpoint, (desk: Desk, wire: Wire) => Told>> = {
  addToList,
  removeFromList,
  listMembership,
  findList,
  createList,
  syncProgramStatus,
  changeProgramStatus,
  deleteProgramMembers,
  requestCampaign,
  deleteLeads,
  listsOfLead,
  syncCompanies,
  syncCustomObjects
}
