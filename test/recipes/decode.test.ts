/**
 * Rule files: what is read, what is refused and how it is said, and the schema that is drawn from the codec.
 */
import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decoded } from '../../src/ground/decoding.js'
import { describeProblem, type Problem } from '../../src/ground/problem.js'
import { valueTypes } from '../../src/marketo/value-types.js'
import { decodeRecipes, recipesJsonSchema } from '../../src/recipes/decode.js'
import { RecipeFile } from '../../src/recipes/file.js'
import { namedSchemas } from '../../src/recipes/rule-parts.js'
import { eventTypes } from '../../src/segment/event.js'
import { withOneChange } from '../arbitraries/codecs.js'
import { deepFrozen, hostileValue, oddValue } from '../arbitraries/events.js'
import { fragile } from '../arbitraries/hostile.js'
import { recipeJson } from '../arbitraries/recipes.js'

const validate = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true }).compile(recipesJsonSchema())

const problemsOf = (u: unknown): ReadonlyArray<Problem> => {
  const problems: Array<Problem> = []
  decoded(RecipeFile, namedSchemas, u, problems)
  return problems
}

const said = (u: unknown): ReadonlyArray<string> => {
  const read = decodeRecipes(u)
  return read._tag === 'Right' ? [] : read.left.map(describeProblem)
}

describe('laws', () => {
  it('the schema accepts and refuses what the codec does', () => {
    fc.assert(
      fc.property(fc.oneof(recipeJson, withOneChange(recipeJson), withOneChange(withOneChange(recipeJson))), (u) => {
        expect(problemsOf(u).length === 0).toBe(validate(u))
      })
    )
  })

  it('every refusal has a place in the file, and none stands twice', () => {
    fc.assert(
      fc.property(withOneChange(recipeJson), (u) => {
        const places = problemsOf(u).map(({ at }) => JSON.stringify(at))
        expect(new Set(places).size).toBe(places.length)
        for (const { at } of problemsOf(u)) {
          const parent = at.slice(0, -1).reduce((now: unknown, key) => Object(now)[key], u)
          expect(at.length === 0 || (typeof parent === 'object' && parent !== null)).toBe(true)
        }
      })
    )
  })

  it('P1 P2 P3 S3 any value gets a verdict, the same each time, and no problem quotes what it holds', () => {
    fc.assert(
      fc.property(fc.oneof(oddValue, hostileValue), (u) => {
        expect(['Left', 'Right', 'Both']).toContain(decodeRecipes(u)._tag)
      })
    )
    fc.assert(
      fc.property(recipeJson, (u) => {
        const secret = 'secret-value-of-a-file'
        const marked = { ...Object(u), munchkinId: secret, gateNames: [secret, 5] }
        expect(JSON.stringify(decodeRecipes(deepFrozen(marked)))).not.toContain(secret)
        expect(decodeRecipes(u)).toEqual(decodeRecipes(u))
      })
    )
  })
})

it('a file that throws when it is read says so', () => {
  const file = { munchkinId: '561-HYG-937' }
  expect(decodeRecipes(fragile(file, 0))).toEqual({
    _tag: 'Left',
    left: [
      {
        _tag: 'Unreadable',
        weight: 'invalid',
        at: [],
        mend: 'reading a member of this file threw; hand over plain JSON'
      }
    ]
  })
})

describe('the schema among the examples', () => {
  it('is the one that is drawn (segment-marketo recipes schema)', () => {
    const kept = readFileSync(new URL('../../docs/examples/recipes/rules.schema.json', import.meta.url), 'utf8')
    expect(JSON.parse(kept)).toEqual(recipesJsonSchema())
  })
})

describe('tables', () => {
  it('knows every type of call and every type of value that can be written', () => {
    const words = (name: string): ReadonlyArray<string> => {
      const found = JSON.stringify(recipesJsonSchema()).match(new RegExp(`"enum":\\[("${name}"[^\\]]*)\\]`))
      return found === null ? [] : JSON.parse(`[${found[1]}]`)
    }
    expect(words('identify')).toEqual(eventTypes)
    expect(words('string')).toEqual(valueTypes.filter((type) => type !== 'reference' && type !== 'formula'))
  })
})

const base = { munchkinId: '561-HYG-937' }
const rule = (when: unknown, ...actions: ReadonlyArray<unknown>) => ({ ...base, rules: [{ name: 'a', when, actions }] })

describe('near misses', () => {
  it.each<[string, unknown, ReadonlyArray<string>]>([
    ['nothing', null, ['(whole value): found null; expected an object']],
    ['no id', {}, ['munchkinId: is missing; expected a munchkin id, such as 561-HYG-937']],
    [
      'a section that is misspelled',
      { ...base, rulez: [] },
      ['rulez: is not a known name (nearest: rules); nothing reads it: correct the name or take it out']
    ],
    [
      'an action that is misspelled',
      rule({ type: 'track' }, { do: 'wite', fields: {} }),
      [
        'rules[0].actions[0]: found an object; expected one of do: write, do: add-to-list, do: remove-from-list, do: leave-lists, do: set-status, do: leave-program, do: request-campaign, do: add-to-score, do: delete-lead, do: sync-company, do: sync-object'
      ]
    ],
    [
      'a member of another action',
      rule({ type: 'track' }, { do: 'delete-lead', list: 1001 }),
      ['rules[0].actions[0].list: is not a known name; nothing reads it: correct the name or take it out']
    ],
    [
      'a word of other audiences that is misspelled',
      { ...base, audiences: { others: { use: 'audience-key', prefixx: 'x' } } },
      [
        'audiences.others.prefixx: is not a known name (nearest: prefix); nothing reads it: correct the name or take it out'
      ]
    ],
    [
      'a type of call that is none',
      rule({ type: ['track', 'trak'] }, { do: 'delete-lead' }),
      ['rules[0].when.type: found a list; expected a type of call, or a list of them']
    ],
    [
      'an operator that is none',
      rule({ where: [{ path: 'properties.plan', equals: 'pro' }] }, { do: 'delete-lead' }),
      ['rules[0].when.where[0].equals: is not a known name; nothing reads it: correct the name or take it out']
    ],
    [
      'a path without a root',
      rule({ where: [{ path: 'plan', is: 'pro' }] }, { do: 'delete-lead' }),
      [
        'rules[0].when.where[0].path: found text; expected a place in the event, such as properties.plan, traits.industry, page.path or groupId'
      ]
    ],
    [
      'a path that goes nowhere',
      rule({ where: [{ path: 'groupId.x', is: 'pro' }] }, { do: 'delete-lead' }),
      [
        'rules[0].when.where[0].path: found text; expected a place in the event, such as properties.plan, traits.industry, page.path or groupId'
      ]
    ],
    [
      'a constant that the field cannot hold',
      rule({ event: 'x' }, { do: 'write', fields: { leadScore: 'many' } }),
      ['rules[0].actions[0].fields.leadScore: found text; send a whole number, as a number or in plain digits']
    ],
    [
      'consent that is opened by the way',
      rule({ event: 'x' }, { do: 'write', fields: { unsubscribed: false } }),
      [
        'rules[0].actions[0].fields.unsubscribed: found false; a field of consent goes back to false only by a rule of optIns'
      ]
    ],
    [
      'consent that is cleared',
      rule({ event: 'x' }, { do: 'write', fields: { doNotCall: null } }),
      [
        'rules[0].actions[0].fields.doNotCall: found null; Marketo keeps an empty field of consent as false: say true, or leave the field out'
      ]
    ],
    [
      'a name that no field has',
      rule({ event: 'x' }, { do: 'write', fields: { 'Lead Status': 'Trial' } }),
      [
        'rules[0].actions[0].fields["Lead Status"]: found a name of another kind; expected the API name of a field: a letter, then letters, digits and _'
      ]
    ],
    [
      'a list that is none',
      rule({ event: 'x' }, { do: 'add-to-list', list: 0 }),
      ['rules[0].actions[0].list: found a number; expected a list: its number, its name, or { name, createIn }']
    ],
    [
      'a folder without a type',
      rule({ event: 'x' }, { do: 'add-to-list', list: { name: 'VIP', createIn: { id: 12 } } }),
      ['rules[0].actions[0].list.createIn.type: is missing; expected one of Folder, Program']
    ],
    [
      'a record that nothing identifies',
      rule({ event: 'x' }, { do: 'sync-object', object: 'car_c', dedupeFields: ['vin'], fields: { color: 'red' } }),
      ['rules[0].actions[0].dedupeFields[0]: is missing; a record is known by these fields: each must be among fields']
    ],
    [
      'a company without an id',
      rule({ event: 'x' }, { do: 'sync-company', id: null }),
      ['rules[0].actions[0].id: found null; say what it shall be']
    ],
    ...['suppressions', 'optIns'].map((section): [string, unknown, ReadonlyArray<string>] => [
      `a constant in ${section} that the field cannot hold`,
      { ...base, [section]: [{ name: 'a', when: { event: 'x' }, fields: { leadScore: 'many' } }] },
      [`${section}[0].fields.leadScore: found text; send a whole number, as a number or in plain digits`]
    ]),
    [
      'a record that nothing is named to identify',
      rule({ event: 'x' }, { do: 'sync-object', object: 'car_c', dedupeFields: [], fields: { color: 'red' } }),
      ['rules[0].actions[0].dedupeFields: is missing; name the fields by which the record is known']
    ],
    [
      'a value that a field of a record cannot hold',
      rule(
        { event: 'x' },
        {
          do: 'sync-object',
          object: 'car_c',
          dedupeFields: ['vin'],
          fields: { vin: 'v', leadScore: { from: 'userId', type: 'integer', default: 'many' } }
        }
      ),
      ['rules[0].actions[0].fields.leadScore.default: found text; send a whole number, as a number or in plain digits']
    ],
    [
      'a company without an id and with a field that cannot hold its value',
      rule({ event: 'x' }, { do: 'sync-company', id: null, fields: { numberOfEmployees: 'many' } }),
      [
        'rules[0].actions[0].id: found null; say what it shall be',
        'rules[0].actions[0].fields.numberOfEmployees: found text; send a whole number, as a number or in plain digits'
      ]
    ],
    [
      'two of one name',
      {
        ...base,
        behaviors: [
          { name: 'a', when: { event: 'x' } },
          { name: 'a', when: { event: 'y' } }
        ]
      },
      ['behaviors[1].name: claims the same place as behaviors[0].name; give each its own name: memory is kept by name']
    ],
    [
      'a stage that is none',
      {
        ...base,
        lifecycles: [
          { name: 'a', field: 'stage', stages: ['Trial'], rules: [{ when: { event: 'x' }, stage: 'Trials' }] }
        ]
      },
      ['lifecycles[0].rules[0].stage: is not a known name (nearest: Trial); name one of the stages of this lifecycle']
    ],
    [
      'a cap of the other sign',
      {
        ...base,
        scores: [
          {
            name: 'a',
            to: { way: 'total', field: 'score' },
            points: [{ when: { event: 'x' }, points: -5, cap: { points: 10 } }]
          }
        ]
      },
      ['scores[0].points[0].cap.points: found the other sign; a cap bounds the points of its rule: give it their sign']
    ],
    ['a flag that is text', { ...base, lead: { create: 'yes' } }, ['lead.create: found text; expected true or false']],
    [
      'a number that is text',
      { ...base, rememberDays: '30' },
      ['rememberDays: found text; expected a number above zero']
    ],
    [
      'a text that is a number',
      { ...base, audiences: { separator: 1 } },
      ['audiences.separator: found a number; expected text']
    ],
    [
      'no key at all',
      { ...base, lead: { keys: [] } },
      ['lead.keys: is missing; name at least one of email, userId, anonymousId']
    ]
  ])('refuses %s', (_, u, expected) => {
    expect(decodeRecipes(u)._tag).toBe('Left')
    expect(said(u)).toEqual(expected)
  })

  const actions = (...list: ReadonlyArray<object>) => rule({ event: 'x' }, ...list)
  const onList = (list: unknown) => actions({ do: 'add-to-list', list })
  const days = (rememberDays: unknown) => ({ ...base, rememberDays })
  const field = (name: string) => actions({ do: 'write', fields: { [name]: 'a' } })
  const path = (from: string) => actions({ do: 'write', fields: { plan: { from } } })
  const points = (n: number) => actions({ do: 'add-to-score', field: 'leadScore', points: n })
  const gate = (name: string) => ({ ...base, gateNames: [name] })
  const capped = (given: number, cap: number) => ({
    ...base,
    scores: [
      { name: 'a', to: { way: 'total', field: 'score' }, points: [{ when: {}, points: given, cap: { points: cap } }] }
    ]
  })
  const places = ['properties', 'traits', 'context', 'page', 'campaign'] as const
  const sayings = [
    'time',
    'type',
    'event',
    'name',
    'category',
    'channel',
    'userId',
    'anonymousId',
    'groupId',
    'messageId'
  ]

  // biome-ignore format: table
  it.each<[string, (u: never) => object, ReadonlyArray<unknown>, ReadonlyArray<unknown>]>([
    ['list',   onList, [1, 2 ** 53 - 1, ' a '],                   [0, -1, 1.5, 2 ** 53, NaN, Infinity, '', ' ']],
    ['span',   days,   [0.5, 1e9],                                [0, -1, NaN, Infinity]],
    ['number', points, [-0.5, 0, 1e300],                          [NaN, Infinity, -Infinity]],
    ['name',   gate,   ['a', ' a '],                              ['', ' ', '\n\t']],
    ['field',  field,  ['a', 'Z9_x__c', `a${'b'.repeat(254)}`],   ['', '1a', '_a', 'a b', 'a-b', 'é', 'a\n', `a${'b'.repeat(255)}`]],
    ['cap',    () => capped(5, 5), [0],                           []],
    ['cap',    () => capped(-5, -5), [0],                         []],
    ['cap',    () => capped(5, 0), [0],                           []],
    ['cap',    () => capped(0, -5), [0],                          []],
    ['cap',    () => capped(5, -1), [],                           [0]],
    ['place',  path,   [...places.map((root) => `${root}.a`), ...sayings, `traits.${'a'.repeat(493)}`, 'traits.a.b', 'traits. '],
                       [...places, ...places.map((root) => `${root}.`), ...sayings.map((root) => `${root}.a`), `traits.${'a'.repeat(494)}`, '', '.a', 'Traits.a', 'x.a']]
  ])('reads any %s that is one, and no other', (_, file, right, wrong) => {
    const isRead = (u: unknown): boolean => decodeRecipes(Reflect.apply(file, undefined, [u]))._tag !== 'Left'
    expect(right.filter((u) => !isRead(u))).toEqual([])
    expect(wrong.filter(isRead)).toEqual([])
  })

  it.each<[string, unknown, ReadonlyArray<string>]>([
    ['a rule without actions', rule({ event: 'x' }), ['rules[0].actions: is missing; say what is to be done']],
    [
      'a rule for everything',
      rule({}, { do: 'write', fields: { city: 'Lyon' } }),
      ['rules[0].when: works, with a risk (unusual); it applies to every call of every kind: say type, event or where']
    ]
  ])('reads %s, with a remark', (_, u, expected) => {
    const decoding = decodeRecipes(u)
    expect(decoding._tag === 'Both' && decoding.left.map(({ weight }) => weight)).toEqual(['warning'])
    expect(said(u)).toEqual(expected)
  })
})
