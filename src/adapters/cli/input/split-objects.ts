/**
 * Events as JSON objects one after another, each over as many lines as it likes: how a debugger shows them.
 *
 *     {
 *       "type": "page"
 *     }
 *     { … }
 *
 * @module
 */
import { brackets } from './brackets.js'
import { gather } from './gather.js'
import { longestEvent, type Piece, type Splitter, textPiece, tooLong, unread } from './piece.js'

const closingBrace = 125

/** A splitter behind each brace that closes the outermost object. */
export const splitObjects = (limit: number = longestEvent): Splitter => {
  const { after } = brackets()
  const object = gather(limit)
  let number = 0

  const finish = (pieces: Array<Piece>): void => {
    const text = object.take()
    if (text?.trim() === '') return
    number += 1
    pieces.push(text === null ? unread(number, tooLong) : textPiece(number, text))
  }

  return {
    push: (chunk) => {
      const pieces: Array<Piece> = []
      let from = 0
      for (let at = 0; at < chunk.length; at += 1) {
        const byte = chunk[at] ?? 0
        if (after(byte) !== 0 || byte !== closingBrace) continue
        object.add(chunk, from, at + 1)
        finish(pieces)
        from = at + 1
      }
      object.add(chunk, from, chunk.length)
      return pieces
    },
    end: () => {
      const pieces: Array<Piece> = []
      finish(pieces)
      return pieces
    }
  }
}
