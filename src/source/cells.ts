/**
 * Cells: one reader for each kind of column, for REST's values and for the text of files alike.
 *
 *     id         204417, '204417'                 '204417'      '007' stays as it is, 0 is an id
 *     time       '2025-11-19T17:40:00Z+0000'      '2025-11-19T17:40:00.000Z'
 *     date       '1990-03-04'                     the day as written
 *     boolean    true, 1, '1', 'TRUE'             true
 *     integer    10, '10'                         10
 *     number     1.5, '1.5'                       1.5
 *     any        a scalar as told; a list or an object as JSON
 *
 * Nothing and empty text are null; anything else is null and a flaw. A time without a zone is none: inside attributes Marketo writes such
 * times in the subscription's own zone, and guessing would move them by hours.
 *
 * Sources: Adobe "Field Types", "Activities", "Bulk Extract".
 *
 * @module
 */
import { writtenDay } from '../ground/calendar.js'
import { kindOf } from '../ground/json.js'
import { lacksZone, timestampOf } from '../marketo/moments.js'
import { compactJson, textCell } from './cell-text.js'
import type { Cell, ColumnType } from './collection.js'
import type { Flaw } from './flaw.js'

const flaw = (cell: Cell, u: unknown, mend: string, found = kindOf(u)): Flaw => ({
  cell,
  weight: cell === null ? 'dropped' : 'warning',
  found,
  mend
})

const isNothing = (u: unknown): boolean => u === undefined || u === null || u === ''

const tooLarge = 'a number of more digits than a number holds'

/** From here on a number prints with an exponent. */
const exponents = 1e21

const numberId = (u: number): Cell | Flaw => {
  if (!Number.isInteger(u)) return flaw(null, u, 'an id is text or a whole number')
  if (Number.isSafeInteger(u)) return String(u)
  const text = Math.abs(u) < exponents ? String(u) : BigInt(u).toString()
  return flaw(text, u, 'its last digits may be lost: parse the answer so that such numbers stay text', tooLarge)
}

/** An id, or a reference to one. @internal */
export const idCell = (u: unknown): Cell | Flaw => {
  if (typeof u === 'number') return numberId(u)
  if (typeof u !== 'string') return isNothing(u) ? null : flaw(null, u, 'an id is text or a whole number')
  const text = u.trim()
  return text === '' ? null : text
}

/** A moment. @internal */
export const timeCell = (u: unknown): Cell | Flaw => {
  if (isNothing(u)) return null
  if (typeof u !== 'string') return flaw(null, u, 'a time is text, such as 2024-05-01T10:00:00Z')
  const time = timestampOf(u)
  if (time !== undefined) return time
  return lacksZone(u)
    ? flaw(null, u, 'whose zone it is written in is not known: take it as a column of text', 'a time without a zone')
    : flaw(null, u, 'a time is written like 2024-05-01T10:00:00Z and lies in the calendar', 'text that is no time')
}

/** No date of Marketo's is longer. */
const longestDate = 40

const dateCell = (u: unknown): Cell | Flaw => {
  if (isNothing(u)) return null
  const day = typeof u === 'string' && u.length <= longestDate ? writtenDay(u) : undefined
  return day ?? flaw(null, u, 'a date is text that begins like 1990-03-04')
}

const booleanWords: ReadonlyMap<unknown, boolean> = new Map<unknown, boolean>([
  [1, true],
  [0, false],
  ['1', true],
  ['0', false],
  ['true', true],
  ['false', false]
])

const booleanCell = (u: unknown): Cell | Flaw => {
  if (typeof u === 'boolean') return u
  if (isNothing(u)) return null
  const word = typeof u === 'string' && u.length <= 5 ? u.toLowerCase() : u
  return booleanWords.get(word) ?? flaw(null, u, 'a boolean is true, false, 1 or 0, or one of these as text')
}

const numeral = /^-?\d{1,300}(?:\.\d{1,300})?(?:[eE][+-]?\d{1,3})?$/

const numberOf = (u: unknown): number => {
  if (typeof u === 'number') return u + 0
  return typeof u === 'string' && numeral.test(u) ? Number(u) + 0 : Number.NaN
}

const numberCell = (u: unknown): Cell | Flaw => {
  if (isNothing(u)) return null
  const n = numberOf(u)
  return Number.isFinite(n) ? n : flaw(null, u, 'a number is written like 12.5')
}

const integerCell = (u: unknown): Cell | Flaw => {
  if (isNothing(u)) return null
  const n = numberOf(u)
  if (Number.isSafeInteger(n)) return n
  return Number.isInteger(n)
    ? flaw(null, u, 'take it as a column of type `id` or `text`', tooLarge)
    : flaw(null, u, 'a whole number is written like 12')
}

const anyCell = (u: unknown): Cell | Flaw => {
  if (typeof u === 'string' || typeof u === 'boolean') return u
  if (u === undefined || u === null) return null
  if (typeof u === 'number') return Number.isFinite(u) ? u + 0 : flaw(null, u, 'a number is finite')
  return compactJson(u) ?? flaw(null, u, 'a value is what JSON can say')
}

/** What reads the cells of a column of each kind. @internal */
export const cellReaders: Readonly<Record<ColumnType, (u: unknown) => Cell | Flaw>> = {
  id: idCell,
  text: textCell,
  time: timeCell,
  date: dateCell,
  boolean: booleanCell,
  integer: integerCell,
  number: numberCell,
  any: anyCell
}
