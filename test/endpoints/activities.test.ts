import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  describeActivityTypes,
  describeEnqueueExport,
  describeExportActivities,
  describeExportFile,
  describeExportStatus,
  describeGetActivities,
  describeGetCampaigns,
  describeGetEmail,
  describePagingToken,
  interpret,
  interpretActivitiesFile,
  interpretActivityTypes,
  interpretExportJob,
  interpretGetActivities,
  interpretGetCampaigns,
  interpretGetEmail,
  interpretPagingToken,
  readActivity
} from '../../src/endpoints/index.js'
import { uriBytes } from '../../src/endpoints/request-uri.js'
import { describeProblem } from '../../src/ground/problem.js'
import { anyText } from '../arbitraries/intents.js'
import { batchOf, callsOf, hyg, jsonOf, ok, onlyCall, positionsOf, problemsOf } from './reading.js'

const since = 1_714_557_600_999
const question = { munchkinId: hyg, nextPageToken: 'AAA=', activityTypeIds: [6, 7] } as const
const pageOf = (body: object) => interpretGetActivities(onlyCall(describeGetActivities([question])), ok(body))

describe('Get Paging Token', () => {
  it('is asked for a moment, in whole seconds', () => {
    const { descriptor, intents } = onlyCall(describePagingToken([{ munchkinId: hyg, since }]))
    expect([descriptor.method, descriptor.path.join('/'), descriptor.query, intents]).toEqual([
      'GET',
      'rest/v1/activities/pagingtoken.json',
      [['sinceDatetime', '2024-05-01T10:00:00Z']],
      [0]
    ])
  })

  it('tells the token, or null where a success has none', () => {
    const call = onlyCall(describePagingToken([{ munchkinId: hyg, since }]))
    expect(interpretPagingToken(call, ok({ success: true, requestId: 'r', nextPageToken: 'BBB=' }))).toEqual({
      _tag: 'PagingToken',
      requestId: 'r',
      warnings: [],
      nextPageToken: 'BBB='
    })
    expect(interpretPagingToken(call, ok({ success: true }))).toMatchObject({ nextPageToken: null })
    expect(interpretPagingToken(call, ok({ success: false, errors: [{ code: '602', message: '' }] }))).toMatchObject({
      _tag: 'Refused',
      remedy: 'renew-token'
    })
  })

  it.each([Number.NaN, Number.POSITIVE_INFINITY, 1e17])('refuses %s, which is no moment', (moment) => {
    expect(problemsOf(describePagingToken([{ munchkinId: hyg, since: moment }])).map(describeProblem)).toEqual([
      'since: found no instant; give milliseconds since 1970, in the years 0000 to 9999'
    ])
  })
})

describe('Get Lead Activities', () => {
  it('D2 asks for ten types at most, in one call each', () => {
    fc.assert(
      fc.property(batchOf(fc.array(fc.integer({ min: -1, max: 200_000 }), { maxLength: 14 }), 5), (lists) => {
        const [first, ...rest] = lists.map((activityTypeIds) => ({ ...question, activityTypeIds }))
        const described = describeGetActivities([first ?? question, ...rest])
        expect(positionsOf(described)).toEqual(lists.map((_, i) => i))
        for (const { descriptor, intents } of callsOf(described)) {
          const ids = lists[intents[0] ?? -1] ?? []
          expect(ids.length > 0 && ids.length <= 10 && ids.every((id) => id > 0)).toBe(true)
          expect(descriptor.query).toEqual([
            ['nextPageToken', 'AAA='],
            ['activityTypeIds', ids.join(',')],
            ['batchSize', '300']
          ])
        }
      })
    )
  })

  // biome-ignore format: table
  it.each<[string, Partial<typeof question> | object, string]>([
    ['no type',       { activityTypeIds: [] },                              'activityTypeIds: found an empty list; name the activity types that are wanted'],
    ['eleven types',  { activityTypeIds: Array.from({ length: 11 }, (_, i) => i + 1) }, 'activityTypeIds: found a list of 11; Marketo takes 10 types at once: ask several times'],
    ['type 0',        { activityTypeIds: [6, 0] },                          'activityTypeIds[1]: found a number; an activity type has a whole number above zero'],
    ['no token',      { nextPageToken: '' },                                'nextPageToken: found empty text; ask for a paging token first']
  ])('refuses %s', (_, changes, says) => {
    expect(problemsOf(describeGetActivities([{ ...question, ...changes }])).map(describeProblem)).toEqual([says])
  })

  it('reads a page, every number as text', () => {
    const activity = {
      id: 880011,
      marketoGUID: '880011',
      leadId: 204417,
      activityDate: '2025-11-19T17:40:00Z',
      activityTypeId: 11,
      campaignId: 3101,
      primaryAttributeValueId: 2290,
      primaryAttributeValue: 'Onboarding 2025.Welcome 1',
      attributes: [
        { name: 'Link', value: 'https://example.com/start' },
        { apiName: 'stepId', value: 912 },
        { name: 'Empty', value: '' },
        { name: 'Null', value: null },
        { value: 'nameless' },
        'nothing'
      ]
    }
    expect(
      pageOf({ success: true, requestId: 'r', nextPageToken: 'B', moreResult: true, result: [activity, 7] })
    ).toEqual({
      _tag: 'ActivityPage',
      requestId: 'r',
      warnings: [],
      activities: [
        {
          marketoGUID: '880011',
          id: '880011',
          leadId: '204417',
          activityDate: '2025-11-19T17:40:00Z',
          activityTypeId: '11',
          campaignId: '3101',
          primaryAttributeValueId: '2290',
          primaryAttributeValue: 'Onboarding 2025.Welcome 1',
          actionResult: null,
          attributes: [
            { name: 'Link', value: 'https://example.com/start' },
            { name: 'stepId', value: 912 }
          ],
          unreadable: false
        }
      ],
      strays: 1,
      nextPageToken: 'B',
      more: true
    })
  })

  // biome-ignore format: table
  it.each<[string, object, object]>([
    ['an empty page with more',       { moreResult: true, nextPageToken: 'B', result: [] }, { activities: [], more: true,  nextPageToken: 'B' }],
    ['a page without a result',       { moreResult: true, nextPageToken: 'B' },             { activities: [], more: true,  nextPageToken: 'B' }],
    ['the last page, with its token', { moreResult: false, nextPageToken: 'C', result: [] }, { more: false, nextPageToken: 'C' }],
    ['a page that says nothing',      { result: [] },                                       { more: null,  nextPageToken: null }]
  ])('%s', (_, body, told) => {
    expect(pageOf({ success: true, ...body })).toMatchObject(told)
  })

  it('a record that was read reads the same again', () => {
    const one = { marketoGUID: '7', leadId: 3, attributes: '{"a":1,"b":[1,2],"c":null}', activityTypeId: '24' }
    const read = readActivity(one)
    expect(read?.attributes).toEqual([
      { name: 'a', value: 1 },
      { name: 'b', value: '[1,2]' }
    ])
    expect(readActivity(read)).toEqual(read)
    expect(readActivity({ attributes: 'no JSON' })).toMatchObject({ attributes: [], unreadable: true })
    expect(readActivity(readActivity({ attributes: 'no JSON' }))).toMatchObject({ unreadable: true })
  })

  it('P3 P4 any value is an activity or none, and equals its JSON round trip', () => {
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.record({ leadId: fc.anything(), attributes: fc.anything() })), (u) => {
        const read = readActivity(u)
        expect(JSON.parse(JSON.stringify(read))).toStrictEqual(read)
      })
    )
  })

  it('P3 a list that says it has billions of attributes is not gone through', () => {
    const attributes: Array<unknown> = []
    attributes.length = 2 ** 32 - 1
    expect(readActivity({ leadId: 1, attributes })?.attributes).toEqual([])
  })
})

describe('Get Activity Types', () => {
  it('tells types with and without a primary attribute', () => {
    const call = describeActivityTypes(hyg)
    expect(call.descriptor.path.join('/')).toBe('rest/v1/activities/types.json')
    const result = [
      { id: 12, name: 'New Lead', attributes: [{ name: 'Source Type', dataType: 'String' }, 3, {}] },
      { id: 'x' },
      {
        id: 100_001,
        name: 'Bought',
        apiName: 'bought',
        primaryAttribute: { name: 'Plan', dataType: 'string', apiName: 'plan' }
      }
    ]
    expect(interpretActivityTypes(call, ok({ success: true, result }))).toMatchObject({
      types: [
        {
          id: 12,
          name: 'New Lead',
          apiName: null,
          description: '',
          primaryAttribute: null,
          attributes: [{ name: 'Source Type', dataType: 'string', apiName: null }]
        },
        {
          id: 100_001,
          apiName: 'bought',
          primaryAttribute: { name: 'Plan', dataType: 'string', apiName: 'plan' },
          attributes: []
        }
      ]
    })
  })
})

describe('Bulk Activity Extract', () => {
  const day = 86_400_000
  const window = { munchkinId: hyg, startAt: 0, endAt: day, activityTypeIds: [6] }

  it('is made for a window and types, as CSV with every column', () => {
    const call = onlyCall(describeExportActivities([window]))
    expect(jsonOf(call)).toMatchObject({
      format: 'CSV',
      filter: { createdAt: { startAt: '1970-01-01T00:00:00Z', endAt: '1970-01-02T00:00:00Z' }, activityTypeIds: [6] }
    })
    expect(jsonOf(onlyCall(describeExportActivities([{ ...window, activityTypeIds: [] }])))).toMatchObject({
      filter: { createdAt: {} }
    })
    expect(call.descriptor.host).toBe('bulk')
  })

  // biome-ignore format: table
  it.each<[string, object, string]>([
    ['a window too long',   { endAt: 31 * day + 1 },    'endAt: found a window that is too long; Marketo takes 31 days at once: make several jobs'],
    ['an empty window',     { endAt: 0 },               'endAt: found a window without length; end it behind its start'],
    ['no moment',           { startAt: Number.NaN },    'endAt: found no instant; give milliseconds since 1970, in the years 0000 to 9999'],
    ['a type of nobody',    { activityTypeIds: [1.5] }, 'activityTypeIds[0]: found a number; an activity type has a whole number above zero']
  ])('refuses %s', (_, changes, says) => {
    expect(problemsOf(describeExportActivities([{ ...window, ...changes }])).map(describeProblem)).toEqual([says])
  })

  it('31 days are taken', () => {
    expect(callsOf(describeExportActivities([{ ...window, endAt: 31 * day }]))).toHaveLength(1)
  })

  // biome-ignore format: table
  it.each<[string, unknown, object]>([
    ['created',   { exportId: 'e1', status: 'Created' },            { exportId: 'e1', status: 'Created', records: null, bytes: null, checksum: null }],
    ['completed', { exportId: 'e1', status: 'Completed', numberOfRecords: 2, fileSize: 9, fileChecksum: `sha256:${'AB'.repeat(32)}` },
                                                                    { status: 'Completed', records: 2, bytes: 9, checksum: 'ab'.repeat(32) }],
    ['canceled',  { exportId: 'e1', status: 'Canceled' },           { status: 'Cancelled' }],
    ['odd',       { exportId: 7, status: 'Odd', fileSize: -1 },     { exportId: null, status: null, bytes: null }]
  ])('a job that is %s', (_, job, told) => {
    const answer = ok({ success: true, result: [job] })
    expect(interpretExportJob(describeExportStatus(hyg, 'e1'), answer)).toMatchObject(told)
  })

  // biome-ignore format: table
  it.each([
    ['Too many jobs in queue',     'back-off'],
    ['Export daily quota exceeded', 'await-quota'],
    ['Job already queued',         'accept']
  ])('1029 "%s" asks for %s', (message, remedy) => {
    const answer = ok({ success: false, errors: [{ code: '1029', message }] })
    expect(interpretExportJob(describeEnqueueExport(hyg, 'e1'), answer)).toMatchObject({ _tag: 'Refused', remedy })
  })

  const file = (status: number, body: unknown) =>
    interpretActivitiesFile(describeExportFile(hyg, 'e1'), { status, headers: {}, body })

  it('its file tells activities by the names of its columns', () => {
    const text = 'leadId,marketoGUID,attributes,activityTypeId\n7,1,"{""A"":""x"",""B"":2}",24\nshort\n8,2,null,25\n'
    expect(file(200, text)).toMatchObject({
      _tag: 'ActivitiesFile',
      activities: [
        {
          leadId: '7',
          marketoGUID: '1',
          activityTypeId: '24',
          campaignId: null,
          attributes: [{ name: 'A' }, { value: 2 }]
        },
        { leadId: '8', attributes: [] }
      ],
      broken: [1]
    })
    expect(file(200, '')).toMatchObject({ activities: [] })
  })

  // biome-ignore format: table
  it.each<[string, number, unknown, string]>([
    ['not there',          404, 'Not Found',                                                           '404'],
    ['an envelope instead', 200, { success: false, errors: [{ code: '602', message: '' }] },            '602'],
    ['a success instead',  200, '{"success":true}',                                                    ''],
    ['a page instead',     200, '<html>',                                                              ''],
    ['no text',            200, 7,                                                                     '']
  ])('a file that is %s is a refusal', (_, status, body, code) => {
    expect(file(status, body)).toMatchObject({ _tag: 'Refused', reasons: [{ code }] })
  })
})

describe('names behind numbers', () => {
  const asset = (id: number) => ({ munchkinId: hyg, id })

  it('an email is asked for alone, campaigns 300 in a call, the longest numbers within 8,000 bytes', () => {
    expect(callsOf(describeGetEmail([asset(1), asset(2)])).map(({ descriptor }) => descriptor.path[4])).toEqual([
      '1.json',
      '2.json'
    ])
    const many = Array.from({ length: 301 }, (_, i) => asset(Number.MAX_SAFE_INTEGER - i))
    const calls = callsOf(describeGetCampaigns([asset(1), ...many]))
    expect(calls.map(({ intents }) => intents.length)).toEqual([300, 2])
    for (const { descriptor } of calls) expect(uriBytes(descriptor)).toBeLessThanOrEqual(8_000)
    expect(calls[0]?.descriptor.lifecycle).toEqual({ status: 'superseded', insteadUse: 'smartCampaigns' })
  })

  it.each([0, -1, 1.5, Number.NaN])('the number %s is nobody’s', (id) => {
    expect(problemsOf(describeGetEmail([asset(id)]))).toHaveLength(1)
    expect(problemsOf(describeGetCampaigns([asset(id)]))).toHaveLength(1)
  })

  it.each<[string, unknown, string | null]>([
    ['wrapped', { type: 'Text', value: 'Hello' }, 'Hello'],
    ['bare', 'Hello', 'Hello'],
    ['null', null, null],
    ['odd', { value: 7 }, null]
  ])('a subject that is %s', (_, subject, told) => {
    const answer = ok({ success: true, result: [{ id: 2290, name: 'Welcome', subject }] })
    expect(interpretGetEmail(onlyCall(describeGetEmail([asset(2290)])), answer)).toMatchObject({
      outcomes: [{ _tag: 'AssetFound', intent: 0, asset: { id: 2290, name: 'Welcome', subject: told } }]
    })
  })

  it('a campaign that is not told is none, unless more may follow', () => {
    const call = onlyCall(describeGetCampaigns([asset(7), asset(8)]))
    const result = [{ id: 8, name: 'Eight' }]
    const tags = (body: object) => {
      const verdict = interpretGetCampaigns(call, ok({ success: true, result, ...body }))
      return verdict._tag === 'Accepted'
        ? verdict.outcomes.map((o) => (o._tag === 'AssetFound' ? o.asset : o._tag))
        : []
    }
    const eight = { id: 8, name: 'Eight', subject: null }
    expect(tags({})).toEqual([null, eight])
    expect(tags({ moreResult: true })).toEqual(['Unanswered', eight])
    expect(tags({ result: [...result, 'x'] })).toEqual(['Unanswered', eight])
  })

  it('702 says that there is none', () => {
    const answer = ok({ success: false, errors: [{ code: '702', message: 'No data found' }] })
    expect(interpretGetEmail(onlyCall(describeGetEmail([asset(1)])), answer)).toMatchObject({ remedy: 'accept' })
  })

  it('whoever asks what any answer means hears that the records stand open', () => {
    const call = onlyCall(describeGetCampaigns([asset(7), asset(8)]))
    expect(interpret(call, ok({ success: true, result: [] }))).toMatchObject({
      outcomes: [
        { _tag: 'Unanswered', intent: 0 },
        { _tag: 'Unanswered', intent: 1 }
      ]
    })
  })

  it('S3 no problem repeats a paging token', () => {
    fc.assert(
      fc.property(anyText, (nextPageToken) => {
        const described = describeGetActivities([
          { ...question, nextPageToken: `t0ken${nextPageToken}`, activityTypeIds: [] }
        ])
        expect(JSON.stringify(problemsOf(described))).not.toContain('t0ken')
      })
    )
  })
})
