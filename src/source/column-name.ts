/**
 * The columns of custom lead fields and of attributes, named after them.
 *
 *     leadScore          lead_score
 *     Company_Size__c    company_size_c
 *     SICCode            sic_code
 *     Email              email_2             `email` is taken
 *
 * Source: Segment "Marketo Source", Can I get other columns.
 *
 * @module
 */
import type { Column } from './collection.js'
import type { CustomActivityAttribute, CustomLeadField } from './settings.js'

const behindAcronym = /([A-Z])(?=[A-Z][a-z])/g
const beforeCapital = /([a-z0-9])(?=[A-Z])/g
const between = /[^A-Za-z0-9]/
const digitsOnly = /^\d+$/

/**
 * The name of a column for a lead field, by its REST name. A name of digits alone begins with `_`: as a key of an object it would move
 * ahead of all others.
 *
 * @example
 * columnName('SICCode') // => 'sic_code'
 * columnName('Company_Size__c') // => 'company_size_c'
 * @category settings
 * @since 0.1.0
 */
export const columnName = (field: string): string => {
  const words = field.replace(behindAcronym, '$1_').replace(beforeCapital, '$1_').split(between)
  const name = words.filter((word) => word !== '').join('_')
  return digitsOnly.test(name) ? `_${name}` : name === '' ? 'field' : name.toLowerCase()
}

/** The first of `name`, `name_2`, `name_3` … that is free; how far the counting got is kept, so that many of one name cost no more. */
const freeName = (name: string, taken: Set<string>, reached: Map<string, number>): string => {
  let free = name
  for (let n = reached.get(name) ?? 2; taken.has(free); n += 1) {
    free = `${name}_${n}`
    reached.set(name, n + 1)
  }
  taken.add(free)
  return free
}

type Unnamed = Pick<Column, 'type' | 'from' | 'says'>

/** Columns behind those that are there, by what they are called. */
const columnsBehind = (
  there: ReadonlyArray<Column>,
  called: ReadonlyMap<string, Unnamed>
): ReadonlyMap<string, Column> => {
  const taken = new Set(there.map(({ name }) => name))
  const reached = new Map<string, number>()
  return new Map(
    Array.from(called, ([text, one]) => [text, { name: freeName(columnName(text), taken, reached), ...one }] as const)
  )
}

/** Columns for custom lead fields, behind those that are there; a field that is named twice has one. @internal */
export const customColumns = (
  there: ReadonlyArray<Column>,
  fields: ReadonlyArray<CustomLeadField>
): ReadonlyArray<Column> => {
  const called = new Map(
    fields.map(({ field, type }) => [field, { type, from: [[field]], says: `the lead field \`${field}\`` }] as const)
  )
  return [...columnsBehind(there, called).values()]
}

/**
 * Columns for attributes of activities, behind those that are there, by the attributes' names; they stand in no member of their own.
 *
 * @internal
 */
export const attributeColumns = (
  there: ReadonlyArray<Column>,
  attributes: ReadonlyArray<CustomActivityAttribute>
): ReadonlyMap<string, Column> => {
  const called = new Map(
    attributes.map(
      ({ attribute, type }) => [attribute, { type, from: [], says: `the attribute \`${attribute}\`` }] as const
    )
  )
  return columnsBehind(there, called)
}
