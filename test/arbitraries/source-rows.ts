/**
 * Rows of collections, as the readers of Marketo's answers make them.
 */
import * as fc from 'fast-check'
import type { Cell, Collection, ColumnType, Row, SourceRow } from '../../src/source/collection.js'

/** The text of an instant of this century. */
export const timeText = fc
  .integer({ min: Date.UTC(2001, 0), max: Date.UTC(2099, 0) })
  .map((instant) => new Date(instant).toISOString())

/** Text that any warehouse holds: no NUL, no halves of pairs. */
const text = fc.string({ unit: 'binary', maxLength: 12 }).map((s) => s.split('\u0000').join(''))

const cells: Readonly<Record<ColumnType, fc.Arbitrary<Exclude<Cell, null>>>> = {
  id: fc.oneof(fc.nat().map(String), text),
  text: fc.oneof(text, fc.constantFrom("O'Neil", '"', '\\', 'null', 'a\nb')),
  time: timeText,
  date: timeText.map((time) => time.slice(0, 10)),
  boolean: fc.boolean(),
  integer: fc.maxSafeInteger().map((n) => n + 0),
  number: fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => n + 0),
  any: fc.oneof(text, fc.boolean(), fc.integer())
}

/** A cell of a kind. */
export const cellOf = (type: ColumnType): fc.Arbitrary<Cell> => fc.option(cells[type], { freq: 4 })

/** A full row of a collection; `ids` are those that it may have. */
export const rowOf = ({ columns }: Collection, ids: fc.Arbitrary<string> = fc.nat().map(String)): fc.Arbitrary<Row> =>
  fc
    .tuple(ids, ...columns.slice(1).map(({ type }) => cellOf(type)))
    .map(([id, ...rest]) =>
      Object.fromEntries(columns.map(({ name }, i): [string, Cell] => [name, i === 0 ? id : (rest[i - 1] ?? null)]))
    )

/** A full row as it comes in. */
export const full = (collection: string, row: Row): SourceRow => ({ collection, partial: false, row })

/** A partial row as it comes in. */
export const partial = (collection: string, row: Row): SourceRow => ({ collection, partial: true, row })
