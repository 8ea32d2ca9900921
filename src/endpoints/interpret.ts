/**
 * What any answer means, by the endpoint that its call names: one door for senders that carry out steps as they come.
 *
 * @module
 */
import type { Call, HttpRequest } from '../intent/descriptor.js'
import type { Accepted, Answer, RecordOutcome, Refused, Verdict } from '../intent/outcome.js'
import { interpretActivityTypes } from './activity-types.js'
import { interpretAddCustomActivities } from './add-custom-activities.js'
import { interpretGetCampaigns, interpretGetEmail, interpretGetProgram } from './asset-lookups.js'
import { interpretAssociateLead } from './associate-lead.js'
import { interpretActivityType } from './create-activity-type.js'
import { interpretCreateLeadFields } from './create-lead-fields.js'
import { interpretDeleteLeads } from './delete-leads.js'
import { interpretActivitiesFile, interpretExportFile } from './export-file.js'
import { interpretExportJob } from './export-job.js'
import { interpretGetActivities } from './get-activities.js'
import { interpretGetLeads, type LookupOutcome } from './get-leads.js'
import { interpretIdentityToken, type TokenGranted } from './identity-token.js'
import { interpretImportRows } from './import-rows.js'
import { interpretImportLeads, interpretImportStatus } from './import-status.js'
import { interpretIngestPersons } from './ingest-persons.js'
import { interpretGetLeadChanges } from './lead-changes.js'
import { interpretCreateList, interpretFindList } from './list-assets.js'
import { interpretAddToList, interpretListMembership, interpretRemoveFromList } from './list-members.js'
import { interpretListsOfLead } from './lists-of-lead.js'
import { interpretMergeLeads } from './merge-leads.js'
import { interpretPagingToken } from './paging-token.js'
import {
  interpretChangeProgramStatus,
  interpretDeleteProgramMembers,
  interpretSyncProgramStatus
} from './program-members.js'
import { interpretReadPage } from './read-page.js'
import { interpretRequestCampaign } from './request-campaign.js'
import { interpretSubmitForm } from './submit-form.js'
import { interpretSyncCompanies } from './sync-companies.js'
import { interpretSyncCustomObjects } from './sync-custom-objects.js'
import { interpretSyncLeadSoap } from './sync-lead-soap.js'
import { interpretSyncLeads } from './sync-leads.js'
import { interpretVisitWebPage } from './visit-web-page.js'

/** As much of an answer as those that are taken for later have. */
interface Taken extends Partial<Pick<Accepted, 'requestId' | 'warnings'>> {
  readonly _tag:
    | 'Accepted'
    | 'ImportJob'
    | 'ImportRows'
    | 'PagingToken'
    | 'ActivityPage'
    | 'ActivityTypes'
    | 'ExportJob'
    | 'ActivitiesFile'
    | 'ExportFile'
    | 'ReadPage'
}

/** What is done later is not known now: of a call that was taken, each record stands open. */
const takenOrRefused = ({ intents }: Call<HttpRequest>, verdict: Taken | Refused): Verdict => {
  if (verdict._tag === 'Refused') return verdict
  const { requestId = null, warnings = [] } = verdict
  return {
    _tag: 'Accepted',
    requestId,
    warnings,
    outcomes: intents.map((intent) => ({ _tag: 'Unanswered', intent }))
  }
}

/**
 * The verdict on a call: of each record, of each lead key looked up, or of the token asked for. What Marketo does later (Data Ingestion,
 * bulk import), and what is told by reads other than Get Leads, leaves each record unanswered here; the endpoint's own function tells more.
 *
 * @category endpoints
 * @since 0.1.0
 */
export const interpret = (
  call: Call<HttpRequest>,
  answer: Answer
): Verdict<RecordOutcome | LookupOutcome> | TokenGranted | Refused => {
  switch (call.descriptor.endpoint) {
    case 'syncLeads':
      return interpretSyncLeads(call, answer)
    case 'getLeadsByFilter':
      return interpretGetLeads(call, answer)
    case 'addCustomActivities':
      return interpretAddCustomActivities(call, answer)
    case 'associateLead':
      return interpretAssociateLead(call, answer)
    case 'submitForm':
      return interpretSubmitForm(call, answer)
    case 'visitWebPage':
      return interpretVisitWebPage(call, answer)
    case 'syncLeadOverSoap':
      return interpretSyncLeadSoap(call, answer)
    case 'mergeLeads':
      return interpretMergeLeads(call, answer)
    case 'ingestPersons':
      return takenOrRefused(call, interpretIngestPersons(call, answer))
    case 'importLeads':
      return takenOrRefused(call, interpretImportLeads(call, answer))
    case 'importLeadsStatus':
      return takenOrRefused(call, interpretImportStatus(call, answer))
    case 'importLeadsFailures':
    case 'importLeadsWarnings':
      return takenOrRefused(call, interpretImportRows(call, answer))
    case 'addToList':
      return interpretAddToList(call, answer)
    case 'removeFromList':
      return interpretRemoveFromList(call, answer)
    case 'syncProgramStatus':
      return interpretSyncProgramStatus(call, answer)
    case 'changeProgramStatus':
      return interpretChangeProgramStatus(call, answer)
    case 'deleteProgramMembers':
      return interpretDeleteProgramMembers(call, answer)
    case 'requestCampaign':
      return interpretRequestCampaign(call, answer)
    case 'deleteLeads':
      return interpretDeleteLeads(call, answer)
    case 'syncCompanies':
      return interpretSyncCompanies(call, answer)
    case 'syncCustomObjects':
      return interpretSyncCustomObjects(call, answer)
    case 'listsOfLead':
      return takenOrRefused(call, interpretListsOfLead(call, answer))
    case 'listMembership':
      return takenOrRefused(call, interpretListMembership(call, answer))
    case 'findList':
      return takenOrRefused(call, interpretFindList(call, answer))
    case 'createList':
      return takenOrRefused(call, interpretCreateList(call, answer))
    case 'getLeadChanges':
      return takenOrRefused(call, interpretGetLeadChanges(call, answer))
    case 'activityPagingToken':
      return takenOrRefused(call, interpretPagingToken(call, answer))
    case 'getActivities':
      return takenOrRefused(call, interpretGetActivities(call, answer))
    case 'activityTypes':
      return takenOrRefused(call, interpretActivityTypes(call, answer))
    case 'exportActivities':
    case 'exportActivitiesEnqueue':
    case 'exportActivitiesStatus':
      return takenOrRefused(call, interpretExportJob(call, answer))
    case 'exportActivitiesFile':
      return takenOrRefused(call, interpretActivitiesFile(call, answer))
    case 'getEmail':
      return takenOrRefused(call, interpretGetEmail(call, answer))
    case 'getProgram':
      return takenOrRefused(call, interpretGetProgram(call, answer))
    case 'getCampaigns':
      return takenOrRefused(call, interpretGetCampaigns(call, answer))
    case 'getLists':
    case 'getStaticLists':
    case 'getSmartCampaigns':
    case 'getEmails':
    case 'getLandingPages':
    case 'getPrograms':
    case 'getSegmentations':
    case 'getSegments':
    case 'getCollection':
    case 'getDeletedLeads':
    case 'describeLeads':
    case 'describeLeadNames':
    case 'getCustomActivityTypes':
    case 'describeActivityType':
    case 'getChannels':
      return takenOrRefused(call, interpretReadPage(() => null)(call, answer))
    case 'createLeadFields':
      return interpretCreateLeadFields(call, answer)
    case 'createActivityType':
    case 'createActivityAttributes':
    case 'approveActivityType':
      return takenOrRefused(call, interpretActivityType(call, answer))
    case 'exportLeads':
    case 'exportLeadsEnqueue':
    case 'exportLeadsStatus':
      return takenOrRefused(call, interpretExportJob(call, answer))
    case 'exportLeadsFile':
      return takenOrRefused(call, interpretExportFile(call, answer))
    case 'identityToken':
      return interpretIdentityToken(answer)
  }
}
