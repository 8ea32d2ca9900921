/**
 * What stands twice in a list.
 *
 *     ['1', '2', '1']    the third claims the place of the first
 *
 * @module
 */
import type { Path } from './path.js'
import { conflict, type Problem, type Weight } from './problem.js'

/** Says which keys stand a second time, and where the first of each is. @internal */
export const pushTwins = (
  weight: Weight,
  keys: ReadonlyArray<unknown>,
  at: (i: number) => Path,
  mend: string,
  problems: Array<Problem>
): void => {
  const first = new Map<unknown, number>()
  keys.forEach((key, i) => {
    const before = first.get(key)
    if (before === undefined) first.set(key, i)
    else problems.push(conflict(weight, at(i), at(before), mend))
  })
}
