import { describe, expect, it } from 'vitest'
import { leavesOf } from '../../src/explain/explanation.js'

describe('leaves', () => {
  it('are all that is no object or list with something in it, in order, with their paths', () => {
    expect(leavesOf({ b: [1, { c: null }], a: {}, d: [] })).toEqual([
      [['b', 0], 1],
      [['b', 1, 'c'], null],
      [['a'], {}],
      [['d'], []]
    ])
    expect(leavesOf(7)).toEqual([[[], 7]])
    expect(leavesOf(undefined)).toEqual([[[], undefined]])
  })

  it('end where a value holds itself', () => {
    const ring: Record<string, unknown> = { a: 1 }
    ring.self = { ring }
    expect(leavesOf(ring).map(([at]) => at)).toEqual([['a'], ['self', 'ring']])
  })

  it('are all there where one value stands in two places', () => {
    const shared = { a: 1 }
    expect(leavesOf({ x: shared, y: [shared] }).map(([at]) => at)).toEqual([
      ['x', 'a'],
      ['y', 0, 'a']
    ])
  })

  it('end a hundred levels down', () => {
    let deep: unknown = 1
    for (let i = 0; i < 150; i += 1) deep = [deep]
    expect(leavesOf(deep).map(([at]) => at.length)).toEqual([100])
  })

  it('are twenty thousand at most, however many there are', () => {
    expect(leavesOf(Array.from({ length: 20_001 }, () => 1))).toHaveLength(20_000)
    const wide = Array.from({ length: 200 }, () => Array.from({ length: 200 }, () => 1))
    expect(leavesOf(wide)).toHaveLength(20_000)
    expect(leavesOf(new Array(4_294_967_295))).toHaveLength(20_000)
  })
})
