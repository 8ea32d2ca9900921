/**
 * Leads that are no more: partial rows, which say when, and leave the rest of the stored row alone.
 *
 *     37  Delete Lead    leadId                          { id, deleted_at }
 *     32  Merge Leads    leadId stays, `Merge IDs` go    { id, deleted_at } for each of them
 *
 * No other activity deletes a lead: 29 tells of a deletion in Salesforce. Marketo may forget a deletion after 14 days.
 *
 * Sources: Segment "Marketo Source", Leads; Adobe "Activities".
 *
 * @module
 */
import { ownMember, type UnknownRecord } from '../ground/json.js'
import { malformed, missing, type Problem } from '../ground/problem.js'
import { idCell, timeCell } from './cells.js'
import type { SourceRow } from './collection.js'
import { isFlaw } from './flaw.js'
import { leads } from './lead-collections.js'
import { noRows, readingRecords } from './record-rows.js'
import type { RowReader, RowsRead } from './rows-read.js'
import { toldAttributes } from './told-attributes.js'

const deleteLead = '37'
const mergeLeads = '32'
const mergeIds = 'merge ids'

const textUnder = (record: UnknownRecord, name: string, read: typeof idCell): string | null => {
  const told = read(ownMember(record, name))
  const cell = isFlaw(told) ? told.cell : told
  return typeof cell === 'string' ? cell : null
}

/** What stands between the ids of `[1, 2]`, `["1","2"]`, `1, 2`. */
const betweenIds = /[\s,;"[\]]/

const losersIn = (record: UnknownRecord, winner: string | null): ReadonlyArray<string> => {
  const { pairs } = toldAttributes(ownMember(record, 'attributes'))
  const told = pairs.filter(([name]) => name.toLowerCase() === mergeIds)
  const ids = told.flatMap(([, value]) => (value ?? '').split(betweenIds))
  return Array.from(new Set(ids)).filter((id) => id !== '' && id !== winner)
}

const problemAt = (index: number, column: string): Problem =>
  missing('invalid', [leads.name, index, column], 'without it nothing is known to be deleted: read the lead again')

const timeless = (index: number): Problem =>
  malformed('invalid', [leads.name, index, 'deleted_at'], 'no time of deletion', 'ask for the activity again')

const read = (record: UnknownRecord, index: number): RowsRead => {
  const type = textUnder(record, 'activityTypeId', idCell)
  if (type !== deleteLead && type !== mergeLeads) return { rows: [], problems: [] }
  const leadId = textUnder(record, 'leadId', idCell)
  const gone = type === mergeLeads ? losersIn(record, leadId) : leadId === null ? [] : [leadId]
  if (gone.length === 0) return noRows(problemAt(index, 'id'))
  const deletedAt = textUnder(record, 'activityDate', timeCell)
  if (deletedAt === null) return noRows(timeless(index))
  const rows = gone.map(
    (id): SourceRow => ({ collection: leads.name, partial: true, row: { id, deleted_at: deletedAt } })
  )
  return { rows, problems: [] }
}

/** Reads the deletions that activities tell; other activities give nothing. @internal */
export const deletionReader: RowReader = readingRecords(leads.name, read)
