import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { describeProblem } from '../../src/ground/problem.js'
import { comparableEmail, comparableId, comparablePhone } from '../../src/segment/compare.js'
import { type FlattenOptions, flatten } from '../../src/segment/flatten.js'
import { deepFrozen, hostileValue, type JsonValue, jsonObject, revoked } from '../arbitraries/events.js'

const read = (value: unknown, options?: FlattenOptions) => {
  const answer = flatten(value, options)
  return {
    fields: answer._tag === 'Left' ? undefined : answer.right,
    said: answer._tag === 'Right' ? [] : answer.left.map((problem) => `${problem.weight} ${describeProblem(problem)}`)
  }
}

/** The leaves of a JSON value with the keys that lead to each; lists are leaves. */
const leaves = (
  value: JsonValue,
  path: ReadonlyArray<string> = []
): ReadonlyArray<readonly [ReadonlyArray<string>, JsonValue]> =>
  typeof value !== 'object' || value === null || Array.isArray(value)
    ? [[path, value]]
    : Object.entries(value).flatMap(([key, inner]) => leaves(inner, [...path, key]))

const reversed = (value: JsonValue): JsonValue =>
  typeof value !== 'object' || value === null || Array.isArray(value)
    ? value
    : Object.fromEntries(
        Object.entries(value)
          .map(([key, inner]): [string, JsonValue] => [key, reversed(inner)])
          .reverse()
      )

const nested = (depth: number): unknown => {
  let value: unknown = 1
  for (let i = 0; i < depth; i += 1) value = { a: value }
  return value
}

describe('laws', () => {
  it('every leaf stands under its keys joined, or is reported; nothing is invented', () => {
    fc.assert(
      fc.property(jsonObject, (value) => {
        const { fields, said } = read(value, { separator: '/' })
        const expected = leaves(value)
        expect(Object.keys(fields ?? {}).length + said.length).toBe(expected.length)
        for (const [path, leaf] of expected) {
          if (said.length === 0) expect(Object.entries(fields ?? {})).toContainEqual([path.join('/'), leaf])
        }
        for (const inner of Object.values(fields ?? {})) expect(expected.map(([, leaf]) => leaf)).toContain(inner)
      })
    )
  })

  it('M3 the order of keys decides nothing', () => {
    fc.assert(
      fc.property(jsonObject, fc.constantFrom('', '_', 'a'), (value, separator) => {
        const [one, other] = [read(value, { separator }), read(reversed(value), { separator })]
        expect(other.fields).toEqual(one.fields)
        expect([...other.said].sort()).toEqual([...one.said].sort())
      })
    )
  })

  it('P2 leaves its input as it was', () => {
    fc.assert(
      fc.property(jsonObject, (value) => {
        const before = JSON.stringify(value)
        read(deepFrozen(value), { lists: 'index' })
        expect(JSON.stringify(value)).toBe(before)
      })
    )
  })

  it('P3 never throws', () => {
    fc.assert(
      fc.property(
        hostileValue,
        fc.constantFrom<FlattenOptions>({}, { lists: 'index' }, { depth: 0 }),
        (value, options) => {
          expect(flatten({ value }, options)).toHaveProperty('_tag')
          expect(flatten(value, options)).toHaveProperty('_tag')
        }
      )
    )
  })

  it('what is flat stays as it is', () => {
    fc.assert(
      fc.property(jsonObject, (value) => {
        const flat = Object.fromEntries(
          Object.entries(value).filter(([, inner]) => typeof inner !== 'object' || inner === null)
        )
        expect(read(flat)).toEqual({ fields: flat, said: [] })
      })
    )
  })
})

describe('an object laid flat', () => {
  it.each<[string, unknown, FlattenOptions, unknown]>([
    [
      'by underscores',
      { plan: { name: 'pro', seats: { paid: 3 } }, a: 1 },
      {},
      { plan_name: 'pro', plan_seats_paid: 3, a: 1 }
    ],
    ['by a separator of one’s own', { plan: { name: 'pro' } }, { separator: '.' }, { 'plan.name': 'pro' }],
    ['with lists kept', { tags: ['a', { b: 1 }] }, {}, { tags: ['a', { b: 1 }] }],
    ['with lists opened', { tags: ['a', { b: 1 }] }, { lists: 'index' }, { tags_0: 'a', tags_1_b: 1 }],
    [
      'with null, empty and false kept',
      { a: { b: null, c: '', d: false, e: undefined } },
      {},
      { a_b: null, a_c: '', a_d: false, a_e: undefined }
    ],
    ['without what is empty', { a: {}, b: 1 }, {}, { b: 1 }],
    ['with an empty key', { '': { '': 1 } }, {}, { _: 1 }]
  ])('%s', (_, value, options, fields) => {
    expect(read(value, options)).toEqual({ fields, said: [] })
  })

  it('keeps prototype keys as keys', () => {
    const value: unknown = JSON.parse('{"__proto__":{"polluted":1},"constructor":{"name":"x"}}')
    const { fields, said } = read(value)
    expect(Object.entries(fields ?? {})).toEqual([
      ['__proto___polluted', 1],
      ['constructor_name', 'x']
    ])
    expect(said).toEqual([])
    const own: unknown = JSON.parse('{"a":{"_b":1},"__proto__":5}')
    expect(Object.keys(read(own).fields ?? {})).toEqual(['a__b', '__proto__'])
    expect('polluted' in {}).toBe(false)
  })

  it.each<[string, unknown, unknown, ReadonlyArray<string>]>([
    [
      'the value nearer to the top',
      { a: { b: 1 }, a_b: 2 },
      { a_b: 2 },
      ['dropped a.b: claims the same place as a_b; rename one of the two']
    ],
    [
      'the same, met in the other order',
      { a_b: 2, a: { b: 1 } },
      { a_b: 2 },
      ['dropped a.b: claims the same place as a_b; rename one of the two']
    ],
    [
      'the path that sorts first',
      { a_b: { c: 1 }, a: { b_c: 2 } },
      { a_b_c: 2 },
      ['dropped a_b.c: claims the same place as a.b_c; rename one of the two']
    ],
    [
      'the path that sorts first, met first',
      { a: { b_c: 2 }, a_b: { c: 1 } },
      { a_b_c: 2 },
      ['dropped a_b.c: claims the same place as a.b_c; rename one of the two']
    ]
  ])('keeps %s', (_, value, fields, said) => {
    expect(read(value)).toEqual({ fields, said })
  })

  it('opens as many levels as it is told', () => {
    const mend = 'found an object; send it less deeply nested'
    expect(read({ a: { b: { c: 1 } } }, { depth: 2 })).toEqual({ fields: { a_b_c: 1 }, said: [] })
    expect(read({ a: { b: { c: 1 } }, d: { e: 2 } }, { depth: 1 })).toEqual({
      fields: { d_e: 2 },
      said: [`dropped a.b: ${mend}`]
    })
    expect(read({ a: { b: 1 }, c: 2 }, { depth: 0 })).toEqual({ fields: { c: 2 }, said: [`dropped a: ${mend}`] })
    expect(read(nested(9)).said).toEqual([])
    expect(read(nested(10)).said).toEqual([`dropped a.a.a.a.a.a.a.a.a: ${mend}`])
    expect(read({ a: [[1]] }, { depth: 1, lists: 'index' }).said).toEqual([
      'dropped a[0]: found a list; send it less deeply nested'
    ])
  })

  it('leaves out what contains itself, and keeps what is merely there twice', () => {
    const ring: Record<string, unknown> = { b: 1 }
    ring.self = ring
    const mend = 'send plain JSON: this value contains itself'
    expect(read({ a: ring })).toEqual({ fields: { a_b: 1 }, said: [`dropped a.self: found an object; ${mend}`] })
    expect(read(ring)).toEqual({ fields: { b: 1 }, said: [`dropped self: found an object; ${mend}`] })
    const twice = { c: 1 }
    expect(read({ a: twice, b: twice })).toEqual({ fields: { a_c: 1, b_c: 1 }, said: [] })
  })

  it('leaves out what throws, and keeps the rest', () => {
    const value = Object.defineProperty({ b: 1 }, 'a', {
      enumerable: true,
      get: () => {
        throw new Error('a trap of the value')
      }
    })
    const said = ['dropped a: could not be read; send plain JSON: reading this value failed']
    expect(read(value)).toEqual({ fields: { b: 1 }, said })
    expect(read({ a: revoked(), b: 1 })).toEqual({ fields: { b: 1 }, said })
    expect(read(revoked()).said).toEqual([
      'dropped (whole value): could not be read; send plain JSON: reading this value failed'
    ])
  })

  it.each<[unknown, string]>([
    ['x', 'text'],
    [[1], 'a list'],
    [null, 'null']
  ])('is empty for %j', (value, kind) => {
    expect(read(value)).toEqual({ fields: {}, said: [`dropped (whole value): found ${kind}; send an object`] })
  })

  it('says where a value stood below the path it was given', () => {
    expect(read({ a: revoked() }, { at: ['traits'] }).said).toEqual([
      'dropped traits.a: could not be read; send plain JSON: reading this value failed'
    ])
    expect(read(7, { at: ['traits'] }).said).toEqual(['dropped traits: found a number; send an object'])
  })
})

describe('comparison forms', () => {
  it.each([
    [' Ana@Corp.Test\u00a0', 'ana@corp.test'],
    ['ana@corp.test', 'ana@corp.test'],
    ['', '']
  ])('of an address: %j', (text, form) => {
    expect(comparableEmail(text)).toBe(form)
    expect(comparableEmail(form)).toBe(form)
  })

  it.each([
    ['+1 (555) 010-0', '+15550100'],
    [' +15550100', '+15550100'],
    ['555 0100', '5550100'],
    ['1+2', '12'],
    ['call me', ''],
    ['+', '']
  ])('of a phone number: %j', (text, form) => {
    expect(comparablePhone(text)).toBe(form)
    expect(comparablePhone(form)).toBe(form)
  })

  it('of an id: a number is its digits, and case counts', () => {
    expect(comparableId(42)).toBe(comparableId('42'))
    expect(comparableId('A1')).not.toBe(comparableId('a1'))
    expect(comparableId('a1 ')).not.toBe(comparableId('a1'))
  })
})
