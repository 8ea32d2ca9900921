/**
 * What is done to one numbered lead: a browser becomes its own, others are merged into it, it is deleted.
 *
 *     POST /rest/v1/leads/7/associate.json?cookie=id:561-HYG-937&token:…      parameters in the query, no result
 *     POST /rest/v1/leads/7/merge.json?leadIds=8,9
 *     POST /rest/v1/leads/delete.json             { "input": [ { "id": 7 } ] }
 *
 * Adobe's table lists 1004 for records only; it is told here of the lead that the path names, because nothing else fits.
 *
 * Sources: Adobe "Leads", Associate Lead, Merge Leads; "Error Codes" (1012, 1080).
 *
 * @module
 */
import { type JsonObject, ownMember } from '../ground/json.js'
import type { Pairs } from '../intent/descriptor.js'
import { batchLimits } from '../marketo/limits.js'
import { logActivity, logChanges, logDeleted } from './activity-log.js'
import { jsonBody } from './json-body.js'
import { leadNumbered, mergeInto, putLead, removeLead } from './leads.js'
import type { Wire } from './request.js'
import type { SimulatedLead } from './state.js'
import { type Desk, done, type Failed, failed, recordsOf, skipped, struckAt, struckDown, type Told } from './told.js'
import { associate, tokenIn } from './visitors.js'

const digits = /^\d{1,16}$/

const leadIn = (desk: Desk, id: string): SimulatedLead | Failed =>
  (digits.test(id) ? leadNumbered(desk.draft, Number(id)) : undefined) ?? failed('1004', `Lead '${id}' not found`)

const valueUnder = (pairs: Pairs, name: string): string => pairs.find(([own]) => own === name)?.[1] ?? ''

/** Carries out Associate Lead. @internal */
export const associateLead = (desk: Desk, leadId: string, query: Pairs): Told => {
  const lead = leadIn(desk, leadId)
  if ('_tag' in lead) return lead
  const cookie = valueUnder(query, 'cookie')
  if (cookie === '') return failed('1002', "Missing value for required parameter 'cookie'")
  if (tokenIn(desk.draft, cookie) === undefined) return failed('1012', 'Invalid cookie value')
  associate(desk.draft, lead, cookie)
  return done(null)
}

/** The winner's own values stand; where it has none, the first loser's that has one. */
const merged = (winner: SimulatedLead, losers: ReadonlyArray<SimulatedLead>, updatedAt: string): SimulatedLead => {
  const everyone = [...losers].reverse()
  const fields = Object.fromEntries(
    [...everyone, winner].flatMap((lead) => Object.entries(lead.fields).filter(([, value]) => value !== ''))
  )
  const cookies = [...new Set([winner, ...losers].flatMap((lead) => lead.cookies))]
  return { ...winner, updatedAt, cookies, fields }
}

const deleted = (desk: Desk, id: unknown): JsonObject => {
  if (typeof id !== 'number') return skipped([{ code: '1001', message: "Invalid value for 'id': not a number" }])
  const lead = leadNumbered(desk.draft, id)
  if (lead === undefined) return { id, ...skipped([{ code: '1004', message: `Lead '${id}' not found` }]) }
  deleteLead(desk, lead)
  return { id, status: 'deleted' }
}

const nameOf = ({ fields: { firstName, lastName } }: SimulatedLead): string =>
  [firstName, lastName].filter((part) => typeof part === 'string').join(' ')

/** Deletes a lead, and logs it. @internal */
export const deleteLead = (desk: Desk, lead: SimulatedLead): void => {
  logDeleted(desk, lead.id, nameOf(lead))
  removeLead(desk, lead)
}

/** Carries out Delete Leads. @internal */
export const deleteLeads = (desk: Desk, wire: Wire): Told => {
  const read = jsonBody(wire)
  if (read._tag === 'Failed') return read
  const records = recordsOf(read.body)
  if ('_tag' in records) return records
  const refused = struckAt(desk.struck, records.length)
  return done(
    records.map((record, i) => (i === refused ? skipped([struckDown]) : deleted(desk, ownMember(record, 'id'))))
  )
}

/** Carries out Merge Leads: all of it, or nothing. @internal */
export const mergeLeads = (desk: Desk, winnerId: string, query: Pairs): Told => {
  const ids = [...valueUnder(query, 'leadIds').split(','), valueUnder(query, 'leadId')].filter((id) => id !== '')
  if (ids.length === 0) return failed('1002', "Missing value for required parameter 'leadId'")
  if (ids.length > batchLimits.mergeLosers) return failed('1080', 'Too many leads to merge in one call')
  const winner = leadIn(desk, winnerId)
  if ('_tag' in winner) return winner
  const losers: Array<SimulatedLead> = []
  for (const id of ids) {
    const loser = leadIn(desk, id)
    if ('_tag' in loser) return loser
    if (loser.id === winner.id) return failed('1003', 'A lead cannot be merged with itself')
    losers.push(loser)
  }
  mergeLosers(desk, winner, losers)
  return done(null)
}

/** Merges leads into one of them, and logs it. @internal */
export const mergeLosers = (desk: Desk, winner: SimulatedLead, losers: ReadonlyArray<SimulatedLead>): void => {
  for (const loser of losers) mergeInto(desk, loser, winner.id)
  const after = merged(winner, losers, desk.time)
  putLead(desk, winner, after)
  logChanges(desk, winner, after)
  logActivity(desk, {
    leadId: winner.id,
    activityTypeId: 32,
    primaryAttributeValueId: winner.id,
    attributes: [
      { name: 'Merge IDs', value: JSON.stringify(losers.map(({ id }) => id)) },
      { name: 'Merge Source', value: 'API' }
    ]
  })
}
