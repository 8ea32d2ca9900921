/** Tokens, quotas, wrong requests, faults; and what holds of any request at all. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { describeIdentityToken } from '../../src/endpoints/index.js'
import { quotaDay } from '../../src/simulator/allowance.js'
import type { Fault, FaultKind } from '../../src/simulator/options.js'
import { callsIn, leadsIn, visitsIn } from '../../src/simulator/reading.js'
import { requestOf, type SimulatorRequest } from '../../src/simulator/request.js'
import { simulate } from '../../src/simulator/simulate.js'
import { startSimulator } from '../../src/simulator/start.js'
import type { SimulatorState } from '../../src/simulator/state.js'
import { frozen, hyg } from '../endpoints/reading.js'
import { Client, cookie, client as credentials, noon, options, resultOf } from './world.js'

const ana = { email: 'ana@example.com' }
const token = describeIdentityToken(hyg)

describe('laws of any request', () => {
  const name = fc.oneof(
    fc.constantFrom(
      'email',
      'userId',
      'id',
      'cookies',
      'firstName',
      'leadScore',
      'company',
      '__proto__',
      'constructor'
    ),
    fc.string()
  )
  const record = fc.dictionary(name, fc.oneof(fc.jsonValue(), fc.constantFrom('ana@example.com', cookie, 1, null)))
  const json = fc.record(
    {
      action: fc.constantFrom('createOrUpdate', 'createOnly', 'updateOnly', 'createDuplicate', 'x', 7),
      lookupField: fc.oneof(name, fc.jsonValue()),
      input: fc.oneof(fc.array(record, { maxLength: 4 }), fc.jsonValue()),
      partitionName: fc.oneof(fc.constantFrom('Default', 'EU'), fc.jsonValue()),
      formId: fc.constantFrom(1001, 9, 'x')
    },
    { requiredKeys: ['input'] }
  )
  const path = fc.oneof(
    fc.constantFrom(
      ['rest', 'v1', 'leads.json'],
      ['rest', 'v1', 'leads', 'submitForm.json'],
      ['rest', 'v1', 'activities', 'external.json'],
      ['rest', 'v1', 'leads', '1', 'associate.json'],
      ['rest', 'v1', 'leads', '1', 'merge.json'],
      ['bulk', 'v1', 'leads.json'],
      ['bulk', 'v1', 'leads', 'batch', '1.json'],
      ['bulk', 'v1', 'leads', 'batch', '1', 'failures.json'],
      ['subscriptions', hyg, 'persons'],
      ['identity', 'oauth', 'token'],
      ['webevents', 'visitWebPage'],
      ['rest', 'v1', 'nothing.json']
    ),
    fc.array(fc.string(), { maxLength: 5 })
  )
  const queryName = fc.constantFrom(
    'filterType',
    'filterValues',
    'fields',
    'cookie',
    'leadIds',
    'format',
    'lookupField',
    '_method',
    '_mchTk',
    '_mchId'
  )
  const query = fc.array(
    fc.tuple(
      fc.oneof(queryName, fc.string()),
      fc.oneof(fc.constantFrom('email', 'GET', '1', '2', 'csv', cookie, hyg), fc.string())
    ),
    { maxLength: 4 }
  )
  const plausible: fc.Arbitrary<SimulatorRequest> = fc.record({
    munchkinId: fc.constantFrom(hyg, '562-HYG-937'),
    host: fc.constantFrom('rest', 'identity', 'beacon', 'soap', 'bulk', 'ingestion'),
    method: fc.constantFrom('GET', 'POST', 'DELETE', 'x'),
    path,
    query,
    headers: fc
      .constantFrom<(bearer: string) => SimulatorRequest['headers']>(
        () => ({}),
        (bearer) => ({ authorization: `Bearer ${bearer}`, 'content-type': 'application/json' }),
        (bearer) => ({ 'x-mkto-user-token': bearer, 'content-type': 'application/json' }),
        (bearer) => ({ authorization: `Bearer ${bearer}`, 'content-type': 'multipart/form-data; boundary=b' }),
        () => ({ authorization: 'x' })
      )
      .map((make) => make(new Client().signIn().token)),
    body: fc.option(
      fc.oneof(
        json.map((value) => JSON.stringify(value)),
        json.map(({ input, ...rest }) => JSON.stringify({ ...rest, persons: input })),
        fc
          .string()
          .map((rows) => `--b\r\nContent-Disposition: form-data; name="file"\r\n\r\nemail,${rows}\r\n--b--\r\n`),
        fc.string()
      )
    ),
    inFlight: fc.nat({ max: 11 })
  })
  const faults = fc.array(
    fc.record({
      at: fc.oneof(
        fc.record({ call: fc.nat({ max: 5 }) }),
        fc.record({ probability: fc.double({ min: 0, max: 1, noNaN: true }) })
      ),
      kind: fc.constantFrom<FaultKind>(
        'timeout-before',
        'timeout-after',
        'html',
        '502',
        '606',
        'expired-token',
        '713',
        'skip-record'
      )
    }),
    { maxLength: 2 }
  )
  const signedIn = { ...options, leads: [{ fields: ana }, { fields: { userId: 'u1' } }], partitions: ['Default', 'EU'] }
  const story = fc.tuple(faults, fc.integer(), fc.array(fc.tuple(plausible, fc.nat({ max: 30_000 })), { maxLength: 8 }))

  /** The states and answers of a story, with something done to each state on the way. */
  const told = (
    [given, seed, steps]: readonly [ReadonlyArray<Fault>, number, ReadonlyArray<readonly [SimulatorRequest, number]>],
    between: (state: SimulatorState) => SimulatorState
  ) => {
    let state = between(
      simulate(startSimulator({ ...signedIn, seed, faults: given }), requestOf(token.descriptor, credentials), noon)[0]
    )
    let now = noon
    const answers = steps.map(([request, later]) => {
      now += later
      const [next, answer] = simulate(state, request, now)
      state = between(next)
      return answer
    })
    return { state, answers }
  }

  it('P1 P2 the same requests make the same story, also where the state is frozen all the way down', () => {
    fc.assert(
      fc.property(story, (given) => {
        expect(told(frozen(given), frozen)).toEqual(told(given, (state) => state))
      })
    )
  })

  it('P4 a simulated Marketo survives JSON at any moment, and goes on as if nothing had been', () => {
    fc.assert(
      fc.property(story, (given) => {
        const through = (state: SimulatorState): SimulatorState => JSON.parse(JSON.stringify(state))
        const kept = told(given, (state) => state)
        expect(told(given, through)).toEqual(kept)
        expect(through(kept.state)).toStrictEqual(kept.state)
        expect(JSON.parse(JSON.stringify(kept.answers))).toStrictEqual(kept.answers)
      })
    )
  })

  it('P3 any value in the place of a request gets an answer', () => {
    const member = fc.anything()
    const odd = fc.oneof(
      fc.anything(),
      fc.record({
        host: member,
        method: member,
        path: member,
        query: member,
        headers: member,
        body: member,
        inFlight: member,
        munchkinId: member
      }),
      fc.record({
        host: fc.constantFrom('rest', 'beacon'),
        method: fc.constant('POST'),
        path,
        query: member,
        headers: member,
        body: member
      }),
      fc.constant(
        new Proxy(
          {},
          {
            get: () => {
              throw new Error('a trap')
            }
          }
        )
      )
    )
    const call: (request: never, now: number) => ReturnType<typeof simulate> = (request, now) =>
      simulate(startSimulator(options), request, now)
    fc.assert(
      fc.property(odd, fc.double(), (request, now) => {
        // @ts-expect-error: what no caller of ours would send
        const [state, answer] = call(request, now)
        expect(answer?.status).toBeGreaterThanOrEqual(200)
        expect(JSON.parse(JSON.stringify(state))).toStrictEqual(state)
      })
    )
  })
})

describe('a token', () => {
  const seconds = (client: Client): unknown => Object(JSON.parse(String(client.call(token)?.body))).expires_in

  it('lives an hour, and asked again is the same with what is left', () => {
    const client = new Client().signIn()
    const first = client.token
    client.now += 3_599_500
    expect(seconds(client)).toBe(0)
    expect(client.signIn().token).toBe(first)
    client.now += 500
    expect(client.signIn().token).not.toBe(first)
    expect(seconds(client)).toBe(3600)
  })

  it.each([
    ['that is of nobody', 'x', '601'],
    ['with the number of ours', 'x-1:sim', '601'],
    ['of a later life', 'x-2:sim', '601']
  ])('%s is invalid', (_, text, code) => {
    const client = new Client().signIn()
    client.token = text
    expect(client.sync([ana])).toEqual({ errors: [code] })
  })

  it('that is over is expired, also when there is a newer one', () => {
    const client = new Client({ tokenSeconds: 60 }).signIn()
    const old = client.token
    client.now += 60_000
    expect(client.sync([ana])).toEqual({ errors: ['602'] })
    client.signIn()
    expect(client.sync([ana])).toEqual([{ id: 1, status: 'created' }])
    client.token = old
    expect(client.sync([ana])).toEqual({ errors: ['602'] })
  })

  it('is wanted by every REST call', () => {
    const client = new Client()
    expect(resultOf(client.rest('POST', 'leads.json', { headers: { authorization: '' } }))).toEqual({ errors: ['603'] })
  })

  it.each([
    ['a wrong secret', { clientSecret: 'x' }, 401, 'invalid_client'],
    ['no secret', {}, 401, 'invalid_client']
  ])('is not for %s', (_, wrong, status, error) => {
    const answer = new Client().send(requestOf(token.descriptor, { clientId: 'id', ...wrong }))
    expect(answer?.status).toBe(status)
    expect(JSON.parse(String(answer?.body))).toMatchObject({ error })
  })

  it('is not for another grant', () => {
    const answer = new Client().send({ ...requestOf({ ...token.descriptor, query: [] }, credentials) })
    expect(answer?.status).toBe(400)
  })
})

describe('how much an instance takes', () => {
  it('20 seconds hold so many calls, half-open', () => {
    const client = new Client({ callsPerWindow: 2 }).signIn()
    client.sync([ana])
    client.now += 10_000
    client.sync([ana])
    client.now += 9_999
    expect(client.sync([ana])).toEqual({ errors: ['606'] })
    client.now += 1
    expect(client.sync([ana])).toEqual([{ id: 1, status: 'updated' }])
    expect(client.sync([ana])).toEqual({ errors: ['606'] })
  })

  it('a day holds so many calls, and ends at midnight US Central', () => {
    const client = new Client({ callsPerDay: 1, tokenSeconds: 1e6 }, Date.UTC(2024, 4, 4, 4, 59, 0)).signIn()
    client.sync([ana])
    client.now += 59_999
    expect(client.sync([ana])).toEqual({ errors: ['607'] })
    expect(callsIn(client.state)).toMatchObject({ all: 3, byEndpoint: { identityToken: 1, syncLeads: 2 } })
    expect(callsIn(client.state).quota).toEqual({ day: '2024-05-03', used: 1 })
    client.now += 1
    expect(client.sync([ana])).toEqual([{ id: 1, status: 'updated' }])
  })

  it('refused calls and bad tokens count against nothing', () => {
    const client = new Client({ callsPerWindow: 2 }).signIn()
    const { token: good } = client
    client.token = 'x'
    for (let i = 0; i < 5; i += 1) client.sync([ana])
    client.token = good
    client.rest('DELETE', 'leads.json')
    client.rest('GET', 'nothing.json')
    client.sync([ana])
    expect(client.sync([ana])).toEqual({ errors: ['606'] })
    expect(callsIn(client.state).quota.used).toBe(2)
  })

  it('ten calls run at once', () => {
    const client = new Client().signIn()
    const send = (inFlight: number) =>
      client.send({
        host: 'rest',
        method: 'GET',
        path: ['rest', 'v1', 'leads.json'],
        query: [
          ['filterType', 'id'],
          ['filterValues', '1']
        ],
        headers: { authorization: `Bearer ${client.token}` },
        body: null,
        inFlight
      })
    expect(resultOf(JSON.parse(String(send(9)?.body)))).toEqual([])
    expect(resultOf(JSON.parse(String(send(10)?.body)))).toEqual({ errors: ['615'] })
  })

  it('calls of one moment are one entry of the window', () => {
    const client = new Client().signIn()
    for (const later of [0, 0, 5, 5, 5]) {
      client.now = noon + later
      client.sync([ana])
    }
    expect(client.state.window).toEqual([
      [noon, 2],
      [noon + 5, 3]
    ])
  })

  it('the days of US Central change at its midnight, near each change of its clocks', () => {
    const days = new Intl.DateTimeFormat('en-CA', { timeZone: 'America/Chicago' })
    const halfHour = 1_800_000
    for (let year = 2019; year < 2031; year += 1)
      for (const begin of [Date.UTC(year, 2, 7), Date.UTC(year, 10, 1)])
        for (let half = 0; half < 9 * 48; half += 1) {
          // Local midnight is at five or six.
          if (half % 48 < 9 || half % 48 > 13) continue
          const at = begin + half * halfHour
          expect([at, quotaDay(at)]).toEqual([at, days.format(at)])
        }
    expect(quotaDay(1e300)).toBe('')
  })

  it('the days of US Central are those of the tz database', () => {
    const day = new Intl.DateTimeFormat('en-CA', { timeZone: 'America/Chicago' })
    const at = fc.integer({ min: Date.UTC(2007, 0, 1), max: Date.UTC(2036, 11, 31) })
    const near = fc
      .tuple(
        fc.constantFrom(Date.UTC(2024, 2, 10), Date.UTC(2024, 10, 3), Date.UTC(2026, 2, 8), Date.UTC(2026, 10, 1)),
        fc.integer({ min: -48, max: 48 }),
        fc.integer({ min: 0, max: 3_599_999 })
      )
      .map(([when, hours, more]) => when + hours * 3_600_000 + more)
    fc.assert(
      fc.property(fc.oneof(at, near), (when) => {
        expect(quotaDay(when)).toBe(day.format(when))
      })
    )
  })
})

describe('a wrong request', () => {
  const json = { 'content-type': 'application/json' }
  // biome-ignore format: table
  it.each<[string, Partial<SimulatorRequest>, string]>([
    ['to a path of nobody',           { path: ['rest', 'v1', 'lead.json'] },           '610'],
    ['to a doubled /rest',            { path: ['rest', 'rest', 'v1', 'leads.json'] },  '610'],
    ['with a verb of nobody',         { method: 'DELETE' },                            '605'],
    ['without a content type',        { headers: {} },                                 '612'],
    ['with a form for JSON',          { headers: { 'content-type': 'application/x-www-form-urlencoded' } }, '612'],
    ['with half a body',              { body: '{"input":[' },                          '609'],
    ['with a list for a body',        { body: '[]' },                                  '609'],
    ['to another instance',           { munchkinId: '562-HYG-937' },                   '614']
  ])('%s', (_, changes, code) => {
    const client = new Client().signIn()
    const request = { host: 'rest', method: 'POST', path: ['rest', 'v1', 'leads.json'], query: [], headers: json, body: '{"input":[{"email":"a@b.c"}]}' } as const
    const changed: SimulatorRequest = { ...request, ...changes }
    const answer = client.send({ ...changed, headers: { authorization: `Bearer ${client.token}`, ...changed.headers } })
    expect(answer?.status).toBe(200)
    expect(resultOf(JSON.parse(String(answer?.body)))).toEqual({ errors: [code] })
  })

  // biome-ignore format: table
  it.each<[string, Partial<SimulatorRequest>, number]>([
    ['with too long a URL',      { query: [['filterValues', 'x'.repeat(8000)]] },  414],
    ['with too large a body',    { body: 'x'.repeat(1_000_001) },                  413],
    ['to the SOAP API',          { host: 'soap' },                                 404],
    ['to Data Ingestion',        { host: 'ingestion' },                            404],
    ['to another identity path', { host: 'identity', path: ['identity', 'x'] },    404],
    ['to another beacon',        { host: 'beacon', path: ['x', 'visitWebPage'] },  404]
  ])('%s', (_, changes, status) => {
    const client = new Client().signIn()
    const headers = { authorization: `Bearer ${client.token}`, ...json }
    expect(client.send({ host: 'rest', method: 'POST', path: ['rest', 'v1', 'leads.json'], query: [], headers, body: '{}', ...changes })?.status).toBe(status)
  })
})

describe('a fault', () => {
  const at = (call: number, kind: FaultKind): Partial<typeof options> => ({
    faults: [{ at: { call }, kind, endpoint: 'syncLeads' }]
  })
  const sent = (client: Client, input: ReadonlyArray<object> = [ana]) =>
    client.send({
      host: 'rest',
      method: 'POST',
      path: ['rest', 'v1', 'leads.json'],
      query: [],
      headers: { authorization: `Bearer ${client.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ input })
    })

  it('strikes its call and no other', () => {
    const client = new Client(at(2, '713')).signIn()
    expect([client.sync([ana]), client.sync([ana]), client.sync([ana])]).toEqual([
      [{ id: 1, status: 'created' }],
      { errors: ['713'] },
      [{ id: 1, status: 'updated' }]
    ])
  })

  it('before the effect: no answer, nothing done', () => {
    const client = new Client(at(1, 'timeout-before')).signIn()
    expect(sent(client)).toBeNull()
    expect(leadsIn(client.state)).toEqual([])
  })

  it('after the effect: no answer, all done', () => {
    const client = new Client(at(1, 'timeout-after')).signIn()
    expect(sent(client)).toBeNull()
    expect(leadsIn(client.state)).toHaveLength(1)
  })

  it.each(['502', '604', '606', '607', '611', '615', '713'] as const)(
    '%s is that code, and nothing is done',
    (kind) => {
      const client = new Client(at(1, kind)).signIn()
      expect(client.sync([ana])).toEqual({ errors: [kind] })
      expect(leadsIn(client.state)).toEqual([])
    }
  )

  it('of a gateway is a page of HTML', () => {
    const answer = sent(new Client(at(1, 'html')).signIn())
    expect([answer?.status, answer?.headers['content-type']]).toEqual([502, 'text/html'])
    expect(String(answer?.body)).toMatch(/^<html>/)
  })

  it('of the token ends its life, so that another is to be had', () => {
    const client = new Client(at(1, 'expired-token')).signIn()
    expect(client.sync([ana])).toEqual({ errors: ['602'] })
    expect(client.sync([ana])).toEqual({ errors: ['602'] })
    expect(client.signIn().sync([ana])).toEqual([{ id: 1, status: 'created' }])
  })

  it('of a record leaves out one, and no other', () => {
    const batch = Array.from({ length: 5 }, (_, i) => ({ email: `p${i}@example.com` }))
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const client = new Client({ ...at(1, 'skip-record'), seed }).signIn()
        const told = client.sync(batch)
        expect(Array.isArray(told) ? told.map((one) => Object(one).status).sort() : told).toEqual([
          'created',
          'created',
          'created',
          'created',
          'skipped'
        ])
        expect(leadsIn(client.state)).toHaveLength(4)
      })
    )
  })

  it('with a probability strikes about so often, until it ends', () => {
    const client = new Client({
      seed: 7,
      callsPerWindow: 1e6,
      faults: [{ at: { probability: 0.3, until: 1000 }, kind: '713', endpoint: 'syncLeads' }]
    }).signIn()
    const struck = Array.from({ length: 1200 }, () => !Array.isArray(client.sync([ana])))
    const count = struck.filter(Boolean).length
    expect(count).toBeGreaterThan(250)
    expect(count).toBeLessThan(350)
    expect(struck.slice(1000)).not.toContain(true)
  })

  it('certain strikes always, impossible never', () => {
    const sure = new Client({
      faults: [
        { at: { probability: 0 }, kind: '502' },
        { at: { probability: 1 }, kind: '713' }
      ]
    }).signIn()
    expect(sure.sync([ana])).toEqual({ errors: ['713'] })
  })

  it('with an end strikes up to that call, and not behind it', () => {
    const faults = [{ at: { probability: 1, until: 2 }, kind: '713', endpoint: 'syncLeads' }] as const
    const client = new Client({ faults }).signIn()
    expect([client.sync([ana]), client.sync([ana]), client.sync([ana])]).toEqual([
      { errors: ['713'] },
      { errors: ['713'] },
      [{ id: 1, status: 'created' }]
    ])
  })

  it('is the first of several that strike one call', () => {
    const at = { probability: 1 }
    const faults = [
      { at, kind: '713' },
      { at, kind: '606' }
    ] as const
    expect(new Client({ faults }).signIn().sync([ana])).toEqual({ errors: ['713'] })
  })

  it("in Marketo's envelope spares the identity endpoint and the beacons; a gateway's does not", () => {
    const given = { faults: [{ at: { probability: 1 }, kind: '606' }] } as const
    expect(new Client(given).signIn().token).not.toBe('undefined')
    const down = new Client({ faults: [{ at: { probability: 1 }, kind: '502' }] })
    expect(down.call(token)?.status).toBe(502)
    const query = [
      ['_mchId', hyg],
      ['_mchTk', 'x']
    ] as const
    const beacon = down.send({
      host: 'beacon',
      method: 'GET',
      path: ['webevents', 'visitWebPage'],
      query,
      headers: {},
      body: null
    })
    expect([beacon?.status, visitsIn(down.state)]).toEqual([502, []])
  })

  it('without an endpoint counts every call', () => {
    const client = new Client({ faults: [{ at: { call: 2 }, kind: '713' }] }).signIn()
    expect(client.sync([ana])).toEqual({ errors: ['713'] })
    expect(client.sync([ana])).toEqual([{ id: 1, status: 'created' }])
  })
})
