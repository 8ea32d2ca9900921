/**
 * Custom activity types that an instance is to have: created as drafts, given attributes, approved.
 *
 *     POST /rest/v1/activities/external/type.json                              { apiName, name, triggerName, filterName, primaryAttribute }
 *     POST /rest/v1/activities/external/type/orderCompleted/attributes/create.json     { "attributes": [ … ] }
 *     POST /rest/v1/activities/external/type/orderCompleted/approve.json               without a body
 *
 * Marketo gives the number, and activities can be added once the type is approved. An instance takes ten types.
 *
 * Sources: Adobe "Custom Activities"; its OpenAPI file.
 *
 * @module
 */
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import { isRecord, type JsonObject, ownMember } from '../ground/json.js'
import type { Path } from '../ground/path.js'
import { malformed, type Problem } from '../ground/problem.js'
import { unfitPart } from '../ground/uri.js'
import type { Call, Described, EndpointName, HttpRequest } from '../intent/descriptor.js'
import type { Answer, Unanswered, Verdict } from '../intent/outcome.js'
import { type ActivityDataType, isNewActivityApiName, isNewActivityName } from '../marketo/activity-types.js'
import type { MunchkinId } from '../marketo/munchkin-id.js'
import { describeEach, type Written } from './batch.js'
import { openAnswer } from './envelope.js'
import { isMarketoId } from './lead-ref.js'
import { jsonPost } from './rest-request.js'

/**
 * An attribute that is to be.
 *
 * @category schema
 * @since 0.1.0
 */
export interface NewActivityAttribute {
  readonly apiName: string
  readonly name: string
  readonly dataType: ActivityDataType
}

/**
 * A custom activity type, by its API name.
 *
 * @category schema
 * @since 0.1.0
 */
export interface ActivityTypeName {
  readonly munchkinId: MunchkinId
  readonly apiName: string
}

/**
 * A custom activity type that is to be.
 *
 * @category schema
 * @since 0.1.0
 */
export interface NewActivityType extends ActivityTypeName {
  readonly name: string
  readonly triggerName: string
  readonly filterName: string
  readonly primaryAttribute: NewActivityAttribute
}

/**
 * Attributes that a type is to have besides the primary one.
 *
 * @category schema
 * @since 0.1.0
 */
export interface NewActivityAttributes extends ActivityTypeName {
  readonly attributes: ReadonlyNonEmptyArray<NewActivityAttribute>
}

/**
 * A type as an answer tells it: its number, and its status, such as `draft` or `approved`.
 *
 * @category schema
 * @since 0.1.0
 */
export interface ActivityTypeTold {
  readonly _tag: 'ActivityTypeTold'
  readonly intent: number
  readonly activityTypeId: number
  readonly status: string
}

/**
 * What became of one call about a type, by its position in the batch.
 *
 * @category schema
 * @since 0.1.0
 */
export type ActivityTypeOutcome = ActivityTypeTold | Unanswered

const badApiName = (at: Path): Problem =>
  malformed('invalid', at, 'no API name for something new', 'use letters and digits, a letter among them')

const badName = (at: Path): Problem =>
  malformed('invalid', at, 'no name to show', 'use letters, digits, spaces and _, a letter among them')

const unfitAttribute = ({ apiName, name }: NewActivityAttribute, at: Path): Problem | undefined => {
  if (!isNewActivityApiName(apiName)) return badApiName([...at, 'apiName'])
  return isNewActivityName(name) ? undefined : badName([...at, 'name'])
}

const unfitType = (type: NewActivityType): Problem | undefined => {
  if (!isNewActivityApiName(type.apiName)) return badApiName(['apiName'])
  for (const name of ['name', 'triggerName', 'filterName'] as const)
    if (!isNewActivityName(type[name])) return badName([name])
  return unfitAttribute(type.primaryAttribute, ['primaryAttribute'])
}

const written = ({ apiName, name, dataType }: NewActivityAttribute): JsonObject => ({ apiName, name, dataType })

const creating = (type: NewActivityType): Written => {
  const problem = unfitType(type)
  if (problem !== undefined) return { problem }
  const { munchkinId, apiName, name, triggerName, filterName, primaryAttribute } = type
  const json = { apiName, name, triggerName, filterName, primaryAttribute: written(primaryAttribute) }
  const descriptor = jsonPost('createActivityType', munchkinId, ['activities', 'external', 'type.json'], json)
  return { descriptor, slots: [] }
}

/** A call to a type that is there: its API name may end as Marketo likes. */
const aboutType = (
  endpoint: EndpointName,
  { munchkinId, apiName }: ActivityTypeName,
  rest: ReadonlyArray<string>,
  json: JsonObject | null
): Written => {
  if (unfitPart(apiName) !== undefined) return { problem: badApiName(['apiName']) }
  const path = ['activities', 'external', 'type', apiName, ...rest]
  const descriptor = jsonPost(endpoint, munchkinId, path, json ?? {})
  return { descriptor: json === null ? { ...descriptor, body: null } : descriptor, slots: [] }
}

const adding = (type: NewActivityAttributes): Written => {
  for (const [i, attribute] of type.attributes.entries()) {
    const problem = unfitAttribute(attribute, ['attributes', i])
    if (problem !== undefined) return { problem }
  }
  const json = { attributes: type.attributes.map(written) }
  return aboutType('createActivityAttributes', type, ['attributes', 'create.json'], json)
}

/**
 * Calls that create custom activity types, one for each; they are drafts until they are approved.
 *
 * @category schema
 * @since 0.1.0
 */
export const describeCreateActivityType = (types: ReadonlyNonEmptyArray<NewActivityType>): Described<HttpRequest> =>
  describeEach(types, creating)

/**
 * Calls that add attributes to types, one for each; they stand in a draft until it is approved.
 *
 * @category schema
 * @since 0.1.0
 */
export const describeCreateActivityAttributes = (
  types: ReadonlyNonEmptyArray<NewActivityAttributes>
): Described<HttpRequest> => describeEach(types, adding)

/**
 * Calls that approve the drafts of types, one for each.
 *
 * @category schema
 * @since 0.1.0
 */
export const describeApproveActivityType = (types: ReadonlyNonEmptyArray<ActivityTypeName>): Described<HttpRequest> =>
  describeEach(types, (type) => aboutType('approveActivityType', type, ['approve.json'], null))

const toldOf = (u: unknown): Omit<ActivityTypeTold, '_tag' | 'intent'> | null => {
  const id = isRecord(u) ? ownMember(u, 'id') : undefined
  if (!isRecord(u) || !isMarketoId(id)) return null
  const status = ownMember(u, 'status')
  return { activityTypeId: id, status: typeof status === 'string' ? status : '' }
}

/**
 * The type that a call created, changed or approved: its number, which goes into the settings.
 *
 * @category schema
 * @since 0.1.0
 */
export const interpretActivityType = (call: Call<HttpRequest>, answer: Answer): Verdict<ActivityTypeOutcome> => {
  const envelope = openAnswer(answer, toldOf)
  if (envelope._tag === 'Refused') return envelope
  const { requestId, warnings, result } = envelope
  const told = result?.length === 1 ? result[0] : undefined
  const outcomes = call.intents.map(
    (intent): ActivityTypeOutcome =>
      told === undefined || told === null
        ? { _tag: 'Unanswered', intent }
        : { _tag: 'ActivityTypeTold', intent, ...told }
  )
  return { _tag: 'Accepted', requestId, warnings, outcomes }
}
