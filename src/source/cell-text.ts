/**
 * Text out of whatever Marketo tells in the place of text.
 *
 *     'Mira'                               Mira
 *     42                                   42
 *     { type: 'Text', value: 'Mira' }      Mira
 *     { a: 1 }  [1, 2]                     {"a":1}  [1,2]
 *
 * Text itself passes untouched, `''` too: whatever was in a field is what somebody put there.
 *
 * Sources: Adobe "Emails", "Activities".
 *
 * @module
 */
import { isRecord, kindOf, ownMember, type UnknownRecord } from '../ground/json.js'
import type { Cell } from './collection.js'
import type { Flaw } from './flaw.js'

/** No list of Marketo's is that long; one that says it has billions of members is not written out. */
const mostMembers = 100_000

const unlessEndless = (_: string, u: unknown): unknown => (Array.isArray(u) && u.length > mostMembers ? null : u)

/** A list or an object as compact JSON; null for what JSON has no word for. @internal */
export const compactJson = (u: unknown): string | null => {
  const text: unknown = typeof u === 'object' ? JSON.stringify(u, unlessEndless) : null
  return typeof text === 'string' && text !== 'null' ? text : null
}

/** A scalar, a list or an object as text; null for nothing, and for what is no JSON. @internal */
export const renderedText = (u: unknown): string | null => {
  if (typeof u === 'string') return u
  if (typeof u === 'number') return Number.isFinite(u) ? String(u) : null
  return typeof u === 'boolean' ? String(u) : compactJson(u)
}

/** Whether an object is text in a wrapping: a type, and the value or nothing else. */
const isWrapped = (record: UnknownRecord): boolean => {
  if (ownMember(record, 'type') === undefined) return false
  return ownMember(record, 'value') !== undefined || Object.keys(record).length === 1
}

const noText = (u: unknown): Flaw => ({
  cell: null,
  weight: 'dropped',
  found: kindOf(u),
  mend: 'the cell stays empty; a column of type `any` would take it as told'
})

const plainText = (u: unknown): Cell | Flaw => {
  if (u === undefined || u === null) return null
  return (typeof u === 'boolean' ? null : renderedText(u)) ?? noText(u)
}

/** A cell of a column of text. @internal */
export const textCell = (u: unknown): Cell | Flaw => {
  if (typeof u === 'string') return u
  return plainText(isRecord(u) && isWrapped(u) ? ownMember(u, 'value') : u)
}
