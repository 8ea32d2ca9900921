/**
 * Findings: what a watched stream shows, each with its count, its first examples, and what to do.
 *
 * @module
 */
import type { Counted } from '../input/piece.js'
import { printable } from '../text/printable.js'
import type { Lines } from './lines.js'
import { byFrequency, type Names } from './names.js'

/** One finding; `count` 0 means that it was looked for in vain. `isAccepted`: the settings say that it may be so. */
export interface Finding {
  readonly count: number
  readonly what: string
  readonly examples: ReadonlyArray<string>
  readonly mend: string
  readonly isAccepted?: boolean
}

const mostListed = 10

/** A name in quotes, for a screen. */
export const quoted = (name: string): string => printable(JSON.stringify(name))

/** Names, the most frequent first, each with its count. */
export const ofNames = (
  names: Names,
  what: string,
  mend: string,
  describe: (name: string) => string = quoted
): Finding => {
  const rows = byFrequency(names)
  const listed = rows.slice(0, mostListed).map(([name, n]) => `${describe(name)} ${n}×`)
  const more = rows.length - listed.length
  const rest = names.others > 0 ? [`${names.others} calls with names beyond the first ${rows.length}`] : []
  const examples = [...listed, ...(more > 0 ? [`${more} more names`] : []), ...rest]
  return { count: rows.length, what, examples, mend }
}

/** Rows of the settings. */
export const ofRows = (rows: ReadonlyArray<string>, what: string, mend: string): Finding => ({
  count: rows.length,
  what,
  examples: rows.slice(0, mostListed),
  mend
})

/** Calls, by their lines. */
export const ofLines = ({ count, first }: Lines, counted: Counted, what: string, mend: string): Finding => ({
  count,
  what,
  examples: first.map((line) => `${counted} ${line}`),
  mend
})
