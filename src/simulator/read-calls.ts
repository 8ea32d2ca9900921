/**
 * The endpoints that tell what happened, and what things are called.
 *
 * @module
 */
import type { Instant } from '../ground/calendar.js'
import { activityPagingToken, activityTypes, getActivities } from './activities.js'
import { getCampaigns, getEmail, getProgram } from './assets.js'
import { enqueueExport, exportActivities, exportFile, exportStatus } from './export-activities.js'
import type { SimulatedEndpoint } from './options.js'
import type { Wire } from './request.js'
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
  getCampaigns
}
