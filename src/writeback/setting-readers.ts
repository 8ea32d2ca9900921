/**
 * Readers of single settings.
 *
 *     37             deleted leads are told elsewhere: refused
 *     'a,b'          no name of a lead field: refused
 *
 * @module
 */
import { instantOf } from '../ground/calendar.js'
import { kindOf } from '../ground/json.js'
import { malformed } from '../ground/problem.js'
import {
  aRecord,
  listOf,
  member,
  nonBlank,
  oneOf,
  type Reader,
  reading,
  requiredMember,
  warnOfUnknownKeys,
  wholeNumber
} from '../ground/reading.js'
import { isWellFormed } from '../ground/utf8.js'
import { defaultLeadFields, type EventRow, type LeadFields, type PropertyRow, type PropertyType } from './settings.js'

const deleteLead = 37

/** An activity type that can be polled. @internal */
export const activityType: Reader<number> = (u, at, problems) => {
  const id = wholeNumber(1, 2_147_483_647)(u, at, problems)
  if (id !== deleteLead) return id
  problems.push(malformed('invalid', at, 'type 37', 'deleted leads are told by another endpoint: take it out'))
  return undefined
}

const propertyType = oneOf<PropertyType>(['id', 'text', 'number', 'boolean'])

const property: Reader<PropertyRow> = (u, at, problems) => {
  const row = aRecord(u, at, problems)
  if (row === undefined) return undefined
  warnOfUnknownKeys(row, at, ['property', 'from', 'type'], problems)
  const name = requiredMember(row, at, ['property'], nonBlank, 'name the property of the event', problems)
  const from = requiredMember(row, at, ['from'], nonBlank, 'name the attribute as Marketo shows it', problems)
  const type = member(row, at, ['type'], propertyType, 'text' as const, problems)
  return name === undefined || from === undefined || type === undefined ? undefined : { property: name, from, type }
}

/** An event of a type, with its properties. @internal */
export const eventRow: Reader<EventRow> = (u, at, problems) => {
  const row = aRecord(u, at, problems)
  if (row === undefined) return undefined
  warnOfUnknownKeys(row, at, ['activityTypeId', 'event', 'properties'], problems)
  const mend = 'name an activity type by its number'
  const activityTypeId = requiredMember(row, at, ['activityTypeId'], activityType, mend, problems)
  const event = requiredMember(row, at, ['event'], nonBlank, 'name the event', problems)
  const properties = member(row, at, ['properties'], listOf(property), [], problems)
  return activityTypeId === undefined || event === undefined || properties === undefined
    ? undefined
    : { activityTypeId, event, properties }
}

const restName: Reader<string> = reading(
  (u): u is string => typeof u === 'string' && /^[^,\s]+$/.test(u) && isWellFormed(u),
  'the REST name of a lead field'
)

/** The lead fields that hold who a lead is. @internal */
export const leadFields: Reader<LeadFields> = (u, at, problems) => {
  const record = aRecord(u, at, problems)
  if (record === undefined) return undefined
  warnOfUnknownKeys(record, at, Object.keys(defaultLeadFields), problems)
  const read = (name: keyof LeadFields): string =>
    member(record, at, [name], restName, defaultLeadFields[name], problems) ?? ''
  return { email: read('email'), userId: read('userId'), anonymousId: read('anonymousId') }
}

/** A moment, as text or milliseconds. @internal */
export const moment: Reader<number> = (u, at, problems) => {
  const instant = instantOf(u)
  if (instant === undefined)
    problems.push(malformed('invalid', at, kindOf(u), 'expected a moment, ISO 8601 or milliseconds'))
  return instant
}
