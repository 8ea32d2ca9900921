/**
 * The text of one event as a value, or where it is broken.
 *
 * The message of `JSON.parse` quotes the text, and texts hold personal data; here only a place is told.
 *
 * @module
 */
import { Tokenizer, TokenParser } from '@streamparser/json'
import * as E from 'fp-ts/Either'
import type { Piece } from './piece.js'

/** The position of the first character that cannot be, or null where all that is there is good and something is missing. */
const brokenAt = (text: string): number | null => {
  const tokens = new Tokenizer()
  const values = new TokenParser()
  let last = 0
  values.onValue = () => undefined
  tokens.onToken = (token) => {
    last = token.offset
    values.write(token)
  }
  try {
    tokens.write(text)
  } catch (error) {
    const position = error instanceof Error ? /absolute position "(\d+)"/.exec(error.message)?.[1] : undefined
    const bytes = position === undefined ? last : Number(position)
    return Buffer.from(text).subarray(0, bytes).toString('utf8').length
  }
  return null
}

/** Line and column, from 1, of a position in a text; in a text of one line the column alone. */
const placeOf = (text: string, position: number): string => {
  const before = text.slice(0, position)
  const column = position - before.lastIndexOf('\n')
  return text.trim().includes('\n') ? `line ${before.split('\n').length}, column ${column}` : `column ${column}`
}

/** Why a text is no JSON: where it breaks, and nothing of what stands there. */
export const whyNotJson = (text: string): string => {
  const position = brokenAt(text)
  return position === null
    ? 'is not JSON: it stops before the value is complete'
    : `is not JSON: it breaks at ${placeOf(text, position)}`
}

/** The value that a text writes, or why it writes none. */
export const parseText = (text: string): E.Either<string, unknown> => {
  try {
    const value: unknown = JSON.parse(text)
    return E.right(value)
  } catch {
    return E.left(whyNotJson(text))
  }
}

/** The value of a piece, or why it has none. */
export const parsePiece = (piece: Piece): E.Either<string, unknown> =>
  piece._tag === 'Text' ? parseText(piece.text) : E.left(piece.why)
