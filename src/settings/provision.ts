/**
 * What is to be created in an instance, so that settings fit it: the calls for it, in order.
 *
 *     lead fields        one call        names and types from trait rows and from the fields of the ids
 *     activity types     three each      created as drafts, given attributes, approved
 *     attributes         two a type      those that an existing type lacks
 *     drafts             one a type      approved, where all that is needed is there
 *
 * What looks like a misspelling is not created: a field or a type that is there under another name is a problem. So is what Marketo would refuse.
 * A new activity type gets its number from Marketo: take that into the settings.
 *
 * Sources: Adobe "Lead Fields", "Custom Activities"; Segment "Marketo v2 Destination", Getting started.
 *
 * @module
 */
import {
  type ActivityTypeName,
  describeApproveActivityType,
  describeCreateActivityAttributes,
  describeCreateActivityType,
  type NewActivityAttributes,
  type NewActivityType
} from '../endpoints/create-activity-type.js'
import { describeCreateLeadFields, type NewLeadField } from '../endpoints/create-lead-fields.js'
import { missing, type Problem } from '../ground/problem.js'
import { isNonEmpty } from '../ground/these.js'
import type { Call, Described, HttpRequest } from '../intent/descriptor.js'
import type { Settings } from '../v2/settings.js'
import type { Instance } from './instance.js'
import { type NeededTypes, neededTypes } from './needed-activity-types.js'
import { neededFields } from './needed-fields.js'

/**
 * What is to be created, the calls that do it, in order, and what could not be described. Places begin with `settings`. Where a problem
 * is no warning, the thing it is about is left out. `drafts` are types that need nothing but to be approved; `newTypes` says which number the
 * settings have for a type that is yet to get its own.
 *
 * @category provisioning
 * @since 0.1.0
 */
export interface Provision {
  readonly leadFields: ReadonlyArray<NewLeadField>
  readonly activityTypes: ReadonlyArray<NewActivityType>
  readonly attributes: ReadonlyArray<NewActivityAttributes>
  readonly drafts: ReadonlyArray<ActivityTypeName>
  readonly newTypes: ReadonlyArray<{ readonly apiName: string; readonly before: number }>
  readonly calls: ReadonlyArray<Call<HttpRequest>>
  readonly problems: ReadonlyArray<Problem>
}

const callsOf = (described: Described<HttpRequest>): ReadonlyArray<Call<HttpRequest>> =>
  described._tag === 'Left' ? [] : described.right

const mendUntold = 'hand over what describe, describe2 or schema fields answered: nothing is created unseen'
const mendTypes = 'hand over the custom activity types that there are: nothing is created unseen'

const checkTold = (settings: Settings, { fields, activityTypes }: Instance, problems: Array<Problem>): void => {
  if (fields === null) problems.push(missing('skipped', ['instance', 'fields'], mendUntold))
  if (activityTypes === null && settings.events.length > 0)
    problems.push(missing('skipped', ['instance', 'activityTypes'], mendTypes))
}

/** The calls about one type, in order. */
const typeCalls = (
  name: ActivityTypeName,
  type: NewActivityType | undefined,
  attributes: NewActivityAttributes | undefined
): ReadonlyArray<Call<HttpRequest>> => [
  ...(type === undefined ? [] : callsOf(describeCreateActivityType([type]))),
  ...(attributes === undefined ? [] : callsOf(describeCreateActivityAttributes([attributes]))),
  ...callsOf(describeApproveActivityType([{ munchkinId: name.munchkinId, apiName: name.apiName }]))
]

/**
 * What an instance lacks for these settings, and the calls that create it. Of an instance that did not tell its fields or its types, none are
 * created.
 *
 * @example
 * import { provision, readInstance } from 'segment-marketo/settings'
 * import { decodeSettings } from 'segment-marketo/v2'
 *
 * const settings = decodeSettings({ munchkinId: '561-HYG-937', traits: [{ trait: 'plan', field: 'planName' }] })
 * const told = readInstance([{ name: 'userId', displayName: 'User Id', dataType: 'string' }])
 * settings._tag !== 'Left' && told._tag !== 'Left' && provision(settings.right, told.right).leadFields
 * // => [{ munchkinId: '561-HYG-937', name: 'planName', displayName: 'Plan Name', dataType: 'string' }]
 * @category provisioning
 * @since 0.1.0
 */
export const provision = (settings: Settings, instance: Instance): Provision => {
  const problems: Array<Problem> = []
  checkTold(settings, instance, problems)
  const leadFields = instance.fields === null ? [] : neededFields(settings, instance.fields, problems)
  const { types, attributes, drafts, numbers }: NeededTypes =
    instance.activityTypes === null
      ? { types: [], attributes: [], drafts: [], numbers: new Map() }
      : neededTypes(settings, instance.activityTypes, problems)
  const byName = new Map(attributes.map((one) => [one.apiName, one]))
  const isNew = new Set(types.map(({ apiName }) => apiName))
  return {
    leadFields,
    activityTypes: types,
    attributes,
    drafts,
    newTypes: [...numbers].map(([before, apiName]) => ({ apiName, before })),
    calls: [
      ...(isNonEmpty(leadFields) ? callsOf(describeCreateLeadFields(leadFields)) : []),
      ...types.flatMap((type) => typeCalls(type, type, byName.get(type.apiName))),
      ...attributes.filter(({ apiName }) => !isNew.has(apiName)).flatMap((one) => typeCalls(one, undefined, one)),
      ...drafts.flatMap((one) => typeCalls(one, undefined, undefined))
    ],
    problems
  }
}
