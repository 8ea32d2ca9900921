import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  describeGetLeadChanges,
  interpretGetLeadChanges,
  type LeadChangesQuestion
} from '../../src/endpoints/lead-changes.js'
import { uriBytes } from '../../src/endpoints/request-uri.js'
import { byteLimits } from '../../src/marketo/limits.js'
import { hostileValue } from '../arbitraries/events.js'
import { callsOf, frozen, hyg, ok, onlyCall, problemsOf } from './reading.js'

const question = (changes: Partial<LeadChangesQuestion> = {}): LeadChangesQuestion => ({
  munchkinId: hyg,
  nextPageToken: 'GIYDAOBNGEYS2MBWKQYDAORQGA5DAMBOGAYDAKZQGAYDALBQ',
  fields: ['firstName', 'phone'],
  leadIds: null,
  ...changes
})

const call = onlyCall(describeGetLeadChanges([question()]))

const change = {
  id: 6,
  marketoGUID: '6',
  leadId: 4,
  activityDate: '2024-05-03T10:00:00Z',
  activityTypeId: 13,
  fields: [{ id: 48, name: 'phone', oldValue: '1', newValue: '2' }],
  attributes: [
    { name: 'Source', value: 'Web service API' },
    { name: 'Modifying User', value: 'api@example.com' },
    { name: 'Request Id', value: '10a5#1' }
  ]
}

const read = {
  activityId: '6',
  leadId: 4,
  activityTypeId: 13,
  at: 1_714_730_400_000,
  fields: [{ name: 'phone', oldValue: '1', newValue: '2' }],
  source: 'Web service API',
  reason: null,
  modifyingUser: 'api@example.com',
  requestId: '10a5#1',
  apiMethodName: null
}

describe('the call', () => {
  it('asks with token, fields and page size, each field once', () => {
    const { descriptor } = onlyCall(describeGetLeadChanges([question({ fields: ['phone', 'email', 'phone'] })]))
    expect(descriptor).toEqual({
      _tag: 'HttpRequest',
      endpoint: 'getLeadChanges',
      munchkinId: hyg,
      host: 'rest',
      method: 'GET',
      path: ['rest', 'v1', 'activities', 'leadchanges.json'],
      query: [
        ['nextPageToken', question().nextPageToken],
        ['fields', 'phone,email'],
        ['batchSize', '300']
      ],
      headers: {},
      body: null,
      auth: 'bearer',
      lifecycle: { status: 'live' }
    })
  })

  it('names the leads where they are asked for, 30 at most', () => {
    const { descriptor } = onlyCall(describeGetLeadChanges([question({ leadIds: [7, 8] })]))
    expect(descriptor.query).toContainEqual(['leadIds', '7,8'])
    const many = Array.from({ length: 31 }, (_, i) => i + 1)
    expect(callsOf(describeGetLeadChanges([question({ leadIds: many.slice(1) })])).length).toBe(1)
    expect(problemsOf(describeGetLeadChanges([question({ leadIds: many })]))).toMatchObject([{ at: ['leadIds'] }])
  })

  it('D2 goes as a form where the URL would be too long', () => {
    fc.assert(
      fc.property(fc.integer({ min: 7_700, max: 8_300 }), (length) => {
        const { descriptor } = onlyCall(describeGetLeadChanges([question({ nextPageToken: 'A'.repeat(length) })]))
        expect(uriBytes(descriptor)).toBeLessThanOrEqual(byteLimits.uri)
        const pairs = descriptor.body !== null && 'form' in descriptor.body ? descriptor.body.form : descriptor.query
        expect(pairs).toHaveLength(3)
        expect(descriptor.method === 'POST').toBe(descriptor.body !== null)
        if (descriptor.method === 'POST') expect(descriptor.query).toEqual([['_method', 'GET']])
      })
    )
  })

  it('has one for each question', () => {
    expect(callsOf(describeGetLeadChanges([question(), question()])).map(({ intents }) => intents)).toEqual([[0], [1]])
  })

  // biome-ignore format: table
  it.each<[string, Partial<LeadChangesQuestion>, ReadonlyArray<string | number>]>([
    ['no token',                { nextPageToken: ' ' },       ['nextPageToken']],
    ['half a character in it',  { nextPageToken: '\ud800' },  ['nextPageToken']],
    ['no fields',               { fields: [] },               ['fields']],
    ['a field with a comma',    { fields: ['a', 'b,c'] },     ['fields', 1]],
    ['a blank field',           { fields: [' '] },            ['fields', 0]],
    ['no leads',                { leadIds: [] },              ['leadIds']],
    ['a lead of no number',     { leadIds: [1, 0] },          ['leadIds', 1]]
  ])('is not made for %s', (_, changes, at) => {
    expect(problemsOf(describeGetLeadChanges([question(changes)]))).toMatchObject([{ weight: 'invalid', at }])
  })
})

describe('the answer', () => {
  const outcomeOf = (body: unknown): unknown => {
    const verdict = interpretGetLeadChanges(call, ok(body))
    return verdict._tag === 'Accepted' ? verdict.outcomes[0] : verdict
  }

  it('tells changes, and where to go on', () => {
    const body = { success: true, result: [change], moreResult: false, nextPageToken: 'T2=' }
    expect(outcomeOf(body)).toEqual({
      _tag: 'LeadChangesRead',
      intent: 0,
      changes: [read],
      nextPageToken: 'T2=',
      more: false,
      unread: 0
    })
  })

  // biome-ignore format: table
  it.each<[string, object, object]>([
    ['an empty page with more behind it',  { result: [], moreResult: true, nextPageToken: 'T' },  { changes: [], more: true, nextPageToken: 'T' }],
    ['no result',                          { moreResult: true, nextPageToken: 'T' },              { changes: [], more: true }],
    ['no token',                           { result: [], nextPageToken: '' },                     { nextPageToken: null, more: false }],
    ['a change without a GUID',            { result: [{ ...change, marketoGUID: undefined }] },   { changes: [{ activityId: '6' }] }],
    ['a change without ids',               { result: [{ ...change, marketoGUID: '', id: null }] }, { changes: [{ activityId: null }] }],
    ['attributes by API name',             { result: [{ ...change, attributes: [{ apiName: 'modifyingUser', value: 'u' }, { name: 'Modifying User', value: 'v' }] }] },
                                                                                                   { changes: [{ modifyingUser: 'u', source: null }] }],
    ['values that are no text',            { result: [{ ...change, fields: [{ name: 'n', oldValue: 1, newValue: true }] }] },
                                                                                                   { changes: [{ fields: [{ name: 'n', oldValue: '1', newValue: 'true' }] }] }],
    ['a field that is emptied',            { result: [{ ...change, fields: [{ name: 'n', oldValue: 'x', newValue: '' }] }] },
                                                                                                   { changes: [{ fields: [{ name: 'n', oldValue: 'x', newValue: null }] }] }],
    ['a field without a name',             { result: [{ ...change, fields: [{ newValue: 'x' }, 7] }] }, { changes: [{ fields: [] }] }],
    ['no lead, no time, no change',        { result: [{ ...change, leadId: 0 }, { ...change, activityDate: 'soon' }, 7, change] },
                                                                                                   { changes: [read], unread: 3 }]
  ])('may hold %s', (_, body, expected) => {
    expect(outcomeOf({ success: true, ...body })).toMatchObject(expected)
  })

  it('that is refused is told as such', () => {
    const body = { success: false, errors: [{ code: '1003', message: 'x' }] }
    expect(interpretGetLeadChanges(call, ok(body))).toMatchObject({ _tag: 'Refused', reasons: [{ code: '1003' }] })
  })

  it('P2 P3 P4 may be anything', () => {
    fc.assert(
      fc.property(hostileValue, (body) => {
        const verdict = interpretGetLeadChanges(call, { status: 200, headers: {}, body })
        expect(JSON.parse(JSON.stringify(verdict))).toEqual(verdict)
        const told = interpretGetLeadChanges(call, {
          status: 200,
          headers: {},
          body: { success: true, result: [body, { ...change, fields: [body], attributes: body }] }
        })
        expect(JSON.parse(JSON.stringify(told))).toEqual(told)
      })
    )
    frozen(change)
  })

  it('P3 is read in little time, however long its lists say they are', () => {
    const fields: Array<unknown> = []
    fields.length = 2 ** 32 - 1
    const body = { success: true, result: [{ ...change, fields, attributes: fields }] }
    expect(interpretGetLeadChanges(call, { status: 200, headers: {}, body })).toMatchObject({ _tag: 'Accepted' })
  })
})
