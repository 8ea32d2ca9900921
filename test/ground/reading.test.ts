import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Path } from '../../src/ground/path.js'
import { describeProblem, missing, type Problem, type Weight } from '../../src/ground/problem.js'
import {
  aBoolean,
  anyText,
  aRecord,
  aScalar,
  decoding,
  listOf,
  member,
  nonBlank,
  oneOf,
  orNull,
  type Reader,
  requiredMember,
  warnOfUnknownKeys,
  wholeNumber
} from '../../src/ground/reading.js'

const at: Path = ['rows', 0]
/** What a reader answers, and what it says. */
const read = <A>(reader: Reader<A>, u: unknown): readonly [A | undefined, ReadonlyArray<string>] => {
  const problems: Array<Problem> = []
  const value = reader(u, at, problems)
  for (const { weight } of problems) expect(weight).toBe('invalid')
  return [value, problems.map(describeProblem)]
}
const word = oneOf(['cookie', 'email'])

describe('laws', () => {
  const readers = fc.constantFrom<Reader<unknown>>(
    nonBlank,
    anyText,
    aBoolean,
    aScalar,
    aRecord,
    word,
    wholeNumber(-3, 3),
    orNull(word)
  )

  it('P3 any value is read without a word, or refused with one reason at its place', () => {
    fc.assert(
      fc.property(readers, fc.oneof(fc.anything(), fc.constantFrom('cookie', ' 2 ', -3, true)), (reader, u) => {
        const problems: Array<Problem> = []
        const value = reader(u, at, problems)
        expect(problems.map((problem) => [problem.at, problem.weight])).toEqual(
          value === undefined ? [[at, 'invalid']] : []
        )
      })
    )
  })

  it('a list has its items in order, and says at its own place what it leaves out', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.boolean(), fc.constant('no'))), (items) => {
        const problems: Array<Problem> = []
        expect(listOf(aBoolean)(items, at, problems)).toEqual(items.filter((item) => item !== 'no'))
        expect(problems.map((problem) => problem.at)).toEqual(
          items.flatMap((item, i) => (item === 'no' ? [[...at, i]] : []))
        )
      })
    )
  })
})

describe('readers', () => {
  it.each<readonly [string, Reader<unknown>, ReadonlyArray<unknown>]>([
    ['text that is not blank', nonBlank, ['a', ' a ']],
    ['text', anyText, ['', ' ', 'a']],
    ['true or false', aBoolean, [true, false]],
    ['text, a number or a boolean', aScalar, ['', 0, -1.5, false]],
    ['an object', aRecord, [{}, { a: 1 }]],
    ['one of cookie, email', word, ['cookie', 'email']],
    ['a whole number from -3 to 12', wholeNumber(-3, 12), [-3, 0, 12]],
    ['a list', listOf(aBoolean), [[], [true, false]]]
  ])('%s is read as it is', (_, reader, values) => {
    for (const value of values) expect(read(reader, value)).toEqual([value, []])
  })

  it.each<readonly [string, Reader<unknown>, ReadonlyArray<readonly [unknown, string]>]>([
    [
      'text that is not blank',
      nonBlank,
      [
        ['', 'empty text'],
        [' \n', 'blank text'],
        [1, 'a number']
      ]
    ],
    ['text', anyText, [[1, 'a number']]],
    ['true or false', aBoolean, [['true', 'text']]],
    [
      'text, a number or a boolean',
      aScalar,
      [
        [Number.NaN, 'a number that is not finite'],
        [null, 'null'],
        [[], 'a list']
      ]
    ],
    ['an object', aRecord, [[[], 'a list']]],
    ['one of cookie, email', word, [[1, 'a number']]],
    [
      'a whole number from -3 to 12',
      wholeNumber(-3, 12),
      [
        [-4, 'a number'],
        [13, 'a number'],
        [1.5, 'a number'],
        ['1.5', 'text'],
        ['1e1', 'text'],
        ['', 'empty text'],
        ['x1', 'text'],
        ['1x', 'text'],
        ['0000000000000001', 'text'],
        [[1], 'a list'],
        [true, 'a boolean']
      ]
    ],
    ['a list', listOf(aBoolean), [[{ length: 0 }, 'an object']]]
  ])('what is not %s is refused by its kind', (expected, reader, values) => {
    for (const [value, kind] of values)
      expect(read(reader, value)).toEqual([undefined, [`rows[0]: found ${kind}; expected ${expected}`]])
  })

  it.each([
    ['12', 12],
    [' -3\n', -3],
    ['000000000000007', 7]
  ])('digits are a whole number: %j', (text, n) => {
    expect(read(wholeNumber(-3, 12), text)).toEqual([n, []])
  })

  it('a word that is misspelled is told with the nearest', () => {
    expect(read(word, 'cokie')).toEqual([
      undefined,
      ['rows[0]: is not a known name (nearest: cookie); expected one of cookie, email']
    ])
  })

  it.each([null, '', ' \t'])('none is null: %j', (u) => {
    expect(read(orNull(word), u)).toEqual([null, []])
  })

  it.each([
    ['email', 'email', 0],
    ['other', undefined, 1],
    [undefined, undefined, 1],
    [0, undefined, 1]
  ])('what is not none is read: %j', (u, value, said) => {
    const [found, problems] = read(orNull(word), u)
    expect([found, problems.length]).toEqual([value, said])
  })
})

describe('members', () => {
  const names = ['ours', 'theirs']
  it.each<readonly [string, Readonly<Record<string, unknown>>, unknown, ReadonlyArray<string>]>([
    ['the first name counts', { theirs: 'b', ours: 'a' }, 'a', []],
    ['else the next', { theirs: 'b' }, 'b', []],
    ['a name that is not its own is none', Object.create({ ours: 'a' }), 'fallback', []],
    ['without any the fallback counts', {}, 'fallback', []],
    ['what is there and refused is told under its name', { theirs: 1 }, undefined, ['rows[0].theirs']],
    ['null is there', { ours: null, theirs: 'b' }, undefined, ['rows[0].ours']]
  ])('%s', (_, record, value, places) => {
    const problems: Array<Problem> = []
    expect(member(record, at, names, anyText, 'fallback', problems)).toBe(value)
    expect(problems.map((problem) => describeProblem(problem).split(':')[0])).toEqual(places)
  })

  it('one that must be there is missed under its first name', () => {
    const problems: Array<Problem> = []
    expect(requiredMember({ other: 1 }, at, names, anyText, 'say one', problems)).toBeUndefined()
    expect(problems.map((problem) => [problem.weight, describeProblem(problem)])).toEqual([
      ['invalid', 'rows[0].ours: is missing; say one']
    ])
  })

  it.each([
    ['under the first name', { ours: 'a' }, 'a'],
    ['under another name', { theirs: 'b' }, 'b']
  ])('one that must be there is read %s', (_, record, value) => {
    const problems: Array<Problem> = []
    expect(requiredMember(record, at, names, anyText, 'say one', problems)).toBe(value)
    expect(problems).toEqual([])
  })
})

describe('keys that nobody knows', () => {
  const warned = (record: Readonly<Record<string, unknown>>, at: Path): ReadonlyArray<string> => {
    const problems: Array<Problem> = []
    warnOfUnknownKeys(record, at, ['field', 'type'], problems)
    for (const { weight } of problems) expect(weight).toBe('warning')
    return problems.map(describeProblem)
  }

  it('are told one by one, each with the nearest that is known', () => {
    expect(warned({ field: 1, typ: 2, other: undefined, $schema: '' }, at)).toEqual(
      [
        'rows[0].typ: is not a known name (nearest: type)',
        'rows[0].other: is not a known name',
        'rows[0].$schema: is not a known name'
      ].map((text) => `${text}; nothing reads it: correct the name or take it out`)
    )
  })

  it('the schema of a file is known at its top', () => {
    expect(warned({ $schema: 'rules.schema.json', field: 1 }, [])).toEqual([])
    expect(warned({ schema: 'rules.schema.json' }, [])).toHaveLength(1)
  })
})

const problem = (weight: Weight): Problem => missing(weight, ['a'], 'send a')

describe('decoding settings', () => {
  const decode = (...weights: ReadonlyArray<Weight>) =>
    decoding((_, problems) => {
      problems.push(...weights.map(problem))
      return 'settings'
    })({})

  it('warnings are remarks', () => {
    expect(decode()).toEqual({ _tag: 'Right', right: 'settings' })
    expect(decode('warning', 'warning')).toEqual({
      _tag: 'Both',
      left: [problem('warning'), problem('warning')],
      right: 'settings'
    })
  })

  it.each(['invalid', 'dropped', 'skipped'] as const)(
    'anything %s refuses the whole, and all that was found is told',
    (weight) => {
      expect(decode('warning', weight)).toEqual({ _tag: 'Left', left: [problem('warning'), problem(weight)] })
    }
  )

  it('settings that are refused without a word are told by their kind', () => {
    const read = decoding(() => undefined)(7)
    expect(read._tag === 'Left' && read.left.map((found) => [found.weight, describeProblem(found)])).toEqual([
      ['invalid', '(whole value): found a number; expected the settings as an object']
    ])
  })

  it('what was found goes before what threw', () => {
    const read = decoding((u, problems) => {
      problems.push(problem('warning'))
      return String(Reflect.get(Object(u), 'a'))
    })(
      Object.defineProperty({}, 'a', {
        get: () => {
          throw new Error('no')
        }
      })
    )
    expect(read._tag === 'Left' && read.left.map((found) => [found.weight, describeProblem(found)])).toEqual([
      ['warning', 'a: is missing; send a'],
      ['invalid', '(whole value): found something that could not be read; send plain JSON']
    ])
  })
})
