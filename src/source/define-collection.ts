/**
 * Collections of the caller's own: anything else that Marketo lists, read and stored like the twelve.
 *
 *     { name: 'companies', path: '/rest/v1/companies.json', paging: 'token',
 *       query: { filterType: 'company', filterValues: 'Acme', fields: 'id,company,updatedAt' },
 *       columns: ['id', { name: 'company', type: 'text' }, { name: 'updated_at', type: 'time', from: 'updatedAt' }] }
 *
 * What Marketo pages by is no part of the query, and neither is a token: the walk adds the one, whoever sends the other.
 *
 * Sources: Segment "Marketo Source", Can I get other collections; Adobe "Companies", "Lead Database", "Assets".
 *
 * @module
 */
import type { UnknownRecord } from '../ground/json.js'
import { conflict, malformed, missing, type Problem } from '../ground/problem.js'
import {
  aBoolean,
  anyText,
  aRecord,
  member,
  oneOf,
  orNull,
  type Reader,
  requiredMember,
  warnOfUnknownKeys
} from '../ground/reading.js'
import { isNonEmpty, type Remarked, remarked } from '../ground/these.js'
import { cellReaders } from './cells.js'
import type { Collection, Column, ColumnType, PagedReads } from './collection.js'
import { collections } from './collections.js'
import { identifier, isSound, places, restPath, restQuery, shortList, twins } from './define-readers.js'

const memberNames = ['name', 'says', 'path', 'query', 'paging', 'parent', 'updated', 'columns'] as const
const columnMembers = ['name', 'type', 'from', 'says'] as const

const isColumnType = (word: string): word is ColumnType => Object.keys(cellReaders).includes(word)
const columnTypes = Object.keys(cellReaders).filter(isColumnType)

const column: Reader<Column> = (u, at, problems) => {
  const record = typeof u === 'string' ? { name: u } : aRecord(u, at, problems)
  if (record === undefined) return undefined
  warnOfUnknownKeys(record, at, columnMembers, problems)
  const name = requiredMember(record, at, ['name'], identifier, 'name the column', problems)
  if (name === undefined) return undefined
  const usual = name === 'id' ? 'id' : 'any'
  const type = member(record, at, ['type'], oneOf(columnTypes), usual, problems) ?? usual
  const from = member(record, at, ['from'], places, [[name]], problems) ?? []
  return { name, type, from, says: member(record, at, ['says'], anyText, '', problems) ?? '' }
}

const checkColumns = (columns: ReadonlyArray<Column>, problems: Array<Problem>): void => {
  const [first] = columns
  if (first?.name !== 'id' || first.type !== 'id')
    problems.push(malformed('invalid', ['columns', 0], 'another column', 'the first column is `id`, of type `id`'))
  for (const [second, before] of twins(columns.map(({ name }) => name)))
    problems.push(conflict('invalid', ['columns', second], ['columns', before], 'keep one of them'))
}

const readColumns = (record: UnknownRecord, problems: Array<Problem>): ReadonlyArray<Column> => {
  const list = shortList(column, 'a list of columns')
  const columns = requiredMember(record, [], ['columns'], list, 'name the columns, `id` first', problems) ?? []
  // With a column missing that did not read, the others' places would be told wrongly.
  if (isSound(problems)) checkColumns(columns, problems)
  return columns
}

/** A path names its parent's id exactly where there is a parent. */
const checkParent = (path: ReadonlyArray<string>, parent: string | null, problems: Array<Problem>): void => {
  const holes = path.filter((part) => part === '{id}').length
  if (parent === null && holes > 0)
    problems.push(missing('invalid', ['parent'], 'the path says {id}: name the collection whose ids go there'))
  if (parent !== null && holes !== 1)
    problems.push(malformed('invalid', ['path'], 'no place for the id of the parent', 'say {id} once where it goes'))
}

const readReads = (record: UnknownRecord, problems: Array<Problem>): PagedReads => {
  const path = requiredMember(
    record,
    [],
    ['path'],
    restPath,
    'name the path, such as /rest/v1/companies.json',
    problems
  )
  const paging = oneOf(['token', 'offset', 'once'] as const)
  const parent = member(record, [], ['parent'], orNull(identifier), null, problems) ?? null
  if (path !== undefined) checkParent(path, parent, problems)
  return {
    by:
      requiredMember(record, [], ['paging'], paging, 'say how it is paged: token, offset or once', problems) ?? 'once',
    endpoint: 'getCollection',
    path: path ?? [],
    query: member(record, [], ['query'], restQuery, [], problems) ?? [],
    parent,
    updated: member(record, [], ['updated'], aBoolean, false, problems) ?? false
  }
}

const readName = (record: UnknownRecord, problems: Array<Problem>): string => {
  const name = requiredMember(record, [], ['name'], identifier, 'name the table', problems) ?? ''
  if (collections.some((collection) => collection.name === name))
    problems.push(malformed('invalid', ['name'], 'the name of a collection that is there', 'choose another'))
  return name
}

const readCollection = (u: unknown, problems: Array<Problem>): Collection | undefined => {
  const record = aRecord(u, [], problems)
  if (record === undefined) return undefined
  warnOfUnknownKeys(record, [], memberNames, problems)
  return {
    name: readName(record, problems),
    says: member(record, [], ['says'], anyText, '', problems) ?? '',
    reads: readReads(record, problems),
    otherwise: null,
    columns: readColumns(record, problems)
  }
}

/**
 * A collection of the caller's own, checked and completed; any mistake but a warning refuses the whole, and all of them are told. A column is its
 * name, or a name, a `type` (`any` where none is said), where it comes `from` (the member of its name), and what it `says`. A column that is
 * called like the parent with `_id` behind holds the id that was asked with, where the record does not say.
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
    const collection = readCollection(u, problems)
    if (collection !== undefined && isSound(problems)) return remarked(collection, problems)
  } catch {
    problems.push(malformed('invalid', [], 'something that could not be read', 'send plain JSON'))
  }
  const unsaid = malformed('invalid', [], 'no collection', 'send plain JSON')
  return { _tag: 'Left', left: isNonEmpty(problems) ? problems : [unsaid] }
}
