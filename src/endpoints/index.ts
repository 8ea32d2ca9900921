/**
 * Intents ⇄ HTTP: one file per Marketo endpoint, `describe` and `interpret` side by side.
 *
 * @module
 */
export { type ActivityRecord, readActivity, type ToldAttribute } from './activity-record.js'
export {
  type ActivityTypes,
  describeActivityTypes,
  interpretActivityTypes,
  type ToldActivityType,
  type ToldTypeAttribute
} from './activity-types.js'
export { describeAddCustomActivities, interpretAddCustomActivities } from './add-custom-activities.js'
export {
  type Asset,
  type AssetFound,
  type AssetNumber,
  type AssetOutcome,
  describeGetCampaigns,
  describeGetEmail,
  describeGetProgram,
  interpretGetCampaigns,
  interpretGetEmail,
  interpretGetProgram
} from './asset-lookups.js'
export { describeAssociateLead, interpretAssociateLead } from './associate-lead.js'
export type { BeaconPage } from './beacon-parts.js'
export { type ApiVisit, type Associated, type Beacon, beaconUrl, type Click } from './beacon-url.js'
export {
  type ActivityTypeName,
  type ActivityTypeOutcome,
  type ActivityTypeTold,
  describeApproveActivityType,
  describeCreateActivityAttributes,
  describeCreateActivityType,
  interpretActivityType,
  type NewActivityAttribute,
  type NewActivityAttributes,
  type NewActivityType
} from './create-activity-type.js'
export {
  describeCreateLeadFields,
  interpretCreateLeadFields,
  type LeadFieldDataType,
  leadFieldDataTypes,
  type NewLeadField
} from './create-lead-fields.js'
export { describeDeleteLeads, interpretDeleteLeads, type LeadDeletion } from './delete-leads.js'
export { type DeletedLeadsQuestion, describeGetDeletedLeads } from './deleted-leads.js'
export { derivedToken } from './derived-token.js'
export { type ActivityExport, describeExportActivities } from './export-activities.js'
export {
  type ActivitiesFile,
  describeExportFile,
  type ExportFile,
  interpretActivitiesFile,
  interpretExportFile,
  readActivitiesFile
} from './export-file.js'
export {
  describeEnqueueExport,
  describeExportStatus,
  type ExportJob,
  type ExportKind,
  type ExportStatus,
  type ExportWindow,
  interpretExportJob
} from './export-job.js'
export { describeExportLeads, type LeadExport } from './export-leads.js'
export {
  type ActivityPage,
  type ActivityQuestion,
  describeGetActivities,
  interpretGetActivities
} from './get-activities.js'
export {
  describeGetLeads,
  interpretGetLeads,
  type LeadQuestion,
  type LeadsFound,
  type LookupOutcome
} from './get-leads.js'
export { describeIdentityToken, interpretIdentityToken, type TokenGranted } from './identity-token.js'
export { describeImportLeads } from './import-leads.js'
export {
  describeImportFailures,
  describeImportWarnings,
  type ImportRow,
  type ImportRows,
  interpretImportRows
} from './import-rows.js'
export {
  describeImportStatus,
  type ImportJob,
  type ImportStatus,
  interpretImportLeads,
  interpretImportStatus
} from './import-status.js'
export {
  describeIngestPersons,
  type IngestOptions,
  interpretIngestPersons,
  type Queued,
  type QueuedOutcome
} from './ingest-persons.js'
export { interpret } from './interpret.js'
export {
  type ChangedField,
  describeGetLeadChanges,
  interpretGetLeadChanges,
  type LeadChange,
  type LeadChangesOutcome,
  type LeadChangesQuestion,
  type LeadChangesRead
} from './lead-changes.js'
export type { FoundLead } from './lead-matching.js'
export type { LeadRef, WithLead } from './lead-ref.js'
export {
  describeCreateList,
  describeFindList,
  interpretCreateList,
  interpretFindList,
  type ListName,
  type ListOutcome,
  type ListsFound,
  type NewList
} from './list-assets.js'
export {
  describeAddToList,
  describeListMembership,
  describeRemoveFromList,
  interpretAddToList,
  interpretListMembership,
  interpretRemoveFromList,
  type ListMember,
  type MembershipFound,
  type MembershipOutcome
} from './list-members.js'
export {
  describeListsOfLead,
  interpretListsOfLead,
  type ListsOfLead,
  type ListsOfLeadOutcome,
  type ListsQuestion
} from './lists-of-lead.js'
export { describeMergeLeads, interpretMergeLeads, type LeadMerge } from './merge-leads.js'
export type { PageLoad } from './page-load.js'
export {
  type ActivitiesSince,
  describePagingToken,
  interpretPagingToken,
  type PagingToken
} from './paging-token.js'
export {
  describeChangeProgramStatus,
  describeDeleteProgramMembers,
  describeSyncProgramStatus,
  interpretChangeProgramStatus,
  interpretDeleteProgramMembers,
  interpretSyncProgramStatus,
  type ProgramMember,
  type ProgramStatus
} from './program-members.js'
export { describeReadPage, interpretReadPage, type PageQuestion, type ReadPage } from './read-page.js'
export {
  type CampaignRequest,
  describeRequestCampaign,
  interpretRequestCampaign
} from './request-campaign.js'
export { hostName, requestUri } from './request-uri.js'
export { fillSlots } from './slots.js'
export { type SoapCredentials, signSoap, soapSignature } from './soap-message.js'
export { describeSteps } from './steps.js'
export { describeSubmitForm, interpretSubmitForm } from './submit-form.js'
export { describeSyncCompanies, interpretSyncCompanies } from './sync-companies.js'
export { describeSyncCustomObjects, interpretSyncCustomObjects } from './sync-custom-objects.js'
export { describeSyncLeadSoap, interpretSyncLeadSoap, type SyncLeadSoapOptions } from './sync-lead-soap.js'
export { describeSyncLeads, interpretSyncLeads } from './sync-leads.js'
export { describeVisitWebPage, interpretVisitWebPage, type VisitOptions } from './visit-web-page.js'
