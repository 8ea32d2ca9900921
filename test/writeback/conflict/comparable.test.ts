import { describe, expect, it } from 'vitest'
import type { FieldValue } from '../../../src/intent/intent.js'
import type { ValueType } from '../../../src/marketo/value-types.js'
import { seen } from '../../../src/writeback/conflict/claims.js'
import { readValue } from '../../../src/writeback/conflict/comparable.js'
import { policyOf } from '../../../src/writeback/conflict/policy.js'
import { settingsOf } from './given.js'

describe('a value', () => {
  // biome-ignore format: table
  it.each<[ValueType, unknown, FieldValue | undefined]>([
    ['integer',  '1,200',                      1200],
    ['integer',  1200,                         1200],
    ['score',    '+7',                         undefined],
    ['score',    '1,200',                      1200],
    ['percent',  '12 %',                       12],
    ['percent',  '1,200',                      1200],
    ['float',    '1,200',                      1200],
    ['float',    '12,345,678.25',              12345678.25],
    ['float',    '123,456',                    123456],
    ['float',    '-1,200.50',                  -1200.5],
    ['float',    '-12.50',                     -12.5],
    ['float',    '1,2',                        undefined],
    ['float',    '1e5',                        undefined],
    ['float',    '0x12',                       undefined],
    ['float',    '0x1,200',                    undefined],
    ['float',    '1,200e3',                    undefined],
    ['float',    `1${'0'.repeat(39)}`,         1e39],
    ['float',    `1${'0'.repeat(40)}`,         undefined],
    ['currency', '$1,200',                     1200],
    ['currency', '1200 \u20ac',                1200],
    ['boolean',  'TRUE',                       true],
    ['boolean',  0,                            false],
    ['boolean',  'yes',                        undefined],
    ['date',     '2024-05-01T23:00:00-08:00',  '2024-05-01'],
    ['date',     ' 2024-05-01 ',               '2024-05-01'],
    ['date',     -86_400_000_000,              '1967-04-07'],
    ['datetime', '2024-05-01T12:00:00.5+02:00', '2024-05-01T10:00:00Z'],
    ['datetime', '2024-05-01',                 '2024-05-01T00:00:00Z'],
    ['datetime', -86_400_000_000,              '1967-04-07T00:00:00Z'],
    ['datetime', 1_714_557_600.5,              '2024-05-01T10:00:00Z'],
    ['string',   -86_400_000_000,              '-86400000000'],
    ['string',   '2024-05-01T12:00:00+02:00',  '2024-05-01T12:00:00+02:00'],
    ['string',   true,                         'true'],
    ['string',   ' Pro ',                      'Pro'],
    ['string',   Number.NaN,                   undefined],
    ['string',   {},                           undefined],
    ['string',   ['x'],                        undefined],
    ['string',   undefined,                    undefined],
    ['string',   '  ',                         null],
    ['boolean',  null,                         false]
  ])('of type %s, %j, is compared as %j', (type, raw, same) => {
    expect(readValue({ type, length: null }, 'segment', raw)?.same).toBe(same)
  })

  it('is written as it was spelled where only its case does not count', () => {
    const read = readValue({ type: 'email', length: null }, 'segment', ' Ana@Example.com ')
    expect(read).toEqual({ value: 'Ana@Example.com', same: 'ana@example.com', empty: false })
  })

  it('of Marketo’s that does not read as its type is taken as it is', () => {
    expect(readValue({ type: 'integer', length: null }, 'marketo', ' many ')).toMatchObject({ same: 'many' })
    expect(readValue({ type: 'email', length: null }, 'marketo', 'Nobody')).toMatchObject({ same: 'nobody' })
  })
})

describe('a claim', () => {
  const policy = policyOf(settingsOf({}))('city')

  // biome-ignore format: table
  it.each<[string, 'segment' | 'marketo', object, object]>([
    ['no number for a time',      'segment', { at: '5' },                        { at: null }],
    ['a time that is none',       'segment', { at: Number.NaN },                 { at: null }],
    ['part of a millisecond',     'segment', { at: 5.9 },                        { at: 5 }],
    ['a negative zero',           'segment', { at: -0 },                         { at: 0 }],
    ['no time, but its receipt',  'segment', { at: null, receivedAt: 5 },        { at: null }],
    ['its receipt first',         'segment', { at: 9, receivedAt: 5 },           { at: 5 }],
    ['a bound without a time',    'marketo', { at: null, bound: true },          { at: null, bound: false }],
    ['a bound',                   'marketo', { at: 5, bound: true },             { at: 5, bound: true }],
    ['a bound of Segment’s',      'segment', { at: 5, bound: true },             { at: 5, bound: false }],
    ['our own write',             'marketo', { at: 5, ours: true },              { ours: true }],
    ['an event that says so',     'segment', { at: 5, ours: true },              { ours: false }]
  ])('with %s', (_, side, more, expected) => {
    expect(seen('city', policy, side, { value: 'Bonn', ...more })).toMatchObject({ value: 'Bonn', side, ...expected })
  })
})
