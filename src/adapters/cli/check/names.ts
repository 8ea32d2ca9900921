/**
 * Names with counts, in bounded memory: names beyond the first thousand are counted together.
 *
 * @module
 */

const mostNames = 1000
const longestName = 100

/** Names and how often each came. */
export interface Names {
  readonly counts: Map<string, number>
  /** How often a name came that there was no room for. */
  others: number
}

/** No names yet. */
export const newNames = (): Names => ({ counts: new Map(), others: 0 })

const shortened = (name: string): string => (name.length > longestName ? `${name.slice(0, longestName)}…` : name)

/** Counts a name once more. */
export const countName = (names: Names, whole: string): void => {
  const name = shortened(whole)
  const before = names.counts.get(name)
  if (before === undefined && names.counts.size >= mostNames) names.others += 1
  else names.counts.set(name, (before ?? 0) + 1)
}

/** The names, the most frequent first, then in the order of the alphabet. */
export const byFrequency = ({ counts }: Names): ReadonlyArray<readonly [string, number]> =>
  [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
