/**
 * Where a row of a CSV file ends, and the cells that it has.
 *
 *     start ──"──▶ quoted ──"──▶ closing ──CR──▶ closing-cr      a line feed ends the row, anywhere but in quotes
 *       └────────▶ bare            └──"──▶ quoted                what neither doubles a quote nor ends the cell was data
 *
 * The end is found letter by letter, so that a text may stop anywhere and go on in another; the cells are cut when the row is whole.
 *
 * Source: RFC 4180.
 *
 * @module
 */

/**
 * Where in a row one stands: `opening` is the very beginning of a file, where a byte order mark may come; `closing` is behind a quote
 * inside a quoted cell, `closing-cr` behind a carriage return that follows.
 *
 * @internal
 */
export type Place = 'opening' | 'start' | 'bare' | 'quoted' | 'closing' | 'closing-cr'

const nul = 0
const lineFeed = 10
const carriageReturn = 13
const quote = 34
const comma = 44
const byteOrderMark = 0xfeff

/** The place behind one letter, other than a line feed or character number 0, outside of bare text and quotes. */
const placeAfter = (place: Place, unit: number): Place => {
  if (place === 'closing-cr') return unit === quote ? 'closing' : 'quoted'
  if (unit === comma) return 'start'
  if (place === 'closing') return unit === carriageReturn ? 'closing-cr' : 'quoted'
  if (unit === quote) return 'quoted'
  return place === 'opening' && unit === byteOrderMark ? 'start' : 'bare'
}

/** Where bare text ends: at a comma, a line feed or the end. */
const bareEnd = (text: string, from: number): number => {
  let i = from
  for (; i < text.length; i += 1) {
    const unit = text.charCodeAt(i)
    if (unit === comma || unit === lineFeed) return i
  }
  return i
}

/** Where the row that `text` goes on with ends, behind its line feed; or the place at the end of the text. @internal */
export const rowEnd = (text: string, from: number, place: Place): number | Place => {
  let at = place
  for (let i = from; i < text.length; i += 1) {
    if (at === 'quoted') {
      i = text.indexOf('"', i)
      if (i < 0) return 'quoted'
      at = 'closing'
      continue
    }
    if (at === 'bare') i = bareEnd(text, i)
    const unit = text.charCodeAt(i)
    if (unit === lineFeed) return i + 1
    if (unit !== nul) at = placeAfter(at, unit)
  }
  return at
}

const allNuls = /\0/g

/** The text of a row without what ends it, without characters number 0 and, at the beginning of a file, without a byte order mark. @internal */
export const rowText = (raw: string, opening: boolean): string => {
  const whole = raw.includes('\0') ? raw.replace(allNuls, '') : raw
  const from = opening && whole.charCodeAt(0) === byteOrderMark ? 1 : 0
  if (whole.charCodeAt(whole.length - 1) !== lineFeed) return whole.slice(from)
  return whole.slice(from, whole.charCodeAt(whole.length - 2) === carriageReturn ? -2 : -1)
}

/** A quoted cell that begins behind the quote at `from`, and where it ends; each doubled quote is one. */
const quotedCell = (text: string, from: number): readonly [cell: string, end: number] => {
  let cell = ''
  let start = from + 1
  for (let i = text.indexOf('"', start); i >= 0; i = text.indexOf('"', i + 1)) {
    const after = text.charCodeAt(i + 1)
    if (after === quote) {
      cell += text.slice(start, i + 1)
      i += 1
      start = i + 1
    } else if (i + 1 === text.length || after === comma) return [cell + text.slice(start, i), i + 1]
  }
  return [cell + text.slice(start), text.length]
}

const bareCell = (text: string, from: number): readonly [cell: string, end: number] => {
  const end = text.indexOf(',', from)
  return end < 0 ? [text.slice(from), text.length] : [text.slice(from, end), end]
}

/** The cells of a row, whose text has lost its end. @internal */
export const cellsOf = (text: string): ReadonlyArray<string> => {
  const cells: Array<string> = []
  for (let at = 0; ; ) {
    const [cell, end] = text.charCodeAt(at) === quote ? quotedCell(text, at) : bareCell(text, at)
    cells.push(cell)
    if (end >= text.length) return cells
    at = end + 1
  }
}
