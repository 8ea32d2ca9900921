/**
 * Who is forgotten, and who is not, however many strangers come by.
 */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aged, knownOf, meet, nobody, personOf, withLeadId } from '../../src/delivery/people.js'
import { entriesOf } from '../../src/ground/tree.js'

describe('laws', () => {
  it('D5 who is busy stays in mind through any number of generations', () => {
    fc.assert(
      fc.property(fc.integer({ min: 10, max: 60 }), fc.nat(4), (strangers, remember) => {
        const met = meet(nobody, ['a', 'b'])
        let people = meet(met.people, ['a'], withLeadId(['a'], 7)).people
        for (let n = 0; n < strangers; n += 1)
          people = aged(meet(people, [`stranger ${n}`]).people, new Set([met.person]), remember)
        expect([personOf(people, 'a'), personOf(people, 'b')]).toEqual([met.person, met.person])
        expect(entriesOf(knownOf(people, met.person).leadIds)).toEqual([['a', 7]])
        expect(personOf(people, 'stranger 0')).toBeUndefined()
      })
    )
  })

  it('D5 of two who turn out to be one, what was known of each is known of the one', () => {
    const one = meet(nobody, ['a'])
    const two = meet(meet(one.people, ['a'], withLeadId(['a'], 7)).people, ['b'])
    const both = meet(meet(two.people, ['b'], withLeadId(['b'], 8)).people, ['a', 'b'])
    expect(both.gone).toEqual([two.person])
    expect(entriesOf(knownOf(both.people, both.person).leadIds)).toEqual([
      ['a', 7],
      ['b', 8]
    ])
  })
})
