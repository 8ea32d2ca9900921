/** Lists, campaigns, companies and assets, page by page. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { describeReadPage, interpretReadPage, type ReadPage } from '../../src/endpoints/read-page.js'
import { ownMember } from '../../src/ground/json.js'
import type { EndpointName, Pairs } from '../../src/intent/descriptor.js'
import { assetAdded, assetDeleted } from '../../src/simulator/happened.js'
import type { SimulatorOptions } from '../../src/simulator/options.js'
import { hyg, onlyCall } from '../endpoints/reading.js'
import { Client } from './world.js'

const idOf = (u: unknown): number => Number(ownMember(Object(u), 'id'))

const nothing = { status: 0, headers: {}, body: '' }

const ask = (client: Client, endpoint: EndpointName, path: string, query: Pairs): ReadPage<unknown> => {
  const call = onlyCall(describeReadPage([{ munchkinId: hyg, endpoint, path: ['rest', ...path.split('/')], query }]))
  const told = interpretReadPage((u: unknown) => u)(call, client.call(call) ?? nothing)
  if (told._tag === 'Refused') throw new Error(JSON.stringify(told.reasons))
  return told
}

const refusal = (client: Client, path: string, query: Pairs): unknown => {
  const call = { host: 'rest', method: 'GET', path: ['rest', ...path.split('/')], query, body: null } as const
  const answer = client.send({ ...call, headers: { authorization: `Bearer ${client.token}` } })
  return JSON.parse(String(answer?.body))
}

/** The numbers told by a walk by token; between two pages something happens. */
const byToken = (
  client: Client,
  path: string,
  size: number,
  meanwhile: (page: number) => void = () => undefined
): ReadonlyArray<number> => {
  const met: Array<number> = []
  let query: Pairs = [['batchSize', String(size)]]
  for (let page = 1; ; page += 1) {
    const { records, nextPageToken } = ask(client, 'getLists', path, query)
    met.push(...records.map(idOf))
    if (nextPageToken === null) return met
    query = [
      ['batchSize', String(size)],
      ['nextPageToken', nextPageToken]
    ]
    meanwhile(page)
  }
}

/** The same by offset, up to the page without a result. */
const byOffset = (
  client: Client,
  path: string,
  size: number,
  meanwhile: (page: number) => void = () => undefined
): ReadonlyArray<number> => {
  const met: Array<number> = []
  for (let page = 1; ; page += 1) {
    const told = ask(client, 'getEmails', path, [
      ['maxReturn', String(size)],
      ['offset', String((page - 1) * size)]
    ])
    if (!told.told) return met
    met.push(...told.records.map(idOf))
    meanwhile(page)
  }
}

const free = { callsPerWindow: 10_000 }
const numbers = (count: number): ReadonlyArray<number> => Array.from({ length: count }, (_, i) => i + 1)
const email = (id: number, name = `e${String(id).padStart(4, '0')}`) => ({ id, name, subject: 's' })
const start = (more: Partial<SimulatorOptions>): Client => new Client({ ...free, ...more }).signIn()

describe('a walk by token', () => {
  it('meets each list once, in the order of their numbers, whatever the size of the page', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 1, max: 500 }), { maxLength: 40 }),
        fc.integer({ min: 1, max: 20 }),
        (ids, size) => {
          const client = start({ lists: ids.map((id) => ({ id, name: `List ${500 - id}` })) })
          const before = client.state.total
          expect(byToken(client, 'v1/lists.json', size)).toEqual([...ids].sort((a, b) => a - b))
          expect(client.state.total - before).toBe(Math.max(1, Math.ceil(ids.length / size)))
        }
      )
    )
  })

  it('W2 while lists come and go, meets each that stays once', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 8 }),
        fc.integer({ min: 1, max: 7 }),
        (whims, size) => {
          const client = start({ lists: numbers(30).map((id) => ({ id, name: `List ${id}` })) })
          const met = byToken(client, 'v1/lists.json', size, (page) => {
            const whim = whims[page - 1] ?? 0
            if (whim > 30) client.state = assetAdded(client.state, 'lists', { id: whim, name: 'New' })
            else if (whim > 0) client.state = assetDeleted(client.state, 'lists', whim)
          })
          const gone = whims.filter((whim) => whim <= 30)
          expect(new Set(met).size).toBe(met.length)
          expect(numbers(30).filter((id) => !met.includes(id) && !gone.includes(id))).toEqual([])
        }
      )
    )
  })

  it('holds 300 lists in a page at most, and as many where nobody says', () => {
    const client = start({ lists: numbers(301).map((id) => ({ id, name: 'x' })) })
    expect(ask(client, 'getLists', 'v1/lists.json', []).records).toHaveLength(300)
    expect(ask(client, 'getLists', 'v1/lists.json', [['batchSize', '1000']]).records).toHaveLength(300)
  })

  it('tells of lists and campaigns what the lead database knows', () => {
    const client = start({
      lists: [
        {
          id: 5012,
          name: 'Invitees',
          description: 'wave 1',
          programName: 'Webinar',
          createdAt: '2025-05-05T05:05:05Z'
        },
        { id: 5013, name: 'Users', record: { workspaceId: 1, updatedAt: '2025-05-07T05:05:05Z' } }
      ],
      campaigns: [
        { id: 3101, name: 'Welcome', programId: 1188, programName: 'Onboarding', workspace: 'EMEA' },
        { id: 3102, requestable: false, active: true, description: 'weekly' }
      ]
    })
    expect(ask(client, 'getLists', 'v1/lists.json', []).records).toEqual([
      {
        id: 5012,
        name: 'Invitees',
        description: 'wave 1',
        programName: 'Webinar',
        createdAt: '2025-05-05T05:05:05Z',
        updatedAt: '2025-05-05T05:05:05Z',
        workspaceName: 'Default'
      },
      {
        id: 5013,
        name: 'Users',
        createdAt: '1970-01-01T00:00:00Z',
        updatedAt: '2025-05-07T05:05:05Z',
        workspaceName: 'Default',
        workspaceId: 1
      }
    ])
    const times = { createdAt: '1970-01-01T00:00:00Z', updatedAt: '1970-01-01T00:00:00Z' }
    expect(ask(client, 'getCampaigns', 'v1/campaigns.json', []).records).toEqual([
      {
        id: 3101,
        name: 'Welcome',
        type: 'trigger',
        active: true,
        programId: 1188,
        programName: 'Onboarding',
        workspaceName: 'EMEA',
        ...times
      },
      { id: 3102, name: '', type: 'batch', active: true, description: 'weekly', workspaceName: 'Default', ...times }
    ])
    expect(ask(client, 'getCampaigns', 'v1/campaigns.json', [['isTriggerable', 'true']]).records.map(idOf)).toEqual([
      3101
    ])
    expect(ask(client, 'getLists', 'v1/lists.json', [['name', 'Users,Nobody']]).records.map(idOf)).toEqual([5013])
  })

  it('a token belongs to its question', () => {
    const client = start({
      lists: numbers(3).map((id) => ({ id, name: 'x' })),
      campaigns: numbers(3).map((id) => ({ id }))
    })
    const { nextPageToken } = ask(client, 'getLists', 'v1/lists.json', [['batchSize', '1']])
    const token = [['nextPageToken', nextPageToken ?? '']] as const
    expect(nextPageToken).toMatch(/=$/)
    expect(ask(client, 'getLists', 'v1/lists.json', token).records.map(idOf)).toEqual([2, 3])
    const refused = { success: false, errors: [{ code: '1003' }] }
    expect(refusal(client, 'v1/campaigns.json', token)).toMatchObject(refused)
    expect(refusal(client, 'v1/lists.json', [...token, ['name', 'x']])).toMatchObject(refused)
  })

  // biome-ignore format: table
  it.each<[string, string, Pairs, string]>([
    ['a token of nobody',       'v1/lists.json',     [['nextPageToken', 'garbage===']],                                     '1003'],
    ['a page of no size',       'v1/lists.json',     [['batchSize', '0']],                                                  '1001'],
    ['a page of a size in words', 'v1/campaigns.json', [['batchSize', 'ten']],                                              '1001'],
    ['companies of no filter',  'v1/companies.json', [],                                                                    '1002'],
    ['companies of no value',   'v1/companies.json', [['filterType', 'id']],                                                '1002'],
    ['a filter of nobody',      'v1/companies.json', [['filterType', 'city'], ['filterValues', 'x']],                       '1003'],
    ['301 values',              'v1/companies.json', [['filterType', 'id'], ['filterValues', numbers(301).join(',')]],      '1003'],
    ['a field of nobody',       'v1/companies.json', [['filterType', 'id'], ['filterValues', '1'], ['fields', 'nobody']],   '1006'],
    ['a field of the lead',     'v1/companies.json', [['filterType', 'id'], ['filterValues', '1'], ['fields', 'email']],    '1006']
  ])('%s is refused', (_, path, query, code) => {
    expect(refusal(start({}), path, query)).toMatchObject({ success: false, errors: [{ code }] })
  })

  // biome-ignore format: table
  it.each<[string, Pairs, ReadonlyArray<object>]>([
    ['by their own id',  [['filterType', 'externalCompanyId'], ['filterValues', 'globex,acme,nobody,acme']], [{ seq: 0, id: 1, externalCompanyId: 'acme', company: 'Acme' }, { seq: 1, id: 2, externalCompanyId: 'globex' }]],
    ['by dedupe fields', [['filterType', 'dedupeFields'], ['filterValues', 'acme'], ['fields', 'billingCity']], [{ seq: 0, id: 1, externalCompanyId: 'acme', billingCity: 'Berlin' }]],
    ['by number',        [['filterType', 'id'], ['filterValues', '2,3']],                                    [{ seq: 0, id: 2, externalCompanyId: 'globex' }]],
    ['by name',          [['filterType', 'company'], ['filterValues', 'Acme']],                              [{ seq: 0, id: 1, externalCompanyId: 'acme', company: 'Acme' }]]
  ])('companies are found %s', (_, query, found) => {
    const client = start({
      companies: [
        { externalCompanyId: 'acme', fields: { company: 'Acme', billingCity: 'Berlin' } },
        { externalCompanyId: 'globex' }
      ]
    })
    expect(ask(client, 'getCollection', 'v1/companies.json', query).records).toEqual(found)
    const post = { query: [['_method', 'GET']] as const, headers: { 'content-type': 'application/x-www-form-urlencoded' } }
    const form = query.map(([name, value]) => `${name}=${value}`).join('&')
    const { query: method, headers } = post
    const answer = client.send({
      host: 'rest',
      method: 'POST',
      path: ['rest', 'v1', 'companies.json'],
      query: method,
      headers: { ...headers, authorization: `Bearer ${client.token}` },
      body: form
    })
    expect(JSON.parse(String(answer?.body))).toMatchObject({ result: found })
  })
})

describe('a walk by offset', () => {
  it('meets each email once, by name, whatever the size of the page; then there is no result', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 45 }), fc.integer({ min: 1, max: 20 }), (count, size) => {
        const client = start({ emails: numbers(count).map((id) => email(id, `e${String(100 - id).padStart(3, '0')}`)) })
        expect(byOffset(client, 'asset/v1/emails.json', size)).toEqual([...numbers(count)].reverse())
      })
    )
  })

  it('W2 while emails come, meets each that was there, some of them twice', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 6 }),
        fc.integer({ min: 1, max: 7 }),
        (places, size) => {
          const client = start({ emails: numbers(30).map((id) => email(id)) })
          const met = byOffset(client, 'asset/v1/emails.json', size, (page) => {
            const place = places[page - 1]
            if (place !== undefined)
              client.state = assetAdded(client.state, 'emails', email(100 + page, `${email(place).name}a`))
          })
          expect(numbers(30).filter((id) => !met.includes(id))).toEqual([])
        }
      )
    )
  })

  it('what comes or goes between two pages shifts what follows: one is met twice, one is missed', () => {
    const walk = (change: (client: Client) => Client['state']): ReadonlyArray<number> => {
      const client = start({ emails: [email(1), email(2), email(3), email(4)] })
      return byOffset(client, 'asset/v1/emails.json', 2, (page) => {
        if (page === 1) client.state = change(client)
      })
    }
    expect(walk(({ state }) => assetAdded(state, 'emails', email(9, 'a')))).toEqual([1, 2, 2, 3, 4])
    expect(walk(({ state }) => assetDeleted(state, 'emails', 1))).toEqual([1, 2, 4])
    expect(walk(({ state }) => assetAdded(state, 'emails', email(4, 'a')))).toEqual([1, 2, 2, 3])
  })

  it('twenty come where nobody says, 200 at most, and behind the last there is a warning in the place of a result', () => {
    const client = start({ emails: numbers(201).map((id) => email(id)) })
    const count = (query: Pairs): number => ask(client, 'getEmails', 'asset/v1/emails.json', query).records.length
    expect([
      count([]),
      count([['maxReturn', '200']]),
      count([
        ['maxReturn', '200'],
        ['offset', '200']
      ])
    ]).toEqual([20, 200, 1])
    const behind = ask(client, 'getEmails', 'asset/v1/emails.json', [['offset', '201']])
    expect(behind).toMatchObject({ told: false, records: [], more: null, nextPageToken: null })
    expect(behind.warnings.map(({ message }) => message)).toEqual(['No assets found for the given search criteria.'])
  })

  const window = {
    emails: numbers(4).map((id) => ({ ...email(id), updatedAt: `2024-12-0${id}T09:30:00Z` })),
    programs: numbers(4).map((id) => ({ id, name: `p${id}`, statuses: [], updatedAt: `2024-12-0${id}T09:30:00Z` })),
    lists: numbers(4).map((id) => ({ id, name: `l${id}`, updatedAt: `2024-12-0${id}T09:30:00Z` })),
    campaigns: numbers(4).map((id) => ({
      id,
      active: id !== 3,
      name: `c${id}`,
      updatedAt: `2024-12-0${id}T09:30:00Z`
    })),
    landingPages: numbers(4).map((id) => ({ id, name: `l${id}`, updatedAt: `2024-12-0${id}T09:30:00Z` }))
  }
  const closed: Pairs = [
    ['earliestUpdatedAt', '2024-12-02T09:30:00Z'],
    ['latestUpdatedAt', '2024-12-03T10:30:00+01:00']
  ]

  // biome-ignore format: table
  it.each<[string, Pairs, ReadonlyArray<number>]>([
    ['emails.json',         closed,                                          [2, 3]],
    ['programs.json',       closed,                                          [2, 3]],
    ['staticLists.json',    closed,                                          [2, 3]],
    ['smartCampaigns.json', closed,                                          [2, 3]],
    ['landingPages.json',   closed,                                          [1, 2, 3, 4]],
    ['emails.json',         closed.slice(0, 1),                              [2, 3, 4]],
    ['emails.json',         [['latestUpdatedAt', '2024-12-03T10:30:00+0100']], [1, 2, 3]],
    ['smartCampaigns.json', [['isActive', 'true']],                          [1, 2, 4]],
    ['smartCampaigns.json', [['isActive', 'false']],                         [3]],
    ['emails.json',         closed.slice(1),                                 [1, 2, 3]],
    ['emails.json',         [['earliestUpdatedAt', '2025-01-01T00:00:00Z']], []]
  ])('%s in a window of time, its ends with it: %j tells %j', (path, query, ids) => {
    expect(ask(start(window), 'getEmails', `asset/v1/${path}`, query).records.map(idOf)).toEqual(ids)
  })

  // biome-ignore format: table
  it.each<[string, string, Pairs, string]>([
    ['201 at once',          'emails.json',       [['maxReturn', '201']],                                '1001'],
    ['none at once',         'programs.json',     [['maxReturn', '0']],                                  '1001'],
    ['an offset below zero', 'landingPages.json', [['offset', '-1']],                                    '1001'],
    ['a time in parts of a second', 'emails.json', [['earliestUpdatedAt', '2024-12-02T09:30:00.000Z']],  '1001'],
    ['a time of no zone',    'emails.json',       [['latestUpdatedAt', '2024-12-02T09:30:00']],          '1001'],
    ['segments of nobody',   'segmentation/9/segments.json', [],                                         '702']
  ])('%s is refused', (_, path, query, code) => {
    const [[name] = ['No data']] = query
    const message = expect.stringContaining(name)
    expect(refusal(start(window), `asset/v1/${path}`, query)).toMatchObject({ success: false, errors: [{ code, message }] })
  })

  it('an asset whose record has no time is in no window', () => {
    const client = start({ emails: [{ ...email(1), record: { updatedAt: null } }, email(2)] })
    const query: Pairs = [['earliestUpdatedAt', '1969-12-31T00:00:00Z']]
    const told = ask(client, 'getEmails', 'asset/v1/emails.json', query)
    expect([told.records.map(idOf), told.warnings]).toEqual([[2], []])
  })

  it('an asset whose record has no time is told where nobody asks for a window', () => {
    const emails = [{ id: 1, name: 'a', subject: '', record: { updatedAt: null } }]
    const told = ask(new Client({ emails }).signIn(), 'getEmails', 'asset/v1/emails.json', [])
    expect(told.records).toMatchObject([{ id: 1, updatedAt: null }])
  })

  it('segments are those of the segmentation that is named, if it has any', () => {
    const segmentations = [
      { id: 1, name: 'a', segments: [{ id: 11, name: 'x' }] },
      { id: 2, name: 'b', segments: [{ id: 21, name: 'y' }] },
      { id: 3, name: 'c' }
    ]
    const client = start({ segmentations })
    const told = (id: number) => ask(client, 'getSegments', `asset/v1/segmentation/${id}/segments.json`, [])
    expect([told(1), told(2), told(3)].map(({ records }) => records.map(idOf))).toEqual([[11], [21], []])
    expect([told(2).told, told(3).told]).toEqual([true, false])
  })

  it('a list whose description is nothing has none in the lead database', () => {
    const lists = [null, '', 'x'].map((description, i) => ({ id: i + 1, name: 'l', description }))
    const { records } = ask(start({ lists }), 'getLists', 'v1/lists.json', [])
    expect(records.map((one) => ownMember(Object(one), 'description'))).toEqual([undefined, undefined, 'x'])
  })

  it('each kind of asset has a record of its own, and any record can be made', () => {
    const record = { fromName: null, preHeader: 'Look' }
    const client = start({
      emails: [{ ...email(2290), createdAt: '2024-12-01T09:30:00Z', status: 'draft', record }],
      landingPages: [{ id: 640, name: 'Pricing', folder: { type: 'Program', value: 11, folderName: 'Pages' } }],
      programs: [{ id: 1188, name: 'Onboarding', statuses: [], type: 'Engagement', channel: 'Nurture', folder: null }],
      campaigns: [{ id: 3101, name: 'Welcome', programId: 1188 }],
      lists: [{ id: 5012, name: 'Invitees', folder: { id: 12, type: 'Folder' } }],
      segmentations: [
        {
          id: 1004,
          name: 'Industry',
          workspace: 'EMEA',
          segments: [
            { id: 2002, name: 'Other', description: null },
            { id: 2001, name: 'Default', status: 'draft' }
          ]
        }
      ]
    })
    const first = (path: string): unknown => ask(client, 'getEmails', `asset/v1/${path}`, []).records[0]
    const times = { createdAt: '1970-01-01T00:00:00Z+0000', updatedAt: '1970-01-01T00:00:00Z+0000' }
    expect(first('emails.json')).toMatchObject({
      id: 2290,
      subject: { type: 'Text', value: 's' },
      createdAt: '2024-12-01T09:30:00Z+0000',
      updatedAt: '2024-12-01T09:30:00Z+0000',
      status: 'draft',
      fromName: null,
      preHeader: 'Look'
    })
    expect(first('landingPages.json')).toMatchObject({
      ...times,
      URL: expect.any(String),
      folder: { type: 'Program', value: 11, folderName: 'Pages' }
    })
    expect(first('programs.json')).toMatchObject({ type: 'Engagement', channel: 'Nurture', folder: null, status: '' })
    expect(first('smartCampaigns.json')).toMatchObject({ isActive: true, isRequestable: true, parentProgramId: 1188 })
    expect(first('staticLists.json')).toMatchObject({ ...times, folder: { id: 12, type: 'Folder' } })
    expect(first('segmentation.json')).toMatchObject({ id: 1004, workspace: 'EMEA', status: 'approved' })
    expect(ask(client, 'getSegments', 'asset/v1/segmentation/1004/segments.json', []).records).toMatchObject([
      { id: 2001, name: 'Default', status: 'draft', segmentationId: 1004 },
      { id: 2002, name: 'Other', description: null }
    ])
    const drafts = ask(client, 'getSegments', 'asset/v1/segmentation/1004/segments.json', [['status', 'draft']])
    expect(drafts.records.map(idOf)).toEqual([2001])
    expect(refusal(client, 'asset/v1/email/2290.json', [])).toMatchObject({ result: [{ preHeader: 'Look' }] })
  })

  const long = '1970-01-01T00:00:00Z+0000'
  const told = { description: '', createdAt: long, updatedAt: long, workspace: 'Default' }
  const filed = { ...told, folder: { type: 'Folder', value: 1, folderName: null } }
  const urlOf = (part: string) => `https://app.example.com/#${part}A1`
  const sender = { type: 'Text', value: 'sender@example.com' }
  const segmentation = { id: 1004, name: 'Industry', segments: [{ id: 2001, name: 'Default' }] }

  it.each<[string, Partial<SimulatorOptions>, object]>([
    [
      'emails.json',
      { emails: [{ id: 7, name: 'Welcome', subject: 'Hi' }] },
      {
        ...filed,
        id: 7,
        name: 'Welcome',
        url: urlOf('EM7'),
        subject: { type: 'Text', value: 'Hi' },
        fromName: { type: 'Text', value: 'Sender' },
        fromEmail: sender,
        replyEmail: sender,
        operational: false,
        textOnly: false,
        publishToMSI: false,
        webView: false,
        status: 'approved',
        template: 1,
        isOpenTrackingDisabled: false,
        version: 2,
        autoCopyToText: true,
        ccFields: null,
        preHeader: null
      }
    ],
    [
      'landingPages.json',
      { landingPages: [{ id: 640, name: 'Pricing' }] },
      {
        ...filed,
        id: 640,
        name: 'Pricing',
        status: 'approved',
        template: 1,
        title: 'Pricing',
        keywords: '',
        robots: 'index, nofollow',
        formPrefill: false,
        mobileEnabled: false,
        URL: 'https://go.example.com/640.html',
        computedUrl: urlOf('LP640')
      }
    ],
    [
      'programs.json',
      { programs: [{ id: 1188, statuses: [] }] },
      {
        ...filed,
        id: 1188,
        name: '',
        url: urlOf('PG1188'),
        type: 'Default',
        channel: 'Operational',
        status: '',
        headStart: false
      }
    ],
    [
      'smartCampaigns.json',
      { campaigns: [{ id: 3101 }] },
      {
        ...filed,
        id: 3101,
        name: '',
        type: 'trigger',
        isSystem: false,
        isActive: true,
        isRequestable: true,
        isCommunicationLimitEnabled: false,
        status: 'Active',
        computedUrl: urlOf('SC3101')
      }
    ],
    [
      'smartCampaigns.json',
      {
        campaigns: [
          { id: 3102, name: 'Weekly', requestable: false, programId: 5, createdAt: '2024-05-03T10:00:00+0200' }
        ]
      },
      {
        ...filed,
        id: 3102,
        name: 'Weekly',
        createdAt: '2024-05-03T10:00:00+0200',
        updatedAt: '2024-05-03T10:00:00+0200',
        type: 'batch',
        isSystem: false,
        isActive: false,
        isRequestable: false,
        isCommunicationLimitEnabled: false,
        status: 'Inactive',
        computedUrl: urlOf('SC3102'),
        parentProgramId: 5
      }
    ],
    [
      'staticLists.json',
      { lists: [{ id: 5012, name: 'Invitees', folder: null }] },
      { ...told, id: 5012, name: 'Invitees', computedUrl: urlOf('ST5012') }
    ],
    [
      'segmentation.json',
      { segmentations: [segmentation] },
      { ...filed, id: 1004, name: 'Industry', url: urlOf('SG1004'), status: 'approved' }
    ],
    [
      'segmentation/1004/segments.json',
      { segmentations: [segmentation] },
      { ...told, id: 2001, name: 'Default', url: urlOf('SL2001'), status: 'approved', segmentationId: 1004 }
    ]
  ])('of %s, an asset of which little is said has the usual record (case %#)', (path, more, record) => {
    expect(ask(start(more), 'getEmails', `asset/v1/${path}`, []).records).toEqual([record])
  })

  it('assets of one name come by number', () => {
    const client = start({ emails: [email(3, 'x'), email(1, 'x'), email(2, 'x'), email(4, 'a')] })
    expect(ask(client, 'getEmails', 'asset/v1/emails.json', []).records.map(idOf)).toEqual([4, 1, 2, 3])
  })

  it('segmentations come all at once, and none are told with a warning', () => {
    const client = start({ segmentations: numbers(250).map((id) => ({ id, name: `s${id}` })) })
    expect(ask(client, 'getSegmentations', 'asset/v1/segmentation.json', []).records).toHaveLength(250)
    expect(ask(start({}), 'getSegmentations', 'asset/v1/segmentation.json', []).told).toBe(false)
  })

  it('meets faults as other calls do', () => {
    const client = start({ faults: [{ at: { call: 1 }, kind: '606', endpoint: 'getEmails' }], emails: [email(1)] })
    expect(refusal(client, 'asset/v1/emails.json', [])).toMatchObject({ errors: [{ code: '606' }] })
    expect(refusal(client, 'asset/v1/emails.json', [])).toMatchObject({ result: [{ id: 1 }] })
  })
})
