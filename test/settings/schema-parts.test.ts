/**
 * The parts that schemas are made of, each by itself; schemas.test.ts holds the whole of them against the decoders.
 */
import { describe, expect, it } from 'vitest'
import { isRecord, type JsonObject } from '../../src/ground/json.js'
import { membersOf, takenBy } from '../../src/settings/schemas/from-rows.js'
import {
  closed,
  flag,
  headed,
  listOf,
  mapOf,
  marketoName,
  nonBlank,
  oneOf,
  oneOfThese,
  orNull,
  scalar,
  schemaMember,
  shaped,
  told,
  whole
} from '../../src/settings/schemas/parts.js'
import { shareParts } from '../../src/settings/schemas/share-parts.js'

const text = { type: 'string', pattern: '\\S' }
const blank = { type: 'string', pattern: '^\\s*$', doNotSuggest: true }

describe('a part', () => {
  it.each<[string, JsonObject, JsonObject]>([
    ['text', nonBlank, text],
    ['text of a shape', shaped('^a$', 'An a'), { type: 'string', pattern: '^a$', patternErrorMessage: 'An a' }],
    ['a flag', flag, { type: 'boolean' }],
    ['a single value', scalar, { type: ['string', 'number', 'boolean'] }],
    [
      'a whole number',
      whole(1, 5),
      {
        type: ['integer', 'string'],
        minimum: 1,
        maximum: 5,
        pattern: '^\\s*-?\\d{1,15}\\s*$',
        patternErrorMessage: 'A whole number'
      }
    ],
    ['one of some words', oneOf(['a', 'b']), { enum: ['a', 'b'] }],
    ['a list', listOf(flag), { type: 'array', items: { type: 'boolean' } }],
    ['a map', mapOf(flag), { type: 'object', additionalProperties: { type: 'boolean' } }],
    ['a value or null', orNull(flag), { anyOf: [{ type: 'boolean' }, { type: 'null' }, blank] }],
    [
      'an object',
      closed({ a: flag }),
      { type: 'object', properties: { a: { type: 'boolean' } }, additionalProperties: false }
    ],
    [
      'an object that needs a member',
      closed({ a: flag }, ['a']),
      { type: 'object', properties: { a: { type: 'boolean' } }, required: ['a'], additionalProperties: false }
    ],
    ['what is told', told('An a', flag), { description: 'An a', type: 'boolean' }],
    [
      'what is told with examples',
      told('An a', flag, [true]),
      { description: 'An a', type: 'boolean', examples: [true] }
    ],
    ['one of two members', oneOfThese(['a', 'b']), { anyOf: [{ required: ['a'] }, { required: ['b'] }] }],
    [
      'a head',
      headed('A', 'b', flag),
      { $schema: 'http://json-schema.org/draft-07/schema#', title: 'A', description: 'b', type: 'boolean' }
    ],
    ['a schema’s own place', schemaMember, { $schema: { description: expect.any(String), type: 'string' } }]
  ])('that is %s', (_, part, expected) => {
    expect(part).toEqual(expected)
  })

  it('that is a name takes what a field may be called', () => {
    const takes = (name: string) => new RegExp(String(marketoName.pattern)).test(name)
    const names = ['a', 'Plan_Name 2', `a${'b'.repeat(254)}`, '', '9a', '_a', 'a-b', 'a'.repeat(256), ' a', 'a\n']
    expect(names.map(takes)).toEqual([true, true, true, false, false, false, false, false, false, false])
  })
})

describe('a row of a settings table', () => {
  it.each<[string, JsonObject]>([
    ['text', text],
    ['boolean', { type: 'boolean' }],
    ['whole number', whole(-9_007_199_254_740_991, 9_007_199_254_740_991)],
    ['object', { type: 'object' }],
    ['list of names', { type: 'array', items: text }],
    ['list of keys', { type: 'array', items: text }],
    ['list of texts', { type: 'array', items: text }],
    ['list of rows', { type: 'array' }],
    ['list of a, b', { type: 'array', items: { enum: ['a', 'b'] } }],
    ['a, b', { enum: ['a', 'b'] }],
    ['text or null', { anyOf: [text, { type: 'null' }, blank] }],
    ['list of keys or null', { anyOf: [{ type: 'array', items: text }, { type: 'null' }, blank] }]
  ])('that takes %s', (takes, expected) => {
    expect(takenBy(takes)).toEqual(expected)
  })

  it('becomes a member, and one more by Segment’s name where that is another', () => {
    const row = { segment: null, fallback: 'a', takes: 'a, b', about: 'An a or a b' }
    const rows = {
      one: row,
      same: { ...row, segment: 'same', fallback: undefined },
      other: { ...row, segment: 'theirs', takes: 'text', fallback: null }
    }
    expect(membersOf(rows, { one: { examples: ['b'] }, other: { schema: flag } })).toEqual({
      one: { description: 'An a or a b', enum: ['a', 'b'], default: 'a', examples: ['b'] },
      same: { description: 'An a or a b', enum: ['a', 'b'] },
      other: { description: 'An a or a b', type: 'boolean', default: null },
      theirs: {
        description: 'Segment’s name of other. An a or a b',
        type: 'boolean',
        default: null,
        doNotSuggest: true
      }
    })
  })
})

/** A schema with each reference replaced by what it refers to. */
const resolved = (schema: unknown, definitions: unknown): unknown => {
  if (Array.isArray(schema)) return schema.map((one: unknown) => resolved(one, definitions))
  if (!isRecord(schema) || !isRecord(definitions)) return schema
  const { $ref } = schema
  if (typeof $ref === 'string') return resolved(definitions[$ref.replace('#/definitions/', '')], definitions)
  return Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, resolved(value, definitions)]))
}

describe('shared parts', () => {
  const long = (n: number): JsonObject => ({ description: 'x'.repeat(n) })
  /** Just as long as it takes, as JSON. */
  const worthIt = long(120 - JSON.stringify(long(0)).length)
  const almost = long(119 - JSON.stringify(long(0)).length)
  const inner = { ...worthIt, title: 'inner' }
  const outer = { title: 'outer', properties: { a: inner, b: inner } }

  it.each<[string, JsonObject, number]>([
    ['a part that stands in two members', { properties: { a: worthIt, b: worthIt } }, 1],
    ['a part that stands once', { properties: { a: worthIt } }, 0],
    ['a part that is too short', { properties: { a: long(50), b: long(50) } }, 0],
    ['one that is one character too short', { properties: { a: almost, b: almost } }, 0],
    ['a part among alternatives', { anyOf: [worthIt, worthIt] }, 1],
    ['a part of a whole', { allOf: [worthIt, worthIt] }, 1],
    ['a part in a list and under names', { items: worthIt, additionalProperties: worthIt }, 1],
    // biome-ignore lint/suspicious/noThenProperty: it is a keyword of JSON Schema, and no promise.
    ['a part of a condition', { if: worthIt, then: worthIt }, 1],
    ['a part that must not be', { not: worthIt, propertyNames: worthIt }, 1],
    ['parts within parts', { properties: { a: outer, b: outer } }, 2],
    ['two parts', { properties: { a: worthIt, b: worthIt, c: inner, d: inner } }, 2],
    ['what only looks like a part', { default: worthIt, examples: [worthIt, worthIt], enum: [worthIt] }, 0],
    ['a default of several', { default: { a: worthIt, b: worthIt } }, 0],
    [
      'a part within a part that stands twice',
      { properties: { a: { ...outer, properties: { a: inner } }, b: { ...outer, properties: { a: inner } } } },
      1
    ],
    ['two parts within a part that stands once', { properties: { a: outer } }, 1],
    ['a flag among them', { properties: { a: worthIt, b: worthIt }, additionalProperties: false }, 1],
    ['a word among alternatives', { anyOf: [worthIt, worthIt, true], items: [worthIt] }, 1]
  ])('%s', (_, schema, expected) => {
    const { definitions = {}, ...rest } = shareParts(schema)
    expect(Object.keys(isRecord(definitions) ? definitions : {}).sort()).toEqual(
      Array.from({ length: expected }, (_, i) => `part${i + 1}`)
    )
    expect(resolved(rest, definitions)).toEqual(schema)
    expect(JSON.stringify(rest).includes('$ref')).toBe(expected > 0)
    if (expected > 0) expect(JSON.stringify(shareParts(schema)).split(JSON.stringify(worthIt)).length).toBeLessThan(4)
  })
})

it('a schema without repeated parts has no definitions', () => {
  const schema = closed({ a: flag })
  expect(shareParts(schema)).toStrictEqual(schema)
})
