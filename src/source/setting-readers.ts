/**
 * Readers of single settings of a source, as Segment's page stores them or as lists.
 *
 *     '1, 2, 10'                  →  [1, 2, 10]
 *     'leadScore, company'        →  [{ field: 'leadScore', type: 'any' }, …]
 *     'Plan, Seats'               →  [{ attribute: 'Plan', type: 'any' }, …]
 *
 * @module
 */
import { risky } from '../ground/problem.js'
import {
  aRecord,
  member,
  type Reader,
  reading,
  requiredMember,
  warnOfUnknownKeys,
  wholeNumber
} from '../ground/reading.js'
import { isWellFormed } from '../ground/utf8.js'
import { type MunchkinId, readMunchkinId } from '../marketo/munchkin-id.js'
import type { ColumnType } from './collection.js'
import { columnType } from './define-columns.js'
import { ifWhole, shortList } from './define-readers.js'
import type { CustomActivityAttribute, CustomLeadField } from './settings.js'

/** The instance. @internal */
export const munchkinId: Reader<MunchkinId> = (u, at, problems) => {
  const read = readMunchkinId(u, at)
  if (read._tag === 'Right') return read.right
  problems.push(read.left)
  return undefined
}

/** A name of a schema, as every warehouse takes it. @internal */
export const schemaName: Reader<string> = reading(
  (u): u is string => typeof u === 'string' && /^[A-Za-z_][A-Za-z0-9_]{0,62}$/.test(u),
  'a name of letters, digits and _, no digit first, of at most 63 characters'
)

/** More columns than a table takes in most warehouses, and more activity types than an instance has. */
const most = 2_000

/** A list, or text with commas between the items; what is blank between two commas is none. @internal */
export const listOrText =
  <A>(item: Reader<A>): Reader<ReadonlyArray<A>> =>
  (u, at, problems) => {
    const words = typeof u === 'string' ? u.split(',').flatMap((word) => word.trim() || []) : u
    return shortList(item, most, 'a list')(words, at, problems)
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

/** A name alone, or with the kind of its column. */
const named =
  (key: string, name: Reader<string>, mend: string): Reader<{ readonly name: string; readonly type: ColumnType }> =>
  (u, at, problems) => {
    if (typeof u === 'string') {
      const alone = name(u, at, problems)
      return alone === undefined ? undefined : { name: alone, type: 'any' }
    }
    const record = aRecord(u, at, problems)
    if (record === undefined) return undefined
    warnOfUnknownKeys(record, at, [key, 'type'], problems)
    const own = requiredMember(record, at, [key], name, mend, problems)
    const type = member(record, at, ['type'], columnType, 'any' as const, problems)
    return ifWhole({ name: own, type })
  }

const leadField = named('field', restName, 'name the lead field as REST does')

/** A lead field, by its REST name alone or with the kind of its column. @internal */
export const customLeadField: Reader<CustomLeadField> = (u, at, problems) => {
  const read = leadField(u, at, problems)
  return read === undefined ? undefined : { field: read.name, type: read.type }
}

const displayName: Reader<string> = reading(
  (u): u is string => typeof u === 'string' && u.trim() !== '' && u.length <= 255 && isWellFormed(u),
  'the display name of an attribute'
)

const attribute = named('attribute', displayName, "name the attribute as the activity's type does")

/** An attribute of activities, by its display name alone or with the kind of its column. @internal */
export const customActivityAttribute: Reader<CustomActivityAttribute> = (u, at, problems) => {
  const read = attribute(u, at, problems)
  return read === undefined ? undefined : { attribute: read.name, type: read.type }
}
