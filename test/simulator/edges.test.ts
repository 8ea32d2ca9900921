/** Reads and writes at the edges of what they take: limits, odd texts, what holds nothing. */
import { describe, expect, it } from 'vitest'
import type { Pairs } from '../../src/intent/descriptor.js'
import { editedInMarketo } from '../../src/simulator/edited.js'
import { assetAdded, leadAdded } from '../../src/simulator/happened.js'
import type { SimulatorOptions } from '../../src/simulator/options.js'
import { changesIn, leadIn, leadsIn, logIn, programMembersIn } from '../../src/simulator/reading.js'
import { startSimulator } from '../../src/simulator/start.js'
import { Client, cookie, noon, options, resultOf, short } from './world.js'

const numbers = (count: number, first = 1): ReadonlyArray<number> => Array.from({ length: count }, (_, i) => first + i)
const pairs = (members: Readonly<Record<string, string>>): Pairs => Object.entries(members)

const world: Partial<SimulatorOptions> = {
  leads: [
    { fields: { email: 'ana@example.com', firstName: 'Ana', lastName: 'Ruiz', customerNumber__c: 12, userId: 'u1' } },
    { fields: { email: 'bo@example.com', mail__c: 'b@example.com' } },
    { fields: { email: 'bo@example.com', userId: true, plan__c: '' }, cookies: ['x'] }
  ],
  companies: [
    { externalCompanyId: 'acme', fields: { company: 'Acme' } },
    { externalCompanyId: 'globex', fields: { company: 'Globex' } }
  ],
  lists: numbers(13, 5)
    .map((id) => ({ id, name: `List ${id}`, leadIds: [1] }))
    .reverse()
}

const get = (path: string, query: Pairs, client = new Client(world).signIn()): unknown =>
  resultOf(client.rest('GET', path, { query }))

const refused = (...errors: ReadonlyArray<string>) => ({ errors })
const byId = { filterType: 'id', fields: 'id' }

describe('Get Leads', () => {
  // biome-ignore format: table
  it.each<[string, Readonly<Record<string, string>>, unknown]>([
    ['no size',                       { ...byId, filterValues: '1', batchSize: '' },               [{ id: 1 }]],
    ['no leads a page',               { ...byId, filterValues: '1', batchSize: '0' },              refused('1001')],
    ['half a lead a page',            { ...byId, filterValues: '1', batchSize: '1.5' },            refused('1001')],
    ['a number and a letter a page',  { ...byId, filterValues: '1', batchSize: '1e1' },            refused('1001')],
    ['300 values',                    { ...byId, filterValues: numbers(300, 2).join(',') },        [{ id: 2 }, { id: 3 }]],
    ['a letter before a number',      { ...byId, filterValues: 'x1' },                             refused('1001')],
    ['a letter behind a number',      { ...byId, filterValues: '1x' },                             refused('1001')],
    ['a second value that is none',   { ...byId, filterValues: '1,x' },                            refused('1001')],
    ['a number of several digits',    { filterType: 'customerNumber__c', fields: 'id', filterValues: '12' }, [{ id: 1 }]],
    ['a number with a nought before', { filterType: 'customerNumber__c', fields: 'id', filterValues: '012' }, [{ id: 1 }]],
    ['a custom email',                { filterType: 'mail__c', fields: 'id', filterValues: 'b@example.com' }, [{ id: 2 }]],
    ['a flag in the place of a text', { filterType: 'userId', fields: 'id', filterValues: 'true' }, []],
    ['a cookie of nobody',            { filterType: 'cookies', filterValues: cookie },             []],
    ['two complaints, the filter first', { filterType: 'nobody', filterValues: '1', batchSize: 'x' }, refused('1006')],
    ['a token with more before it',   { ...byId, filterValues: '1', nextPageToken: 'xafter-0' },   refused('1003')],
    ['a token with more behind it',   { ...byId, filterValues: '1', nextPageToken: 'after-0x' },   refused('1003')],
    ['the usual fields',              { filterType: 'id', filterValues: '1' },                     [{ id: 1, email: 'ana@example.com', firstName: 'Ana', lastName: 'Ruiz', createdAt: '1970-01-01T00:00:00Z', updatedAt: '1970-01-01T00:00:00Z' }]]
  ])('with %s', (_, query, told) => {
    expect(get('leads.json', pairs(query))).toEqual(told)
  })

  it('has no more where a page ends with the last lead', () => {
    const query = pairs({ ...byId, filterValues: '1,2,3', batchSize: '3' })
    expect(new Client(world).signIn().rest('GET', 'leads.json', { query })).toMatchObject({ moreResult: false })
  })

  it('finds who still has an email that another gave up', () => {
    const client = new Client(world).signIn()
    client.sync([{ id: 2, email: 'new@example.com' }], { action: 'updateOnly', lookupField: 'id' })
    const query = pairs({ filterType: 'email', filterValues: 'bo@example.com', fields: 'id' })
    expect(get('leads.json', query, client)).toEqual([{ id: 3 }])
  })

  it('shows no cookie that is none', () => {
    expect(leadIn(startSimulator({ ...options, ...world }), 3)?.cookies).toEqual([])
  })
})

describe('Get Companies', () => {
  const acme = { seq: 0, id: 1, externalCompanyId: 'acme' }
  // biome-ignore format: table
  it.each<[string, Readonly<Record<string, string>>, unknown]>([
    ['its two numbers',  { filterType: 'externalCompanyId', filterValues: 'acme', fields: 'id,externalCompanyId' }, [acme]],
    ['what it lacks',    { filterType: 'externalCompanyId', filterValues: 'acme', fields: 'website' },              [acme]],
    ['by its number',    { filterType: 'idField', filterValues: '1' },                                              [{ ...acme, company: 'Acme' }]],
    ['300 values',       { filterType: 'id', filterValues: numbers(300).join(','), fields: 'id' },                  [acme, { seq: 1, id: 2, externalCompanyId: 'globex' }]],
    ['301 values',       { filterType: 'id', filterValues: numbers(301).join(',') },                                refused('1003')]
  ])('with %s', (_, query, told) => {
    expect(get('companies.json', pairs(query))).toEqual(told)
  })
})

describe('lists', () => {
  // biome-ignore format: table
  it.each<[string, Pairs, unknown]>([
    ['names that are no ids',  [['x', '2'], ['id', '1']],                [{ id: 1, status: 'added' }]],
    ['an id between commas',   [['id', '1,,2']],                         [{ id: 1, status: 'added' }, { status: 'skipped', reasons: ['1001'] }, { id: 2, status: 'added' }]],
    ['301 ids',                [['id', numbers(301).join(',')]],         refused('1003')]
  ])('take %s', (_, query, told) => {
    expect(short(resultOf(new Client(world).signIn().rest('POST', 'lists/5/leads.json', { query })))).toEqual(told)
  })

  it('take 300 ids, and of a body no half ones', () => {
    const client = new Client(world).signIn()
    const query: Pairs = [['id', numbers(300).join(',')]]
    expect(resultOf(client.rest('POST', 'lists/5/leads.json', { query }))).toHaveLength(300)
    const reasons = [{ code: '1001', message: "Invalid value for 'id': not a number" }]
    expect(resultOf(client.rest('POST', 'lists/5/leads.json', { json: { input: [{ id: 1.5 }] } }))).toEqual([
      { status: 'skipped', reasons }
    ])
  })

  // biome-ignore format: table
  it.each<[string, Readonly<Record<string, string>>, unknown]>([
    ['1', {},                                numbers(13, 5)],
    ['1', { batchSize: 'x' },                numbers(13, 5)],
    ['1', { batchSize: '0' },                numbers(13, 5)],
    ['1', { batchSize: '1.5' },              numbers(13, 5)],
    ['1', { batchSize: '2x' },               numbers(13, 5)],
    ['1', { batchSize: '2' },                [5, 6]],
    ['1', { batchSize: '12' },               numbers(12, 5)],
    ['1', { nextPageToken: 'after-15' },     [16, 17]],
    ['2', {},                                []],
    ['1', { nextPageToken: 'xafter-15' },    refused('1001')],
    ['1', { nextPageToken: 'after-15x' },    refused('1001')],
    ['1.0', {},                              refused('1004')],
    ['1e0', {},                              refused('1004')]
  ])('of lead %s with %j', (id, query, told) => {
    const result = get(`leads/${id}/listMembership.json`, pairs(query))
    expect(Array.isArray(result) ? result.map(({ listId }) => listId) : result).toEqual(told)
  })

  const asset = (client: Client, method: string, path: string, query: Pairs, form: string, type: string) =>
    JSON.parse(
      String(
        client.send({
          host: 'rest',
          method,
          path: ['rest', 'asset', 'v1', path].flatMap((part) => part.split('/')),
          query,
          headers: { authorization: `Bearer ${client.token}`, 'content-type': type },
          body: form
        })?.body
      )
    )

  it('of a name that none has are no result', () => {
    const client = new Client(world).signIn()
    expect(asset(client, 'GET', 'staticList/byName.json', [['name', 'x']], '', '')).toEqual({
      requestId: '2#simulated',
      success: true
    })
  })

  const form = 'application/x-www-form-urlencoded'
  // biome-ignore format: table
  it.each<[string, string, string, string, string | undefined]>([
    ['of a program',                     'Trial', '{"id":7,"type":"Program"}',   form,        undefined],
    ['of a name that is in no folder',   'List 5', '{"id":7,"type":"Folder"}',   form,        undefined],
    ['of a name that is there',          'Taken', '{"id":7,"type":"Folder"}',    form,        '709'],
    ['of a name that a program has',     'Taken', '{"id":7,"type":"Program"}',   form,        undefined],
    ['of a folder that is a text',       'Trial', '{"id":"7","type":"Folder"}',  form,        '1003'],
    ['of a folder of another type',      'Trial', '{"id":7,"type":"x"}',         form,        '1003'],
    ['of a folder that is none',         'Trial', '{',                           form,        '1003'],
    ['with another type',                'Trial', '{"id":7,"type":"Folder"}',    `x${form}`,  '612']
  ])('made anew %s', (_, name, folder, type, code) => {
    const client = new Client({
      lists: [
        { id: 5, name: 'List 5' },
        { id: 6, name: 'Taken', folder: { id: 7, type: 'Folder' } }
      ]
    }).signIn()
    const body = new URLSearchParams({ name, folder }).toString()
    const told = asset(client, 'POST', 'staticLists.json', [], body, type)
    expect(code === undefined ? told.result?.length : told.errors[0].code).toBe(code ?? 1)
  })
})

describe('what comes and goes in Marketo', () => {
  it('adds assets of any kind', () => {
    const client = new Client().signIn()
    client.state = assetAdded(client.state, 'campaigns', { id: 3, name: 'Welcome' })
    client.state = assetAdded(client.state, 'landingPages', { id: 4, name: 'Home' })
    client.state = assetAdded(client.state, 'segmentations', { id: 5, name: 'Region' })
    const { campaigns, landingPages, segmentations } = client.state.assets
    expect([campaigns, landingPages, segmentations].map((some) => some.map(({ id }) => id))).toEqual([[3], [4], [5]])
  })

  it('adds a lead to the partition that is named, or else to the first; the logs say that a marketer did it', () => {
    let state = startSimulator({ ...options, partitions: ['EU', 'US'] })
    state = leadAdded(state, { fields: { email: 'ana@example.com' }, partitionName: 'US' }, noon)
    state = leadAdded(state, { fields: {} }, Number.NaN)
    expect(leadsIn(state).map(({ partitionName, createdAt }) => [partitionName, createdAt])).toEqual([
      ['US', '2024-05-03T10:00:00Z'],
      ['EU', '1970-01-01T00:00:00Z']
    ])
    const author = { source: 'Marketo UI', modifyingUser: 'marketer@example.com', requestId: null }
    expect(changesIn(state)).toMatchObject([
      { leadId: 1, activityTypeId: 12, ...author },
      { leadId: 2, activityTypeId: 12, fields: [], ...author }
    ])
    expect(logIn(state)[0]?.attributes).toEqual([
      { name: 'Source Type', value: 'Marketo UI' },
      { name: 'API Method Name', value: '' },
      { name: 'Modifying User', value: 'marketer@example.com' },
      { name: 'Request Id', value: '' }
    ])
    const bare = leadAdded(startSimulator({ ...options, partitions: [] }), { fields: {} }, noon)
    expect(leadIn(bare, 1)?.partitionName).toBe('Default')
  })

  it('tells the log in its order, however long it is', () => {
    const client = new Client().signIn()
    client.sync(numbers(40).map((n) => ({ email: `p${n}@example.com` })))
    expect(logIn(client.state).map(({ n }) => n)).toEqual(numbers(40))
  })
})

describe('leads that become one, or go', () => {
  it('take over no program that the other was not in, and empty text for nothing', () => {
    const programs = [{ id: 7, statuses: [{ name: 'In', step: 1 }] }]
    const client = new Client({
      programs,
      leads: [{ fields: { firstName: '' } }, { fields: { firstName: 'Ana', lastName: '' } }, { fields: {} }]
    }).signIn()
    expect(programMembersIn(client.state, 7)).toEqual([])
    client.rest('POST', 'leads/1/merge.json', { query: [['leadId', '2']] })
    expect(programMembersIn(client.state, 7)).toEqual([])
    expect(leadIn(client.state, 1)?.fields).toEqual({ firstName: 'Ana' })
    const entry = logIn(client.state).find(({ activityTypeId }) => activityTypeId === 32)
    expect(entry?.attributes).toEqual([
      { name: 'Merge IDs', value: '[2]' },
      { name: 'Merge Source', value: 'API' }
    ])
    expect(changesIn(client.state).every(({ leadId }) => leadId === 1)).toBe(true)
    for (const id of ['1.0', '3e0', '1x'])
      expect(resultOf(client.rest('POST', `leads/${id}/merge.json`, { query: [['leadId', '3']] }))).toEqual(
        refused('1004')
      )
  })

  it('are named by what they are called, and not by a text', () => {
    const client = new Client({ leads: [{ fields: { lastName: 'Ruiz' } }] }).signIn()
    const told = resultOf(client.rest('POST', 'leads/delete.json', { json: { input: [{ id: 'x' }, { id: 1 }] } }))
    const reasons = [{ code: '1001', message: "Invalid value for 'id': not a number" }]
    expect(told).toEqual([
      { status: 'skipped', reasons },
      { id: 1, status: 'deleted' }
    ])
    expect(logIn(client.state)[0]?.primaryAttributeValue).toBe('Ruiz')
  })
})

describe('Get Lead Changes', () => {
  const asked = { fields: 'email,plan__c', nextPageToken: 'since-0' }
  const start = (): Client => {
    const client = new Client({ leads: [{ fields: { email: 'old@example.com' } }] }).signIn()
    client.sync([{ email: 'ana@example.com', plan__c: 'free' }])
    client.now += 1_000
    client.sync([{ email: 'ana@example.com', plan__c: 'pro' }, { email: 'bo@example.com' }])
    return client
  }
  const changes = (query: object): unknown => {
    const result = get('activities/leadchanges.json', pairs({ ...asked, ...query }), start())
    return Array.isArray(result) ? result.map(({ id }) => id) : result
  }

  // biome-ignore format: table
  it.each<[Readonly<Record<string, string>>, unknown]>([
    [{},                                             [1, 2, 3]],
    [{ fields: ',email,,' },                         [1, 3]],
    [{ leadIds: ',2,' },                             [1, 2]],
    [{ leadIds: numbers(30, 3).join(',') },          [3]],
    [{ leadIds: numbers(31).join(',') },             refused('1003')],
    [{ batchSize: '2' },                             [1, 2]],
    [{ batchSize: '0' },                             [1, 2, 3]],
    [{ batchSize: '-1' },                            [1, 2, 3]],
    [{ batchSize: 'x' },                             [1, 2, 3]],
    [{ nextPageToken: `since-${noon}` },             [1, 2, 3]],
    [{ nextPageToken: `since-${noon + 1}` },         [2, 3]],
    [{ nextPageToken: 'change-3' },                  []],
    [{ nextPageToken: 'xsince-0' },                  refused('1003')],
    [{ nextPageToken: 'since-0x' },                  refused('1003')]
  ])('with %j', (query, told) => {
    expect(changes(query)).toEqual(told)
  })

  it('tells a change with its author, and its fields by number', () => {
    expect(get('activities/leadchanges.json', pairs({ ...asked, batchSize: '1' }), start())).toEqual([
      {
        id: 1,
        marketoGUID: '1',
        leadId: 2,
        activityDate: '2024-05-03T10:00:00Z',
        activityTypeId: 12,
        fields: [
          { id: 1, name: 'email', newValue: 'ana@example.com' },
          { id: 2, name: 'plan__c', newValue: 'free' }
        ],
        attributes: [
          { name: 'Source', value: 'Web service API' },
          { name: 'Modifying User', value: 'api.user@example.com' },
          { name: 'Request Id', value: '2#simulated' }
        ]
      }
    ])
  })

  it('tells a change that a marketer made without the number of a request', () => {
    const client = new Client({ leads: [{ fields: { email: 'ana@example.com' } }] }).signIn()
    client.state = editedInMarketo(client.state, { leadId: 1, fields: { email: 'bo@example.com' } }, noon)
    expect(get('activities/leadchanges.json', pairs(asked), client)).toMatchObject([
      {
        attributes: [
          { name: 'Source', value: 'Marketo UI' },
          { name: 'Modifying User', value: 'marketer@example.com' }
        ]
      }
    ])
  })

  it('tells nothing of leads that were there before anybody asked', () => {
    expect(changesIn(startSimulator({ ...options, ...world }))).toEqual([])
  })
})

describe('Describe Leads', () => {
  it.each([
    ['mail__c', 'email', 255],
    ['site__c', 'url', 255],
    ['phone', 'phone', 255],
    ['plan__c', 'string', 10],
    ['spent__c', 'currency', undefined],
    ['facebookId', 'string', 255],
    ['tel__c', 'phone', 255]
  ])('tells the type and the length of %s', (name, dataType, length) => {
    const client = new Client({
      customFields: [...(options.customFields ?? []), { name: 'tel__c', type: 'phone' }]
    }).signIn()
    const [described] = Object(get('leads/describe2.json', [], client))
    const field: unknown = described.fields.find((one: { readonly name: string }) => one.name === name)
    expect([Object(field).dataType, Object(field).length]).toEqual([dataType, length])
  })
})

describe('Sync Leads', () => {
  it.each<[unknown, string, string, string]>([
    [{}, 'firstName', 'string', 'an object'],
    [7, 'born__c', 'date', '7'],
    [true, 'born__c', 'date', 'true'],
    ['soon', 'born__c', 'date', 'soon']
  ])('says of %j in %s why it will not do', (value, name, type, shown) => {
    const told = new Client().signIn().sync([{ email: 'ana@example.com', [name]: value }])
    const message = `Invalid value '${shown}' for field '${name}' of type ${type}`
    expect(told).toEqual([{ status: 'skipped', reasons: [{ code: '1003', message }] }])
  })

  it.each(['createdAt', 'updatedAt', 'isAnonymous', 'mktoName', 'inferredCity'])('writes no %s', (name) => {
    const told = new Client().signIn().sync([{ email: 'ana@example.com', [name]: null }])
    const reasons = [{ code: '1003', message: `Field '${name}' is read-only` }]
    expect(told).toEqual([{ status: 'skipped', reasons }])
  })

  // biome-ignore format: table
  it.each<[string, object, object, object]>([
    ['a number, though found by email', { email: 'ana@example.com', id: 1 },  { action: 'updateOnly' },                            { status: 'skipped', reasons: ['1003'] }],
    ['half a number',                   { id: 1.5 },                          { action: 'updateOnly', lookupField: 'id' },         { status: 'skipped', reasons: ['1003'] }],
    ['the partition that it is in',     { email: 'ana@example.com' },         { partitionName: 'Default' },                        { id: 1, status: 'updated' }],
    ['another partition',               { email: 'ana@example.com' },         { partitionName: 'EU' },                             { status: 'skipped', reasons: ['1010'] }],
    ['no email, where none may be',     { userId: 'u9' },                     { action: 'createOnly', partitionName: 'EU' },       { id: 4, status: 'created' }]
  ])('of %s', (_, record, more, told) => {
    const client = new Client({ ...world, partitions: ['Default', 'EU'] }).signIn()
    expect(short(client.sync([record], more))).toEqual([told])
  })

  it('moves the time of a lead with any field', () => {
    const client = new Client(world).signIn()
    client.now += 1_000
    client.sync([{ id: 1, plan__c: 'pro' }], { action: 'updateOnly', lookupField: 'id' })
    expect(leadIn(client.state, 1)?.updatedAt).toBe('2024-05-03T10:00:01Z')
  })

  it('makes a lead of a cookie that nobody has', () => {
    const told = new Client(world).signIn().sync([{ cookies: cookie, firstName: 'Cy' }], { lookupField: 'cookies' })
    expect(short(told)).toEqual([{ id: 4, status: 'created' }])
  })

  it('refuses the whole request for a field of nobody, where the instance does so', () => {
    const client = new Client({ ...world, unknownField: 'request' }).signIn()
    const input = [{ email: 'ana@example.com' }, { email: 'cy@example.com', nobody: 1 }]
    expect(client.rest('POST', 'leads.json', { json: { input } })).toMatchObject({
      errors: [{ code: '1006', message: "Field 'nobody' not found" }]
    })
    expect(client.sync([{ email: 'ana@example.com' }])).toEqual([{ id: 1, status: 'updated' }])
  })
})
