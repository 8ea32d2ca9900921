import * as fc from 'fast-check'
import * as T from 'fp-ts/These'
import { describe, expect, it } from 'vitest'
import { missing, type Problem } from '../../src/ground/problem.js'
import { isNonEmpty, remarked } from '../../src/ground/these.js'

const problems: fc.Arbitrary<ReadonlyArray<Problem>> = fc.array(fc.string().map((mend) => missing('dropped', [], mend)))

describe('laws', () => {
  it('a value keeps its remarks, and without any it stands alone', () => {
    fc.assert(
      fc.property(fc.jsonValue(), problems, (value, list) => {
        const expected = isNonEmpty(list) ? T.both(list, value) : T.right(value)
        expect(remarked(value, list)).toEqual(expected)
      }),
      { examples: [[1, []]] }
    )
  })

  it('a list is non-empty when it has a first element', () => {
    fc.assert(
      fc.property(fc.array(fc.anything()), (list) => {
        expect(isNonEmpty(list)).toBe(list.length > 0)
      })
    )
  })
})
