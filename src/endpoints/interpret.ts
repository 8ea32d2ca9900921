/**
 * What any answer means, by the endpoint that its call names: one door for senders that carry out steps as they come.
 *
 * @module
 */
import type { Call, HttpRequest } from '../intent/descriptor.js'
import type { Answer, RecordOutcome, Refused, Verdict } from '../intent/outcome.js'
import { interpretAddCustomActivities } from './add-custom-activities.js'
import { interpretAssociateLead } from './associate-lead.js'
import { interpretGetLeads, type LookupOutcome } from './get-leads.js'
import { interpretIdentityToken, type TokenGranted } from './identity-token.js'
import { interpretMergeLeads } from './merge-leads.js'
import { interpretSubmitForm } from './submit-form.js'
import { interpretSyncLeadSoap } from './sync-lead-soap.js'
import { interpretSyncLeads } from './sync-leads.js'
import { interpretVisitWebPage } from './visit-web-page.js'

/**
 * The verdict on a call: of each record, of each lead key looked up, or of the token asked for.
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
    case 'identityToken':
      return interpretIdentityToken(answer)
  }
}
