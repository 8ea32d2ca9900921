/**
 * `source` as it is typed: files of rows, tables, estimates.
 */
import { csvParseRows } from 'd3-dsv'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compacted, journalLine } from '../../src/adapters/cli/source/compact.js'
import { drawStatus, drawWhile } from '../../src/adapters/cli/source/draw-sync.js'
import { madeUpInstance, madeUpTimes } from '../../src/adapters/cli/source/made-up-instance.js'
import { rowTexts } from '../../src/adapters/cli/source/row-text.js'
import { simulatedTime } from '../../src/adapters/cli/source/simulated-time.js'
import { leadsIn } from '../../src/simulator/reading.js'
import type { Row } from '../../src/source/collection.js'
import { collections } from '../../src/source/collections.js'
import { createTable } from '../../src/source/create-table.js'
import { emptyTables, rowsIn, upsert } from '../../src/source/upsert.js'
import { rowOf } from '../arbitraries/source-rows.js'
import { parsed, type Ran, runInMemory, type Setting } from './cli-world.js'
import { begin, client, lists, loggedIn, marketo, munchkinId } from './source-marketo.js'

const sync = (words: string, setting: Partial<Setting> = {}): Promise<Ran> =>
  runInMemory(['source', 'sync', ...words.split(' ')], { files: {}, ...setting })

const rowsAt = (ran: Ran, path: string): ReadonlyArray<Row> => parsed(ran.written[path] ?? '').map((row) => Object(row))

const next = 'next: segment-marketo source schema\n'

const env = { MARKETO_CLIENT_ID: client.clientId, MARKETO_CLIENT_SECRET: client.clientSecret }
const files = {
  's.json': JSON.stringify({ munchkinId, activityTypeIds: '6, 11', collections: 'leads,lead_activities,lists' })
}
const outside = (words = ''): Promise<Ran> =>
  sync(`s.json --to ${munchkinId} --out o --since 2024-04-01${words}`, {
    files,
    env,
    begin,
    marketo: marketo(40, { lists })
  })

describe('source sync --to simulator', () => {
  it('writes every collection, one row for each id, with the columns in order', async () => {
    const ran = await sync('--to simulator --out rows')
    expect(ran.code).toBe(0)
    expect(ran.called).toEqual([])
    expect(Object.keys(ran.written).sort()).toEqual(collections.map(({ name }) => `rows/${name}.ndjson`).sort())
    for (const { name, columns } of collections) {
      const rows = rowsAt(ran, `rows/${name}.ndjson`)
      expect(rows.length).toBeGreaterThan(0)
      expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length)
      for (const row of rows) expect(Object.keys(row)).toEqual(columns.map((column) => column.name))
    }
    const world = madeUpInstance({ munchkinId, ...client })
    const there = rowsAt(ran, 'rows/leads.ndjson').filter(({ deleted_at: gone }) => gone === null)
    expect(there.map(({ id }) => Number(id)).sort((a, b) => a - b)).toEqual(leadsIn(world).map(({ id }) => id))
    expect(ran.out).toMatch(/^Read a made-up 561-HYG-937 in \d+ min of simulated time\n/)
    expect(ran.out).toMatch(/^leads +\d+ +\d+ +\d+ +\d+ {2}rows\/leads\.ndjson$/m)
    expect(ran.err).toBe(next)
  })

  it('is the same each time, and names nobody but example.com', async () => {
    const [one, other] = [await sync('--to simulator --out rows'), await sync('--to simulator --out rows')]
    expect(other).toEqual(one)
    for (const { email } of rowsAt(one, 'rows/leads.ndjson'))
      if (email !== null) expect(email).toMatch(/@example\.com$/)
  })

  it('writes CSV that says what NDJSON says, and the collections that are named alone', async () => {
    const words = '--to simulator --out rows --collections leads,lists'
    const [csv, json] = [await sync(`${words} --format csv`), await sync(words)]
    expect(Object.keys(csv.written).sort()).toEqual(['rows/leads.csv', 'rows/lists.csv'])
    const [names, ...cells] = csvParseRows(csv.written['rows/leads.csv'] ?? '')
    const rows = rowsAt(json, 'rows/leads.ndjson')
    expect(names).toEqual(Object.keys(rows[0] ?? {}))
    expect(cells).toEqual(rows.map((row) => Object.values(row).map((cell) => (cell === null ? '' : String(cell)))))
  })

  it('goes on from a state: reads what changed, and the files stay whole', async () => {
    const words = '--to simulator --out rows --state s.json'
    const first = await sync(words)
    expect(first.err).toBe(`s.json: the next run is due 2024-06-03T12:00:00Z\n${next}`)
    const second = await sync(words, { files: first.written })
    expect(second.code).toBe(0)
    expect(second.written['rows/leads.ndjson']).toBe(first.written['rows/leads.ndjson'])
    expect(second.written['rows/lead_activities.ndjson']).toBe(first.written['rows/lead_activities.ndjson'])
    expect(second.out).toMatch(/^leads +\d+ +0 /m)
    expect(second.err).toBe(`s.json: the next run is due 2024-06-03T15:00:00Z\n${next}`)
    // A line that a killed command left half written costs nothing, nor does the one behind it.
    const torn = { 'rows/lists.rows.ndjson': '{"row":{"id":"3001","na' }
    const third = await sync(words, { files: { ...first.written, ...torn } })
    expect(third.written['rows/lists.ndjson']).toBe(first.written['rows/lists.ndjson'])
  })

  it('begins anew without a state: what stands in the folder is no row of this sync', async () => {
    const old = { 'rows/leads.rows.ndjson': '{"row":{"id":"999","email":"old@example.com"}}\n' }
    for (const words of ['--to simulator --out rows', '--to simulator --out rows --state s.json']) {
      const ran = await sync(words, { files: old })
      expect(rowsAt(ran, 'rows/leads.ndjson').some(({ id }) => id === '999')).toBe(false)
    }
  })

  it('stopped by Ctrl-C keeps what it read, and goes on', async () => {
    const words = '--to simulator --out rows --state s.json'
    const whole = await sync(words)
    const first = await sync(words, { interruptAfter: 40 })
    expect(first.code).toBe(130)
    expect(first.err).toContain('stopped: the files hold what was read so far')
    expect(first.err).toContain('not read to the end: ')
    const second = await sync(words, { files: first.written })
    expect(second.code).toBe(0)
    for (const { name } of collections) {
      const path = `rows/${name}.ndjson`
      const there = (ran: Ran) => rowsAt(ran, path).map(({ id }) => id)
      expect(there(second)).toEqual(there(whole))
    }
  })

  it('shows how far it has got', async () => {
    const { shown } = await sync('--to simulator --out rows')
    expect(shown.at(-1)).toMatch(/^\[={30}\] {2}12 of 12 collections, \d+ rows, \d+ calls$/)
    expect(shown.some((text) => /, [1-9]\d* jobs waiting$/.test(text))).toBe(true)
  })
})

describe('source sync --to <munchkin id>', () => {
  it('reads that Marketo, with credentials that nothing tells', async () => {
    const ran = await outside(' --state st.json')
    expect(ran.code).toBe(0)
    expect(rowsAt(ran, 'o/leads.ndjson')).toHaveLength(40)
    expect(rowsAt(ran, 'o/lead_activities.ndjson').map(({ id }) => id)).toEqual(loggedIn(marketo(40)))
    for (const url of ran.called) expect(url).toMatch(/^https:\/\/561-HYG-937\.mktorest\.com\//)
    const text = JSON.stringify([ran.out, ran.err, ran.written])
    expect(text).not.toContain(client.clientSecret)
  })

  it('ends with 1 where a collection was not read, and where it would wait too long', async () => {
    const world = marketo(4, { lists, faults: [{ at: { probability: 1 }, kind: '611', endpoint: 'getLists' }] })
    const refused = await sync(`s.json --to ${munchkinId} --out o --since 2024-04-01`, {
      files,
      env,
      begin,
      marketo: world
    })
    expect([refused.code, refused.err]).toEqual([1, expect.stringContaining('not read to the end: lists')])
    const quick = await outside(' --patience 1')
    expect([quick.code, quick.err]).toEqual([1, expect.stringContaining('stopped: ')])
    expect((await outside(' --patience 1 --exit-zero')).code).toBe(0)
  })

  it('ends with 1 where the credentials are refused', async () => {
    const wrong = { ...env, MARKETO_CLIENT_SECRET: 'zqxj7' }
    const words = `s.json --to ${munchkinId} --out o --since 2024-04-01`
    const ran = await sync(words, { files, env: wrong, begin, marketo: marketo(4, { lists }) })
    expect([ran.code, ran.err]).toEqual([1, expect.stringContaining('credentials: found credentials that')])
    expect(ran.err).not.toContain('zqxj7')
  })

  it('says why a disk takes nothing more', async () => {
    await expect(
      runInMemory(['source', 'sync', '--to', 'simulator', '--out', 'rows'], { files: {}, diskFull: true })
    ).rejects.toMatchObject({ name: 'WritingFailed', message: 'rows/leads.rows.ndjson: writing failed (ENOSPC)' })
  })
})

describe('refusals', () => {
  const other = JSON.stringify({ munchkinId: '100-AAA-200' })
  const state = { 'st.json': '{"version":2}', 'no.json': 'zqxj7{', 'b.json': '[]' }
  // biome-ignore format: table
  it.each([
    ['sync --out o',                                          "say with '--to simulator'"],
    ['sync --to simulator',                                   "say with '--out <folder>'"],
    ['sync --to moon --out o',                                'Say simulator, or a munchkin id'],
    ['sync --to simulator --out o --since soon',              'Say a day such as 2024-01-01'],
    ['sync --to simulator --out o --collections leeds',       'nearest: leads'],
    ['sync --to simulator --out o --state st.json',           'is no state that source sync stored'],
    ['sync --to simulator --out o --state no.json',           'is no state that source sync stored'],
    ['sync --to simulator --out o --credentials b.json',      'the simulator asks for no credentials'],
    ['sync b.json --to simulator --out o',                    'these settings cannot be used'],
    ['sync none.json --to simulator --out o',                 'there is no such file'],
    ['sync o.json --to 561-HYG-937 --out o --since 2024-01-01', 'not for the Marketo that --to names'],
    ['sync --to 561-HYG-937 --out o',                         "say with '--since 2024-01-01'"],
    ['sync --to 561-HYG-937 --out o --since 2024-01-01',      'no credentials for Marketo'],
    ['schema --collection leeds',                             'leeds: no collection; there are leads, campaigns'],
    ['schema --dialect oracle',                               'Allowed choices are standard'],
    ['estimate o.json --records lists',                       'Say names and numbers'],
    ['estimate',                                              "missing required argument 'settings'"]
  ])('%s', async (words, says) => {
    const ran = await runInMemory(['source', ...words.split(' ')], { files: { ...state, 'o.json': other } })
    expect(ran.err).toContain(says)
    expect(ran.err).not.toContain('zqxj7')
    expect([ran.code, ran.written]).toEqual([2, {}])
  })
})

describe('source schema and estimate', () => {
  it('print what the library draws', async () => {
    const sql = await runInMemory(['source', 'schema'], { files: {} })
    for (const collection of collections)
      expect(sql.out).toContain(`${createTable(collection, { schemaName: 'marketo' })};\n`)
    const json = await runInMemory(['source', 'schema', '--collection', 'email', '--as', 'json-schema'], { files: {} })
    expect(JSON.parse(json.out)).toMatchObject({ title: 'email', additionalProperties: false })
    const own = { munchkinId, schemaName: 'crm', customLeadFields: 'leadScore', collections: 'leads' }
    const words = ['source', 'schema', 's.json', '--dialect', 'snowflake']
    const custom = await runInMemory(words, { files: { 's.json': JSON.stringify(own) } })
    expect(custom.out).toContain('CREATE TABLE IF NOT EXISTS "CRM"."LEADS"')
    expect(custom.out).toContain('"LEAD_SCORE" VARCHAR')
  })

  it('tells calls, bytes and days', async () => {
    const words = 'source estimate s.json --leads 1000 --activities 5000000 --days 62 --records lists=601'
    const { out, code } = await runInMemory(words.split(' '), { files })
    expect(code).toBe(0)
    expect(out).toMatch(/^lists +3 +24$/m)
    expect(out).toMatch(/^lead_activities +12 /m)
    expect(out).toMatch(/^files of jobs +2000\.2 MB /m)
    expect(out).toMatch(/^days that it takes +5 +1$/m)
  })
})

describe('rows in files', () => {
  const [leads] = collections
  if (leads === undefined) throw new Error('no leads')

  it('W1 laid into each other line by line are those of upsert, however the file is cut', async () => {
    const told = fc.array(fc.record({ row: rowOf(leads), partial: fc.boolean() }), { maxLength: 20 })
    await fc.assert(
      fc.asyncProperty(told, fc.integer({ min: 1, max: 50 }), async (rows, size) => {
        const bytes = Buffer.from(rows.map(journalLine).join(''))
        async function* chunks() {
          for (let i = 0; i < bytes.length; i += size)
            yield { _tag: 'Right' as const, right: bytes.subarray(i, i + size) }
        }
        const read = await compacted(leads, { name: 'j', size: null, chunks: chunks() })
        const columns = { leads: leads.columns.map(({ name }) => name) }
        const tables = upsert(
          emptyTables,
          rows.map((one) => ({ collection: 'leads', ...one })),
          columns
        )
        expect(read.rows).toEqual(rowsIn(tables, 'leads'))
      })
    )
  })

  it('of CSV are read back as they were by RFC 4180, and tell null from empty text', () => {
    fc.assert(
      fc.property(rowOf(leads), (row) => {
        const text = rowTexts.csv.line(leads, row)
        expect(csvParseRows(text)).toEqual([leads.columns.map(({ name }) => String(row[name] ?? ''))])
        expect(text.endsWith('\r\n')).toBe(true)
      })
    )
    const row = { id: '1', email: '', first_name: null, last_name: 'a "b", c\r\nd' }
    expect(rowTexts.csv.line(leads, row)).toBe('1,"",,"a ""b"", c\r\nd",,,\r\n')
  })
})

describe('time and words', () => {
  it('simulated time passes when nothing else is left, in the order of the timers', async () => {
    const time = simulatedTime(madeUpTimes.readAt)
    const stop = new AbortController()
    const told: Array<string> = []
    const wait = async (millis: number, name: string, signal = new AbortController().signal): Promise<void> => {
      await time.sleep(millis, signal)
      told.push(`${name} ${time.now() - madeUpTimes.readAt}`)
    }
    const all = [wait(3_600_000, 'hour'), wait(1_000, 'second'), wait(60_000, 'stopped', stop.signal)]
    stop.abort()
    await Promise.all(all)
    expect(told).toEqual(['stopped 0', 'second 1000', 'hour 3600000'])
  })

  it('draws a while, and a line', () => {
    expect([1_234, 119_000, 150_000, 9_000_000].map(drawWhile)).toEqual(['1.2 s', '119.0 s', '3 min', '2.5 h'])
    const progress = { rows: { leads: 3 }, calls: 1, inFlight: 0, jobs: 1, waitsUntil: null }
    expect(drawStatus({ ...progress, collections: { read: 1, all: 2 } })).toBe(
      `[${'='.repeat(15)}${'-'.repeat(15)}]  1 of 2 collections, 3 rows, 1 call, 1 job waiting`
    )
  })
})
