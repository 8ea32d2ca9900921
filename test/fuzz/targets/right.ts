/**
 * What a target is made of must be right: the inputs are to be hostile, not the settings around them.
 *
 * @module
 */
import type { Problem } from '../../../src/ground/problem.js'
import { describeProblem } from '../../../src/ground/problem.js'
import type { Remarked } from '../../../src/ground/these.js'

/** The value of a verdict that must have one. */
export const rightOf = <A>(read: Remarked<A>): A => {
  if (read._tag !== 'Left') return read.right
  const problems: ReadonlyArray<Problem> = read.left
  throw new Error(problems.map(describeProblem).join('\n'))
}
