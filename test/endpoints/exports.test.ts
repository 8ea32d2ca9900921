/** Jobs of the bulk extract, of leads and of activities, and their files. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { describeExportActivities } from '../../src/endpoints/export-activities.js'
import { describeExportFile, interpretActivitiesFile, interpretExportFile } from '../../src/endpoints/export-file.js'
import {
  describeEnqueueExport,
  describeExportStatus,
  type ExportKind,
  interpretExportJob
} from '../../src/endpoints/export-job.js'
import { describeExportLeads, type LeadExport } from '../../src/endpoints/export-leads.js'
import { parseInstant } from '../../src/ground/calendar.js'
import { isRecord, ownMember } from '../../src/ground/json.js'
import { describeProblem } from '../../src/ground/problem.js'
import { hostileValue } from '../arbitraries/events.js'
import { fragile } from '../arbitraries/hostile.js'
import { anyText } from '../arbitraries/intents.js'
import { batchOf, callsOf, hyg, jsonOf, ok, onlyCall, positionsOf, problemsOf } from './reading.js'

const day = 86_400_000
const wanted: LeadExport = { munchkinId: hyg, startAt: 0, endAt: day, by: 'createdAt', fields: ['id', 'email'] }

const filterOf = (json: unknown, by: string): ReadonlyArray<unknown> => {
  const window = ownMember(Object(ownMember(Object(json), 'filter')), by)
  return isRecord(window) ? [window.startAt, window.endAt] : []
}

describe('a job for leads', () => {
  it.each(['createdAt', 'updatedAt'] as const)('goes by %s, each field once', (by) => {
    const { descriptor } = onlyCall(describeExportLeads([{ ...wanted, by, fields: ['email', 'id', 'email'] }]))
    expect(descriptor).toEqual({
      _tag: 'HttpRequest',
      endpoint: 'exportLeads',
      munchkinId: hyg,
      host: 'bulk',
      method: 'POST',
      path: ['bulk', 'v1', 'leads', 'export', 'create.json'],
      query: [],
      headers: {},
      body: {
        json: {
          fields: ['email', 'id'],
          format: 'CSV',
          filter: { [by]: { startAt: '1970-01-01T00:00:00Z', endAt: '1970-01-02T00:00:00Z' } }
        }
      },
      auth: 'bearer',
      lifecycle: { status: 'live' }
    })
  })

  it('D2 no window is longer than 31 days, and its edges are whole seconds', () => {
    const moment = fc.integer({ min: 0, max: 4_102_444_800_000 })
    const window = fc.tuple(moment, fc.integer({ min: -day, max: 40 * day }))
    fc.assert(
      fc.property(batchOf(window, 4), ([first, ...rest]) => {
        const windows = [first, ...rest]
        const asked = ([startAt, length]: readonly [number, number]): LeadExport => ({
          ...wanted,
          startAt,
          endAt: startAt + length
        })
        const described = describeExportLeads([asked(first), ...rest.map(asked)])
        expect(positionsOf(described)).toEqual(windows.map((_, i) => i))
        for (const call of callsOf(described)) {
          const [startAt, endAt] = filterOf(jsonOf(call), 'createdAt')
          expect([startAt, endAt].every((text) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(String(text)))).toBe(true)
          const length = (parseInstant(String(endAt)) ?? Number.NaN) - (parseInstant(String(startAt)) ?? Number.NaN)
          expect(length > 0 && length <= 31 * day).toBe(true)
        }
        const sent = windows.flatMap(([startAt, length], i) =>
          length <= 31 * day && Math.floor((startAt + length) / 1000) > Math.floor(startAt / 1000) ? [i] : []
        )
        expect(callsOf(described).flatMap(({ intents }) => intents)).toEqual(sent)
      })
    )
  })

  // biome-ignore format: table
  it.each<[string, Partial<LeadExport>, string]>([
    ['no fields',                { fields: [] },                        'fields: is missing; name the lead fields that the file shall hold'],
    ['a field with a comma',     { fields: ['id', 'a,b'] },             'fields[1]: '],
    ['a field without a name',   { fields: [''] },                      'fields[0]: '],
    ['31 days and a moment',     { endAt: 31 * day + 1 },               'endAt: found a window that is too long; Marketo takes 31 days at once: make several jobs'],
    ['an empty window',          { endAt: 0 },                          'endAt: found a window without length; end it behind its start'],
    ['a part of a second',        { startAt: 1_000, endAt: 1_999 },       'endAt: found a window without length; end it behind its start'],
    ['a window backwards',       { startAt: day, endAt: 0 },            'endAt: found a window without length; end it behind its start'],
    ['no moment to begin',       { startAt: Number.NEGATIVE_INFINITY }, 'endAt: found no instant; give milliseconds since 1970, in the years 0000 to 9999'],
    ['no moment to end',         { endAt: Number.NaN },                 'endAt: found no instant; give milliseconds since 1970, in the years 0000 to 9999']
  ])('%s is a problem', (_, changes, says) => {
    const [problem, ...others] = problemsOf(describeExportLeads([{ ...wanted, ...changes }])).map(describeProblem)
    expect(others).toEqual([])
    expect(problem?.startsWith(says)).toBe(true)
  })

  it('31 days are taken', () => {
    expect(callsOf(describeExportLeads([{ ...wanted, endAt: 31 * day }]))).toHaveLength(1)
  })
})

describe('the calls about a job', () => {
  const last = { enqueue: 'enqueue.json', status: 'status.json', file: 'file.json' }

  it.each<[ExportKind, string]>([
    ['leads', 'exportLeads'],
    ['activities', 'exportActivities']
  ])('of %s name their kind, in the path and as endpoints', (kind, name) => {
    const calls = [
      describeEnqueueExport(hyg, 'e 1', kind),
      describeExportStatus(hyg, 'e 1', kind),
      describeExportFile(hyg, 'e 1', kind)
    ]
    expect(
      calls.map(({ descriptor: { endpoint, method, host, path } }) => [endpoint, method, host, path.join(' ')])
    ).toEqual([
      [`${name}Enqueue`, 'POST', 'bulk', `bulk v1 ${kind} export e 1 ${last.enqueue}`],
      [`${name}Status`, 'GET', 'bulk', `bulk v1 ${kind} export e 1 ${last.status}`],
      [`${name}File`, 'GET', 'bulk', `bulk v1 ${kind} export e 1 ${last.file}`]
    ])
    for (const { descriptor, intents, slots } of calls)
      expect([descriptor.body, descriptor.query, descriptor.headers, intents, slots]).toEqual([null, [], {}, [], []])
  })

  it('are of activities where nobody says', () => {
    expect(describeEnqueueExport(hyg, 'e')).toEqual(describeEnqueueExport(hyg, 'e', 'activities'))
    expect(describeExportStatus(hyg, 'e')).toEqual(describeExportStatus(hyg, 'e', 'activities'))
    expect(describeExportFile(hyg, 'e')).toEqual(describeExportFile(hyg, 'e', 'activities', 0))
    const window = { munchkinId: hyg, startAt: 0, endAt: day, activityTypeIds: [] }
    expect(onlyCall(describeExportActivities([window])).descriptor.endpoint).toBe('exportActivities')
  })

  it('ask for the end of a file where a part of it is there', () => {
    expect(describeExportFile(hyg, 'e', 'leads', 1000).descriptor.headers).toEqual({ range: 'bytes=1000-' })
  })
})

describe('what is told of a job', () => {
  const job = (body: object) =>
    interpretExportJob(describeExportStatus(hyg, 'e', 'leads'), ok({ success: true, ...body }))
  const untold = { exportId: null, status: null, records: null, bytes: null, checksum: null }

  // biome-ignore format: table
  it.each<[string, object, object]>([
    ['no result',             {},                                                    untold],
    ['an empty result',       { result: [] },                                        untold],
    ['no object',             { result: ['x'] },                                     untold],
    ['nulls',                 { result: [{ exportId: 'e', status: 'Queued', fileSize: null, fileChecksum: null, numberOfRecords: null }] }, { ...untold, exportId: 'e', status: 'Queued' }],
    ['an empty file',         { result: [{ exportId: 'e', status: 'Completed', numberOfRecords: 0, fileSize: 0 }] }, { status: 'Completed', records: 0, bytes: 0 }],
    ['counts as text',        { result: [{ numberOfRecords: '2', fileSize: 1.5 }] }, { records: null, bytes: null }],
    ['a sum that is bare',    { result: [{ fileChecksum: 'ab'.repeat(32) }] },       { checksum: 'ab'.repeat(32) }],
    ['a sum that is short',   { result: [{ fileChecksum: 'sha256:ab' }] },           { checksum: null }],
    ['another kind of sum',   { result: [{ fileChecksum: `md5:${'ab'.repeat(32)}` }] }, { checksum: null }],
    ['an end spelt in one way', { result: [{ status: 'Canceled' }] },                { status: 'Cancelled' }],
    ['an end spelt in the other', { result: [{ status: 'Cancelled' }] },             { status: 'Cancelled' }],
    ['a status in lower case', { result: [{ status: 'completed' }] },                { status: null }]
  ])('%s', (_, body, told) => {
    expect(job(body)).toMatchObject({ _tag: 'ExportJob', requestId: null, warnings: [], ...told })
  })

  // biome-ignore format: table
  it.each([
    ['1029', 'Too many jobs (10) in queue',                               'back-off'],
    ['1029', 'Export daily quota 500MB exceeded.',                        'await-quota'],
    ['1029', 'Job already queued',                                        'accept'],
    ['1003', 'Invalid fields were passed',                                'mend-request'],
    ['1035', 'Unsupported filter type for target subscription: updatedAt', 'mend-request'],
    ['602',  'Access token expired',                                      'renew-token']
  ])('%s "%s" asks for %s', (code, message, remedy) => {
    const answer = ok({ success: false, errors: [{ code, message }] })
    for (const ask of [describeEnqueueExport, describeExportStatus])
      expect(interpretExportJob(ask(hyg, 'e', 'leads'), answer)).toMatchObject({
        _tag: 'Refused',
        remedy,
        reasons: [{ code, message }]
      })
  })

  it('P3 P4 any answer gets a verdict, which equals its JSON round trip', () => {
    fc.assert(
      fc.property(hostileValue, fc.nat({ max: 12 }), (u, patience) => {
        for (const body of [u, { success: true, result: [u] }, fragile({ success: true, result: [u, u] }, patience)]) {
          const told = interpretExportJob(describeExportStatus(hyg, 'e'), { status: 200, headers: {}, body })
          expect(['ExportJob', 'Refused']).toContain(told._tag)
          expect(JSON.parse(JSON.stringify(told))).toStrictEqual(told)
        }
      })
    )
  })
})

describe('the file of a job', () => {
  const call = describeExportFile(hyg, 'e', 'leads')
  const file = (status: number, body: unknown, headers = {}) => interpretExportFile(call, { status, headers, body })

  it('is the text as it came, whole or the end of it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.boolean(), (text, partial) => {
        fc.pre(!text.trimStart().startsWith('{'))
        expect(file(partial ? 206 : 200, text)).toEqual({ _tag: 'ExportFile', text, partial })
      })
    )
  })

  it('of any length is not parsed to see whether it is an envelope', () => {
    const text = `{${'"'.repeat(20_000)}`
    expect(file(200, text)).toEqual({ _tag: 'ExportFile', text, partial: false })
    expect(file(200, '{no envelope}')).toMatchObject({ _tag: 'ExportFile' })
    expect(file(200, '[1]')).toMatchObject({ _tag: 'ExportFile' })
  })

  const expired = { requestId: 'r', success: false, errors: [{ code: '602', message: 'Access token expired' }] }
  // biome-ignore format: table
  it.each<[string, number, unknown, object]>([
    ['gone, or another’s',         404, 'Not Found',                       { remedy: 'mend-request', reasons: [{ code: '404' }] }],
    ['beyond its end',             416, '',                                { reasons: [{ code: '416' }] }],
    ['a gateway’s page',           502, '<html>',                          { remedy: 'back-off', reasons: [{ code: '502' }] }],
    ['an envelope as text',        200, JSON.stringify(expired),           { remedy: 'renew-token', requestId: 'r', reasons: [{ code: '602' }] }],
    ['an envelope, blanks before', 200, `\n ${JSON.stringify(expired)}`,   { remedy: 'renew-token' }],
    ['an envelope as JSON',        200, expired,                           { remedy: 'renew-token' }],
    ['an envelope with 206',       206, JSON.stringify(expired),           { remedy: 'renew-token' }],
    ['a success without a file',   200, { success: true },                 { reasons: [{ code: '' }] }],
    ['no text',                    200, null,                              { reasons: [{ code: '' }] }],
    ['a list',                     200, [1],                               { reasons: [{ code: '' }] }]
  ])('that is %s is a refusal', (_, status, body, refused) => {
    expect(file(status, body)).toMatchObject({ _tag: 'Refused', ...refused })
  })

  it('P3 any answer gets a verdict', () => {
    fc.assert(
      fc.property(hostileValue, fc.nat({ max: 6 }), fc.anything(), (u, patience, status) => {
        const answer = { status: Number(typeof status === 'number' ? status : 200), headers: {}, body: u }
        for (const body of [u, fragile({ success: false, errors: [u] }, patience)]) {
          expect(['ExportFile', 'Refused']).toContain(interpretExportFile(call, { ...answer, body })._tag)
          expect(['ActivitiesFile', 'Refused']).toContain(interpretActivitiesFile(call, { ...answer, body })._tag)
        }
      })
    )
  })

  it('P3 an answer that throws when it is read is a refusal', () => {
    const answer = { status: 200, headers: {}, body: '' }
    Object.defineProperty(answer, 'body', {
      get: () => {
        throw new Error('trap')
      }
    })
    expect(interpretExportFile(call, answer)).toMatchObject({ _tag: 'Refused' })
  })

  it('of leads is no file of activities', () => {
    expect(interpretActivitiesFile(call, { status: 200, headers: {}, body: 'id,email\n1,a@x\n' })._tag).toBe('Refused')
  })

  it('S3 no refusal repeats what the file says', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(JSON.stringify(file(404, `s3cret ${text}`))).not.toContain('s3cret')
      })
    )
  })
})
