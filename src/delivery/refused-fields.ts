/**
 * Fields that Marketo does not take: found out from what it says, and left out from then on.
 *
 *     1006   "Field 'favoriteColor' not found"     the field that is named, of those that were sent
 *     1021   company fields                        all fields of the company's record
 *
 * The record is sent again without them, and the outcome says which were left out. Where the field is the one that leads are looked up
 * by, nothing can be sent without it.
 *
 * Sources: Adobe "Error Codes" (1006, 1021); "Leads", Create and Update.
 *
 * @module
 */
import { isRecord, ownMember, type UnknownRecord } from '../ground/json.js'
import type { Call, HttpRequest } from '../intent/descriptor.js'
import type { Fields, UpsertLead } from '../intent/intent.js'
import type { Reason } from '../intent/outcome.js'
import { leadFields } from '../marketo/lead-fields.js'
import type { Remark } from './outcome.js'
import type { Instance } from './state.js'

/** Fields with the code that refused each. @internal */
export type RefusedFields = Instance['refusedFields']

const companyFields: ReadonlyArray<string> = /* @__PURE__ */ leadFields
  .filter(({ object }) => object === 'company')
  .map(({ rest }) => rest)

const wordBefore = /[A-Za-z0-9_]$/
const wordAfter = /^[A-Za-z0-9_]/

/** Whether a text holds a name as a word of its own. */
const names = (message: string, name: string): boolean => {
  for (let at = message.indexOf(name); at >= 0; at = message.indexOf(name, at + 1)) {
    if (!wordBefore.test(message.slice(0, at)) && !wordAfter.test(message.slice(at + name.length))) return true
  }
  return false
}

/** Which of these fields Marketo says that it does not take, with the code. @internal */
export const refusedBy = (reasons: ReadonlyArray<Reason>, fields: ReadonlyArray<string>): RefusedFields => {
  const refused: Array<readonly [string, string]> = []
  for (const { code, message } of reasons) {
    if (code === '1006') {
      const quoted = fields.filter((field) => message.includes(`'${field}'`) || message.includes(`"${field}"`))
      for (const field of quoted.length > 0 ? quoted : fields.filter((one) => names(message, one)))
        refused.push([field, code])
    } else if (code === '1021' && fields.some((field) => companyFields.includes(field))) {
      for (const field of companyFields) refused.push([field, code])
    }
  }
  return Object.fromEntries(refused)
}

/** A member of the JSON that a call sends. */
const sent = ({ descriptor: { body } }: Call<HttpRequest>, name: string): unknown => {
  const json = body !== null && 'json' in body ? body.json : null
  return isRecord(json) ? ownMember(json, name) : undefined
}

/** The records of a call; a campaign names its leads among other things. */
const sentRecords = (call: Call<HttpRequest>): ReadonlyArray<UnknownRecord> => {
  const input = sent(call, 'input')
  const records = isRecord(input) ? ownMember(input, 'leads') : input
  return Array.isArray(records) ? records.filter(isRecord) : []
}

/** The fields of each record of a Sync Leads call, as they were sent. @internal */
export const sentFields = (call: Call<HttpRequest>): ReadonlyArray<ReadonlyArray<string>> =>
  sentRecords(call).map((record) => Object.keys(record))

/** The numbers of the leads that a call writes by number, or requests a campaign for. @internal */
export const sentNumbers = (call: Call<HttpRequest>): ReadonlyArray<unknown> =>
  sentRecords(call).flatMap((record) => ownMember(record, 'id') ?? [])

/** The numbers of the leads that a Merge Leads call merges into another. @internal */
export const sentLosers = ({ descriptor: { query } }: Call<HttpRequest>): ReadonlyArray<string> =>
  query.flatMap(([, value]) => value.split(','))

/** The lookup field of a Sync Leads call. @internal */
export const sentLookupField = (call: Call<HttpRequest>): unknown => sent(call, 'lookupField')

/** Fields without those that are refused. @internal */
export const withoutRefused = (fields: Fields, refused: RefusedFields): Fields => {
  const all = new Map(Object.entries(refused))
  const entries = Object.entries(fields)
  const taken = entries.filter(([field]) => !all.has(field))
  return taken.length === entries.length ? fields : Object.fromEntries(taken)
}

/** What there is to say of fields that an upsert went without. @internal */
export const leftOut = ({ fields }: UpsertLead, refused: RefusedFields): ReadonlyArray<Remark> =>
  Object.entries(refused)
    .filter(([field]) => ownMember(fields, field) !== undefined)
    .map(([field, code]) => ({ _tag: 'LeftOut', field, code }))
