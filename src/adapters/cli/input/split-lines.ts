/**
 * One event a line (NDJSON). Blank lines are passed over but counted, so that numbers are those of an editor.
 *
 * A line break inside a text of JSON is always escaped, so the byte of a line feed ends a line wherever it stands, also between the
 * bytes of a character: lines are decoded whole. The carriage return of CRLF is white space to JSON.
 *
 * @module
 */
import { gather } from './gather.js'
import { longestEvent, type Piece, type Splitter, textPiece, tooLong, unread } from './piece.js'

const lineFeed = 10
const isBlank = (text: string): boolean => text.trim() === ''

/** A splitter at line feeds; the last line needs none. */
export const splitLines = (limit: number = longestEvent): Splitter => {
  const line = gather(limit)
  let number = 0

  const finish = (pieces: Array<Piece>): void => {
    number += 1
    const text = line.take()
    if (text === null) pieces.push(unread(number, tooLong))
    else if (!isBlank(text)) pieces.push(textPiece(number, text))
  }

  return {
    push: (chunk) => {
      const pieces: Array<Piece> = []
      let from = 0
      for (let at = chunk.indexOf(lineFeed); at >= 0; at = chunk.indexOf(lineFeed, from)) {
        line.add(chunk, from, at)
        finish(pieces)
        from = at + 1
      }
      line.add(chunk, from, chunk.length)
      return pieces
    },
    end: () => {
      const pieces: Array<Piece> = []
      if (!line.isEmpty()) finish(pieces)
      return pieces
    }
  }
}
