/**
 * Write-back: Marketo's activities as Segment events.
 *
 *     activities ──eventOf──▶ events ──describeSegmentBatches──▶ batches ──(your client)──▶ Segment
 *
 * @module
 */
export { decodeWritebackSettings } from './decode-settings.js'
export { eventOf, type WritebackContext } from './event-of.js'
export { type KnownEvent, knownEvents } from './event-table.js'
export type { LeadFacts } from './lead-identity.js'
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
export type { TrackCall, Written } from './track-call.js'
