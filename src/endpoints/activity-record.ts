/**
 * One activity as Marketo tells it, by REST or in a file of the bulk extract: the same record either way.
 *
 *     REST   { "marketoGUID": "880011", "leadId": 204417, "attributes": [ { "name": "Link", "value": "https://…" } ] }
 *     CSV    880011,204417,"{""Link"":""https://…""}"
 *                       └ every number is text here, so that one lead is one lead
 *
 * Members that are not there, or hold nothing, are null. The old `id` is not unique, and files lack it.
 *
 * Sources: Adobe "Activities", "Bulk Activity Extract"; public traffic.
 *
 * @module
 */
import { isRecord, ownMember, type UnknownRecord } from '../ground/json.js'
import type { FieldValue } from '../intent/intent.js'

/**
 * An attribute of an activity: its display name, or its API name where no other is told.
 *
 * @category activities
 * @since 0.1.0
 */
export interface ToldAttribute {
  readonly name: string
  readonly value: FieldValue
}

/**
 * An activity. `attributes` stand in the order told, names may repeat, and what holds nothing is absent; `unreadable` says that there were
 * attributes that could not be read. `actionResult` is told by files only.
 *
 * @category activities
 * @since 0.1.0
 */
export interface ActivityRecord {
  readonly marketoGUID: string | null
  readonly id: string | null
  readonly leadId: string | null
  readonly activityDate: string | null
  readonly activityTypeId: string | null
  readonly campaignId: string | null
  readonly primaryAttributeValueId: string | null
  readonly primaryAttributeValue: string | null
  readonly actionResult: string | null
  readonly attributes: ReadonlyArray<ToldAttribute>
  readonly unreadable: boolean
}

/** The longest whole number that prints without an exponent. */
const mostDigits = 1e21

/** Text that is not blank, or a whole number as text. */
const idUnder = (record: UnknownRecord, name: string): string | null => {
  const u = ownMember(record, name)
  if (typeof u === 'number') return Number.isInteger(u) && Math.abs(u) < mostDigits ? String(u) : null
  const text = typeof u === 'string' ? u.trim() : ''
  return text === '' ? null : text
}

const textUnder = (record: UnknownRecord, name: string): string | null => {
  const u = ownMember(record, name)
  if (typeof u === 'number' && Number.isFinite(u)) return String(u)
  return typeof u === 'string' && u !== '' ? u : null
}

/** A scalar as it is; a list or an object as compact JSON; undefined for what JSON has no word for. */
const scalarOf = (u: unknown): FieldValue | undefined => {
  if (u === null || u === '') return undefined
  if (typeof u === 'string' || typeof u === 'boolean') return u
  if (typeof u === 'number') return Number.isFinite(u) ? u + 0 : undefined
  return typeof u === 'object' ? JSON.stringify(u) : undefined
}

/** No activity has so many attributes; a list that says it has billions is not gone through. */
const mostAttributes = 1_000

const attributeOf = (u: unknown): ToldAttribute | undefined => {
  if (!isRecord(u)) return undefined
  const name = textUnder(u, 'name') ?? textUnder(u, 'apiName')
  const value = scalarOf(ownMember(u, 'value'))
  return name === null || value === undefined ? undefined : { name, value }
}

const isTold = (attribute: ToldAttribute | undefined): attribute is ToldAttribute => attribute !== undefined

const inList = (list: ReadonlyArray<unknown>): ReadonlyArray<ToldAttribute> =>
  Array.from({ length: Math.min(list.length, mostAttributes) }, (_, i) => attributeOf(list[i])).filter(isTold)

const inRecord = (record: UnknownRecord): ReadonlyArray<ToldAttribute> =>
  Object.keys(record)
    .map((name) => attributeOf({ name, value: ownMember(record, name) }))
    .filter(isTold)

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Attributes as a list, an object, or either as JSON text; undefined for what is none of these. */
const attributesOf = (u: unknown): ReadonlyArray<ToldAttribute> | undefined => {
  if (u === undefined || u === '') return []
  const value = typeof u === 'string' ? parsed(u) : u
  if (Array.isArray(value)) return inList(value)
  if (isRecord(value)) return inRecord(value)
  return value === null ? [] : undefined
}

const activityOf = (u: UnknownRecord): ActivityRecord => {
  const attributes = attributesOf(ownMember(u, 'attributes'))
  return {
    marketoGUID: idUnder(u, 'marketoGUID'),
    id: idUnder(u, 'id'),
    leadId: idUnder(u, 'leadId'),
    activityDate: idUnder(u, 'activityDate'),
    activityTypeId: idUnder(u, 'activityTypeId'),
    campaignId: idUnder(u, 'campaignId'),
    primaryAttributeValueId: idUnder(u, 'primaryAttributeValueId'),
    primaryAttributeValue: textUnder(u, 'primaryAttributeValue'),
    actionResult: idUnder(u, 'actionResult'),
    attributes: attributes ?? [],
    unreadable: attributes === undefined || ownMember(u, 'unreadable') === true
  }
}

/**
 * An activity as Marketo tells it, or null for what is no object or cannot be read.
 *
 * @example
 * readActivity({ marketoGUID: '880011', leadId: 204417, activityTypeId: 11, attributes: '{"Link":"https://x.test"}' })?.leadId
 * // => '204417'
 * @category activities
 * @since 0.1.0
 */
export const readActivity = (u: unknown): ActivityRecord | null => {
  try {
    return isRecord(u) ? activityOf(u) : null
  } catch {
    return null
  }
}
