/**
 * What stands twice in a list.
 */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { conflict, type Problem } from '../../src/ground/problem.js'
import { pushTwins } from '../../src/ground/twins.js'

const twinsOf = (keys: ReadonlyArray<unknown>): ReadonlyArray<Problem> => {
  const problems: Array<Problem> = []
  pushTwins('dropped', keys, (i) => ['rows', i], 'keep one', problems)
  return problems
}

const told = (i: number, before: number): Problem => conflict('dropped', ['rows', i], ['rows', before], 'keep one')

describe('twins', () => {
  it('are told each with the first of its kind', () => {
    expect(twinsOf(['1', '2', '1', 1, '2', '1'])).toEqual([told(2, 0), told(4, 1), told(5, 0)])
    expect(twinsOf([Number.NaN, Number.NaN])).toEqual([told(1, 0)])
    expect(twinsOf([])).toEqual([])
  })

  it('are as many as there are keys more than kinds of them', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom<unknown>('a', 'b', 1, '1', null, undefined)), (keys) => {
        expect(twinsOf(keys)).toHaveLength(keys.length - new Set(keys).size)
      })
    )
  })
})
