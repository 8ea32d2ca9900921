import { describe, expect, it } from 'vitest'
import type { ActivityRecord } from '../../src/endpoints/activity-record.js'
import {
  describeActivityTypes,
  describeAddToList,
  describeEnqueueExport,
  describeExportActivities,
  describeExportFile,
  describeExportStatus,
  describeGetActivities,
  describeGetCampaigns,
  describeGetEmail,
  describeGetProgram,
  describeImportLeads,
  describeIngestPersons,
  describePagingToken,
  describeRemoveFromList,
  describeSyncProgramStatus,
  interpretActivitiesFile,
  interpretActivityTypes,
  interpretExportJob,
  interpretGetActivities,
  interpretGetCampaigns,
  interpretGetEmail,
  interpretGetProgram,
  interpretPagingToken
} from '../../src/endpoints/index.js'
import { sha256Hex } from '../../src/ground/digest.js'
import { utf8Length } from '../../src/ground/utf8.js'
import type { Call, HttpRequest } from '../../src/intent/descriptor.js'
import type { Answer } from '../../src/intent/outcome.js'
import { advanceSimulator } from '../../src/simulator/due.js'
import { editedInMarketo } from '../../src/simulator/edited.js'
import { leadAdded } from '../../src/simulator/happened.js'
import { logIn } from '../../src/simulator/reading.js'
import { callsOf, hyg, onlyCall } from '../endpoints/reading.js'
import { Client, noon } from './world.js'

const nothing: Answer = { status: 0, headers: {}, body: '' }
const ask = <A>(client: Client, call: Call<HttpRequest>, read: (call: Call<HttpRequest>, answer: Answer) => A): A =>
  read(call, client.call(call) ?? nothing)

const tokenFrom = (client: Client, since: number): string => {
  const told = ask(client, onlyCall(describePagingToken([{ munchkinId: hyg, since }])), interpretPagingToken)
  return told._tag === 'PagingToken' ? (told.nextPageToken ?? '') : ''
}

const page = (client: Client, nextPageToken: string, activityTypeIds: ReadonlyArray<number>) =>
  ask(
    client,
    onlyCall(describeGetActivities([{ munchkinId: hyg, nextPageToken, activityTypeIds }])),
    interpretGetActivities
  )

/** Every activity of these types, and the pages that it took. */
const walked = (client: Client, since: number, types: ReadonlyArray<number>) => {
  const found: Array<ActivityRecord> = []
  let token = tokenFrom(client, since)
  let pages = 0
  for (;;) {
    const told = page(client, token, types)
    if (told._tag === 'Refused' || told.nextPageToken === null) throw new Error('no page')
    found.push(...told.activities)
    token = told.nextPageToken
    pages += 1
    if (told.more !== true) return { found, pages, token }
  }
}

const member = { munchkinId: hyg, listId: 1, leadId: 1 }
const named = (records: ReadonlyArray<ActivityRecord>) =>
  records.map(({ attributes }) => Object.fromEntries(attributes.map(({ name, value }) => [name, value])))

describe('the log of activities', () => {
  it('holds what the instance itself did, with who did it', () => {
    const client = new Client({
      lists: [{ id: 1, name: 'Trial users' }],
      programs: [{ id: 1188, name: 'Onboarding', statuses: [{ name: 'Invited', step: 1 }] }],
      apiUser: 'robot@example.com'
    }).signIn()
    client.sync([{ email: 'ana@example.com' }])
    client.sync([{ email: 'ana@example.com', firstName: 'Ana', vip__c: true }])
    client.sync([{ email: 'ana@example.com', firstName: 'Ana' }])
    for (const call of [
      ...callsOf(describeAddToList([member])),
      ...callsOf(describeAddToList([member])),
      ...callsOf(describeRemoveFromList([member])),
      ...callsOf(describeSyncProgramStatus([{ munchkinId: hyg, programId: 1188, leadId: 1, statusName: 'Invited' }]))
    ])
      client.call(call)
    const activity = { leadId: 1, activityDate: '2024-05-01T10:00:00Z', activityTypeId: 100_001 }
    const added = client.rest('POST', 'activities/external.json', {
      json: { input: [{ ...activity, primaryAttributeValue: 'Pro', attributes: [{ apiName: 'price', value: 9 }] }] }
    })
    const types = [12, 13, 24, 25, 104, 100_001]
    const { found } = walked(client, noon, types)
    expect(found.map(({ activityTypeId, primaryAttributeValue }) => [activityTypeId, primaryAttributeValue])).toEqual([
      ['12', null],
      ['13', 'firstName'],
      ['13', 'vip__c'],
      ['24', 'Trial users'],
      ['25', 'Trial users'],
      ['104', 'Onboarding'],
      ['100001', 'Pro']
    ])
    const [made, first, vip, on, , moved, custom] = named(found)
    const ours = { 'API Method Name': 'Sync Leads', 'Modifying User': 'robot@example.com' }
    expect(made).toEqual({ ...ours, 'Source Type': 'Web service API', 'Request Id': '2#simulated' })
    expect(first).toEqual({
      ...ours,
      'New Value': 'Ana',
      Reason: 'Web service API',
      Source: 'Web service API',
      'Request Id': '3#simulated'
    })
    expect(on).toEqual({ Source: 'Web service API' })
    expect(made).toMatchObject({ 'Modifying User': 'robot@example.com', 'API Method Name': 'Sync Leads' })
    expect(first).toMatchObject({
      'New Value': 'Ana',
      Source: 'Web service API',
      'Modifying User': 'robot@example.com'
    })
    expect(first).not.toHaveProperty('Old Value')
    expect(vip).toMatchObject({ 'New Value': 'True' })
    expect(moved).toMatchObject({ 'Old Status': 'Not in Program', 'New Status': 'Invited', Success: false })
    expect(custom).toEqual({ Price: 9 })
    expect(added).toMatchObject({ result: [{ marketoGUID: found[6]?.marketoGUID }] })
    expect(new Set(found.map(({ marketoGUID }) => marketoGUID)).size).toBe(found.length)
    expect(logIn(client.state)).toHaveLength(found.length)
  })

  it('holds what it was given, and gives merged leads’ entries to the winner', () => {
    const client = new Client({
      leads: [{ fields: { email: 'a@example.com' } }, { fields: { email: 'b@example.com' } }],
      activities: [
        { leadId: 2, activityTypeId: 6, activityDate: '2024-05-01T10:00:00Z', campaignId: 7, marketoGUID: 'g1' },
        { leadId: 2, activityTypeId: 6, activityDate: '2024-05-02T10:00:00Z' }
      ]
    }).signIn()
    client.rest('POST', 'leads/1/merge.json', { query: [['leadIds', '2']] })
    expect(walked(client, 0, [6]).found.map(({ leadId, marketoGUID }) => [leadId, marketoGUID])).toEqual([
      ['1', 'g1'],
      ['1', '1000000002']
    ])
    expect(walked(client, noon - 86_400_000, [6, 32]).found.map(({ activityTypeId }) => activityTypeId)).toEqual([
      '6',
      '32'
    ])
    client.rest('POST', 'leads/delete.json', { json: { input: [{ id: 1 }] } })
    expect(logIn(client.state).map(({ activityTypeId }) => activityTypeId)).toEqual([6, 6, 32, 37])
  })

  it.each([0, 1, 299, 300, 301, 601, 700])('is read page by page, %s entries of which few are wanted', (count) => {
    const client = new Client({
      activities: Array.from({ length: count }, (_, i) => ({
        leadId: 1,
        activityTypeId: i % 310 === 0 ? 6 : 7,
        activityDate: '2024-05-01T10:00:00Z',
        marketoGUID: `g${i}`
      }))
    }).signIn()
    const { found, pages, token } = walked(client, 0, [6])
    const wanted = Array.from({ length: count }, (_, i) => i).filter((i) => i % 310 === 0)
    expect(found.map(({ marketoGUID }) => marketoGUID)).toEqual(wanted.map((i) => `g${i}`))
    expect(pages).toBe(Math.max(1, Math.ceil(count / 300)))
    expect(page(client, token, [6])).toMatchObject({ activities: [], more: false, nextPageToken: token })
  })

  // biome-ignore format: table
  it.each<[string, string, ReadonlyArray<readonly [string, string]>, string]>([
    ['a token for no moment',   'activities/pagingtoken.json', [['sinceDatetime', 'yesterday']],                        '1003'],
    ['a token for nothing',     'activities/pagingtoken.json', [],                                                      '1002'],
    ['a page from nowhere',     'activities.json',             [['nextPageToken', 'x'], ['activityTypeIds', '6']],      '1003'],
    ['a page from nowhere, with a place in it', 'activities.json', [['nextPageToken', 'from-1x'], ['activityTypeIds', '6']], '1003'],
    ['a place behind nowhere',  'activities.json',             [['nextPageToken', 'xfrom-1'], ['activityTypeIds', '6']], '1003'],
    ['a page behind the end',   'activities.json',             [['nextPageToken', 'from-2'], ['activityTypeIds', '6']],  '1003'],
    ['a type in words',         'activities.json',             [['nextPageToken', 'from-1'], ['activityTypeIds', '6,7x']], '1003'],
    ['a type behind words',     'activities.json',             [['nextPageToken', 'from-1'], ['activityTypeIds', 'x7,6']], '1003'],
    ['a page of no type',       'activities.json',             [['nextPageToken', 'from-1']],                           '1002'],
    ['a page of eleven types',  'activities.json',             [['nextPageToken', 'from-1'], ['activityTypeIds', '1,2,3,4,5,6,7,8,9,10,11']], '1003'],
    ['a page of a size of none', 'activities.json',            [['nextPageToken', 'from-1'], ['activityTypeIds', '6'], ['batchSize', '0']], '1001']
  ])('%s is refused', (_, path, query, code) => {
    expect(new Client().signIn().rest('GET', path, { query })).toMatchObject({ success: false, errors: [{ code }] })
  })

  it('is read by ten types at once', () => {
    const ten = [1, 2, 3, 6, 7, 8, 9, 10, 11, 12]
    const activities = [6, 12].map((activityTypeId) => ({
      leadId: 1,
      activityTypeId,
      activityDate: '2024-05-01T10:00:00Z'
    }))
    expect(page(new Client({ activities }).signIn(), 'from-1', ten)).toMatchObject({ activities: [{}, {}] })
  })

  // biome-ignore format: table
  it.each<[string, ReadonlyArray<readonly [string, string]>]>([
    ['nextPageToken',   [['nextPageToken', 'x'], ['activityTypeIds', '6']]],
    ['batchSize',       [['nextPageToken', 'from-1'], ['activityTypeIds', '6'], ['batchSize', '0']]],
    ['activityTypeIds', [['nextPageToken', 'from-1'], ['activityTypeIds', 'x']]]
  ])('a bad %s is named', (name, query) => {
    const told = new Client().signIn().rest('GET', 'activities.json', { query })
    expect(told).toMatchObject({ errors: [{ message: `Invalid value for '${name}'` }] })
  })

  it('says what a field held before, and nothing of what was or is empty', () => {
    const client = new Client({ apiUser: 'robot@example.com' }).signIn()
    client.sync([{ email: 'ana@example.com', firstName: 'Ana', vip__c: true }])
    client.sync([{ email: 'ana@example.com', firstName: null, lastName: 'Cruz', vip__c: false }])
    const changes = logIn(client.state).filter(({ activityTypeId }) => activityTypeId === 13)
    const by = {
      Reason: 'Web service API',
      Source: 'Web service API',
      'API Method Name': 'Sync Leads',
      'Modifying User': 'robot@example.com',
      'Request Id': '3#simulated'
    }
    expect(
      changes.map(({ primaryAttributeValue, attributes }) => [
        primaryAttributeValue,
        Object.fromEntries(attributes.map(({ name, value }) => [name, value]))
      ])
    ).toEqual([
      ['firstName', { 'Old Value': 'Ana', ...by }],
      ['vip__c', { 'New Value': 'False', 'Old Value': 'True', ...by }],
      ['lastName', { 'New Value': 'Cruz', ...by }]
    ])
  })

  it('names no method and no request where a person did it on Marketo’s screens', () => {
    const added = leadAdded(new Client().state, { fields: { email: 'ana@example.com' } }, noon)
    const user = 'marketer@example.com'
    const edited = editedInMarketo(added, { leadId: 1, fields: { firstName: 'Ana' } }, noon)
    expect(logIn(edited).map(({ attributes }) => attributes)).toEqual([
      [
        { name: 'Source Type', value: 'Marketo UI' },
        { name: 'API Method Name', value: '' },
        { name: 'Modifying User', value: user },
        { name: 'Request Id', value: '' }
      ],
      [
        { name: 'New Value', value: 'Ana' },
        { name: 'Reason', value: 'Marketo UI' },
        { name: 'Source', value: 'Marketo UI' },
        { name: 'Modifying User', value: user }
      ]
    ])
  })

  // biome-ignore format: table
  it.each([
    ['persons that were ingested', 'Data Ingestion', describeIngestPersons],
    ['rows that were imported',    'Import Leads',   describeImportLeads]
  ] as const)('names the method of %s', (_, method, describeCall) => {
    const upsert = {
      _tag: 'UpsertLead',
      munchkinId: hyg,
      lead: { lookupField: 'email', value: 'ana@example.com' },
      fields: { email: 'ana@example.com' },
      action: 'createOrUpdate',
      partitionName: null
    } as const
    const client = new Client({ ingestionDelayMillis: 5_000, importMillis: 5_000 }).signIn()
    for (const call of callsOf(describeCall([upsert], { correlationId: () => 'c-1' }))) client.call(call)
    const log = logIn(advanceSimulator(client.state, noon + 5_000))
    expect(log.map(({ attributes }) => attributes)).toEqual([
      [
        { name: 'Source Type', value: 'Web service API' },
        { name: 'API Method Name', value: method },
        { name: 'Modifying User', value: 'api.user@example.com' },
        { name: 'Request Id', value: '2#simulated' }
      ]
    ])
  })

  it('is told with what there is to tell, and with nothing else', () => {
    const bare = { leadId: 1, activityTypeId: 6, activityDate: '2024-05-01T10:00:00Z' }
    const more = {
      marketoGUID: '77',
      campaignId: 7,
      primaryAttributeValueId: 8,
      primaryAttributeValue: 'Welcome',
      attributes: [{ name: 'Source', value: 'x' }]
    }
    const client = new Client({ activities: [bare, { ...bare, ...more }, { ...bare, activityTypeId: 37 }] }).signIn()
    const asked = (from: string, size: string) =>
      client.rest('GET', 'activities.json', {
        query: [
          ['nextPageToken', from],
          ['activityTypeIds', '6,37'],
          ['batchSize', size]
        ]
      })
    expect(asked('from-1', '1')).toMatchObject({
      result: [{ ...bare, id: 1_000_000_001, marketoGUID: '1000000001', attributes: [] }],
      moreResult: true,
      nextPageToken: 'from-2'
    })
    expect(Object(asked('from-1', '1')).result).toEqual([
      { ...bare, id: 1_000_000_001, marketoGUID: '1000000001', attributes: [] }
    ])
    expect(Object(asked('from-2', '1')).result).toEqual([{ ...bare, ...more, id: 77 }])
    expect(asked('from-3', '300')).toMatchObject({ result: [], moreResult: false, nextPageToken: 'from-4' })
    expect(asked('from-4', '300')).toMatchObject({ result: [], moreResult: false, nextPageToken: 'from-4' })
  })

  it('begins at the first entry of a moment, and at its start where all is later', () => {
    const activities = [1, 2, 2, 3].map((day) => ({
      leadId: 1,
      activityTypeId: 6,
      activityDate: `2024-05-0${day}T10:00:00Z`
    }))
    const client = new Client({ activities }).signIn()
    const from = (text: string) =>
      Object(client.rest('GET', 'activities/pagingtoken.json', { query: [['sinceDatetime', text]] })).nextPageToken
    expect(['1970-01-01', '2024-05-02T10:00:00Z', '2024-05-02T10:00:01Z', '2024-06-01'].map(from)).toEqual([
      'from-1',
      'from-2',
      'from-4',
      'from-5'
    ])
  })

  it('meets faults as other calls do', () => {
    const client = new Client({ faults: [{ at: { call: 1 }, kind: '606', endpoint: 'getActivities' }] }).signIn()
    expect(page(client, 'from-1', [6])).toMatchObject({ _tag: 'Refused', remedy: 'throttle' })
    expect(page(client, 'from-1', [6])).toMatchObject({ _tag: 'ActivityPage' })
  })
})

describe('activity types, assets and extracts, simulated', () => {
  it('types are Marketo’s own and the instance’s', () => {
    const told = ask(new Client().signIn(), describeActivityTypes(hyg), interpretActivityTypes)
    const types = told._tag === 'ActivityTypes' ? told.types : []
    expect(types.find(({ id }) => id === 11)?.name).toBe('Click Email')
    expect(types.find(({ id }) => id === 100_001)?.attributes.map(({ name }) => name)).toEqual(['Price', 'Since'])
  })

  it('types are told with the types of their attributes', () => {
    const types = Object(new Client().signIn().rest('GET', 'activities/types.json')).result
    const one = (id: number) => types.find((type: { readonly id: number }) => type.id === id)
    expect(one(24)).toEqual({
      id: 24,
      name: 'Add to List',
      description: 'Add to List',
      primaryAttribute: { name: 'List ID', dataType: 'integer' },
      attributes: [{ name: 'Source', dataType: 'string' }]
    })
    expect(one(46)).toMatchObject({
      primaryAttribute: { name: 'Type', dataType: 'string' },
      attributes: [
        { name: 'Date', dataType: 'date' },
        { name: 'Description', dataType: 'string' },
        { name: 'Source', dataType: 'string' }
      ]
    })
    expect(one(12)).not.toHaveProperty('primaryAttribute')
    expect(one(2).attributes).toContainEqual({ name: 'Form Fields', dataType: 'text' })
    expect(one(10).attributes).toContainEqual({ name: 'Is Bot Activity', dataType: 'boolean' })
    expect(one(6).attributes).toContainEqual({ name: 'Choice Number', dataType: 'integer' })
    expect(one(37).attributes).toEqual([])
    expect(one(19)).toEqual({ id: 19, name: 'Sync Lead to SFDC', description: 'Sync Lead to SFDC', attributes: [] })
    expect(one(100_001)).toEqual({
      id: 100_001,
      name: 'Custom 100001',
      apiName: 'custom100001',
      primaryAttribute: { name: 'plan', dataType: 'string', apiName: 'plan' },
      attributes: [
        { name: 'Price', dataType: 'float', apiName: 'price' },
        { name: 'Since', dataType: 'datetime', apiName: 'since' }
      ]
    })
  })

  it('types tell every attribute that the log of an instance holds', () => {
    const client = new Client({
      lists: [{ id: 1, name: 'Trial users' }],
      programs: [{ id: 5, name: 'Onboarding', statuses: [{ name: 'Invited', step: 1 }] }],
      campaigns: [{ id: 9 }]
    }).signIn()
    client.sync([{ email: 'a@example.com' }, { email: 'b@example.com' }])
    client.sync([{ email: 'a@example.com', firstName: 'Ana' }])
    const post = (path: string, json: object) => client.rest('POST', path, { json })
    post('lists/1/leads.json', { input: [{ id: 1 }] })
    client.rest('DELETE', 'lists/1/leads.json', { query: [['id', '1']] })
    post('programs/5/members/status.json', { statusName: 'Invited', input: [{ leadId: 1 }] })
    post('campaigns/9/trigger.json', { input: { leads: [{ id: 1 }] } })
    post('leads/submitForm.json', { formId: 1001, input: [{ leadFormFields: { email: 'a@example.com' } }] })
    client.rest('POST', 'leads/1/merge.json', { query: [['leadIds', '2']] })
    post('leads/delete.json', { input: [{ id: 1 }] })
    const log = logIn(client.state)
    expect([...new Set(log.map(({ activityTypeId }) => activityTypeId))].sort((a, b) => a - b)).toEqual([
      2, 12, 13, 24, 25, 32, 37, 47, 104
    ])
    const told = ask(client, describeActivityTypes(hyg), interpretActivityTypes)
    const types = told._tag === 'ActivityTypes' ? told.types : []
    for (const { activityTypeId, attributes } of log) {
      const known = types.find(({ id }) => id === activityTypeId)?.attributes.map(({ name }) => name)
      expect(attributes.map(({ name }) => name).filter((name) => known?.includes(name) !== true)).toEqual([])
    }
  })

  it.each([
    [12, null],
    [13, 'Attribute Name'],
    [24, 'List ID'],
    [32, 'Lead ID'],
    [104, 'Program ID'],
    [100_001, 'plan']
  ])('type %s has the primary attribute %s', (id, name) => {
    const told = ask(new Client().signIn(), describeActivityTypes(hyg), interpretActivityTypes)
    const type = told._tag === 'ActivityTypes' ? told.types.find((one) => one.id === id) : undefined
    expect(type?.primaryAttribute?.name ?? null).toBe(name)
    expect(type?.attributes.some((one) => one.name === name)).toBe(false)
    expect(new Set(type?.attributes.map((one) => one.name)).size).toBe(type?.attributes.length)
  })

  it('emails, programs and campaigns have names', () => {
    const client = new Client({
      emails: [{ id: 2290, name: 'Welcome', subject: 'Glad you are here' }],
      programs: [{ id: 5, name: 'Onboarding', statuses: [] }],
      campaigns: [{ id: 3101, name: 'Send Welcome' }, { id: 3102 }]
    }).signIn()
    const asset = (id: number) => [{ munchkinId: hyg, id }] as const
    const found = { _tag: 'AssetFound', intent: 0 }
    expect(ask(client, onlyCall(describeGetEmail(asset(2290))), interpretGetEmail)).toMatchObject({
      outcomes: [{ ...found, asset: { id: 2290, name: 'Welcome', subject: 'Glad you are here' } }]
    })
    expect(ask(client, onlyCall(describeGetProgram(asset(5))), interpretGetProgram)).toMatchObject({
      outcomes: [{ ...found, asset: { id: 5, name: 'Onboarding', subject: null } }]
    })
    expect(ask(client, onlyCall(describeGetCampaigns(asset(3101))), interpretGetCampaigns)).toMatchObject({
      outcomes: [{ ...found, asset: { id: 3101, name: 'Send Welcome', subject: null } }]
    })
    expect(ask(client, onlyCall(describeGetCampaigns(asset(9))), interpretGetCampaigns)).toMatchObject({
      outcomes: [{ ...found, asset: null }]
    })
    expect(ask(client, onlyCall(describeGetEmail(asset(9))), interpretGetEmail)).toMatchObject({ remedy: 'accept' })
  })

  it('an extract runs its course, and its file tells what the pages tell', () => {
    const activities = [6, 37, 24, 6].map((activityTypeId, i) => ({
      leadId: 1,
      activityTypeId,
      activityDate: `2024-05-0${i + 1}T10:00:00Z`,
      marketoGUID: `g${i}`,
      primaryAttributeValue: 'a "quoted", name\nin two lines',
      attributes: [{ name: 'Source', value: 'Web service API' }]
    }))
    const client = new Client({ activities, exportMillis: 60_000 }).signIn()
    const startAt = Date.UTC(2024, 4, 1)
    const window = { munchkinId: hyg, startAt, endAt: startAt + 3 * 86_400_000, activityTypeIds: [] }
    const told = (call: Call<HttpRequest>) => ask(client, call, interpretExportJob)
    const job = told(onlyCall(describeExportActivities([window])))
    const id = job._tag === 'ExportJob' ? (job.exportId ?? '') : ''
    const file = describeExportFile(hyg, id)
    expect([job, told(describeExportStatus(hyg, id))]).toMatchObject([{ status: 'Created' }, { status: 'Created' }])
    expect(ask(client, file, interpretActivitiesFile)).toMatchObject({ _tag: 'Refused' })
    expect(told(describeEnqueueExport(hyg, id))).toMatchObject({ status: 'Queued' })
    expect(told(describeEnqueueExport(hyg, id))).toMatchObject({ remedy: 'accept' })
    client.now += 40_000
    expect(told(describeExportStatus(hyg, id))).toMatchObject({ status: 'Processing' })
    client.now += 20_000
    const text = String(client.call(file)?.body)
    expect(told(describeExportStatus(hyg, id))).toMatchObject({
      status: 'Completed',
      records: 2,
      bytes: utf8Length(text),
      checksum: sha256Hex(text)
    })
    const read = ask(client, file, interpretActivitiesFile)
    const pages = walked(client, 0, [6, 24]).found.slice(0, 2)
    expect(read._tag === 'ActivitiesFile' && read.activities).toEqual(pages.map((one) => ({ ...one, id: null })))
    expect(told(describeExportStatus(hyg, 'nobody'))).toMatchObject({ reasons: [{ code: '1013' }] })
  })
})
