import * as t from 'io-ts'
import { describe, expect, it } from 'vitest'
import { isKnownCodec, isNamedUnion, type NamedSchemas, schemaOf } from '../../src/ground/codec-schema.js'

const Plus = t.refinement(t.number, (n) => n > 0, 'Plus')
const Text = new t.Type('Text', t.string.is, t.string.validate, t.identity)
const named: NamedSchemas = {
  Plus: { description: 'a number above zero', exclusiveMinimum: 0 },
  Text: { description: 'some text' }
}
const word = t.keyof({ b: null, a: null })
const member = t.type({ a: t.string })

describe('the schema of a codec', () => {
  it.each<readonly [string, t.Mixed, object]>([
    ['text', t.string, { type: 'string' }],
    ['a number', t.number, { type: 'number' }],
    ['a boolean', t.boolean, { type: 'boolean' }],
    ['null', t.null, { type: 'null' }],
    ['one value', t.literal(7), { const: 7 }],
    ['words', word, { enum: ['b', 'a'] }],
    ['an object', member, { type: 'object', properties: { a: { type: 'string' } }, required: ['a'] }],
    ['an object of nothing', t.type({}), { type: 'object', properties: {} }],
    ['optional members', t.partial({ a: t.number }), { type: 'object', properties: { a: { type: 'number' } } }],
    ['a list', t.readonlyArray(t.boolean), { type: 'array', items: { type: 'boolean' } }],
    [
      'a dictionary',
      t.record(word, t.number),
      { type: 'object', propertyNames: { enum: ['b', 'a'] }, additionalProperties: { type: 'number' } }
    ],
    ['a choice', t.union([t.string, t.null]), { anyOf: [{ type: 'string' }, { type: 'null' }] }],
    [
      'a choice with a name',
      t.union([t.string, t.null], 'text or null'),
      { description: 'text or null', anyOf: [{ type: 'string' }, { type: 'null' }] }
    ],
    [
      'members that are needed and members that are not',
      t.intersection([member, t.partial({ b: Plus })]),
      {
        type: 'object',
        properties: {
          a: { type: 'string' },
          b: { type: 'number', description: 'a number above zero', exclusiveMinimum: 0 }
        },
        required: ['a']
      }
    ],
    [
      'members that are all needed, of two objects',
      t.intersection([member, t.type({ b: t.null })]),
      { type: 'object', properties: { a: { type: 'string' }, b: { type: 'null' } }, required: ['a', 'b'] }
    ],
    [
      'optional members of two objects',
      t.intersection([t.partial({}), t.partial({})]),
      { type: 'object', properties: {} }
    ],
    // What is no object has no members to join.
    ['an object and a choice', t.intersection([member, t.union([member, member])]), schemaOf({})(member)],
    [
      'an object and nothing else',
      t.exact(member),
      { type: 'object', properties: { a: { type: 'string' } }, required: ['a'], additionalProperties: false }
    ],
    ['a brand', Plus, { type: 'number', description: 'a number above zero', exclusiveMinimum: 0 }],
    ['a brand that nobody describes', t.refinement(t.number, (n) => n > 0, 'Minus'), { type: 'number' }],
    ['a codec by hand, in the words of its name', Text, { description: 'some text' }],
    [
      'a codec by hand that nobody describes: anything',
      new t.Type('Odd', t.string.is, t.string.validate, t.identity),
      {}
    ]
  ])('of %s', (_, codec, schema) => {
    expect(schemaOf(named)(codec)).toStrictEqual(schema)
  })

  it('is drawn from codecs that say what they are', () => {
    expect([t.string, Plus, Text].map(isKnownCodec)).toEqual([true, true, false])
  })

  it('calls a choice by its name, unless that is its members in brackets', () => {
    expect([t.union([t.string, t.null]), t.union([t.string, t.null], 'text')].map(isNamedUnion)).toEqual([false, true])
  })
})
