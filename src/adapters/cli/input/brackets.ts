/**
 * Brackets and texts of JSON, byte by byte: enough to see where a value ends, and no more.
 *
 * Whether a value is JSON is for `JSON.parse` to say. So a broken event is told by its position while its neighbours go on, as long as
 * its brackets and quotation marks have partners; a parser that builds the whole tree as it goes could neither skip a broken event
 * nor bound a long one.
 *
 * @module
 */

const quote = 34
const backslash = 92
const isOpening = (byte: number): boolean => byte === 123 || byte === 91
const isClosing = (byte: number): boolean => byte === 125 || byte === 93

/** The byte of the comma. */
export const comma = 44

/** Whether a byte is white space to JSON. */
export const isWhite = (byte: number): boolean => byte === 32 || byte === 10 || byte === 13 || byte === 9

/** What stands open after the bytes seen so far. */
export interface Brackets {
  /** How many brackets are open after this byte; -1 while inside a text. A closing bracket too many closes nothing. */
  readonly after: (byte: number) => number
}

/** Nothing open yet. */
export const brackets = (): Brackets => {
  let depth = 0
  let inText = false
  let isEscaped = false

  const inside = (byte: number): number => {
    if (isEscaped) isEscaped = false
    else if (byte === backslash) isEscaped = true
    else if (byte === quote) inText = false
    return -1
  }

  return {
    after: (byte) => {
      if (inText) return inside(byte)
      if (byte === quote) {
        inText = true
        return -1
      }
      if (isOpening(byte)) depth += 1
      else if (isClosing(byte) && depth > 0) depth -= 1
      return depth
    }
  }
}
