/**
 * Counts over a whole stream: what became of its events, and how many intents of each kind came out.
 *
 * @module
 */
import type { Weight } from '../../../ground/problem.js'
import type { Counted } from '../input/piece.js'
import type { Ending } from './result.js'

/** The counts. `faults` make a run end with 1: events of which something is invalid, lines that cannot be read. */
export interface Tally {
  events: number
  readonly endings: Record<Ending, number>
  unreadable: number
  faults: number
  readonly intents: Map<string, number>
}

/** Nothing counted yet. */
export const newTally = (): Tally => ({
  events: 0,
  endings: { mapped: 0, remarks: 0, skipped: 0, invalid: 0 },
  unreadable: 0,
  faults: 0,
  intents: new Map()
})

/** Counts one event: how it ended, its intents, and the problems that make it a fault. */
export const countEnding = (
  tally: Tally,
  ending: Ending,
  intents: ReadonlyArray<{ readonly _tag: string }>,
  problems: ReadonlyArray<{ readonly weight: Weight }>
): void => {
  tally.events += 1
  tally.endings[ending] += 1
  for (const { _tag } of intents) tally.intents.set(_tag, (tally.intents.get(_tag) ?? 0) + 1)
  if (problems.some(({ weight }) => weight === 'invalid')) tally.faults += 1
}

/** Counts one piece that is no event. */
export const countUnread = (tally: Tally): void => {
  tally.unreadable += 1
  tally.faults += 1
}

const intentRows = (tally: Tally): ReadonlyArray<readonly [string, number]> =>
  [...tally.intents].sort(([a], [b]) => (a < b ? -1 : 1))

const total = (tally: Tally): number => [...tally.intents.values()].reduce((sum, n) => sum + n, 0)

/** The counts as rows of a name and a number; what is part of the row above it is indented. */
export const tallyRows = (tally: Tally, counted: Counted): ReadonlyArray<readonly [string, number]> => [
  ['events', tally.events],
  ['  mapped', tally.endings.mapped],
  ['  mapped, with remarks', tally.endings.remarks],
  ['  skipped', tally.endings.skipped],
  ['  invalid', tally.endings.invalid],
  [`unreadable ${counted}s`, tally.unreadable],
  ['intents', total(tally)],
  ...intentRows(tally).map(([tag, n]) => [`  ${tag}`, n] as const)
]

const plural = (n: number, one: string): string => `${n} ${one}${n === 1 ? '' : 's'}`

/** The counts as an object. */
export const tallyObject = ({ events, endings, unreadable, intents }: Tally) => ({
  events,
  ...endings,
  unreadable,
  intents: Object.fromEntries([...intents].sort(([a], [b]) => (a < b ? -1 : 1)))
})

/** The counts as a line of JSON. */
export const tallyJson = (tally: Tally): string => `${JSON.stringify({ totals: tallyObject(tally) })}\n`

/** The counts in two lines. */
export const tallyLines = (tally: Tally, counted: Counted): string => {
  const { events, endings, unreadable } = tally
  const kinds = intentRows(tally).map(([tag, n]) => `${n} ${tag}`)
  return (
    `${plural(events, 'event')}: ${endings.mapped} mapped, ${endings.remarks} mapped with remarks, ${endings.skipped} skipped, ` +
    `${endings.invalid} invalid; ${plural(unreadable, `unreadable ${counted}`)}\n` +
    `${plural(total(tally), 'intent')}${kinds.length === 0 ? '' : `: ${kinds.join(', ')}`}\n`
  )
}
