/**
 * Sync Leads.
 *
 *     action            no lead    one        several
 *     createOrUpdate    created    updated    1007
 *     updateOnly        1004       updated    1007
 *     createOnly        created    1005       1005       by email, whatever the lookup field
 *     createDuplicate   created    created    created
 *
 * Records are carried out in the order sent, so a key given twice makes one lead and updates it.
 *
 * Sources: Adobe "Leads", Create and Update; "Error Codes".
 *
 * @module
 */
import { isRecord, type JsonObject, ownMember, type UnknownRecord } from '../ground/json.js'
import type { Reason } from '../intent/outcome.js'
import { noSuchField } from './fields.js'
import { type LeadRecord, readLeadRecord } from './lead-record.js'
import { createLead, leadsWith, updateLead } from './leads.js'
import type { SharedWrite, SimulatedLead } from './state.js'
import { type Desk, done, type Failed, failed, recordsOf, skipped, struckAt, struckDown, type Told } from './told.js'
import { associate } from './visitors.js'

const actions = ['createOrUpdate', 'createOnly', 'updateOnly', 'createDuplicate'] as const
type Action = (typeof actions)[number]

/** What all records of one call share. */
interface Shared extends SharedWrite {
  readonly action: Action
}

const readShared = (desk: Desk, body: UnknownRecord): Shared | Failed => {
  const told = ownMember(body, 'action') ?? 'createOrUpdate'
  const action = actions.find((known) => known === told)
  if (action === undefined) return failed('1003', "Invalid value for 'action'")
  const lookupField = ownMember(body, 'lookupField') ?? 'email'
  if (typeof lookupField !== 'string') return failed('1001', "Invalid value for 'lookupField': not text")
  const field = desk.fieldNamed(lookupField)
  if (field === undefined) return failed('1006', `Lookup field '${lookupField}' not found`)
  if (!field.searchable) return failed('1011', `Lookup field '${lookupField}' is not supported`)
  const partitionName = ownMember(body, 'partitionName') ?? null
  return partitionName === null || typeof partitionName === 'string'
    ? { action, lookupField, partitionName }
    : failed('1001', "Invalid value for 'partitionName': not text")
}

const reason = (code: string, message: string): JsonObject => skipped([{ code, message }])

/** The record's own key, as it is stored, or undefined where it holds none. */
const keyOf = (lookupField: string, record: UnknownRecord, read: LeadRecord): string | number | undefined => {
  if (lookupField === 'cookies') return read.cookie ?? undefined
  const value = lookupField === 'id' ? ownMember(record, 'id') : ownMember(read.fields, lookupField)
  return typeof value === 'number' || typeof value === 'string' ? value : undefined
}

const misplacedId: Reason = { code: '1003', message: "Field 'id' is only allowed as lookup field of updateOnly" }

const badId: Reason = { code: '1003', message: "Invalid value for field 'id' of type integer" }

/** What Sync Leads has to say about the lead's number. */
const aboutId = ({ action, lookupField }: Shared, record: UnknownRecord): ReadonlyArray<Reason> => {
  const id = ownMember(record, 'id')
  if (id === undefined) return []
  if (lookupField !== 'id' || action !== 'updateOnly') return [misplacedId]
  return Number.isSafeInteger(id) ? [] : [badId]
}

const create = (desk: Desk, { partitionName }: Shared, { fields, cookie }: LeadRecord): JsonObject => {
  const { partitions } = desk.draft.options
  const partition = partitionName ?? (partitions.length > 1 ? undefined : partitions[0])
  if (partition === undefined) return reason('1009', 'Partition name must be specified')
  const lead = createLead(desk, fields, partition)
  if (cookie !== null) associate(desk.draft, lead, cookie)
  return { id: lead.id, status: 'created' }
}

const update = (
  desk: Desk,
  { action, partitionName }: Shared,
  lead: SimulatedLead,
  { fields, cookie }: LeadRecord
): JsonObject => {
  if (action === 'createOrUpdate' && partitionName !== null && partitionName !== lead.partitionName) {
    return reason('1010', 'Updating the partition of a lead is not allowed')
  }
  const after = updateLead(desk, lead, fields)
  if (cookie !== null) associate(desk.draft, after, cookie)
  return { id: lead.id, status: 'updated' }
}

const createOnly = (desk: Desk, shared: Shared, read: LeadRecord): JsonObject => {
  const email = ownMember(read.fields, 'email')
  const taken = typeof email === 'string' && leadsWith(desk, 'email', email, 1).length > 0
  return taken ? reason('1005', 'Lead already exists') : create(desk, shared, read)
}

/** The leads that a record may mean. */
type Find = (desk: Desk, lookupField: string, key: string | number, read: LeadRecord) => ReadonlyArray<SimulatedLead>

const byKey: Find = (desk, lookupField, key) => leadsWith(desk, lookupField, key, 2)

const upsert = (desk: Desk, shared: Shared, record: UnknownRecord, read: LeadRecord, find: Find): JsonObject => {
  const { action, lookupField } = shared
  const key = keyOf(lookupField, record, read)
  if (key === undefined) return reason('1003', `Lookup field '${lookupField}' has no value`)
  const [lead, other] = find(desk, lookupField, key, read)
  if (other !== undefined) return reason('1007', 'Multiple leads match lookup criteria')
  if (lead !== undefined) return update(desk, shared, lead, read)
  return action === 'updateOnly' ? reason('1004', 'Lead not found') : create(desk, shared, read)
}

const carryOut = (
  desk: Desk,
  shared: Shared,
  record: UnknownRecord,
  read = readLeadRecord(desk, record, 'sync'),
  find = byKey
): JsonObject => {
  const reasons = [...aboutId(shared, record), ...read.reasons]
  if (reasons.length > 0) return skipped(reasons)
  const { action, partitionName } = shared
  if (action !== 'updateOnly' && partitionName !== null && !desk.draft.options.partitions.includes(partitionName)) {
    return reason('1008', `Access denied to partition '${partitionName}'`)
  }
  if (action === 'createDuplicate') return create(desk, shared, read)
  return action === 'createOnly' ? createOnly(desk, shared, read) : upsert(desk, shared, record, read, find)
}

/** What became of a record that was written later: why not, or undefined. @internal */
export const writeLater = (
  desk: Desk,
  { lookupField, partitionName }: SharedWrite,
  record: UnknownRecord,
  read: LeadRecord,
  secondField: string | null = null
): string | undefined => {
  // Nobody can ask for a number that Marketo has yet to give.
  const action = lookupField === 'id' ? 'updateOnly' : 'createOrUpdate'
  const find: Find =
    secondField === null
      ? byKey
      : (at, field, key) => leadsWith(at, field, key).filter((lead) => holdsSame(lead, read, secondField))
  const told = carryOut(desk, { action, lookupField, partitionName }, record, read, find)
  const { reasons } = told
  const first: unknown = Array.isArray(reasons) ? reasons[0] : undefined
  return isRecord(first) ? String(first.message) : undefined
}

const holdsSame = (lead: SimulatedLead, read: LeadRecord, field: string): boolean =>
  ownMember(lead.fields, field) === ownMember(read.fields, field)

/** The first name of the batch that no field has. */
const unknownName = (desk: Desk, records: ReadonlyArray<UnknownRecord>): string | undefined => {
  for (const record of records) {
    const name = Object.keys(record).find((own) => desk.fieldNamed(own) === undefined)
    if (name !== undefined) return name
  }
  return undefined
}

/** Carries out Sync Leads. @internal */
export const syncLeads = (desk: Desk, body: UnknownRecord): Told => {
  const shared = readShared(desk, body)
  if ('_tag' in shared) return shared
  const records = recordsOf(body)
  if ('_tag' in records) return records
  const unknown = desk.draft.options.unknownField === 'request' ? unknownName(desk, records) : undefined
  if (unknown !== undefined) return { _tag: 'Failed', errors: [noSuchField(unknown)] }
  const struck = struckAt(desk.struck, records.length)
  return done(records.map((record, i) => (i === struck ? skipped([struckDown]) : carryOut(desk, shared, record))))
}
