/**
 * The settings of a function as settings of the v2 contract, and the client's credentials apart from them.
 *
 *     munchkinId, clientId, clientSecret     text
 *     traits     text map   plan → planName            or  seats → seats integer
 *     events     text map   Demo Booked → {"activityTypeId":100001,"attributes":[…]}
 *     options    text map   anonymousActivity → true       any other setting of the contract
 *
 * Each map may also be one text that holds JSON: an object like the map, or the list that the contract's settings have. Any other setting
 * of the function that bears a name of the contract's is read as one of the options.
 *
 * Source: Segment "Destination Functions", Settings and secrets.
 *
 * @module
 */
import type * as E from 'fp-ts/Either'
import { isRecord, kindOf, ownMember, type UnknownRecord } from '../../ground/json.js'
import { describeProblem, malformed, missing, type Problem, unreadable } from '../../ground/problem.js'
import { decodeSettings } from '../../v2/decode-settings.js'
import type { Settings } from '../../v2/settings.js'
import type { ClientCredentials } from '../fetch/send-call.js'
import { jsonOf, parsedJson } from './json-of.js'

/** What a function's settings say. @internal */
export interface FunctionSettings {
  readonly settings: Settings
  readonly credentials: ClientCredentials
}

const isBlank = (u: unknown): boolean => u === undefined || u === null || (typeof u === 'string' && u.trim() === '')

type Entry = readonly [name: string, value: unknown]

const entriesOf = (record: UnknownRecord): ReadonlyArray<Entry> =>
  Object.keys(record)
    .map((name): Entry => [name, ownMember(record, name)])
    .filter(([, value]) => !isBlank(value))

/** More rows than anybody types in. */
const mostRows = 10_000

/** A map, or the list in its place. */
const mapOrList = (
  u: unknown,
  name: string,
  problems: Array<Problem>
): ReadonlyArray<Entry> | ReadonlyArray<unknown> => {
  if (isBlank(u)) return []
  const value = typeof u === 'string' ? parsedJson(u) : u
  if (Array.isArray(value)) return Array.from(value.slice(0, mostRows), jsonOf)
  if (isRecord(value)) return entriesOf(value)
  problems.push(malformed('invalid', [name], kindOf(u), 'give a text map, or JSON: a list of rows or an object'))
  return []
}

const rowsOf = (
  settings: UnknownRecord,
  name: string,
  row: (entry: Entry, problems: Array<Problem>) => unknown,
  problems: Array<Problem>
): ReadonlyArray<unknown> => {
  const u = ownMember(settings, name)
  const isList = Array.isArray(typeof u === 'string' ? parsedJson(u) : u)
  const members = mapOrList(u, name, problems)
  return isList ? members : members.map((member) => (isEntry(member) ? row(member, problems) : member))
}

const isEntry = (u: unknown): u is Entry => Array.isArray(u) && u.length === 2 && typeof u[0] === 'string'

const traitRow = ([trait, value]: Entry): unknown => {
  const given = jsonOf(value)
  if (isRecord(given)) return { trait, ...given }
  if (typeof given !== 'string') return { trait, field: given }
  const [field, type] = given.trim().split(/\s+/)
  return type === undefined ? { trait, field } : { trait, field, type }
}

const mendEvent = 'give {"activityTypeId":100001,"attributes":[{"property":"…","attribute":"…","primary":true}]}'

const eventRow = ([event, value]: Entry, problems: Array<Problem>): unknown => {
  const given = jsonOf(value)
  if (isRecord(given)) return { event, ...given }
  problems.push(malformed('invalid', ['events', event], `${kindOf(given)} that holds no JSON object`, mendEvent))
  return { event }
}

const credential = (settings: UnknownRecord, name: 'clientId' | 'clientSecret', problems: Array<Problem>): string => {
  const given = ownMember(settings, name)
  if (typeof given === 'string' && given.trim() !== '') return given.trim()
  problems.push(missing('invalid', [name], 'copy it from Marketo: Admin, LaunchPoint, View Details'))
  return ''
}

const noRecipes: Problem = malformed(
  'invalid',
  ['recipes'],
  'recipes',
  'this file maps by the v2 contract alone, to stay small enough to paste: leave them out'
)

/** Names that are read here; all others are options of the contract. */
const ownNames: ReadonlyArray<string> = ['clientId', 'clientSecret', 'traits', 'events', 'options', 'recipes']

const optionsIn = (settings: UnknownRecord, problems: Array<Problem>): UnknownRecord => {
  const given = rowsOf(settings, 'options', (entry) => entry, problems).filter(isEntry)
  const direct = entriesOf(settings).filter(([name]) => !ownNames.includes(name))
  return Object.fromEntries([...given, ...direct].map(([name, value]) => [name, jsonOf(value)]))
}

const contractOf = (given: UnknownRecord, problems: Array<Problem>): Settings | undefined => {
  if (!isBlank(ownMember(given, 'recipes'))) problems.push(noRecipes)
  const traits = rowsOf(given, 'traits', traitRow, problems)
  const events = rowsOf(given, 'events', eventRow, problems)
  const decoded = decodeSettings({ ...optionsIn(given, problems), traits, events })
  if (decoded._tag !== 'Left') return decoded.right
  problems.push(...decoded.left)
  return undefined
}

const withCredentials = (given: UnknownRecord, problems: Array<Problem>): FunctionSettings | undefined => {
  const credentials = {
    clientId: credential(given, 'clientId', problems),
    clientSecret: credential(given, 'clientSecret', problems)
  }
  const settings = contractOf(given, problems)
  return settings === undefined ? undefined : { settings, credentials }
}

/** What keeps settings from use; a remark does not. */
const faultsIn = (problems: ReadonlyArray<Problem>): ReadonlyArray<Problem> =>
  problems.filter(({ weight }) => weight === 'invalid')

const mostTold = 5

/** What `read` makes of settings, or what is wrong with them, in one text that names no value. */
const reading =
  <A>(read: (given: UnknownRecord, problems: Array<Problem>) => A | undefined) =>
  (u: unknown): E.Either<string, A> => {
    const problems: Array<Problem> = []
    try {
      const settings = read(isRecord(u) ? u : {}, problems)
      if (settings !== undefined && problems.length === 0) return { _tag: 'Right', right: settings }
    } catch {
      problems.push(unreadable('invalid', [], 'send plain settings'))
    }
    const told = faultsIn(problems).slice(0, mostTold).map(describeProblem)
    return { _tag: 'Left', left: `settings: ${told.join(' | ')}` }
  }

/** The settings of a function that calls Marketo. @internal */
export const readFunctionSettings = /* @__PURE__ */ reading(withCredentials)

/** The settings of a function that only looks at events. @internal */
export const readContract = /* @__PURE__ */ reading(contractOf)
