/**
 * Which of the calls that could go out do: full ones at once, the others once nothing under way can bring more for them.
 *
 *     300 + 10 upserts       300 go now; the 10 wait until those are answered, or have been under way for a while
 *     10 upserts, 5 activities   the 10 go; the activities wait for their numbers, and the 5 go along with theirs
 *
 * @module
 */
import type { Instant } from '../ground/calendar.js'
import type { Call, EndpointName, HttpRequest } from '../intent/descriptor.js'
import type { MunchkinId } from '../marketo/munchkin-id.js'
import { type Batch, isUrgent, type Prepared, type TellUnsent } from './batch.js'
import type { DeliveryOptions } from './options.js'
import type { InFlight } from './state.js'

/** Endpoints whose answers may make more ready: numbers of leads, and the next in a lane. */
const feeding: ReadonlyArray<EndpointName> = [
  'syncLeads',
  'getLeadsByFilter',
  'mergeLeads',
  'submitForm',
  'addCustomActivities',
  'findList',
  'createList',
  'listsOfLead',
  'addToList',
  'removeFromList',
  'syncProgramStatus',
  'deleteProgramMembers',
  'requestCampaign',
  'deleteLeads',
  'syncCompanies',
  'syncCustomObjects'
]

const feeds = ({ descriptor }: Call<HttpRequest>): boolean => feeding.includes(descriptor.endpoint)

/** Until when calls under way may yet bring more for one that is not full; never is in the past. @internal */
export const fedUntil = (flights: Iterable<InFlight>, munchkinId: MunchkinId, { linger }: DeliveryOptions): Instant => {
  let until = Number.NEGATIVE_INFINITY
  for (const flight of flights)
    if (flight.munchkinId === munchkinId && feeds(flight.call)) until = Math.max(until, flight.begunAt + linger)
  return until
}

/** Whether calls under way may bring more, and whether any that go out now will be waited for. @internal */
export interface Feeding {
  readonly isFed: boolean
  readonly lingers: boolean
}

/**
 * Calls of the batches, in their order, no more than so many, and of those that can wait no more than are free. One that is not full
 * waits for those before it.
 *
 * @internal
 */
export const chosen = (
  batches: ReadonlyArray<Batch>,
  most: number,
  free: number,
  { isFed, lingers }: Feeding,
  unsent: TellUnsent
): ReadonlyArray<Prepared> => {
  const calls: Array<Prepared> = []
  for (const batch of batches) {
    const room = Math.min(most, isUrgent(batch) ? most : free) - calls.length
    if (batch.size === 0 || room <= 0) continue
    const all = batch.prepare(room, unsent)
    const full = all.filter(({ isFull, errand }) => isFull || errand === 'import')
    const waits = isFed || (lingers && (full.length > 0 || calls.some(({ call }) => feeds(call))))
    calls.push(...(waits ? full : all).slice(0, room))
  }
  return calls
}
