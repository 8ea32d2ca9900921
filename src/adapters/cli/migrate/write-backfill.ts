/**
 * The files to import, written beside one another: `people.csv`, `people-2.csv`, …
 *
 * @module
 */
import { printPath } from '../../../ground/path.js'
import { describeProblem, type Problem } from '../../../ground/problem.js'
import type { Backfill } from '../../../settings/backfill.js'
import type { Counted } from '../input/piece.js'
import { printable } from '../text/printable.js'
import type { Sink, World } from '../world.js'

/** The path of one more file: the number stands before the ending. */
export const numberedPath = (path: string, number: number): string => {
  const [, stem = path, ending = ''] = /^(.*[^/.])(\.[^/.]+)$/.exec(path) ?? []
  return number === 1 ? path : `${stem}-${number}${ending}`
}

/** A problem with its position as a line: `line 3: email: is missing; …`. */
const describePlaced = (problem: Problem, counted: Counted): string => {
  const [position, ...at] = problem.at
  const said =
    problem._tag === 'Conflict'
      ? `${printPath(at)}: contradicts ${counted} ${problem.with[0] ?? ''}; ${problem.mend}`
      : describeProblem({ ...problem, at })
  return `${counted} ${position ?? ''}: ${printable(said)}`
}

const plural = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`

/** Writes the files, the first of them to the sink that is open; answers why one could not be opened. */
export const writeBackfill = async (
  { files, people, problems, unsaid }: Backfill,
  path: string,
  first: Sink,
  counted: Counted,
  world: World
): Promise<string | undefined> => {
  for (const problem of problems) world.err.write(`${describePlaced(problem, counted)}\n`)
  if (unsaid > 0) world.err.write(`${plural(unsaid, 'more problem is', 'more problems are')} not told\n`)
  for (const [i, text] of files.entries()) {
    const sink = i === 0 ? undefined : await world.openOutput(numberedPath(path, i + 1))
    if (sink?._tag === 'Left') return sink.left
    const into = sink === undefined ? first : sink.right
    into.write(text)
    await into.flush()
  }
  const written = files.map((_, i) => printable(numberedPath(path, i + 1))).join(', ')
  world.err.write(
    files.length === 0
      ? `${printable(path)}: nobody has both an email and a userId\n`
      : `${written}: ${plural(people, 'person', 'people')} to import\n`
  )
  return undefined
}
