/**
 * One piece of an input: the first, or the one with a number. No more is read than that takes.
 *
 * @module
 */
import * as E from 'fp-ts/Either'
import type { Input } from '../world.js'
import type { Counted, Piece } from './piece.js'
import { readPieces } from './read-pieces.js'

/** A piece, and what its number counts. */
export interface FoundPiece {
  readonly piece: Piece
  readonly counted: Counted
}

const nowhere = (name: string, number: number | null, last: number, counted: Counted): string => {
  if (last === 0) return `${name}: holds no event`
  const isBeyond = number !== null && last < number
  return `${name}: no event is on ${counted} ${number}${isBeyond ? `; the last one is on ${counted} ${last}` : ''}`
}

/** The piece, or why there is none. */
export const findPiece = async (
  { name, chunks }: Input,
  number: number | null
): Promise<E.Either<string, FoundPiece>> => {
  let found: FoundPiece | undefined
  let last = 0
  let counts: Counted = 'line'
  const failure = await readPieces(chunks, {
    take: (piece, counted) => {
      last = piece.number
      counts = counted
      if (found === undefined && (number === null || piece.number === number)) found = { piece, counted }
    },
    rest: () => Promise.resolve(found === undefined && (number === null || last < number))
  })
  if (found !== undefined) return E.right(found)
  return E.left(failure ?? nowhere(name, number, last, counts))
}
