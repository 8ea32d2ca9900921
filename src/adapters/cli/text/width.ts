/**
 * How many columns of a terminal a text takes: two for East Asian wide characters and emoji, none for marks that combine.
 *
 * Terminals differ at the edges; a table that is off by one there is still a table.
 *
 * Source: Unicode, East Asian Width (W and F), in blocks.
 *
 * @module
 */

/** First and last code point of what is two columns wide. */
const wideBlocks: ReadonlyArray<readonly [number, number]> = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0xa4cf],
  [0xa960, 0xa97f],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x1f300, 0x1faff],
  [0x20000, 0x3fffd]
]

const combining = /^[\p{Mn}\p{Me}\u200b-\u200d]$/u

const columnsOf = (character: string): number => {
  const point = character.codePointAt(0) ?? 0
  if (point < 0x300) return 1
  if (combining.test(character)) return 0
  return wideBlocks.some(([first, last]) => point >= first && point <= last) ? 2 : 1
}

const isNarrow = (text: string): boolean => {
  for (let i = 0; i < text.length; i += 1) if (text.charCodeAt(i) >= 0x300) return false
  return true
}

/** The columns that a printable text takes. */
export const widthOf = (text: string): number => {
  if (isNarrow(text)) return text.length
  let width = 0
  for (const character of text) width += columnsOf(character)
  return width
}

/** The most of a text's beginning that fits into so many columns, one character at least. */
export const headWithin = (text: string, columns: number): string => {
  let width = 0
  let end = 0
  for (const character of text) {
    width += columnsOf(character)
    if (width > columns && end > 0) break
    end += character.length
  }
  return text.slice(0, end)
}
