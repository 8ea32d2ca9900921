/**
 * Lines of a text: which line an offset stands on, and where in it.
 *
 * @module
 */

/** A place in a text, for people: line and column count from 1. */
export interface TextPlace {
  readonly line: number
  readonly column: number
}

/** The offsets at which the lines of a text begin. */
export const lineStarts = (text: string): ReadonlyArray<number> => {
  const starts = [0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return starts
}

/** The position, from 0, of the line that an offset stands on. */
export const lineAt = (starts: ReadonlyArray<number>, offset: number): number => {
  let [low, high] = [0, starts.length - 1]
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((starts[middle] ?? 0) <= offset) low = middle
    else high = middle - 1
  }
  return low
}

/** The place of an offset. */
export const placeOf = (starts: ReadonlyArray<number>, offset: number): TextPlace => {
  const line = lineAt(starts, offset)
  return { line: line + 1, column: offset - (starts[line] ?? 0) + 1 }
}
