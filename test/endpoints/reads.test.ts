/** What is asked about what happened, as it is documented: the calls, and the members that few answers have. */
import { describe, expect, it } from 'vitest'
import { readActivity } from '../../src/endpoints/activity-record.js'
import { describeActivityTypes, interpretActivityTypes } from '../../src/endpoints/activity-types.js'
import {
  describeGetCampaigns,
  describeGetEmail,
  describeGetProgram,
  interpretGetEmail
} from '../../src/endpoints/asset-lookups.js'
import { describeGetDeletedLeads } from '../../src/endpoints/deleted-leads.js'
import { describeExportActivities } from '../../src/endpoints/export-activities.js'
import { interpretExportFile } from '../../src/endpoints/export-file.js'
import { interpretExportJob } from '../../src/endpoints/export-job.js'
import { describeExportLeads } from '../../src/endpoints/export-leads.js'
import { writtenFields } from '../../src/endpoints/field-values.js'
import { describeGetActivities, interpretGetActivities } from '../../src/endpoints/get-activities.js'
import { describeGetLeadChanges, interpretGetLeadChanges } from '../../src/endpoints/lead-changes.js'
import { describeListMembership, interpretListMembership } from '../../src/endpoints/list-members.js'
import { describeListsOfLead, interpretListsOfLead } from '../../src/endpoints/lists-of-lead.js'
import { describePagingToken, interpretPagingToken } from '../../src/endpoints/paging-token.js'
import { uriBytes } from '../../src/endpoints/request-uri.js'
import type { Call, HttpRequest } from '../../src/intent/descriptor.js'
import { callsOf, hyg, id, jsonOf, ok, onlyCall, problemsOf } from './reading.js'

const get = (
  endpoint: string,
  path: ReadonlyArray<string>,
  query: ReadonlyArray<readonly [string, string]>,
  intents: ReadonlyArray<number> = [0]
) => ({
  descriptor: {
    _tag: 'HttpRequest',
    endpoint,
    munchkinId: '561-HYG-937',
    host: 'rest',
    method: 'GET',
    path: ['rest', 'v1', ...path],
    query,
    headers: {},
    body: null,
    auth: 'bearer',
    lifecycle: { status: 'live' }
  },
  intents,
  slots: []
})
const none = ok({ success: false, errors: [{ code: '702', message: 'No data found' }] })

describe('the calls that read activities', () => {
  const token = onlyCall(describePagingToken([{ munchkinId: hyg, since: 1_714_557_600_999 }]))
  const question = { munchkinId: hyg, nextPageToken: 'AAA=', activityTypeIds: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] }
  const page = onlyCall(describeGetActivities([question]))
  const types = describeActivityTypes(hyg)

  it.each<[Call<HttpRequest>, object]>([
    [
      token,
      get('activityPagingToken', ['activities', 'pagingtoken.json'], [['sinceDatetime', '2024-05-01T10:00:00Z']])
    ],
    [
      page,
      get(
        'getActivities',
        ['activities.json'],
        [
          ['nextPageToken', 'AAA='],
          ['activityTypeIds', '1,2,3,4,5,6,7,8,9,10'],
          ['batchSize', '300']
        ]
      )
    ],
    [types, get('activityTypes', ['activities', 'types.json'], [], [])]
  ])('are as documented: number %#', (call, documented) => {
    expect(call).toEqual(documented)
  })

  it('take ten types, and nothing found for an answer', () => {
    expect(problemsOf(describeGetActivities([question]))).toEqual([])
    for (const told of [
      interpretPagingToken(token, none),
      interpretGetActivities(page, none),
      interpretActivityTypes(types, none)
    ]) {
      expect(told).toMatchObject({ _tag: 'Refused', remedy: 'accept' })
    }
  })
})

describe('the calls that read assets and lists', () => {
  const seven = { munchkinId: hyg, id: 7 }
  const asset = (endpoint: string, kind: string) => {
    const { descriptor, ...rest } = get(endpoint, [], [])
    return { ...rest, descriptor: { ...descriptor, path: ['rest', 'asset', 'v1', kind, '7.json'] } }
  }
  const superseded = { status: 'superseded', insteadUse: 'smartCampaigns' }
  const campaigns = get(
    'getCampaigns',
    ['campaigns.json'],
    [
      ['id', '7'],
      ['batchSize', '300']
    ]
  )
  const lists = onlyCall(describeListsOfLead([{ munchkinId: hyg, leadId: 7, nextPageToken: null }]))
  const members = onlyCall(describeListMembership([{ munchkinId: hyg, listId: 7, leadId: 8 }]))

  it.each<[Call<HttpRequest>, object]>([
    [onlyCall(describeGetEmail([seven])), asset('getEmail', 'email')],
    [onlyCall(describeGetProgram([seven])), asset('getProgram', 'program')],
    [
      onlyCall(describeGetCampaigns([seven])),
      { ...campaigns, descriptor: { ...campaigns.descriptor, lifecycle: superseded } }
    ],
    [lists, get('listsOfLead', ['leads', '7', 'listMembership.json'], [['batchSize', '300']])],
    [members, get('listMembership', ['lists', '7', 'leads', 'ismember.json'], [['id', '8']])]
  ])('are as documented: number %#', (call, documented) => {
    expect(call).toEqual(documented)
  })

  it('ask each instance for its own campaigns, several at once', () => {
    const elsewhere = { ...seven, munchkinId: id('123-ABC-456') }
    const calls = callsOf(describeGetCampaigns([seven, elsewhere, { ...seven, id: 8 }]))
    expect(calls.map(({ intents }) => intents)).toEqual([[0, 2], [1]])
  })

  it('take nothing found for an answer', () => {
    for (const told of [interpretListsOfLead(lists, none), interpretListMembership(members, none)]) {
      expect(told).toMatchObject({ _tag: 'Refused', remedy: 'accept' })
    }
  })

  it('take what is no list and no asset for no answer', () => {
    expect(interpretListsOfLead(lists, ok({ success: true, result: [null] }))).toMatchObject({
      outcomes: [{ _tag: 'Unanswered', intent: 0 }]
    })
    const email = onlyCall(describeGetEmail([seven]))
    const outcomesOf = (result: unknown) => interpretGetEmail(email, ok({ success: true, result }))
    expect(outcomesOf([{ id: '7', name: 'n' }])).toMatchObject({ outcomes: [{ _tag: 'Unanswered' }] })
    expect(outcomesOf([{ id: 7, name: '', subject: { type: 'Text', value: '' } }])).toMatchObject({
      outcomes: [{ _tag: 'AssetFound', asset: { id: 7, name: null, subject: null } }]
    })
  })
})

describe('the calls for extracts and changes', () => {
  const window = { munchkinId: hyg, startAt: 0, endAt: 1_000 }
  const question = { munchkinId: hyg, nextPageToken: 't', fields: ['phone'], leadIds: null }
  const leads = onlyCall(describeExportLeads([{ ...window, by: 'createdAt', fields: ['id'] }]))

  it.each<[Call<HttpRequest>]>([
    [onlyCall(describeGetDeletedLeads([{ munchkinId: hyg, nextPageToken: 't' }]))],
    [onlyCall(describeExportActivities([{ ...window, activityTypeIds: [] }]))],
    [leads],
    [onlyCall(describeGetLeadChanges([question]))],
    [onlyCall(describeGetLeadChanges([{ ...question, fields: ['f'.repeat(9_000)] }]))]
  ])('have no empty place: number %#', ({ slots }) => {
    expect(slots).toEqual([])
  })

  it('name activity types where some are wanted, and the first that is none', () => {
    const asked = (activityTypeIds: ReadonlyArray<number>) => describeExportActivities([{ ...window, activityTypeIds }])
    const filter = { createdAt: { startAt: '1970-01-01T00:00:00Z', endAt: '1970-01-01T00:00:01Z' } }
    expect(jsonOf(onlyCall(asked([])))).toHaveProperty('filter', filter)
    expect(jsonOf(onlyCall(asked([6])))).toHaveProperty('filter', { ...filter, activityTypeIds: [6] })
    expect(onlyCall(asked([])).descriptor.path).toEqual(['bulk', 'v1', 'activities', 'export', 'create.json'])
    expect(problemsOf(asked([6, 0]))).toMatchObject([{ at: ['activityTypeIds', 1] }])
  })

  it('ask for changes in a URL of 8,000 bytes, and in a form for one more', () => {
    const asked = (length: number) =>
      onlyCall(describeGetLeadChanges([{ ...question, fields: ['f'.repeat(length)] }])).descriptor
    const spare = 8_000 - uriBytes(asked(1))
    expect([asked(1 + spare).method, asked(2 + spare).method]).toEqual(['GET', 'POST'])
  })

  it('tell a job by what is one', () => {
    const job = (members: string) =>
      interpretExportJob(leads, { status: 200, headers: {}, body: `{"success":true,"result":[${members}]}` })
    const untold = { exportId: null, status: null, records: null, bytes: null, checksum: null }
    expect(job('null')).toEqual({ _tag: 'ExportJob', requestId: null, warnings: [], ...untold })
    expect(job('{"exportId":"","numberOfRecords":-0}')).toHaveProperty('exportId', null)
    expect(job('{"exportId":"","numberOfRecords":-0}')).toHaveProperty('records', 0)
    const hex = 'a'.repeat(64)
    for (const sum of [`"${hex}b"`, `["${hex}"]`])
      expect(job(`{"fileChecksum":${sum}}`)).toHaveProperty('checksum', null)
    expect(job(`{"fileChecksum":"sha256:${hex}"}`)).toHaveProperty('checksum', hex)
  })

  it('take a text of 10,000 letters for a file, and a shorter one for what it looks like', () => {
    const file = (length: number) => {
      const body = JSON.stringify({ success: false, errors: [{ code: '601', message: '' }] })
      return interpretExportFile(leads, { status: 200, headers: {}, body: body.padEnd(length) })
    }
    expect(file(9_999)).toMatchObject({ _tag: 'Refused', remedy: 'renew-token' })
    expect(file(10_000)).toMatchObject({ _tag: 'ExportFile' })
    expect(interpretExportFile(leads, ok({ success: true }))).toEqual({
      _tag: 'Refused',
      requestId: null,
      reasons: [{ code: '', message: 'the answer is no file of an extract' }],
      remedy: 'mend-request',
      retryAfter: null
    })
  })

  it('tell a change with everything that a log says', () => {
    const call = onlyCall(describeGetLeadChanges([question]))
    const attributes = [
      { value: 'x' },
      'x',
      { name: 'Source', value: 's' },
      { name: 'Reason', value: 'r' },
      { name: 'Modifying  User', value: 'u' },
      { name: 'Request_Id', value: 'q' },
      { apiName: 'API-Method Name', value: 'm' },
      { name: 'source', value: 'later' }
    ]
    const change = { leadId: 7, activityTypeId: 13, activityDate: '1970-01-01T00:00:01Z', attributes }
    const told = interpretGetLeadChanges(
      call,
      ok({ success: true, result: [{ ...change, marketoGUID: 'g', id: 1 }, null] })
    )
    expect(told).toMatchObject({
      outcomes: [
        {
          changes: [
            {
              activityId: 'g',
              leadId: 7,
              at: 1_000,
              fields: [],
              source: 's',
              reason: 'r',
              modifyingUser: 'u',
              requestId: 'q',
              apiMethodName: 'm'
            }
          ],
          unread: 1
        }
      ]
    })
    expect(interpretGetLeadChanges(call, none)).toMatchObject({ _tag: 'Refused', remedy: 'accept' })
  })
})

describe('an activity type', () => {
  const call = describeActivityTypes(hyg)
  const typesOf = (result: unknown) => interpretActivityTypes(call, ok({ requestId: 'r', success: true, result }))

  it('is told with what it has, and none where there is no result', () => {
    const empty = { _tag: 'ActivityTypes', requestId: 'r', warnings: [], types: [] }
    expect(typesOf(undefined)).toEqual(empty)
    const told = [
      {
        id: 100_001,
        name: 'Order',
        description: 'An order',
        apiName: 'order',
        primaryAttribute: { name: 'Order Id', dataType: ' String ', apiName: '' },
        attributes: [{ apiName: 'total', dataType: 'float' }, { name: 'note' }, { dataType: 'string' }, 7]
      },
      { id: 1, name: 7, description: '', apiName: '' },
      { id: 0, name: 'none' }
    ]
    expect(typesOf(told)).toEqual({
      ...empty,
      types: [
        {
          id: 100_001,
          name: 'Order',
          description: 'An order',
          apiName: 'order',
          primaryAttribute: { name: 'Order Id', dataType: 'string', apiName: null },
          attributes: [
            { name: 'total', dataType: 'float', apiName: 'total' },
            { name: 'note', dataType: '', apiName: null }
          ]
        },
        { id: 1, name: '', description: '', apiName: null, primaryAttribute: null, attributes: [] }
      ]
    })
  })

  it('P3 with a list that says it has billions of attributes is not gone through', () => {
    const attributes: Array<unknown> = []
    attributes.length = 2 ** 32 - 1
    const body = { success: true, result: [{ id: 1, attributes }] }
    expect(interpretActivityTypes(call, { status: 200, headers: {}, body })).toMatchObject({
      types: [{ attributes: [] }]
    })
  })
})

describe('a member of an activity', () => {
  // biome-ignore format: table
  it.each<[string, object, object]>([
    ['an id with blanks',              { id: ' 7 ' },                         { id: '7' }],
    ['a blank id',                     { id: '  ' },                          { id: null }],
    ['a fraction for an id',           { id: 1.5 },                           { id: null }],
    ['the largest number in digits',   { id: 1e20 },                          { id: '100000000000000000000' }],
    ['a number with an exponent',      { id: 1e21 },                          { id: null }],
    ['negative zero',                  { id: -0, primaryAttributeValue: -0 }, { id: '0', primaryAttributeValue: '0' }],
    ['a value that is a number',       { primaryAttributeValue: 1.5 },        { primaryAttributeValue: '1.5' }],
    ['a value that is no number',      { primaryAttributeValue: Number.NaN }, { primaryAttributeValue: null }],
    ['a value that is neither',        { primaryAttributeValue: true },       { primaryAttributeValue: null }],
    ['an empty value',                 { primaryAttributeValue: '' },         { primaryAttributeValue: null }],
    ['what an action came to',         { actionResult: 'succeeded' },         { actionResult: 'succeeded' }],
    ['no attributes',                  {},                                    { attributes: [], unreadable: false }],
    ['attributes that are nothing',    { attributes: null },                  { attributes: [], unreadable: false }],
    ['attributes that are empty text', { attributes: '' },                    { attributes: [], unreadable: false }],
    ['attributes that say null',       { attributes: 'null' },                { attributes: [], unreadable: false }],
    ['attributes that are a number',   { attributes: '7' },                   { attributes: [], unreadable: true }],
    ['attributes of every kind',
      { attributes: { t: true, f: false, n: -0, i: Number.NaN, s: 's', e: '', z: null, o: { a: 1 }, b: 5n, u: undefined } },
      { attributes: [{ name: 't', value: true }, { name: 'f', value: false }, { name: 'n', value: 0 }, { name: 's', value: 's' }, { name: 'o', value: '{"a":1}' }], unreadable: false }]
  ])('%s', (_, told, read) => {
    expect(readActivity({ leadId: 3, ...told })).toEqual({ ...readActivity({ leadId: 3 }), ...read })
  })

  it('P3 that throws when it is read makes no activity', () => {
    const throwing = Object.defineProperty({}, 'leadId', {
      enumerable: true,
      get: () => {
        throw new Error('trap')
      }
    })
    expect(readActivity(throwing)).toBeNull()
  })
})

describe('the fields of a record without null', () => {
  it('go as they came where none has to go', () => {
    const fields = { email: 'a@x', leadScore: 0 }
    const written = writtenFields(fields, false)
    expect(written._tag === 'Right' && written.right.fields).toBe(fields)
  })

  it('lose null, what is undefined and the sign of zero', () => {
    const loose: { [name: string]: string | number | null } = { email: 'a@x', title: null, leadScore: -0 }
    Object.assign(loose, { phone: undefined })
    const written = writtenFields(loose, false)
    expect(written._tag === 'Right' && written.right.fields).toStrictEqual({ email: 'a@x', leadScore: 0 })
    const nulls = writtenFields({ email: 'a@x', title: null }, false)
    expect(nulls._tag === 'Right' && nulls.right.fields).toStrictEqual({ email: 'a@x' })
    const undefinedOnly = writtenFields(
      JSON.parse('{"email":"a@x"}', (name, value) => (name === '' ? { ...value, phone: undefined } : value)),
      false
    )
    expect(undefinedOnly._tag === 'Right' && undefinedOnly.right.fields).toStrictEqual({ email: 'a@x' })
  })
})
