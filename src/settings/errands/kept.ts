/**
 * What is kept of a record that an instance tells: the members that a check reads, and nothing else.
 *
 * @module
 */
import { eachOf } from '../../endpoints/envelope.js'
import { isRecord, type Json, ownMember } from '../../ground/json.js'

/** Names and kinds of things; descriptions, folders and addresses are nobody's business here. */
const members = [
  'id',
  'name',
  'apiName',
  'displayName',
  'dataType',
  'length',
  'rest',
  'soap',
  'readOnly',
  'updateable',
  'searchableFields',
  'fields',
  'status',
  'primaryAttribute',
  'attributes',
  'isPrimary',
  'channel',
  'isRequestable',
  'progressionStatuses'
] as const

const deepest = 6

/** A record, pruned; what is no JSON is null. @internal */
export const kept = (u: unknown, depth = 0): Json => {
  if (typeof u === 'string' || typeof u === 'boolean') return u
  if (typeof u === 'number') return Number.isFinite(u) ? u + 0 : null
  if (depth >= deepest) return null
  if (Array.isArray(u)) return eachOf(u, (item) => kept(item, depth + 1))
  if (!isRecord(u)) return null
  const found: Record<string, Json> = {}
  for (const name of members) {
    const value = ownMember(u, name)
    if (value !== undefined) found[name] = kept(value, depth + 1)
  }
  return found
}
