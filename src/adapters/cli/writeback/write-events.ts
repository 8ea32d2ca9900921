/**
 * The forms that events are written in: one a line, or in batches as Segment takes them.
 *
 * @module
 */
import { isNonEmpty } from '../../../ground/these.js'
import { describeSegmentBatches, type SegmentRegion, segmentLimits } from '../../../writeback/segment-batch.js'
import type { TrackCall } from '../../../writeback/track-call.js'

/** What writes events; it may hold some back until `end`. */
export interface EventWriter {
  readonly event: (call: TrackCall) => string
  readonly end: () => string
}

const line = (value: unknown): string => `${JSON.stringify(value)}\n`

/** Each event as a line of JSON. */
export const eventLines: EventWriter = { event: line, end: () => '' }

/** Each batch as a line of JSON; no more is held than one batch may hold. */
export const batchLines = (region: SegmentRegion): EventWriter => {
  let held: Array<TrackCall> = []
  const written = (): string => {
    const events = held
    held = []
    // Every event fits: it was made to.
    const described = isNonEmpty(events) ? describeSegmentBatches(events, { region }) : undefined
    return described === undefined || described._tag === 'Left'
      ? ''
      : described.right.map(({ descriptor }) => line(descriptor)).join('')
  }
  return {
    event: (call) => {
      held.push(call)
      return held.length < segmentLimits.batchEvents ? '' : written()
    },
    end: written
  }
}
