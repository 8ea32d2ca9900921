/**
 * The columns of a defined collection.
 *
 *     'company'                                                  { name: 'company', type: 'any', from: [['company']], says: '' }
 *     { name: 'updated_at', type: 'time', from: 'updatedAt' }    { …, from: [['updatedAt']], says: '' }
 *
 * A column that was read is read again as it is.
 *
 * @module
 */
import { malformed } from '../ground/problem.js'
import {
  anyText,
  aRecord,
  member,
  nonBlank,
  oneOf,
  type Reader,
  requiredMember,
  warnOfUnknownKeys
} from '../ground/reading.js'
import { pushTwins } from '../ground/twins.js'
import type { Column, ColumnType } from './collection.js'
import { columnTypes, identifier, ifWhole, place, places, shortList } from './define-readers.js'

/** A kind of column. @internal */
export const columnType: Reader<ColumnType> = oneOf(columnTypes)

const lastly: Reader<NonNullable<Column['lastly']>> = (u, at, problems) => {
  const record = aRecord(u, at, problems)
  if (record === undefined) return undefined
  warnOfUnknownKeys(record, at, ['from', 'when', 'is'], problems)
  const from = requiredMember(record, at, ['from'], place, 'name the place of the value', problems)
  const when = requiredMember(record, at, ['when'], place, 'name the place that decides', problems)
  const is = requiredMember(record, at, ['is'], nonBlank, 'name the text that is to stand there', problems)
  return ifWhole({ from, when, is })
}

const column: Reader<Column> = (u, at, problems) => {
  const record = typeof u === 'string' ? { name: u } : aRecord(u, at, problems)
  if (record === undefined) return undefined
  warnOfUnknownKeys(record, at, ['name', 'type', 'from', 'says', 'lastly'], problems)
  const name = requiredMember(record, at, ['name'], identifier, 'name the column', problems)
  const type = member(record, at, ['type'], columnType, name === 'id' ? 'id' : 'any', problems)
  const from = member(record, at, ['from'], places, [[name ?? '']], problems)
  const says = member(record, at, ['says'], anyText, '', problems)
  const last = member(record, at, ['lastly'], lastly, undefined, problems)
  const read = ifWhole({ name, type, from, says })
  return read === undefined || last === undefined ? read : { ...read, lastly: last }
}

const list = shortList(column, 1_000, 'a list of columns')

/** Columns of which the first is the id and no two have one name. @internal */
export const columns: Reader<ReadonlyArray<Column>> = (u, at, problems) => {
  const read = list(u, at, problems)
  // With a column missing that did not read, the others' places would be told wrongly.
  if (read === undefined || !Array.isArray(u) || read.length < u.length) return read
  const [first] = read
  if (first?.name !== 'id' || first.type !== 'id')
    problems.push(malformed('invalid', [...at, 0], 'another column', 'the first column is `id`, of type `id`'))
  const names = read.map(({ name }) => name)
  pushTwins('invalid', names, (i) => [...at, i], 'keep one of them', problems)
  return read
}
