import * as fc from 'fast-check'
import * as t from 'io-ts'
import { describe, expect, it } from 'vitest'
import type { NamedSchemas } from '../../src/ground/codec-schema.js'
import { decoded } from '../../src/ground/decoding.js'
import { describeProblem, type Problem } from '../../src/ground/problem.js'
import { valueFrom, withOneChange } from '../arbitraries/codecs.js'

const Plus = t.refinement(t.number, (n) => n > 0, 'Plus')
const named: NamedSchemas = { Plus: { description: 'a number above zero' }, Odd: { description: 5 } }

const Write = t.exact(
  t.intersection([t.type({ do: t.literal('write') }), t.partial({ fields: t.record(t.string, Plus) })])
)
const Erase = t.exact(t.type({ do: t.literal('erase'), lead: t.exact(t.type({ key: t.string })) }))
const Action = t.union([Write, Erase])
/** One word, or a list of them. */
const Word = t.keyof({ track: null, identify: null, page: null })
const Words = t.union([Word, t.readonlyArray(Word)], 'a type of call, or a list of them')
/** Text, or an object that says more. */
const Place = t.union([t.string, t.exact(t.type({ path: t.string }))], 'a place')
/** A list of objects, or one word. */
const Many = t.union(
  [t.literal('all'), t.readonlyArray(t.exact(t.type({ name: t.string })))],
  'the word all, or a list'
)
const File = t.exact(
  t.partial({
    actions: t.readonlyArray(Action),
    on: Words,
    word: Word,
    from: Place,
    many: Many,
    late: t.union([Action, t.null], 'an action, or null'),
    flag: t.boolean,
    count: t.number,
    days: Plus,
    size: t.refinement(t.number, (n) => n > 0, 'Odd'),
    either: t.union([t.number, t.boolean], 'a number, true or false'),
    one: t.literal('one'),
    loose: t.union([t.number, t.boolean]),
    odd: new t.Type('Odd', t.number.is, t.number.validate, t.identity),
    by: t.record(t.string, t.exact(t.type({ name: t.string })))
  })
)

const problemsOf = (u: unknown): ReadonlyArray<Problem> => {
  const problems: Array<Problem> = []
  decoded(File, named, u, problems)
  return problems
}
const said = (u: unknown): ReadonlyArray<string> => problemsOf(u).map(describeProblem)

const unread = 'nothing reads it: correct the name or take it out'

describe('laws', () => {
  const brands = { Plus: fc.integer({ min: 1, max: 9 }), Odd: fc.integer({ min: 1, max: 9 }) }
  const sound = valueFrom(brands, fc.string({ maxLength: 3 }))(File)

  it('what a codec reads is read without a word', () => {
    fc.assert(
      fc.property(sound, (u) => {
        const problems: Array<Problem> = []
        expect(decoded(File, named, u, problems)).toEqual(u)
        expect(problems).toEqual([])
      })
    )
  })

  it('what it does not read is refused with a reason, one for each place', () => {
    fc.assert(
      fc.property(withOneChange(sound), (u) => {
        const problems: Array<Problem> = []
        const read = decoded(File, named, u, problems)
        expect(read === undefined).toBe(!File.is(u))
        if (read === undefined) expect(problems).not.toEqual([])
        const places = problems.map(({ at }) => JSON.stringify(at))
        expect(new Set(places).size).toBe(places.length)
      })
    )
  })
})

describe('a dictionary', () => {
  const Name = t.refinement(t.string, (name) => name === name.toLowerCase(), 'Name')
  const Named = t.exact(t.type({ by: t.record(Name, t.exact(t.partial({ name: t.string }))) }))

  it.each<readonly [string, unknown, ReadonlyArray<readonly [string, string]>]>([
    ['names that can be', { by: { ana: {} } }, []],
    [
      'a name that cannot be, whatever stands under it',
      { by: { Ana: { nme: 1 }, ben: {} } },
      [['invalid', 'by.Ana: found a name of another kind; expected a name in small letters']]
    ],
    [
      'a member of what has a good name',
      { by: { ana: { nme: 1 } } },
      [
        [
          'invalid',
          'by.ana.nme: is not a known name (nearest: name); nothing reads it: correct the name or take it out'
        ]
      ]
    ]
  ])('reads %s', (_, u, expected) => {
    const problems: Array<Problem> = []
    decoded(Named, { Name: { description: 'a name in small letters' } }, u, problems)
    expect(problems.map((problem) => [problem.weight, describeProblem(problem)])).toEqual(expected)
  })
})

describe('what is said', () => {
  it.each<readonly [string, unknown, ReadonlyArray<string>]>([
    ['no object', 7, ['(whole value): found a number; expected an object']],
    ['a list for a flag', { flag: [] }, ['flag: found a list; expected true or false']],
    ['text for a number', { count: '5' }, ['count: found text; expected a number']],
    ['a number for text', { from: 5 }, ['from: found a number; expected a place']],
    ['what a brand refuses', { days: -1 }, ['days: found a number; expected a number above zero']],
    ['what a brand refuses that has no words of its own', { size: -1 }, ['size: found a number; expected Odd']],
    ['what a codec by hand refuses', { odd: 'x' }, ['odd: found text; expected Odd']],
    ['none of a choice', { either: 'x' }, ['either: found text; expected a number, true or false']],
    ['another value than the only one', { one: 'two' }, ['one: found text; expected "one"']],
    ['none of a choice without a name: the first counts', { loose: 'x' }, ['loose: found text; expected a number']],
    ['null for a dictionary', { by: null }, ['by: found null; expected an object']],
    ['an object for a flag', { flag: { a: 1 } }, ['flag: found an object; expected true or false']],
    [
      'null for an object',
      { actions: [{ do: 'erase', lead: null }] },
      ['actions[0].lead: found null; expected an object']
    ],
    [
      'an action that is none, whatever else is in it',
      { actions: [{ do: 'wipe', led: 1 }] },
      ['actions[0]: found an object; expected one of do: write, do: erase']
    ],
    ['no list', { actions: {} }, ['actions: found an object; expected a list']],
    ['no dictionary', { by: [] }, ['by: found a list; expected an object']],
    [
      'a word that is misspelled',
      { word: 'trck' },
      ['word: is not a known name (nearest: track); expected one of track, identify, page']
    ],
    ['a number for a word', { word: 1 }, ['word: found a number; expected one of track, identify, page']],
    [
      'a word that is misspelled, in a list with a name',
      { on: ['track', 'trck'] },
      ['on: found a list; expected a type of call, or a list of them']
    ],
    [
      'an action that is none',
      { actions: [{ do: 'wipe' }] },
      ['actions[0]: found an object; expected one of do: write, do: erase']
    ],
    [
      'an action that is no object',
      { actions: ['write'] },
      ['actions[0]: found text; expected one of do: write, do: erase']
    ],
    ['an action without a member', { actions: [{ do: 'erase' }] }, ['actions[0].lead: is missing; expected an object']],
    [
      'a member of a member that is missing',
      { actions: [{ do: 'write' }, { do: 'erase', lead: {} }] },
      ['actions[1].lead.key: is missing; expected text']
    ],
    [
      'a field of an action that is not sound',
      { actions: [{ do: 'write', fields: { score: 0, rank: 1 } }] },
      ['actions[0].fields.score: found a number; expected a number above zero']
    ],
    [
      'an object with a member too few, where it is the only one meant',
      { from: {} },
      ['from.path: is missing; expected text']
    ],
    [
      'a member of a member that is missing, in a choice of choices',
      { late: { do: 'erase', lead: {} } },
      ['late.lead.key: is missing; expected text']
    ],
    [
      'none of a choice of choices',
      { late: { do: 'wipe', led: 1 } },
      ['late: found an object; expected an action, or null']
    ],
    ['a member of a list that is not sound', { by: { a: { name: 1 } } }, ['by.a.name: found a number; expected text']]
  ])('%s', (_, u, expected) => {
    expect(said(u)).toEqual(expected)
  })

  it.each<readonly [string, unknown, ReadonlyArray<string>]>([
    ['the file', { action: [], actions: [] }, ['action: is not a known name (nearest: actions)']],
    [
      'the file, by a name of the language',
      JSON.parse('{"__proto__":1,"constructor":2}'),
      ['__proto__: is not a known name', 'constructor: is not a known name']
    ],
    [
      'an action',
      { actions: [{ do: 'write', field: {} }] },
      ['actions[0].field: is not a known name (nearest: fields)']
    ],
    [
      'a member of another action',
      { actions: [{ do: 'write', lead: { key: 'a' } }] },
      ['actions[0].lead: is not a known name']
    ],
    [
      'a member of an action',
      { actions: [{ do: 'erase', lead: { key: 'a', kee: 1 } }] },
      ['actions[0].lead.kee: is not a known name (nearest: key)']
    ],
    ['the only object of a choice', { from: { path: 'a', pth: 1 } }, ['from.pth: is not a known name (nearest: path)']],
    [
      'a member of a choice of choices',
      { late: { do: 'erase', lead: { key: 'a', kee: 1 } } },
      ['late.lead.kee: is not a known name (nearest: key)']
    ],
    [
      'a list of a choice',
      { many: [{ name: 'a' }, { name: 'b', nam: 1 }] },
      ['many[1].nam: is not a known name (nearest: name)']
    ],
    [
      'a value of a dictionary',
      { by: { any: { name: 'a', nme: 1 } } },
      ['by.any.nme: is not a known name (nearest: name)']
    ]
  ])('a name that nobody reads, in %s', (_, u, expected) => {
    expect(said(u)).toEqual(expected.map((text) => `${text}; ${unread}`))
  })

  it.each<readonly [string, unknown]>([
    ['the keys of a dictionary', { by: { any: { name: 'a' }, constructor: { name: 'b' } } }],
    ['fields of an action', { actions: [{ do: 'write', fields: { any: 1 } }] }],
    ['text of a choice', { from: 'a', many: 'all', on: 'page', late: null }],
    ['fields of an action of a choice of choices', { late: { do: 'write', fields: { any: 1 } } }]
  ])('any names may stand in %s', (_, u) => {
    expect(said(u)).toEqual([])
  })

  it('a member that is wrong and one that nobody reads are both told', () => {
    expect(said({ flag: 1, flagg: 1 })).toEqual([
      'flag: found a number; expected true or false',
      `flagg: is not a known name (nearest: flag); ${unread}`
    ])
  })

  it('each problem refuses the whole', () => {
    const file = { flag: 1, word: 'x', lag: 1, days: null, actions: [{ do: 'erase' }] }
    expect(problemsOf(file).map(({ weight }) => weight)).toEqual(Array.from({ length: 5 }, () => 'invalid'))
  })
})
