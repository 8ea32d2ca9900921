/** Answers to the last letter: status, kind of content, body; and where the limits and the patterns of requests end. */
import { describe, expect, it } from 'vitest'
import { requestUri } from '../../src/endpoints/request-uri.js'
import type { Answer } from '../../src/intent/outcome.js'
import { byteLimits } from '../../src/marketo/limits.js'
import { draw } from '../../src/simulator/faults.js'
import { type FaultKind, faultKinds } from '../../src/simulator/options.js'
import { callsIn, leadIn, leadsIn } from '../../src/simulator/reading.js'
import { formPairs, readPairs, readWire, type SimulatorRequest } from '../../src/simulator/request.js'
import { startSimulator } from '../../src/simulator/start.js'
import { hyg } from '../endpoints/reading.js'
import { Client, client as credentials, noon, options, resultOf } from './world.js'

const asJson = { 'content-type': 'application/json;charset=UTF-8' }
const asHtml = { 'content-type': 'text/html' }
const page = (title: string): string =>
  `<html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`
const refusal = (code: string, message: string, n = 2): string =>
  JSON.stringify({ requestId: `${n}#simulated`, success: false, errors: [{ code, message }] })

const ask = (client: Client, more: Partial<SimulatorRequest>): Answer =>
  client.send({
    host: 'rest',
    method: 'GET',
    path: ['rest', 'v1', 'leads.json'],
    query: [],
    headers: { authorization: `Bearer ${client.token}`, 'content-type': 'application/json' },
    body: null,
    ...more
  }) ?? { status: 0, headers: {}, body: '' }

const tokenPath = ['identity', 'oauth', 'token']
const grant = (clientId: string, clientSecret: string, type = 'client_credentials'): SimulatorRequest['query'] => [
  ['grant_type', type],
  ['client_id', clientId],
  ['client_secret', clientSecret]
]
const long = { path: ['rest', 'v1', 'leads.json'], query: [['x', 'y'.repeat(9_000)]] } as const

// biome-ignore format: table
const words: ReadonlyArray<readonly [string, Partial<SimulatorRequest>, number, object, string]> = [
  ['another grant',            { host: 'identity', path: tokenPath, query: grant('id', 'secret', 'password') }, 400, asJson, '{"error":"unsupported_grant_type","error_description":"Unsupported grant type"}'],
  ['a wrong secret',           { host: 'identity', path: tokenPath, query: grant('id', 'x') },     401, asJson, '{"error":"invalid_client","error_description":"Bad client credentials"}'],
  ['a wrong client',           { host: 'identity', path: tokenPath, query: grant('x', 'secret') }, 401, asJson, '{"error":"invalid_client","error_description":"Bad client credentials"}'],
  ['a path of nobody',         { path: ['rest', 'v1', 'x.json'] },                                 200, asJson, refusal('610', 'Requested resource not found')],
  ['a verb of nobody',         { method: 'PUT' },                                                  200, asJson, refusal('605', 'HTTP Method not supported')],
  ['an identity path',         { host: 'identity', path: ['identity', 'x'] },                      404, asJson, '{"error":"not_found","error_description":"Not found"}'],
  ['a host of nobody',         { host: 'soap' },                                                   404, asHtml, page('404 Not Found')],
  ['a URI that is too long',   long,                                                               414, asHtml, page('414 Request-URI Too Long')],
  ['a body that is too long',  { method: 'POST', body: 'x'.repeat(byteLimits.body + 1) },          413, asHtml, page('413 Request Entity Too Large')],
  ['a body that is no JSON',   { method: 'POST', body: 'x' },                                      200, asJson, refusal('609', 'Invalid JSON')],
  ['the limit of a body',      { method: 'POST', body: 'x'.repeat(byteLimits.body) },              200, asJson, refusal('609', 'Invalid JSON')],
  ['a body that is no JSON by its name', { method: 'POST', body: '{}', headers: {} },              200, asJson, refusal('603', 'Access denied')],
  ['another grant by a verb',  { path: ['rest', 'v1', 'leads.json'], method: 'DELETE', query: [['_method', 'GET']] }, 200, asJson, refusal('605', 'HTTP Method not supported')]
]

describe('what is answered', () => {
  it.each(words)('%s', (_, request, status, headers, body) => {
    expect(ask(new Client().signIn(), request)).toEqual({ status, headers, body })
  })

  it('a token, of the instance and of its number, with the seconds that are left', () => {
    const asked = { host: 'identity', path: tokenPath } as const
    const answer = ask(new Client(), { ...asked, query: grant('id', 'secret') })
    expect(answer).toMatchObject({ status: 200, headers: asJson })
    expect(JSON.parse(String(answer.body))).toEqual({
      access_token: expect.stringMatching(/^[\da-f]{8}-[\da-f]{12}-1:sim$/),
      token_type: 'bearer',
      expires_in: 3600,
      scope: 'simulator@example.com'
    })
    const other = ask(new Client({ clientId: 'other' }), { ...asked, query: grant('other', 'secret') })
    expect(other.status).toBe(200)
    expect(JSON.parse(String(other.body)).access_token).not.toBe(JSON.parse(String(answer.body)).access_token)
  })

  it.each([
    ['a name before the type', 'xapplication/json', '612'],
    ['a charset behind it', 'application/json; charset=utf-8', undefined]
  ])('a content type with %s', (_, type, code) => {
    const json = { input: [{ email: 'ana@example.com' }] }
    const body = new Client().signIn().rest('POST', 'leads.json', { json, headers: { 'content-type': type } })
    expect(resultOf(body)).toEqual(code === undefined ? [{ id: 1, status: 'created' }] : { errors: [code] })
  })

  it.each([
    ['with the name of the instance', hyg],
    ['without a name', undefined]
  ])('a URI as long as may be, and one that is longer by one, to a host %s', (_, munchkinId) => {
    const uri = (n: number) => ({ path: long.path, query: [['x', 'y'.repeat(n)]] as const })
    const spare = byteLimits.uri - `https://${munchkinId ?? ''}.mktorest.com${requestUri(uri(0))}`.length
    const name = munchkinId === undefined ? {} : { munchkinId }
    const statuses = [spare, spare + 1].map((n) => ask(new Client().signIn(), { ...uri(n), ...name }).status)
    expect(statuses).toEqual([200, 414])
  })
})

describe('a token', () => {
  it.each([
    ['a word before', (token: string) => `xBearer ${token}`, '601'],
    ['a word behind', (token: string) => `Bearer ${token} x`, '601'],
    ['two blanks', (token: string) => `Bearer  ${token}`, undefined],
    ['small letters', (token: string) => `bearer ${token}`, undefined]
  ])('with %s', (_, header, code) => {
    const client = new Client({ leads: [{ fields: { email: 'ana@example.com' } }] }).signIn()
    const query = [
      ['filterType', 'id'],
      ['filterValues', '1'],
      ['fields', 'id']
    ] as const
    const body = client.rest('GET', 'leads.json', { query, headers: { authorization: header(client.token) } })
    expect(resultOf(body)).toEqual(code === undefined ? [{ id: 1 }] : { errors: [code] })
  })

  it('that was not given yet is none, and the twelfth is as good as the first', () => {
    const client = new Client().signIn()
    const early = new Client().signIn()
    for (let n = 2; n <= 12; n += 1) {
      client.now += 3_600_000
      client.signIn()
    }
    expect(client.sync([{ email: 'ana@example.com' }])).toEqual([{ id: 1, status: 'created' }])
    early.token = client.token
    expect(early.sync([{ email: 'ana@example.com' }])).toEqual({ errors: ['601'] })
  })

  it('is given by a clock before 1970, too', () => {
    const answer = ask(new Client({}, -1_000), { host: 'identity', path: tokenPath, query: grant('id', 'secret') })
    expect(JSON.parse(String(answer.body))).toMatchObject({ expires_in: 3600 })
  })
})

describe('the quota', () => {
  it('counts a path of nobody, but no verb that an endpoint does not take', () => {
    const client = new Client().signIn()
    client.rest('PUT', 'leads.json')
    expect(callsIn(client.state).quota).toEqual({ day: '', used: 0 })
    client.rest('GET', 'nobody.json')
    expect(callsIn(client.state).quota.used).toBe(1)
  })
})

describe('a moment', () => {
  it('between the last millisecond and 1970 is 1970, as JSON has it', () => {
    const client = new Client({}, -0.5).signIn()
    client.sync([{ email: 'ana@example.com' }])
    expect(client.state).toEqual(JSON.parse(JSON.stringify(client.state)))
    expect(leadIn(client.state, 1)?.createdAt).toBe('1970-01-01T00:00:00Z')
  })

  it('that no calendar has is told as 1970', () => {
    const client = new Client({}, 9e15).signIn()
    client.sync([{ email: 'ana@example.com' }])
    expect(leadIn(client.state, 1)?.createdAt).toBe('1970-01-01T00:00:00Z')
  })
})

describe('faults', () => {
  it('draw from Mulberry32', () => {
    const draft = { ...startSimulator({ ...options, seed: 1 }) }
    expect([draw(draft), draw(draft), draw(draft)]).toEqual([
      0.627_073_940_588_161_3, 0.002_735_721_180_215_478, 0.527_447_039_959_952_2
    ])
  })

  it('strike below their probability, and not at it', () => {
    const status = (probability: number): number =>
      ask(new Client({ seed: 1, faults: [{ at: { probability }, kind: 'html' }] }), { host: 'soap' }).status
    expect([0.627_073_940_588_161_3, 0.627_073_940_589].map(status)).toEqual([404, 502])
  })

  it('refuse the record that is drawn, with a reason', () => {
    const input = Array.from({ length: 10 }, (_, i) => ({ email: `p${i}@example.com` }))
    const client = new Client({ faults: [{ at: { call: 1 }, kind: 'skip-record', endpoint: 'syncLeads' }] }).signIn()
    const told = client.sync(input)
    const reasons = [{ code: '1003', message: 'Simulated fault: this record was refused' }]
    expect(Array.isArray(told) ? told.findIndex((one) => one.status === 'skipped') : told).toBe(6)
    expect(told).toMatchObject({ 6: { status: 'skipped', reasons } })
    expect(leadsIn(client.state)).toHaveLength(9)
  })

  const anyHost: ReadonlyArray<FaultKind> = ['timeout-before', 'timeout-after', 'html', '502']

  it.each(faultKinds)('a fault %s strikes the identity endpoint and the beacons where it is of any host', (kind) => {
    const hosts = [
      { endpoint: 'identityToken', host: 'identity', path: tokenPath, query: grant('id', 'secret') },
      { endpoint: 'visitWebPage', host: 'beacon', path: ['webevents', 'visitWebPage'] }
    ] as const
    for (const { endpoint, ...request } of hosts) {
      // The second fault strikes where the first cannot.
      const faults = [kind, 'html' as const].map((one) => ({ at: { call: 1 }, kind: one, endpoint }))
      const alone = new Client({ faults: faults.slice(0, 1) })
      const answer = alone.send({ method: 'GET', query: [], headers: {}, body: null, ...request })
      expect(answer !== null && answer.status < 300).toBe(!anyHost.includes(kind))
      const both = new Client({ faults }).send({ method: 'GET', query: [], headers: {}, body: null, ...request })
      expect(both).toEqual(
        anyHost.includes(kind) ? answer : { status: 502, headers: asHtml, body: page('502 Bad Gateway') }
      )
    }
  })
})

describe('a request that is read', () => {
  it('has every member, whatever came', () => {
    const none = {
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
    expect(readWire(undefined)).toEqual(none)
    const headers = { authorization: 7, 'x-mkto-user-token': 7, 'x-correlation-id': 'c', range: 'bytes=0-1' }
    const odd = { path: ['a', 7], query: [7, ['a'], ['b', 'c']], headers, inFlight: '11' }
    const told = { path: ['a', ''], correlationId: 'c', range: 'bytes=0-1' }
    const query = [
      ['a', ''],
      ['b', 'c']
    ]
    expect(readWire(odd)).toEqual({ ...none, ...told, query })
    expect(readWire({ path: 'x', query: 'x', inFlight: -1 })).toEqual(none)
    expect(readWire({ inFlight: Number.NaN }).inFlight).toBe(0)
    expect(readWire({ inFlight: -0 }).inFlight).toBe(0)
    expect(readWire({ inFlight: 3 }).inFlight).toBe(3)
  })

  it.each([
    ['', []],
    ['&&a=1&', [['a', '1']]],
    ['a', [['a', '']]],
    ['=b', [['', 'b']]],
    ['a+b=c%20d%26', [['a b', 'c d&']]],
    ['a=%E0+1', [['a', '%E0 1']]]
  ])('from the form %s', (body, pairs) => {
    expect(formPairs(body)).toEqual(pairs)
    expect(readPairs(readWire({ method: 'POST', body, query: [['q', '1']] }))).toEqual([['q', '1'], ...pairs])
    expect(readPairs(readWire({ method: 'GET', body, query: [['q', '1']] }))).toEqual([['q', '1']])
  })

  it.each([
    ['_method', 'GET', 605],
    ['_method', 'POST', 609],
    ['x', 'GET', 609]
  ])('as a read, where its URL says so: %s=%s', (name, value, code) => {
    // Sync Leads takes no body like this one, and Get Leads misses a filter.
    const body = resultOf(new Client().signIn().rest('POST', 'leads.json', { query: [[name, value]] }))
    expect(body).toEqual({ errors: [code === 605 ? '1002' : String(code)] })
  })
})

describe('an instance of which little is said', () => {
  it('has these options, and nothing has happened', () => {
    const state = startSimulator({ munchkinId: hyg, ...credentials })
    expect(state.options).toEqual({
      munchkinId: hyg,
      ...credentials,
      customFields: [],
      activityTypes: [],
      forms: [],
      companiesReadOnly: false,
      customObjects: [],
      absentFields: [],
      companyFields: 'refused',
      unknownField: 'record',
      partitions: ['Default'],
      callsPerDay: 50_000,
      callsPerWindow: 100,
      runningCalls: 10,
      tokenSeconds: 3_600,
      apiUser: 'api.user@example.com',
      ingestionDelayMillis: 0,
      importMillis: 10_000,
      exportMillis: 10_000,
      exportBytesPerDay: 500_000_000,
      updatedAtFilter: true,
      updatedAtMoves: 'with any field',
      faults: []
    })
    expect(state).toMatchObject({
      random: 1,
      window: [],
      quota: { day: '', used: 0 },
      exported: { day: '', bytes: 0 }
    })
    expect(startSimulator({ munchkinId: hyg, ...credentials, seed: 5.5 }).random).toBe(5)
  })

  it('names the trigger and the filter of an activity type as they are given, or else after the type', () => {
    const primaryAttribute = { apiName: 'x', dataType: 'string' }
    const named = { name: 'Order', triggerName: 'Orders', filterName: 'Ordered', primaryAttribute, attributes: [] }
    const { activityTypes } = startSimulator({
      ...options,
      activityTypes: [
        { id: 1, ...named },
        { id: 2, name: 'Order', primaryAttribute, attributes: [] },
        { id: 3, primaryAttribute, attributes: [] },
        { id: 4, triggerName: 'T', filterName: 'F', primaryAttribute, attributes: [] }
      ]
    }).options
    expect(activityTypes.map(({ name, triggerName, filterName }) => [name, triggerName, filterName])).toEqual([
      ['Order', 'Orders', 'Ordered'],
      ['Order', 'Order', 'Order'],
      ['Custom 3', 'Custom 3', 'Custom 3'],
      ['Custom 4', 'T', 'F']
    ])
  })

  it('without partitions puts its leads into one of Marketo’s name', () => {
    const client = new Client({ partitions: [], leads: [{ fields: { email: 'ana@example.com' } }] }, noon)
    expect(leadIn(client.state, 1)?.partitionName).toBe('Default')
  })
})
