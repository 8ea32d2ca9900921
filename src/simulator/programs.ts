/**
 * Programs and their members.
 *
 *     sync     created, updated       1037 for who has come as far, or further; 1004
 *     change   updated                the older call: 1013 for who is no member
 *     delete   deleted                1037 for who is no member; 1004
 *
 * An unknown program is 1013 and a status that its channel has not is 1025, both for the request.
 *
 * Sources: Adobe "Program Members", "Channels"; "Error Codes".
 *
 * @module
 */
import { type JsonObject, ownMember, type UnknownRecord } from '../ground/json.js'
import { logActivity } from './activity-log.js'
import type { ProgramKept } from './asset-records.js'
import { jsonBody } from './json-body.js'
import { leadNumbered } from './leads.js'
import { dropMember, memberOf, putMember } from './members.js'
import type { Wire } from './request.js'
import type { Draft } from './state.js'
import { type Desk, done, type Failed, failed, recordsOf, skipped, struckAt, struckDown, type Told } from './told.js'

const programNumbered = ({ assets }: Draft, id: string): ProgramKept | Failed =>
  assets.programs.find((program) => String(program.id) === id) ?? failed('1013', `Program '${id}' not found`)

const stepOf = ({ statuses }: ProgramKept, name: unknown): number | undefined =>
  statuses.find((status) => status.name === name)?.step

/** What is done with one lead in a program. */
type Deed = (desk: Desk, leadId: number) => JsonObject

/** What a call does with each lead, or why it does nothing at all. */
type Plan = (program: ProgramKept, body: UnknownRecord) => Deed | Failed

/** How an endpoint names a lead, in what is asked and in what is told. */
interface Wording {
  readonly name: 'id' | 'leadId'
  readonly told: (record: JsonObject, leadId: number | null, seq: number) => JsonObject
}

/** A skipped lead is told without its number. */
const bySeq: Wording = {
  name: 'leadId',
  told: (record, leadId, seq) => ({ seq, ...('reasons' in record ? {} : { leadId }), ...record })
}

const byNumber: Wording = {
  name: 'id',
  told: (record, leadId) => ({ ...(leadId === null ? {} : { id: leadId }), ...record })
}

const reason = (code: string, message: string): JsonObject => skipped([{ code, message }])

const withEach = (desk: Desk, body: UnknownRecord, { name, told }: Wording, deed: Deed): Told => {
  const { draft, struck } = desk
  const records = recordsOf(body)
  if ('_tag' in records) return records
  const refused = struckAt(struck, records.length)
  return done(
    records.map((record, seq) => {
      const id = ownMember(record, name)
      if (typeof id !== 'number') return told(reason('1001', `Invalid value for '${name}': not a number`), null, seq)
      if (seq === refused) return told(skipped([struckDown]), id, seq)
      if (leadNumbered(draft, id) === undefined) return told(reason('1004', `Lead '${id}' not found`), id, seq)
      return told(deed(desk, id), id, seq)
    })
  )
}

const carryOut =
  (plan: Plan, wording: Wording, programAt: number) =>
  (desk: Desk, wire: Wire): Told => {
    const read = jsonBody(wire)
    if (read._tag === 'Failed') return read
    const program = programNumbered(desk.draft, wire.path[programAt] ?? '')
    if ('_tag' in program) return program
    const deed = plan(program, read.body)
    return typeof deed === 'function' ? withEach(desk, read.body, wording, deed) : deed
  }

const outside = 'Not in Program'

const logMoved = (
  desk: Desk,
  { id, name, statuses }: ProgramKept,
  leadId: number,
  from: string | null,
  to: string | null
): void => {
  const idOf = (status: string | null): number => statuses.findIndex((known) => known.name === status) + 1
  const attributes = [
    { name: 'Old Status', value: from ?? outside },
    { name: 'Old Status ID', value: idOf(from) },
    { name: 'New Status', value: to ?? outside },
    { name: 'New Status ID', value: idOf(to) },
    { name: 'Success', value: false },
    { name: 'Reason', value: 'Web service API' }
  ]
  const primary = { primaryAttributeValueId: id, primaryAttributeValue: name }
  logActivity(desk, { leadId, activityTypeId: 104, ...primary, attributes })
}

const hasCome = 'Lead was skipped: it has this status already, or a later one'

/** Moves members on; `strangers` says what becomes of who is none. */
const moving =
  (nameOfStatus: string, strangers: 'created' | 'skipped'): Plan =>
  (program, body) => {
    const statusName = ownMember(body, nameOfStatus)
    const step = stepOf(program, statusName)
    if (typeof statusName !== 'string') return failed('1002', `Missing value for required parameter '${nameOfStatus}'`)
    if (step === undefined) return failed('1025', 'Program status not found')
    return (desk, leadId) => {
      const { draft } = desk
      const before = memberOf(draft, program.id, leadId)
      if (before === undefined && strangers === 'skipped') return reason('1013', 'Lead is no member of the program')
      if (before !== undefined && (stepOf(program, before.statusName) ?? 0) >= step) return reason('1037', hasCome)
      putMember(draft, program.id, { leadId, statusName })
      logMoved(desk, program, leadId, before?.statusName ?? null, statusName)
      return { status: before === undefined ? 'created' : 'updated' }
    }
  }

const leaving: Plan = (program) => (desk, leadId) => {
  const { draft } = desk
  const before = memberOf(draft, program.id, leadId)
  if (before === undefined) return reason('1037', 'Lead was skipped: it is no member')
  dropMember(draft, program.id, leadId)
  logMoved(desk, program, leadId, before.statusName, null)
  return { status: 'deleted' }
}

/** Carries out Sync Program Member Status. @internal */
export const syncProgramStatus = carryOut(moving('statusName', 'created'), bySeq, 3)

/** Carries out Change Lead Program Status. @internal */
export const changeProgramStatus = carryOut(moving('status', 'skipped'), byNumber, 4)

/** Carries out Delete Program Members. @internal */
export const deleteProgramMembers = carryOut(leaving, bySeq, 3)
