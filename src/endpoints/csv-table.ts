/**
 * A table out of a CSV file that somebody else wrote: every cell by the name of its column, whole or part by part.
 *
 *     leadId,attributes                        { leadId: '1042', attributes: '{"Link":"https://…"}' }
 *     1042,"{""Link"":""https://…""}"
 *
 * RFC 4180, read with patience: a line feed, with or without a carriage return before it, ends a row, and nothing else does; a quote inside a
 * quoted cell that neither is doubled nor ends the cell is data, and so is one inside a cell that begins without. Characters number 0 and
 * a byte order mark are passed over. Cells that say nothing or `null` hold null; `Null` may be somebody's name.
 *
 * No library reads so: csv-parse needs Node's `Buffer` and splits a cell at a stray quote, papaparse reaches for what only a page has, d3-dsv, which
 * reads our own files back, ends a row at a carriage return alone. Another reader's rows than these would be other people's data.
 *
 * Sources: RFC 4180; Adobe "Bulk Extract"; public traffic (character number 0, stray quotes, line separators inside cells).
 *
 * @module
 */
import { utf8Length } from '../ground/utf8.js'
import { cellsOf, type Place, rowEnd, rowText } from './csv-row.js'

/** A row by the names of its columns; null where a cell says nothing. */
export type TableRow = Readonly<Record<string, string | null>>

/** The rows of a file, the names of its columns in order, and the numbers (from 0) of rows that have too few cells or too many. */
export interface Table {
  readonly columns: ReadonlyArray<string>
  readonly rows: ReadonlyArray<TableRow>
  readonly broken: ReadonlyArray<number>
}

/**
 * A file that is being read, as JSON: its columns once they are known, the text of a row that is not whole yet, how many rows there were
 * behind that of the columns, and their bytes in UTF-8. Whoever asks for what follows `bytes` goes on with `rest` as `''`.
 *
 * @internal
 */
export interface TableReading {
  readonly columns: ReadonlyArray<string> | null
  readonly rest: string
  readonly row: number
  readonly bytes: number
  /** How much of `rest` was looked through for its end, and the place there, so that nothing is looked through twice. */
  readonly seen?: { readonly units: number; readonly place: Place }
}

/** Nothing read yet. @internal */
export const startTable: TableReading = { columns: null, rest: '', row: 0, bytes: 0 }

const cellValue = (cell: string | undefined): string | null =>
  cell === undefined || cell === '' || cell === 'null' ? null : cell

const blankRow = (columns: ReadonlyArray<string>): TableRow => Object.fromEntries(columns.map((name) => [name, null]))

/** A reading on its way through one part. */
interface Draft {
  columns: ReadonlyArray<string> | null
  blank: TableRow
  rest: string
  row: number
  bytes: number
  place: Place
  readonly rows: Array<TableRow>
  readonly broken: Array<number>
}

const addCells = (draft: Draft, columns: ReadonlyArray<string>, cells: ReadonlyArray<string>): void => {
  if (cells.length === columns.length) {
    const row: Record<string, string | null> = { ...draft.blank }
    for (let i = 0; i < columns.length; i += 1) row[columns[i] ?? ''] = cellValue(cells[i])
    draft.rows.push(row)
  } else draft.broken.push(draft.row)
  draft.row += 1
}

const addRow = (draft: Draft, cells: ReadonlyArray<string>): void => {
  if (cells.length === 1 && cells[0] === '') return
  if (draft.columns !== null) addCells(draft, draft.columns, cells)
  else {
    draft.columns = cells.map((name) => name.trim())
    draft.blank = blankRow(draft.columns)
  }
}

/** Whether no row was taken yet: only there a byte order mark may come. */
const isOpening = ({ bytes }: Pick<TableReading, 'bytes'>): boolean => bytes === 0

/** Takes what is left of a row that began earlier, and ends here. */
const takeRow = (draft: Draft, text: string): void => {
  const raw = draft.rest + text
  addRow(draft, cellsOf(rowText(raw, isOpening(draft))))
  draft.bytes += utf8Length(raw)
  draft.rest = ''
  draft.place = 'start'
}

/** The place where looking goes on: that at the end of the rest, or where a row begins. */
const placeIn = (reading: TableReading): Place => {
  const { rest, seen } = reading
  if (seen !== undefined && seen.units === rest.length) return seen.place
  const begin = isOpening(reading) ? 'opening' : 'start'
  const place = rowEnd(rest, 0, begin)
  return typeof place === 'number' ? begin : place
}

/** Takes the rows that end in a part, and keeps what follows the last of them. */
const takeRows = (draft: Draft, text: string): void => {
  let at = 0
  let end = rowEnd(text, at, draft.place)
  while (typeof end === 'number') {
    takeRow(draft, text.slice(at, end))
    at = end
    end = rowEnd(text, at, draft.place)
  }
  draft.place = end
  draft.rest += text.slice(at)
}

/**
 * Reads one more part of a file: the rows that are whole now, and the numbers of those that have too few cells or too many. The first row
 * names the columns, blank lines are none. With `last`, what is left is a row too. Parts may be cut anywhere; the time is in proportion to the
 * part. A byte order mark counts among the bytes if it is in the text.
 *
 * @internal
 */
export const readPart = (
  reading: TableReading,
  text: string,
  last: boolean
): readonly [reading: TableReading, rows: ReadonlyArray<TableRow>, broken: ReadonlyArray<number>] => {
  const blank = blankRow(reading.columns ?? [])
  const draft: Draft = { ...reading, blank, place: placeIn(reading), rows: [], broken: [] }
  takeRows(draft, text)
  if (last) takeRow(draft, '')
  const { rest, row, bytes, place, rows, broken } = draft
  const seen = rest === '' ? {} : { seen: { units: rest.length, place } }
  return [{ columns: draft.columns, rest, row, bytes, ...seen }, rows, broken]
}

/** Reads a file that is there as a whole. @internal */
export const readTable = (file: string): Table => {
  const [{ columns }, rows, broken] = readPart(startTable, file, true)
  return { columns: columns ?? [], rows, broken }
}
