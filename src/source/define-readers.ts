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
import type { Reader } from '../ground/reading.js'
import { unfitPart } from '../ground/uri.js'
import type { Pairs } from '../intent/descriptor.js'

/** More members than any list of a definition needs: one that says it has billions is not gone through. */
const most = 1_000

/** A list that is short enough to go through, each member by its reader; those that do not read are left out and told. @internal */
export const shortList =
  <A>(item: Reader<A>, expected: string): Reader<ReadonlyArray<A>> =>
  (u, at, problems) => {
    if (!Array.isArray(u) || u.length > most) {
      problems.push(malformed('invalid', at, kindOf(u), `expected ${expected}`))
      return undefined
    }
    const items: Array<A> = []
    const length = Math.min(u.length, most)
    for (let i = 0; i < length; i += 1) {
      const read = item(u[i], [...at, i], problems)
      if (read !== undefined) items.push(read)
    }
    return items
  }

const longestName = 100
const identifierShape = /^[a-z][a-z0-9_]*$/

/** A name of a table or a column: lower-case letters, digits and `_`, a letter first. @internal */
export const identifier: Reader<string> = (u, at, problems) => {
  if (typeof u === 'string' && u.length <= longestName && identifierShape.test(u)) return u
  const mend = `expected lower-case letters, digits and _, a letter first, ${longestName} at most`
  problems.push(malformed('invalid', at, kindOf(u), mend))
  return undefined
}

const member: Reader<string> = (u, at, problems) => {
  if (typeof u === 'string' && u !== '') return u
  problems.push(malformed('invalid', at, kindOf(u), 'expected the name of a member, as Marketo spells it'))
  return undefined
}

const place: Reader<ReadonlyArray<string>> = (u, at, problems) => {
  if (Array.isArray(u)) return shortList(member, 'the names of members, from the outside in')(u, at, problems)
  const name = member(u, at, problems)
  return name === undefined ? undefined : [name]
}

/** Where a value may stand. @internal */
export const places: Reader<ReadonlyArray<ReadonlyArray<string>>> = (u, at, problems) => {
  if (Array.isArray(u)) return shortList(place, 'places')(u, at, problems)
  const one = place(u, at, problems)
  return one === undefined ? undefined : [one]
}

const partsOf = (u: unknown): unknown => (typeof u === 'string' ? (u.startsWith('/') ? u.slice(1) : u).split('/') : u)

const part: Reader<string> = (u, at, problems) => {
  const unfit = typeof u === 'string' ? unfitPart(u) : kindOf(u)
  if (typeof u === 'string' && unfit === undefined && !u.includes('?')) return u
  problems.push(
    malformed('invalid', at, unfit ?? 'text with a ?', 'a part of a path is decoded text; a query stands in `query`')
  )
  return undefined
}

/** The path of a call, which begins with `rest`. @internal */
export const restPath: Reader<ReadonlyArray<string>> = (u, at, problems) => {
  const parts = shortList(part, 'a path such as /rest/v1/companies.json')(partsOf(u), at, problems)
  if (parts === undefined || (parts[0] === 'rest' && parts.length > 1)) return parts
  problems.push(malformed('invalid', at, 'another path', 'what is read here begins with /rest'))
  return undefined
}

/** What the walk adds by itself, and what never stands in a URL. */
const ours: ReadonlyArray<string> = ['nextPageToken', 'batchSize', 'offset', 'maxReturn', 'access_token']

const pair: Reader<readonly [name: string, value: string]> = (u, at, problems) => {
  const two: ReadonlyArray<unknown> = Array.isArray(u) && u.length === 2 ? u : []
  const [name, value] = [two[0], two[1]]
  const text = typeof value === 'number' ? String(value) : value
  if (typeof name !== 'string' || name === '' || typeof text !== 'string') {
    problems.push(malformed('invalid', at, kindOf(value), 'expected a name, and text'))
    return undefined
  }
  if (!ours.includes(name)) return [name, text]
  problems.push(
    malformed('invalid', at, 'what is added by itself', 'take it out: pages and tokens are not yours to name')
  )
  return undefined
}

const pairsOf = (u: unknown): unknown => (isRecord(u) ? Object.keys(u).map((name) => [name, ownMember(u, name)]) : u)

/** The query of a call. @internal */
export const restQuery: Reader<Pairs> = (u, at, problems) =>
  shortList(pair, 'an object of text, or a list of pairs')(pairsOf(u), at, problems)

/** Says which names are told twice. @internal */
export const twins = (list: ReadonlyArray<string>): ReadonlyArray<readonly [second: number, first: number]> => {
  const first = new Map<string, number>()
  const found: Array<readonly [number, number]> = []
  list.forEach((name, i) => {
    const before = first.get(name)
    if (before === undefined) first.set(name, i)
    else found.push([i, before])
  })
  return found
}

/** Whether nothing was lost but by warning. @internal */
export const isSound = (problems: ReadonlyArray<Problem>): boolean =>
  problems.every(({ weight }) => weight === 'warning')
