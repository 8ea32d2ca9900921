import { UTCDate } from '@date-fns/utc'
import { format, formatISO, isValid, parse, parseISO } from 'date-fns'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { describeProblem } from '../../src/ground/problem.js'
import { cellReaders } from '../../src/source/cells.js'
import type { Cell, ColumnType } from '../../src/source/collection.js'
import { flawProblem, isFlaw } from '../../src/source/flaw.js'

/** What a cell holds, and what is said of it, without its mending. */
const read = (type: ColumnType, u: unknown): readonly [cell: Cell, said: string | null] => {
  const cell = cellReaders[type](u)
  if (!isFlaw(cell)) return [cell, null]
  const line = describeProblem(flawProblem(cell, 'c', 0, type))
  expect(line).toMatch(/^c\[0\]\.\w+: found .+; .+/)
  return [cell.cell, cell.found]
}

const noTime = 'text that is no time'
const noZone = 'a time without a zone'
const tooLarge = 'a number of more digits than a number holds'

describe('cells', () => {
  // biome-ignore format: table
  it.each<[ColumnType, unknown, Cell, string | null]>([
    ['id',      204417,                      '204417',                   null],
    ['id',      0,                           '0',                        null],
    ['id',      -0,                          '0',                        null],
    ['id',      '0',                         '0',                        null],
    ['id',      ' 007 ',                     '007',                      null],
    ['id',      '',                          null,                       null],
    ['id',      '  ',                        null,                       null],
    ['id',      4.5,                         null,                       'a number'],
    ['id',      true,                        null,                       'a boolean'],
    ['id',      { id: 1 },                   null,                       'an object'],
    ['id',      [1],                         null,                       'a list'],
    ['id',      Number.POSITIVE_INFINITY,    null,                       'a number that is not finite'],
    ['id',      9007199254740991,            '9007199254740991',         null],
    ['id',      9007199254740992,            '9007199254740992',         tooLarge],
    ['id',      1e21,                        '1000000000000000000000',   tooLarge],
    ['id',      '9007199254740993',          '9007199254740993',         null],
    ['id',      2 ** 60,                     '1152921504606847000',      tooLarge],
    ['text',    'Null',                      'Null',                     null],
    ['text',    '',                          '',                         null],
    ['text',    ' x ',                       ' x ',                      null],
    ['text',    10,                          '10',                       null],
    ['text',    -0,                          '0',                        null],
    ['text',    true,                        null,                       'a boolean'],
    ['text',    { type: 'Text', value: 'x' }, 'x',                       null],
    ['text',    { type: 'Text', value: '' }, '',                         null],
    ['text',    { type: 'Text', value: 7 },  '7',                        null],
    ['text',    { type: 'Text', value: null }, null,                     null],
    ['text',    { type: 'Text' },            null,                       null],
    ['text',    { type: 'Text', value: true }, null,                     'a boolean'],
    ['text',    { value: 'x' },              '{"value":"x"}',            null],
    ['text',    { type: 'a', b: 1 },         '{"type":"a","b":1}',       null],
    ['text',    [1, 'a'],                    '[1,"a"]',                  null],
    ['text',    () => 1,                     null,                       'a function'],
    ['text',    10n,                         null,                       'a bigint'],
    ['text',    new Array(100_001),          null,                       'a list'],
    ['boolean', true,                        true,                       null],
    ['boolean', 0,                           false,                      null],
    ['boolean', 1,                           true,                       null],
    ['boolean', '0',                         false,                      null],
    ['boolean', [1],                         null,                       'a list'],
    ['boolean', '1',                         true,                       null],
    ['boolean', 'FALSE',                     false,                      null],
    ['boolean', '',                          null,                       null],
    ['boolean', 'yes',                       null,                       'text'],
    ['boolean', 2,                           null,                       'a number'],
    ['integer', '10',                        10,                         null],
    ['integer', '-0',                        0,                          null],
    ['integer', -3,                          -3,                         null],
    ['integer', '',                          null,                       null],
    ['integer', '10.5',                      null,                       'text'],
    ['integer', '0x10',                      null,                       'text'],
    ['integer', '9007199254740993',          null,                       tooLarge],
    ['number',  '12.5',                      12.5,                       null],
    ['number',  '-1e-3',                     -0.001,                     null],
    ['number',  '1e3',                       1000,                       null],
    ['number',  ['1'],                       null,                       'a list'],
    ['number',  '.5',                        null,                       'text'],
    ['number',  '1e999',                     null,                       'text'],
    ['number',  true,                        null,                       'a boolean'],
    ['date',    '1990-03-04',                '1990-03-04',               null],
    ['date',    '1990-03-04T23:00:00-0800',  '1990-03-04',               null],
    ['date',    '1990-02-30',                null,                       'text'],
    ['date',    `1990-03-04T05:06:07.${'8'.repeat(19)}Z`, '1990-03-04',  null],
    ['date',    `1990-03-04T05:06:07.${'8'.repeat(20)}Z`, null,          'text'],
    ['date',    ['1990-03-04'],              null,                       'a list'],
    ['date',    7,                           null,                       'a number'],
    ['date',    '',                          null,                       null],
    ['any',     '',                          '',                         null],
    ['any',     false,                       false,                      null],
    ['any',     -0,                          0,                          null],
    ['any',     ['a', 'b'],                  '["a","b"]',                null],
    ['any',     Number.NaN,                  null,                       'a number that is not finite'],
    ['any',     10n,                         null,                       'a bigint'],
    ['any',     () => 1,                     null,                       'a function'],
    ['any',     new Array(100_001),          null,                       'a list'],
    ['time',    '',                          null,                       null],
    ['time',    null,                        null,                       null],
    ['time',    1731000000,                  null,                       'a number'],
    ['time',    '2025-11-19T17:40:00Z',      '2025-11-19T17:40:00.000Z', null],
    ['time',    '2025-11-19T17:40:00Z+0000', '2025-11-19T17:40:00.000Z', null],
    ['time',    '2025-11-19T17:40:00+0000',  '2025-11-19T17:40:00.000Z', null],
    ['time',    '2025-11-19 17:40:00Z',      '2025-11-19T17:40:00.000Z', null],
    ['time',    '2025-11-19T17:40:00-0800',  '2025-11-20T01:40:00.000Z', null],
    ['time',    '2025-11-19T17:40:00-08:00', '2025-11-20T01:40:00.000Z', null],
    ['time',    '2025-11-19T17:40:00.9Z',    '2025-11-19T17:40:00.900Z', null],
    ['time',    '2025-11-19T17:40:00.123456789Z', '2025-11-19T17:40:00.123Z', null],
    ['time',    '20200731T20:49:54.0t+0000', '2020-07-31T20:49:54.000Z', null],
    ['time',    '2025-11-19',                '2025-11-19T00:00:00.000Z', null],
    ['time',    '2025-11-19T17:40:00',       null,                       noZone],
    ['time',    '2025-11-19 17:40:00',       null,                       noZone],
    ['time',    '20200731T20:49:54.0',       null,                       noZone],
    ['time',    '2025-02-30T17:40:00Z',      null,                       noTime],
    ['time',    '2025-02-30T17:40:00+0000',  null,                       noTime],
    ['time',    '2025-11-19T25:40:00Z+0000', null,                       noTime],
    ['time',    '2025-11-19T17:40:60Z',      null,                       noTime],
    ['time',    '2025-11-1917:40:00ZZ',      null,                       noTime],
    ['time',    'yesterday',                 null,                       noTime],
    ['time',    '9'.repeat(100_000),         null,                       noTime]
  ])('%s of %o', (type, u, cell, said) => {
    expect(read(type, u)).toEqual([cell, said])
  })

  it.each(Object.entries(cellReaders))('%s of nothing is null', (_, reader) => {
    expect([reader(undefined), reader(null)]).toEqual([null, null])
  })

  it('hold a list of as many members as any of Marketo has', () => {
    const list = new Array(100_000).fill(0)
    expect(cellReaders.any(list)).toBe(JSON.stringify(list))
  })

  /** How Marketo writes one moment, by date-fns. */
  const forms: ReadonlyArray<(at: UTCDate) => string> = [
    (at) => format(at, "yyyy-MM-dd'T'HH:mm:ss'Z'"),
    (at) => format(at, "yyyy-MM-dd'T'HH:mm:ss'Z+0000'"),
    (at) => format(at, "yyyy-MM-dd'T'HH:mm:ssxx"),
    (at) => format(at, "yyyy-MM-dd'T'HH:mm:ssxxx"),
    (at) => format(at, "yyyyMMdd'T'HH:mm:ss.0't'xx"),
    (at) => formatISO(at)
  ]
  const moment = fc
    .date({ min: new Date('0001-01-02T00:00:00Z'), max: new Date('9999-12-30T00:00:00Z'), noInvalidDate: true })
    .map((at) => new UTCDate(Math.floor(at.getTime() / 1000) * 1000))

  it('tell the moment that date-fns wrote, in every form of Marketo', () => {
    fc.assert(
      fc.property(moment, fc.constantFrom(...forms), (at, form) => {
        expect(read('time', form(at))).toEqual([at.toISOString(), null])
      })
    )
  })

  it('take a time for one exactly where date-fns does', () => {
    const two = fc.integer({ min: 0, max: 62 }).map((n) => String(n).padStart(2, '0'))
    const text = fc.tuple(two, two, two, two, two).map(([m, d, h, min, s]) => `2024-${m}-${d}T${h}:${min}:${s}Z`)
    fc.assert(
      fc.property(text, (written) => {
        const at = parse(written, "yyyy-MM-dd'T'HH:mm:ssX", new UTCDate(0))
        expect(read('time', written)).toEqual(isValid(at) ? [parseISO(written).toISOString(), null] : [null, noTime])
      })
    )
  })
})
