/**
 * Two contracts on one Marketo instance: both would write the same leads and activities.
 *
 * Source: Segment "Marketo v2 Destination", Migrating from Marketo to Marketo v2.
 *
 * @module
 */
import { type Problem, risky } from '../ground/problem.js'

/** A contract and the Munchkin account id that it serves. */
export interface Served {
  readonly contract: 'v1' | 'v2'
  readonly munchkinId: string
}

/**
 * A warning for every contract that serves an instance which an earlier one of the list serves already.
 *
 * @example
 * servedTwice([{ contract: 'v1', munchkinId: '561-HYG-937' }, { contract: 'v2', munchkinId: '561-HYG-937' }]).length // => 1
 * @category settings
 * @since 0.1.0
 */
export const servedTwice = (contracts: ReadonlyArray<Served>): ReadonlyArray<Problem> => {
  const first = new Map<string, number>()
  const problems: Array<Problem> = []
  contracts.forEach(({ munchkinId }, i) => {
    const earlier = first.get(munchkinId.toUpperCase())
    if (earlier === undefined) first.set(munchkinId.toUpperCase(), i)
    else
      problems.push(
        risky(
          [i, 'munchkinId'],
          'duplicate-data',
          `contract ${earlier} serves this instance too: switch one of them off`
        )
      )
  })
  return problems
}
