import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { describeGetLeads, interpretGetLeads, type LeadQuestion } from '../../src/endpoints/get-leads.js'
import { uriBytes } from '../../src/endpoints/request-uri.js'
import { encodePairs } from '../../src/ground/uri.js'
import type { Call, HttpRequest } from '../../src/intent/descriptor.js'
import { anyText, leadKey, munchkinId } from '../arbitraries/intents.js'
import { batchOf, bytes, callsOf, hyg, id, ok, onlyCall, positionsOf, problemsOf, unsentOf } from './reading.js'

const question: fc.Arbitrary<LeadQuestion> = fc.record({ munchkinId, lead: leadKey })
const about = (value: string | number, lookupField = 'email'): LeadQuestion => ({
  munchkinId: hyg,
  lead: { lookupField, value }
})

const pairsOf = ({ descriptor: { query, body } }: Call<HttpRequest>) =>
  new Map(body !== null && 'form' in body ? body.form : query)
const valuesOf = (call: Call<HttpRequest>): ReadonlyArray<string> =>
  (pairsOf(call).get('filterValues') ?? '').split(',')

describe('D2 Get Leads', () => {
  it('D2 asks each question once, in calls of at most 300 values, 8,000 bytes of URL and 1,000,000 of form', () => {
    fc.assert(
      fc.property(batchOf(question, 40), (questions) => {
        const described = describeGetLeads(questions)
        expect(positionsOf(described)).toEqual(questions.map((_, i) => i))
        expect(unsentOf(described)).toEqual([])
        for (const call of callsOf(described)) {
          const { descriptor, intents } = call
          expect(intents.length).toBeLessThanOrEqual(300)
          expect([...intents].sort((a, b) => a - b)).toEqual(intents)
          expect(uriBytes(descriptor)).toBeLessThanOrEqual(8_000)
          expect(valuesOf(call)).toEqual(intents.map((i) => String(questions[i]?.lead.value)))
          for (const i of intents) {
            expect(questions[i]?.munchkinId).toBe(descriptor.munchkinId)
            expect(questions[i]?.lead.lookupField).toBe(pairsOf(call).get('filterType'))
          }
        }
        const groups = callsOf(described).map(
          (call) => `${call.descriptor.munchkinId} ${pairsOf(call).get('filterType')}`
        )
        expect(new Set(groups).size).toBe(groups.length)
      })
    )
  })

  it('D2 becomes a POST exactly where the URL would be too long, and says the same there', () => {
    const long = fc.array(fc.stringMatching(/^[a-z@é]{30,60}$/), { minLength: 20, maxLength: 200 })
    fc.assert(
      fc.property(long, ([first = 'a', ...rest]) => {
        const { descriptor } = onlyCall(describeGetLeads([about(first), ...rest.map((value) => about(value))]))
        const pairs = [
          ['filterType', 'email'],
          ['filterValues', [first, ...rest].join(',')],
          ['fields', 'id,email']
        ] as const
        const short = uriBytes({ ...descriptor, query: pairs }) <= 8_000
        expect(descriptor.method).toBe(short ? 'GET' : 'POST')
        expect(descriptor.query).toEqual(short ? pairs : [['_method', 'GET']])
        expect(descriptor.body).toEqual(short ? null : { form: pairs })
      })
    )
  })

  const padded = (spare: number) => {
    const value = (length: number) => 'v'.repeat(length)
    const base = uriBytes(onlyCall(describeGetLeads([about(value(1))])).descriptor)
    return about(value(8_000 - base + 1 + spare))
  }

  it('D2 sends a URL of 8,000 bytes, and a form at 8,001', () => {
    expect(onlyCall(describeGetLeads([padded(0)])).descriptor.method).toBe('GET')
    expect(onlyCall(describeGetLeads([padded(1)])).descriptor.method).toBe('POST')
  })

  it('D2 counts the apostrophe as the three bytes that a URL parser makes of it', () => {
    const apostrophes = about("'".repeat(2_700))
    expect(onlyCall(describeGetLeads([apostrophes])).descriptor.method).toBe('POST')
  })

  it.each([
    [300, [300]],
    [301, [300, 1]]
  ])('D2 asks for %i values in calls of %j', (count, sizes) => {
    const [first, ...rest] = Array.from({ length: count }, (_, i) => about(i, 'customerNumber__c'))
    expect(callsOf(describeGetLeads([first ?? about(1), ...rest])).map(({ intents }) => intents.length)).toEqual(sizes)
  })

  it('D2 fills a form to its last byte, and leaves unsent what no form can hold', () => {
    const frame = bytes(
      encodePairs([
        ['filterType', 'email'],
        ['filterValues', ''],
        ['fields', 'id,email']
      ])
    )
    const sized = (length: number) => about('v'.repeat(length))
    const full = onlyCall(describeGetLeads([sized(1_000_000 - frame)])).descriptor.body
    expect(full !== null && 'form' in full && bytes(encodePairs(full.form))).toBe(1_000_000)
    const described = describeGetLeads([about('a'), sized(1_000_001 - frame), about('b')])
    expect(problemsOf(described)).toMatchObject([{ _tag: 'Malformed', weight: 'invalid', at: ['lead', 'value'] }])
    expect(callsOf(described).map(({ intents }) => intents)).toEqual([[0, 2]])
    // Two halves and the three bytes of an encoded comma.
    const half = 500_000 - Math.ceil(frame / 2)
    expect(callsOf(describeGetLeads([sized(half - 3), sized(half)])).map(({ intents }) => intents)).toEqual([[0, 1]])
    expect(callsOf(describeGetLeads([sized(half), sized(half)])).map(({ intents }) => intents)).toEqual([[0], [1]])
  })
})

describe('U1 Get Leads leaves unsent what its list of values cannot say', () => {
  it.each<[string, LeadQuestion, object]>([
    ['a comma among the values', about('a,b'), { at: ['lead', 'value'], found: 'text with a comma' }],
    ['an empty value', about(''), { at: ['lead', 'value'], found: 'empty text' }],
    ['a blank value', about(' \t'), { at: ['lead', 'value'], found: 'blank text' }],
    ['half a surrogate pair', about('a\ud83d'), { at: ['lead', 'value'], found: 'text with half a surrogate pair' }],
    ['a number that is none', about(Number.NaN), { at: ['lead', 'value'], found: 'a number that is not finite' }],
    ['a comma in the field', about('a', 'email,id'), { at: ['lead', 'lookupField'], found: 'text with a comma' }],
    ['an empty field', about('a', ''), { at: ['lead', 'lookupField'], found: 'empty text' }]
  ])('%s', (_, wrong, problem) => {
    const described = describeGetLeads([about('x'), wrong, about('y')])
    expect(problemsOf(described)).toMatchObject([{ _tag: 'Malformed', weight: 'invalid', ...problem }])
    expect(callsOf(described).map(({ intents }) => intents)).toEqual([[0, 2]])
  })

  it.each<[string, ReadonlyArray<string>, object]>([
    ['a comma in a further field', ['firstName', 'a,b'], { at: ['fields', 1], found: 'text with a comma' }],
    ['an empty one', [''], { at: ['fields', 0], found: 'empty text' }],
    ['half a surrogate pair in one', ['\ud83d'], { at: ['fields', 0], found: 'text with half a surrogate pair' }]
  ])('%s, and then nothing is asked', (_, fields, problem) => {
    const described = describeGetLeads([about('x'), about('y')], fields)
    expect(callsOf(described)).toEqual([])
    expect(problemsOf(described)).toMatchObject([problem, problem])
  })

  it('U1 any other text is one value of the list', () => {
    fc.assert(
      fc.property(anyText, (value) => {
        const described = describeGetLeads([about(value)])
        for (const call of callsOf(described)) expect(valuesOf(call)).toEqual([value])
        expect(callsOf(described).length + unsentOf(described).length).toBe(1)
      })
    )
  })
})

describe('Get Leads, the documented call', () => {
  it('is a GET of field, values and the fields to tell them apart by', () => {
    expect(onlyCall(describeGetLeads([about('ana@example.com'), about('bo@example.com')]))).toEqual({
      descriptor: {
        _tag: 'HttpRequest',
        endpoint: 'getLeadsByFilter',
        munchkinId: '561-HYG-937',
        host: 'rest',
        method: 'GET',
        path: ['rest', 'v1', 'leads.json'],
        query: [
          ['filterType', 'email'],
          ['filterValues', 'ana@example.com,bo@example.com'],
          ['fields', 'id,email']
        ],
        headers: {},
        body: null,
        auth: 'bearer',
        lifecycle: { status: 'live' }
      },
      intents: [0, 1],
      slots: []
    })
  })

  it('is a POST with _method in the URL and the rest as a form, where the URL would be too long', () => {
    const { descriptor } = onlyCall(describeGetLeads([about('v'.repeat(8_000))]))
    expect(descriptor).toMatchObject({
      method: 'POST',
      path: ['rest', 'v1', 'leads.json'],
      query: [['_method', 'GET']],
      auth: 'bearer'
    })
  })

  it('names the field once when it is the number', () => {
    expect(onlyCall(describeGetLeads([about(1042, 'id')])).descriptor.query).toEqual([
      ['filterType', 'id'],
      ['filterValues', '1042'],
      ['fields', 'id']
    ])
  })

  it('asks for further fields, each once', () => {
    const [email, number] = callsOf(
      describeGetLeads([about('a@x'), about(1042, 'id')], ['firstName', 'email', 'id', 'userId', 'firstName'])
    )
    expect(email?.descriptor.query).toContainEqual(['fields', 'id,email,firstName,userId'])
    expect(number?.descriptor.query).toContainEqual(['fields', 'id,firstName,email,userId'])
  })

  it('is a POST, too, where it is the fields that make the URL too long', () => {
    const { descriptor } = onlyCall(describeGetLeads([about('a@x')], ['f'.repeat(8_000)]))
    expect([descriptor.method, descriptor.query]).toEqual(['POST', [['_method', 'GET']]])
    const form = descriptor.body !== null && 'form' in descriptor.body ? descriptor.body.form : []
    expect(form[2]?.[1] === `id,email,${'f'.repeat(8_000)}`).toBe(true)
  })

  it('asks each instance and each field apart', () => {
    const described = describeGetLeads([
      about('a'),
      about('u1', 'userId'),
      { ...about('b'), munchkinId: id('123-ABC-456') },
      about('c')
    ])
    expect(callsOf(described).map(({ intents }) => intents)).toEqual([[0, 3], [1], [2]])
  })
})

describe('Get Leads, the answer', () => {
  const ask = (...values: ReadonlyArray<string | number>) => {
    const [first = '', ...rest] = values
    return onlyCall(describeGetLeads([about(first), ...rest.map((value) => about(value))]))
  }
  const outcomes = (call: Call<HttpRequest>, body: object) => {
    const verdict = interpretGetLeads(call, ok({ success: true, ...body }))
    return verdict._tag === 'Accepted' ? verdict.outcomes : verdict
  }
  const found = (intent: number, leadIds: ReadonlyArray<number>, complete = true) => ({
    _tag: 'LeadsFound',
    intent,
    leadIds,
    leads: leadIds.map((leadId) => ({ leadId, fields: expect.anything() })),
    complete
  })
  const unanswered = (intent: number) => ({ _tag: 'Unanswered', intent })

  it('gives each key its leads: none, one, several, in the order told', () => {
    const result = [
      { id: 3, email: 'bo@x' },
      { id: 1, email: 'ana@x' },
      { id: 2, email: 'bo@x' }
    ]
    expect(
      interpretGetLeads(ask('ana@x', 'bo@x', 'cy@x'), ok({ requestId: 'r', success: true, warnings: ['w'], result }))
    ).toEqual({
      _tag: 'Accepted',
      requestId: 'r',
      warnings: [{ code: '', message: 'w' }],
      outcomes: [found(0, [1]), found(1, [3, 2]), found(2, [])]
    })
  })

  it('compares emails without regard to case and blanks', () => {
    expect(outcomes(ask('Ana@X', 'bo@x'), { result: [{ id: 1, email: 'ana@x ' }] })).toEqual([
      found(0, [1]),
      found(1, [])
    ])
  })

  it('prefers the exact spelling of other keys, and takes another where there is none', () => {
    const call = onlyCall(describeGetLeads([about('U1', 'userId'), about('u1', 'userId'), about('U2', 'userId')]))
    const result = [
      { id: 1, userId: 'U1' },
      { id: 2, userId: 'u2 ' }
    ]
    expect(outcomes(call, { result })).toEqual([found(0, [1]), found(1, []), found(2, [2])])
  })

  it('matches numbers, sent as text', () => {
    const call = onlyCall(describeGetLeads([about(7, 'customerNumber__c'), about(8, 'customerNumber__c')]))
    expect(
      outcomes(call, {
        result: [
          { id: 1, customerNumber__c: 8 },
          { id: 2, customerNumber__c: '7' }
        ]
      })
    ).toEqual([found(0, [2]), found(1, [1])])
  })

  it('tells what each lead holds in the fields that were asked for, null where it holds nothing', () => {
    const fields = ['firstName', 'leadScore', 'vip__c', '__proto__', 'id']
    const call = onlyCall(describeGetLeads([about('a@x'), about('b@x')], fields))
    const result = [
      { id: 2, email: 'b@x', firstName: 'Bo', leadScore: 0, vip__c: false, other: 1 },
      { id: 1, email: 'A@x', firstName: null, leadScore: { odd: true } }
    ]
    const none = ['firstName', 'leadScore', 'vip__c', '__proto__'].map((name) => [name, null])
    expect(outcomes(call, { result })).toEqual([
      { ...found(0, [1]), leads: [{ leadId: 1, fields: Object.fromEntries([['email', 'A@x'], ...none]) }] },
      {
        ...found(1, [2]),
        leads: [
          {
            leadId: 2,
            fields: Object.fromEntries([
              ['email', 'b@x'],
              ['firstName', 'Bo'],
              ['leadScore', 0],
              ['vip__c', false],
              ['__proto__', null]
            ])
          }
        ]
      }
    ])
  })

  it('tells no field but the one looked up by where no other was asked for', () => {
    expect(outcomes(ask('a@x', 'b@x'), { result: [{ id: 1, email: 'a@x', firstName: 'Ana' }] })).toMatchObject([
      { leads: [{ leadId: 1, fields: { email: 'a@x' } }] },
      { leads: [] }
    ])
  })

  it('gives both the leads of a value that was asked twice', () => {
    expect(outcomes(ask('a@x', 'a@x'), { result: [{ id: 1, email: 'a@x' }] })).toEqual([found(0, [1]), found(1, [1])])
  })

  it('gives a single question every lead of the answer, whatever its field holds', () => {
    expect(outcomes(ask('a@x'), { result: [{ id: 1, email: null }, { id: 2 }] })).toEqual([found(0, [1, 2])])
    expect(outcomes(ask('a@x'), { result: [] })).toEqual([found(0, [])])
  })

  it.each<[string, object]>([
    [
      'a lead that fits no question',
      {
        result: [
          { id: 1, email: 'a@x' },
          { id: 2, email: 'z@x' }
        ]
      }
    ],
    ['a lead without the field', { result: [{ id: 1, email: 'a@x' }, { id: 2 }] }],
    ['a lead without a number', { result: [{ id: 1, email: 'a@x' }, { email: 'b@x' }] }],
    ['a member that is no lead', { result: [{ id: 1, email: 'a@x' }, null] }],
    ['further pages', { result: [{ id: 1, email: 'a@x' }], moreResult: true }],
    ['a page token', { result: [{ id: 1, email: 'a@x' }], nextPageToken: 'T=' }]
  ])('with %s, leaves open what it did not find, and what it found is perhaps not all', (_, body) => {
    expect(outcomes(ask('a@x', 'b@x'), body)).toEqual([found(0, [1], false), unanswered(1)])
  })

  it.each([
    ['null', null],
    ['true', true],
    ['undefined', undefined]
  ])('takes no %s of the answer for the text %s', (value, held) => {
    expect(outcomes(ask(value, 'b@x'), { result: [{ id: 1, email: held }] })).toEqual([unanswered(0), unanswered(1)])
  })

  it('of a single question is open, too, when a member is no lead or pages follow', () => {
    expect(outcomes(ask('a@x'), { result: [null] })).toEqual([unanswered(0)])
    expect(outcomes(ask('a@x'), { result: [], moreResult: true })).toEqual([unanswered(0)])
    expect(outcomes(ask('a@x'), { result: [{ id: 1 }], moreResult: true })).toEqual([found(0, [1], false)])
  })

  it('without a result leaves every question open', () => {
    expect(outcomes(ask('a@x', 'b@x'), {})).toEqual([unanswered(0), unanswered(1)])
    expect(outcomes(ask('a@x'), {})).toEqual([unanswered(0)])
  })

  it('is read alike when the question was a form', () => {
    const call = ask('a@x', 'v'.repeat(9_000))
    expect(call.descriptor.method).toBe('POST')
    expect(outcomes(call, { result: [{ id: 1, email: 'a@x' }] })).toEqual([found(0, [1]), found(1, [])])
    expect(outcomes(call, { result: [{ id: 1, email: 'v'.repeat(9_000) }] })).toEqual([found(0, []), found(1, [1])])
  })

  it('tells no field where the question names none', () => {
    const call = ask('a@x')
    const bare = { ...call, descriptor: { ...call.descriptor, query: [] } }
    expect(interpretGetLeads(bare, ok({ success: true, result: [{ id: 1 }] }))).toMatchObject({
      outcomes: [{ _tag: 'LeadsFound', leads: [{ leadId: 1, fields: {} }] }]
    })
    const told = interpretGetLeads(bare, ok({ success: true, result: [{ id: 1 }] }))
    expect(JSON.stringify(told)).toContain('"fields":{}')
  })

  it.each([
    ['1003', 'Too many results match the filter', 'split-request'],
    ['1006', "Field 'userId' not found", 'mend-request'],
    ['702', 'No data found', 'accept']
  ])('%s asks to do what lookups do', (code, message, remedy) => {
    expect(interpretGetLeads(ask('a@x'), ok({ success: false, errors: [{ code, message }] }))).toMatchObject({
      _tag: 'Refused',
      remedy
    })
  })
})
