/**
 * Reads an input piece by piece, in step with whoever takes what is made of it.
 *
 * @module
 */
import type { Either } from 'fp-ts/Either'
import type { Counted, Piece } from './piece.js'
import { splitInput } from './split-input.js'

/** What is done with the input. */
export interface Taker {
  readonly take: (piece: Piece, counted: Counted) => void
  /** Called after each chunk with its size; false ends the reading. */
  readonly rest: (bytes: number) => Promise<boolean>
}

/** Feeds every piece to the taker. Answers why the input could not be read to its end, if so. */
export const readPieces = async (
  chunks: AsyncIterable<Either<string, Buffer>>,
  { take, rest }: Taker
): Promise<string | undefined> => {
  const splitter = splitInput()
  const takeAll = (pieces: ReadonlyArray<Piece>): void => {
    for (const piece of pieces) take(piece, splitter.counted())
  }
  for await (const chunk of chunks) {
    if (chunk._tag === 'Left') return chunk.left
    takeAll(splitter.push(chunk.right))
    if (!(await rest(chunk.right.length))) return undefined
  }
  takeAll(splitter.end())
  await rest(0)
  return undefined
}
