/**
 * Sync Leads: many leads written at once.
 *
 *     POST /rest/v1/leads.json
 *     { "action": "createOrUpdate", "lookupField": "email", "input": [ { "email": "ana@example.com", … } ], "partitionName"? }
 *
 * One call has one action, one lookup field and one partition, so a batch is grouped by those. Marketo names the partition only for
 * leads it may create, and takes its own number for a lead only with `updateOnly`; we refuse what it would refuse.
 *
 * Two records with one key in one call can make two leads: give each key once.
 *
 * Source: Adobe "Leads", Create and Update; "Lead Database", Batch size; "Error Codes" (1003).
 *
 * @module
 */
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import { type JsonObject, ownMember } from '../ground/json.js'
import { conflict, type Problem } from '../ground/problem.js'
import { type Described, type HttpRequest, live, type Slot } from '../intent/descriptor.js'
import type { Fields, UpsertLead } from '../intent/intent.js'
import { describeRows, type Group, groupNamed, type RowOf } from './batch.js'
import { writtenFields } from './field-values.js'
import { interpretRecords } from './record-outcomes.js'
import { lacksKey, unfitId } from './upsert-key.js'

/** What all records of one call share. */
type Shared = Pick<UpsertLead, 'munchkinId' | 'action' | 'partitionName'> & { readonly lookupField: string }

const sharedBy = ({ munchkinId, action, lead, partitionName }: UpsertLead): Shared => ({
  munchkinId,
  action,
  lookupField: lead.lookupField,
  partitionName: action === 'updateOnly' ? null : partitionName
})

/** One name for all that share the same; the partition's length keeps it apart from the lookup field behind it. */
const nameOf = ({ munchkinId, action, lookupField, partitionName }: Shared): string => {
  const partition = partitionName === null ? '' : `${partitionName.length} ${partitionName}`
  return `${munchkinId} ${action} ${partition} ${lookupField}`
}

const bodyOf = ({ action, lookupField, partitionName }: Shared, input: ReadonlyArray<JsonObject>): JsonObject =>
  partitionName === null ? { action, lookupField, input } : { action, lookupField, input, partitionName }

const requestOf =
  (shared: Shared) =>
  (input: ReadonlyArray<JsonObject>): HttpRequest => ({
    _tag: 'HttpRequest',
    endpoint: 'syncLeads',
    munchkinId: shared.munchkinId,
    host: 'rest',
    method: 'POST',
    path: ['rest', 'v1', 'leads.json'],
    query: [],
    headers: {},
    body: { json: bodyOf(shared, input) },
    auth: 'bearer',
    lifecycle: live
  })

/** Why Marketo would refuse the record's key, or undefined. */
const unfitKey = (upsert: UpsertLead, fields: Fields): Problem | undefined => {
  const { lookupField } = upsert.lead
  const { action } = upsert
  const problem = lacksKey(upsert, fields)
  if (problem !== undefined || ownMember(fields, 'id') === undefined) return problem
  if (lookupField !== 'id' || action !== 'updateOnly') {
    const mend = 'Marketo takes the number of a lead only as lookup field, and only with updateOnly'
    return conflict('invalid', ['fields', 'id'], lookupField === 'id' ? ['action'] : ['lead', 'lookupField'], mend)
  }
  return unfitId(fields)
}

const noSlots: ReadonlyArray<Slot> = []

const isSharedBy = (a: UpsertLead, b: UpsertLead): boolean =>
  a.lead.lookupField === b.lead.lookupField &&
  a.munchkinId === b.munchkinId &&
  a.action === b.action &&
  a.partitionName === b.partitionName

const groupOf = (upsert: UpsertLead, groups: Map<string, Group>): Group => {
  const shared = sharedBy(upsert)
  return groupNamed(groups, nameOf(shared), () => requestOf(shared))
}

/** So many groups are found by comparing, which a few are sooner than by their names. */
const mostCompared = 8

/** Rows of one batch, whose upserts come to few groups. */
const rows = (): RowOf<UpsertLead> => {
  const known: Array<{ readonly upsert: UpsertLead; readonly group: Group }> = []
  const groupFor = (upsert: UpsertLead, groups: Map<string, Group>): Group => {
    for (const one of known) if (isSharedBy(one.upsert, upsert)) return one.group
    const group = groupOf(upsert, groups)
    if (known.length < mostCompared) known.push({ upsert, group })
    return group
  }
  return (upsert, intent, groups) => {
    const written = writtenFields(upsert.fields, true)
    if (written._tag === 'Left') return written.left
    const { fields: record, atMost } = written.right
    const problem = unfitKey(upsert, record)
    if (problem !== undefined) return problem
    groupFor(upsert, groups).rows.push({ intent, record, atMost, spare: 0, slots: noSlots })
    return undefined
  }
}

/**
 * Sync Leads calls for a batch of upserts, of any instances, actions, lookup fields and partitions.
 *
 * @example
 * import { describeSyncLeads } from 'segment-marketo/endpoints'
 * import { isMunchkinId } from 'segment-marketo/marketo'
 *
 * const munchkinId = '561-HYG-937'
 * const email = 'ana@example.com'
 * const described = isMunchkinId(munchkinId)
 *   ? describeSyncLeads([
 *       {
 *         _tag: 'UpsertLead',
 *         munchkinId,
 *         lead: { lookupField: 'email', value: email },
 *         fields: { email, firstName: 'Ana' },
 *         action: 'createOrUpdate',
 *         partitionName: null
 *       }
 *     ])
 *   : undefined
 * described?._tag === 'Right' && described.right[0].descriptor.body
 * // => { json: { action: 'createOrUpdate', lookupField: 'email', input: [{ email: 'ana@example.com', firstName: 'Ana' }] } }
 * @category endpoints
 * @since 0.1.0
 */
export const describeSyncLeads = (upserts: ReadonlyNonEmptyArray<UpsertLead>): Described<HttpRequest> =>
  describeRows(upserts, rows())

/**
 * What became of each upsert of a call; an applied one tells the lead's number.
 *
 * @category endpoints
 * @since 0.1.0
 */
export const interpretSyncLeads = interpretRecords({ idIsLead: true })
