/**
 * What any answer means, by the endpoint that its call names: one door for senders that carry out steps as they come.
 *
 * @module
 */
import type { Call, HttpRequest } from '../intent/descriptor.js'
import type { Accepted, Answer, RecordOutcome, Refused, Verdict } from '../intent/outcome.js'
import { interpretAddCustomActivities } from './add-custom-activities.js'
import { interpretAssociateLead } from './associate-lead.js'
import { interpretCreateLeadFields } from './create-lead-fields.js'
import { interpretDeleteLeads } from './delete-leads.js'
import { interpretActivitiesFile, interpretExportFile } from './export-file.js'
import { interpretExportJob } from './export-job.js'
import { interpretGetLeads, type LookupOutcome } from './get-leads.js'
import { interpretIdentityToken, type TokenGranted } from './identity-token.js'
import { interpretImportRows } from './import-rows.js'
import { interpretIngestPersons } from './ingest-persons.js'
import { interpretAddToList, interpretListMembership, interpretRemoveFromList } from './list-members.js'
import { interpretMergeLeads } from './merge-leads.js'
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
  readonly _tag: 'Accepted' | 'ImportRows' | 'ExportJob' | 'ActivitiesFile' | 'ExportFile' | 'ReadPage'
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
    case 'createLeadFields':
      return interpretCreateLeadFields(call, answer)
    case 'ingestPersons':
      return takenOrRefused(call, interpretIngestPersons(call, answer))
    case 'importLeadsFailures':
    case 'importLeadsWarnings':
      return takenOrRefused(call, interpretImportRows(call, answer))
    case 'exportActivitiesFile':
      return takenOrRefused(call, interpretActivitiesFile(call, answer))
    case 'exportLeadsFile':
      return takenOrRefused(call, interpretExportFile(call, answer))
    case 'listMembership':
      return takenOrRefused(call, interpretListMembership(call, answer))
    // Whatever a job or an asset is told to be, its envelope says whether the call was taken.
    case 'importLeads':
    case 'importLeadsStatus':
    case 'exportActivities':
    case 'exportActivitiesEnqueue':
    case 'exportActivitiesStatus':
    case 'exportLeads':
    case 'exportLeadsEnqueue':
    case 'exportLeadsStatus':
    case 'createList':
    case 'createActivityType':
    case 'createActivityAttributes':
    case 'approveActivityType':
      return takenOrRefused(call, interpretExportJob(call, answer))
    // And so it does of whatever is read.
    case 'listsOfLead':
    case 'findList':
    case 'getLeadChanges':
    case 'activityPagingToken':
    case 'getActivities':
    case 'activityTypes':
    case 'getEmail':
    case 'getProgram':
    case 'getCampaigns':
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
    case 'identityToken':
      return interpretIdentityToken(answer)
  }
}
