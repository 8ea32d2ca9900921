/**
 * Settings made ready: every row with its type and transforms, every name in a table. Once per settings, never per event.
 *
 * @module
 */
import type { Path } from '../ground/path.js'
import { matchKeys, normalKey } from '../segment/key.js'
import { type CompiledRow, compileRow } from './draft.js'
import { type FieldRow, groupAddressRows, groupRows, type StandardSource, standardRows } from './lead-rows.js'
import type { AttributeRow, EventRow, Settings, TraitRow } from './settings.js'

/** A standard row made ready; `contested` is the position of the custom row that claims the same field, or -1. */
export interface CompiledStandardRow extends CompiledRow {
  readonly contested: number
}

/** A custom row made ready; `name` is the position of its trait in the table of names. */
export interface CompiledCustomRow extends CompiledRow {
  readonly trait: string
  readonly name: number
  readonly at: Path
  readonly parts: ReadonlyArray<string> | null
  /** Where a value stands that was found by its parts. */
  readonly nested: Path
  /** Whether no earlier row has the same trait: a hint is given once. */
  readonly isFirst: boolean
}

/** An event row made ready. */
export interface CompiledEvent {
  readonly activityTypeId: number
  readonly primary: CompiledAttribute
  readonly attributes: ReadonlyArray<CompiledAttribute>
  readonly names: ReadonlyArray<string>
  /** Key → the position of the property that it is, or else spells in another way, or -1. */
  readonly matchName: (key: string) => number
}

/** An attribute row made ready. */
export interface CompiledAttribute extends CompiledRow {
  readonly property: string
  readonly at: Path
  readonly parts: ReadonlyArray<string> | null
  /** Where a value stands that was found by its parts. */
  readonly nested: Path
  /** Whether no earlier row has the same property: a hint is given once. */
  readonly isFirst: boolean
}

/** Settings made ready for one target: REST names for the server, SOAP names for the browser. */
export interface Compiled {
  readonly settings: Settings
  /** By source; absent where settings or target leave a row out. */
  readonly standard: Readonly<Partial<Record<StandardSource, CompiledStandardRow>>>
  readonly email: CompiledRow
  readonly custom: ReadonlyArray<CompiledCustomRow>
  /** Rows whose field has no name on this side. */
  readonly unnamed: ReadonlyArray<TraitRow>
  /** The custom row that claims the field `email`, or undefined. */
  readonly customEmail: CompiledCustomRow | undefined
  readonly names: ReadonlyArray<string>
  readonly blankValues: ReadonlyArray<undefined>
  /** Key → the position of the name that it is, or else spells in another way, or -1. */
  readonly matchName: (key: string) => number
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

const nameParts = (name: string, settings: Settings): ReadonlyArray<string> | null =>
  settings.pathLookup && name.includes('.') ? name.split('.') : null

const standardField = (
  row: { readonly source: StandardSource; readonly field: string },
  settings: Settings
): string | null => {
  if (row.source === 'gender') return settings.genderField
  return row.source === 'company' && settings.companyFields === 'omit' ? null : row.field
}

const typedRow = (row: FieldRow, name: string, rule: string): CompiledRow =>
  compileRow(name, rule, row.type, row.length)

const compileStandard = (settings: Settings, naming: Naming, custom: ReadonlyArray<TraitRow>): Compiled['standard'] => {
  const rows: Partial<Record<StandardSource, CompiledStandardRow>> = {}
  for (const row of standardRows) {
    const field = standardField(row, settings)
    const name = field === null ? undefined : naming(field)
    if (field === null || name === undefined) continue
    const verbatim = row.source === 'birthday' && settings.birthday === 'verbatim'
    const base = verbatim
      ? compileRow(name, `standard trait ${row.trait}`, 'string', null)
      : typedRow(row, name, `standard trait ${row.trait}`)
    rows[row.source] = { ...base, contested: custom.findIndex((other) => other.field === field) }
  }
  return rows
}

const compileCustom = (
  settings: Settings,
  naming: Naming,
  names: ReadonlyArray<string>
): ReadonlyArray<CompiledCustomRow> =>
  settings.traits.flatMap((row, i) => {
    const field = naming(row.field)
    if (field === undefined) return []
    const base = compileRow(field, `custom row for ${row.trait}`, row.type, row.length, row.transforms, row.default)
    return [
      {
        ...base,
        trait: row.trait,
        name: names.indexOf(row.trait),
        at: ['traits', row.trait],
        parts: nameParts(row.trait, settings),
        nested: ['traits', ...row.trait.split('.')],
        isFirst: settings.traits.findIndex((other) => other.trait === row.trait) === i
      }
    ]
  })

const compileAttribute =
  (settings: Settings, event: string) =>
  (row: AttributeRow, i: number, rows: ReadonlyArray<AttributeRow>): CompiledAttribute => ({
    ...compileRow(
      row.attribute,
      `event row for ${event}: ${row.property}`,
      row.type,
      null,
      row.transforms,
      row.default
    ),
    property: row.property,
    at: ['properties', row.property],
    parts: nameParts(row.property, settings),
    nested: ['properties', ...row.property.split('.')],
    isFirst: rows.findIndex((other) => other.property === row.property) === i
  })

const compileEvent = (settings: Settings, row: EventRow): readonly [string, CompiledEvent] | undefined => {
  const compiled = row.attributes.map(compileAttribute(settings, row.event))
  const at = row.attributes.findIndex((attribute) => attribute.primary)
  const primary = compiled[at]
  if (primary === undefined) return undefined
  const names = row.attributes.map((attribute) => attribute.property)
  const attributes = compiled.filter((_, i) => i !== at)
  return [row.event, { activityTypeId: row.activityTypeId, primary, attributes, names, matchName: matchNames(names) }]
}

/** Rows in the order of their fields, so that the order of a settings file changes nothing. */
const inFieldOrder = (rows: ReadonlyArray<TraitRow>): ReadonlyArray<TraitRow> =>
  [...rows].sort((a, b) => (a.field < b.field ? -1 : a.field > b.field ? 1 : 0))

/** Settings made ready for the server (`restNames`) or the browser. */
export const compile = (given: Settings, naming: Naming): Compiled => {
  const settings = { ...given, traits: inFieldOrder(given.traits).filter((row) => naming(row.field) !== undefined) }
  const names = [...new Set(settings.traits.map((row) => row.trait))]
  const custom = compileCustom(settings, naming, names)
  const companyRow = (row: FieldRow, within: string) => ({
    ...typedRow(row, row.field, `group trait ${within}${row.trait}`),
    trait: row.trait
  })
  return {
    settings,
    standard: compileStandard(settings, naming, settings.traits),
    email: compileRow(naming('email') ?? 'email', 'standard trait email', 'email', null),
    custom,
    unnamed: inFieldOrder(given.traits).filter((row) => naming(row.field) === undefined),
    customEmail: custom[settings.traits.findIndex((row) => row.field === 'email')],
    names,
    blankValues: names.map(() => undefined),
    matchName: matchNames(names),
    userId: compileRow(naming(settings.userIdField) ?? settings.userIdField, 'userId of the call', 'string', null),
    anonymousId: compileRow(
      naming(settings.anonymousIdField) ?? settings.anonymousIdField,
      'anonymousId of the call',
      'string',
      null
    ),
    events: new Map(eventEntries(settings)),
    group: groupRows.map((row) => companyRow(row, '')),
    groupAddress: groupAddressRows.map((row) => companyRow(row, 'address.'))
  }
}

/** Names of another script than ours have no spelling but their own; where there are any, they are looked up as they are. */
const matchNames = (names: ReadonlyArray<string>): ((key: string) => number) => {
  const match = matchKeys(names)
  if (names.length <= 64 && names.every((name) => normalKey(name) !== '')) return match
  const exact = new Map(names.map((name, i) => [name, i] as const))
  return (key) => exact.get(key) ?? match(key)
}

const eventEntries = (settings: Settings): ReadonlyArray<readonly [string, CompiledEvent]> => {
  const entries: Array<readonly [string, CompiledEvent]> = []
  for (const row of settings.events) {
    const entry = compileEvent(settings, row)
    if (entry !== undefined) entries.push(entry)
  }
  return entries
}
