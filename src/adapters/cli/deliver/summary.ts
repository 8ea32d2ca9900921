/**
 * What a delivery came to, as a table to read.
 *
 * @module
 */
import type { CallsMade } from '../../fetch/deliver-config.js'
import type { Counted } from '../input/piece.js'
import { type Tally, tallyObject, tallyRows } from '../map/tally.js'
import type { Paint } from '../text/paint.js'
import type { Fate, Fates } from './ledger.js'
import type { CallCounts } from './naive.js'

/** All that the table tells. */
export interface Told {
  readonly tally: Tally
  readonly counted: Counted
  /** Intents that came as such, and those that were held. */
  readonly given: number
  readonly held: number
  readonly fates: Fates
  readonly calls: CallsMade
  readonly naive: CallCounts
  readonly seconds: number
  readonly to: string
}

const nameWidth = 52
const numberWidth = 9

const row = (name: string, ...numbers: ReadonlyArray<number>): string =>
  `${name.padEnd(nameWidth)}${numbers.map((n) => String(n).padStart(numberWidth)).join('')}\n`

const fateRows: ReadonlyArray<Fate> = ['delivered', 'queued', 'not needed', 'failed', 'unknown', 'deferred']

const sum = (counts: ReadonlyMap<unknown, number>): number => [...counts.values()].reduce((all, n) => all + n, 0)

/** Kinds of intents are no news once they are delivered. */
const eventRows = (tally: Tally, counted: Counted): string =>
  tallyRows(tally, counted)
    .filter(([name]) => name !== 'intents' && !/^ {2}[A-Z]/.test(name))
    .map(([name, n]) => row(name, n))
    .join('')

const shortened = (name: string): string => {
  const room = nameWidth - 5
  return name.length > room ? `${name.slice(0, room - 1)}…` : name
}

/** What the row above is made of, the most frequent first. */
const detailRows = (counts: ReadonlyMap<string, number>): ReadonlyArray<string> =>
  [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).map(([name, n]) => row(`    ${shortened(name)}`, n))

const intentRows = ({ fates, given, held }: Told, paint: Paint): string => {
  const rows = fateRows.map((fate) => {
    const n = fates.count.get(fate) ?? 0
    const line = row(`  ${fate}`, n)
    if (fate === 'delivered') return paint.good(line)
    return (fate === 'failed' || fate === 'unknown') && n > 0 ? paint.bad(line) : line
  })
  const done = fateRows.indexOf('delivered') + 1
  const failed = fateRows.indexOf('failed') + 1
  return [
    row('intents', sum(fates.count) + held),
    ...(given === 0 ? [] : [row('  of them out of the input itself', given)]),
    ...rows.slice(0, done),
    ...detailRows(fates.remarks),
    ...rows.slice(done, failed),
    ...detailRows(fates.reasons),
    ...rows.slice(failed),
    ...(held === 0 ? [] : [row('  held, for they may have been done', held)])
  ].join('')
}

const callRows = ({ calls, naive }: Told, paint: Paint): string => {
  const used = new Map(Object.entries(calls.byEndpoint))
  const names = [...new Set([...used.keys(), ...naive.keys()])].sort()
  const head = `${'calls'.padEnd(nameWidth)}${'made'.padStart(numberWidth)}${'one by one'.padStart(numberWidth + 4)}\n`
  const line = (name: string, made: number, alone: number): string =>
    `${name.padEnd(nameWidth)}${String(made).padStart(numberWidth)}${String(alone).padStart(numberWidth + 4)}\n`
  return (
    paint.strong(head) +
    names.map((name) => line(`  ${name}`, used.get(name) ?? 0, naive.get(name) ?? 0)).join('') +
    line('  in all', calls.all, sum(naive))
  )
}

/** The same as one JSON document; `deadLetter` is how many lines of it there are, or would be. */
export const summaryJson = (
  { tally, fates, given, held, calls, naive, seconds, to }: Told,
  deadLetter: number
): string => {
  const { intents: mapped, ...events } = tallyObject(tally)
  const fate = Object.fromEntries(
    fateRows.map((name) => [name === 'not needed' ? 'notNeeded' : name, fates.count.get(name) ?? 0])
  )
  const why = { remarks: Object.fromEntries(fates.remarks), reasons: Object.fromEntries(fates.reasons) }
  const made = { calls: calls.all, byEndpoint: calls.byEndpoint, oneByOne: Object.fromEntries(naive) }
  const intents = { all: sum(fates.count) + held, given, held, ...fate, ...why, mapped }
  return `${JSON.stringify({ to, seconds, events, intents, ...made, deadLetter }, null, 2)}\n`
}

/** The table. */
export const drawSummary = (told: Told, paint: Paint): string =>
  [
    paint.strong(`Delivered to ${told.to} in ${told.seconds.toFixed(1)} s`),
    eventRows(told.tally, told.counted) + intentRows(told, paint),
    callRows(told, paint)
  ]
    .join('\n\n')
    .replace(/\n\n\n/g, '\n\n')
