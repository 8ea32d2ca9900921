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

  // biome-ignore format: table
  it.each<[string, object, string, string]>([
    ['no name',                       { name: '' },                                        '1002', "'name'"],
    ['a name that is no text',        { name: 7 },                                         '1002', "'name'"],
    ['a label of nothing',            { displayName: '' },                                 '1002', "'displayName'"],
    ['no type',                       { dataType: undefined },                             '1002', "'dataType'"],
    ['a name behind a blank',         { name: ' a' },                                      '1003', "'name'"],
    ['a name with a blank behind',    { name: 'a ' },                                      '1003', "'name'"],
    ['a name that is too long',       { name: `a${'b'.repeat(255)}` },                     '1003', "'name'"],
    ['a label of blanks',             { displayName: '  ' },                               '1003', "'displayName'"],
    ['a label with words before',     { displayName: ':a' },                               '1003', "'displayName'"],
    ['a label with words behind',     { displayName: 'a:' },                               '1003', "'displayName'"],
    ['a label that is too long',      { displayName: 'b'.repeat(256) },                    '1003', "'displayName'"],
    ['a type of nobody',              { dataType: 'txt' },                                 '1003', "'dataType'"],
    ['a taken name, in capitals',     { name: 'FIRSTNAME' },                               '1017', "'FIRSTNAME'"],
    ['a field of the instance',       { name: 'PLAN__C' },                                 '1017', "'PLAN__C'"],
    ['a label of the instance',       { displayName: 'own label' },                        '1017', "'tier'"]
  ])('with %s say which', (_, more, code, word) => {
    const own = [
      { name: 'plan__c', type: 'string' },
      { name: 'other__c', type: 'string', label: 'Own Label' }
    ] as const
    const client = new Client({ customFields: own }).signIn()
    const told = client.rest('POST', fieldsUrl, { json: { input: [field(more)] } })
    expect(told).toMatchObject({ errors: [{ code, message: expect.stringContaining(word) }] })
  })

  it('have the longest names there can be', () => {
    const longest = field({ name: `a${'_'.repeat(254)}`, displayName: 'b '.repeat(127) })
    expect(post(bare(), fieldsUrl, { input: [longest] })).toEqual([{ name: longest.name, status: 'created' }])
  })

  it('may have the name of one that is absent here; and those made otherwise are not counted', () => {
    const client = new Client({
      absentFields: ['firstName'],
      customFields: many(100, (i) => ({ name: `own${i}__c`, type: 'string' })).map((one) => Object(one))
    }).signIn()
    const input = [field({ name: 'firstName', displayName: 'First Name' })]
    expect(post(client, fieldsUrl, { input })).toEqual([{ name: 'firstName', status: 'created' }])
  })

  it('are told with those that every lead has, which nobody writes', () => {
    const client = bare()
    const [told] = Object(get(client, 'leads/describe2.json'))
    const shown = (name: string) => told.fields.find((one: { readonly name: string }) => one.name === name)
    expect(told.name).toBe('API Lead')
    expect(['id', 'createdAt', 'updatedAt'].map((name) => shown(name)?.updateable)).toEqual([false, false, false])
    expect(shown('email')).toMatchObject({ displayName: 'Email Address', dataType: 'email', updateable: true })
    expect(told.searchableFields).toContainEqual(['id'])
    expect(told.searchableFields).not.toContainEqual(['firstName'])
    const names = Object(get(client, 'leads/describe.json'))
    expect(names.map(({ id }: { readonly id: number }) => id)).toEqual(names.map((_: unknown, i: number) => i + 1))
    const email = names.find((one: { readonly rest: { readonly name: string } }) => one.rest.name === 'email')
    expect(email).toMatchObject({ rest: { readOnly: false }, soap: { name: 'Email', readOnly: false } })
  })

  it('come after those that every lead has; what the instance lacks is not told', () => {
    const client = new Client({ absentFields: ['firstName'], customFields: [] }).signIn()
    const [told] = Object(get(client, 'leads/describe2.json'))
    const names: ReadonlyArray<unknown> = told.fields.map(({ name }: { readonly name: string }) => name)
    expect(names.slice(0, 3)).toEqual(['id', 'createdAt', 'updatedAt'])
    expect([names.includes('firstName'), names.includes('lastName')]).toEqual([false, true])
    expect(names.filter((name) => typeof name !== 'string')).toEqual([])
    expect(new Set(names).size).toBe(names.length)
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
    ['an empty list of attributes', about('attributes/create.json'), { attributes: [] }, '1002'],
    [
      'what stands behind a thousand, unlooked at,',
      about('attributes/create.json'),
      { attributes: [...many(1_000, (i) => ({ ...days, apiName: `a${i}` })), 'x'] },
      '1028'
    ],
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

  // biome-ignore format: table
  it.each<[string, object, string, string]>([
    ['no API name',                type({ apiName: '' }),                                            '1002', "'apiName'"],
    ['no name',                    type({ name: 7 }),                                                '1002', "'name'"],
    ['no trigger',                 type({ triggerName: '' }),                                        '1002', "'triggerName'"],
    ['no filter',                  type({ filterName: '' }),                                         '1002', "'filterName'"],
    ['an API name of two words',   type({ apiName: 'a b' }),                                         '1003', "'apiName'"],
    ['a trigger with a colon',     type({ triggerName: 'a:b' }),                                     '1003', "'triggerName'"],
    ['a filter with a colon',      type({ filterName: 'a:b' }),                                      '1003', "'filterName'"],
    ['no primary attribute',       type({ primaryAttribute: undefined }),                            '1002', "'primaryAttribute'"],
    ['an attribute of text',       type({ primaryAttribute: 'x' }),                                  '1002', "'apiName'"],
    ['one without an API name',    type({ primaryAttribute: { ...primaryAttribute, apiName: '' } }), '1002', "'apiName'"],
    ['one without a name',         type({ primaryAttribute: { ...primaryAttribute, name: '' } }),    '1002', "'name'"],
    ['one of two words',           type({ primaryAttribute: { ...primaryAttribute, apiName: 'a b' } }), '1003', "'apiName'"],
    ['one with a colon',           type({ primaryAttribute: { ...primaryAttribute, name: 'a:b' } }), '1003', "'name'"],
    ['one of no type',             type({ primaryAttribute: { ...primaryAttribute, dataType: 'url' } }), '1003', "'dataType'"],
    ['a taken API name',           type({ apiName: 'Custom100009' }),                                '1017', "'Custom100009'"],
    ['a taken name',               type({ name: 'custom 100009' }),                                  '1017', "'custom 100009'"]
  ])('with %s say which', (_, json, code, word) => {
    const client = new Client({ activityTypes: [{ id: 100_009, primaryAttribute, attributes: [] }] }).signIn()
    const told = client.rest('POST', typeUrl, { json })
    expect(told).toMatchObject({ errors: [{ code, message: expect.stringContaining(word) }] })
  })

  it('are numbered on, and each is changed by itself', () => {
    const client = new Client({ activityTypes: [{ id: 100_009, primaryAttribute, attributes: [] }] }).signIn()
    const { dataType: _, ...untyped } = primaryAttribute
    const seats = { apiName: 'seats', name: 'Seats' }
    const made = {
      id: 100_010,
      apiName: 'trial',
      name: 'Trial Started',
      description: 'Somebody tries',
      triggerName: 'Starts Trial',
      filterName: 'Started Trial',
      status: 'draft',
      primaryAttribute: { ...primaryAttribute, isPrimary: true },
      attributes: []
    }
    const sent = type({ description: 'Somebody tries', primaryAttribute: untyped })
    expect(post(client, typeUrl, sent)).toEqual([made])
    const withSeats = { ...made, attributes: [{ ...seats, dataType: 'string', isPrimary: false }] }
    expect(post(client, about('attributes/create.json'), { attributes: [seats] })).toEqual([withSeats])
    expect(post(client, about('approve.json'), {})).toEqual([{ ...withSeats, status: 'approved' }])
    expect(get(client, about('describe.json'))).toEqual([{ ...withSeats, status: 'approved' }])
    expect(get(client, 'activities/external/type/CUSTOM100009/describe.json')).toEqual([
      {
        id: 100_009,
        apiName: 'custom100009',
        name: 'Custom 100009',
        description: '',
        triggerName: 'Custom 100009',
        filterName: 'Custom 100009',
        status: 'approved',
        primaryAttribute: { ...primaryAttribute, isPrimary: true },
        attributes: []
      }
    ])
    expect(Object(get(client, 'activities/external/types.json')).length).toBe(2)
  })

  it('take twenty attributes, and say which are taken', () => {
    const client = bare()
    post(client, typeUrl, type())
    const twenty = many(20, (i) => ({ ...days, apiName: `a${i}` }))
    expect(post(client, about('attributes/create.json'), { attributes: twenty })).toMatchObject([{ status: 'draft' }])
    const again = client.rest('POST', about('attributes/create.json'), { json: { attributes: [twenty[0], 7] } })
    expect(again).toMatchObject({
      errors: [
        { code: '1017', message: expect.stringContaining("'a0'") },
        { code: '1002', message: expect.stringContaining("'apiName'") }
      ]
    })
    expect(post(client, about('attributes/create.json'), { attributes: [days, days] })).toEqual({ errors: ['1017'] })
    expect(client.rest('POST', 'activities/external/type/nobody/approve.json', { json: {} })).toMatchObject({
      errors: [{ code: '1013', message: expect.stringContaining("'nobody'") }]
    })
  })

  it('say that attributes are missing', () => {
    const client = bare()
    post(client, typeUrl, type())
    const told = client.rest('POST', about('attributes/create.json'), { json: { attributes: 7 } })
    expect(told).toMatchObject({ errors: [{ code: '1002', message: expect.stringContaining("'attributes'") }] })
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
    expect(told('1')).toEqual([
      {
        id: 2,
        name: 'Email',
        description: '',
        applicableProgramType: 'default',
        createdAt: '1970-01-01T00:00:00Z+0000',
        updatedAt: '1970-01-01T00:00:00Z+0000',
        progressionStatuses: [
          { name: 'Invited', description: '', hidden: false, type: 'Progression Status', step: 1, success: false }
        ]
      }
    ])
    expect(told('-1')).toEqual({ errors: ['1001'] })
    const message = expect.stringContaining("'offset'")
    expect(JSON.parse(String(answer('-1')?.body))).toMatchObject({ errors: [{ code: '1001', message }] })
  })

  it.each([
    ['0', '1001'],
    ['201', '1001'],
    ['x', '1001']
  ])('%s at once are refused', (size, code) => {
    const client = new Client().signIn()
    const answer = client.send({
      host: 'rest',
      method: 'GET',
      path: ['rest', 'asset', 'v1', 'channels.json'],
      query: [['maxReturn', size]],
      headers: { authorization: `Bearer ${client.token}` },
      body: null
    })
    const message = expect.stringContaining("'maxReturn'")
    expect(JSON.parse(String(answer?.body))).toMatchObject({ errors: [{ code, message }] })
  })

  it('have the statuses of the first program that says them', () => {
    const programs = ['a', 'b'].map((name, i) => ({ id: i + 1, channel: 'Webinar', statuses: [{ name, step: 1 }] }))
    const client = new Client({ programs }).signIn()
    const path = ['rest', 'asset', 'v1', 'channels.json']
    const headers = { authorization: `Bearer ${client.token}` }
    const answer = client.send({ host: 'rest', method: 'GET', path, query: [], headers, body: null })
    expect(JSON.parse(String(answer?.body)).result).toMatchObject([{ progressionStatuses: [{ name: 'a' }] }])
  })

  it('come twenty at a time, 200 at most, and none are told with a warning', () => {
    const programs = many(201, (i) => ({ id: i + 1, channel: `C${i}`, statuses: [] })).map((one) => Object(one))
    const told = (client: Client, query: ReadonlyArray<readonly [string, string]>) => {
      const path = ['rest', 'asset', 'v1', 'channels.json']
      const headers = { authorization: `Bearer ${client.token}` }
      const answer = client.send({ host: 'rest', method: 'GET', path, query, headers, body: null })
      return JSON.parse(String(answer?.body))
    }
    const client = new Client({ programs }).signIn()
    expect([told(client, []).result.length, told(client, [['maxReturn', '200']]).result.length]).toEqual([20, 200])
    expect(told(client, []).warnings).toEqual([])
    expect(told(new Client().signIn(), [])).toMatchObject({
      success: true,
      errors: [],
      warnings: ['No assets found for the given search criteria.']
    })
  })
})
