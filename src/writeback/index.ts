/**
 * Write-back: Marketo's activities as Segment events.
 *
 *     startWriteback ──▶ state ──nextCalls──▶ calls ──(your client)──▶ answers ──receiveAnswer──▶ state ──takeEvents──▶ events
 *     activities ──eventOf──▶ events ──describeSegmentBatches──▶ batches ──(your client)──▶ Segment
 *     changes ──siftChanges──▶ news ──decideFields──▶ what is written where ──identifyOf──▶ events
 *
 * @module
 */
export type { Claim, Claims } from './conflict/claims.js'
export type { CustomPolicies, CustomPolicy, CustomQuestion } from './conflict/custom.js'
export {
  type ConflictAction,
  type Decided,
  decideFields,
  type FieldDecision,
  type LeadClaims,
  writesTo
} from './conflict/decide.js'
export { decodeConflictSettings } from './conflict/decode-settings.js'
export { type FieldMark, type FieldMarks, mergeMarks, withoutRefused } from './conflict/field-marks.js'
export { claimsOfNews, type LeadRead, marketoClaims } from './conflict/marketo-claims.js'
export { type ConflictSettings, type FieldPolicy, type PolicyName, policyOf, type Side } from './conflict/policy.js'
export { type ConflictReason, explainReason } from './conflict/reasons.js'
export { segmentClaims } from './conflict/segment-claims.js'
export { decodeWritebackSettings } from './decode-settings.js'
export { eventOf, type WritebackContext } from './event-of.js'
export { type KnownEvent, knownEvents } from './event-table.js'
export type { LeadFacts } from './lead-identity.js'
export { type Braked, brake, type FrozenField } from './loop/brake.js'
export {
  type IdentifyCall,
  type IdentifySettings,
  identifyOf,
  isOurCall,
  type LeadIdentity,
  upsertOf,
  usualIdentifySettings,
  withoutOurCalls
} from './loop/identify.js'
export {
  emptyLedger,
  forgetLead,
  type LeadEntry,
  type LeadName,
  type LoopGuard,
  type LoopLedger,
  loopGuard,
  mergeInLedger,
  pruneLedger
} from './loop/ledger.js'
export {
  appliedWrites,
  type IntentOutcome,
  type LeadWrite,
  rememberWrites,
  type WriteOutcome
} from './loop/remember.js'
export { decodeLoopSettings, type LoopSettings, usualLoopSettings } from './loop/settings.js'
export { type FieldNews, type HeldNews, type HeldWhy, isOurChange, type Sifted, siftChanges } from './loop/sift.js'
export { isIdle, nextCalls, type WritebackRequest, wakeWritebackAt } from './next.js'
export { defaultWritebackOptions, type WritebackOptions } from './options.js'
export { type LostAnswer, receiveAnswer, resumedWriteback } from './receive.js'
export {
  type BatchTaken,
  describeSegmentBatches,
  interpretSegmentBatch,
  type SegmentCall,
  type SegmentRegion,
  type SegmentRequest,
  segmentLimits,
  type UnsentEvent
} from './segment-batch.js'
export {
  defaultLeadFields,
  type EventRow,
  type IdentityFallback,
  type LeadFields,
  marketoDestinations,
  type PropertyRow,
  type PropertyType,
  type WritebackSettings
} from './settings.js'
export {
  startWriteback,
  takeEvents,
  type Writeback,
  type WritebackRemark,
  withNewCredentials,
  withSharedBudget
} from './state.js'
export type { TrackCall, Written } from './track-call.js'
