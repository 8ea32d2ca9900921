/**
 * The endpoints that tell what happened, and what things are called.
 *
 * @module
 */
import type { Instant } from '../ground/calendar.js'
import { activityPagingToken, activityTypes, getActivities, getDeletedLeads } from './activities.js'
import {
  getEmails,
  getLandingPages,
  getPrograms,
  getSegmentations,
  getSegments,
  getSmartCampaigns,
  getStaticLists
} from './asset-pages.js'
import { getEmail, getProgram } from './assets.js'
import { exportActivities } from './export-activities.js'
import { enqueueExport, exportFile, exportStatus } from './export-jobs.js'
import { exportLeads } from './export-leads.js'
import { getCompanies } from './get-companies.js'
import type { SimulatedEndpoint } from './options.js'
import type { Wire } from './request.js'
import { getCampaigns, getLists } from './token-pages.js'
import type { Desk, Told } from './told.js'

type ReadEndpoint = Extract<
  SimulatedEndpoint,
  | 'activityPagingToken'
  | 'getActivities'
  | 'activityTypes'
  | 'exportActivities'
  | 'exportActivitiesEnqueue'
  | 'exportActivitiesStatus'
  | 'exportActivitiesFile'
  | 'getEmail'
  | 'getProgram'
  | 'getCampaigns'
  | 'getLists'
  | 'getStaticLists'
  | 'getSmartCampaigns'
  | 'getEmails'
  | 'getLandingPages'
  | 'getPrograms'
  | 'getSegmentations'
  | 'getSegments'
  | 'getCollection'
  | 'getDeletedLeads'
  | 'exportLeads'
  | 'exportLeadsEnqueue'
  | 'exportLeadsStatus'
  | 'exportLeadsFile'
>

/** What carries out each of them. @internal */
export const readCalls: Readonly<Record<ReadEndpoint, (desk: Desk, wire: Wire, at: Instant) => Told>> = {
  activityPagingToken,
  getActivities,
  activityTypes,
  exportActivities,
  exportActivitiesEnqueue: enqueueExport,
  exportActivitiesStatus: exportStatus,
  exportActivitiesFile: exportFile,
  getEmail,
  getProgram,
  getCampaigns,
  getLists,
  getStaticLists,
  getSmartCampaigns,
  getEmails,
  getLandingPages,
  getPrograms,
  getSegmentations,
  getSegments,
  getCollection: getCompanies,
  getDeletedLeads,
  exportLeads,
  exportLeadsEnqueue: enqueueExport,
  exportLeadsStatus: exportStatus,
  exportLeadsFile: exportFile
}
