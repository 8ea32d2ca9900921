/**
 * Whether what a mapping makes of values can be written to a field of another type.
 *
 *     mapped as             into text   email, url   whole   decimal   boolean   date   datetime
 *     string, text, phone   yes         perhaps      no      no        no        no     no
 *     integer, score, …     yes         no           yes     yes       no        no     no
 *     float, currency       yes         no           no      yes       no        no     no
 *     boolean               yes         no           no      no        yes       no     no
 *     date, datetime        yes         no           no      no        no        its own kind only
 *
 * `perhaps`: some values fit, and one that does not costs its whole record (1003).
 *
 * Source: Adobe "Field Types".
 *
 * @module
 */
import { valueLimits } from '../marketo/limits.js'
import type { ValueType } from '../marketo/value-types.js'

/** How a type goes into another. */
export type Fits = 'yes' | 'perhaps' | 'no'

type Kind = 'text' | 'shaped' | 'whole' | 'decimal' | 'boolean' | 'date' | 'datetime' | 'never'

// biome-ignore format: table
const kinds: Readonly<Record<ValueType, Kind>> = {
  string: 'text', text: 'text', phone: 'text', email: 'shaped', url: 'shaped', integer: 'whole', score: 'whole', percent: 'whole',
  float: 'decimal', currency: 'decimal', boolean: 'boolean', date: 'date', datetime: 'datetime', reference: 'never', formula: 'never'
}

/** How values mapped as one type go into a field of another. */
export const typeFits = (mapped: ValueType, field: ValueType): Fits => {
  const [from, to] = [kinds[mapped], kinds[field]]
  if (to === 'never') return 'no'
  if (mapped === field || to === 'text') return 'yes'
  if (from === 'whole' && to === 'decimal') return 'yes'
  if (from === to && from !== 'shaped') return 'yes'
  return from === 'text' && to === 'shaped' ? 'perhaps' : 'no'
}

/** How many characters values of a type can have, 0 for types that are no text. A length that a row names counts first. */
export const lengthOf = (type: ValueType, length: number | null): number => {
  if (type === 'text') return length ?? valueLimits.textBytes
  return kinds[type] === 'text' || kinds[type] === 'shaped' ? (length ?? valueLimits.characters) : 0
}
