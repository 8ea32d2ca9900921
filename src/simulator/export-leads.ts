/**
 * Bulk Lead Extract: what its jobs hold.
 *
 *     { fields: ['id', 'email'], filter: { updatedAt: { startAt, endAt } } }
 *
 * Leads come by number, as they are when the job ends; a field that holds nothing is `null`. A field that the instance does not have, or no
 * field, is 1003; `updatedAt` where the instance cannot filter by it is 1035.
 *
 * Sources: Adobe "Bulk Lead Extract"; "Error Codes" (1003, 1035).
 *
 * @module
 */
import { type Instant, parseInstant } from '../ground/calendar.js'
import { isRecord, ownMember } from '../ground/json.js'
import { valuesOf } from '../ground/tree.js'
import { makeExport, windowUnder } from './export-jobs.js'
import { fieldShown } from './get-leads.js'
import { jsonBody } from './json-body.js'
import { writtenAt } from './leads.js'
import type { Wire } from './request.js'
import type { SimulatedExport } from './state.js'
import { type Desk, type Failed, failed, type Told } from './told.js'

/** The rows of a job's file. @internal */
export const leadRows = (
  { draft }: Desk,
  { fields, by, startAt, endAt }: SimulatedExport
): ReadonlyArray<ReadonlyArray<string>> =>
  valuesOf(draft.leads)
    .filter((lead) => {
      const at = parseInstant(by === 'createdAt' ? lead.createdAt : writtenAt(draft, lead)) ?? Number.NaN
      return at >= startAt && at < endAt
    })
    .sort((a, b) => a.id - b.id)
    .map((lead) => fields.map((name) => String(fieldShown(lead, name) ?? 'null')))

const fieldsIn = ({ fieldNamed }: Desk, u: unknown): ReadonlyArray<string> | Failed => {
  if (!Array.isArray(u) || u.length === 0) return failed('1003', "Invalid value for 'fields'")
  const names = u.filter((one: unknown): one is string => typeof one === 'string' && fieldNamed(one) !== undefined)
  return names.length === u.length ? names : failed('1003', 'Invalid fields were passed')
}

const unfit = failed('1003', "Invalid value for 'filter'")

/** The time that the filter goes by; a job has one filter, and other kinds are not simulated. */
const filterIn = ({ draft }: Desk, filter: unknown): SimulatedExport['by'] | Failed => {
  if (!isRecord(filter)) return unfit
  const names = Object.keys(filter)
  const by = (['createdAt', 'updatedAt'] as const).find((name) => name === names[0])
  if (by === undefined || names.length > 1) return unfit
  return by === 'updatedAt' && !draft.options.updatedAtFilter
    ? failed('1035', `Unsupported filter type for target subscription: ${by}`)
    : by
}

/** Carries out Create Export Lead Job. @internal */
export const exportLeads = (desk: Desk, wire: Wire, at: Instant): Told => {
  const read = jsonBody(wire)
  if (read._tag === 'Failed') return read
  const fields = fieldsIn(desk, ownMember(read.body, 'fields'))
  if ('_tag' in fields) return fields
  const filter = ownMember(read.body, 'filter')
  const by = filterIn(desk, filter)
  if (typeof by !== 'string') return by
  const window = windowUnder(filter, by)
  if ('_tag' in window) return window
  return makeExport(desk.draft, { kind: 'leads', fields, types: [], by, ...window }, at)
}
