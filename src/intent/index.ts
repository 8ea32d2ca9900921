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
  type AssociateCookie,
  type AssociateLeadInBrowser,
  type BrowserIntent,
  type Fields,
  type FieldValue,
  type Intent,
  isBrowserIntent,
  type KeyedIntent,
  type PageAddress,
  type Signature,
  type StartInBrowser,
  type SubmitForm,
  type SubmitFormInBrowser,
  type SyncLeadOverSoap,
  type UpsertLead,
  type Visitor,
  type VisitPage,
  type VisitPageInBrowser
} from './intent.js'
export { keyText, type LeadKey } from './lead-key.js'
export { combine, concatMapped, type Mapped, type Mapper } from './mapped.js'
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
