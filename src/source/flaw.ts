/**
 * What is wrong with a value: what the cell holds all the same, and what is to be said of it.
 *
 *     leadId: 4.5    cell null    found a number    a whole number, or text, is an id
 *
 * A cell is never an object, so that a flaw can stand in a cell's place until it is told.
 *
 * @module
 */
import { malformed, type Problem } from '../ground/problem.js'
import type { Cell } from './collection.js'

/** A flaw: the cell that is left, how much was lost, what was found and how to mend it. @internal */
export interface Flaw {
  readonly cell: Cell
  readonly weight: 'dropped' | 'warning'
  readonly found: string
  readonly mend: string
}

/** Whether a reader found a flaw. @internal */
export const isFlaw = (read: Cell | Flaw): read is Flaw => typeof read === 'object' && read !== null

/** The problem that a flaw is, at its place. @internal */
export const flawProblem = (
  { weight, found, mend }: Flaw,
  collection: string,
  index: number,
  column: string
): Problem => malformed(weight, [collection, index, column], found, mend)
