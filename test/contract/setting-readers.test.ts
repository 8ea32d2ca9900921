/**
 * Readers of settings that both contracts have.
 */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  givenName,
  isSameJson,
  marketoName,
  minutes,
  munchkinId,
  munchkinOptions,
  origin,
  orNullList,
  scalar,
  warnOfBoth
} from '../../src/contract/setting-readers.js'
import type { Path } from '../../src/ground/path.js'
import { describeProblem, type Problem } from '../../src/ground/problem.js'
import type { Reader } from '../../src/ground/reading.js'

const at: Path = ['a']
/** What a reader answers, and what it says. */
const read = (reader: Reader<unknown>, u: unknown): readonly [unknown, ReadonlyArray<string>] => {
  const problems: Array<Problem> = []
  const value = reader(u, at, problems)
  for (const { weight } of problems) expect(weight).toBe('invalid')
  return [value, problems.map(describeProblem)]
}

describe('what is read', () => {
  it.each<readonly [string, Reader<unknown>, unknown, unknown]>([
    ['text', scalar, '', ''],
    ['a number', scalar, -1.5, -1.5],
    ['one zero', scalar, -0, 0],
    ['false', scalar, false, false],
    ['a name of one letter', marketoName, 'a', 'a'],
    ['a name with digits', marketoName, 'plan_2__c', 'plan_2__c'],
    ['a SOAP name', marketoName, 'Anonymous IP', 'Anonymous IP'],
    ['a name of 255 letters', marketoName, 'x'.repeat(255), 'x'.repeat(255)],
    ['an origin', origin, 'https://www.example.com', 'https://www.example.com'],
    ['an origin with its slash', origin, 'HTTP://Www.Example.com:8080/', 'http://www.example.com:8080'],
    ['an origin after white space', origin, ' \n https://www.example.com ', 'https://www.example.com'],
    ['a Munchkin id', munchkinId, ' 561-hyg-937 ', '561-HYG-937'],
    ['minutes east', minutes, 1080, 1080],
    ['minutes west, as digits', minutes, '-1080', -1080],
    ['one zero, as digits', minutes, '-0', 0],
    ['no list', orNullList, null, null],
    ['an empty list', orNullList, [], []],
    ['a list', orNullList, ['a', ' b'], ['a', ' b']],
    ['no options', munchkinOptions, {}, {}],
    [
      'options',
      munchkinOptions,
      { wsInfo: 'j1Z', altIds: ['a', ''], asyncOnly: true, cookieLifeDays: -0 },
      { altIds: ['a', ''], asyncOnly: true, cookieLifeDays: 0, wsInfo: 'j1Z' }
    ]
  ])('%s', (_, reader, u, value) => {
    const [found, said] = read(reader, u)
    expect(said).toEqual([])
    expect(found).toStrictEqual(value)
    expect(JSON.stringify(found)).toBe(JSON.stringify(value))
  })

  const noName =
    'a: found text that is no field name; copy the API name from Marketo: a letter, then letters, digits and _'
  const noOrigin = 'a: found text that is no origin; expected scheme and host only, such as https://www.example.com'

  it.each<readonly [string, Reader<unknown>, unknown, string]>([
    [
      'a number without an end',
      scalar,
      Infinity,
      'a: found a number that is not finite; expected text, a number or a boolean'
    ],
    ['a name with a digit first', marketoName, '2plan', noName],
    ['a name with a hyphen', marketoName, 'plan-c', noName],
    ['a name with a line behind it', marketoName, 'plan\n', noName],
    ['a name after white space', marketoName, ' plan', noName],
    ['a name of 256 letters', marketoName, 'x'.repeat(256), noName],
    ['a blank name', marketoName, ' ', 'a: found blank text; expected text that is not blank'],
    ['a name that is a number', marketoName, 1, 'a: found a number; expected text that is not blank'],
    ['a blank origin', origin, ' ', 'a: found blank text; expected text that is not blank'],
    ['a host without a scheme', origin, 'www.example.com', noOrigin],
    ['a host without its scheme', origin, '//www.example.com', noOrigin],
    ['an origin behind something', origin, 'x https://www.example.com', noOrigin],
    ['another scheme', origin, 'ftp://www.example.com', noOrigin],
    ['a scheme without a host', origin, 'https://', noOrigin],
    ['a host that is called like a scheme', origin, '//https:', noOrigin],
    ['a page', origin, 'https://www.example.com/shop', noOrigin],
    ['a query', origin, 'https://www.example.com/?a=1', noOrigin],
    ['a fragment', origin, 'https://www.example.com/#top', noOrigin],
    ['user info', origin, 'https://ana:x@www.example.com/', noOrigin],
    ['minutes of more than 18 hours', minutes, 1081, 'a: found a number; expected a whole number from -1080 to 1080'],
    ['minutes of less than 18 hours', minutes, -1081, 'a: found a number; expected a whole number from -1080 to 1080'],
    ['no list', orNullList, 'a', 'a: found text; expected a list'],
    ['options in a list', munchkinOptions, [], 'a: found a list; expected an object']
  ])('%s is refused', (_, reader, u, text) => {
    expect(read(reader, u)).toEqual([undefined, [text]])
  })

  it('a Munchkin id that is none is refused', () => {
    const [value, said] = read(munchkinId, '561')
    expect([value, said.length]).toEqual([undefined, 1])
    expect(said[0]).toMatch(/^a: found text/)
  })

  it('an option that cannot be read is told at its place and left out', () => {
    expect(read(munchkinOptions, { altIds: ['a', 1], other: null, asyncOnly: true })).toStrictEqual([
      { altIds: ['a'], asyncOnly: true },
      ['a.altIds[1]: found a number; expected text', 'a.other: found null; expected text, a number or a boolean']
    ])
  })

  it('options come in the order of the alphabet, whatever the order given', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.stringMatching(/^[a-zA-Z]{1,9}$/), fc.boolean()), (options) => {
        const [value] = read(munchkinOptions, options)
        expect(Object.keys(Object(value))).toEqual(Object.keys(options).sort())
      })
    )
  })
})

describe('two names of one setting', () => {
  const pairs = [
    ['munchkinId', 'accountId'],
    ['formId', 'marketoFormId']
  ]

  it.each<readonly [string, Readonly<Record<string, unknown>>, ReadonlyArray<string>]>([
    ['one of them', { munchkinId: 'a', marketoFormId: 1 }, []],
    ['both, alike', { munchkinId: 'a', accountId: 'a' }, []],
    ['both, but not of its own', Object.create({ munchkinId: 'a', accountId: 'b' }), []],
    [
      'both, otherwise',
      { munchkinId: 'a', accountId: 'b', formId: 1, marketoFormId: '1' },
      ['a.accountId: claims the same place as a.munchkinId', 'a.marketoFormId: claims the same place as a.formId']
    ]
  ])('%s', (_, record, said) => {
    const problems: Array<Problem> = []
    warnOfBoth(record, at, pairs, problems)
    expect(problems.map(describeProblem)).toEqual(
      said.map((text) => `${text}; two names of one setting: the first counts, take the other one out`)
    )
    for (const { weight } of problems) expect(weight).toBe('warning')
  })

  it.each<readonly [unknown, string]>([
    [{ segmentTrait: 'a' }, 'segmentTrait'],
    [{ segmentTrait: 'a', trait: 'b' }, 'trait'],
    [{ trait: undefined, segmentTrait: null }, 'segmentTrait'],
    [{}, 'trait'],
    [null, 'trait'],
    ['segmentTrait', 'trait']
  ])('the one that is given in %j is %s', (u, name) => {
    expect(givenName(u, ['trait', 'segmentTrait'])).toBe(name)
  })
})

describe('equal JSON', () => {
  const shuffled = (u: unknown): unknown => {
    if (Array.isArray(u)) return u.map(shuffled)
    if (typeof u !== 'object' || u === null) return u
    return Object.fromEntries(
      Object.entries(u)
        .reverse()
        .map(([key, member]) => [key, shuffled(member)])
    )
  }

  it('is equal whatever the order of its keys', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (u) => {
        expect(isSameJson(u, shuffled(structuredClone(u)))).toBe(true)
      })
    )
  })

  it.each<readonly [unknown, unknown]>([
    [1, 2],
    [1, '1'],
    [null, {}],
    [{}, null],
    [{}, []],
    [[], {}],
    [[], null],
    [[1], [1, 2]],
    [[1, 2], [1]],
    [
      [1, 2],
      [2, 1]
    ],
    [{ a: 1 }, { a: 1, b: 2 }],
    [{ a: 1, b: 2 }, { a: 1 }],
    [{ a: 1 }, { b: 1 }],
    [{ a: undefined }, { b: 1 }],
    [{ a: [{ b: 1 }] }, { a: [{ b: 2 }] }],
    [{ constructor: Object }, { a: 1 }],
    [
      { a: 1, b: 2 },
      { a: 1, b: 3 }
    ]
  ])('%j is not %j', (a, b) => {
    expect(isSameJson(a, b)).toBe(false)
  })
})
