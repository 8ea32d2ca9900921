/**
 * Readers of single settings of a source, as Segment's page stores them or as lists.
 *
 *     '1, 2, 10'                  →  [1, 2, 10]
 *     'leadScore, company'        →  [{ field: 'leadScore', type: 'any' }, …]
 *
 * @module
 */
import { risky } from '../ground/problem.js'
import {
  aRecord,
  listOf,
  member,
  type Reader,
  reading,
  requiredMember,
  warnOfUnknownKeys,
  wholeNumber
} from '../ground/reading.js'
import { isWellFormed } from '../ground/utf8.js'
import { type MunchkinId, readMunchkinId } from '../marketo/munchkin-id.js'
import { columnType } from './defined-collection.js'
import type { CustomLeadField } from './settings.js'

/** The instance. @internal */
export const munchkinId: Reader<MunchkinId> = (u, at, problems) => {
  const read = readMunchkinId(u, at)
  if (read._tag === 'Right') return read.right
  problems.push(read.left)
  return undefined
}

/** A list, or text with commas between the items; what is blank between two commas is none. @internal */
export const listOrText =
  <A>(item: Reader<A>): Reader<ReadonlyArray<A>> =>
  (u, at, problems) => {
    const words = typeof u === 'string' ? u.split(',').flatMap((word) => word.trim() || []) : u
    return listOf(item)(words, at, problems)
  }

const deleteLead = 37
const mendDeleted = 'deleted leads come from a feed of their own, which gives the rows of this type as well'

/** An activity type, by its number. @internal */
export const activityTypeId: Reader<number> = (u, at, problems) => {
  const id = wholeNumber(1, 2_147_483_647)(u, at, problems)
  if (id === deleteLead) problems.push(risky(at, 'unusual', mendDeleted))
  return id
}

const restName: Reader<string> = reading(
  (u): u is string => typeof u === 'string' && /^[^,\s]{1,255}$/.test(u) && isWellFormed(u),
  'the REST name of a lead field'
)

/** A lead field, by its REST name alone or with the kind of its column. @internal */
export const customLeadField: Reader<CustomLeadField> = (u, at, problems) => {
  if (typeof u === 'string') {
    const name = restName(u, at, problems)
    return name === undefined ? undefined : { field: name, type: 'any' }
  }
  const record = aRecord(u, at, problems)
  if (record === undefined) return undefined
  warnOfUnknownKeys(record, at, ['field', 'type'], problems)
  const field = requiredMember(record, at, ['field'], restName, 'name the lead field as REST does', problems)
  const type = member(record, at, ['type'], columnType, 'any' as const, problems)
  return field === undefined || type === undefined ? undefined : { field, type }
}
