/**
 * A row as a line of a file.
 *
 *     ndjson   {"id":"7","email":"ana@example.com","deleted_at":null}
 *     csv      7,ana@example.com,                                        nothing between commas is null, "" is empty text
 *
 * Source: RFC 4180.
 *
 * @module
 */
import type { Cell, Collection, Row } from '../../../source/collection.js'
import type { RowForm } from '../request.js'

/** What writes the rows of a collection. */
export interface RowText {
  readonly head: (collection: Collection) => string
  readonly line: (collection: Collection, row: Row) => string
}

const special = /[",\r\n]/

const csvCell = (cell: Cell): string => {
  if (cell === null) return ''
  const text = String(cell)
  return text === '' || special.test(text) ? `"${text.replace(/"/g, '""')}"` : text
}

const csvLine = (cells: ReadonlyArray<Cell>): string => `${cells.map(csvCell).join(',')}\r\n`

const cellAt = (row: Row, column: string): Cell => row[column] ?? null

/** The forms of a file of rows; columns stand in their order. */
export const rowTexts: Readonly<Record<RowForm, RowText>> = {
  ndjson: {
    head: () => '',
    line: ({ columns }, row) =>
      `${JSON.stringify(Object.fromEntries(columns.map(({ name }) => [name, cellAt(row, name)])))}\n`
  },
  csv: {
    head: ({ columns }) => csvLine(columns.map(({ name }) => name)),
    line: ({ columns }, row) => csvLine(columns.map(({ name }) => cellAt(row, name)))
  }
}
