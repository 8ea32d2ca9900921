/** Cookies, page views, merging. */
import { describe, expect, it } from 'vitest'
import { describeVisitWebPage } from '../../src/endpoints/index.js'
import { activitiesIn, leadIn, leadsIn, visitsIn } from '../../src/simulator/reading.js'
import { callsOf, hyg } from '../endpoints/reading.js'
import { Client, cookie, noon, otherCookie, resultOf } from './world.js'

const three = {
  leads: [
    { fields: { email: 'ana@example.com' } },
    { fields: { email: 'bo@example.com', firstName: 'Bo', lastName: 'Lund' }, cookies: [otherCookie] },
    { fields: { email: 'cy@example.com', firstName: 'Cy' } }
  ]
}

const associate = (client: Client, id: string, value = cookie) =>
  client.rest('POST', `leads/${id}/associate.json`, { query: value === '' ? [] : [['cookie', value]] })

const visit = (client: Client, path: string, munchkinId = hyg) => {
  const [call] = callsOf(
    describeVisitWebPage([
      {
        _tag: 'VisitPage',
        munchkinId,
        lead: { lookupField: 'email', value: 'ana@example.com' },
        visitor: { _tag: 'Cookie', cookie },
        page: { origin: 'https://example.com', path, params: 'a=1&b=2', fragment: '' },
        referrer: 'https://example.org/',
        userAgent: 'Mozilla/5.0',
        ip: null,
        at: noon
      }
    ])
  )
  return call === undefined ? undefined : client.call(call)
}

describe('a visit', () => {
  it('is answered with 200, and anonymous until its browser is known', () => {
    const client = new Client(three).signIn()
    expect(visit(client, '/a')?.status).toBe(200)
    expect(visitsIn(client.state)).toEqual([
      {
        id: 1,
        leadId: null,
        token: '_mch-example.com-1374552656411-90718',
        url: 'https://example.com/a?a=1&b=2',
        referrer: 'https://example.org/',
        at: '2024-05-03T10:00:00Z'
      }
    ])
  })

  it('is of the address that its pairs name, if it names a browser', () => {
    const client = new Client(three)
    const send = (pairs: Readonly<Record<string, string>>, event = 'visitWebPage') =>
      client.send({
        host: 'beacon',
        method: 'GET',
        path: ['webevents', event],
        query: Object.entries({ _mchId: hyg, _mchPc: 'https:', _mchHo: 'example.com', _mchRu: '/a', ...pairs }),
        headers: {},
        body: null
      })
    expect(send({ _mchTk: 'x' })).toEqual({ status: 200, headers: { 'content-type': 'text/plain' }, body: 'OK' })
    send({ _mchTk: 'x', _mchPo: '8080', _mchQp: 'b=1__-__c=2', _mchHa: '#top' })
    send({ _mchTk: '' })
    send({})
    expect(visitsIn(client.state).map(({ url }) => url)).toEqual([
      'https://example.com/a',
      'https://example.com:8080/a?b=1&c=2#top'
    ])
    expect(String(send({}, 'nothing')?.body)).toContain('Not Found')
  })

  it("becomes the first lead's that gets the browser; a later lead gets what comes later", () => {
    const client = new Client(three).signIn()
    visit(client, '/a')
    associate(client, '1')
    visit(client, '/b')
    associate(client, '2')
    visit(client, '/c')
    expect(visitsIn(client.state).map(({ leadId }) => leadId)).toEqual([1, 1, 2])
  })

  it('to another instance is nothing to this one', () => {
    const client = new Client(three)
    const answer = client.send({
      host: 'beacon',
      method: 'GET',
      path: ['webevents', 'visitWebPage'],
      query: [
        ['_mchId', '562-HYG-937'],
        ['_mchTk', 'x']
      ],
      headers: {},
      body: null
    })
    expect(answer?.status).toBe(200)
    expect(visitsIn(client.state)).toEqual([])
  })

  it.each([
    ['clickLink', 200],
    ['associateLead', 200],
    ['nothing', 404]
  ])('%s is answered with %i, and is none', (event, status) => {
    const client = new Client(three)
    const query = [
      ['_mchId', hyg],
      ['_mchTk', 'x']
    ] as const
    expect(
      client.send({ host: 'beacon', method: 'GET', path: ['webevents', event], query, headers: {}, body: null })?.status
    ).toBe(status)
    expect(visitsIn(client.state)).toEqual([])
  })
})

describe('a cookie', () => {
  it("becomes a lead's, and is answered without a result", () => {
    const client = new Client(three).signIn()
    expect(associate(client, '1')).toEqual({ requestId: '2#simulated', success: true })
    expect(leadIn(client.state, 1)?.cookies).toEqual([cookie])
    associate(client, '1')
    expect(leadIn(client.state, 1)?.cookies).toEqual([cookie])
  })

  it.each([
    ['of nobody', '9', cookie, '1004'],
    ['whose number is none', 'x', cookie, '1004'],
    ['without a cookie', '1', '', '1002'],
    ['with a cut cookie', '1', 'id:561-HYG-937', '1012'],
    ['with a cookie of elsewhere', '1', cookie.replace('561', '562'), '1012']
  ])('for a lead %s is refused', (_, id, value, code) => {
    expect(resultOf(associate(new Client(three).signIn(), id, value))).toEqual({ errors: [code] })
  })
})

const merge = (client: Client, id: string, leadIds: string) =>
  client.rest('POST', `leads/${id}/merge.json`, { query: [['leadIds', leadIds]] })

describe('merging', () => {
  it('fills what the winner lacks, in the order of the losers, and moves what is theirs', () => {
    const client = new Client({ ...three, forms: [{ id: 7, fields: ['email'] }] }).signIn()
    client.rest('POST', 'leads/submitForm.json', {
      json: { formId: 7, input: [{ leadFormFields: { email: 'cy@example.com' } }] }
    })
    expect(merge(client, '1', '2,3')).toMatchObject({ success: true })
    expect(leadsIn(client.state)).toMatchObject([
      { id: 1, cookies: [otherCookie], fields: { email: 'ana@example.com', firstName: 'Bo', lastName: 'Lund' } }
    ])
    expect(activitiesIn(client.state).map(({ leadId }) => leadId)).toEqual([1])
    const query = [
      ['filterType', 'cookies'],
      ['filterValues', otherCookie],
      ['fields', 'id']
    ] as const
    expect(resultOf(client.rest('GET', 'leads.json', { query }))).toEqual([{ id: 1 }])
    expect(client.sync([{ email: 'bo@example.com' }])).toEqual([{ id: 4, status: 'created' }])
  })

  it("chains: what was merged into a loser is the last winner's", () => {
    const client = new Client(three).signIn()
    associate(client, '3')
    visit(client, '/a')
    merge(client, '2', '3')
    merge(client, '1', '2')
    expect(visitsIn(client.state).map(({ leadId }) => leadId)).toEqual([1])
  })

  it.each([
    ['nobody', '1', '', '1002'],
    ['26 leads', '1', Array.from({ length: 26 }, (_, i) => i + 2).join(','), '1080'],
    ['a winner of nobody', '9', '1', '1004'],
    ['a loser of nobody', '1', '2,9', '1004'],
    ['a lead with itself', '1', '2,1', '1003']
  ])('%s is refused, and nothing happens', (_, id, leadIds, code) => {
    const client = new Client(three).signIn()
    expect(resultOf(merge(client, id, leadIds))).toEqual({ errors: [code] })
    expect(leadsIn(client.state)).toHaveLength(3)
  })
})
