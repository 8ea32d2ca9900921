import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addBlock,
  type Block,
  type Facts,
  joinBlocks,
  joinFacts,
  mostNames,
  noFacts
} from '../../src/settings/facts.js'
import { factsOf } from '../../src/settings/watch.js'
import { anyEvent } from '../arbitraries/events.js'
import { v1From } from './v1-given.js'

const v1 = v1From()
const facts = anyEvent.map((event) => factsOf(v1, event))
const joinAll = (list: ReadonlyArray<Facts>): Facts => list.reduce(joinFacts, noFacts)
const some = fc.array(facts, { maxLength: 6 }).map(joinAll)

describe('laws of joining', () => {
  it('it is associative, and which comes first is nothing to it', () => {
    fc.assert(
      fc.property(some, some, some, (a, b, c) => {
        expect(joinFacts(joinFacts(a, b), c)).toStrictEqual(joinFacts(a, joinFacts(b, c)))
        expect(joinFacts(a, b)).toStrictEqual(joinFacts(b, a))
      })
    )
  })

  it('what is known of nothing adds nothing', () => {
    fc.assert(
      fc.property(some, (a) => {
        expect(joinFacts(a, noFacts)).toStrictEqual(a)
        expect(joinFacts(noFacts, a)).toStrictEqual(a)
      })
    )
  })

  it('names stand once, in the order of the alphabet, within their bounds', () => {
    fc.assert(
      fc.property(some, ({ traits, addressParts, events }) => {
        for (const list of [traits, addressParts, events, ...events.map(({ properties }) => properties)]) {
          const names = list.map(({ name }) => name)
          expect(names).toEqual([...new Set(names)].sort())
        }
        expect(traits.length).toBeLessThanOrEqual(mostNames.traits)
      })
    )
  })

  it('blocks hold every event once, and are few', () => {
    fc.assert(
      fc.property(fc.array(facts, { maxLength: 70 }), (list) => {
        const blocks = list.reduce<ReadonlyArray<Block>>((before, one) => addBlock(before, one), [])
        expect(blocks.reduce((sum, { events }) => sum + events, 0)).toBe(list.length)
        expect(blocks.length).toBe([...list.length.toString(2)].filter((bit) => bit === '1').length)
        expect(joinBlocks(blocks)).toStrictEqual(joinAll(list))
      })
    )
  })
})

describe('one event', () => {
  it('tells of a value its types and its length, and nothing that would tell it', () => {
    const [fact] = factsOf(v1, { type: 'identify', userId: 'u', traits: { plan: 'pro' } }).traits
    expect(fact).toMatchObject({ name: 'plan', values: 1, structures: 0, silent: 0, longest: 3 })
    expect(fact?.low).toBe(fact?.high)
    expect(fact?.high).toBeLessThan(65_536)
  })

  it('tells values apart by a number of 16 bits: nearly all, and none of them from itself', () => {
    const check = (plan: string) => factsOf(v1, { type: 'identify', traits: { plan } }).traits[0]?.low
    const texts = Array.from({ length: 1_000 }, (_, i) => `value ${i}`)
    expect(texts.map(check)).toEqual(texts.map(check))
    expect(new Set(texts.map(check)).size).toBeGreaterThan(980)
  })

  it.each([
    ['null', null, 'silent'],
    ['empty text', '', 'silent'],
    ['a list', [], 'structures'],
    ['an object', {}, 'structures'],
    ['a number that is not finite', Number.NaN, 'structures'],
    ['a function', () => 1, 'structures'],
    ['zero', 0, 'values'],
    ['false', false, 'values'],
    ['blank text', ' ', 'values']
  ] as const)('%s is counted among the %#', (_, plan, kind) => {
    expect(factsOf(v1, { type: 'identify', traits: { plan } }).traits[0]?.[kind]).toBe(1)
  })

  it('passes over a member that is undefined', () => {
    expect(factsOf(v1, { type: 'identify', traits: { plan: undefined } }).traits).toEqual([])
  })
})
