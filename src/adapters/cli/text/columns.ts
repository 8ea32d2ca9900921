/**
 * Rows of cells as text, each cell wrapped into its column. A row is drawn without knowing the others, so a table may be endless.
 *
 *     LINE  EVENT     WHAT BECOMES OF IT
 *        1  identify  lead email=ana@example.com: firstName,
 *                     lastName
 *
 * @module
 */
import type { Paint } from './paint.js'
import { widthOf } from './width.js'
import { wrap } from './wrap.js'

/** A column: its heading, how wide it is, and which way its cells lean. */
export interface Column {
  readonly heading: string
  readonly width: number
  readonly isNumeric?: boolean
}

/** A cell: printable text, and how to colour it. */
export interface Cell {
  readonly text: string
  readonly paint?: (text: string) => string
}

/** A cell without colour. */
export const cell = (text: string | number): Cell => ({ text: String(text) })

const between = '  '
const plain = (text: string): string => text

const placed = (line: string, column: Column, paint: (text: string) => string, isLast: boolean): string => {
  const room = ' '.repeat(Math.max(0, column.width - widthOf(line)))
  if (column.isNumeric === true) return room + paint(line)
  return paint(line) + (isLast ? '' : room)
}

/** One row as lines, each ended by a line feed. */
export const drawRow =
  (columns: ReadonlyArray<Column>) =>
  (cells: ReadonlyArray<Cell>): string => {
    const wrapped = columns.map((column, i) => wrap(cells[i]?.text ?? '', column.width))
    const height = Math.max(...wrapped.map((lines) => lines.length))
    let text = ''
    for (let y = 0; y < height; y += 1) {
      const line = columns.map((column, i) =>
        placed(wrapped[i]?.[y] ?? '', column, cells[i]?.paint ?? plain, i === columns.length - 1)
      )
      text += `${line.join(between).trimEnd()}\n`
    }
    return text
  }

/** The headings as a row. */
export const drawHead = (columns: ReadonlyArray<Column>, paint: Paint): string =>
  drawRow(columns)(columns.map(({ heading }) => ({ text: heading, paint: paint.strong })))

/** Columns as wide as their widest cell; while a line is wider than `total`, the widest one gives way, down to `least`. */
export const fitColumns = (
  headings: ReadonlyArray<string>,
  rows: ReadonlyArray<ReadonlyArray<Cell>>,
  total: number,
  least = 12
): ReadonlyArray<Column> => {
  const widths = headings.map((heading, i) =>
    rows.reduce((widest, row) => Math.max(widest, Math.min(total, widthOf(row[i]?.text ?? ''))), widthOf(heading))
  )
  const room = total - between.length * (headings.length - 1)
  let excess = widths.reduce((sum, width) => sum + width, -room)
  for (let widest = Math.max(...widths); excess > 0 && widest > least; widest = Math.max(...widths)) {
    widths[widths.indexOf(widest)] = widest - 1
    excess -= 1
  }
  return headings.map((heading, i) => ({ heading, width: widths[i] ?? least }))
}

/** A whole table: headings, then rows, in the given width. */
export const drawTable = (
  headings: ReadonlyArray<string>,
  rows: ReadonlyArray<ReadonlyArray<Cell>>,
  total: number,
  paint: Paint
): string => {
  const columns = fitColumns(headings, rows, total)
  return drawHead(columns, paint) + rows.map(drawRow(columns)).join('')
}
