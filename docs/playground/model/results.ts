/**
 * What became of each event: its intents, its calls, and what is said of it.
 *
 *     events ──▶ results ──▶ notes on the text
 *                  │
 *                  └ what a page starts before any event stands behind them
 *
 * @module
 */
import { callsOf } from '../../../src/adapters/cli/map/requests.js'
import { mapEvent, type Result } from '../../../src/adapters/cli/map/result.js'
import { countEnding, newTally, type Tally } from '../../../src/adapters/cli/map/tally.js'
import { curlWriter } from '../../../src/adapters/cli/map/write-curl.js'
import type { Side } from '../../../src/adapters/cli/request.js'
import { describeEvent } from '../../../src/adapters/cli/text/event-words.js'
import type { Problem } from '../../../src/ground/problem.js'
import type { Call } from '../../../src/intent/descriptor.js'
import type { Mapped } from '../../../src/intent/mapped.js'
import type { Ready } from './contracts.js'
import type { JsonNode } from './json-text.js'
import { type Note, noteOf } from './notes.js'
import type { TextEvent } from './read-events.js'

/**
 * An event, mapped, with its calls. `problems` are the mapping's and those of intents that no call can carry. `node` is null for the load of
 * the page, which no text speaks of.
 */
export interface EventResult {
  readonly label: string
  readonly side: Side
  readonly node: JsonNode | null
  readonly result: Result
  readonly calls: ReadonlyArray<Call>
  readonly problems: ReadonlyArray<Problem>
}

const resultOf = (
  label: string,
  side: Side,
  node: JsonNode | null,
  event: unknown,
  number: number | null,
  verdict: Mapped
): EventResult => {
  const result = mapEvent([{ name: null, map: () => verdict }])(event, number, 'item')
  const { calls, said } = callsOf(result)
  return { label, side, node, result, calls, problems: [...result.said, ...said].map(({ problem }) => problem) }
}

/** All events, in order, through one new mapper. */
export const resultsOf = (ready: Ready, events: ReadonlyArray<TextEvent>): ReadonlyArray<EventResult> => {
  const map = ready.startMapping()
  const mapped = events.map(({ value, node }, i) =>
    resultOf(describeEvent(value), ready.sideOf(value), node, value, i + 1, map(value))
  )
  return ready.start === null
    ? mapped
    : [...mapped, resultOf('what the page starts', 'browser', null, null, null, ready.start)]
}

/** The event's requests as the command line prints them for a shell. */
export const curlOf = ({ result }: EventResult): string => curlWriter.event(result).text

/** What is said of the events, as notes on their text. */
export const notesOn = (results: ReadonlyArray<EventResult>): ReadonlyArray<Note> =>
  results.flatMap(({ node, problems }) => (node === null ? [] : problems.map((problem) => noteOf(node, problem))))

/** How many events ended how, and in how many intents. */
export const tallyOf = (results: ReadonlyArray<EventResult>): Tally => {
  const tally = newTally()
  for (const { node, result, problems } of results)
    if (node !== null) countEnding(tally, result.ending, result.intents, problems)
  return tally
}
