/**
 * Notes: what is said of a text, at the place it speaks of.
 *
 *     12 │   "email": 4711,      ┄┄ invalid  traits.email: found a number; send it as text
 *              └ marked ─┘
 *
 * A missing member is marked at the object that lacks it.
 *
 * @module
 */
import type { Path } from '../../../src/ground/path.js'
import { describeProblem, type Problem, type Weight } from '../../../src/ground/problem.js'
import { type JsonFault, type JsonNode, nodeAt } from './json-text.js'

/** How bad it is: a problem's weight, or that the text is no JSON. */
export type NoteWeight = Weight | 'unreadable'

/** One note; `start` and `end` bound what is marked. */
export interface Note {
  readonly start: number
  readonly end: number
  readonly weight: NoteWeight
  readonly text: string
}

/** What to mark for a path below a node: key and value where they are there, else the key or the opening sign of what should hold them. */
const marked = (root: JsonNode, path: Path): readonly [start: number, end: number] => {
  const { node, isExact } = nodeAt(root, path)
  if (isExact && node !== root) return [node.keyAt?.[0] ?? node.start, node.end]
  return node.keyAt ?? [node.start, node.start + 1]
}

/** A problem as a note on the text that its value was read from. */
export const noteOf = (root: JsonNode, problem: Problem): Note => {
  const [start, end] = marked(root, problem.at)
  return { start, end, weight: problem.weight, text: describeProblem(problem) }
}

/** A fault of the text itself as a note. */
export const noteOfFault = ({ at, why }: JsonFault): Note => ({
  start: at,
  end: at + 1,
  weight: 'unreadable',
  text: why
})

const ranks: Readonly<Record<NoteWeight, number>> = { unreadable: 0, invalid: 1, dropped: 2, skipped: 3, warning: 4 }

/** The heaviest weight of some notes. */
export const heaviest = (notes: ReadonlyArray<Note>): NoteWeight | undefined =>
  notes.reduce<NoteWeight | undefined>(
    (worst, { weight }) => (worst === undefined || ranks[weight] < ranks[worst] ? weight : worst),
    undefined
  )
