/**
 * Reads a collection of the caller's own, and says each mistake with its place.
 *
 *     { name: 'companies', reads: { by: 'token', path: ['rest', 'v1', 'companies.json'] }, columns: [{ name: 'id', … }, …] }
 *
 * @module
 */
import type { Path } from '../ground/path.js'
import { conflict, malformed, missing, type Problem, type Weight } from '../ground/problem.js'
import {
  aBoolean,
  anyText,
  aRecord,
  listOf,
  member,
  nonBlank,
  oneOf,
  orNull,
  type Reader,
  reading,
  requiredMember,
  warnOfUnknownKeys
} from '../ground/reading.js'
import { unfitPart } from '../ground/uri.js'
import type { Collection, Column, ColumnType, PagedReads } from './collection.js'

const words = ['id', 'text', 'time', 'date', 'boolean', 'integer', 'number', 'any'] as const

/** A kind of column. @internal */
export const columnType: Reader<ColumnType> = oneOf<ColumnType>(words)

/** A name that every warehouse takes, of a schema, a table or a column. @internal */
export const identifier: Reader<string> = reading(
  (u): u is string => typeof u === 'string' && /^[A-Za-z_][A-Za-z0-9_]{0,62}$/.test(u),
  'a name of letters, digits and _, no digit first, of at most 63 characters'
)

/** Says which keys stand a second time, and where the first of each is. @internal */
export const pushTwins = (
  weight: Weight,
  keys: ReadonlyArray<string | number>,
  at: (i: number) => Path,
  mend: string,
  problems: Array<Problem>
): void => {
  const first = new Map<string | number, number>()
  keys.forEach((key, i) => {
    const before = first.get(key)
    if (before === undefined) first.set(key, i)
    else problems.push(conflict(weight, at(i), at(before), mend))
  })
}

const place = listOf(nonBlank)

const lastly: Reader<Column['lastly'] & object> = (u, at, problems) => {
  const record = aRecord(u, at, problems)
  if (record === undefined) return undefined
  const from = requiredMember(record, at, ['from'], place, 'name the place of the value', problems)
  const when = requiredMember(record, at, ['when'], place, 'name the place that decides', problems)
  const is = requiredMember(record, at, ['is'], nonBlank, 'name the text that is to stand there', problems)
  return from === undefined || when === undefined || is === undefined ? undefined : { from, when, is }
}

const column: Reader<Column> = (u, at, problems) => {
  const record = aRecord(u, at, problems)
  if (record === undefined) return undefined
  warnOfUnknownKeys(record, at, ['name', 'type', 'from', 'says', 'lastly'], problems)
  const name = requiredMember(record, at, ['name'], identifier, 'name the column', problems)
  const type = requiredMember(record, at, ['type'], columnType, `name its kind: ${words.join(', ')}`, problems)
  const mendFrom = "name the places of its value in Marketo's record"
  const from = requiredMember(record, at, ['from'], listOf(place), mendFrom, problems)
  const says = member(record, at, ['says'], anyText, '', problems)
  const last = member(record, at, ['lastly'], lastly, undefined, problems)
  if (name === undefined || type === undefined || from === undefined || says === undefined) return undefined
  return { name, type, from, says, ...(last === undefined ? {} : { lastly: last }) }
}

/** Columns of which the first is the id and no two have one name, in whatever case: most warehouses make no difference. */
const columns: Reader<ReadonlyArray<Column>> = (u, at, problems) => {
  const read = listOf(column)(u, at, problems)
  if (read === undefined) return undefined
  const [first] = read
  if (first?.name !== 'id' || first.type !== 'id')
    problems.push(missing('invalid', [...at, 0], 'let the first column be `id`, of type `id`'))
  const names = read.map(({ name }) => name.toLowerCase())
  pushTwins('invalid', names, (i) => [...at, i, 'name'], 'give it another name', problems)
  return read
}

const pathPart: Reader<string> = (u, at, problems) => {
  const part = nonBlank(u, at, problems)
  if (part === undefined || (unfitPart(part) === undefined && !/[/?]/.test(part))) return part
  problems.push(malformed('invalid', at, 'text that is no part of a path', 'give what stands between two slashes'))
  return undefined
}

/** The parts of a path of REST: the token of the instance goes nowhere else. */
const restPath: Reader<ReadonlyArray<string>> = (u, at, problems) => {
  const parts = listOf(pathPart)(u, at, problems)
  if (parts === undefined || parts[0] === 'rest') return parts
  problems.push(malformed('invalid', at, 'another path', 'expected one that begins with rest'))
  return undefined
}

/** What a walk adds to a query by itself, and what belongs in no address. */
const ours: ReadonlyArray<string> = ['nextPageToken', 'batchSize', 'offset', 'maxReturn', 'access_token']

const pair: Reader<readonly [string, string]> = (u, at, problems) => {
  const [name, value] = listOf(anyText)(u, at, problems) ?? []
  if (name !== undefined && value !== undefined && !ours.includes(name)) return [name, value]
  const found = value === undefined ? 'no pair' : 'what is added by itself'
  problems.push(malformed('invalid', at, found, 'expected a name and a value, none of pages or tokens'))
  return undefined
}

/** A walk from page to page. Whichever it is, the call is named as one of a collection. @internal */
export const pagedReads: Reader<PagedReads> = (u, at, problems) => {
  const record = aRecord(u, at, problems)
  if (record === undefined) return undefined
  warnOfUnknownKeys(record, at, ['by', 'endpoint', 'path', 'query', 'parent', 'updated'], problems)
  const ways = oneOf<PagedReads['by']>(['token', 'offset', 'once'])
  const by = requiredMember(record, at, ['by'], ways, 'say how pages follow: token, offset or once', problems)
  const path = requiredMember(record, at, ['path'], restPath, 'give the path, part by part', problems)
  const query = member(record, at, ['query'], listOf(pair), [], problems)
  const parent = member(record, at, ['parent'], orNull(nonBlank), null, problems)
  const updated = member(record, at, ['updated'], aBoolean, false, problems)
  if (by === undefined || path === undefined || query === undefined) return undefined
  if (parent === undefined || updated === undefined) return undefined
  if (path.filter((part) => part === '{id}').length !== (parent === null ? 0 : 1))
    problems.push(malformed('invalid', [...at, 'path'], 'a path', 'it says {id} once if there is a parent, else never'))
  return { by, endpoint: 'getCollection', path, query, parent, updated }
}

/** A collection of the caller's own. @internal */
export const definedCollection: Reader<Collection> = (u, at, problems) => {
  const record = aRecord(u, at, problems)
  if (record === undefined) return undefined
  warnOfUnknownKeys(record, at, ['name', 'says', 'reads', 'otherwise', 'columns'], problems)
  const name = requiredMember(record, at, ['name'], identifier, 'name the collection', problems)
  const says = member(record, at, ['says'], anyText, '', problems)
  const reads = requiredMember(record, at, ['reads'], pagedReads, 'say how it is read', problems)
  const otherwise = member(record, at, ['otherwise'], orNull(pagedReads), null, problems)
  const read = requiredMember(record, at, ['columns'], columns, 'list its columns', problems)
  if (name === undefined || says === undefined || reads === undefined) return undefined
  return otherwise === undefined || read === undefined ? undefined : { name, says, reads, otherwise, columns: read }
}
