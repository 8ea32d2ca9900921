import { createHash } from 'node:crypto'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ActivityParts, madeActivityId } from '../../src/endpoints/activity-id.js'

const text = fc.option(fc.string({ unit: 'grapheme' }))
const parts: fc.Arbitrary<ActivityParts> = fc.record({
  leadId: text,
  activityTypeId: text,
  activityDate: text,
  campaignId: text,
  primaryAttributeValueId: text,
  primaryAttributeValue: text,
  pairs: fc.array(fc.tuple(fc.constantFrom('Link', 'Link ID', 'é', '😀', ''), text), { maxLength: 5 })
})

const bare: ActivityParts = {
  leadId: '204417',
  activityTypeId: '11',
  activityDate: '2025-11-19T17:40:00.000Z',
  campaignId: null,
  primaryAttributeValueId: null,
  primaryAttributeValue: null,
  pairs: []
}

describe('the id that an activity’s own words make', () => {
  it('is the SHA-256 of its words as compact JSON, by another implementation, too', () => {
    const json = '["204417","11","2025-11-19T17:40:00.000Z",null,null,null,[["Device","日本"],["Link","a"]]]'
    const hex = createHash('sha256').update(json, 'utf8').digest('hex').slice(0, 40)
    const pairs = [['Link', 'a'] as const, ['Device', '日本'] as const]
    expect(madeActivityId({ ...bare, pairs })).toBe(`gen-${hex}`)
  })

  it('P1 the order of the attributes does not matter, and it has 44 characters', () => {
    fc.assert(
      fc.property(
        parts.chain((one) =>
          fc.tuple(fc.constant(one), fc.shuffledSubarray([...one.pairs], { minLength: one.pairs.length }))
        ),
        ([one, pairs]) => {
          expect(madeActivityId({ ...one, pairs })).toBe(madeActivityId(one))
          expect(madeActivityId(one)).toMatch(/^gen-[0-9a-f]{40}$/)
        }
      )
    )
  })

  it('of two attributes with one name the lesser value goes first, and nothing is less than text', () => {
    const [a, b, none] = [['Link', 'a'] as const, ['Link', 'b'] as const, ['Link', null] as const]
    const json = '["204417","11","2025-11-19T17:40:00.000Z",null,null,null,[["Link",null],["Link","a"],["Link","b"]]]'
    const hex = createHash('sha256').update(json, 'utf8').digest('hex').slice(0, 40)
    expect(madeActivityId({ ...bare, pairs: [b, none, a] })).toBe(`gen-${hex}`)
  })

  it('P1 not even of two attributes with one name, where one is empty and the other is nothing', () => {
    const [empty, none] = [['Link', ''] as const, ['Link', null] as const]
    expect(madeActivityId({ ...bare, pairs: [empty, none] })).toBe(madeActivityId({ ...bare, pairs: [none, empty] }))
  })

  it('W3 differs wherever anything that is said differs', () => {
    const said = (one: ActivityParts): string =>
      JSON.stringify({ ...one, pairs: one.pairs.map((pair) => JSON.stringify(pair)).sort() })
    fc.assert(
      fc.property(parts, parts, (a, b) => {
        fc.pre(said(a) !== said(b))
        expect(madeActivityId(a)).not.toBe(madeActivityId(b))
      })
    )
  })

  // biome-ignore format: table
  it.each<[keyof ActivityParts, Partial<ActivityParts>]>([
    ['leadId',                  { leadId: '204418' }],
    ['activityTypeId',          { activityTypeId: '10' }],
    ['activityDate',            { activityDate: '2025-11-19T17:40:00.001Z' }],
    ['campaignId',              { campaignId: '3101' }],
    ['primaryAttributeValueId', { primaryAttributeValueId: '2290' }],
    ['primaryAttributeValue',   { primaryAttributeValue: '' }],
    ['pairs',                   { pairs: [['Link', null]] }]
  ])('W3 differs where %s alone differs', (_, changes) => {
    expect(madeActivityId({ ...bare, ...changes })).not.toBe(madeActivityId(bare))
  })

  it('W3 does not take a value for its neighbour', () => {
    const value = 'x'
    expect(madeActivityId({ ...bare, campaignId: value })).not.toBe(
      madeActivityId({ ...bare, primaryAttributeValue: value })
    )
    expect(madeActivityId({ ...bare, pairs: [['a', 'bc']] })).not.toBe(
      madeActivityId({ ...bare, pairs: [['ab', 'c']] })
    )
  })

  it('P2 leaves the attributes in their order', () => {
    const pairs = Object.freeze([Object.freeze(['b', '1'] as const), Object.freeze(['a', '2'] as const)])
    madeActivityId({ ...bare, pairs })
    expect(pairs.map(([name]) => name)).toEqual(['b', 'a'])
  })
})
