import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isBetterSpelling, isSameKey, looseKey, looseMember, matchKeys, normalKey } from '../../src/segment/key.js'
import { prototypeKey, spellingOf } from '../arbitraries/events.js'

const names = ['email', 'firstName', 'phone', 'phones', 'postalCode', 'zip'] as const
const name = fc.constantFrom(...names)
const key = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), name.chain(spellingOf), prototypeKey)

const shuffled = <A>(record: Readonly<Record<string, A>>): fc.Arbitrary<Record<string, A>> =>
  fc
    .shuffledSubarray(Object.entries(record), { minLength: Object.keys(record).length })
    .map((entries) => Object.fromEntries(entries))

describe('laws', () => {
  it('two keys are the same when their normal forms are', () => {
    fc.assert(
      fc.property(key, key, (a, b) => {
        expect(isSameKey(a, b)).toBe(normalKey(a) === normalKey(b))
        expect(isSameKey(a, a)).toBe(true)
      })
    )
  })

  it('a table of names finds the name whose normal form a key has', () => {
    const match = matchKeys(names)
    fc.assert(
      fc.property(key, (k) => {
        expect(match(k)).toBe(names.findIndex((candidate) => normalKey(candidate) === normalKey(k)))
      })
    )
  })

  it('finds a trait in every spelling', () => {
    fc.assert(
      fc.property(
        name.chain((n) => fc.tuple(fc.constant(n), spellingOf(n))),
        ([n, spelling]) => {
          expect(looseMember({ other: 1, [spelling]: 2 }, n)).toEqual({ key: spelling, value: 2 })
        }
      )
    )
  })

  it('M3 finds the same member in whatever order the keys stand', () => {
    const values = fc.constantFrom(null, undefined, '', 0, 'x')
    const record = fc.dictionary(spellingOf('firstName'), values, { noNullPrototype: true })
    fc.assert(
      fc.property(
        record.chain((r) => fc.tuple(fc.constant(r), shuffled(r))),
        ([a, b]) => {
          expect(looseMember(b, 'firstName')).toEqual(looseMember(a, 'firstName'))
          expect(looseKey(b, 'firstName')).toBe(looseMember(a, 'firstName')?.key)
        }
      )
    )
  })

  it('of two spellings one is better, never both', () => {
    fc.assert(
      fc.property(spellingOf('postalCode'), spellingOf('postalCode'), (a, b) => {
        fc.pre(a !== b)
        expect(isBetterSpelling('postalCode', a, b)).toBe(!isBetterSpelling('postalCode', b, a))
      })
    )
  })
})

describe('the better of two spellings', () => {
  it.each<[string, Record<string, unknown>, unknown]>([
    ['camelCase before snake_case', { first_name: 'A', firstName: 'B' }, { key: 'firstName', value: 'B' }],
    ['snake_case before the rest', { 'First Name': 'A', first_name: 'B' }, { key: 'first_name', value: 'B' }],
    ['the first of the alphabet', { firstname: 'A', FIRSTNAME: 'B' }, { key: 'FIRSTNAME', value: 'B' }],
    ['a value before null', { firstName: null, FirstName: 'A' }, { key: 'FirstName', value: 'A' }],
    ['null before nothing', { firstName: undefined, FirstName: null }, { key: 'FirstName', value: null }],
    ['null in the better spelling', { FirstName: null, firstName: null }, { key: 'firstName', value: null }],
    ['empty text is a value', { firstName: '', FirstName: 'A' }, { key: 'firstName', value: '' }],
    ['undefined is none', { firstName: undefined }, undefined],
    ['nothing', {}, undefined]
  ])('is %s', (_, record, expected) => {
    expect(looseMember(record, 'firstName')).toEqual(expected)
  })
})

describe('near misses', () => {
  it.each(['first', 'firstNames', 'first_name_', 'Firſtname', 'fırstName', ''])('%j', (k) => {
    expect(isSameKey(k, 'firstName')).toBe(k === 'first_name_')
  })

  it.each(['constructor', '__proto__', 'toString'])('an inherited %s is no member', (k) => {
    expect(looseMember({}, k)).toBeUndefined()
    expect(matchKeys(names)(k)).toBe(-1)
  })
})

describe('reading', () => {
  it('reads the member it answers once', () => {
    let reads = 0
    const record = Object.defineProperty({ Email: null }, 'email', {
      enumerable: true,
      get: () => {
        reads += 1
        return reads === 1 ? null : 'changed'
      }
    })
    expect(looseMember(record, 'email')).toEqual({ key: 'email', value: null })
    expect(reads).toBe(1)
  })
})
