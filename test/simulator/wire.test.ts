/** A request off the wire: what is read of it, and where it goes. */
import { describe, expect, it } from 'vitest'
import { partsUnder, wholeUnder } from '../../src/simulator/query.js'
import { callsIn, leadsIn, visitsIn } from '../../src/simulator/reading.js'
import { formPairs, readPairs, readWire, type SimulatorRequest } from '../../src/simulator/request.js'
import { simulate } from '../../src/simulator/simulate.js'
import { hyg } from '../endpoints/reading.js'
import { Client, noon, resultOf } from './world.js'

const nothing = {
  munchkinId: null,
  host: '',
  method: '',
  path: [],
  query: [],
  contentType: '',
  authorization: undefined,
  userToken: undefined,
  correlationId: '',
  range: '',
  body: '',
  inFlight: 0
}

describe('what is read of a request', () => {
  const headers = {
    'content-type': 'a/b',
    authorization: 'Bearer x',
    'x-mkto-user-token': 'y',
    'x-correlation-id': 'z',
    range: 'bytes=0-1'
  }
  const head = { contentType: 'a/b', authorization: 'Bearer x', userToken: 'y', correlationId: 'z', range: 'bytes=0-1' }
  // biome-ignore format: table
  it.each<[unknown, object]>([
    [undefined,                                              {}],
    [7,                                                      {}],
    [{ munchkinId: hyg, host: 'rest', method: 'get' },       { munchkinId: hyg, host: 'rest', method: 'GET' }],
    [{ munchkinId: 7, host: 7, method: 7, body: 7 },         {}],
    [{ path: ['a', 7], body: 'b' },                          { path: ['a', ''], body: 'b' }],
    [{ path: 'a', query: 'b', headers: 'c' },                {}],
    [{ query: [7, ['a', 'b'], 'cd', ['e'], [7, 'f']] },      { query: [['a', 'b'], ['e', ''], ['', 'f']] }],
    [{ headers },                                            head],
    [{ headers: { authorization: 7, 'x-mkto-user-token': 7, 'x-correlation-id': 7, range: 7 } }, {}],
    [{ inFlight: 9 },                                        { inFlight: 9 }],
    [{ path: 'x', query: 'x', inFlight: -1 },                {}],
    [{ inFlight: -1 },                                       {}],
    [{ inFlight: -0 },                                       {}],
    [{ inFlight: Number.NaN },                               {}],
    [{ inFlight: '9' },                                      {}]
  ])('%j: what fits it', (request, read) => {
    expect(readWire(request)).toStrictEqual({ ...nothing, ...read })
  })

  // biome-ignore format: table
  it.each<[string, ReadonlyArray<readonly [string, string]>]>([
    ['',                [] ],
    ['a=1&b=2',         [['a', '1'], ['b', '2']]],
    ['a=1&&b=2&',       [['a', '1'], ['b', '2']]],
    ['a',               [['a', '']]],
    ['abc&=x',          [['abc', ''], ['', 'x']]],
    ['a=b=c',           [['a', 'b=c']]],
    ['a+b=c%20d%2B',    [['a b', 'c d+']]],
    ['a=%+%',           [['a', '% %']]]
  ])('a form %j has the pairs %j', (body, pairs) => {
    expect(formPairs(body)).toEqual(pairs)
  })

  it('are the pairs of its form only where it is a POST', () => {
    const wire = { ...readWire(undefined), query: [['a', '1']] as const, body: 'b=2' }
    expect(readPairs({ ...wire, method: 'GET' })).toEqual([['a', '1']])
    expect(readPairs({ ...wire, method: 'POST' })).toEqual([
      ['a', '1'],
      ['b', '2']
    ])
  })

  it('of a list of values is what is not empty', () => {
    const pairs = [
      ['a', '1,,2'],
      ['b', '3'],
      ['a', ''],
      ['a', '4,']
    ] as const
    expect(partsUnder(pairs, 'a')).toEqual(['1', '2', '4'])
  })

  // biome-ignore format: table
  it.each<[string, number | undefined]>([
    ['', 7], ['3', 3], ['2', 2], ['1', undefined], ['1e1', undefined], ['+5', undefined], ['5 ', undefined], ['2.5', undefined],
    ['0x10', undefined], ['123456789012345', 123_456_789_012_345], ['1234567890123456', undefined]
  ])('of a whole number from 2 on, 7 where nobody says: %j is %j', (text, number) => {
    expect(wholeUnder([['n', text]], 'n', 7, 2)).toBe(number)
  })
})

const json = { 'content-type': 'application/json' }
const body = JSON.stringify({ input: [{ email: 'ana@example.com' }] })
const sync = {
  host: 'rest',
  method: 'POST',
  path: ['rest', 'v1', 'leads.json'],
  query: [],
  headers: json,
  body
} as const

const sent = (client: Client, changes: Partial<SimulatorRequest>) =>
  client.send({ ...sync, ...changes, headers: { authorization: `Bearer ${client.token}`, ...json } })

describe('where a request goes', () => {
  // biome-ignore format: table
  it.each<[string, string, ReadonlyArray<readonly [string, string]>, unknown]>([
    ['a POST',                             'POST',   [],                                                            [{ id: 2, status: 'created' }]],
    ['a POST that says it is a GET',       'POST',   [['_method', 'GET'], ['filterType', 'id'], ['filterValues', '1'], ['fields', 'id']], [{ id: 1 }]],
    ['a POST that says it is a POST',      'POST',   [['_method', 'POST']],                                         [{ id: 2, status: 'created' }]],
    ['a POST with GET for something else', 'POST',   [['action', 'GET']],                                           [{ id: 2, status: 'created' }]],
    ['a DELETE that says it is a GET',     'DELETE', [['_method', 'GET'], ['filterType', 'id'], ['filterValues', '1']], { errors: ['605'] }]
  ])('%s', (_, method, query, told) => {
    const client = new Client({ leads: [{ fields: { email: 'bo@example.com' } }] }).signIn()
    expect(resultOf(JSON.parse(String(sent(client, { method, query })?.body)))).toEqual(told)
  })

  it('a wrong verb counts against nothing and is told as such where no call is left; a wrong path is a call', () => {
    const left = (method: string, path: string): unknown => {
      const client = new Client({ callsPerWindow: 1 }).signIn()
      const first = resultOf(client.rest(method, path))
      return [first, callsIn(client.state).quota.used, resultOf(client.rest(method, path))]
    }
    expect(left('DELETE', 'leads.json')).toEqual([{ errors: ['605'] }, 0, { errors: ['605'] }])
    expect(left('GET', 'nothing.json')).toEqual([{ errors: ['610'] }, 1, { errors: ['606'] }])
    const full = new Client({ callsPerWindow: 1 }).signIn()
    sent(full, {})
    expect(resultOf(full.rest('DELETE', 'leads.json'))).toEqual({ errors: ['605'] })
  })
})

describe('a moment', () => {
  it('before the epoch by less than its unit is the epoch, also behind JSON', () => {
    const client = new Client({}, -0.5).signIn()
    sent(client, {})
    expect(leadsIn(client.state)).toMatchObject([{ createdAt: '1970-01-01T00:00:00Z' }])
    expect(JSON.parse(JSON.stringify(client.state))).toStrictEqual(client.state)
  })

  it('that no calendar has is the epoch in what is written down', () => {
    const visit = {
      host: 'beacon',
      method: 'GET',
      path: ['webevents', 'visitWebPage'],
      headers: {},
      body: null
    } as const
    const query = [
      ['_mchId', hyg],
      ['_mchTk', 'x']
    ] as const
    const { state } = new Client()
    const at = (now: number): unknown => visitsIn(simulate(state, { ...visit, query }, now)[0]).map((one) => one.at)
    expect([at(1e300), at(noon)]).toEqual([['1970-01-01T00:00:00Z'], ['2024-05-03T10:00:00Z']])
  })
})
