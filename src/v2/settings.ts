/**
 * The settings of the v2 contract, decoded: complete, checked, without credentials.
 *
 * `decodeSettings` makes them from the shape that Segment stores or from this one. All of it is plain JSON, so settings can be stored,
 * compared and sent about.
 *
 * Sources: Segment "Marketo v2 Destination"; the destination's stored settings (accountId, events, traits, …).
 *
 * @module
 */
import type { MunchkinId } from '../marketo/munchkin-id.js'
import type { ValueType } from '../marketo/value-types.js'
import type { Transform } from './transforms.js'

/** A value that a mapping writes when the event has none. */
export type DefaultValue = string | number | boolean

/** One custom lead field: this trait, exactly so named, goes to this field. */
export interface TraitRow {
  readonly trait: string
  readonly field: string
  readonly type: ValueType
  readonly length: number | null
  readonly default: DefaultValue | null
  readonly transforms: ReadonlyArray<Transform>
}

/** One attribute of a custom activity: this property, exactly so named, goes to this attribute. */
export interface AttributeRow {
  readonly property: string
  readonly attribute: string
  readonly type: ValueType
  readonly primary: boolean
  readonly default: DefaultValue | null
  readonly transforms: ReadonlyArray<Transform>
}

/** One track event, exactly so named, and the custom activity that it becomes. */
export interface EventRow {
  readonly event: string
  readonly activityTypeId: number
  readonly attributes: ReadonlyArray<AttributeRow>
}

/** Which side sends what: the server all of it; the browser identify and page; or the browser those and the server track. */
export type Mode = 'cloud' | 'device' | 'hybrid'

/** A kind of id that can address a lead. */
export type IdentityKind = 'email' | 'userId' | 'anonymousId'

/** A place where a track or page call can hold the person's email. */
export type EmailPlace = 'traits' | 'context.traits' | 'properties' | 'userId'

/** How the event's own `integrations` are read; see segment/integrations.ts. */
export type GateStyle = 'lenient' | 'exact' | 'explicit' | 'facade' | 'off'

/**
 * Everything that the v2 mapping can be told.
 *
 * @category settings
 * @since 0.1.0
 */
export interface Settings {
  readonly munchkinId: MunchkinId
  readonly mode: Mode
  readonly anonymousActivity: boolean
  readonly createLead: boolean
  readonly clearOnNull: boolean
  readonly partitionName: string | null
  readonly pageOrigin: string | null
  readonly pathLookup: boolean
  readonly attributeKey: 'apiName' | 'name'
  readonly companyFields: 'send' | 'omit'
  readonly genderField: string | null
  readonly birthday: 'day' | 'verbatim'
  readonly postalCode: ReadonlyArray<'zip' | 'postalCode'>
  readonly nameSplit: 'words' | 'facade'
  readonly identity: ReadonlyArray<IdentityKind>
  readonly invalidEmail: 'invalid' | 'next-key'
  readonly emailPlaces: ReadonlyArray<EmailPlace>
  readonly userIdField: string
  readonly anonymousIdField: string
  readonly gateNames: ReadonlyArray<string>
  readonly gateStyle: GateStyle
  readonly cookiePath: ReadonlyArray<string> | null
  readonly browserPageUrl: 'path' | 'verbatim'
  readonly browserProfile: 'default' | 'exact'
  readonly browserZone: number
  readonly munchkinOptions: Readonly<Record<string, boolean | number | string | ReadonlyArray<string>>>
  readonly formId: number | null
  readonly formHost: string | null
  readonly traits: ReadonlyArray<TraitRow>
  readonly events: ReadonlyArray<EventRow>
}
