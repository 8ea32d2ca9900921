import { runInNewContext } from 'node:vm'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isRecord, kindOf, ownMember } from '../../src/ground/json.js'

const anything = fc.anything({
  withBigInt: true,
  withBoxedValues: true,
  withDate: true,
  withMap: true,
  withNullPrototype: true,
  withSet: true,
  withTypedArray: true
})

describe('isRecord', () => {
  it('P3 is an object that is no list, and nothing else', () => {
    fc.assert(
      fc.property(anything, (u) => {
        expect(isRecord(u)).toBe(Object.prototype.toString.call(u) !== '[object Array]' && Object(u) === u)
      })
    )
  })

  it.each([
    [{}, true],
    [Object.create(null), true],
    [[], false],
    [null, false],
    [undefined, false],
    ['a', false],
    [() => 1, false]
  ])('case %#', (u, expected) => {
    expect(isRecord(u)).toBe(expected)
  })

  it('P5 values of another realm are read like our own', () => {
    const [record, list, date] = runInNewContext('[{ a: 1 }, [1], new Date(0)]')
    expect([record, list, date].map(isRecord)).toEqual([true, false, true])
    expect([record, list, date].map(kindOf)).toEqual(['an object', 'a list', 'an object'])
    expect(ownMember(record, 'a')).toBe(1)
  })
})

describe('ownMember', () => {
  it('is the member where the object has it itself, and nothing where it has not', () => {
    const key = fc.oneof(fc.string(), fc.constantFrom('constructor', '__proto__', 'toString', 'hasOwnProperty'))
    fc.assert(
      fc.property(fc.dictionary(key, fc.anything(), { noNullPrototype: false }), key, (record, name) => {
        expect(ownMember(record, name)).toBe(Reflect.ownKeys(record).includes(name) ? record[name] : undefined)
      })
    )
  })

  it.each(['constructor', '__proto__', 'toString', 'valueOf'])('%s is no member of an empty object', (name) => {
    expect(ownMember({}, name)).toBeUndefined()
  })

  it('a __proto__ off the wire is a member like any other', () => {
    expect(ownMember(JSON.parse('{"__proto__": 1}'), '__proto__')).toBe(1)
  })
})

describe('kindOf', () => {
  it('P3 names the kind of any value in words, and none of its content', () => {
    fc.assert(
      fc.property(anything, (u) => {
        expect(kindOf(u)).toMatch(/^[a-z ]+$/)
      })
    )
  })

  it.each([
    [null, 'null'],
    [undefined, 'nothing'],
    ['', 'empty text'],
    [' \n', 'blank text'],
    ['a', 'text'],
    [0, 'a number'],
    [-0, 'a number'],
    [Number.NaN, 'a number that is not finite'],
    [Number.NEGATIVE_INFINITY, 'a number that is not finite'],
    [false, 'a boolean'],
    [[], 'a list'],
    [{}, 'an object'],
    [new Date(0), 'an object'],
    [new String('a'), 'an object'],
    [() => 1, 'a function'],
    [Symbol('a'), 'a symbol'],
    [10n, 'a bigint']
  ])('case %#', (u, kind) => {
    expect(kindOf(u)).toBe(kind)
  })
})
