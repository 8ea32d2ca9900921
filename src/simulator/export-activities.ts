/**
 * Bulk Activity Extract: what its jobs hold.
 *
 * The window goes by the moment at which an entry was logged. Deleted leads (37) are never told.
 *
 * Sources: Adobe "Bulk Activity Extract".
 *
 * @module
 */
import type { Instant } from '../ground/calendar.js'
import { isRecord, ownMember } from '../ground/json.js'
import { deleteLead, entryNumbered } from './activities.js'
import { makeExport, windowUnder } from './export-jobs.js'
import { jsonBody } from './json-body.js'
import type { Wire } from './request.js'
import type { Draft, LoggedActivity, SimulatedExport } from './state.js'
import { type Desk, failed, type Told } from './told.js'
import { survivor } from './visitors.js'

const columns = [
  'marketoGUID',
  'leadId',
  'activityDate',
  'activityTypeId',
  'campaignId',
  'primaryAttributeValueId',
  'primaryAttributeValue',
  'attributes',
  'actionResult'
] as const

const cellsOf = (draft: Draft, entry: LoggedActivity, fields: ReadonlyArray<string>): ReadonlyArray<string> => {
  const { marketoGUID, activityDate, activityTypeId, campaignId, attributes, actionResult } = entry
  const told: Readonly<Record<string, string | number | null>> = {
    marketoGUID,
    leadId: survivor(draft, entry.leadId),
    activityDate,
    activityTypeId,
    campaignId,
    primaryAttributeValueId: entry.primaryAttributeValueId,
    primaryAttributeValue: entry.primaryAttributeValue,
    attributes: JSON.stringify(Object.fromEntries(attributes.map(({ name, value }) => [name, value]))),
    actionResult
  }
  return fields.map((name) => String(told[name] ?? 'null'))
}

/** The rows of a job's file, in the order of the log. @internal */
export const activityRows = (
  { draft }: Desk,
  { fields, types, startAt, endAt }: SimulatedExport
): ReadonlyArray<ReadonlyArray<string>> => {
  const rows: Array<ReadonlyArray<string>> = []
  // Nothing is ever taken out of the log: what has no entry is behind its end.
  for (let n = 1; ; n += 1) {
    const entry = entryNumbered(draft, n)
    if (entry === undefined) return rows
    const { activityTypeId, at } = entry
    const isWanted = activityTypeId !== deleteLead && (types.length === 0 || types.includes(activityTypeId))
    if (isWanted && at >= startAt && at < endAt) rows.push(cellsOf(draft, entry, fields))
  }
}

const numbersIn = (u: unknown): ReadonlyArray<number> =>
  Array.isArray(u) ? u.filter((one: unknown): one is number => typeof one === 'number') : []

const fieldsIn = (u: unknown): ReadonlyArray<string> | undefined => {
  if (u === undefined) return columns.filter((name) => name !== 'actionResult')
  if (!Array.isArray(u)) return undefined
  const names = u.flatMap((one: unknown) => columns.filter((name) => name === one))
  return names.length === u.length ? names : undefined
}

/** Carries out Create Export Activity Job. @internal */
export const exportActivities = ({ draft }: Desk, wire: Wire, at: Instant): Told => {
  const read = jsonBody(wire)
  if (read._tag === 'Failed') return read
  const filter = ownMember(read.body, 'filter')
  const window = windowUnder(filter, 'createdAt')
  if ('_tag' in window) return window
  const fields = fieldsIn(ownMember(read.body, 'fields'))
  if (fields === undefined) return failed('1003', "Invalid value for 'fields'")
  const types = isRecord(filter) ? numbersIn(ownMember(filter, 'activityTypeIds')) : []
  return makeExport(draft, { kind: 'activities', fields, types, by: 'createdAt', ...window }, at)
}
