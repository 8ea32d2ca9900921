import { parse } from 'csv-parse/sync'
import { csvFormatRows, csvParseRows } from 'd3-dsv'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readPart, readTable, startTable, type TableReading, type TableRow } from '../../src/endpoints/csv-table.js'
import { utf8Length } from '../../src/ground/utf8.js'

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
    ['a mark before a quoted name',       '\ufeff"a\n",b\n1,2',         [{ a: '1', b: '2' }]],
    ['a mark further down',               'a,b\n\ufeffx,2',            [{ a: '\ufeffx', b: '2' }]],
    ['character number 0 before a quote', 'a,b\n\0"x\ny",2',           [{ a: 'x\ny', b: '2' }]],
    ['character number 0 between quotes', 'a,b\n"x"\0"\ny",2',         [{ a: 'x"\ny', b: '2' }]],
    ['a carriage return behind a quote',  'a,b\n"x"\r,\ny",2\n',       [{ a: 'x"\r,\ny', b: '2' }]],
    ['a quote behind that',               'a,b\n"x"\r",2\n',           [{ a: 'x"\r', b: '2' }]],
    ['a quote behind that, and a row',    'a,b\n"x"\r",2\n3,4\n',      [{ a: 'x"\r', b: '2' }, { a: '3', b: '4' }]],
    ['a letter behind that',              'a,b\n"x"\r"y\nz",2\n3,4\n', [{ a: 'x"\r"y\nz', b: '2' }, { a: '3', b: '4' }]],
    ['a quote within a name',             'a"x,b\n1,2\n',              [{ 'a"x': '1', b: '2' }]],
    ['a mark before a quote, further down', 'a,b\n1,\ufeff"x\n2,3\n',   [{ a: '1', b: '\ufeff"x' }, { a: '2', b: '3' }]],
    ['a mark behind a blank line',        '\n\ufeff"a",b\n1,2\n',      [{ '"a"': '1', b: '2' }]],
    ['a quote at the end of a bare cell', 'a,b\n1,x"\n2,3\n',          [{ a: '1', b: 'x"' }, { a: '2', b: '3' }]],
    ['a quote within one',                'a,b\n1,x"y\n2,3\n',         [{ a: '1', b: 'x"y' }, { a: '2', b: '3' }]],
    ['blanks around names',               ' a , b\n1,2',                [{ a: '1', b: '2' }]],
    ['nothing, null, and a surname',      'a,b,c\n,null,Null',          [{ a: null, b: null, c: 'Null' }]],
    ['blank lines',                       'a,b\n\n1,2\r\n\r\n3,4\n\n',  [{ a: '1', b: '2' }, { a: '3', b: '4' }]],
    ['names alone',                       'a,b\n',                      []],
    ['nothing at all',                    '',                           []]
  ])('%s', (_, text, rows) => {
    expect(readTable(text)).toMatchObject({ rows, broken: [] })
  })

  it('have names also where the file is one line that does not end', () => {
    expect(readTable('\ufeff"a",b')).toEqual({ columns: ['a', 'b'], rows: [], broken: [] })
    expect(readTable('a, b ').columns).toEqual(['a', 'b'])
  })

  it('keep a column that is named __proto__', () => {
    expect(JSON.stringify(readTable('__proto__,b\n1,2\n').rows)).toBe('[{"__proto__":"1","b":"2"}]')
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

/** Letters that a reader may stumble over, one code unit each: a pair may be cut in two. */
const unit = fc.constantFrom(
  'a',
  '"',
  '"',
  ',',
  ',',
  '\n',
  '\n',
  '\r',
  '\0',
  '\ufeff',
  '\u2028',
  '\ud83d',
  '\ude00',
  'é'
)
const file = fc.array(unit, { maxLength: 60 }).map((units) => units.join(''))

/** The text in parts, cut at these places. */
const cut = (text: string, places: ReadonlyArray<number>): ReadonlyArray<string> => {
  const ends = [...places.map((place) => place % (text.length + 1)), text.length].sort((x, y) => x - y)
  return ends.map((end, i) => text.slice(ends[i - 1] ?? 0, end))
}

interface Fed {
  readonly readings: ReadonlyArray<TableReading>
  readonly rows: ReadonlyArray<TableRow>
  readonly broken: ReadonlyArray<number>
}

const feed = (parts: ReadonlyArray<string>, from = startTable, ends = true): Fed => {
  const fed: { readings: Array<TableReading>; rows: Array<TableRow>; broken: Array<number> } = {
    readings: [from],
    rows: [],
    broken: []
  }
  parts.forEach((part, i) => {
    const [reading, rows, broken] = readPart(fed.readings.at(-1) ?? from, part, ends && i === parts.length - 1)
    fed.readings.push(JSON.parse(JSON.stringify(reading)))
    fed.rows.push(...rows)
    fed.broken.push(...broken)
  })
  return fed
}

describe('csv tables in parts', () => {
  const places = fc.array(fc.nat({ max: 60 }), { maxLength: 8 })

  it('give the same rows however a file is cut', () => {
    fc.assert(
      fc.property(file, places, (text, cuts) => {
        const { readings, rows, broken } = feed(cut(text, cuts))
        const whole = readTable(text)
        const end = readings.at(-1)
        expect({ columns: end?.columns ?? [], rows, broken }).toEqual(whole)
        expect(end).toEqual({ ...end, rest: '', row: rows.length + broken.length, bytes: utf8Length(text) })
      })
    )
  })

  it('go on from the bytes that they tell, with the columns kept and nothing else', () => {
    fc.assert(
      fc.property(file, places, fc.nat({ max: 8 }), (letters, cuts, stop) => {
        const bytes = Buffer.from(letters)
        const text = bytes.toString()
        const before = feed(cut(text, cuts).slice(0, stop), startTable, false)
        const kept: TableReading = { ...(before.readings.at(-1) ?? startTable), rest: '' }
        const after = feed([bytes.subarray(kept.bytes).toString()], kept)
        const whole = readTable(text)
        expect([...before.rows, ...after.rows]).toEqual(whole.rows)
        expect([...before.broken, ...after.broken]).toEqual(whole.broken)
        expect(after.readings.at(-1)?.bytes).toBe(bytes.length)
      })
    )
  })

  it('go on where a quote stands first', () => {
    expect(feed(['a\n"x', '"\n1\n']).rows).toEqual([{ a: 'x' }, { a: '1' }])
  })

  it('go on from what they kept, looked through or not, and from the row’s beginning where nothing was kept', () => {
    const half = feed(['a,b\n1,"x'], startTable, false).readings.at(-1) ?? startTable
    const { seen, ...unseen } = half
    expect(seen).toEqual({ units: 4, place: 'quoted' })
    const rows = [{ a: '1', b: 'x\ny' }]
    expect(feed(['\ny"\n'], half).rows).toEqual(rows)
    expect(feed(['\ny"\n'], unseen).rows).toEqual(rows)
    expect(feed(['1,2\n3,4\n'], { ...half, rest: '' }).rows).toEqual([
      { a: '1', b: '2' },
      { a: '3', b: '4' }
    ])
  })

  it('take time that grows with the text and no faster, also within a quote that never ends', () => {
    let reading = readPart(startTable, 'a,b\n1,"', false)[0]
    for (let i = 0; i < 50_000; i += 1) reading = readPart(reading, 'twenty letters, "" \n', false)[0]
    expect(readPart(reading, '"', true)[1].map(({ b }) => b?.length)).toEqual([950_000])
  })

  // biome-ignore format: table
  it.each<[string, ReadonlyArray<string>, TableReading]>([
    ['nothing',                    [''],                       startTable],
    ['half a line of columns',     ['a,'],                     { ...startTable, rest: 'a,', seen: { units: 2, place: 'start' } }],
    ['columns and half a row',     ['a,b\r', '\n1,"x'],        { columns: ['a', 'b'], rest: '1,"x', row: 0, bytes: 5, seen: { units: 4, place: 'quoted' } }],
    ['a mark and a pair cut in two', ['\ufeffa\n\ud83d', '\ude00\n'], { columns: ['a'], rest: '', row: 1, bytes: 10 }],
    ['a row that is broken',       ['a\n1,2\n'],               { columns: ['a'], rest: '', row: 1, bytes: 6 }]
  ])('know where they are: %s', (_, parts, reading) => {
    expect(feed(parts, startTable, false).readings.at(-1)).toEqual(reading)
  })
})

/** A file as RFC 4180 has it: quotes where they are needed and sometimes where not, either end of line. */
const wellFormed = fc
  .array(fc.array(fc.tuple(cell, fc.boolean()), { minLength: 3, maxLength: 3 }), { maxLength: 8 })
  .chain((rows) =>
    fc.record({ rows: fc.constant(rows), end: fc.constantFrom('\n', '\r\n'), last: fc.boolean(), mark: fc.boolean() })
  )
  .map(({ rows, end, last, mark }) => {
    const quoted = ([text, always]: readonly [string, boolean]): string =>
      always || /["\n\r,]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text
    const lines = ['a,b,c', ...rows.map((row) => row.map(quoted).join(','))]
    return `${mark ? '\ufeff' : ''}${lines.join(end)}${last ? end : ''}`
  })

describe('csv tables and another reader', () => {
  it('agree with csv-parse on every well-formed file', () => {
    fc.assert(
      fc.property(wellFormed, (text) => {
        const records: ReadonlyArray<ReadonlyArray<string>> = parse(text, {
          bom: true,
          record_delimiter: ['\r\n', '\n'],
          relax_quotes: false
        })
        const rows = records.slice(1).map(([a, b, c]) => ({ a: held(a), b: held(b), c: held(c) }))
        expect(readTable(text)).toEqual({ columns: [...columns], rows, broken: [] })
      })
    )
  })
})
