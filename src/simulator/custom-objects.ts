/**
 * Custom objects: records known by one field or by several together.
 *
 *     sync    created, updated      1013 for an object of nobody's, 1006 for a field of nobody's, 1004 for a link to nobody,
 *                                   1036 for one record twice in a call
 *
 * Sources: Adobe "Custom Objects"; "Error Codes".
 *
 * @module
 */
import { type JsonObject, ownMember, type UnknownRecord } from '../ground/json.js'
import { emptyTree, type Tree, valueAt, withValue } from '../ground/tree.js'
import type { Fields, FieldValue } from '../intent/intent.js'
import type { Reason } from '../intent/outcome.js'
import { twice, writtenOver } from './companies.js'
import { noSuchField } from './fields.js'
import { jsonBody } from './json-body.js'
import { leadsWith } from './leads.js'
import type { KeptObjectType } from './options.js'
import type { Wire } from './request.js'
import type { SimulatedObject } from './state.js'
import { type Desk, done, type Failed, failed, recordsOf, skipped, struckAt, struckDown, type Told } from './told.js'

/** An object that has no records yet. @internal */
export const noObjects: Tree<SimulatedObject> = emptyTree

const typeNamed = ({ draft }: Desk, part: string): KeptObjectType | Failed =>
  draft.options.customObjects.find(({ name }) => `${name}.json` === part) ?? failed('1013', 'Custom object not found')

const isScalar = (u: unknown): u is FieldValue =>
  u === null || typeof u === 'string' || typeof u === 'number' || typeof u === 'boolean'

const readFields = (
  { fields }: KeptObjectType,
  record: UnknownRecord
): readonly [fields: Fields, reasons: ReadonlyArray<Reason>] => {
  const entries: Array<readonly [string, FieldValue]> = []
  const reasons: Array<Reason> = []
  for (const [name, value] of Object.entries(record)) {
    if (!fields.includes(name)) reasons.push(noSuchField(name))
    else if (isScalar(value)) entries.push([name, value])
    else reasons.push({ code: '1003', message: `Invalid value for field '${name}'` })
  }
  return [Object.fromEntries(entries), reasons]
}

/** Whether a record that has to belong to a lead names none that is there. */
const isLost = (desk: Desk, { link }: KeptObjectType, fields: Fields): boolean => {
  if (link === null) return false
  const value = ownMember(fields, link.field)
  return typeof value === 'string' || typeof value === 'number'
    ? leadsWith(desk, link.leadField, value).length === 0
    : false
}

const put = ({ draft }: Desk, { name }: KeptObjectType, key: string, changes: Fields): JsonObject => {
  const records = valueAt(draft.objects, name) ?? noObjects
  const before = valueAt(records, key)
  const id = before?.id ?? draft.nextObject
  if (before === undefined) draft.nextObject += 1
  const marketoGUID = `object-${id}`
  const after = { id, marketoGUID, fields: writtenOver(before?.fields ?? {}, changes) }
  draft.objects = withValue(draft.objects, name, withValue(records, key, after))
  return { marketoGUID, status: before === undefined ? 'created' : 'updated' }
}

const synced = (desk: Desk, type: KeptObjectType, record: UnknownRecord, seen: Set<string>): JsonObject => {
  const [fields, reasons] = readFields(type, record)
  if (reasons.length > 0) return skipped(reasons)
  const parts = type.dedupeFields.map((name) => ownMember(fields, name))
  if (parts.some((part) => part === undefined || part === null || part === ''))
    return skipped([{ code: '1003', message: 'Missing value for a dedupe field' }])
  const key = JSON.stringify(parts)
  if (seen.has(key)) return skipped([twice])
  seen.add(key)
  return isLost(desk, type, fields)
    ? skipped([{ code: '1004', message: 'Lead not found' }])
    : put(desk, type, key, fields)
}

/** Carries out Sync Custom Objects. @internal */
export const syncCustomObjects = (desk: Desk, wire: Wire): Told => {
  const read = jsonBody(wire)
  if (read._tag === 'Failed') return read
  const type = typeNamed(desk, wire.path[3] ?? '')
  if ('_tag' in type) return type
  const records = recordsOf(read.body)
  if ('_tag' in records) return records
  const refused = struckAt(desk.struck, records.length)
  const seen = new Set<string>()
  return done(
    records.map((record, seq) => ({
      seq,
      ...(seq === refused ? skipped([struckDown]) : synced(desk, type, record, seen))
    }))
  )
}
