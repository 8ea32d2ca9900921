/**
 * Events as the items of one JSON array: what stands between the commas of its outermost brackets.
 *
 *     [ {…}, {…},
 *       {…} ]
 *
 * @module
 */
import { brackets, comma, isWhite } from './brackets.js'
import { gather } from './gather.js'
import { longestEvent, type Piece, type Splitter, textPiece, tooLong, unread } from './piece.js'

const blank = 'is empty: there are two commas side by side, or one behind the last item'
const afterEnd = 'stands behind the end of the list; put all events into one array, or each on a line of its own'
const unended = 'is where the input stops although the list goes on; is the file complete?'

/** Where in the list the splitter is; `beyond` has complained of what stands behind it. */
type Phase = 'before' | 'inside' | 'behind' | 'beyond'

/** A splitter for an array, of which the first byte that is not white must be the opening bracket. */
export const splitList = (limit: number = longestEvent): Splitter => {
  const { after } = brackets()
  const item = gather(limit)
  let phase: Phase = 'before'
  let number = 0

  const finish = (pieces: Array<Piece>, isLast: boolean): void => {
    const text = item.take()
    if (isLast && number === 0 && text !== null && text.trim() === '') return
    number += 1
    if (text === null) pieces.push(unread(number, tooLong))
    else pieces.push(text.trim() === '' ? unread(number, blank) : textPiece(number, text))
  }

  /** One byte; answers where the next item begins, if this byte ends one. */
  const step = (pieces: Array<Piece>, chunk: Buffer, from: number, at: number): number => {
    const byte = chunk[at] ?? 0
    const open = after(byte)
    if (phase === 'before') {
      if (open === 1) phase = 'inside'
      return at + 1
    }
    if (phase !== 'inside') {
      if (phase === 'behind' && !isWhite(byte)) {
        pieces.push(unread(number + 1, afterEnd))
        phase = 'beyond'
      }
      return at + 1
    }
    if (open > 1 || open < 0 || (open === 1 && byte !== comma)) return from
    item.add(chunk, from, at)
    finish(pieces, open === 0)
    if (open === 0) phase = 'behind'
    return at + 1
  }

  return {
    push: (chunk) => {
      const pieces: Array<Piece> = []
      let from = 0
      for (let at = 0; at < chunk.length; at += 1) from = step(pieces, chunk, from, at)
      item.add(chunk, from, chunk.length)
      return pieces
    },
    end: () => {
      if (phase !== 'inside') return []
      const text = item.take()
      number += 1
      return [unread(number, text === null ? tooLong : unended)]
    }
  }
}
