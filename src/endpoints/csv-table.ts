/**
 * A table out of a CSV file that somebody else wrote: every cell by the name of its column.
 *
 *     leadId,attributes                        { leadId: '1042', attributes: '{"Link":"https://…"}' }
 *     1042,"{""Link"":""https://…""}"
 *
 * RFC 4180, read with patience: a line feed, with or without a carriage return before it, ends a row, and nothing else does; a quote inside a
 * quoted cell that neither is doubled nor ends the cell is data, and so is one inside a cell that begins without. Characters number 0 and
 * a byte order mark are passed over. Cells that say nothing or `null` hold null; `Null` may be somebody's name.
 *
 * d3-dsv, which reads our own files back, ends a row at a carriage return alone and a cell at any quote.
 *
 * Sources: RFC 4180; Adobe "Bulk Extract"; public traffic (character number 0, stray quotes, line separators inside cells).
 *
 * @module
 */

/** A row by the names of its columns; null where a cell says nothing. */
export type TableRow = Readonly<Record<string, string | null>>

/** The rows of a file, the names of its columns in order, and the numbers (from 0) of rows that have too few cells or too many. */
export interface Table {
  readonly columns: ReadonlyArray<string>
  readonly rows: ReadonlyArray<TableRow>
  readonly broken: ReadonlyArray<number>
}

const quote = 34
const comma = 44
const lineFeed = 10
const carriageReturn = 13

/** Whether a cell may end at this place: a delimiter, the end of a line, or that of the file. */
const endsAt = (text: string, i: number): boolean => {
  if (i >= text.length) return true
  const unit = text.charCodeAt(i)
  return unit === comma || unit === lineFeed || (unit === carriageReturn && text.charCodeAt(i + 1) === lineFeed)
}

/** A quoted cell that begins behind the quote at `from`, and where it ends; each doubled quote is one. */
const quotedCell = (text: string, from: number): readonly [cell: string, end: number] => {
  let cell = ''
  let start = from + 1
  for (let i = text.indexOf('"', start); i >= 0; i = text.indexOf('"', i + 1)) {
    if (text.charCodeAt(i + 1) === quote) {
      cell += text.slice(start, i + 1)
      i += 1
      start = i + 1
    } else if (endsAt(text, i + 1)) return [cell + text.slice(start, i), i + 1]
  }
  return [cell + text.slice(start), text.length]
}

const bareCell = (text: string, from: number): readonly [cell: string, end: number] => {
  let end = from
  while (!endsAt(text, end)) end += 1
  return [text.slice(from, end), end]
}

/** The cells of the row that begins at `from`, and where the next one does. */
const rowAt = (text: string, from: number): readonly [cells: ReadonlyArray<string>, next: number] => {
  const cells: Array<string> = []
  let at = from
  for (;;) {
    const [cell, end] = text.charCodeAt(at) === quote ? quotedCell(text, at) : bareCell(text, at)
    cells.push(cell)
    if (text.charCodeAt(end) !== comma) return [cells, end + (text.charCodeAt(end) === carriageReturn ? 2 : 1)]
    at = end + 1
  }
}

const allNuls = /\0/g

const clean = (text: string): string => {
  const whole = text.includes('\0') ? text.replace(allNuls, '') : text
  return whole.charCodeAt(0) === 0xfeff ? whole.slice(1) : whole
}

const isBlank = (cells: ReadonlyArray<string>): boolean => cells.length === 1 && cells[0] === ''

const cellValue = (cell: string | undefined): string | null =>
  cell === undefined || cell === '' || cell === 'null' ? null : cell

/** Reads a file: the first row names the columns, blank lines are none. @internal */
export const readTable = (file: string): Table => {
  const text = clean(file)
  let columns: ReadonlyArray<string> | null = null
  const rows: Array<TableRow> = []
  const broken: Array<number> = []
  let row = 0
  for (let at = 0; at < text.length; ) {
    const [cells, next] = rowAt(text, at)
    at = next
    if (isBlank(cells)) continue
    if (columns === null) {
      columns = cells.map((name) => name.trim())
      continue
    }
    if (cells.length === columns.length)
      rows.push(Object.fromEntries(columns.map((name, i) => [name, cellValue(cells[i])])))
    else broken.push(row)
    row += 1
  }
  return { columns: columns ?? [], rows, broken }
}
