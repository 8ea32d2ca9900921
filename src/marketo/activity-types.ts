/**
 * Activity types: the built-in ones by id, and what a custom one looks like when it is described.
 *
 *     1 to 99,999   Marketo's own; which of them exist varies from instance to instance
 *     100,000 up    the instance's custom activity types
 *
 * Wrong tables of built-in ids go about, and names vary in case and wording: match on the id, and where the name matters ask the
 * instance's own `activities/types.json`.
 *
 * Sources: Adobe "Activities", "Custom Activities"; Adobe's OpenAPI file (status, data types); public activity records (ids, names).
 *
 * @module
 */
import * as t from 'io-ts'
import { definitionLimits } from './limits.js'

/**
 * A built-in activity type.
 *
 * @category activity types
 * @since 0.1.0
 */
export interface BuiltInActivityType {
  readonly id: number
  readonly name: string
}

/**
 * The built-in activity types seen.
 *
 * @category activity types
 * @since 0.1.0
 */
// biome-ignore format: table
export const builtInActivityTypes: ReadonlyArray<BuiltInActivityType> = [
  { id: 1,   name: 'Visit Webpage' },
  { id: 2,   name: 'Fill Out Form' },
  { id: 3,   name: 'Click Link' },
  { id: 6,   name: 'Send Email' },
  { id: 7,   name: 'Email Delivered' },
  { id: 8,   name: 'Email Bounced' },
  { id: 9,   name: 'Unsubscribe Email' },
  { id: 10,  name: 'Open Email' },
  { id: 11,  name: 'Click Email' },
  { id: 12,  name: 'New Lead' },
  { id: 13,  name: 'Change Data Value' },
  { id: 19,  name: 'Sync Lead to SFDC' },
  { id: 21,  name: 'Convert Lead' },
  { id: 22,  name: 'Change Score' },
  { id: 23,  name: 'Change Owner' },
  { id: 24,  name: 'Add to List' },
  { id: 25,  name: 'Remove from List' },
  { id: 26,  name: 'SFDC Activity' },
  { id: 27,  name: 'Email Bounced Soft' },
  { id: 28,  name: 'Sync Lead Updates to SFDC' },
  { id: 29,  name: 'Delete Lead from SFDC' },
  { id: 30,  name: 'SFDC Activity Updated' },
  { id: 31,  name: 'SFDC Merge Leads' },
  { id: 32,  name: 'Merge Leads' },
  { id: 34,  name: 'Add to Opportunity' },
  { id: 35,  name: 'Remove from Opportunity' },
  { id: 36,  name: 'Update Opportunity' },
  { id: 37,  name: 'Delete Lead' },
  { id: 38,  name: 'Send Alert' },
  { id: 39,  name: 'Send Sales Email' },
  { id: 40,  name: 'Open Sales Email' },
  { id: 41,  name: 'Click Sales Email' },
  { id: 42,  name: 'Add to SFDC Campaign' },
  { id: 43,  name: 'Remove from SFDC Campaign' },
  { id: 44,  name: 'Change Status in SFDC Campaign' },
  { id: 45,  name: 'Receive Sales Email' },
  { id: 46,  name: 'Interesting Moment' },
  { id: 47,  name: 'Request Campaign' },
  { id: 48,  name: 'Sales Email Bounced' },
  { id: 100, name: 'Change Lead Partition' },
  { id: 101, name: 'Change Revenue Stage' },
  { id: 104, name: 'Change Status in Progression' },
  { id: 108, name: 'Change Segment' },
  { id: 110, name: 'Call Webhook' },
  { id: 111, name: 'Send Forward to Friend Email' },
  { id: 112, name: 'Receive Forward to Friend Email' },
  { id: 113, name: 'Add to Nurture' },
  { id: 114, name: 'Change Nurture Track' },
  { id: 115, name: 'Change Nurture Cadence' },
  { id: 123, name: 'Change Program Member Data' },
  { id: 131, name: 'Fill Out Facebook Lead Ads Form' },
  { id: 132, name: 'Click RTP Call to Action' },
  { id: 133, name: 'Click Predictive Content' },
  { id: 145, name: 'Push Lead to Marketo' },
  { id: 147, name: 'Fill Out LinkedIn Lead Gen Form' },
  { id: 155, name: 'Execute Campaign' },
  { id: 300, name: 'Sync Lead to Microsoft' }
]

const byId: ReadonlyMap<number, string> = /* @__PURE__ */ new Map(
  /* @__PURE__ */ builtInActivityTypes.map(({ id, name }) => [id, name] as const)
)

/**
 * The name of a built-in activity type, or undefined.
 *
 * @example
 * builtInActivityName(13) // => 'Change Data Value'
 * @category activity types
 * @since 0.1.0
 */
export const builtInActivityName = (id: number): string | undefined => byId.get(id)

/**
 * The first id that a custom activity type can have.
 *
 * @category activity types
 * @since 0.1.0
 */
export const firstCustomActivityTypeId = 100_000

/**
 * The data types that an attribute of a custom activity can have, as Marketo spells them; `link` is a URL.
 *
 * @category activity types
 * @since 0.1.0
 */
export const activityDataTypes = [
  'string',
  'boolean',
  'integer',
  'float',
  'link',
  'email',
  'currency',
  'date',
  'datetime',
  'phone',
  'text'
] as const

/**
 * A data type that an attribute of a custom activity can have.
 *
 * @category activity types
 * @since 0.1.0
 */
export type ActivityDataType = (typeof activityDataTypes)[number]

const apiName = /^[A-Za-z0-9]{1,255}$/
const displayName = /^[A-Za-z0-9_ ]+$/
const letter = /[A-Za-z]/

/**
 * Whether a new custom activity type may have this API name: letters and digits, at most 255, a letter among them. Marketo may show
 * an existing one with an ending of its own, so this judges names to be made, not names found.
 *
 * @example
 * isNewActivityApiName('orderCompleted') // => true
 * isNewActivityApiName('2024') // => false
 * @category activity types
 * @since 0.1.0
 */
export const isNewActivityApiName = (name: string): boolean => apiName.test(name) && letter.test(name)

/**
 * Whether a new custom activity type may be shown under this name: letters, digits, spaces and `_`, a letter among them.
 *
 * @example
 * isNewActivityName('Order Completed') // => true
 * isNewActivityName('Order: completed') // => false
 * @category activity types
 * @since 0.1.0
 */
export const isNewActivityName = (name: string): boolean => displayName.test(name) && letter.test(name)

/**
 * One attribute as describe shows it. `dataType` is Marketo's word: `valueTypeOf` reads it.
 *
 * @category activity types
 * @since 0.1.0
 */
export interface DescribedAttribute {
  readonly apiName: string
  readonly name: string
  readonly dataType: string
}

/**
 * One attribute as describe shows it, as a codec. Unknown members stay.
 *
 * @category activity types
 * @since 0.1.0
 */
export const DescribedAttribute: t.Type<DescribedAttribute, DescribedAttribute, unknown> = t.readonly(
  t.type({ apiName: t.string, name: t.string, dataType: t.string }),
  'DescribedAttribute'
)

/**
 * One custom activity type as describe shows it; `attributes` are the ones beside the primary attribute.
 *
 * @category activity types
 * @since 0.1.0
 */
export interface CustomActivityType {
  readonly id: number
  readonly apiName: string
  readonly name: string
  readonly status: string
  readonly primaryAttribute: DescribedAttribute
  readonly attributes: ReadonlyArray<DescribedAttribute>
}

/** A whole number, without the brand that io-ts would put on it. */
const Whole = new t.Type<number, number, unknown>('Whole', t.Int.is, t.Int.validate, t.identity)

const attributeList: t.Type<
  ReadonlyArray<DescribedAttribute>,
  ReadonlyArray<DescribedAttribute>,
  unknown
> = t.readonlyArray(DescribedAttribute)
const none: ReadonlyArray<DescribedAttribute> = []

/** A type without further attributes leaves the member out, or sends null. */
const Attributes = new t.Type<ReadonlyArray<DescribedAttribute>, ReadonlyArray<DescribedAttribute>, unknown>(
  'DescribedAttributes',
  attributeList.is,
  (input, context) =>
    input === undefined || input === null ? t.success(none) : attributeList.validate(input, context),
  attributeList.encode
)

/**
 * One custom activity type as describe shows it, as a codec. Unknown members stay; absent `attributes` are an empty list.
 *
 * @category activity types
 * @since 0.1.0
 */
export const CustomActivityType: t.Type<CustomActivityType, CustomActivityType, unknown> = t.readonly(
  t.type({
    id: Whole,
    apiName: t.string,
    name: t.string,
    status: t.string,
    primaryAttribute: DescribedAttribute,
    attributes: Attributes
  }),
  'CustomActivityType'
)

/**
 * The states of a custom activity type.
 *
 * @category activity types
 * @since 0.1.0
 */
export const activityTypeStatuses = ['draft', 'approved', 'approved with draft', 'deleted'] as const

/** Whether a status says that activities can be added. @internal */
export const isApproved = (status: string): boolean =>
  status.toLowerCase() === 'approved' || status.toLowerCase() === 'approved with draft'

/**
 * Whether activities of this type can be added: it is approved, whether or not a newer draft waits.
 *
 * @category activity types
 * @since 0.1.0
 */
export const takesActivities = (type: CustomActivityType): boolean => isApproved(type.status)

/**
 * Whether the type has room for one more attribute beside the primary one.
 *
 * @category activity types
 * @since 0.1.0
 */
export const takesAnotherAttribute = (type: CustomActivityType): boolean =>
  type.attributes.length < definitionLimits.customActivityAttributes
