/**
 * Add Custom Activities.
 *
 *     { id: 1, marketoGUID: '1', status: 'added' }      { status: 'skipped', errors: [ { code, message } ] }
 *                                                                            └ leads say reasons
 *
 * There is no key: the same record sent twice is two activities.
 *
 * Sources: Adobe "Activities", Add Custom Activities; "Error Codes" (1049).
 *
 * @module
 */
import { parseInstant, printInstant } from '../ground/calendar.js'
import { isRecord, type JsonObject, ownMember, type UnknownRecord } from '../ground/json.js'
import { withValue } from '../ground/tree.js'
import { utf8Length } from '../ground/utf8.js'
import type { Reason } from '../intent/outcome.js'
import { byteLimits } from '../marketo/limits.js'
import { type ValueType, valueTypeOf } from '../marketo/value-types.js'
import { logActivity } from './activity-log.js'
import { badValue, reader } from './fields.js'
import { leadNumbered } from './leads.js'
import type { KeptActivityType, KeptAttribute } from './options.js'
import type { Draft, LoggedActivity, SimulatedActivity } from './state.js'
import { type Desk, done, recordsOf, struckAt, struckDown, type Told } from './told.js'

type Attributes = SimulatedActivity['attributes']
type Displayed = Pick<LoggedActivity, 'primaryAttributeValueId' | 'attributes'>

/** A record, read: the activity to be, or why it is none. */
interface Read {
  readonly activity: Omit<SimulatedActivity, 'id' | 'marketoGUID'>
  readonly reasons: ReadonlyArray<Reason>
}

const missing = (name: string): Reason => ({
  code: '1002',
  message: `Missing value for required parameter '${name}'`
})

const approved: ReadonlyArray<string> = ['approved', 'approved with draft']

const typeNumbered = ({ options }: Draft, id: unknown): KeptActivityType | undefined =>
  options.activityTypes.find((type) => type.id === id && approved.includes(type.status.toLowerCase()))

const offsetTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2})$/

/** The time of an activity in whole seconds of UTC, or undefined: it wants an offset. */
const timeOf = (value: unknown): string | undefined =>
  typeof value === 'string' && offsetTime.test(value) ? printInstant(parseInstant(value) ?? Number.NaN) : undefined

const valueType = ({ dataType }: KeptAttribute): ValueType => valueTypeOf(dataType) ?? 'string'

const named = (type: KeptActivityType, sent: UnknownRecord): KeptAttribute | undefined => {
  const apiName = ownMember(sent, 'apiName')
  const name = ownMember(sent, 'name')
  return type.attributes.find((known) =>
    apiName === undefined || apiName === null ? known.name === name : known.apiName === apiName
  )
}

const readAttribute = (type: KeptActivityType, sent: UnknownRecord): Attributes[number] | Reason => {
  const attribute = named(type, sent)
  if (attribute === undefined) {
    const name = ownMember(sent, 'apiName') ?? ownMember(sent, 'name')
    return { code: '1006', message: `Attribute '${typeof name === 'string' ? name : ''}' not found` }
  }
  const value = ownMember(sent, 'value')
  const stored = reader(valueType(attribute), null)(value)
  return stored === undefined
    ? badValue(attribute.apiName, valueType(attribute), value)
    : { apiName: attribute.apiName, value: stored }
}

/** What an attributes array holds, and what is wrong with it. Absent, it is empty. */
const readAttributes = (type: KeptActivityType, u: unknown): readonly [Attributes, ReadonlyArray<Reason>] => {
  const list = u ?? []
  const attributes: Array<Attributes[number]> = []
  const reasons: Array<Reason> = []
  if (!Array.isArray(list)) reasons.push({ code: '1001', message: "Invalid value for 'attributes': not a list" })
  else if (utf8Length(JSON.stringify(list)) > byteLimits.activityAttributes)
    reasons.push({ code: '1049', message: 'Failed to create activity: its attributes are too long' })
  else {
    for (const sent of list) {
      const read = isRecord(sent) ? readAttribute(type, sent) : missing('apiName')
      if ('code' in read) reasons.push(read)
      else attributes.push(read)
    }
    for (const { apiName, required } of type.attributes)
      if (required && !attributes.some((one) => one.apiName === apiName)) reasons.push(missing(apiName))
  }
  return [attributes, reasons]
}

const aboutLead = (draft: Draft, leadId: unknown): ReadonlyArray<Reason> => {
  if ((leadId ?? null) === null) return [missing('leadId')]
  if (typeof leadId !== 'number') return [{ code: '1001', message: "Invalid value for 'leadId': not a number" }]
  return leadNumbered(draft, leadId) === undefined ? [{ code: '1004', message: `Lead '${leadId}' not found` }] : []
}

const aboutPrimary = (type: KeptActivityType, value: unknown): ReadonlyArray<Reason> => {
  if ((value ?? '') === '') return [missing('primaryAttributeValue')]
  const { primaryAttribute } = type
  return reader(valueType(primaryAttribute), null)(value) === undefined
    ? [badValue(primaryAttribute.apiName, valueType(primaryAttribute), value)]
    : []
}

const readActivity = ({ draft, time }: Desk, record: UnknownRecord): Read => {
  const leadId = ownMember(record, 'leadId')
  const type = typeNumbered(draft, ownMember(record, 'activityTypeId'))
  const primary = ownMember(record, 'primaryAttributeValue')
  const date = timeOf(ownMember(record, 'activityDate'))
  const [attributes, wrong] = type === undefined ? [[], []] : readAttributes(type, ownMember(record, 'attributes'))
  return {
    activity: {
      leadId: typeof leadId === 'number' ? leadId : 0,
      activityTypeId: type?.id ?? 0,
      activityDate: date ?? time,
      primaryAttributeValue: typeof primary === 'string' ? primary : JSON.stringify(primary ?? null),
      attributes
    },
    reasons: [
      ...aboutLead(draft, leadId),
      ...(type === undefined ? [{ code: '1013', message: 'Activity type not found' }] : aboutPrimary(type, primary)),
      ...(date === undefined ? [{ code: '1003', message: "Invalid value for 'activityDate'" }] : []),
      ...wrong
    ]
  }
}

/** The log shows attributes by their display names, and a form by its number. */
const displayed = (
  draft: Draft,
  { activityTypeId, primaryAttributeValue, attributes }: Read['activity']
): Displayed => {
  const type = draft.options.activityTypes.find(({ id }) => id === activityTypeId)
  return {
    primaryAttributeValueId: type === undefined ? Number(primaryAttributeValue) : null,
    attributes: attributes.map(({ apiName, value }) => ({
      name: type?.attributes.find((known) => known.apiName === apiName)?.name ?? apiName,
      value
    }))
  }
}

/** Keeps an activity, and answers its number. @internal */
export const addActivity = (desk: Desk, activity: Read['activity']): number => {
  const { draft } = desk
  const id = draft.nextActivity
  draft.nextActivity += 1
  draft.activities = withValue(draft.activities, String(id), { id, marketoGUID: String(id), ...activity })
  logActivity(desk, { ...activity, marketoGUID: String(id), ...displayed(draft, activity) })
  return id
}

const refused = (reasons: ReadonlyArray<Reason>): JsonObject => ({
  status: 'skipped',
  errors: reasons.map(({ code, message }) => ({ code, message }))
})

const carryOut = (desk: Desk, record: UnknownRecord): JsonObject => {
  const { activity, reasons } = readActivity(desk, record)
  if (reasons.length > 0) return refused(reasons)
  const id = addActivity(desk, activity)
  return { id, marketoGUID: String(id), status: 'added' }
}

/** Carries out Add Custom Activities. @internal */
export const addCustomActivities = (desk: Desk, body: UnknownRecord): Told => {
  const records = recordsOf(body)
  if ('_tag' in records) return records
  const struck = struckAt(desk.struck, records.length)
  return done(records.map((record, i) => (i === struck ? refused([struckDown]) : carryOut(desk, record))))
}
