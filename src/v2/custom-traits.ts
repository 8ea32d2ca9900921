/**
 * Custom rows: traits, exactly so named, that go to lead fields of the customer's own.
 *
 * One walk over the traits that are there finds the values, those of the standard rows as well; near misses (another spelling, a value
 * inside `address`, a dotted name that would be a path) are said as warnings, because an exact name that never matches loses data in
 * silence.
 *
 * Source: Segment "Marketo v2 Destination", Traits: names are case-sensitive, custom address traits belong to the top level.
 *
 * @module
 */
import { isRecord, ownMember, type UnknownRecord } from '../ground/json.js'
import type { Path } from '../ground/path.js'
import { type Problem, unknownName } from '../ground/problem.js'
import { finish, keep } from '../segment/pick.js'
import { beginStandardTraits, inTraits, position, type StandardTraits } from '../segment/standard-traits.js'
import type { Compiled, CompiledCustomRow, TraitPlaces } from './compile.js'
import { type Draft, put } from './draft.js'

/** The values of the custom rows' traits by position of their names; undefined for those that are absent. */
export type CustomValues = ReadonlyArray<unknown>

const own = Object.prototype.hasOwnProperty

/** A value inside nested objects, by own members only. */
export const atParts = (record: UnknownRecord, parts: ReadonlyArray<string>): unknown => {
  let now: unknown = record
  for (const part of parts) {
    if (!isRecord(now)) return undefined
    now = ownMember(now, part)
  }
  return now
}

/** What the traits of a call hold: for the standard rows, and for the custom ones. */
export interface Traits {
  readonly standard: StandardTraits
  readonly custom: CustomValues
}

/** One walk over the traits for all rows. */
export const readTraits = (compiled: Compiled, traits: UnknownRecord, problems: Array<Problem>): Traits => {
  const { names, spelling } = compiled
  const picking = beginStandardTraits(inTraits)
  const custom: Array<unknown> = compiled.blankValues.slice()
  let misses: Array<string> | undefined
  for (const key of Object.keys(traits)) {
    const spelled = spelling(key)
    if (spelled.standard >= 0) keep(picking, spelled.standard, key, traits[key])
    if (spelled.custom < 0) continue
    if (key === names[spelled.custom]) custom[spelled.custom] = traits[key]
    else (misses ??= []).push(key)
  }
  const standard = finish(picking)
  const address = standard.values[position.address]
  for (const row of compiled.custom) {
    if (custom[row.name] !== undefined) continue
    if (row.parts !== null) custom[row.name] = atParts(traits, row.parts)
    if (custom[row.name] === undefined && row.isFirst) hint(row, traits, address, problems)
  }
  if (misses !== undefined) hintAtSpelling(compiled, standard, custom, misses, problems)
  return { standard, custom }
}

const hint = (row: CompiledCustomRow, traits: UnknownRecord, address: unknown, problems: Array<Problem>): void => {
  if (isRecord(address) && ownMember(address, row.trait) !== undefined) {
    problems.push(
      unknownName(
        'warning',
        ['traits', 'address', row.trait],
        null,
        'a custom address trait must stand at the top level of traits'
      )
    )
  } else if (row.pathless !== null && atParts(traits, row.pathless) !== undefined)
    problems.push(unknownName('warning', row.nested, null, 'flatten the event first, or turn pathLookup on'))
}

const hintAtSpelling = (
  compiled: Compiled,
  standard: StandardTraits,
  values: CustomValues,
  misses: ReadonlyArray<string>,
  problems: Array<Problem>
): void => {
  for (const key of [...misses].sort()) {
    const at = compiled.spelling(key).custom
    // What a standard row has read needs no hint.
    if (values[at] !== undefined || standard.keys.includes(key)) continue
    const name = compiled.names[at] ?? null
    problems.push(
      unknownName('warning', ['traits', key], name, 'mapped names are exact: spell the trait as the mapping does')
    )
  }
}

/** A custom row's value: under its exact name, else where the parts of that name lead. */
export const valueOfTrait = ({ trait, parts }: TraitPlaces, traits: UnknownRecord): unknown => {
  const exact = ownMember(traits, trait)
  return exact !== undefined || parts === null ? exact : atParts(traits, parts)
}

/** Where that value stands, if there is one. */
export const placeOfTrait = ({ trait, at, parts, nested }: TraitPlaces, traits: UnknownRecord): Path =>
  parts === null || ownMember(traits, trait) !== undefined ? at : nested

/** Writes the custom rows' values into the draft; a default fills a field that nothing else has. */
export const putCustomTraits = (
  compiled: Compiled,
  values: CustomValues,
  traits: UnknownRecord,
  draft: Draft
): void => {
  for (const row of compiled.custom) {
    if (row === compiled.customEmail) continue
    const value = values[row.name]
    if (value !== undefined) put(draft, row, value, placeOfTrait(row, traits))
    const isAbsent = value === undefined || value === ''
    if (isAbsent && row.fallback !== null && !own.call(draft.fields, row.field))
      put(draft, row, row.fallback, row.at, 'default')
  }
}

/** Whether the custom row that claims a standard row's field has a value of its own, and so wins; `contested` as that row has it. */
export const isOverruled = (compiled: Compiled, contested: number, values: CustomValues): boolean => {
  const value = values[contested]
  return value !== undefined && value !== '' && (value !== null || compiled.settings.clearOnNull)
}
