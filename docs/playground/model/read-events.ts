/**
 * Events out of a text: one object, a list of them, or one behind another as in NDJSON.
 *
 * @module
 */
import { type JsonFault, type JsonNode, readJsonText, valueIn } from './json-text.js'

/** An event and the node it was read from. */
export interface TextEvent {
  readonly value: unknown
  readonly node: JsonNode
}

/** The events of a text, and what of it is no event. */
export interface TextEvents {
  readonly events: ReadonlyArray<TextEvent>
  readonly faults: ReadonlyArray<JsonFault>
}

/** The longest text that is read, and how many events of it. */
export const longestText = 4_000_000
export const mostEvents = 2_000

const tooLong: JsonFault = {
  at: 0,
  why: `a text of more than ${longestText} characters: use the command line for files`
}
const tooMany = (at: number): JsonFault => ({
  at,
  why: `only ${mostEvents} events are read here: use the command line for more`
})

/** The nodes of single events: those of the list, where the text is one list and nothing else. */
const eventNodes = (text: string, nodes: ReadonlyArray<JsonNode>): ReadonlyArray<JsonNode> => {
  const [only, more] = nodes
  const isList = only !== undefined && more === undefined && text.charAt(only.start) === '['
  return isList ? only.children.map((node) => ({ ...node, key: null, keyAt: null })) : nodes
}

/** Reads a text. */
export const readEvents = (text: string): TextEvents => {
  if (text.length > longestText) return { events: [], faults: [tooLong] }
  const { nodes, faults } = readJsonText(text)
  const all = eventNodes(text, nodes)
  const beyond = all[mostEvents]
  return {
    events: all.slice(0, mostEvents).map((node) => ({ node, value: valueIn(text, node) })),
    faults: beyond === undefined ? faults : [...faults, tooMany(beyond.start)]
  }
}

/** The position of the event that an offset stands in, or of the next one before it. */
export const eventAt = (events: ReadonlyArray<TextEvent>, offset: number): number => {
  const behind = events.findIndex(({ node }) => node.start > offset)
  return Math.max(0, (behind < 0 ? events.length : behind) - 1)
}
