/**
 * What the members of a defined collection may hold.
 *
 *     name     companies                                  as a table of a warehouse is called
 *     path     /rest/v1/companies.json                    text, or a list of decoded parts; `{id}` is the parent's
 *     query    { fields: 'id,company' }                   an object, or a list of pairs
 *     from     updatedAt, [['folder', 'value'], 'url']    a member, or the places that are asked one after the other
 *
 * @module
 */
import { isRecord, kindOf, ownMember } from '../ground/json.js'
import { malformed, type Problem } from '../ground/problem.js'
import { type Reader, reading } from '../ground/reading.js'
import { unfitPart } from '../ground/uri.js'
import type { Pairs } from '../intent/descriptor.js'
import { cellReaders } from './cells.js'
import type { ColumnType } from './collection.js'

type Whole<A> = { readonly [K in keyof A]: Exclude<A[K], undefined> }

const isWhole = <A extends object>(parts: A): parts is A & Whole<A> =>
  Object.values(parts).every((part) => part !== undefined)

/** What was read part by part; undefined where a part did not read, of which it is said already why. @internal */
export const ifWhole = <A extends object>(parts: A): Whole<A> | undefined => (isWhole(parts) ? parts : undefined)

/** A list that is short enough to go through, each member by its reader; those that do not read are left out and told. @internal */
export const shortList =
  <A>(item: Reader<A>, most: number, expected: string): Reader<ReadonlyArray<A>> =>
  (u, at, problems) => {
    const length = Array.isArray(u) ? u.length : Number.POSITIVE_INFINITY
    if (!Array.isArray(u) || length > most) {
      problems.push(malformed('invalid', at, kindOf(u), `expected ${expected}, of ${most} at most`))
      return undefined
    }
    const items: Array<A> = []
    for (let i = 0; i < length; i += 1) {
      const read = item(u[i], [...at, i], problems)
      if (read !== undefined) items.push(read)
    }
    return items
  }

const isColumnType = (word: string): word is ColumnType => Object.keys(cellReaders).includes(word)

/** The kinds of column. @internal */
export const columnTypes: ReadonlyArray<ColumnType> = Object.keys(cellReaders).filter(isColumnType)

const identifierShape = /^[a-z][a-z0-9_]{0,62}$/

/** A name of a table or a column. Lower case alone: most warehouses make no difference. @internal */
export const identifier: Reader<string> = reading(
  (u): u is string => typeof u === 'string' && identifierShape.test(u),
  'lower-case letters, digits and _, a letter first, 63 at most'
)

const memberName: Reader<string> = reading(
  (u): u is string => typeof u === 'string' && u !== '',
  'the name of a member, as Marketo spells it'
)

const nested: Reader<ReadonlyArray<string>> = shortList(memberName, 20, 'the names of members, from the outside in')

/** Where a value stands: a member, or one inside another. @internal */
export const place: Reader<ReadonlyArray<string>> = (u, at, problems) => {
  if (Array.isArray(u)) return nested(u, at, problems)
  const name = memberName(u, at, problems)
  return name === undefined ? undefined : [name]
}

const placeList = shortList(place, 20, 'places')

/** Where a value may stand. @internal */
export const places: Reader<ReadonlyArray<ReadonlyArray<string>>> = (u, at, problems) => {
  if (Array.isArray(u)) return placeList(u, at, problems)
  const one = place(u, at, problems)
  return one === undefined ? undefined : [one]
}

const partsOf = (u: unknown): unknown => (typeof u === 'string' ? (u.startsWith('/') ? u.slice(1) : u).split('/') : u)

const mendPart = 'a part of a path is decoded text between two slashes; a query stands in `query`'

const part: Reader<string> = (u, at, problems) => {
  const unfit = typeof u === 'string' ? unfitPart(u) : kindOf(u)
  if (typeof u === 'string' && unfit === undefined && !/[/?]/.test(u)) return u
  problems.push(malformed('invalid', at, unfit ?? 'text with a slash or a ?', mendPart))
  return undefined
}

const parts = shortList(part, 20, 'a path such as /rest/v1/companies.json')

/** The path of a call, which begins with `rest`: the token of the instance goes nowhere else. @internal */
export const restPath: Reader<ReadonlyArray<string>> = (u, at, problems) => {
  const given = partsOf(u)
  const read = parts(given, at, problems)
  const isWhole = Array.isArray(given) && read?.length === given.length
  if (!isWhole || (read?.[0] === 'rest' && read.length > 1)) return read
  problems.push(malformed('invalid', at, 'another path', 'what is read here begins with /rest'))
  return undefined
}

/** What the walk adds by itself, and what never stands in a URL. */
const ours: ReadonlyArray<string> = ['nextPageToken', 'batchSize', 'offset', 'maxReturn', 'access_token']

const mendOurs = 'take it out: pages and tokens are not yours to name'

const pair: Reader<readonly [name: string, value: string]> = (u, at, problems) => {
  const two: ReadonlyArray<unknown> = Array.isArray(u) && u.length === 2 ? u : []
  const [name, value] = [two[0], two[1]]
  const text = Number.isFinite(value) ? String(value) : value
  if (typeof name !== 'string' || name === '' || typeof text !== 'string') {
    problems.push(malformed('invalid', at, kindOf(value), 'expected a name, and text'))
    return undefined
  }
  if (!ours.includes(name)) return [name, text]
  problems.push(malformed('invalid', at, 'what is added by itself', mendOurs))
  return undefined
}

const pairsOf = (u: unknown): unknown => (isRecord(u) ? Object.keys(u).map((name) => [name, ownMember(u, name)]) : u)

const pairs = shortList(pair, 100, 'an object of text, or a list of pairs')

/** The query of a call. @internal */
export const restQuery: Reader<Pairs> = (u, at, problems) => pairs(pairsOf(u), at, problems)

/** Whether nothing was lost but by warning. @internal */
export const isSound = (problems: ReadonlyArray<Problem>): boolean =>
  problems.every(({ weight }) => weight === 'warning')
