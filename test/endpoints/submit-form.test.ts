import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { describeSubmitForm, interpretSubmitForm } from '../../src/endpoints/submit-form.js'
import type { SubmitForm } from '../../src/intent/intent.js'
import { submitForm } from '../arbitraries/intents.js'
import { batchOf, bytes, callsOf, hyg, jsonOf, ok, onlyCall, problemsOf, recordsOf } from './reading.js'

const cookie = 'id:561-HYG-937&token:_mch-example.com-1374552656411-90718'

const form = (changes: Partial<SubmitForm> = {}): SubmitForm => ({
  _tag: 'SubmitForm',
  munchkinId: hyg,
  lead: { lookupField: 'email', value: 'ana@example.com' },
  formId: 1001,
  fields: { email: 'ana@example.com', firstName: 'Ana' },
  cookie,
  page: { url: 'https://www.example.com/pricing', params: 'plan=pro&seats=3' },
  userAgent: 'Mozilla/5.0',
  ip: '192.0.2.7',
  ...changes
})

describe('D2 Submit Form', () => {
  it('D2 makes one call of each form, one submission in it, in order', () => {
    fc.assert(
      fc.property(batchOf(submitForm), (forms) => {
        const calls = callsOf(describeSubmitForm(forms))
        expect(calls.map(({ intents }) => intents)).toEqual(forms.map((_, i) => [i]))
        for (const call of calls) expect(recordsOf(call)).toHaveLength(1)
      })
    )
  })

  it('leaves out nulls, and nothing else of the fields', () => {
    fc.assert(
      fc.property(submitForm, (one) => {
        const kept = Object.entries(one.fields).filter(([, value]) => value !== null)
        const [record] = recordsOf(onlyCall(describeSubmitForm([one])))
        expect(JSON.stringify(record)).toContain(
          JSON.stringify({ leadFormFields: Object.fromEntries(kept) }).slice(0, -1)
        )
      })
    )
  })

  it('D2 takes a body of 1,000,000 bytes and not one more', () => {
    const sized = (length: number) => form({ fields: { email: 'a@x', title: 't'.repeat(length) } })
    const frame = bytes(JSON.stringify(jsonOf(onlyCall(describeSubmitForm([sized(0)])))))
    expect(callsOf(describeSubmitForm([sized(1_000_000 - frame)]))).toHaveLength(1)
    expect(problemsOf(describeSubmitForm([sized(1_000_001 - frame)]))).toMatchObject([{ _tag: 'Malformed', at: [] }])
  })
})

describe('Submit Form, the documented call', () => {
  it('is a POST of form fields, visitor data and the raw cookie', () => {
    expect(onlyCall(describeSubmitForm([form()]))).toEqual({
      descriptor: {
        _tag: 'HttpRequest',
        endpoint: 'submitForm',
        munchkinId: '561-HYG-937',
        host: 'rest',
        method: 'POST',
        path: ['rest', 'v1', 'leads', 'submitForm.json'],
        query: [],
        headers: {},
        body: {
          json: {
            formId: 1001,
            input: [
              {
                leadFormFields: { email: 'ana@example.com', firstName: 'Ana' },
                visitorData: {
                  pageURL: 'https://www.example.com/pricing',
                  queryString: 'plan=pro&seats=3',
                  leadClientIpAddress: '192.0.2.7',
                  userAgentString: 'Mozilla/5.0'
                },
                cookie
              }
            ]
          }
        },
        auth: 'bearer',
        lifecycle: { status: 'live' }
      },
      intents: [0],
      slots: []
    })
  })

  it('has no visitor data and no cookie where none are known', () => {
    const bare = form({ cookie: null, page: null, userAgent: null, ip: null })
    expect(recordsOf(onlyCall(describeSubmitForm([bare])))).toEqual([
      { leadFormFields: { email: 'ana@example.com', firstName: 'Ana' } }
    ])
  })

  it.each(['2001:db8::1', '256.0.0.1', '1.2.3', '1.2.3.4.5', '1.2.3.4.', '01.2.3.4', '', 'localhost'])(
    'leaves out %j, which is no IPv4 address',
    (ip) => {
      const described = describeSubmitForm([form({ ip, page: null, userAgent: null })])
      expect(recordsOf(onlyCall(described))[0]).not.toHaveProperty('visitorData')
    }
  )

  it.each(['0.0.0.0', '255.255.255.255', '10.20.199.249', '192.168.1.100'])('sends the address %s', (ip) => {
    expect(recordsOf(onlyCall(describeSubmitForm([form({ ip })])))).toMatchObject([
      { visitorData: { leadClientIpAddress: ip } }
    ])
  })
})

describe('Submit Form leaves unsent', () => {
  it.each<[string, Partial<SubmitForm>, object]>([
    ['a form without an email', { fields: { firstName: 'Ana' } }, { _tag: 'Missing', at: ['fields', 'email'] }],
    ['a form whose email is empty', { fields: { email: '' } }, { _tag: 'Missing', at: ['fields', 'email'] }],
    ['a form whose email is null', { fields: { email: null } }, { _tag: 'Missing', at: ['fields', 'email'] }],
    [
      'a form whose email is a number',
      { fields: { email: 7 } },
      { _tag: 'Malformed', at: ['fields', 'email'], found: 'a number' }
    ],
    ['a form numbered zero', { formId: 0 }, { _tag: 'Malformed', at: ['formId'], found: 'a number' }],
    ['a form numbered by a fraction', { formId: 1.5 }, { _tag: 'Malformed', at: ['formId'] }],
    [
      'a value that JSON would turn into null',
      { fields: { email: 'a@x', leadScore: Number.NaN } },
      { _tag: 'Malformed', at: ['fields', 'leadScore'] }
    ]
  ])('%s', (_, changes, problem) => {
    const described = describeSubmitForm([form(), form(changes)])
    expect(problemsOf(described)).toMatchObject([{ weight: 'invalid', ...problem }])
    expect(callsOf(described).map(({ intents }) => intents)).toEqual([[0]])
  })
})

describe('Submit Form, the answer', () => {
  const call = onlyCall(describeSubmitForm([form()]))

  it('tells the lead (the documented sample)', () => {
    expect(
      interpretSubmitForm(call, ok({ requestId: 'r', success: true, result: [{ id: 1042, status: 'updated' }] }))
    ).toEqual({
      _tag: 'Accepted',
      requestId: 'r',
      warnings: [],
      outcomes: [{ _tag: 'Applied', intent: 0, status: 'updated', leadId: 1042, marketoGUID: null }]
    })
  })

  it('asks to mend the record when the form does not take it, though the whole answer says so', () => {
    const errors = [{ code: '1003', message: 'Form validation failed' }]
    expect(interpretSubmitForm(call, ok({ success: false, errors }))).toMatchObject({
      _tag: 'Refused',
      remedy: 'mend-record'
    })
  })
})
