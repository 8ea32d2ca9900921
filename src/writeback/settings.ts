/**
 * What write-back makes of activities: which types, under which names, for whom, and what is left out.
 *
 *     { munchkinId: '561-HYG-937',
 *       activityTypeIds: [6, 7, 8, 9, 10, 11, 27],          what is polled
 *       events: [{ activityTypeId: 100001, event: 'Demo Booked',
 *                  properties: [{ property: 'plan', from: 'Plan', type: 'text' }] }] }
 *
 * @module
 */
import type { Instant } from '../ground/calendar.js'
import type { MunchkinId } from '../marketo/munchkin-id.js'

/**
 * How a value becomes a property: as an id or a text (always text), a number, or a boolean.
 *
 * @category settings
 * @since 0.1.0
 */
export type PropertyType = 'id' | 'text' | 'number' | 'boolean'

/**
 * A property of an event. `from` is the display name of an attribute, or one of `primaryAttributeValueId`, `primaryAttributeValue`,
 * `campaignId`, `emailSubject`, `campaignName`.
 *
 * @category settings
 * @since 0.1.0
 */
export interface PropertyRow {
  readonly property: string
  readonly from: string
  readonly type: PropertyType
}

/**
 * The event of an activity type: another name for one that we know, with properties beside its own; or one that we do not, such as a
 * custom type, with all its properties.
 *
 * @category settings
 * @since 0.1.0
 */
export interface EventRow {
  readonly activityTypeId: number
  readonly event: string
  readonly properties: ReadonlyArray<PropertyRow>
}

/**
 * The lead fields, by REST name, that hold who a lead is to Segment.
 *
 * @category settings
 * @since 0.1.0
 */
export interface LeadFields {
  readonly email: string
  readonly userId: string
  readonly anonymousId: string
}

/**
 * Who an event is of when its lead holds no userId and no anonymousId: an anonymousId made of the lead's number, the email as userId,
 * or nobody, so that the event is left out.
 *
 * @category settings
 * @since 0.1.0
 */
export type IdentityFallback = 'leadId' | 'email' | 'skip'

/**
 * What write-back makes of activities.
 *
 * - `namespace` sets message ids apart where two sources write back from one instance.
 * - `formFields` are the fields of filled-in forms that may leave, by name; none by default.
 * - `switchOff` are the destinations, by display name, that the events must not reach.
 * - `notBefore` leaves older activities out; null for none.
 *
 * @category settings
 * @since 0.1.0
 */
export interface WritebackSettings {
  readonly munchkinId: MunchkinId
  readonly namespace: string | null
  readonly activityTypeIds: ReadonlyArray<number>
  readonly events: ReadonlyArray<EventRow>
  readonly leadFields: LeadFields
  readonly identityFallback: IdentityFallback
  readonly dropBots: boolean
  readonly formFields: ReadonlyArray<string>
  readonly switchOff: ReadonlyArray<string>
  readonly notBefore: Instant | null
}

/**
 * The destinations that write to Marketo, by the names that Segment's catalogue has for them.
 *
 * @category settings
 * @since 0.1.0
 */
export const marketoDestinations: ReadonlyArray<string> = ['Marketo V2', 'Marketo', 'Marketo Static Lists (Actions)']

/**
 * The fields that Segment's Marketo V2 destination wants, by these very names.
 *
 * @category settings
 * @since 0.1.0
 */
export const defaultLeadFields: LeadFields = { email: 'email', userId: 'userId', anonymousId: 'anonymousId' }

/** The names of the lead fields to ask for. @internal */
export const fieldNames = ({ email, userId, anonymousId }: LeadFields): ReadonlyArray<string> => [
  email,
  userId,
  anonymousId
]
