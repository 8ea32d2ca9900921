/**
 * Settings made ready: every row with its type and transforms, every name in a table. Once per settings, never per event.
 *
 * @module
 */
import type { Path } from '../ground/path.js'
import { remembering } from '../ground/remembering.js'
import { matchKeys, normalKey } from '../segment/key.js'
import { standardPosition } from '../segment/standard-traits.js'
import { type CompiledRow, compileRow } from './draft.js'
import { type FieldRow, groupAddressRows, groupRows, type StandardSource, standardRows } from './lead-rows.js'
import type { AttributeRow, Settings, TraitRow } from './settings.js'

/** A standard row made ready; `contested` is the position in the table of names of the trait whose row claims its field, or -1. */
export interface CompiledStandardRow extends CompiledRow {
  readonly contested: number
}

/** A custom row's trait, and the places where its value may stand. */
export interface TraitPlaces {
  readonly trait: string
  readonly at: Path
  /** The parts of a name that may be a path, or null. */
  readonly parts: ReadonlyArray<string> | null
  /** The parts of a name with dots that is none, or null: for a hint. */
  readonly pathless: ReadonlyArray<string> | null
  /** Where a value stands that was found by its parts. */
  readonly nested: Path
}

/** A custom row made ready; `name` is the position of its trait in the table of names. */
export interface CompiledCustomRow extends CompiledRow, TraitPlaces {
  readonly name: number
  /** Whether no earlier row has the same trait: a hint is given once. */
  readonly isFirst: boolean
}

/** An event row made ready. */
export interface CompiledEvent {
  readonly activityTypeId: number
  readonly primary: CompiledAttribute
  readonly attributes: ReadonlyArray<CompiledAttribute>
  readonly names: ReadonlyArray<string>
  readonly blankValues: ReadonlyArray<undefined>
  /** Key → the position of the property that it is, or else spells in another way, or -1. */
  readonly matchName: (key: string) => number
}

/** An attribute row made ready. */
export interface CompiledAttribute extends CompiledRow {
  readonly property: string
  /** The position of the property in the table of names. */
  readonly name: number
  readonly at: Path
  /** The parts of a name that may be a path, or null. */
  readonly parts: ReadonlyArray<string> | null
  /** The parts of a name with dots that is none, or null: for a hint. */
  readonly pathless: ReadonlyArray<string> | null
  /** Where a value stands that was found by its parts. */
  readonly nested: Path
  /** Whether no earlier row has the same property: a hint is given once. */
  readonly isFirst: boolean
}

/** What a trait's key spells: positions of the standard trait and of the custom row's name that it is, or spells in another way, or -1. */
export interface Spelling {
  readonly standard: number
  readonly custom: number
}

/** Settings made ready for one target: REST names for the server, SOAP names for the browser. */
export interface Compiled {
  readonly settings: Settings
  /** By source; absent where settings or target leave a row out. */
  readonly standard: Readonly<Partial<Record<StandardSource, CompiledStandardRow>>>
  readonly email: CompiledRow
  readonly custom: ReadonlyArray<CompiledCustomRow>
  /** Rows whose field has no name on this side: gender's, and custom ones. */
  readonly isGenderUnnamed: boolean
  readonly unnamed: ReadonlyArray<TraitPlaces>
  /** The custom row that claims the field `email`, or undefined. */
  readonly customEmail: CompiledCustomRow | undefined
  readonly names: ReadonlyArray<string>
  readonly blankValues: ReadonlyArray<undefined>
  /** Key → what it spells; remembered. */
  readonly spelling: (key: string) => Spelling
  readonly userId: CompiledRow
  readonly anonymousId: CompiledRow
  readonly events: ReadonlyMap<string, CompiledEvent>
  readonly group: ReadonlyArray<CompiledRow & { readonly trait: string }>
  readonly groupAddress: ReadonlyArray<CompiledRow & { readonly trait: string }>
}

/** A field's name for a target, or undefined when the field cannot go there. */
export type Naming = (rest: string) => string | undefined

/** Fields by their REST names, as Sync Leads wants them. */
export const restNames: Naming = (rest) => rest

/** A name taken apart at its dots, for a value or for a hint as settings allow. */
const nameParts = (name: string, { pathLookup }: Settings): Pick<CompiledCustomRow, 'parts' | 'pathless'> => {
  const parts = name.includes('.') ? name.split('.') : null
  return pathLookup ? { parts, pathless: null } : { parts: null, pathless: parts }
}

const standardField = (
  row: { readonly source: StandardSource; readonly field: string },
  settings: Settings
): string | null => {
  if (row.source === 'gender') return settings.genderField
  return row.source === 'company' && settings.companyFields === 'omit' ? null : row.field
}

const typedRow = (row: FieldRow, name: string, rule: string): CompiledRow =>
  compileRow(name, rule, row.type, row.length)

const compileStandard = (settings: Settings, naming: Naming, names: ReadonlyArray<string>): Compiled['standard'] => {
  const rows: Partial<Record<StandardSource, CompiledStandardRow>> = {}
  for (const row of standardRows) {
    const field = standardField(row, settings)
    if (field === null) continue
    const name = naming(field)
    if (name === undefined) continue
    const verbatim = row.source === 'birthday' && settings.birthday === 'verbatim'
    const rule = `standard trait ${row.trait}`
    const base = verbatim ? compileRow(name, rule, 'string', null) : typedRow(row, name, rule)
    const claimant = settings.traits.find((other) => other.field === field)
    rows[row.source] = { contested: claimant === undefined ? -1 : names.indexOf(claimant.trait), ...base }
  }
  return rows
}

const traitPlaces = ({ trait }: TraitRow, settings: Settings): TraitPlaces => ({
  trait,
  at: ['traits', trait],
  ...nameParts(trait, settings),
  nested: ['traits', ...trait.split('.')]
})

const compileCustom = (
  settings: Settings,
  nameOf: (rest: string) => string,
  names: ReadonlyArray<string>
): ReadonlyArray<CompiledCustomRow> =>
  settings.traits.map((row, i) => ({
    name: names.indexOf(row.trait),
    isFirst: settings.traits.findIndex((other) => other.trait === row.trait) === i,
    ...compileRow(nameOf(row.field), `custom row for ${row.trait}`, row.type, row.length, row.transforms, row.default),
    ...traitPlaces(row, settings)
  }))

const compileAttribute =
  (settings: Settings, event: string, names: ReadonlyArray<string>) =>
  (row: AttributeRow, i: number, rows: ReadonlyArray<AttributeRow>): CompiledAttribute => ({
    property: row.property,
    name: names.indexOf(row.property),
    at: ['properties', row.property],
    nested: ['properties', ...row.property.split('.')],
    isFirst: rows.findIndex((other) => other.property === row.property) === i,
    ...nameParts(row.property, settings),
    ...compileRow(row.attribute, `event row for ${event}: ${row.property}`, row.type, null, row.transforms, row.default)
  })

/** Rows in the order of their fields, of which no two are one, so that the order of a settings file changes nothing. */
const inFieldOrder = (rows: ReadonlyArray<TraitRow>): ReadonlyArray<TraitRow> =>
  [...rows].sort((a, b) => (a.field < b.field ? -1 : 1))

/** Settings made ready for the server (`restNames`) or the browser. */
export const compile = (given: Settings, naming: Naming): Compiled => {
  const isNamed = (row: TraitRow): boolean => naming(row.field) !== undefined
  const nameOf = (rest: string): string => naming(rest) ?? rest
  const rows = inFieldOrder(given.traits)
  const settings = { ...given, traits: rows.filter(isNamed) }
  const names = namesOf(settings.traits.map((row) => row.trait))
  const custom = compileCustom(settings, nameOf, names)
  const companyRow = (row: FieldRow, within: string) => ({
    trait: row.trait,
    ...typedRow(row, row.field, `group trait ${within}${row.trait}`)
  })
  return {
    settings,
    standard: compileStandard(settings, naming, names),
    email: compileRow(nameOf('email'), 'standard trait email', 'email', null),
    custom,
    isGenderUnnamed: settings.genderField !== null && naming(settings.genderField) === undefined,
    unnamed: rows.filter((row) => !isNamed(row)).map((row) => traitPlaces(row, settings)),
    customEmail: custom[settings.traits.findIndex((row) => row.field === 'email')],
    names,
    blankValues: names.map(() => undefined),
    spelling: compileSpelling(names),
    userId: compileRow(nameOf(settings.userIdField), 'userId of the call', 'string', null),
    anonymousId: compileRow(nameOf(settings.anonymousIdField), 'anonymousId of the call', 'string', null),
    events: new Map(eventEntries(settings)),
    group: groupRows.map((row) => companyRow(row, '')),
    groupAddress: groupAddressRows.map((row) => companyRow(row, 'address.'))
  }
}

/** A table of names, each once: rows of one name share its place. */
const namesOf = (names: ReadonlyArray<string>): ReadonlyArray<string> => [...new Set(names)]

/** Names of another script than ours have no spelling but their own; where there are any, they are looked up as they are. */
const matchNames = (names: ReadonlyArray<string>): ((key: string) => number) => {
  const match = matchKeys(names)
  if (names.length <= 64 && names.every((name) => normalKey(name) !== '')) return match
  const exact = new Map(names.map((name, i) => [name, i] as const))
  return (key) => exact.get(key) ?? match(key)
}

const compileSpelling = (names: ReadonlyArray<string>): Compiled['spelling'] => {
  const custom = matchNames(names)
  return remembering((key) => ({ standard: standardPosition(key), custom: custom(key) }))
}

const eventEntries = (settings: Settings): ReadonlyArray<readonly [string, CompiledEvent]> => {
  const entries: Array<readonly [string, CompiledEvent]> = []
  for (const { event, activityTypeId, attributes: rows } of settings.events) {
    const names = namesOf(rows.map((row) => row.property))
    const compiled = rows.map(compileAttribute(settings, event, names))
    const at = rows.findIndex((row) => row.primary)
    const primary = compiled[at]
    const attributes = compiled.filter((_, i) => i !== at)
    if (primary !== undefined)
      entries.push([
        event,
        {
          activityTypeId,
          primary,
          attributes,
          names,
          blankValues: names.map(() => undefined),
          matchName: matchNames(names)
        }
      ])
  }
  return entries
}
