/**
 * What is shown, and what it comes to in one line.
 *
 *     state ──▶ settings made ready, events read, results      3 events · 2 mapped · 1 invalid · 4 intents · 5 calls
 *
 * @module
 */
import { type Prepared, prepare } from './contracts.js'
import { readEvents, type TextEvents } from './read-events.js'
import { type EventResult, resultsOf, tallyOf } from './results.js'
import { contractOf, type State } from './state.js'

/** All that is shown of a state. */
export interface Shown {
  readonly prepared: Prepared
  readonly read: TextEvents
  readonly results: ReadonlyArray<EventResult>
}

/** What a state shows. */
export const shownOf = (state: State): Shown => {
  const prepared = prepare(contractOf(state), state.settings, state.side)
  const read = readEvents(state.events)
  return { prepared, read, results: prepared._tag === 'Ready' ? resultsOf(prepared, read.events) : [] }
}

/** A number with its noun. */
export const plural = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`

/** How an event ended, in words. */
export const endings: Readonly<Record<EventResult['result']['ending'], string>> = {
  mapped: 'mapped',
  remarks: 'mapped, with remarks',
  skipped: 'skipped',
  invalid: 'invalid'
}

const sum = (numbers: ReadonlyArray<number>): number => numbers.reduce((all, n) => all + n, 0)

const count = (n: number, words: string): ReadonlyArray<string> => (n === 0 ? [] : [`${n} ${words}`])

/** The line. */
export const summaryOf = ({ prepared, read, results }: Shown): string => {
  if (prepared._tag === 'Unready') return 'The settings cannot be used yet'
  const { endings: ended, events } = tallyOf(results)
  return [
    plural(events, 'event'),
    ...count(ended.mapped, 'mapped'),
    ...count(ended.remarks, 'mapped with remarks'),
    ...count(ended.skipped, 'skipped'),
    ...count(ended.invalid, 'invalid'),
    ...count(read.faults.length, 'unreadable'),
    plural(sum(results.map(({ result }) => result.intents.length)), 'intent'),
    plural(sum(results.map(({ calls }) => calls.length)), 'call')
  ].join(' · ')
}
