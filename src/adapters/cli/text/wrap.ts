/**
 * Text broken into lines of a given width, at spaces where there are any.
 *
 * @module
 */
import { headWithin, widthOf } from './width.js'

/** Pieces of a word that is wider than a line by itself; every piece but the last fills one. */
const cutWord = (word: string, columns: number): ReadonlyArray<string> => {
  const pieces: Array<string> = []
  let rest = word
  while (widthOf(rest) > columns) {
    const head = headWithin(rest, columns)
    pieces.push(head)
    rest = rest.slice(head.length)
  }
  return [...pieces, rest]
}

const wrapLine = (line: string, columns: number): ReadonlyArray<string> => {
  if (widthOf(line) <= columns) return [line]
  const lines: Array<string> = []
  let now = ''
  for (const word of line.split(' ').flatMap((whole) => cutWord(whole, columns))) {
    if (now !== '' && widthOf(now) + 1 + widthOf(word) > columns) {
      lines.push(now)
      now = word
    } else now = now === '' ? word : `${now} ${word}`
  }
  return now === '' ? lines : [...lines, now]
}

/** A text as lines no wider than `columns`; its own line breaks stay. Nothing is cut off. */
export const wrap = (text: string, columns: number): ReadonlyArray<string> =>
  text.split('\n').flatMap((line) => wrapLine(line, Math.max(1, columns)))
