/** What is taken now and done later, at the edges: the frame of persons that are ingested, and the files of imports. */
import { describe, expect, it } from 'vitest'
import type { Pairs } from '../../src/intent/descriptor.js'
import type { Answer } from '../../src/intent/outcome.js'
import type { FaultKind } from '../../src/simulator/options.js'
import { changesIn, leadIn, leadsIn } from '../../src/simulator/reading.js'
import { hyg } from '../endpoints/reading.js'
import { Client, cookie } from './world.js'

const nothing: Answer = { status: 0, headers: {}, body: '' }
const ana = { email: 'ana@example.com' }

interface Sent {
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

const ingest = (client: Client, json: object, { headers = {}, body = JSON.stringify(json) }: Sent = {}): Answer =>
  client.send({
    host: 'ingestion',
    method: 'POST',
    path: ['subscriptions', hyg, 'persons'],
    query: [],
    headers: { 'x-mkto-user-token': client.token, 'content-type': 'application/json', ...headers },
    body
  }) ?? nothing

const told = (answer: Answer): unknown => (answer.status === 202 ? 202 : JSON.parse(String(answer.body)).error_code)

const refusal = (status: number, error_code: string, message: string): Answer => ({
  status,
  headers: { 'content-type': 'application/json;charset=UTF-8', 'x-request-id': '2-simulated' },
  body: JSON.stringify({ error_code, message })
})

describe('persons', () => {
  // biome-ignore format: table
  it.each<[FaultKind, Answer]>([
    ['502',           refusal(500, '5000801', 'Internal Server Error')],
    ['604',           refusal(500, '5000801', 'Internal Server Error')],
    ['606',           refusal(429, '429001', 'Service usage limit reached')],
    ['607',           refusal(429, '4290801', 'Daily quota reached')],
    ['611',           refusal(500, '5000801', 'Internal Server Error')],
    ['615',           refusal(429, '429001', 'Service usage limit reached')],
    ['713',           refusal(500, '5000801', 'Internal Server Error')],
    ['expired-token', refusal(401, '401013', 'Oauth token is invalid')]
  ])('are refused by a fault %s in the words of their host', (kind, answer) => {
    const client = new Client({ faults: [{ at: { call: 1 }, kind, endpoint: 'ingestPersons' }] }).signIn()
    expect(ingest(client, { persons: [ana] })).toEqual(answer)
  })

  // biome-ignore format: table
  it.each<[string, unknown, unknown]>([
    ['no key',                        undefined,                                     202],
    ['email',                         { field1: 'email' },                           202],
    ['the number',                    { field1: 'id' },                              202],
    ['an account of Salesforce',      { field1: 'sfdcAccountId' },                   202],
    ['a contact of Salesforce',       { field1: 'sfdcContactId' },                   202],
    ['a lead of Salesforce',          { field1: 'sfdcLeadId' },                      202],
    ['an owner of Salesforce',        { field1: 'sfdcLeadOwnerId' },                 202],
    ['a custom field',                { field1: 'userId' },                          202],
    ['two fields',                    { field1: 'email', field2: 'firstName' },      202],
    ['nothing for a second',          { field1: 'email', field2: null },             202],
    ['null',                          null,                                          '4000802'],
    ['a text',                        'email',                                       '4000802'],
    ['a number for a name',           { field1: 7 },                                 '4000802'],
    ['names in a list',               { field1: ['email'] },                         '4000802'],
    ['a field of nobody',             { field1: 'nobody' },                          '4000802'],
    ['a custom flag',                 { field1: 'vip__c' },                          '4000802'],
    ['a custom email',                { field1: 'mail__c' },                         '4000802'],
    ['a page of Facebook',            { field1: 'facebookId' },                      '4000802'],
    ['a second field of nobody',      { field1: 'email', field2: 'nobody' },         '4000802'],
    ['a second field that is a list', { field1: 'email', field2: ['firstName'] },    '4000802'],
    ['a second field that is a number', { field1: 'email', field2: 7 },              '4000802']
  ])('by %s', (_, dedupeFields, answer) => {
    expect(told(ingest(new Client().signIn(), { persons: [ana], dedupeFields }))).toBe(answer)
  })

  // biome-ignore format: table
  it.each<[string, object, Sent, unknown]>([
    ['a partition',                { partitionName: 'Default' },          {},                                                  202],
    ['a number for a partition',   { partitionName: 7 },                  {},                                                  '4000802'],
    ['high priority',              { priority: 'high' },                  {},                                                  202],
    ['another priority',           { priority: 'low' },                   {},                                                  '4000802'],
    ['as many as may be',          { persons: Array.from({ length: 1_000 }, () => ana) }, {},                                  202],
    ['one more',                   { persons: Array.from({ length: 1_001 }, () => ana) }, {},                                  '4000802'],
    ['an empty token',             {},                                    { headers: { 'x-mkto-user-token': '' } },            '403010'],
    ['a name before the type',     {},                                    { headers: { 'content-type': 'xapplication/json' } }, '4000801'],
    ['a body that is no JSON',     {},                                    { body: '{' },                                       '4000801'],
    ['a long correlation',         {},                                    { headers: { 'x-correlation-id': 'c'.repeat(255) } }, 202],
    ['a correlation too long',     {},                                    { headers: { 'x-correlation-id': 'c'.repeat(256) } }, '4000801'],
    ['a body as long as may be',   {},                                    { body: `{"persons":[{}]}${' '.repeat(999_984)}` },  202],
    ['a body that is longer',      {},                                    { body: `{"persons":[{}]}${' '.repeat(999_985)}` },  '4000801']
  ])('with %s', (_, more, sent, answer) => {
    expect(told(ingest(new Client().signIn(), { persons: [ana], ...more }, sent))).toBe(answer)
  })

  it('by two fields find the one of many with one email, and the log of changes names a program', () => {
    const leads = ['Ana', 'Bo', 'Cy'].map((firstName) => ({ fields: { ...ana, firstName } }))
    const client = new Client({ leads }).signIn()
    const dedupeFields = { field1: 'email', field2: 'firstName' }
    ingest(client, { persons: [{ ...ana, firstName: 'Cy', plan__c: 'pro' }], dedupeFields })
    expect(leadsIn(client.state).map(({ fields }) => fields.plan__c)).toEqual([undefined, undefined, 'pro'])
    expect(changesIn(client.state)).toMatchObject([
      { leadId: 3, activityTypeId: 13, source: 'Web service API', modifyingUser: null, requestId: null }
    ])
  })
})

const mime = 'multipart/form-data; boundary=b'
const filePart = (rows: string, boundary = 'b'): string =>
  `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="x.csv"\r\n\r\n${rows}\r\n--${boundary}--\r\n`

const bulk = (client: Client, method: string, path: ReadonlyArray<string>, more: Sent & { query?: Pairs } = {}) =>
  client.send({
    host: 'bulk',
    method,
    path: ['bulk', 'v1', ...path],
    query: more.query ?? [],
    headers: { authorization: `Bearer ${client.token}`, ...more.headers },
    body: more.body ?? null
  }) ?? nothing

const upload = (client: Client, body: string, type = mime, query: Pairs = []) =>
  Object(
    JSON.parse(
      String(
        bulk(client, 'POST', ['leads.json'], {
          query: [['format', 'csv'], ...query],
          headers: { 'content-type': type },
          body
        }).body
      )
    )
  )

const file = (client: Client, which: 'failures' | 'warnings', batch = '1') =>
  bulk(client, 'GET', ['leads', 'batch', batch, `${which}.json`])

describe('the file of an import', () => {
  const plain = 'email\r\nana@example.com'
  const other = '--b\r\nContent-Disposition: form-data; name="other"\r\n\r\n'
  // biome-ignore format: table
  it.each<[string, string, string, string | undefined]>([
    ['is found',                            mime,                                               filePart(plain),                          undefined],
    ['right behind the type',               'multipart/form-data;boundary=b',                   filePart(plain),                          undefined],
    ['after many blanks',                   'multipart/form-data;   boundary=b',                filePart(plain),                          undefined],
    ['at a mark in quotes',                 'multipart/form-data; boundary="b c"',              filePart(plain, 'b c'),                   undefined],
    ['behind another part',                 mime,                                               `${other}x\r\n${filePart(plain)}`,        undefined],
    ['of no form',                          `x${mime}`,                                         filePart(plain),                          '612'],
    ['without a mark',                      'multipart/form-data',                              filePart(plain, 'undefined'),             '613'],
    ['before the first mark',               mime,                                               '; name="file"\r\n\r\nemail\r\n--b--',    '613'],
    ['without an empty line',               mime,                                               '--b\r\nX: form-data; name="file"\r\nY',  '613'],
    ['that another part tells of',          mime,                                               `${other}; name="file"\r\n--b--\r\n`,     '613']
  ])('%s', (_, type, body, code) => {
    const answer = upload(new Client().signIn(), body, type)
    const message = code === '612' ? 'Invalid Content Type' : 'Invalid Multipart Request'
    expect(answer.errors).toEqual(code === undefined ? undefined : [{ code, message }])
  })

  it('goes on behind a row that begins like its mark', () => {
    const client = new Client().signIn()
    upload(client, filePart('email,firstName\r\n--bx,x\r\nana@example.com,007', 'bb'), mime.replace('=b', '=bb'))
    client.now += 60_000
    client.rest('GET', 'leads.json')
    expect(leadsIn(client.state).map(({ fields }) => fields.firstName)).toEqual(['x', '007'])
  })

  it('is refused as a page where it is too long', () => {
    const answer = bulk(new Client().signIn(), 'POST', ['leads.json'], {
      query: [['format', 'csv']],
      headers: { 'content-type': mime },
      body: filePart('x'.repeat(10_485_760))
    })
    const title = '413 Request Entity Too Large'
    const body = `<html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`
    expect(answer).toEqual({ status: 413, headers: { 'content-type': 'text/html' }, body })
  })
})

describe('an import', () => {
  const status = (client: Client, part: string) =>
    Object(JSON.parse(String(bulk(client, 'GET', ['leads', 'batch', part]).body)))

  it('tells where it stands, gives out its files, and keeps none of its rows', () => {
    const client = new Client({ leads: [{ fields: { ...ana, firstName: 'Ana' } }] }).signIn()
    const rows = 'email,firstName,born__c\r\nana@example.com,\r\nbo@example.com,Bo,soon\r\ncy@example.com\r\nx,"a,b"'
    upload(client, filePart(rows))
    const told = { batchId: 1, importId: '1', numOfLeadsProcessed: 0, numOfRowsFailed: 0, numOfRowsWithWarning: 0 }
    expect(status(client, '1.json').result).toEqual([{ ...told, status: 'Queued', message: '' }])
    expect(file(client, 'failures')).toEqual({
      status: 404,
      headers: { 'content-type': 'text/plain' },
      body: 'Not Found'
    })
    client.now += 60_000
    const ended = { numOfLeadsProcessed: 3, numOfRowsFailed: 1, numOfRowsWithWarning: 1 }
    const message = 'Import completed'
    expect(status(client, '1.json').result).toEqual([{ ...told, ...ended, status: 'Complete', message }])
    const why = "Invalid value 'soon' for field 'born__c' of type date"
    expect(file(client, 'failures')).toEqual({
      status: 200,
      headers: { 'content-type': 'text/csv' },
      body: `email,firstName,born__c,Import Failure Reason\r\nbo@example.com,Bo,soon,${why}\r\n`
    })
    expect(file(client, 'warnings').body).toBe(
      `email,firstName,born__c,Import Warning Reason\r\nx,"a,b",,Invalid value 'x' for field 'email' of type email\r\n`
    )
    expect(leadIn(client.state, 1)?.fields).toEqual(ana)
    expect(leadIn(client.state, 2)?.fields).toEqual({ email: 'cy@example.com' })
    expect(JSON.stringify(client.state.jobs)).toContain('"columns":[],"rows":[]')
    for (const part of ['x1.json', '1x.json', '1.jsonx', 'x', '2.json'])
      expect(status(client, part).errors).toEqual([{ code: '1013', message: 'Import not found' }])
  })

  it('finds leads by their numbers, whole ones, and leaves alone what is empty', () => {
    const leads = Array.from({ length: 12 }, (_, i) => ({ fields: { email: `p${i}@example.com` } }))
    const client = new Client({ leads }).signIn()
    upload(client, filePart('id,firstName\r\n12,007\r\n1.0,x\r\n,x\r\nx1,x\r\n1x,x'), mime, [['lookupField', 'id']])
    client.now += 60_000
    expect(status(client, '1.json').result).toMatchObject([{ numOfLeadsProcessed: 1, numOfRowsFailed: 4 }])
    expect(leadIn(client.state, 12)?.fields.firstName).toBe('007')
    expect(leadIn(client.state, 1)?.fields.firstName).toBeUndefined()
  })

  it('goes into the partition that is named, where new leads come to be and no other is moved', () => {
    const client = new Client({ partitions: ['US', 'EU'], leads: [{ fields: ana }] }).signIn()
    upload(client, filePart('email\r\nana@example.com'), mime, [['partitionName', 'EU']])
    upload(client, filePart('email,cookies\r\nbo@example.com,x\r\ncy@example.com'), mime, [['partitionName', 'EU']])
    upload(client, filePart(`email,cookies\r\ncy@example.com,${cookie}`), mime, [['partitionName', 'EU']])
    client.now += 60_000
    expect(status(client, '1.json').result).toMatchObject([{ numOfLeadsProcessed: 0, numOfRowsFailed: 1 }])
    expect(status(client, '2.json').result).toMatchObject([{ numOfLeadsProcessed: 0, numOfRowsFailed: 2 }])
    expect(leadsIn(client.state).map(({ partitionName, cookies }) => [partitionName, cookies])).toEqual([
      ['US', []],
      ['EU', [cookie]]
    ])
  })

  it('makes room in the queue as it ends, for itself alone', () => {
    const client = new Client().signIn()
    const one = filePart('email\r\nana@example.com')
    for (let n = 1; n <= 10; n += 1) expect(upload(client, one).success).toBe(true)
    client.now += 11_000
    expect([1, 2, 3].map(() => upload(client, one).success)).toEqual([true, true, false])
  })
})
