/**
 * What a migration from v1 to v2 finds: the six steps of Segment's page, each with what it means for these settings and events.
 *
 *     1 credentials   REST ones instead of SOAP's
 *     2 idFields      userId and anonymousId
 *     3 activities    one for each track event
 *     4 fields        one for each custom trait
 *     5 triggers      from visits of /event/<name> to those activities
 *     6 duplicates    what is likely to make a second lead
 *
 * All of it is plain JSON: names, types and counts, and never a value of an event.
 *
 * Source: Segment "Marketo v2 Destination", Migrating from Marketo to Marketo v2.
 *
 * @module
 */
import type { Problem } from '../ground/problem.js'
import type { ActivityDataType } from '../marketo/activity-types.js'
import type { LeadField } from '../marketo/lead-fields.js'
import type { ValueType } from '../marketo/value-types.js'

/**
 * How a lead field is to be had: it is one of Marketo's own; v1 wrote to it, so it is there already or v1's values went nowhere; or v1
 * could not reach it by that name and it is new.
 *
 * @category migration
 * @since 0.1.0
 */
export type FieldOrigin = 'standard' | 'v1' | 'new'

/**
 * A custom trait and the lead field that it goes to: one row of the proposed settings.
 *
 * @category migration
 * @since 0.1.0
 */
export interface MigratedField {
  readonly trait: string
  /** The name under which v1's server wrote it. */
  readonly v1Field: string
  /** Its REST API name, as v2 wants it. */
  readonly field: string
  readonly type: ValueType
  readonly origin: FieldOrigin
  /** How many values the events held. */
  readonly values: number
  /** Whether each of them can be written into a field of that type. */
  readonly allFit: boolean
  /** How many times it was a list or an object, which no field takes. */
  readonly structures: number
  /** For a standard field: Marketo's advice about writing to it. */
  readonly write: LeadField['write']
}

/**
 * Why a trait, a property or an event has no row: it held only lists or objects; it never held anything; Marketo keeps that field itself;
 * another spelling claims the same field; it has no usable name; or there is no room for one more attribute.
 *
 * @category migration
 * @since 0.1.0
 */
export type LeftOutReason = 'structure' | 'silent' | 'kept-by-marketo' | 'same-field' | 'no-name' | 'too-many'

/**
 * A name without a row; `count` is how often it came.
 *
 * @category migration
 * @since 0.1.0
 */
export interface LeftOut {
  readonly name: string
  readonly why: LeftOutReason
  readonly count: number
}

/**
 * One attribute of a custom activity; `default` stands where the events hold no property that could serve.
 *
 * @category migration
 * @since 0.1.0
 */
export interface MigratedAttribute {
  readonly property: string
  readonly name: string
  readonly apiName: string
  readonly dataType: ActivityDataType
  readonly default: string | null
  readonly values: number
}

/**
 * Why the primary attribute was chosen: it is in every call and varies; it is in every call; or no property is, and the event's own name
 * stands in.
 *
 * @category migration
 * @since 0.1.0
 */
export type PrimaryRule = 'always-and-varies' | 'always' | 'event-name'

/**
 * A track event and the custom activity to make for it. `activityTypeId` is null until somebody has made it.
 *
 * @category migration
 * @since 0.1.0
 */
export interface MigratedActivity {
  readonly event: string
  readonly calls: number
  readonly name: string
  readonly apiName: string
  readonly triggerName: string
  readonly filterName: string
  readonly primary: MigratedAttribute
  readonly primaryRule: PrimaryRule
  readonly attributes: ReadonlyArray<MigratedAttribute>
  readonly leftOut: ReadonlyArray<LeftOut>
  readonly activityTypeId: number | null
}

/**
 * What to look for in Marketo and what to put in its place: `pages` are v1's addresses of the event, the one that these settings made
 * first.
 *
 * @category migration
 * @since 0.1.0
 */
export interface MigratedTrigger {
  readonly event: string
  readonly pages: ReadonlyArray<string>
  readonly trigger: string
}

/**
 * Something that v1 did and v2 does not do, or not in the same way, as these settings and events show it.
 *
 * @category migration
 * @since 0.1.0
 */
export interface WithoutEquivalent {
  /** What it is, as a word for programs. */
  readonly what: string
  /** In how many calls it was seen; 0 for a setting. */
  readonly calls: number
  readonly names: ReadonlyArray<string>
  /** What v1 did. */
  readonly v1: string
  /** What to do instead. */
  readonly instead: string
}

/**
 * How many events there were: `ignored` are kept away from v2 by their own `integrations`, `unreadable` are no events.
 *
 * @category migration
 * @since 0.1.0
 */
export interface EventCounts {
  readonly seen: number
  readonly ignored: number
  readonly unreadable: number
  readonly identify: number
  readonly track: number
  readonly page: number
  readonly screen: number
  readonly group: number
  readonly alias: number
  readonly delete: number
}

/**
 * What a migration finds, by the steps of Segment's page.
 *
 * @category migration
 * @since 0.1.0
 */
export interface MigrationReport {
  readonly munchkinId: string
  readonly events: EventCounts
  /** Step 1: which settings hold credentials, by mode. */
  readonly credentials: { readonly cloud: ReadonlyArray<string>; readonly device: ReadonlyArray<string> }
  /** Step 2. */
  readonly idFields: ReadonlyArray<{ readonly field: string; readonly type: ValueType }>
  /** Step 3, the most frequent first. */
  readonly activities: ReadonlyArray<MigratedActivity>
  readonly eventsLeftOut: ReadonlyArray<LeftOut>
  /** How many custom activity types an instance has room for. */
  readonly mostActivityTypes: number
  /** Step 4, the most frequent first. */
  readonly fields: ReadonlyArray<MigratedField>
  readonly traitsLeftOut: ReadonlyArray<LeftOut>
  /** Step 5. */
  readonly triggers: ReadonlyArray<MigratedTrigger>
  /** Step 6: calls that may make a second lead. */
  readonly duplicates: { readonly identifiesWithoutEmail: number; readonly callsWithoutUserId: number }
  readonly noEquivalent: ReadonlyArray<WithoutEquivalent>
  /** Settings of v1 that the proposed ones carry on, by v2's names. */
  readonly carriedOver: ReadonlyArray<string>
  /** Events whose activity is still to be made: their ids are missing in the proposed settings. */
  readonly toDo: ReadonlyArray<string>
  /** What is wrong with the ids that were given. */
  readonly problems: ReadonlyArray<Problem>
}
