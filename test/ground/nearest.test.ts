import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nearest } from '../../src/ground/nearest.js'

const name = fc.stringMatching(/^[a-zA-Z]{1,12}$/)
const names = fc.array(name, { maxLength: 8 })

/** Edits between two texts, by the textbook. */
const edits = (a: string, b: string): number => {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, swap))
    }
    row = next
  }
  return row[b.length] ?? 0
}

describe('laws', () => {
  it('is a known name with the fewest edits, and none where even those are more than a third of the letters', () => {
    fc.assert(
      fc.property(names, name, (known, wanted) => {
        const far = known.map((candidate) => edits(candidate.toLowerCase(), wanted.toLowerCase()))
        const fewest = Math.min(...far)
        const expected = fewest <= Math.floor(wanted.length / 3) ? known[far.indexOf(fewest)] : null
        expect(nearest(known, wanted)).toBe(expected)
      })
    )
  })

  it('a known name in another case is nearest to itself', () => {
    fc.assert(
      fc.property(names, name, (known, wanted) => {
        const found = nearest([wanted, ...known], wanted.toUpperCase())
        expect(found?.toLowerCase()).toBe(wanted.toLowerCase())
      })
    )
  })

  it('P3 any name gets a verdict, in a set or in a list', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), fc.string(), (known, wanted) => {
        const found = nearest(new Set(known), wanted)
        expect(found === null || known.includes(found)).toBe(true)
      })
    )
  })
})

describe('examples', () => {
  it.each([
    [['postalCode', 'city'], 'PostalCod', 'postalCode'],
    [['city'], 'favoriteColor', null],
    [['email'], 'emial', null],
    [['email'], 'emaill', 'email'],
    [['abd'], 'abc', 'abd'],
    [['ad'], 'ac', null],
    [[], 'email', null],
    [['email'], '', null],
    [[''], '', null],
    [['a'.repeat(101)], 'a'.repeat(101), null],
    [['a'.repeat(100)], 'a'.repeat(100), 'a'.repeat(100)]
  ])('among %j, nearest to %j is %j', (known, wanted, found) => {
    expect(nearest(known, wanted)).toBe(found)
  })
})
