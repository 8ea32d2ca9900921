/**
 * What `check` tells, part by part: as text at once, or gathered into one JSON document that is written at the end.
 *
 * @module
 */
import { printPath } from '../../../ground/path.js'
import { describeProblem, type Problem } from '../../../ground/problem.js'
import type { World } from '../world.js'

/** A report under way. */
export interface Report {
  /** Tells a part: its text to people, its value to programs. */
  readonly tell: (name: string, value: unknown, text: string) => void
  /** Ends the report. */
  readonly end: () => void
}

/** A report of which nothing is told yet. */
export const newReport = (world: World): Report => {
  const parts: Array<readonly [string, unknown]> = []
  return {
    tell: (name, value, text) => {
      if (world.json) parts.push([name, value])
      else world.out.write(text)
    },
    end: () => {
      if (world.json) world.out.write(`${JSON.stringify(Object.fromEntries(parts), null, 2)}\n`)
    }
  }
}

/** A problem for programs: where and what in words, and the library's own value. */
export const problemValue = (problem: Problem): unknown => ({
  weight: problem.weight,
  at: printPath(problem.at),
  text: describeProblem(problem),
  problem
})
