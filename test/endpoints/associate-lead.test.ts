import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { describeAssociateLead, interpretAssociateLead } from '../../src/endpoints/associate-lead.js'
import { derivedToken } from '../../src/endpoints/derived-token.js'
import type { LeadRef, WithLead } from '../../src/endpoints/lead-ref.js'
import { requestUri, uriBytes } from '../../src/endpoints/request-uri.js'
import type { AssociateCookie } from '../../src/intent/intent.js'
import { associateCookie, leadId } from '../arbitraries/intents.js'
import { batchOf, callsOf, hyg, ok, onlyCall, positionsOf, problemsOf } from './reading.js'

const cookie = 'id:561-HYG-937&token:_mch-example.com-1374552656411-90718'

const associate = (
  changes: Partial<AssociateCookie> = {},
  lead: LeadRef = { leadId: 1042 }
): WithLead<AssociateCookie> => ({
  intent: {
    _tag: 'AssociateCookie',
    munchkinId: hyg,
    lead: { lookupField: 'email', value: 'ana@example.com' },
    visitor: { _tag: 'Cookie', cookie },
    ...changes
  },
  lead
})

const leadRef: fc.Arbitrary<LeadRef> = fc.oneof(
  leadId.map((number) => ({ leadId: number })),
  fc.constant({ step: 1, pick: ['result', 0, 'id'] })
)

describe('D2 Associate Lead', () => {
  it('D2 makes one call of each cookie, within 8,000 bytes of URL even with the longest number', () => {
    fc.assert(
      fc.property(batchOf(fc.record({ intent: associateCookie, lead: leadRef })), (batch) => {
        const described = describeAssociateLead(batch)
        expect(positionsOf(described)).toEqual(batch.map((_, i) => i))
        expect(callsOf(described).map(({ intents }) => intents)).toEqual(batch.map((_, i) => [i]))
        for (const { descriptor } of callsOf(described)) {
          const longest = {
            ...descriptor,
            path: descriptor.path.map((part, i) => (i === 3 ? '9007199254740991' : part))
          }
          expect(uriBytes(longest)).toBeLessThanOrEqual(8_000)
        }
      })
    )
  })

  it('D2 takes the longest cookie that there is', () => {
    const cookie = `id:561-HYG-937&token:_mch-${'d'.repeat(253)}-${'9'.repeat(16)}-90718`
    const { descriptor } = onlyCall(describeAssociateLead([associate({ visitor: { _tag: 'Cookie', cookie } })]))
    expect(uriBytes(descriptor)).toBeLessThan(500)
  })
})

describe('Associate Lead, the documented call', () => {
  it('is a POST with the cookie in the query, its & to be encoded, and an explicit empty body', () => {
    const { descriptor, intents, slots } = onlyCall(describeAssociateLead([associate()]))
    expect(descriptor).toEqual({
      _tag: 'HttpRequest',
      endpoint: 'associateLead',
      munchkinId: '561-HYG-937',
      host: 'rest',
      method: 'POST',
      path: ['rest', 'v1', 'leads', '1042', 'associate.json'],
      query: [['cookie', cookie]],
      headers: {},
      body: { text: '', type: 'application/json' },
      auth: 'bearer',
      lifecycle: { status: 'live' }
    })
    expect([intents, slots]).toEqual([[0], []])
    expect(requestUri(descriptor)).toBe(
      '/rest/v1/leads/1042/associate.json?cookie=id%3A561-HYG-937%26token%3A_mch-example.com-1374552656411-90718'
    )
  })

  it('leaves the place in the path empty where an answer tells the lead', () => {
    const call = onlyCall(describeAssociateLead([associate({}, { step: 2, pick: ['result', 0, 'id'] })]))
    expect(call.descriptor.path).toEqual(['rest', 'v1', 'leads', '', 'associate.json'])
    expect(call.slots).toEqual([{ at: ['path', 3], step: 2, pick: ['result', 0, 'id'] }])
  })

  it('prints the cookie in its canonical form, however the browser or the customer spelled it', () => {
    const spelled = {
      _tag: 'Cookie',
      cookie: '_mkto_trk=id%3A561-hyg-937%26token%3A_mch-example.com-1374552656411-90718'
    } as const
    expect(onlyCall(describeAssociateLead([associate({ visitor: spelled })])).descriptor.query).toEqual([
      ['cookie', cookie]
    ])
  })

  it('associates the derived visitor where there is no cookie', () => {
    const lead = { lookupField: 'email', value: 'ana@example.com' }
    expect(onlyCall(describeAssociateLead([associate({ visitor: { _tag: 'Derived' } })])).descriptor.query).toEqual([
      ['cookie', `id:561-HYG-937&token:${derivedToken(hyg, lead)}`]
    ])
  })
})

describe('Associate Lead leaves unsent', () => {
  it.each<[string, WithLead<AssociateCookie>, object]>([
    [
      'a cookie that is none',
      associate({ visitor: { _tag: 'Cookie', cookie: 'x' } }),
      { _tag: 'Malformed', at: ['visitor', 'cookie'], found: 'text' }
    ],
    [
      "another instance's cookie",
      associate({ visitor: { _tag: 'Cookie', cookie: cookie.replace('561-HYG-937', '123-ABC-456') } }),
      { _tag: 'Conflict', at: ['visitor', 'cookie'], with: ['munchkinId'] }
    ],
    ['a lead numbered zero', associate({}, { leadId: 0 }), { _tag: 'Malformed', at: ['leadId'] }]
  ])('%s', (_, wrong, problem) => {
    const described = describeAssociateLead([associate(), wrong, associate()])
    expect(problemsOf(described)).toMatchObject([{ weight: 'invalid', ...problem }])
    expect(callsOf(described).map(({ intents }) => intents)).toEqual([[0], [2]])
  })
})

describe('Associate Lead, the answer', () => {
  const call = onlyCall(describeAssociateLead([associate()]))

  it.each([
    ['without a result (the documented sample)', { requestId: 'e42b#14272d07d78', success: true }],
    ['with an empty one', { requestId: 'e42b#14272d07d78', success: true, result: [] }]
  ])('%s is success, in no word of Marketo', (_, body) => {
    expect(interpretAssociateLead(call, ok(body))).toEqual({
      _tag: 'Accepted',
      requestId: 'e42b#14272d07d78',
      warnings: [],
      outcomes: [{ _tag: 'Applied', intent: 0, status: '', leadId: null, marketoGUID: null }]
    })
  })

  it('should it have a result, its reasons count, and its number is the lead’s', () => {
    const written = ok({ success: true, result: [{ id: 7, status: 'updated' }] })
    expect(interpretAssociateLead(call, written)).toMatchObject({
      outcomes: [{ _tag: 'Applied', status: 'updated', leadId: 7 }]
    })
    const result = [{ id: 1, reasons: [{ code: '1012', message: 'Invalid cookie value' }] }]
    expect(interpretAssociateLead(call, ok({ success: true, result }))).toMatchObject({
      outcomes: [{ _tag: 'Skipped', intent: 0, reasons: [{ code: '1012' }], remedy: 'mend-record' }]
    })
  })

  it('carries warnings', () => {
    expect(interpretAssociateLead(call, ok({ success: true, warnings: ['slow'] }))).toMatchObject({
      warnings: [{ code: '', message: 'slow' }]
    })
  })

  it('is a refusal when the cookie is refused', () => {
    const errors = [{ code: '1012', message: 'Invalid cookie value' }]
    expect(interpretAssociateLead(call, ok({ requestId: 'r', success: false, errors }))).toEqual({
      _tag: 'Refused',
      requestId: 'r',
      reasons: errors,
      remedy: 'mend-record',
      retryAfter: null
    })
  })
})
