/**
 * What we want done and what became of it: intents, lead keys, mappings, descriptors, outcomes.
 *
 * @module
 */
export {
  type Auth,
  type Body,
  type Call,
  type Described,
  type Descriptor,
  type EndpointName,
  type HiddenForm,
  type Host,
  type HttpRequest,
  type Lifecycle,
  live,
  type MunchkinCall,
  type Pairs,
  type Part,
  type SignerRequest,
  type Slot,
  type Unsent
} from './descriptor.js'
export {
  type ActivityAttribute,
  type AddCustomActivity,
  type AddToList,
  type AddToScore,
  type AssociateCookie,
  type AssociateLeadInBrowser,
  type BrowserIntent,
  type CampaignToken,
  type Consent,
  type DeleteLead,
  type Fields,
  type FieldValue,
  type Intent,
  isBrowserIntent,
  isKeyedIntent,
  type KeyedIntent,
  type LeaveLists,
  type LeaveProgram,
  type ListRef,
  type PageAddress,
  type Purpose,
  type RecordIntent,
  type RemoveFromList,
  type RequestCampaign,
  type ServerIntent,
  type SetProgramStatus,
  type Signature,
  type StartInBrowser,
  type SubmitForm,
  type SubmitFormInBrowser,
  type SyncCompany,
  type SyncCustomObject,
  type SyncLeadOverSoap,
  type UpsertLead,
  type Visitor,
  type VisitPage,
  type VisitPageInBrowser
} from './intent.js'
export { keyText, type LeadKey } from './lead-key.js'
export { combine, concatMapped, type Folder, type Mapped, type Mapper } from './mapped.js'
export type {
  Accepted,
  Answer,
  Applied,
  Reason,
  RecordOutcome,
  Refused,
  Skipped,
  Unanswered,
  Verdict
} from './outcome.js'
