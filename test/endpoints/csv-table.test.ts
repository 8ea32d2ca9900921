import { csvFormatRows, csvParseRows } from 'd3-dsv'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readTable } from '../../src/endpoints/csv-table.js'

const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r\n', '\u2028', ' ', 'é'), maxLength: 6 })
const columns = ['a', 'b', 'c'] as const

/** A cell as a table holds it. */
const held = (text: string | undefined): string | null =>
  text === undefined || text === '' || text === 'null' ? null : text

describe('csv tables', () => {
  it('read back what d3-dsv writes, and as d3-dsv does', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell, cell)), (rows) => {
        const text = csvFormatRows([[...columns], ...rows])
        const read = readTable(text)
        expect(read.columns).toEqual(columns)
        expect(read.broken).toEqual([])
        const table = (all: ReadonlyArray<ReadonlyArray<string>>) =>
          all.map(([a, b, c]) => ({ a: held(a), b: held(b), c: held(c) }))
        expect(read.rows).toEqual(table(rows))
        expect(read.rows).toEqual(table(csvParseRows(text).slice(1)))
      })
    )
  })

  it('P3 answer for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', '\0') }), (text) => {
        const { columns: names, rows } = readTable(text)
        for (const row of rows) expect(Object.keys(row).sort()).toEqual([...new Set(names)].sort())
      })
    )
  })

  // biome-ignore format: table
  it.each<[string, string, unknown]>([
    ['a line break inside a cell',        'a,b\n"x\ny",2\n',            [{ a: 'x\ny', b: '2' }]],
    ['CRLF inside a cell and behind it',  'a,b\r\n"x\r\ny",2\r\n',      [{ a: 'x\r\ny', b: '2' }]],
    ['a carriage return alone',           'a,b\nx\ry,2',                [{ a: 'x\ry', b: '2' }]],
    ['line separators of Unicode',        'a,b\nx\u2028y,\u0085\n',     [{ a: 'x\u2028y', b: '\u0085' }]],
    ['a doubled quote',                   'a,b\n"x""y",2',              [{ a: 'x"y', b: '2' }]],
    ['a lone quote in a quoted cell',     'a,b\n"x"y",2',               [{ a: 'x"y', b: '2' }]],
    ['a quote in a bare cell',            'a,b\nx"y",2',                [{ a: 'x"y"', b: '2' }]],
    ['a quote that never ends',           'a,b\n1,"x,y\nz',             [{ a: '1', b: 'x,y\nz' }]],
    ['character number 0, a mark in front', '\ufeffa,b\nx\0y,2',        [{ a: 'xy', b: '2' }]],
    ['blanks around names',               ' a , b\n1,2',                [{ a: '1', b: '2' }]],
    ['nothing, null, and a surname',      'a,b,c\n,null,Null',          [{ a: null, b: null, c: 'Null' }]],
    ['blank lines',                       'a,b\n\n1,2\r\n\r\n3,4\n\n',  [{ a: '1', b: '2' }, { a: '3', b: '4' }]],
    ['names alone',                       'a,b\n',                      []],
    ['nothing at all',                    '',                           []]
  ])('%s', (_, text, rows) => {
    expect(readTable(text).rows).toEqual(rows)
  })

  it('leave out a row with too few cells or too many, and say which', () => {
    expect(readTable('a,b\n1\n2,3\n4,5,6\n')).toEqual({
      columns: ['a', 'b'],
      rows: [{ a: '2', b: '3' }],
      broken: [0, 2]
    })
  })

  it('take time that grows with the text and no faster', () => {
    const text = `a\n"${'"x'.repeat(200_000)}`
    expect(readTable(text).rows).toHaveLength(1)
  })
})
