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
    ['undefined is none in any spelling', { first_name: undefined }, undefined],
    ['nothing', {}, undefined]
  ])('is %s', (_, record, expected) => {
    expect(looseMember(record, 'firstName')).toEqual(expected)
  })
})

describe('what a key is made of', () => {
  it('is ASCII letters and digits, and nothing beside them', () => {
    for (let unit = 0; unit < 0x100; unit += 1) {
      const one = String.fromCharCode(unit)
      const counts = /[A-Za-z0-9]/.test(one)
      expect([unit, isSameKey(one, '')]).toEqual([unit, !counts])
      expect([unit, isSameKey(`a${one}`, `a${one.toLowerCase()}_`)]).toEqual([unit, true])
    }
  })

  it.each([
    ['firstName', 'lastNames'],
    ['zip', 'zap'],
    ['a0', 'a9'],
    ['phone', 'phones']
  ])('%s is not %s', (a, b) => {
    expect(isSameKey(a, b)).toBe(false)
    expect(isSameKey(b, a)).toBe(false)
    expect(matchKeys([a])(b)).toBe(-1)
    expect(looseMember({ [a]: 1 }, b)).toBeUndefined()
  })

  it.each([
    ['First_Name', 'firstname'],
    ['E-Mail 2', 'email2'],
    ['__a__B__', 'ab'],
    ['é—', '']
  ])('%j has the normal form %j', (spelling, form) => {
    expect(normalKey(spelling)).toBe(form)
  })

  it('is looked for letter by letter only when it is no name of the table', () => {
    const match = matchKeys(['plan', 'Plan', 'PLAN'])
    expect(['plan', 'Plan', 'PLAN', 'p_lan'].map(match)).toEqual([0, 1, 2, 0])
  })

  it('may begin with something else', () => {
    expect(matchKeys(['zip', 'email'])('_e-mail')).toBe(1)
    expect(looseMember({ '_e-mail': 1 }, 'email')).toEqual({ key: '_e-mail', value: 1 })
    expect(looseMember({ 'e-mail': 1 }, '_email')).toEqual({ key: 'e-mail', value: 1 })
  })

  it('is spelled by no key when there is nothing in it', () => {
    const match = matchKeys(['—', 'email'])
    expect(['', '_', '—'].map(match)).toEqual([-1, -1, -1])
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
