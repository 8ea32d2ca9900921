import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toCurl } from '../../src/adapters/fetch/to-curl.js'
import { toFetch } from '../../src/adapters/fetch/to-fetch.js'
import {
  describeImportFailures,
  describeImportLeads,
  describeImportStatus,
  describeImportWarnings,
  interpretImportLeads,
  interpretImportRows,
  interpretImportStatus
} from '../../src/endpoints/index.js'
import { describeProblem } from '../../src/ground/problem.js'
import { isWellFormed } from '../../src/ground/utf8.js'
import type { Call, HttpRequest } from '../../src/intent/descriptor.js'
import type { Fields, FieldValue, UpsertLead } from '../../src/intent/intent.js'
import type { Answer } from '../../src/intent/outcome.js'
import { upsertLead } from '../arbitraries/intents.js'
import { batchOf, bytes, callsOf, frozen, hyg, ok, onlyCall, positionsOf, problemsOf, unsentOf } from './reading.js'
import { rfc4180 } from './rfc4180.js'

const email = 'ana@example.com'
const upsert = (fields: Fields = {}, changes: Partial<UpsertLead> = {}): UpsertLead => ({
  _tag: 'UpsertLead',
  munchkinId: hyg,
  lead: { lookupField: 'email', value: email },
  fields: { email, ...fields },
  action: 'createOrUpdate',
  partitionName: null,
  ...changes
})

const fileOf = ({ descriptor: { body } }: Call<HttpRequest>): string => {
  const [part, ...others] = body !== null && 'multipart' in body ? body.multipart : []
  if (part === undefined || others.length > 0) throw new Error('expected one part')
  return part.text
}

const plainNumber = /^-?\d+(\.\d+)?$/

/** Whether a cell says this value: a number in plain digits that read back as that number. */
const says = (cell: string, value: FieldValue): boolean => {
  if (value === null) return cell === ''
  return typeof value === 'number' ? plainNumber.test(cell) && Number(cell) === value : cell === String(value)
}

const canStand = (text: string): boolean => isWellFormed(text) && !text.includes('\u0000')
const isName = (name: string): boolean =>
  name !== '' && name.trim() === name && !/[",\p{Cc}]/u.test(name) && isWellFormed(name)

const isWritable = ({ action, lead, fields }: UpsertLead): boolean =>
  (action === 'createOrUpdate' || lead.lookupField === 'id') &&
  Object.entries(fields).every(([name, value]) => isName(name) && (typeof value !== 'string' || canStand(value)))

const columnsOf = ({ lead: { lookupField }, fields }: UpsertLead): ReadonlyArray<string> => [
  lookupField,
  ...Object.keys(fields)
    .filter((name) => name !== lookupField)
    .sort()
]

describe('D2 Bulk Lead Import', () => {
  it('D2 P2 writes each upsert once or says why not; every file, read by another parser, holds its very fields', () => {
    fc.assert(
      fc.property(batchOf(upsertLead, 30), (upserts) => {
        const described = describeImportLeads(frozen(upserts))
        expect(positionsOf(described)).toEqual(upserts.map((_, i) => i))
        expect(unsentOf(described).map(({ intent }) => intent)).toEqual(
          upserts.flatMap((one, i) => (isWritable(one) ? [] : [i]))
        )
        const files = callsOf(described).map((call) => {
          const [columns = [], ...rows] = rfc4180(fileOf(call))
          const { query, munchkinId } = call.descriptor
          expect(rows).toHaveLength(call.intents.length)
          rows.forEach((cells, k) => {
            const one = upserts[call.intents[k] ?? -1] ?? upsert()
            const partition = one.action === 'updateOnly' ? null : one.partitionName
            expect(columns).toEqual(columnsOf(one))
            expect(cells).toHaveLength(columns.length)
            expect(columns.every((name, c) => says(cells[c] ?? '', one.fields[name] ?? null))).toBe(true)
            expect(munchkinId).toBe(one.munchkinId)
            expect(query).toEqual([
              ['format', 'csv'],
              ['lookupField', one.lead.lookupField],
              ...(partition === null ? [] : [['partitionName', partition]])
            ])
          })
          return JSON.stringify([munchkinId, query, columns])
        })
        // Small batches: one file for each group is all it takes.
        expect(new Set(files).size).toBe(files.length)
      })
    )
  })

  /** Values of some hundred thousand letters, of up to four bytes each, so that a few rows fill a file. */
  const wide = fc
    .tuple(fc.constantFrom('x', 'é', '語', '😀', '"', '\n'), fc.integer({ min: 100_000, max: 900_000 }))
    .map(([letter, length]) => upsert({ notes__c: letter.repeat(length) }))

  it('D2 keeps every file below 10,000,000 bytes and fills it, whatever the letters take', () => {
    fc.assert(
      fc.property(batchOf(wide, 25), (upserts) => {
        const described = describeImportLeads(upserts)
        expect(unsentOf(described)).toEqual([])
        const sizes = callsOf(described).map((call) => {
          const file = fileOf(call)
          const head = bytes('email,notes__c\r\n')
          const [first] = upserts.slice(call.intents[0] ?? 0)
          const row = bytes(file) - head
          const alone = first === undefined ? 0 : bytes(fileOf(onlyCall(describeImportLeads([first])))) - head
          return [row + head, alone]
        })
        sizes.forEach(([size = 0], k) => {
          expect(size).toBeLessThan(10_000_000)
          const [, following] = sizes[k + 1] ?? []
          if (following !== undefined) expect(size + following).toBeGreaterThanOrEqual(10_000_000)
        })
        expect(callsOf(described).flatMap(({ intents }) => intents)).toEqual(upserts.map((_, i) => i))
      }),
      { numRuns: 6 }
    )
  }, 60_000)

  it('D2 fills a file to 9,999,999 bytes, and leaves unsent the row that no file can hold', () => {
    const frame = bytes(fileOf(onlyCall(describeImportLeads([upsert({ t: '' })]))))
    const sized = (length: number) => upsert({ t: 't'.repeat(length) })
    const full = onlyCall(describeImportLeads([sized(9_999_999 - frame)]))
    expect(bytes(fileOf(full))).toBe(9_999_999)
    const described = describeImportLeads([upsert(), sized(10_000_000 - frame), upsert()])
    expect(unsentOf(described).map(({ intent }) => intent)).toEqual([1])
    expect(problemsOf(described).map(describeProblem)).toEqual([
      '(whole value): found a record that alone fills more than one file; a file stays below 10000000 bytes: shorten its values'
    ])
    expect(problemsOf(described)).toMatchObject([{ weight: 'invalid' }])
    expect(callsOf(described).map(({ intents }) => intents)).toEqual([[0, 2]])
  })

  it('D2 begins a new file with the row that would make 10,000,000 bytes', () => {
    const head = bytes('email,t\r\n')
    const row = bytes(fileOf(onlyCall(describeImportLeads([upsert({ t: '' })])))) - head
    const two = (total: number): ReadonlyArray<ReadonlyArray<number>> => {
      const [first, second] = [4_000_000, total - head - 2 * row - 4_000_000]
      const both = [upsert({ t: 't'.repeat(first) }), upsert({ t: 't'.repeat(second) })] as const
      return callsOf(describeImportLeads(both)).map(({ intents }) => intents)
    }
    expect(two(9_999_999)).toEqual([[0, 1]])
    expect(two(10_000_000)).toEqual([[0], [1]])
  })

  it('D2 writes tens of thousands of rows into one file', () => {
    const rows = (count: number): ReadonlyArray<UpsertLead> =>
      Array.from({ length: count }, (_, i) => upsert({ firstName: `Ana ${i}`, email: `${i}@example.com` }))
    const [first = upsert(), ...rest] = rows(60_000)
    const calls = callsOf(describeImportLeads([first, ...rest]))
    expect(calls.flatMap(({ intents }) => intents)).toHaveLength(60_000)
  })
})

describe('Bulk Lead Import, the documented call', () => {
  it('is a multipart POST with one part, a CSV file', () => {
    const call = onlyCall(describeImportLeads([upsert({ firstName: 'Ana' }, { partitionName: 'EU' })]))
    expect(call).toEqual({
      descriptor: {
        _tag: 'HttpRequest',
        endpoint: 'importLeads',
        munchkinId: '561-HYG-937',
        host: 'bulk',
        method: 'POST',
        path: ['bulk', 'v1', 'leads.json'],
        query: [
          ['format', 'csv'],
          ['lookupField', 'email'],
          ['partitionName', 'EU']
        ],
        headers: {},
        body: {
          multipart: [
            {
              name: 'file',
              text: 'email,firstName\r\nana@example.com,Ana\r\n',
              fileName: 'leads.csv',
              contentType: 'text/csv'
            }
          ]
        },
        auth: 'bearer',
        lifecycle: { status: 'live' }
      },
      intents: [0],
      slots: []
    })
  })

  it('is sent as a form of one file, by fetch and by curl', () => {
    const { descriptor } = onlyCall(describeImportLeads([upsert({ firstName: "O'Ana" })]))
    const [url, init] = toFetch({ accessToken: 'TOKEN' })(descriptor)
    expect(url).toBe('https://561-HYG-937.mktorest.com/bulk/v1/leads.json?format=csv&lookupField=email')
    const boundary = 'segment-marketo-part'
    expect(init.headers).toEqual({
      Authorization: 'Bearer TOKEN',
      'Content-Type': `multipart/form-data; boundary=${boundary}`
    })
    expect(init.body).toBe(
      `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="leads.csv"\r\nContent-Type: text/csv\r\n\r\n` +
        `email,firstName\r\nana@example.com,O'Ana\r\n\r\n--${boundary}--\r\n`
    )
    const curl = toCurl(descriptor)
    expect(curl).toContain(`--header 'Content-Type: multipart/form-data; boundary=${boundary}'`)
    expect(curl).toContain(String.raw`firstName\x0d\x0aana@example.com,O\'Ana\x0d\x0a`)
    expect(curl).not.toContain('\n')
  })

  // biome-ignore format: table
  it.each<[string, FieldValue, string]>([
    ['null',                        null,                 ''],
    ['empty text',                  '',                   ''],
    ['a boolean',                   false,                'false'],
    ['a number',                    -12.5,                '-12.5'],
    ['negative zero',               -0,                   '0'],
    ['a number of many digits',     1.5e21,               '1500000000000000000000'],
    ['one of many zeros',           1e21,                 '1000000000000000000000'],
    ['a large one of many digits',  -1.234567890123e22,   '-12345678901230000000000'],
    ['one of many decimals',        -2.5e-7,              '-0.00000025'],
    ['one of a single decimal',     1e-7,                 '0.0000001'],
    ['text like a number',          '1.5e21',             '1.5e21'],
    ['text like a printed one',     '1.5e+21',            '1.5e+21'],
    ['a comma',                     'Cruz, Ana',          '"Cruz, Ana"'],
    ['quotes',                      'the "A"',            '"the ""A"""'],
    ['a line break',                'a\nb',               '"a\nb"'],
    ['a carriage return',           'a\rb',               '"a\rb"'],
    ['blanks around',               ' a ',                ' a '],
    ['a semicolon and a tab',       'a;\tb',              'a;\tb'],
    ['what looks like a formula',   '=1+1',               '=1+1'],
    ['another such',                '@SUM(A1)',           '@SUM(A1)'],
    ['letters of many bytes',       'café 😀',            'café 😀']
  ])('writes %s exactly', (_, value, cell) => {
    expect(fileOf(onlyCall(describeImportLeads([upsert({ f: value })])))).toBe(`email,f\r\nana@example.com,${cell}\r\n`)
  })

  it('puts the key first and the others in the order of their names, whatever the order of the fields', () => {
    const [a, b] = [upsert({ b: 1, a: 2 }), upsert({ a: 3, b: 4 })]
    expect(fileOf(onlyCall(describeImportLeads([a, b])))).toBe(
      'email,a,b\r\nana@example.com,2,1\r\nana@example.com,3,4\r\n'
    )
  })

  it('never makes an absent field an empty cell: other fields go in another file', () => {
    const described = describeImportLeads([upsert({ a: 1 }), upsert(), upsert({ a: null }), upsert({ b: 1 })])
    expect(callsOf(described).map(({ intents }) => intents)).toEqual([[0, 2], [1], [3]])
  })

  it('updates by number, in no partition', () => {
    const lead = { lookupField: 'id', value: 7 }
    const one = upsert({}, { lead, fields: { id: 7, firstName: 'Ana' }, action: 'updateOnly', partitionName: 'EU' })
    const call = onlyCall(describeImportLeads([one]))
    expect(fileOf(call)).toBe('id,firstName\r\n7,Ana\r\n')
    expect(call.descriptor.query).toEqual([
      ['format', 'csv'],
      ['lookupField', 'id']
    ])
  })
})

describe('Bulk Lead Import leaves unsent', () => {
  const id = { lookupField: 'id', value: 7 }
  // biome-ignore format: table
  it.each<[string, UpsertLead, object]>([
    ['an update only by another key', upsert({}, { action: 'updateOnly' }),                         { _tag: 'Malformed', at: ['action'], found: 'updateOnly' }],
    ['a lead number to be made',      upsert({}, { lead: id, fields: { id: 7 } }),                  { _tag: 'Conflict', at: ['fields', 'id'], with: ['action'] }],
    ['a lead number beside a key',    upsert({ id: 7 }),                                            { _tag: 'Conflict', at: ['fields', 'id'], with: ['lead', 'lookupField'] }],
    ['a lead number that is none',    upsert({}, { lead: id, fields: { id: 'x' }, action: 'updateOnly' }), { _tag: 'Malformed', at: ['fields', 'id'] }],
    ['a record without its key',      upsert({}, { fields: { firstName: 'Ana' } }),                 { _tag: 'Missing', at: ['fields', 'email'] }],
    ['a lead number and no key',      upsert({}, { fields: { id: 7 } }),                            { _tag: 'Missing', at: ['fields', 'email'] }],
    ['half a pair in the partition',  upsert({}, { partitionName: '\udc00x' }),                      { _tag: 'Malformed', at: ['partitionName'] }],
    ['a name with a blank before',    upsert({ ' vin': 'x' }),                                      { _tag: 'Malformed', at: ['fields', ' vin'] }],
    ['an empty name',                 upsert({ '': 'x' }),                                          { _tag: 'Malformed', at: ['fields', ''] }],
    ['a name with a comma',           upsert({ 'a,b': 'x' }),                                       { _tag: 'Malformed', at: ['fields', 'a,b'] }],
    ['a name with a line break',      upsert({ 'a\nb': 'x' }),                                      { _tag: 'Malformed', at: ['fields', 'a\nb'] }],
    ['half a surrogate pair',         upsert({ a: 'x\ud83d' }),                                     { _tag: 'Malformed', at: ['fields', 'a'], found: 'text with half a surrogate pair' }],
    ['the character number 0',        upsert({ a: 'x\u0000' }),                                     { _tag: 'Malformed', at: ['fields', 'a'], found: 'text with the character number 0' }],
    ['a number that is none',         upsert({ a: Number.NaN }),                                    { _tag: 'Malformed', at: ['fields', 'a'], found: 'a number that is not finite' }]
  ])('%s', (_, wrong, problem) => {
    const described = describeImportLeads([upsert(), wrong, upsert()])
    expect(problemsOf(described)).toMatchObject([{ weight: 'invalid', ...problem }])
    expect(callsOf(described).map(({ intents }) => intents)).toEqual([[0, 2]])
  })
})

describe('a job', () => {
  const call = onlyCall(describeImportLeads([upsert()]))
  const queued = { batchId: 1022, importId: '1022', status: 'Queued' }

  it('is made by a file (the documented sample)', () => {
    expect(interpretImportLeads(call, ok({ requestId: 'r', success: true, result: [queued] }))).toEqual({
      _tag: 'ImportJob',
      requestId: 'r',
      warnings: [],
      batchId: 1022,
      status: 'Queued',
      processed: null,
      failed: null,
      warned: null,
      message: ''
    })
  })

  it('is asked for by its number', () => {
    expect(describeImportStatus(hyg, 1022)).toEqual({
      descriptor: {
        _tag: 'HttpRequest',
        endpoint: 'importLeadsStatus',
        munchkinId: '561-HYG-937',
        host: 'bulk',
        method: 'GET',
        path: ['bulk', 'v1', 'leads', 'batch', '1022.json'],
        query: [],
        headers: {},
        body: null,
        auth: 'bearer',
        lifecycle: { status: 'live' }
      },
      intents: [],
      slots: []
    })
    const tail = (one: Call<HttpRequest>) => [one.descriptor.endpoint, ...one.descriptor.path.slice(4)]
    expect(tail(describeImportFailures(hyg, 7))).toEqual(['importLeadsFailures', '7', 'failures.json'])
    expect(tail(describeImportWarnings(hyg, 7))).toEqual(['importLeadsWarnings', '7', 'warnings.json'])
  })

  it.each(['Queued', 'Importing', 'Complete', 'Failed'] as const)('that is %s tells its counters', (status) => {
    const result = [
      { batchId: 7, status, numOfLeadsProcessed: 3, numOfRowsFailed: 1, numOfRowsWithWarning: 0, message: 'm' }
    ]
    expect(interpretImportStatus(describeImportStatus(hyg, 7), ok({ success: true, result }))).toMatchObject({
      _tag: 'ImportJob',
      status,
      processed: 3,
      failed: 1,
      warned: 0,
      message: 'm'
    })
  })

  // biome-ignore format: table
  it.each<[string, object]>([
    ['no result',           { success: true }],
    ['an empty result',     { success: true, result: [] }],
    ['no number',           { success: true, result: [{ batchId: 'x', status: 'Done', numOfRowsFailed: -1 }] }],
    ['a member of no kind', { success: true, result: [7] }],
    ['no member',           { success: true, result: [null] }]
  ])('with %s is one that nobody can ask for', (_, body) => {
    const none = { batchId: null, status: null, processed: null, failed: null, warned: null, message: '' }
    expect(interpretImportLeads(call, ok(body))).toEqual({ _tag: 'ImportJob', requestId: null, warnings: [], ...none })
  })

  // biome-ignore format: table
  it.each<[string, number | null]>([
    ['0',                0],
    ['-0',               0],
    ['7',                7],
    ['-1',               null],
    ['1.5',              null],
    ['"7"',              null],
    ['9007199254740992', null],
    ['null',             null]
  ])('has so many rows where it says %s', (told, failed) => {
    const body = `{"success":true,"result":[{"batchId":7,"numOfRowsFailed":${told}}]}`
    expect(interpretImportStatus(describeImportStatus(hyg, 7), { status: 200, headers: {}, body })).toHaveProperty(
      'failed',
      failed
    )
  })

  const html = (status: number): Answer => ({ status, headers: {}, body: '<html>' })
  // biome-ignore format: table
  it.each<[string, Answer, string]>([
    ['1016',     ok({ success: false, errors: [{ code: '1016', message: 'Too many imports' }] }),     'back-off'],
    ['601',      ok({ success: false, errors: [{ code: '601', message: 'Access token invalid' }] }),  'renew-token'],
    ['1006',     ok({ success: false, errors: [{ code: '1006', message: 'Field not found' }] }),      'mend-request'],
    ['HTTP 413', html(413),                                                                           'split-request'],
    ['HTTP 502', html(502),                                                                           'back-off']
  ])('is refused with %s', (_, answer, remedy) => {
    expect(interpretImportLeads(call, answer)).toMatchObject({ _tag: 'Refused', remedy })
    expect(interpretImportStatus(describeImportStatus(hyg, 7), answer)).toMatchObject({ _tag: 'Refused', remedy })
  })
})

describe('the rows of a file of failures', () => {
  const csv = (...lines: ReadonlyArray<string>): Answer => ({ status: 200, headers: {}, body: lines.join('\n') })
  const head = 'email,a,Import Failure Reason'
  const sent = onlyCall(
    describeImportLeads([
      upsert({ a: 'x' }),
      upsert({ a: 'y, "z"' }),
      upsert({ a: 'x' }),
      upsert({ a: 'é\r\né ' }),
      upsert({ a: 'u\rv' })
    ])
  )

  // biome-ignore format: table
  it.each<[string, Answer, ReadonlyArray<readonly [number, string]>, ReadonlyArray<string>]>([
    ['one row',                      csv(head, 'ana@example.com,"y, ""z""",bad, really'.replace('bad, really', '"bad, really"')), [[1, 'bad, really']], []],
    ['equal rows, in order',         csv(head, 'ana@example.com,x,r1', 'ana@example.com,x,r2'),       [[0, 'r1'], [2, 'r2']],  []],
    ['more of them than were sent',  csv(head, ...['r1', 'r2', 'r3'].map((r) => `ana@example.com,x,${r}`)), [[0, 'r1'], [2, 'r2']],  ['r3']],
    ['a row that nobody sent',       csv(head, 'bo@example.com,x,r', ''),                             [],                      ['r']],
    ['a line break written anew',    csv(head, 'ana@example.com,"é\né",r'),                           [[3, 'r']],              []],
    ['such a break, of the old kind', csv(head, 'ana@example.com,"u\nv",r'),                          [[4, 'r']],              []],
    ['columns in another order',     csv('a,email,Import Failure Reason', 'x,ana@example.com,r'),     [[0, 'r']],              []],
    ['columns by their labels',      csv('Email Address,A,Import Failure Reason', 'ana@example.com,x,r'), [[0, 'r']],          []],
    ['a row that is cut off',        csv(head, 'ana@example.com,x'),                                  [],                      ['']],
    ['a warning',                    csv('email,a,Import Warning Reason', 'ana@example.com,x,w'),     [[0, 'w']],              []],
    ['only a head',                  csv(head),                                                       [],                      []],
    ['no file',                      { status: 404, headers: {}, body: 'Not found' },                 [],                      []],
    ['an empty file',                { status: 200, headers: {}, body: '' },                          [],                      []],
    ['no body',                      { status: 200, headers: {}, body: null },                        [],                      []],
    ['nothing of a body',            { status: 200, headers: {}, body: undefined },                   [],                      []]
  ])('%s', (_, answer, rows, strays) => {
    expect(interpretImportRows(frozen(sent), answer)).toEqual({
      _tag: 'ImportRows',
      rows: rows.map(([intent, reason]) => ({ intent, reason })),
      strays
    })
  })

  // biome-ignore format: table
  it.each<[string, Answer, string]>([
    ['a token that is none', ok({ success: false, errors: [{ code: '601', message: '' }] }),  'renew-token'],
    ['success and no file',  ok({ success: true }),                                          'mend-request'],
    ['a page',               { status: 200, headers: {}, body: '<html>,\n' },                'mend-request'],
    ['HTTP 503',             { status: 503, headers: {}, body: 'email,Import Failure Reason' }, 'back-off'],
    ['a list',               { status: 200, headers: {}, body: [1] },                        'mend-request'],
    ['a blank line',         { status: 200, headers: {}, body: '\n' },                       'mend-request'],
    ['a record of no file',  ok({ success: false, errors: [{ code: '404', message: '' }] }), 'accept']
  ])('%s is a refusal', (_, answer, remedy) => {
    expect(interpretImportRows(sent, answer)).toMatchObject({ _tag: 'Refused', remedy })
  })

  it('a success of another kind is refused in our words', () => {
    for (const body of [[1], '<html>,\n', { success: true }]) {
      expect(interpretImportRows(sent, { status: 200, headers: {}, body })).toEqual({
        _tag: 'Refused',
        requestId: null,
        reasons: [{ code: '', message: 'the answer is no file of rows' }],
        remedy: 'mend-request',
        retryAfter: null
      })
    }
  })

  it('nobody knows whose the rows are where the call was no import', () => {
    const asked = describeImportFailures(hyg, 7)
    const told = csv(head, 'ana@example.com,x,r')
    const strays = { _tag: 'ImportRows', rows: [], strays: ['r'] }
    expect(interpretImportRows(asked, told)).toEqual(strays)
    const other = { ...asked, descriptor: { ...asked.descriptor, body: { json: {} } } }
    expect(interpretImportRows(other, told)).toEqual(strays)
    const parts = {
      multipart: [{ name: 'lead', text: 'email,a\r\nana@example.com,x\r\n', fileName: null, contentType: null }]
    }
    expect(interpretImportRows({ ...sent, descriptor: { ...sent.descriptor, body: parts } }, told)).toEqual(strays)
  })

  it('P1 finds every row again, in any selection and order, by the cells that were sent', () => {
    const cell = fc.constantFrom('x', 'y', '', '"', 'a,b', 'a\nb', 'é')
    const upserts = batchOf(
      fc.tuple(cell, cell).map(([a, b]) => upsert({ a, b })),
      12
    )
    fc.assert(
      fc.property(upserts, fc.infiniteStream(fc.boolean()), (some, picks) => {
        const call = onlyCall(describeImportLeads(some))
        const [columns = [], ...rows] = rfc4180(fileOf(call))
        const chosen = rows.flatMap((row, i) => (picks.next().value === true ? [[...row, `r${i}`]] : []))
        const quoted = (row: ReadonlyArray<string>) => row.map((text) => `"${text.replace(/"/g, '""')}"`).join(',')
        const body = [[...columns, 'Import Failure Reason'], ...chosen].map(quoted).join('\r\n')
        const told = interpretImportRows(call, { status: 200, headers: {}, body })
        expect(told).toMatchObject({ _tag: 'ImportRows', strays: [] })
        if (told._tag !== 'ImportRows') return
        expect(told.rows.map(({ reason }) => reason)).toEqual(chosen.map((row) => row[row.length - 1]))
        told.rows.forEach(({ intent }, k) => {
          const { a = '', b = '' } = some[intent]?.fields ?? {}
          expect([email, a, b]).toEqual(chosen[k]?.slice(0, -1))
        })
        expect(new Set(told.rows.map(({ intent }) => intent)).size).toBe(chosen.length)
      })
    )
  })

  it('P3 are a verdict, whatever the answer is, and so is a job', () => {
    const text = fc.oneof(
      fc.string(),
      fc.stringMatching(/^[",\r\nab]{0,40}$/).map((tail) => `${head}\n${tail}`)
    )
    fc.assert(
      fc.property(fc.oneof(text, fc.anything()), fc.constantFrom(200, 404, 500, Number.NaN), (body, status) => {
        const answer = { status, headers: {}, body }
        const all = [
          interpretImportRows(sent, answer),
          interpretImportLeads(sent, answer),
          interpretImportStatus(sent, answer)
        ]
        expect(['ImportRows', 'Refused']).toContain(all[0]?._tag)
        expect(JSON.parse(JSON.stringify(all))).toStrictEqual(all)
      })
    )
    const throwing = {
      get status(): number {
        throw new Error('trap')
      },
      headers: {},
      body: ''
    }
    expect(interpretImportRows(sent, throwing)).toMatchObject({ _tag: 'Refused' })
    expect(interpretImportStatus(sent, throwing)).toMatchObject({ _tag: 'Refused' })
  })
})
