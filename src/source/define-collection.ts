/**
 * Collections of the caller's own: anything else that Marketo lists, read and stored like the twelve.
 *
 *     { name: 'companies', path: '/rest/v1/companies.json', paging: 'token',
 *       query: { filterType: 'company', filterValues: 'Acme', fields: 'id,company,updatedAt' },
 *       columns: ['id', { name: 'company', type: 'text' }, { name: 'updated_at', type: 'time', from: 'updatedAt' }] }
 *
 * What Marketo pages by is no part of the query, and neither is a token: the walk adds the one, whoever sends the other. One that was read is
 * known by its `reads`, and is read again as it is.
 *
 * Sources: Segment "Marketo Source", Can I get other collections; Adobe "Companies", "Lead Database", "Assets".
 *
 * @module
 */
import { isRecord, ownMember, type UnknownRecord } from '../ground/json.js'
import type { Path } from '../ground/path.js'
import { malformed, type Problem } from '../ground/problem.js'
import { anyText, aRecord, member, orNull, type Reader, requiredMember, warnOfUnknownKeys } from '../ground/reading.js'
import { isNonEmpty, type Remarked, remarked } from '../ground/these.js'
import type { Collection, PagedReads } from './collection.js'
import { collections } from './collections.js'
import { columns } from './define-columns.js'
import { identifier, ifWhole, isSound } from './define-readers.js'
import { pagedReads, readsIn } from './define-reads.js'

const finishedMembers = ['name', 'says', 'reads', 'otherwise', 'columns'] as const
const givenMembers = ['name', 'says', 'path', 'query', 'paging', 'parent', 'updated', 'columns'] as const

const isFinished = (record: UnknownRecord): boolean => ownMember(record, 'reads') !== undefined

/** Where a collection names its parent. @internal */
export const parentPlace = (u: unknown, at: Path): Path =>
  isRecord(u) && isFinished(u) ? [...at, 'reads', 'parent'] : [...at, 'parent']

const newName: Reader<string> = (u, at, problems) => {
  const name = identifier(u, at, problems)
  if (collections.some((collection) => collection.name === name))
    problems.push(malformed('invalid', at, 'the name of a collection that is there', 'choose another'))
  return name
}

type Ways = Pick<Collection, 'otherwise'> & { readonly reads: PagedReads }

/** Both ways go through the same parents: the sync changes from one to the other in the middle. */
const checkWays = ({ reads, otherwise }: Ways, at: Path, problems: Array<Problem>): void => {
  if (otherwise !== null && otherwise.parent !== reads.parent)
    problems.push(malformed('invalid', [...at, 'otherwise', 'parent'], 'another parent', 'name that of `reads`'))
}

const finishedWays = (record: UnknownRecord, at: Path, problems: Array<Problem>): Ways | undefined => {
  warnOfUnknownKeys(record, at, finishedMembers, problems)
  const reads = member(record, at, ['reads'], pagedReads, undefined, problems)
  const otherwise = member(record, at, ['otherwise'], orNull(pagedReads), null, problems)
  const ways = ifWhole({ reads, otherwise })
  if (ways !== undefined) checkWays(ways, at, problems)
  return ways
}

const givenWays = (record: UnknownRecord, at: Path, problems: Array<Problem>): Ways | undefined => {
  warnOfUnknownKeys(record, at, givenMembers, problems)
  const reads = readsIn(record, at, 'paging', problems)
  return reads === undefined ? undefined : { reads, otherwise: null }
}

/** A collection of the caller's own, as people write it or finished. @internal */
export const definedCollection: Reader<Collection> = (u, at, problems) => {
  const record = aRecord(u, at, problems)
  if (record === undefined) return undefined
  const name = requiredMember(record, at, ['name'], newName, 'name the table', problems)
  const says = member(record, at, ['says'], anyText, '', problems)
  const ways = (isFinished(record) ? finishedWays : givenWays)(record, at, problems)
  const read = requiredMember(record, at, ['columns'], columns, 'name the columns, `id` first', problems)
  return ways === undefined ? undefined : ifWhole({ name, says, ...ways, columns: read })
}

const unread = malformed('invalid', [], 'something that could not be read', 'send plain JSON')

/**
 * A collection of the caller's own, checked and completed; any mistake but a warning refuses the whole, and all of them are told. A column is its
 * name, or a name, a `type` (`any` where none is said), where it comes `from` (the member of its name), and what it `says`. A column that is
 * called like the parent with `_id` behind holds the id that was asked with, where the record does not say. What comes out may be given again.
 *
 * @example
 * import { defineCollection } from 'segment-marketo/source'
 *
 * const companies = defineCollection({
 *   name: 'companies',
 *   path: '/rest/v1/companies.json',
 *   paging: 'token',
 *   query: { filterType: 'company', filterValues: 'Acme', fields: 'id,company,updatedAt' },
 *   columns: ['id', { name: 'company', type: 'text' }, { name: 'updated_at', type: 'time', from: 'updatedAt' }]
 * })
 * companies._tag === 'Right' && companies.right.columns[2]
 * // => { name: 'updated_at', type: 'time', from: [['updatedAt']], says: '' }
 * @category collections
 * @since 0.1.0
 */
export const defineCollection = (u: unknown): Remarked<Collection> => {
  const problems: Array<Problem> = []
  try {
    const collection = definedCollection(u, [], problems)
    if (collection !== undefined && isSound(problems)) return remarked(collection, problems)
  } catch {
    problems.push(unread)
  }
  return { _tag: 'Left', left: isNonEmpty(problems) ? problems : [unread] }
}
