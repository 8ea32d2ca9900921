import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { describeReadPage, interpretReadPage, type PageQuestion } from '../../src/endpoints/read-page.js'
import { uriBytes } from '../../src/endpoints/request-uri.js'
import { isRecord, ownMember } from '../../src/ground/json.js'
import { describeProblem } from '../../src/ground/problem.js'
import type { Answer } from '../../src/intent/outcome.js'
import { byteLimits } from '../../src/marketo/limits.js'
import { hostileValue } from '../arbitraries/events.js'
import { fragile } from '../arbitraries/hostile.js'
import { anyText } from '../arbitraries/intents.js'
import { batchOf, callsOf, hyg, ok, onlyCall, positionsOf, problemsOf } from './reading.js'

const question: PageQuestion = {
  munchkinId: hyg,
  endpoint: 'getLists',
  path: ['rest', 'v1', 'lists.json'],
  query: [
    ['batchSize', '300'],
    ['nextPageToken', 'KZQWY5LF======']
  ]
}

const call = onlyCall(describeReadPage([question]))
const idOf = (u: unknown): unknown => (isRecord(u) ? ownMember(u, 'id') : undefined)
const read = (body: unknown): unknown => interpretReadPage(idOf)(call, ok(body))

describe('the call for a page', () => {
  it('says what it is asked to say, and nothing else', () => {
    expect(call).toEqual({
      descriptor: {
        _tag: 'HttpRequest',
        endpoint: 'getLists',
        munchkinId: hyg,
        host: 'rest',
        method: 'GET',
        path: ['rest', 'v1', 'lists.json'],
        query: question.query,
        headers: {},
        body: null,
        auth: 'bearer',
        lifecycle: { status: 'live' }
      },
      intents: [0],
      slots: []
    })
  })

  it('D2 is no longer than Marketo takes; each question is a call or unsent', () => {
    const pairs = fc.array(fc.tuple(anyText, fc.string({ maxLength: 6_000 })), { maxLength: 3 })
    fc.assert(
      fc.property(batchOf(pairs, 4), ([first, ...rest]) => {
        const described = describeReadPage([
          { ...question, query: first },
          ...rest.map((query) => ({ ...question, query }))
        ])
        expect(positionsOf(described)).toEqual([first, ...rest].map((_, i) => i))
        for (const { descriptor } of callsOf(described))
          expect(uriBytes(descriptor)).toBeLessThanOrEqual(byteLimits.uri)
      })
    )
  })

  const filler = (extra: number): PageQuestion => {
    const bare = { ...question, query: [['filterValues', '']] as const }
    const room = byteLimits.uri - uriBytes(onlyCall(describeReadPage([bare])).descriptor)
    return { ...question, query: [['filterValues', 'x'.repeat(room + extra)]] }
  }

  it('takes a URL of 8,000 bytes, and not one more', () => {
    expect(callsOf(describeReadPage([filler(0)]))).toHaveLength(1)
    expect(problemsOf(describeReadPage([filler(1)])).map(describeProblem)).toEqual([
      'query: found a URL of too many bytes; Marketo takes 8000: ask for less'
    ])
  })

  it.each(['', '.', '..', '\ud800'])('U1 the part %j of a path is a problem', (part) => {
    expect(problemsOf(describeReadPage([{ ...question, path: ['rest', part] }])).map(describeProblem)).toEqual([
      'path[1]: found no part of a path; give decoded, well-formed text'
    ])
  })

  it('U1 so is the first part', () => {
    expect(problemsOf(describeReadPage([{ ...question, path: ['..', 'v1'] }])).map(({ at }) => at)).toEqual([
      ['path', 0]
    ])
  })

  it('S3 no problem repeats a token', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const query = [['nextPageToken', `t0ken${text}${'x'.repeat(byteLimits.uri)}`]] as const
        expect(JSON.stringify(problemsOf(describeReadPage([{ ...question, query }])))).not.toContain('t0ken')
      })
    )
  })
})

describe('a page', () => {
  const page = {
    _tag: 'ReadPage',
    requestId: null,
    warnings: [],
    records: [],
    told: true,
    nextPageToken: null,
    more: null
  }

  // biome-ignore format: table
  it.each<[string, object, object]>([
    ['a page with a token',              { requestId: 'r', nextPageToken: 'PS5VL5WD4UOWGOUC===', result: [{ id: 1 }, { id: 2 }] }, { requestId: 'r', records: [1, 2], nextPageToken: 'PS5VL5WD4UOWGOUC===' }],
    ['a page that says it is the last',  { moreResult: false, nextPageToken: 'A', result: [{ id: 1 }] }, { records: [1], nextPageToken: 'A', more: false }],
    ['an empty page with more',          { moreResult: true, nextPageToken: 'B', result: [] },           { nextPageToken: 'B', more: true }],
    ['the last page of lists',           { result: [{ id: 3 }] },                                        { records: [3] }],
    ['behind the last asset',            { errors: [], warnings: ['No assets found for the given search criteria.'] }, { told: false, warnings: [{ code: '', message: 'No assets found for the given search criteria.' }] }],
    ['a result that is null',            { result: null },                                               { told: false }],
    ['a token that is empty',            { nextPageToken: '', result: [] },                              {}],
    ['a token that is no text',          { nextPageToken: 7, moreResult: 'true', result: [] },           {}],
    ['members that are no records',      { result: [7, null, { id: 4 }] },                               { records: [undefined, undefined, 4] }]
  ])('%s', (_, body, told) => {
    expect(read({ success: true, ...body })).toEqual({ ...page, ...told })
  })

  // biome-ignore format: table
  it.each<[string, Answer, string, string]>([
    ['a token that has ended', ok({ success: false, errors: [{ code: '602', message: '' }] }),               'renew-token', '602'],
    ['a limit',                ok({ success: false, errors: [{ code: 606, message: '' }] }),                 'throttle',    '606'],
    ['the day’s quota',        ok({ success: false, errors: [{ code: '607', message: '' }] }),               'await-quota', '607'],
    ['nothing found',          ok({ success: false, errors: [{ code: '702', message: 'No data found' }] }),  'accept',      '702'],
    ['a failure with rows',    ok({ success: false, errors: [{ code: '611', message: '' }], result: [{ id: 1 }] }), 'back-off', '611'],
    ['a gateway’s page',       { status: 502, headers: {}, body: '<html>' },                                 'back-off',    '502'],
    ['a URL that is too long', { status: 414, headers: {}, body: '' },                                       'split-request', '414'],
    ['half an answer',         { status: 200, headers: {}, body: '{"success":true,"result":[{"id":' },       'mend-request', '']
  ])('%s is a refusal', (_, answer, remedy, code) => {
    expect(interpretReadPage(idOf)(call, answer)).toMatchObject({ _tag: 'Refused', remedy, reasons: [{ code }] })
  })
})

describe('any answer', () => {
  it('P3 gets a verdict, whatever it is', () => {
    fc.assert(
      fc.property(hostileValue, fc.nat({ max: 20 }), (u, patience) => {
        const bodies = [u, { success: true, result: u }, { success: true, result: [u], nextPageToken: u, warnings: u }]
        for (const body of bodies) {
          for (const told of [body, fragile(body, patience)]) {
            const { _tag } = interpretReadPage(idOf)(call, { status: 200, headers: {}, body: told })
            expect(['ReadPage', 'Refused']).toContain(_tag)
          }
        }
      })
    )
  })

  it('P3 a list that says it has billions of records is not gone through', () => {
    const result: Array<unknown> = []
    result.length = 2 ** 32 - 1
    const told = interpretReadPage(() => 0)(call, { status: 200, headers: {}, body: { success: true, result } })
    expect(told._tag === 'ReadPage' && told.records.length).toBeLessThanOrEqual(10_000)
  })

  it('P3 is a refusal where reading a record throws', () => {
    const told = interpretReadPage((): number => {
      throw new Error('trap')
    })(call, ok({ success: true, result: [1] }))
    expect(told).toMatchObject({ _tag: 'Refused' })
  })
})
