/** Extract jobs of both kinds: their queue, the bytes of a day, their files. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readTable } from '../../src/endpoints/csv-table.js'
import {
  describeEnqueueExport,
  describeExportActivities,
  describeExportFile,
  describeExportLeads,
  describeExportStatus,
  describeImportLeads,
  type ExportKind,
  interpretExportFile,
  interpretExportJob,
  type LeadExport
} from '../../src/endpoints/index.js'
import { sha256Hex } from '../../src/ground/digest.js'
import type { Call, HttpRequest } from '../../src/intent/descriptor.js'
import type { Fields } from '../../src/intent/intent.js'
import { fileAnswer } from '../../src/simulator/byte-range.js'
import { editedInMarketo } from '../../src/simulator/edited.js'
import { leadAdded, leadDeleted } from '../../src/simulator/happened.js'
import type { SimulatorOptions } from '../../src/simulator/options.js'
import { bytes, hyg, onlyCall } from '../endpoints/reading.js'
import { Client, noon } from './world.js'

const day = 86_400_000
const minute = 60_000
const nothing = { status: 0, headers: {}, body: '' }

const told = (client: Client, call: Call<HttpRequest>) => interpretExportJob(call, client.call(call) ?? nothing)

const made = (client: Client, call: Call<HttpRequest>): string => {
  const job = told(client, call)
  return job._tag === 'ExportJob' ? (job.exportId ?? '') : `refused: ${job.reasons.map(({ code }) => code).join()}`
}

const leadsWanted = (more: Partial<LeadExport> = {}): Call<HttpRequest> =>
  onlyCall(
    describeExportLeads([
      { munchkinId: hyg, startAt: noon, endAt: noon + day, by: 'createdAt', fields: ['id', 'email'], ...more }
    ])
  )

const activitiesWanted = onlyCall(
  describeExportActivities([{ munchkinId: hyg, startAt: noon, endAt: noon + day, activityTypeIds: [] }])
)

const queued = (client: Client, kind: ExportKind = 'leads', wanted = leadsWanted()): string => {
  const id = made(client, kind === 'leads' ? wanted : activitiesWanted)
  told(client, describeEnqueueExport(hyg, id, kind))
  return id
}

const statusOf = (client: Client, id: string, kind: ExportKind = 'leads'): string | null => {
  const job = told(client, describeExportStatus(hyg, id, kind))
  return job._tag === 'ExportJob' ? job.status : null
}

const file = (client: Client, id: string, from = 0, kind: ExportKind = 'leads') => {
  const call = describeExportFile(hyg, id, kind, from)
  return interpretExportFile(call, client.call(call) ?? nothing)
}

const textOf = (client: Client, id: string): string => {
  const answer = file(client, id)
  return answer._tag === 'ExportFile' ? answer.text : ''
}

const start = (more: Partial<SimulatorOptions> = {}): Client =>
  new Client({ callsPerWindow: 10_000, tokenSeconds: 1e9, exportMillis: 2 * minute, ...more }).signIn()

/** A client whose instance got leads at noon, one a minute. */
const withLeads = (emails: ReadonlyArray<string>, more: Partial<SimulatorOptions> = {}): Client => {
  const client = start(more)
  emails.forEach((email, i) => {
    client.state = leadAdded(
      client.state,
      { fields: { email, plan__c: i % 2 === 0 ? null : 'pro' } },
      noon + i * minute
    )
  })
  return client
}

/** The cells of a file under its columns, row by row. */
const rowsOf = (text: string) => readTable(text).rows

describe('Bulk Lead Extract', () => {
  it('holds the leads that were made in its window, whole, with null for nothing', () => {
    const client = withLeads(['a@example.com', 'b@example.com', 'c@example.com'])
    const fields = ['id', 'email', 'plan__c', 'vip__c', 'createdAt', 'updatedAt']
    const id = queued(client, 'leads', leadsWanted({ fields, endAt: noon + 2 * minute }))
    client.now += 2 * minute
    const text = textOf(client, id)
    expect(text).toBe(
      [
        'id,email,plan__c,vip__c,createdAt,updatedAt',
        '1,a@example.com,null,null,2024-05-03T10:00:00Z,2024-05-03T10:00:00Z',
        '2,b@example.com,pro,null,2024-05-03T10:01:00Z,2024-05-03T10:01:00Z',
        ''
      ].join('\n')
    )
    expect(told(client, describeExportStatus(hyg, id, 'leads'))).toMatchObject({
      status: 'Completed',
      records: 2,
      bytes: bytes(text),
      checksum: sha256Hex(text)
    })
  })

  it('by when they changed, holds every lead that did', () => {
    const client = withLeads(['a@example.com', 'b@example.com'])
    client.state = editedInMarketo(client.state, { leadId: 1, fields: { plan__c: 'team' } }, noon + 3 * minute)
    const window = { startAt: noon + 2 * minute, endAt: noon + 10 * minute, fields: ['id', 'plan__c'] }
    const ids = (['createdAt', 'updatedAt'] as const).map((by) =>
      queued(client, 'leads', leadsWanted({ ...window, by }))
    )
    client.now += 10 * minute
    expect(ids.map((id) => textOf(client, id))).toEqual(['id,plan__c\n', 'id,plan__c\n1,team\n'])
  })

  it('by when they changed, holds a lead whose own updatedAt does not show it', () => {
    const client = withLeads(['a@example.com', 'b@example.com', 'c@example.com'], {
      updatedAtMoves: 'with standard fields'
    })
    const edit = (leadId: number, fields: Fields) => {
      client.state = editedInMarketo(client.state, { leadId, fields }, noon + 30 * minute)
    }
    edit(1, { plan__c: 'team' })
    edit(2, { plan__c: 'team', city: 'Berlin' })
    const window = {
      startAt: noon + 20 * minute,
      endAt: noon + day,
      fields: ['id', 'updatedAt'],
      by: 'updatedAt'
    } as const
    const id = queued(client, 'leads', leadsWanted(window))
    client.now += 2 * minute
    expect(textOf(client, id)).toBe('id,updatedAt\n1,2024-05-03T10:00:00Z\n2,2024-05-03T10:30:00Z\n')
    client.state = editedInMarketo(client.state, { leadId: 1, fields: { city: 'Bern' } }, noon + 40 * minute)
    const later = queued(client, 'leads', leadsWanted({ ...window, startAt: noon + 35 * minute }))
    client.now += 2 * minute
    expect(textOf(client, later)).toBe('id,updatedAt\n1,2024-05-03T10:40:00Z\n')
  })

  it('holds what was so when it ended, and not what came later', () => {
    const client = withLeads(['a@example.com', 'b@example.com'])
    const id = queued(client)
    client.state = leadDeleted(client.state, 2, noon)
    client.now += 2 * minute
    const text = textOf(client, id)
    client.state = leadAdded(client.state, { fields: { email: 'late@example.com' } }, noon + minute)
    client.state = leadDeleted(client.state, 1, client.now)
    expect([text, textOf(client, id)]).toEqual(['id,email\n1,a@example.com\n', text])
  })

  it('of an import that ends at the same moment, holds the leads', () => {
    const client = start({ importMillis: 2 * minute })
    const lead = { lookupField: 'email', value: 'a@example.com' }
    const upsert = { munchkinId: hyg, lead, fields: { email: 'a@example.com' }, partitionName: null } as const
    const id = queued(client)
    client.call(onlyCall(describeImportLeads([{ _tag: 'UpsertLead', action: 'createOrUpdate', ...upsert }])))
    client.now += 5 * minute
    expect(textOf(client, id)).toBe('id,email\n1,a@example.com\n')
  })

  it('what a cell holds comes back, whatever it is', () => {
    const cell = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('a,"b"', 'two\nlines', '\u2028', 'Null', '漢字')
    )
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1, maxLength: 5 }), (notes) => {
        const client = start({ leads: notes.map((note) => ({ fields: { notes__c: note } })), exportMillis: 0 })
        const id = queued(client, 'leads', leadsWanted({ startAt: 0, endAt: day, fields: ['notes__c', 'id'] }))
        expect(rowsOf(textOf(client, id)).map((row) => row.notes__c)).toEqual(
          notes.map((note) => (note === 'null' || note === '' ? null : note))
        )
      })
    )
  })

  const created = (json: object) => {
    const client = start({ updatedAtFilter: false })
    const descriptor = { ...leadsWanted().descriptor, body: { json: { ...json } } }
    return made(client, { descriptor, intents: [], slots: [] })
  }
  const window = { startAt: '2024-05-03T10:00:00Z', endAt: '2024-05-04T10:00:00Z' }
  // biome-ignore format: table
  it.each<[string, object, string]>([
    ['a field of nobody',         { fields: ['id', 'nobody'], filter: { createdAt: window } },                                         '1003'],
    ['no fields',                 { filter: { createdAt: window } },                                                                   '1003'],
    ['an empty list of fields',   { fields: [], filter: { createdAt: window } },                                                       '1003'],
    ['no filter',                 { fields: ['id'] },                                                                                  '1003'],
    ['two filters',               { fields: ['id'], filter: { createdAt: window, updatedAt: window } },                                '1003'],
    ['a filter of nobody',        { fields: ['id'], filter: { city: window } },                                                        '1003'],
    ['a window of 31 days and a second', { fields: ['id'], filter: { createdAt: { ...window, endAt: '2024-06-03T10:00:01Z' } } },      '1003'],
    ['a window in parts of a second', { fields: ['id'], filter: { createdAt: { ...window, endAt: '2024-05-04T10:00:00.000Z' } } },     '1003'],
    ['a window that ends first',  { fields: ['id'], filter: { createdAt: { startAt: window.endAt, endAt: window.startAt } } },         '1003'],
    ['updatedAt where it cannot', { fields: ['id'], filter: { updatedAt: window } },                                                   '1035']
  ])('%s is refused when the job is made', (_, json, code) => {
    expect(created({ fields: ['id'], filter: { createdAt: window } })).toBe('export-1')
    expect(created(json)).toBe(`refused: ${code}`)
  })
})

/** The envelope of a call by hand to the bulk API. */
const bulk = (client: Client, path: string, json: unknown, contentType = 'application/json'): unknown => {
  const answer = client.send({
    host: 'rest',
    method: 'POST',
    path: ['bulk', 'v1', ...path.split('/')],
    query: [],
    headers: { authorization: `Bearer ${client.token}`, 'content-type': contentType },
    body: json === undefined ? null : JSON.stringify(json)
  })
  return JSON.parse(String(answer?.body))
}

const create = { leads: 'leads/export/create.json', activities: 'activities/export/create.json' } as const

const window = { startAt: '2024-05-03T10:00:00Z', endAt: '2024-05-04T10:00:00Z' }

describe('a job that is made', () => {
  const bodies = (createdAt: unknown): ReadonlyArray<readonly [ExportKind, object]> => [
    ['leads', { fields: ['id'], filter: { createdAt } }],
    ['activities', { filter: { createdAt } }]
  ]

  // biome-ignore format: table
  it.each<[string, object]>([
    ['of no length',                      { startAt: window.startAt, endAt: window.startAt }],
    ['of 31 days',                        { startAt: '2024-05-01T10:00:00Z', endAt: '2024-06-01T10:00:00Z' }],
    ['in another zone',                   { startAt: '2024-05-03T12:00:00+02:00', endAt: '2024-05-03T05:00:00-06:00' }],
    ['in another zone, without a colon',  { startAt: '2024-05-03T12:00:00+0215', endAt: '2024-05-03T05:00:00-0630' }]
  ])('may have a window %s', (_, createdAt) => {
    const client = start()
    for (const [kind, json] of bodies(createdAt))
      expect(bulk(client, create[kind], json)).toMatchObject({ success: true, result: [{ status: 'Created' }] })
  })

  // biome-ignore format: table
  it.each<[string, unknown, string]>([
    ['that is none',                      undefined,                                        "Invalid value for 'createdAt'"],
    ['that begins nowhere',               { endAt: window.endAt },                          "Invalid value for 'createdAt'"],
    ['that ends nowhere',                 { startAt: window.startAt },                      "Invalid value for 'createdAt'"],
    ['of lists',                          { startAt: [window.startAt], endAt: window.endAt }, "Invalid value for 'createdAt'"],
    ['with words behind it',              { ...window, endAt: `${window.endAt}x` },         "Invalid value for 'createdAt'"],
    ['of more than 31 days',              { ...window, endAt: '2024-06-03T10:00:01Z' },     'Date range is limited to 31 days']
  ])('cannot have a window %s', (_, createdAt, message) => {
    const client = start()
    const told = bulk(client, create.activities, { filter: { createdAt } })
    expect(told).toMatchObject({ success: false, errors: [{ code: '1003', message }] })
    expect(bulk(client, create.activities, { filter: { createdAt: window } })).toMatchObject({
      result: [{ exportId: 'export-1' }]
    })
  })

  it('has the next number, and wants JSON', () => {
    const client = start()
    for (const [kind, json] of bodies(window))
      expect(bulk(client, create[kind], json, 'text/plain')).toMatchObject({ errors: [{ code: '612' }] })
    const ids = bodies(window).map(([kind, json]) => Object(bulk(client, create[kind], json)).result[0].exportId)
    expect(ids).toEqual(['export-1', 'export-2'])
  })

  it('of leads wants the names of fields, one by one', () => {
    const told = bulk(start(), create.leads, { fields: [['id']], filter: { createdAt: window } })
    expect(told).toMatchObject({ errors: [{ code: '1003', message: 'Invalid fields were passed' }] })
  })

  it('is told as far as it has come, and no further', () => {
    const client = withLeads(['a@example.com'])
    const post = (name: string) => Object(bulk(client, `leads/export/export-1/${name}.json`, undefined)).result
    const status = () => {
      const answer = client.call(describeExportStatus(hyg, 'export-1', 'leads'))
      return JSON.parse(String(answer?.body)).result
    }
    const created = {
      exportId: 'export-1',
      format: 'CSV',
      status: 'Created',
      createdAt: '2024-05-03T10:00:00Z'
    }
    const json = { fields: ['id'], filter: { createdAt: window } }
    expect(Object(bulk(client, create.leads, json)).result).toEqual([created])
    expect(status()).toEqual([created])
    client.now += minute
    const queued = { ...created, status: 'Queued', queuedAt: '2024-05-03T10:01:00Z' }
    expect(post('enqueue')).toEqual([queued])
    client.now += minute - 1
    expect(status()).toEqual([queued])
    client.now += 1
    const begun = { ...queued, status: 'Processing', startedAt: '2024-05-03T10:02:00Z' }
    expect(status()).toEqual([begun])
    client.now += minute
    const text = textOf(client, 'export-1')
    expect(status()).toEqual([
      {
        ...begun,
        status: 'Completed',
        finishedAt: '2024-05-03T10:03:00Z',
        numberOfRecords: 1,
        fileSize: bytes(text),
        fileChecksum: `sha256:${sha256Hex(text)}`
      }
    ])
  })

  it('says that it failed, and not what it holds', () => {
    const faults = [{ at: { call: 1 }, kind: 'skip-record', endpoint: 'exportLeadsEnqueue' }] as const
    const client = start({ faults })
    const id = queued(client)
    client.now += 2 * minute
    const answer = client.call(describeExportStatus(hyg, id, 'leads'))
    expect(JSON.parse(String(answer?.body)).result).toEqual([
      {
        exportId: id,
        format: 'CSV',
        status: 'Failed',
        createdAt: '2024-05-03T10:00:00Z',
        queuedAt: '2024-05-03T10:00:00Z',
        startedAt: '2024-05-03T10:01:00Z',
        finishedAt: '2024-05-03T10:02:00Z',
        errorMsg: 'Simulated fault: this job failed'
      }
    ])
  })

  it('has no times where no calendar has its moment', () => {
    const client = start()
    client.now = 1e16
    client.signIn()
    expect(bulk(client, create.activities, { filter: { createdAt: window } })).toMatchObject({
      result: [{ status: 'Created', createdAt: '' }]
    })
  })
})

describe('Bulk Activity Extract', () => {
  const activities = [6, 24, 6, 37, 13].map((activityTypeId, i) => ({
    leadId: 1,
    activityTypeId,
    activityDate: `2024-05-03T1${i}:00:00Z`,
    marketoGUID: `g${i}`
  }))
  const extracted = (json: object): string => {
    const client = start({ activities })
    const told = Object(bulk(client, create.activities, json))
    if (told.success !== true) return `${told.errors[0].code}: ${told.errors[0].message}`
    const { exportId } = told.result[0]
    bulk(client, `activities/export/${exportId}/enqueue.json`, undefined)
    client.now += 2 * minute
    const answer = file(client, exportId, 0, 'activities')
    return answer._tag === 'ExportFile' ? answer.text : ''
  }
  const guids = (more: object, createdAt: object = window): string =>
    extracted({ fields: ['marketoGUID'], filter: { createdAt, ...more } })
      .split('\n')
      .slice(1, -1)
      .join(' ')

  // biome-ignore format: table
  it.each<[string, object, string]>([
    ['whatever the type where none is named', {},                              'g0 g1 g2 g4'],
    ['of no types, which are all',            { activityTypeIds: [] },         'g0 g1 g2 g4'],
    ['of one type',                           { activityTypeIds: [6] },        'g0 g2'],
    ['of two types',                          { activityTypeIds: [13, 24] },   'g1 g4'],
    ['of types that are numbers',             { activityTypeIds: [6, '24'] },  'g0 g2'],
    ['of types in words, which are none',     { activityTypeIds: ['24'] },     'g0 g1 g2 g4'],
    ['of a type that is no list',             { activityTypeIds: 24 },         'g0 g1 g2 g4'],
    ['and no deletion, even where it is asked for', { activityTypeIds: [37] }, '']
  ])('holds entries %s', (_, more, told) => {
    expect(guids(more)).toBe(told)
  })

  it('holds what was logged from its first moment to before its last', () => {
    expect(guids({}, { startAt: '2024-05-03T11:00:00Z', endAt: '2024-05-03T14:00:00Z' })).toBe('g1 g2')
  })

  it('has all columns but the result of an action where none are named, and null for nothing', () => {
    const [head, first] = extracted({ filter: { createdAt: window } }).split('\n')
    expect([head, first]).toEqual([
      'marketoGUID,leadId,activityDate,activityTypeId,campaignId,primaryAttributeValueId,primaryAttributeValue,attributes',
      'g0,1,2024-05-03T10:00:00Z,6,null,null,null,{}'
    ])
  })

  it('has the columns that are named, in their order', () => {
    const [head, first] = extracted({ fields: ['actionResult', 'leadId'], filter: { createdAt: window } }).split('\n')
    expect([head, first]).toEqual(['actionResult,leadId', 'null,1'])
  })

  it.each([[['leadId', 'nobody']], [[7]], ['leadId'], [null]])('is refused with the fields %j', (fields) => {
    expect(extracted({ fields, filter: { createdAt: window } })).toBe("1003: Invalid value for 'fields'")
  })
})

describe('Bulk Lead Extract of many', () => {
  it('holds leads by number, however many there are', () => {
    const client = start({ leads: Array.from({ length: 200 }, () => ({ fields: {} })), exportMillis: 0 })
    const id = queued(client, 'leads', leadsWanted({ startAt: 0, endAt: day, fields: ['id'] }))
    expect(textOf(client, id)).toBe(`id\n${Array.from({ length: 200 }, (_, i) => `${i + 1}\n`).join('')}`)
  })
})

describe('the queue of extracts', () => {
  it('a job does nothing before it is queued; two run, of either kind; the third waits for the first', () => {
    const client = start()
    const idle = made(client, leadsWanted())
    const kinds: ReadonlyArray<ExportKind> = ['leads', 'activities', 'leads', 'activities']
    const ids = kinds.map((kind) => queued(client, kind))
    const statuses = () => ids.map((id, i) => statusOf(client, id, kinds[i]))
    expect(statuses()).toEqual(['Queued', 'Queued', 'Queued', 'Queued'])
    client.now += minute
    expect(statuses()).toEqual(['Processing', 'Processing', 'Queued', 'Queued'])
    client.now += minute
    expect(statuses()).toEqual(['Completed', 'Completed', 'Processing', 'Processing'])
    client.now += minute
    expect(statuses()).toEqual(['Completed', 'Completed', 'Completed', 'Completed'])
    client.now += 100 * day
    expect(statusOf(client, idle)).toBe('Created')
  })

  it('two run at most, and each ends, however they are queued', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 3 * minute }), { maxLength: 12 }), (waits) => {
        const client = start()
        const ids: Array<string> = []
        for (const wait of waits) {
          client.now += wait
          const id = made(client, leadsWanted())
          if (told(client, describeEnqueueExport(hyg, id, 'leads'))._tag === 'ExportJob') ids.push(id)
          const running = ids.filter((one) => statusOf(client, one) === 'Processing').length
          const open = ids.filter((one) => statusOf(client, one) !== 'Completed').length
          expect([running <= 2, open <= 10]).toEqual([true, true])
        }
        client.now += 60 * minute
        expect(ids.map((id) => statusOf(client, id))).toEqual(ids.map(() => 'Completed'))
      })
    )
  })

  it('ten wait or run; the eleventh is refused, and so is one that is queued already', () => {
    const client = start()
    const ids = Array.from({ length: 10 }, () => queued(client))
    const eleventh = made(client, leadsWanted())
    const enqueue = describeEnqueueExport(hyg, eleventh, 'leads')
    const tooMany = { remedy: 'back-off', reasons: [{ code: '1029', message: 'Too many jobs (10) in queue' }] }
    expect(told(client, enqueue)).toMatchObject(tooMany)
    expect(told(client, describeEnqueueExport(hyg, ids[0] ?? '', 'leads'))).toMatchObject({
      remedy: 'accept',
      reasons: [{ code: '1029', message: 'Job already queued' }]
    })
    client.now += 2 * minute
    expect(told(client, enqueue)).toMatchObject({ status: 'Queued' })
  })

  it('a job that is queued under a fault fails, and has no file; the bytes of the day are as they were', () => {
    const faults = [{ at: { call: 1 }, kind: 'skip-record', endpoint: 'exportLeadsEnqueue' }] as const
    const client = start({ faults })
    const id = queued(client)
    client.now += 2 * minute
    expect(told(client, describeExportStatus(hyg, id, 'leads'))).toMatchObject({
      status: 'Failed',
      records: null,
      bytes: null
    })
    expect(file(client, id)).toMatchObject({ _tag: 'Refused', reasons: [{ code: '404' }] })
    expect([client.state.waitingExports, client.state.exported.bytes]).toEqual([[], 0])
    expect(told(client, describeEnqueueExport(hyg, id, 'leads'))).toMatchObject({ reasons: [{ code: '1029' }] })
    client.now += minute
    const again = queued(client)
    client.now += 2 * minute
    expect(statusOf(client, again)).toBe('Completed')
  })

  it('a job of one kind is unknown to the other, and nobody’s to both', () => {
    const client = start()
    const id = queued(client)
    for (const ask of [describeEnqueueExport, describeExportStatus])
      expect([told(client, ask(hyg, id)), told(client, ask(hyg, 'export-9', 'leads'))]).toMatchObject([
        { reasons: [{ code: '1013' }] },
        { reasons: [{ code: '1013' }] }
      ])
  })
})

describe('the bytes of a day', () => {
  const evening = Date.UTC(2024, 4, 4, 4, 59)

  it('are those of files that were done since midnight US Central; then no job is queued until the next', () => {
    const leads = [{ fields: { email: 'a@example.com' } }]
    const text = 'email\na@example.com\n'
    const client = new Client({ leads, exportMillis: 0, exportBytesPerDay: 2 * text.length }, evening).signIn()
    const wanted = leadsWanted({ startAt: 0, endAt: day, fields: ['email'] })
    const enqueue = () => told(client, describeEnqueueExport(hyg, made(client, wanted), 'leads'))
    expect([enqueue(), enqueue()]).toMatchObject([{ status: 'Queued' }, { status: 'Queued' }])
    expect(enqueue()).toMatchObject({
      remedy: 'await-quota',
      reasons: [{ code: '1029', message: 'Export daily quota 0MB exceeded.' }]
    })
    client.now += minute
    expect(enqueue()).toMatchObject({ status: 'Queued' })
  })

  it('begin anew with the first file of the next day', () => {
    const client = new Client({ leads: [{ fields: {} }], exportMillis: 0 }, evening).signIn()
    const wanted = leadsWanted({ startAt: 0, endAt: day, fields: ['id'] })
    const ended = () => {
      queued(client, 'leads', wanted)
      return client.state.exported
    }
    expect([ended(), ended()]).toEqual([
      { day: '2024-05-03', bytes: 5 },
      { day: '2024-05-03', bytes: 10 }
    ])
    client.now += minute
    expect(ended()).toEqual({ day: '2024-05-04', bytes: 5 })
  })

  it('are 500 MB where nobody says', () => {
    expect(start().state.options.exportBytesPerDay).toBe(500_000_000)
  })
})

describe('a file', () => {
  it('is not there before its job is complete, nor after seven days', () => {
    const client = withLeads(['a@example.com'])
    const id = queued(client)
    const isThere = () => file(client, id)._tag
    expect(isThere()).toBe('Refused')
    client.now += 2 * minute
    expect(isThere()).toBe('ExportFile')
    client.now += 7 * day - 1
    expect(isThere()).toBe('ExportFile')
    client.now += 1
    expect(client.call(describeExportFile(hyg, id, 'leads'))).toEqual({
      status: 404,
      headers: { 'content-type': 'text/plain' },
      body: 'Not Found'
    })
    expect(file(client, id, 0, 'activities')._tag).toBe('Refused')
  })

  it('is put together of any two of its ends', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat(), (text, n) => {
        const from = n % (bytes(text) + 1)
        const { status, body, headers } = fileAnswer(text, `bytes=${from}-`)
        const rest = Buffer.from(text, 'utf8').subarray(from)
        expect([status, body]).toEqual(rest.length === 0 ? [416, ''] : [206, rest.toString('utf8')])
        const total = bytes(text)
        expect(headers).toMatchObject({
          'content-range': rest.length === 0 ? `bytes */${total}` : `bytes ${from}-${total - 1}/${total}`
        })
      })
    )
  })

  it.each(['', 'bytes=-5', 'bytes=0-5', 'bytes=a-', 'lines=1-', 'xbytes=1-', 'bytes=0-,5-'])(
    'is whole for the range "%s"',
    (range) => {
      expect(fileAnswer('0123456789', range)).toMatchObject({ status: 200, body: '0123456789' })
    }
  )

  it('from any byte on, is what a decoder makes of its bytes; cut off, it is half of its characters', () => {
    const file = 'a\u007f\u0080\u07ff\u0800\uffff\u{10000}\u{10ffff}b'
    const bytes = Buffer.from(file)
    for (let from = 0; from < bytes.length; from += 1)
      expect(fileAnswer(file, `bytes=${from}-`)).toMatchObject({ status: 206, body: bytes.subarray(from).toString() })
    const halves = ['abcd', 'a\u{1f600}b', 'ab\u{1f600}', 'a\uffffbc', ''].map(
      (text) => fileAnswer(text, '', true).body
    )
    expect(halves).toEqual(['ab', 'a', 'ab', 'a\uffff', ''])
  })

  it('its end is asked for by our own calls', () => {
    const client = withLeads(['ä@example.com'], { exportMillis: 0 })
    const id = queued(client)
    const text = textOf(client, id)
    expect(file(client, id, 11)).toEqual({ _tag: 'ExportFile', text: text.slice(11), partial: true })
    expect(file(client, id, 13)).toMatchObject({ text: text.slice(12) })
    expect(file(client, id, bytes(text))).toMatchObject({ _tag: 'Refused', reasons: [{ code: '416' }] })
  })

  // biome-ignore format: table
  it.each([
    ['html',          { remedy: 'back-off',    reasons: [{ code: '502' }] }],
    ['expired-token', { remedy: 'renew-token', reasons: [{ code: '602' }] }],
    ['606',           { remedy: 'throttle',    reasons: [{ code: '606' }] }]
  ] as const)('in its place comes what the fault %s brings', (kind, refused) => {
    const client = withLeads(['a@example.com'], {
      exportMillis: 0,
      faults: [{ at: { call: 1 }, kind, endpoint: 'exportLeadsFile' }]
    })
    const id = queued(client)
    expect(file(client, id)).toMatchObject({ _tag: 'Refused', ...refused })
    expect(client.signIn() && file(client, id)._tag).toBe('ExportFile')
  })

  it('may break off: what is there is half of it, and the rest can be asked for', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1, maxLength: 4 }), (notes) => {
        const client = start({
          leads: notes.map((note) => ({ fields: { notes__c: note } })),
          exportMillis: 0,
          faults: [{ at: { call: 1 }, kind: 'cut-off', endpoint: 'exportLeadsFile' }]
        })
        const id = queued(client, 'leads', leadsWanted({ startAt: 0, endAt: day, fields: ['notes__c', 'id'] }))
        const first = textOf(client, id)
        const rest = file(client, id, bytes(first))
        const text = textOf(client, id)
        expect(first.length).toBeLessThan(text.length)
        expect(rest).toEqual({ _tag: 'ExportFile', text: text.slice(first.length), partial: true })
        expect(first + text.slice(first.length)).toBe(text)
      })
    )
    expect(fileAnswer('0123456789', 'bytes=4-', true)).toMatchObject({ status: 206, body: '456' })
  })

  it('no other answer breaks off', () => {
    const client = start({ faults: [{ at: { probability: 1 }, kind: 'cut-off' }] })
    expect(client.sync([{ email: 'a@example.com' }])).toMatchObject([{ status: 'created' }])
  })

  it('may be lost on its way', () => {
    const faults = [{ at: { call: 1 }, kind: 'timeout-after', endpoint: 'exportLeadsFile' }] as const
    const client = withLeads(['a@example.com'], { exportMillis: 0, faults })
    const id = queued(client)
    expect(client.call(describeExportFile(hyg, id, 'leads'))).toBe(null)
    expect(file(client, id)._tag).toBe('ExportFile')
  })
})
