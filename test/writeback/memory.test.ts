import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { forgotten, type Memory, nothingKept, recalled, remembered } from '../../src/writeback/memory.js'

describe('what is kept in mind', () => {
  it('P4 is what a list would keep: the last so many that were touched', () => {
    const step = fc.record({ key: fc.integer({ min: 0, max: 9 }).map(String), forget: fc.boolean() })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), fc.integer({ min: 1, max: 6 }), (steps, most) => {
        let memory: Memory<number> = nothingKept
        let list: ReadonlyArray<readonly [string, number]> = []
        steps.forEach(({ key, forget }, i) => {
          list = list.filter(([own]) => own !== key)
          if (!forget) list = [...list, [key, i] as const].slice(-most)
          memory = forget ? forgotten(memory, key) : remembered(memory, key, i, i, most)
          memory = JSON.parse(JSON.stringify(memory))
          expect(memory.size).toBe(list.length)
          for (let k = 0; k < 10; k += 1)
            expect(recalled(memory, String(k))?.value).toBe(list.find(([own]) => own === String(k))?.[1])
        })
      })
    )
  })
})
