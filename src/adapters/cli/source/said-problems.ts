/**
 * What is said while reading: each problem once, the first so many of them in full.
 *
 * @module
 */
import { describeProblem, type Problem } from '../../../ground/problem.js'
import { paintWeight } from '../said.js'
import { type Paint, plainPaint } from '../text/paint.js'
import { printable } from '../text/printable.js'
import type { Sink } from '../world.js'

/** Problems as they come. */
export interface SaidProblems {
  /** Says problems; `untold` of them there was no room to hand over. */
  readonly say: (problems: ReadonlyArray<Problem>, untold?: number) => void
  readonly count: () => number
  /** Whether a record could not be read. */
  readonly hasInvalid: () => boolean
}

const mostSaid = 100

/** Nothing said yet; with `quiet` nothing is ever printed. */
export const newSaidProblems = (err: Sink, quiet: boolean, paint: Paint = plainPaint): SaidProblems => {
  const said = new Set<string>()
  let count = 0
  let hasInvalid = false
  const say = (problem: Problem): void => {
    count += 1
    hasInvalid = hasInvalid || problem.weight === 'invalid'
    const text = `${printable(describeProblem(problem))} ${paintWeight(problem.weight, paint)}\n`
    if (quiet || said.has(text) || said.size >= mostSaid) return
    said.add(text)
    err.write(text)
  }
  return {
    say: (problems, untold = 0) => {
      problems.forEach(say)
      count += untold
    },
    count: () => count,
    hasInvalid: () => hasInvalid
  }
}
