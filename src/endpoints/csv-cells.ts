/**
 * Lead fields as cells of a CSV file, for the bulk import.
 *
 *     { email: 'ana@example.com', firstName: null, leadScore: 12 }
 *     columns   email, firstName, leadScore      cells   ana@example.com,,12
 *
 * Values are exact: nothing is put in front of what a spreadsheet would take for a formula. An empty cell stands for null and for empty
 * text alike. That it clears the field is inferred: Adobe says so of JSON only. So is the quoting, which Adobe does not describe: it is
 * that of RFC 4180, lines end in CRLF.
 *
 * Sources: Adobe "Bulk Lead Import", "Bulk Custom Object Import" (no stray spaces in the first row), "Lead Database"; RFC 4180.
 *
 * @module
 */

import { csvFormatRow, csvParseRows } from 'd3-dsv'
import type * as E from 'fp-ts/Either'
import { malformed, type Problem } from '../ground/problem.js'
import { isWellFormed } from '../ground/utf8.js'
import type { Fields, FieldValue } from '../intent/intent.js'

/** A line of a file with its end. @internal */
export const csvLine = (cells: ReadonlyArray<string>): string => `${csvFormatRow([...cells])}\r\n`

/** The rows of a file. @internal */
export const csvRows = (text: string): ReadonlyArray<ReadonlyArray<string>> => csvParseRows(text)

/** No REST name has these; quoted or not, Marketo would hardly find the field. */
const unfitName = /^\s|\s$|[",\p{Cc}]/u

/** Why a field's name cannot stand in the first row, or undefined. */
const aboutName = (name: string): Problem | undefined => {
  if (name !== '' && !unfitName.test(name) && isWellFormed(name)) return undefined
  return malformed(
    'invalid',
    ['fields', name],
    'a name that no column can have',
    'name the field by its REST name: no blanks around, no comma, no quote, no line break'
  )
}

const exponent = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/

/** A number in plain digits, however large or small: nobody says that a cell may hold an exponent. */
const digitsOf = (n: number): string => {
  const text = String(n)
  const [, sign = '', whole = '', rest = '', power] = exponent.exec(text) ?? []
  if (power === undefined) return text
  const by = Number(power)
  return by < 0
    ? `${sign}0.${'0'.repeat(-by - 1)}${whole}${rest}`
    : `${sign}${whole}${rest}${'0'.repeat(Math.max(0, by - rest.length))}`
}

const cellOf = (value: FieldValue): string => {
  if (value === null) return ''
  return typeof value === 'number' ? digitsOf(value) : String(value)
}

const aboutValue = (name: string, value: FieldValue): Problem | undefined => {
  if (typeof value !== 'string' || (isWellFormed(value) && !value.includes('\u0000'))) return undefined
  const found = isWellFormed(value) ? 'text with the character number 0' : 'text with half a surrogate pair'
  return malformed('invalid', ['fields', name], found, 'send well-formed text: a file has no letters for the rest')
}

/** A record as a row: columns in the order of their names, the key before all. @internal */
export interface CsvRecord {
  readonly columns: ReadonlyArray<string>
  readonly cells: ReadonlyArray<string>
}

const inOrder = (key: string, names: ReadonlyArray<string>): ReadonlyArray<string> => [
  key,
  ...names.filter((name) => name !== key).sort()
]

/** A record's fields as a row, or why one of them cannot stand there. @internal */
export const csvRecord = (key: string, fields: Fields): E.Either<Problem, CsvRecord> => {
  const columns = inOrder(key, Object.keys(fields))
  const cells: Array<string> = []
  for (const name of columns) {
    const value = fields[name] ?? null
    const problem = aboutName(name) ?? aboutValue(name, value)
    if (problem !== undefined) return { _tag: 'Left', left: problem }
    cells.push(cellOf(value))
  }
  return { _tag: 'Right', right: { columns, cells } }
}
