import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { coerce, isUnfit, valueTypes } from '../../src/marketo/value-types.js'
import { allLooks, fitsType, lookOf, looks, looksOf } from '../../src/settings/looks.js'

const scalar = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.boolean(),
  fc.integer(),
  fc.double({ noDefaultInfinity: true, noNaN: true }),
  fc.constantFrom('true', '17', '1.5', '2024-05-01', '2024-05-01T10:00:00Z', 'a@b.co', 'https://a.co', '555-555-5555'),
  fc.string({ minLength: 250, maxLength: 260 })
)

const together = (values: ReadonlyArray<string | number | boolean>): number =>
  values.reduce<number>((set, value) => set & looksOf(value), allLooks)

describe('a type is proposed', () => {
  it.each([
    ['boolean', [true, 'false', 'TRUE']],
    ['integer', [17, '18', -3]],
    ['float', [17, '1.5', 0.25]],
    ['date', ['2024-05-01', '1988-02-20']],
    ['datetime', ['2024-05-01', '2024-05-01T10:00:00Z']],
    ['datetime', ['2024-05-01T09:30:00+02:00']],
    ['email', ['ana@example.com']],
    ['url', ['https://example.com/a', 'http://example.com']],
    ['phone', ['+1 (555) 010-0199', '555-555-5555', '+15550100199']],
    ['string', ['blue']],
    ['string', ['blue', 17]],
    ['string', [true, 17]],
    ['string', ['ana@example.com', 'https://example.com']],
    ['string', ['0012345']],
    ['string', ['2024-02-31']],
    ['string', ['24.12.2025']],
    ['string', ['192.168.100.200']],
    ['string', ['4111 1111 1111 1111']],
    ['string', [1714557600, '2024-05-01']],
    ['text', ['x'.repeat(256)]],
    ['text', ['blue', 'x'.repeat(256)]],
    ['text', ['é'.repeat(20_000)]]
  ] as const)('%s for %j', (type, values) => {
    expect(lookOf(together(values))).toBe(type)
  })

  it('only if every value that fits anything fits it, by Marketo’s own rules', () => {
    fc.assert(
      fc.property(fc.array(scalar, { minLength: 1, maxLength: 5 }), (values) => {
        const set = together(values)
        const type = lookOf(set)
        if (!fitsType(set, type)) return
        for (const value of values) expect(isUnfit(coerce(type, null)(value))).toBe(false)
      })
    )
  })

  it('in any order of the values', () => {
    fc.assert(
      fc.property(fc.array(scalar, { maxLength: 5 }), (values) => {
        expect(together([...values].reverse())).toBe(together(values))
      })
    )
  })
})

describe('a phone number', () => {
  it.each([
    ['+1234567', true],
    ['+12 34567', true],
    ['+123456', false],
    ['+123 456', false],
    ['555-555-5555', true],
    ['555-555-555', false],
    ['5555555555', false],
    ['0555555555', false],
    ['123 456 789 012 345', true],
    ['123 456 789 012 3456', false],
    ['555-555-5555+', false],
    ['x555-555-5555', false],
    ['555-555-5555 ext', false],
    ['2024-05-01 10', false],
    ['12024-05-01 10', true],
    ['192.168.100.200', false],
    ['192.168.100.200.300', true],
    ['1 192.168.100.200', true]
  ])('%s: %j', (text, expected) => {
    expect(lookOf(looksOf(text)) === 'phone').toBe(expected)
  })
})

describe('values fit', () => {
  it.each<[string | number | boolean, ReadonlyArray<string>]>([
    [3, ['boolean', 'email', 'url']],
    ['x', ['boolean', 'integer', 'score', 'percent', 'float', 'currency', 'date', 'datetime', 'email', 'url']],
    [1.5, ['boolean', 'integer', 'score', 'percent', 'email', 'url']]
  ])('%j: all but these, and what Marketo fills itself', (value, unfit) => {
    const closed = valueTypes.filter((type) => !fitsType(looksOf(value), type))
    expect([...closed].sort()).toEqual([...unfit, 'reference', 'formula'].sort())
  })

  it('exactly those types whose rules take each of them', () => {
    fc.assert(
      fc.property(fc.array(scalar, { minLength: 1, maxLength: 3 }), fc.constantFrom(...valueTypes), (values, type) => {
        const judged = values.every((value) => !isUnfit(coerce(type, null)(value)))
        expect(fitsType(together(values), type)).toBe(judged)
      })
    )
  })

  it('a field of days, and none of times, where the day is the last of the year 9999 and its moment lies behind', () => {
    const set = looksOf('9999-12-31T23:59:59-12:00')
    expect([fitsType(set, 'date'), fitsType(set, 'datetime')]).toEqual([true, false])
  })

  it('every type as long as there is none', () => {
    for (const type of looks) expect(fitsType(allLooks, type)).toBe(true)
  })
})
