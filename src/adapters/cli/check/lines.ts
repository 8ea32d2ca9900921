/**
 * Calls that have something in common: how many, and where the first of them stand.
 *
 * @module
 */

/** How many examples are told. */
export const mostExamples = 5

/** A count, and the lines of the first. */
export interface Lines {
  count: number
  readonly first: Array<number>
}

/** None yet. */
export const newLines = (): Lines => ({ count: 0, first: [] })

/** Counts one more. */
export const noteLine = (lines: Lines, line: number): void => {
  lines.count += 1
  if (lines.first.length < mostExamples) lines.first.push(line)
}
