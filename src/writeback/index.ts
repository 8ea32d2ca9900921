/**
 * Write-back: Marketo's activities as Segment events.
 *
 *     startWriteback ──▶ state ──nextCalls──▶ calls ──(your client)──▶ answers ──receiveAnswer──▶ state ──takeEvents──▶ events
 *     activities ──eventOf──▶ events ──describeSegmentBatches──▶ batches ──(your client)──▶ Segment
 *
 * @module
 */
export { decodeWritebackSettings } from './decode-settings.js'
export { eventOf, type WritebackContext } from './event-of.js'
export { type KnownEvent, knownEvents } from './event-table.js'
export type { LeadFacts } from './lead-identity.js'
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
