/**
 * The pending items while an answer is taken in, as the list that they are.
 */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pendingItems } from '../../src/delivery/pending-items.js'
import type { Pending } from '../../src/delivery/state.js'
import { pendingOf } from './world.js'

const pending = (seq: number, person = 0): Pending => pendingOf(seq, { person })

const seqs = fc.uniqueArray(fc.nat(20), { maxLength: 12 }).map((all) => [...all].sort((a, b) => a - b))
const deeds = fc.array(fc.tuple(fc.constantFrom('set', 'delete', 'get'), fc.nat(20)), { maxLength: 12 })

describe('laws', () => {
  it('P2 items that change are a table of them, and their list stays as it was', () => {
    fc.assert(
      fc.property(seqs, deeds, (numbers, all) => {
        const list = numbers.map((seq) => pending(seq))
        const items = pendingItems(list)
        const model = new Map(list.map((item) => [item.seq, item]))
        for (const [deed, seq] of all) {
          if (deed === 'set' && model.has(seq)) {
            items.set(pending(seq, 1))
            model.set(seq, pending(seq, 1))
          }
          if (deed === 'delete') expect(items.delete(seq)).toBe(model.delete(seq))
          expect(items.get(seq)).toEqual(model.get(seq))
        }
        expect(items.values()).toEqual([...model.values()])
        expect(list).toEqual(numbers.map((seq) => pending(seq)))
      })
    )
  })

  it('what does not change is the very list', () => {
    const list = [pending(1), pending(2)]
    const items = pendingItems(list)
    expect([items.delete(0), items.delete(9)]).toEqual([false, false])
    expect(items.values()).toBe(list)
  })
})
