/**
 * The properties of an event, out of an activity and the names that were looked up for it.
 *
 *     'Change Value'  "+10"  ▶ number  ▶  change: 10            nothing, or empty text: no property
 *     'Success'       "True" ▶ boolean ▶  success: true         what does not fit its type: dropped, and told
 *
 * Of attributes with one name the first counts.
 *
 * @module
 */
import type { ActivityRecord } from '../endpoints/activity-record.js'
import { kindOf } from '../ground/json.js'
import { malformed, type Problem } from '../ground/problem.js'
import type { FieldValue } from '../intent/intent.js'
import type { KnownEvent } from './event-table.js'
import type { PropertyType } from './settings.js'

/** Names that were looked up for an activity. @internal */
export interface Names {
  readonly emailSubject: string | null
  readonly campaignName: string | null
}

/** A property's value. @internal */
export type Property = string | number | boolean

/** The first attribute of each name. @internal */
export const firstOf = ({ attributes }: ActivityRecord): ReadonlyMap<string, FieldValue> => {
  const values = new Map<string, FieldValue>()
  for (const { name, value } of attributes) if (!values.has(name)) values.set(name, value)
  return values
}

const decimal = /^[+-]?(?:\d{1,17}(?:\.\d{1,17})?|\.\d{1,17})$/

const numberOf = (value: Property): number | undefined => {
  if (typeof value === 'number') return value
  const text = typeof value === 'string' ? value.trim() : ''
  return decimal.test(text) ? Number(text) + 0 : undefined
}

// biome-ignore format: table
const booleans: ReadonlyMap<string, boolean> = new Map([
  ['true',  true],  ['1', true],
  ['false', false], ['0', false]
])

const readAs: Readonly<Record<PropertyType, (value: Property) => Property | undefined>> = {
  id: (value) => (typeof value === 'boolean' ? undefined : String(value)),
  text: String,
  number: numberOf,
  boolean: (value) => booleans.get(String(value).trim().toLowerCase())
}

/** Values that an activity holds beside its attributes, by the names that settings have for them. */
const ownValues = (activity: ActivityRecord, names: Names): ReadonlyMap<string, FieldValue> =>
  new Map<string, FieldValue>([
    ['primaryAttributeValueId', activity.primaryAttributeValueId],
    ['primaryAttributeValue', activity.primaryAttributeValue],
    ['campaignId', activity.campaignId],
    ['emailSubject', names.emailSubject],
    ['campaignName', names.campaignName]
  ])

/** The properties that an event's rows give it; those that do not fit are told. @internal */
export const propertiesOf = (
  { properties, constants }: KnownEvent,
  activity: ActivityRecord,
  names: Names,
  problems: Array<Problem>
): ReadonlyArray<readonly [string, Property]> => {
  const own = ownValues(activity, names)
  const attributes = firstOf(activity)
  const read: Array<readonly [string, Property]> = Object.entries(constants)
  for (const { property, from, type } of properties) {
    const value = own.has(from) ? own.get(from) : attributes.get(from)
    if (value === undefined || value === null || value === '') continue
    const fitting = readAs[type](value)
    if (fitting !== undefined) read.push([property, fitting])
    else problems.push(malformed('dropped', ['attributes', from], kindOf(value), `the property wants ${type}`))
  }
  return read
}
