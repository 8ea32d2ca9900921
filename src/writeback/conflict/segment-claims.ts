/**
 * What an event of Segment's says of lead fields.
 *
 *     UpsertLead { fields, at, consent } + the event it came from ─▶ claims
 *
 * Each field takes the event's time. Where the intent knows its own, that counts.
 *
 * Sources: Segment spec, "Common Fields", timestamps.
 *
 * @module
 */

import { instantOf } from '../../ground/calendar.js'
import type { UpsertLead } from '../../intent/intent.js'
import { isConsentField } from '../../marketo/consent-fields.js'
import { readEvent } from '../../segment/event.js'
import { readEventTime } from '../../segment/event-time.js'
import type { Claim, Claims } from './claims.js'

/** The event's own time, and when Segment received it, as far as it names them. An event may be anything. */
const timesOf = (event: unknown): Pick<Claim, 'at' | 'receivedAt'> => {
  try {
    const read = readEvent(event, [])
    return read === undefined
      ? {}
      : { at: readEventTime(read, [])?.value ?? null, receivedAt: instantOf(read.receivedAt) ?? null }
  } catch {
    return {}
  }
}

/**
 * The claims that an upsert makes, with the event that it came from. Where the upsert is an opt-in, its consent fields say so.
 *
 * @example
 * import { isMunchkinId } from 'segment-marketo/marketo'
 * import { segmentClaims } from 'segment-marketo/writeback'
 *
 * const munchkinId = '561-HYG-937'
 * const upsert = {
 *   _tag: 'UpsertLead',
 *   lead: { lookupField: 'email', value: 'ana@example.com' },
 *   fields: { city: 'Berlin' },
 *   action: 'createOrUpdate',
 *   partitionName: null
 * } as const
 * const event = { type: 'identify', userId: 'u1', timestamp: '2024-05-03T10:00:00Z' }
 * isMunchkinId(munchkinId) && segmentClaims({ ...upsert, munchkinId }, event)
 * // => { city: { value: 'Berlin', at: 1714730400000, receivedAt: null, optIn: false } }
 * @category conflicts
 * @since 0.1.0
 */
export const segmentClaims = (upsert: UpsertLead, event: unknown): Claims => {
  const { at, receivedAt } = timesOf(event)
  return Object.fromEntries(
    Object.entries(upsert.fields).map(([field, value]) => [
      field,
      {
        value,
        at: upsert.at ?? at ?? null,
        receivedAt: receivedAt ?? null,
        optIn: upsert.consent === 'opt-in' && isConsentField(field)
      }
    ])
  )
}
