import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type CampaignRequest,
  describeRequestCampaign,
  interpretRequestCampaign
} from '../../src/endpoints/request-campaign.js'
import type { Call, HttpRequest } from '../../src/intent/descriptor.js'
import { campaignRequest } from '../arbitraries/intents.js'
import { batchOf, bytes, callsOf, frozen, hyg, jsonOf, ok, onlyCall, positionsOf, problemsOf } from './reading.js'

const plan = { name: '{{my.plan}}', value: 'Pro' }
const seats = { name: '{{my.seats}}', value: '7' }
const ana: CampaignRequest = { munchkinId: hyg, campaignId: 1003, leadId: 1042, tokens: [plan, seats] }

const inputOf = (call: Call<HttpRequest>): { readonly leads: ReadonlyArray<unknown>; readonly tokens?: unknown } =>
  Object(jsonOf(call)).input

const sorted = ({ tokens }: CampaignRequest) => [...tokens].sort((a, b) => (a.name < b.name ? -1 : 1))

const many = (count: number, more: object = {}): readonly [CampaignRequest, ...Array<CampaignRequest>] => [
  { ...ana, ...more },
  ...Array.from({ length: count - 1 }, (_, i) => ({ ...ana, ...more, leadId: 2000 + i }))
]

const tokens = (count: number, value = 'x') =>
  Array.from({ length: count }, (_, i) => ({ name: `{{my.token ${i}}}`, value }))

describe('D2 Request Campaign', () => {
  it('D2 P2 each lead stands in a call of its campaign and its tokens, once in a call', () => {
    fc.assert(
      fc.property(batchOf(campaignRequest), (requests) => {
        const described = describeRequestCampaign(frozen(requests))
        expect(positionsOf(described)).toEqual(requests.map((_, i) => i))
        for (const call of callsOf(described)) {
          const own = call.intents.flatMap((i) => requests[i] ?? [])
          expect(inputOf(call).leads).toEqual(own.map(({ leadId }) => ({ id: leadId })))
          expect(new Set(own.map(({ leadId }) => leadId)).size).toBe(own.length)
          for (const request of own) {
            expect(call.descriptor.munchkinId).toBe(request.munchkinId)
            expect(call.descriptor.path[3]).toBe(String(request.campaignId))
            expect(inputOf(call).tokens ?? []).toEqual(sorted(request))
          }
        }
      })
    )
  })

  it.each([
    [1, [1]],
    [100, [100]],
    [101, [100, 1]],
    [300, [100, 100, 100]]
  ])('D2 %i leads in calls of %j', (count, sizes) => {
    expect(callsOf(describeRequestCampaign(many(count))).map((call) => inputOf(call).leads.length)).toEqual(sizes)
  })

  it('D2 keeps a body within 1,000,000 bytes, its tokens counted', () => {
    const fit = callsOf(describeRequestCampaign(many(100, { tokens: tokens(99, 'x'.repeat(10_000)) })))
    expect(fit.flatMap(({ intents }) => intents)).toHaveLength(100)
    for (const call of fit) expect(bytes(JSON.stringify(jsonOf(call)))).toBeLessThanOrEqual(1_000_000)
    const none = describeRequestCampaign([{ ...ana, tokens: tokens(100, 'x'.repeat(10_000)) }])
    expect(problemsOf(none)).toMatchObject([{ found: 'a record that alone fills more than one request' }])
  })

  it('shares a call where tokens are equal, whatever their order, and nowhere else', () => {
    const described = describeRequestCampaign([
      ana,
      { ...ana, leadId: 2, tokens: [seats, plan] },
      { ...ana, leadId: 3, tokens: [plan] },
      { ...ana, leadId: 4, tokens: [] },
      { ...ana, leadId: 5, tokens: [{ ...plan, value: 'pro' }, seats] },
      ana
    ])
    expect(callsOf(described).map(({ intents }) => intents)).toEqual([[0, 1], [2], [3], [4], [5]])
  })
})

describe('Request Campaign, the documented call', () => {
  it('has an object as input, and leaves out tokens where there are none', () => {
    const { descriptor } = onlyCall(describeRequestCampaign([ana]))
    expect(descriptor).toEqual({
      _tag: 'HttpRequest',
      endpoint: 'requestCampaign',
      munchkinId: '561-HYG-937',
      host: 'rest',
      method: 'POST',
      path: ['rest', 'v1', 'campaigns', '1003', 'trigger.json'],
      query: [],
      headers: {},
      body: { json: { input: { leads: [{ id: 1042 }], tokens: [plan, seats] } } },
      auth: 'bearer',
      lifecycle: { status: 'live' }
    })
    expect(jsonOf(onlyCall(describeRequestCampaign([{ ...ana, tokens: [] }])))).toEqual({
      input: { leads: [{ id: 1042 }] }
    })
  })

  it('takes a hundred tokens', () => {
    expect(callsOf(describeRequestCampaign([{ ...ana, tokens: tokens(100) }]))).toHaveLength(1)
  })
})

describe('Request Campaign leaves unsent', () => {
  const named = (name: string) => ({ tokens: [plan, { name, value: 'secret' }] })
  // biome-ignore format: table
  it.each<[string, Partial<CampaignRequest>, object]>([
    ['a campaign numbered zero',   { campaignId: 0 },           { _tag: 'Malformed', at: ['campaignId'] }],
    ['a lead that is half',        { leadId: 1.5 },             { _tag: 'Malformed', at: ['leadId'] }],
    ['a hundred and one tokens',   { tokens: tokens(101) },     { _tag: 'Malformed', at: ['tokens'], found: 'too many tokens' }],
    ['a token named twice',        named('{{my.plan}}'),        { _tag: 'Conflict', at: ['tokens', 1, 'name'], with: ['tokens', 0, 'name'] }],
    ['a token without braces',     named('my.seats'),           { _tag: 'Malformed', at: ['tokens', 1, 'name'] }],
    ['a token that is not mine',   named('{{lead.Email}}'),     { _tag: 'Malformed', at: ['tokens', 1, 'name'] }],
    ['a token without a name',     named('{{my.}}'),            { _tag: 'Malformed', at: ['tokens', 1, 'name'] }],
    ['two tokens in one',          named('{{my.a}}{{my.b}}'),   { _tag: 'Malformed', at: ['tokens', 1, 'name'] }],
    ['a token with a blank ahead', named(' {{my.a}}'),          { _tag: 'Malformed', at: ['tokens', 1, 'name'] }]
  ])('%s', (_, wrong, problem) => {
    const described = describeRequestCampaign([ana, { ...ana, ...wrong }])
    expect(problemsOf(described)).toMatchObject([{ weight: 'invalid', ...problem }])
    expect(callsOf(described).map(({ intents }) => intents)).toEqual([[0]])
    expect(JSON.stringify(problemsOf(described))).not.toContain('secret')
  })
})

describe('Request Campaign, the answer', () => {
  const call = onlyCall(describeRequestCampaign([ana, { ...ana, leadId: 2 }]))
  const applied = (intent: number) => ({ _tag: 'Applied', intent, status: '', leadId: null, marketoGUID: null })

  it.each([
    ['names the campaign', { result: [{ id: 1003 }] }],
    ['names nothing', { result: [1003] }],
    ['has no result', {}]
  ])('that %s speaks for every lead', (_, body) => {
    expect(interpretRequestCampaign(call, ok({ requestId: 'r', success: true, ...body }))).toEqual({
      _tag: 'Accepted',
      requestId: 'r',
      warnings: [],
      outcomes: [applied(0), applied(1)]
    })
  })

  it('that gives reasons skips every lead', () => {
    const reasons = [{ code: '1004', message: 'no' }]
    const skipped = (intent: number) => ({ _tag: 'Skipped', intent, reasons, remedy: 'mend-record' })
    expect(interpretRequestCampaign(call, ok({ success: true, result: [{ id: 1003, reasons }] }))).toMatchObject({
      outcomes: [skipped(0), skipped(1)]
    })
    const unheard = { id: 1003, reasons: [{ code: '9999', message: 'no' }] }
    expect(interpretRequestCampaign(call, ok({ success: true, result: [unheard] }))).toMatchObject({
      outcomes: [{ remedy: 'mend-record' }, { remedy: 'mend-record' }]
    })
  })

  it.each([
    ['1003', 'mend-request'],
    ['1013', 'mend-request'],
    ['603', 'ask-administrator'],
    ['615', 'back-off']
  ])('%s refuses it, with the remedy %s', (code, remedy) => {
    const answer = ok({ success: false, errors: [{ code, message: 'no' }] })
    expect(interpretRequestCampaign(call, answer)).toMatchObject({ _tag: 'Refused', remedy })
  })

  it('P3 P4 is a verdict, whatever it is', () => {
    const result = fc.array(fc.oneof(fc.anything(), fc.record({ id: fc.anything(), reasons: fc.anything() })))
    const body = fc.oneof(fc.anything(), fc.record({ success: fc.constant(true), result }))
    fc.assert(
      fc.property(body, fc.constantFrom(200, 503), (body, status) => {
        const verdict = interpretRequestCampaign(call, { status, headers: {}, body })
        expect(['Accepted', 'Refused']).toContain(verdict._tag)
        expect(JSON.parse(JSON.stringify(verdict))).toStrictEqual(verdict)
        if (verdict._tag === 'Accepted') expect(verdict.outcomes.map(({ intent }) => intent)).toEqual([0, 1])
      })
    )
  })
})
