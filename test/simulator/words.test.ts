/** Answers to the last letter: status, kind of content, body; and where the limits and the patterns of requests end. */
import { describe, expect, it } from 'vitest'
import { requestUri } from '../../src/endpoints/request-uri.js'
import type { Answer } from '../../src/intent/outcome.js'
import { byteLimits } from '../../src/marketo/limits.js'
import { draw } from '../../src/simulator/faults.js'
import { type FaultKind, faultKinds } from '../../src/simulator/options.js'
import { leadsIn } from '../../src/simulator/reading.js'
import type { SimulatorRequest } from '../../src/simulator/request.js'
import { startSimulator } from '../../src/simulator/start.js'
import { hyg } from '../endpoints/reading.js'
import { Client, options, resultOf } from './world.js'

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
  ['no token', { method: 'POST', body: '{}', headers: {} },              200, asJson, refusal('603', 'Access denied')],
  ['a DELETE that says it is a GET', { path: ['rest', 'v1', 'leads.json'], method: 'DELETE', query: [['_method', 'GET']] }, 200, asJson, refusal('605', 'HTTP Method not supported')]
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
