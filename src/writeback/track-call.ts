/**
 * The event that goes to Segment.
 *
 * @module
 */
import type { JsonObject } from '../ground/json.js'
import type { Remarked } from '../ground/these.js'

/**
 * A track call of Segment's HTTP API, as an item of a batch. One of `userId` and `anonymousId` is there, or both.
 *
 * @category events
 * @since 0.1.0
 */
export interface TrackCall {
  readonly type: 'track'
  readonly event: string
  readonly messageId: string
  readonly timestamp: string
  readonly userId?: string
  readonly anonymousId?: string
  readonly properties: JsonObject
  readonly context: JsonObject
  readonly integrations: Readonly<Record<string, boolean>>
}

/**
 * What became of one activity: an event, with remarks or without, or why there is none.
 *
 * @category events
 * @since 0.1.0
 */
export type Written = Remarked<TrackCall>
