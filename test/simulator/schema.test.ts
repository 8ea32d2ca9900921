import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isRecord, ownMember } from '../../src/ground/json.js'
import { jsonValue } from '../arbitraries/events.js'
import { Client, resultOf } from './world.js'

const field = (more: object = {}) => ({ name: 'tier', displayName: 'Tier', dataType: 'string', ...more })
const primaryAttribute = { apiName: 'plan', name: 'Plan', dataType: 'string' }
const days = { apiName: 'days', name: 'Days', dataType: 'integer' }
const type = (more: object = {}) => ({
  apiName: 'trial',
  name: 'Trial Started',
  triggerName: 'Starts Trial',
  filterName: 'Started Trial',
  primaryAttribute,
  ...more
})

const bare = () => new Client({ customFields: [], activityTypes: [], callsPerWindow: 1_000 }).signIn()

const post = (client: Client, path: string, json: unknown) => resultOf(client.rest('POST', path, { json }))
const get = (client: Client, path: string, query: ReadonlyArray<readonly [string, string]> = []) =>
  resultOf(client.rest('GET', path, { query }))

const fieldsUrl = 'leads/schema/fields.json'
const typeUrl = 'activities/external/type.json'
const about = (rest: string) => `activities/external/type/trial/${rest}`

const add = (client: Client, leadId: number, activityTypeId: unknown, attributes: ReadonlyArray<object> = []) => {
  const record = {
    leadId,
    activityTypeId,
    activityDate: '2024-05-01T10:00:00Z',
    primaryAttributeValue: 'pro',
    attributes
  }
  const told = post(client, 'activities/external.json', { input: [record] })
  return Array.isArray(told) ? ownMember(Object(told[0]), 'status') : told
}

const many = (n: number, make: (i: number) => object) => Array.from({ length: n }, (_, i) => make(i))

describe('laws', () => {
  it('P3 any body gets an answer, and a refused one changes nothing', () => {
    const paths = fc.constantFrom(fieldsUrl, typeUrl, about('attributes/create.json'), about('approve.json'))
    const body = fc.oneof(
      jsonValue,
      jsonValue.map((u) => ({ input: [u] })),
      jsonValue.map((u) => ({ input: [field({ name: u })] })),
      jsonValue.map((u) => type({ primaryAttribute: u })),
      jsonValue.map((u) => ({ attributes: [u, { ...days, dataType: u }] }))
    )
    fc.assert(
      fc.property(paths, body, (path, json) => {
        const client = bare()
        post(client, typeUrl, type())
        const before = client.state.options
        const told = client.rest('POST', path, { json })
        if (isRecord(told) && told.success === true) return
        expect(client.state.options).toEqual(before)
        expect(told).toMatchObject({ success: false, errors: expect.any(Array) })
      })
    )
  })
})

describe('fields', () => {
  it('are there once they are made: told, written and found by', () => {
    const client = bare()
    expect(
      post(client, fieldsUrl, { input: [field(), field({ name: 'size', displayName: 'Size', dataType: 'integer' })] })
    ).toEqual([
      { name: 'tier', status: 'created' },
      { name: 'size', status: 'created' }
    ])
    const [told] = Object(get(client, 'leads/describe2.json'))
    expect(told.fields).toContainEqual({
      name: 'tier',
      displayName: 'Tier',
      dataType: 'string',
      length: 255,
      updateable: true,
      crmManaged: false
    })
    expect(told.searchableFields).toContainEqual(['tier'])
    expect(get(client, 'leads/describe.json')).toContainEqual({
      id: expect.any(Number),
      displayName: 'Size',
      dataType: 'integer',
      rest: { name: 'size', readOnly: false },
      soap: { name: 'size', readOnly: false }
    })
    expect(client.sync([{ email: 'ana@example.com', tier: 'gold' }])).toMatchObject([{ status: 'created' }])
  })

  it.each<[string, unknown, string]>([
    ['a name that is taken', { input: [field({ name: 'firstname' })] }, '1017'],
    ['a label that is taken', { input: [field({ displayName: 'First name' })] }, '1017'],
    ['a name twice', { input: [field(), field({ displayName: 'Other' })] }, '1017'],
    ['a name that begins with a digit', { input: [field({ name: '1a' })] }, '1003'],
    ['a label with a colon', { input: [field({ displayName: 'a:b' })] }, '1003'],
    ['a type that no new field can have', { input: [field({ dataType: 'text' })] }, '1003'],
    ['no type', { input: [{ name: 'tier', displayName: 'Tier' }] }, '1002'],
    ['no label', { input: [{ name: 'tier', dataType: 'string' }] }, '1002'],
    ['nothing', { input: [] }, '1002'],
    ['a hundred and one', { input: many(101, (i) => field({ name: `f${i}`, displayName: `F ${i}` })) }, '1003']
  ])('refuses %s, and the others of the call with it', (_, json, code) => {
    const client = bare()
    expect(post(client, fieldsUrl, json)).toEqual({ errors: [code] })
    expect(client.state.options.customFields).toEqual([])
  })

  it('are a hundred at most, made through the API', () => {
    const client = bare()
    post(client, fieldsUrl, { input: many(100, (i) => field({ name: `f${i}`, displayName: `F ${i}` })) })
    expect(post(client, fieldsUrl, { input: [field()] })).toEqual({ errors: ['1003'] })
  })
})

describe('activity types', () => {
  it('take activities once they are approved, and new attributes once those are', () => {
    const client = bare()
    client.sync([{ email: 'ana@example.com' }])
    const [{ id, status }] = Object(post(client, typeUrl, type()))
    expect([id, status]).toEqual([100_001, 'draft'])
    expect(add(client, 1, id)).toBe('skipped')
    expect(post(client, about('attributes/create.json'), { attributes: [days] })).toMatchObject([{ status: 'draft' }])
    expect(post(client, about('approve.json'), {})).toMatchObject([{ status: 'approved' }])
    expect(add(client, 1, id, [{ apiName: 'days', value: 3 }])).toBe('added')
    const seats = { apiName: 'seats', name: 'Seats', dataType: 'integer' }
    expect(post(client, about('attributes/create.json'), { attributes: [seats] })).toMatchObject([
      { status: 'approved with draft' }
    ])
    expect(add(client, 1, id, [{ apiName: 'seats', value: 3 }])).toBe('skipped')
    const names = (told: unknown) => Object(told)[0].attributes.map((one: object) => ownMember(Object(one), 'apiName'))
    expect(names(get(client, about('describe.json')))).toEqual(['days'])
    expect(names(get(client, about('describe.json'), [['draft', 'true']]))).toEqual(['days', 'seats'])
    post(client, about('approve.json'), {})
    expect(add(client, 1, id, [{ apiName: 'seats', value: 3 }])).toBe('added')
  })

  it('are told with their names and states', () => {
    const client = bare()
    post(client, typeUrl, type())
    expect(get(client, 'activities/external/types.json')).toEqual([
      {
        id: 100_001,
        apiName: 'trial',
        name: 'Trial Started',
        description: '',
        triggerName: 'Starts Trial',
        filterName: 'Started Trial',
        status: 'draft'
      }
    ])
    expect(get(client, 'activities/types.json')).toContainEqual({
      id: 100_001,
      name: 'Trial Started',
      apiName: 'trial',
      primaryAttribute,
      attributes: []
    })
  })

  it.each<[string, object, string]>([
    ['an API name that is taken', type({ apiName: 'TRIAL', name: 'Other' }), '1017'],
    ['a name that is taken', type({ apiName: 'other', name: 'trial started' }), '1017'],
    ['an API name with a space', type({ apiName: 'a b' }), '1003'],
    ['a name with a colon', type({ apiName: 'other', name: 'a:b' }), '1003'],
    ['no trigger', { ...type({ apiName: 'other' }), triggerName: undefined }, '1002'],
    ['no primary attribute', { ...type({ apiName: 'other', name: 'Other' }), primaryAttribute: undefined }, '1002'],
    [
      'an attribute of no type',
      type({ apiName: 'other', name: 'Other', primaryAttribute: { ...days, dataType: 'url' } }),
      '1003'
    ]
  ])('refuse %s', (_, json, code) => {
    const client = bare()
    post(client, typeUrl, type())
    expect(post(client, typeUrl, json)).toEqual({ errors: [code] })
  })

  it.each<[string, string, object, string]>([
    ['attributes of nobody', 'activities/external/type/nobody/attributes/create.json', { attributes: [days] }, '1013'],
    [
      'an attribute that is there',
      about('attributes/create.json'),
      { attributes: [{ ...days, apiName: 'PLAN' }] },
      '1017'
    ],
    ['no attributes', about('attributes/create.json'), {}, '1002'],
    [
      'twenty-one',
      about('attributes/create.json'),
      { attributes: many(21, (i) => ({ ...days, apiName: `a${i}` })) },
      '1028'
    ],
    ['an approval of nobody', 'activities/external/type/nobody/approve.json', {}, '1013']
  ])('refuse %s', (_, path, json, code) => {
    const client = bare()
    post(client, typeUrl, type())
    expect(post(client, path, json)).toEqual({ errors: [code] })
  })

  it('are ten at most, and approved once for each draft', () => {
    const client = bare()
    for (let i = 0; i < 10; i += 1) post(client, typeUrl, type({ apiName: `a${i}`, name: `A ${i}` }))
    expect(post(client, typeUrl, type())).toEqual({ errors: ['1027'] })
    post(client, 'activities/external/type/a0/approve.json', {})
    expect(post(client, 'activities/external/type/a0/approve.json', {})).toEqual({ errors: ['709'] })
  })
})

describe('channels', () => {
  it('are those of the programs, each with its statuses, page by page', () => {
    const statuses = [{ name: 'Invited', step: 1 }]
    const programs = ['Webinar', 'Email', 'Webinar'].map((channel, i) => ({ id: i + 1, channel, statuses }))
    const client = new Client({ programs }).signIn()
    const answer = (offset: string) =>
      client.send({
        host: 'rest',
        method: 'GET',
        path: ['rest', 'asset', 'v1', 'channels.json'],
        query: [
          ['offset', offset],
          ['maxReturn', '1']
        ],
        headers: { authorization: `Bearer ${client.token}` },
        body: null
      })
    const told = (offset: string) => resultOf(JSON.parse(String(answer(offset)?.body)))
    expect(told('0')).toMatchObject([{ name: 'Webinar', progressionStatuses: [{ name: 'Invited' }] }])
    expect(told('1')).toMatchObject([{ name: 'Email' }])
    expect(told('2')).toEqual({ errors: [] })
  })
})
