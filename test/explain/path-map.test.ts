import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nearestAbove, pathMapOf } from '../../src/explain/path-map.js'

const path = fc.array(fc.constantFrom<string | number>('a', 'b', '0', 0, '__proto__'), { maxLength: 5 })

describe('values under paths', () => {
  it('the nearest is that of the longest beginning that has one', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(path, fc.nat())), path, (entries, at) => {
        const printed = new Map(entries.map(([own, value]) => [JSON.stringify(own), value]))
        const beginnings = Array.from({ length: at.length + 1 }, (_, n) => JSON.stringify(at.slice(0, at.length - n)))
        const longest = beginnings.find((beginning) => printed.has(beginning))
        expect(nearestAbove(pathMapOf(entries), at)).toBe(longest === undefined ? undefined : printed.get(longest))
      })
    )
  })
})
