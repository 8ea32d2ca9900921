/**
 * Schemas out of the tables that settings are read by.
 *
 *     { fallback: 'words', takes: 'words, facade', about: 'How a full name is split …' }
 *       → { description: 'How a full name is split …', enum: ['words', 'facade'], default: 'words' }
 *
 * What a table says in words only (`text` that is an address, a number's bounds) is said by the schema that a setting has besides.
 *
 * @module
 */
import type { SettingRow } from '../../contract/setting-rows.js'
import type { Json, JsonObject } from '../../ground/json.js'
import { flag, listOf, nonBlank, oneOf, orNull, whole } from './parts.js'

const anyWhole = whole(-Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER)

const plain: ReadonlyMap<string, JsonObject> = new Map([
  ['text', nonBlank],
  ['boolean', flag],
  ['whole number', anyWhole],
  ['object', { type: 'object' }],
  ['list of names', listOf(nonBlank)],
  ['list of keys', listOf(nonBlank)],
  ['list of texts', listOf(nonBlank)],
  ['list of rows', { type: 'array' }]
])

const none = ' or null'

/** What a table's word for a setting's values allows. @internal */
export const takenBy = (takes: string): JsonObject => {
  const known = plain.get(takes)
  if (known !== undefined) return known
  if (takes.endsWith(none)) return orNull(takenBy(takes.slice(0, -none.length)))
  if (takes.startsWith('list of ')) return listOf(oneOf(takes.slice('list of '.length).split(', ')))
  return oneOf(takes.split(', '))
}

/** What a setting has besides its row: another schema, and examples. @internal */
export interface Besides {
  readonly schema?: JsonObject
  readonly examples?: ReadonlyArray<Json>
}

const memberOf = ({ takes, about, fallback }: SettingRow, { schema, examples }: Besides): JsonObject => ({
  description: about,
  ...(schema ?? takenBy(takes)),
  ...(fallback === undefined ? {} : { default: fallback }),
  ...(examples === undefined ? {} : { examples })
})

/**
 * The members of a settings table, each under our name and under Segment's, where that is another.
 *
 * @internal
 */
export const membersOf = <K extends string>(
  rows: Readonly<Record<K, SettingRow>>,
  besides: Readonly<Partial<Record<K, Besides>>>
): Readonly<Record<string, JsonObject>> => {
  const more = new Map<string, Besides>(Object.entries(besides))
  const members: Array<readonly [string, JsonObject]> = []
  for (const [name, row] of Object.entries<SettingRow>(rows)) {
    const member = memberOf(row, more.get(name) ?? {})
    members.push([name, member])
    if (row.segment !== null && row.segment !== name)
      members.push([
        row.segment,
        { ...member, description: `Segment’s name of ${name}. ${row.about}`, doNotSuggest: true }
      ])
  }
  return Object.fromEntries(members)
}
