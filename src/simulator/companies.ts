/**
 * Companies, by the id that the customer's own system has for each.
 *
 *     sync    created, updated      1006 for a field of nobody's, 1036 for one id twice in a call
 *
 * An instance whose CRM owns the companies answers 1018 to all of it. Fields are those of the company's record among the standard ones,
 * and the instance's own.
 *
 * Sources: Adobe "Companies"; "Error Codes".
 *
 * @module
 */
import { type JsonObject, ownMember, type UnknownRecord } from '../ground/json.js'
import { valueAt, withValue } from '../ground/tree.js'
import type { Fields, FieldValue } from '../intent/intent.js'
import type { Reason } from '../intent/outcome.js'
import { badValue, noSuchField } from './fields.js'
import { jsonBody } from './json-body.js'
import type { Wire } from './request.js'
import type { Draft } from './state.js'
import { type Desk, done, failed, recordsOf, skipped, struckAt, struckDown, type Told } from './told.js'

/** Fields written over others; null takes one away. Own members all, whatever their names. @internal */
export const writtenOver = (before: Fields, changes: Fields): Fields =>
  Object.fromEntries(
    [...new Map([...Object.entries(before), ...Object.entries(changes)])].filter(([, value]) => value !== null)
  )

/** A record that is written for the second time in one call. @internal */
export const twice: Reason = { code: '1036', message: 'Duplicate object found in input' }

/** Puts a company in its place, made where there is none; whether it was made. @internal */
export const putCompany = (draft: Draft, externalCompanyId: string, changes: Fields): JsonObject => {
  const before = valueAt(draft.companies, externalCompanyId)
  const id = before?.id ?? draft.nextCompany
  if (before === undefined) draft.nextCompany += 1
  const fields = writtenOver(before?.fields ?? {}, changes)
  draft.companies = withValue(draft.companies, externalCompanyId, { id, externalCompanyId, fields })
  return { id, status: before === undefined ? 'created' : 'updated' }
}

const readFields = (
  { fieldNamed }: Desk,
  externalCompanyId: string,
  record: UnknownRecord
): readonly [fields: Fields, reasons: ReadonlyArray<Reason>] => {
  const entries: Array<readonly [string, FieldValue]> = []
  const reasons: Array<Reason> = []
  for (const [name, value] of Object.entries(record)) {
    const field = fieldNamed(name)
    const stored = field?.read(value)
    if (name === 'externalCompanyId') entries.push([name, externalCompanyId])
    else if (field?.ofCompany !== true) reasons.push(noSuchField(name))
    else if (stored === undefined) reasons.push(badValue(name, 'string', value))
    else entries.push([name, stored])
  }
  return [Object.fromEntries(entries), reasons]
}

const synced = (desk: Desk, record: UnknownRecord, seen: Set<string>): JsonObject => {
  const id = ownMember(record, 'externalCompanyId')
  if (typeof id !== 'string' || id === '')
    return skipped([{ code: '1003', message: "Missing value for dedupe field 'externalCompanyId'" }])
  if (seen.has(id)) return skipped([twice])
  seen.add(id)
  const [fields, reasons] = readFields(desk, id, record)
  return reasons.length > 0 ? skipped(reasons) : putCompany(desk.draft, id, fields)
}

/** Carries out Sync Companies. @internal */
export const syncCompanies = (desk: Desk, wire: Wire): Told => {
  const read = jsonBody(wire)
  if (read._tag === 'Failed') return read
  if (desk.draft.options.companiesReadOnly) return failed('1018', 'CRM Enabled')
  const records = recordsOf(read.body)
  if ('_tag' in records) return records
  const refused = struckAt(desk.struck, records.length)
  const seen = new Set<string>()
  return done(
    records.map((record, seq) => ({ seq, ...(seq === refused ? skipped([struckDown]) : synced(desk, record, seen)) }))
  )
}
