/** What an instance does later: persons of the Data Ingestion API, bulk imports. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  describeImportFailures,
  describeImportLeads,
  describeImportStatus,
  describeImportWarnings,
  describeIngestPersons,
  describeMergeLeads,
  describeSyncLeads,
  interpretImportLeads,
  interpretImportRows,
  interpretImportStatus,
  interpretIngestPersons,
  interpretMergeLeads,
  interpretSyncLeads
} from '../../src/endpoints/index.js'
import type { Call, HttpRequest } from '../../src/intent/descriptor.js'
import type { Fields, FieldValue, UpsertLead } from '../../src/intent/intent.js'
import type { Answer } from '../../src/intent/outcome.js'
import { advanceSimulator } from '../../src/simulator/due.js'
import type { FaultKind, SimulatorOptions } from '../../src/simulator/options.js'
import { callsIn, leadIn, leadsIn } from '../../src/simulator/reading.js'
import type { SimulatorState } from '../../src/simulator/state.js'
import { batchOf, callsOf, frozen, hyg, onlyCall } from '../endpoints/reading.js'
import { Client, noon } from './world.js'

const nothing: Answer = { status: 0, headers: {}, body: '' }
const correlation = { correlationId: (call: number): string => `c-${call}` }

const upsert = (fields: Fields, lookupField = 'email'): UpsertLead => ({
  _tag: 'UpsertLead',
  munchkinId: hyg,
  lead: { lookupField, value: String(fields[lookupField]) },
  fields,
  action: 'createOrUpdate',
  partitionName: null
})
const ana = upsert({ email: 'ana@example.com', firstName: 'Ana' })

const answerOf = (client: Client, call: Call<HttpRequest>): Answer => client.call(call) ?? nothing

const codeOf = (answer: Answer | null): unknown => JSON.parse(String(answer?.body)).error_code

/** The fields of the leads, the order of their numbers apart. */
const people = (state: SimulatorState): ReadonlyArray<unknown> =>
  leadsIn(state)
    .map(({ fields, partitionName }) => JSON.stringify([Object.entries(fields).sort(), partitionName]))
    .sort()

/** Imports a batch and waits for the end; each file's job with the rows that failed and were warned of. */
const imported = (client: Client, calls: ReadonlyArray<Call<HttpRequest>>) =>
  calls.map((call) => {
    const job = interpretImportLeads(call, answerOf(client, call))
    const batchId = job._tag === 'ImportJob' ? (job.batchId ?? 0) : 0
    client.now += 60_000
    const status = interpretImportStatus(call, answerOf(client, describeImportStatus(hyg, batchId)))
    const failures = interpretImportRows(call, answerOf(client, describeImportFailures(hyg, batchId)))
    const warnings = interpretImportRows(call, answerOf(client, describeImportWarnings(hyg, batchId)))
    return { call, status, failures, warnings }
  })

const lenient: Partial<SimulatorOptions> = {
  companyFields: 'accepted',
  callsPerWindow: 1e6,
  leads: [{ fields: { email: 'ana@example.com', notes__c: 'old' } }, { fields: { userId: 'u2', vip__c: true } }]
}

const value: fc.Arbitrary<readonly [string, FieldValue]> = fc.oneof(
  fc.tuple(
    fc.constantFrom('firstName', 'notes__c'),
    fc.constantFrom('A', 'Cruz, "A"', 'a\r\nb', 'café 😀', ' x ', '', null)
  ),
  fc.tuple(fc.constant('leadScore'), fc.constantFrom(1, 0, -5, 1.5, 'many')),
  fc.tuple(fc.constant('spent__c'), fc.constantFrom(9.99, 0.0000005, 123456789012)),
  fc.tuple(fc.constant('vip__c'), fc.constantFrom(true, false, null)),
  fc.tuple(fc.constant('born__c'), fc.constantFrom('1988-02-20', 'soon', null)),
  fc.tuple(fc.constant('plan__c'), fc.constantFrom('free', 'a name that is too long')),
  fc.tuple(fc.constantFrom('nobody', 'company'), fc.constant('x'))
)
const fields = fc.array(value, { maxLength: 3 }).map((entries) => Object.fromEntries(entries))
const key = fc.oneof(
  fc.constantFrom('ana@example.com', 'bo@example.com', 'ANA@example.com').map((email) => ['email', email] as const),
  fc.constantFrom('u1', 'u2').map((userId) => ['userId', userId] as const)
)
const upserts = batchOf(
  fc.tuple(key, fields).map(([[name, value], rest]) => upsert({ ...rest, [name]: value }, name)),
  6
)

describe('laws', () => {
  it('a bulk import makes the very leads that Sync Leads makes of the same files, and fails the same rows', () => {
    fc.assert(
      fc.property(upserts, (batch) => {
        const files = callsOf(describeImportLeads(frozen(batch)))
        const [bulk, sync] = [new Client(lenient).signIn(), new Client(lenient).signIn()]
        const jobs = imported(bulk, files)
        for (const { call, status, failures, warnings } of jobs) {
          const rows = call.intents.map((i) => batch[i] ?? ana)
          const [first = ana, ...rest] = rows
          const same = onlyCall(describeSyncLeads([first, ...rest]))
          const verdict = interpretSyncLeads(same, answerOf(sync, same))
          const outcomes = verdict._tag === 'Accepted' ? verdict.outcomes : []
          const skipped = outcomes.flatMap(({ _tag, intent }) => (_tag === 'Skipped' ? [call.intents[intent]] : []))
          expect(failures).toMatchObject({ _tag: 'ImportRows', strays: [] })
          expect(failures._tag === 'ImportRows' && failures.rows.map(({ intent }) => intent)).toEqual(skipped)
          expect(warnings).toMatchObject({ rows: [], strays: [] })
          const [failed, processed] = [skipped.length, rows.length - skipped.length]
          expect(status).toMatchObject({ _tag: 'ImportJob', status: 'Complete', failed, processed, warned: 0 })
        }
        expect(people(bulk.state)).toEqual(people(sync.state))
      })
    )
  })

  it('Data Ingestion makes the very leads that Sync Leads makes, and passes over what that skips', () => {
    fc.assert(
      fc.property(upserts, (batch) => {
        const [ingest, sync] = [new Client(lenient).signIn(), new Client(lenient).signIn()]
        for (const call of callsOf(describeIngestPersons(batch, correlation))) {
          const verdict = interpretIngestPersons(call, answerOf(ingest, call))
          expect(verdict).toMatchObject({ outcomes: call.intents.map((intent) => ({ _tag: 'Queued', intent })) })
        }
        for (const call of callsOf(describeSyncLeads(batch))) answerOf(sync, call)
        expect(people(ingest.state)).toEqual(people(sync.state))
      })
    )
  })

  it('what is done later is done once and in order, however often the clock is looked at on the way', () => {
    const steps = fc.array(fc.tuple(fc.nat({ max: 9_000 }), fc.boolean(), upserts), { maxLength: 6 })
    fc.assert(
      fc.property(steps, fc.array(fc.nat({ max: 20_000 }), { maxLength: 6 }), (story, looks) => {
        const play = (looking: boolean): SimulatorState => {
          const client = new Client({ ...lenient, ingestionDelayMillis: 5_000, importMillis: 7_000 }).signIn()
          for (const [later, bulk, batch] of story) {
            const before = client.now
            for (const look of looking ? looks : [])
              client.state = advanceSimulator(frozen(client.state), before + Math.min(look, later))
            client.now += later
            for (const call of callsOf(bulk ? describeImportLeads(batch) : describeIngestPersons(batch, correlation)))
              client.call(call)
          }
          return advanceSimulator(client.state, client.now + 1e9)
        }
        expect(leadsIn(play(true))).toEqual(leadsIn(play(false)))
        expect(JSON.parse(JSON.stringify(play(true)))).toStrictEqual(play(true))
      })
    )
  })
})

describe('what is due', () => {
  const [file, persons] = [
    onlyCall(describeImportLeads([ana])),
    onlyCall(describeIngestPersons([upsert({ email: 'ana@example.com', firstName: 'Later' })], correlation))
  ]

  it('is done in the order of time, each thing at its own, also where nobody looked meanwhile', () => {
    const client = new Client({ importMillis: 5_000, ingestionDelayMillis: 6_000 }).signIn()
    client.call(file)
    client.call(persons)
    const after = leadsIn(advanceSimulator(client.state, noon + 60_000))
    expect(after).toMatchObject([{ fields: { firstName: 'Later' } }])
    expect(after).toMatchObject([{ createdAt: '2024-05-03T10:00:05Z', updatedAt: '2024-05-03T10:00:06Z' }])
  })

  it('keeps its order, too, where a clock goes back', () => {
    const client = new Client({ ingestionDelayMillis: 5_000 }, noon + 10_000).signIn()
    client.call(persons)
    client.now = noon
    client.call(onlyCall(describeIngestPersons([ana], correlation)))
    const after = leadsIn(advanceSimulator(client.state, noon + 60_000))
    expect(after).toMatchObject([{ fields: { firstName: 'Ana' }, updatedAt: '2024-05-03T10:00:15Z' }])
  })

  it('is not done at a moment that is none', () => {
    const client = new Client().signIn()
    client.call(file)
    for (const now of [Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(leadsIn(advanceSimulator(client.state, now))).toEqual([])
    }
  })
})

describe('Merge Leads, described and carried out', () => {
  it('makes one of 27, in two calls', () => {
    const leads = Array.from({ length: 27 }, (_, i) => ({ fields: { email: `${i}@example.com`, [`f${i}`]: i } }))
    const client = new Client({ leads }).signIn()
    const loserIds = Array.from({ length: 26 }, (_, i) => i + 2)
    const calls = callsOf(describeMergeLeads([{ munchkinId: hyg, winnerId: 1, loserIds }]))
    for (const call of calls) {
      expect(interpretMergeLeads(call, answerOf(client, call))).toMatchObject({ outcomes: [{ _tag: 'Applied' }] })
    }
    expect(calls).toHaveLength(2)
    expect(leadsIn(client.state).map(({ id }) => id)).toEqual([1])
  })
})

describe('the Data Ingestion API', () => {
  const call = onlyCall(describeIngestPersons([ana], correlation))
  const post = (client: Client, changes: object = {}, host = 'ingestion' as const): Answer | null =>
    client.send({
      host,
      method: 'POST',
      path: ['subscriptions', hyg, 'persons'],
      query: [],
      headers: { 'x-mkto-user-token': client.token, 'content-type': 'application/json' },
      body: JSON.stringify({ persons: [{ email: 'ana@example.com' }] }),
      ...changes
    })

  it('answers 202 without a body, and is in no quota', () => {
    const client = new Client().signIn()
    const answer = answerOf(client, call)
    expect(answer).toEqual({ status: 202, headers: { 'x-request-id': '2-simulated' }, body: '' })
    expect(leadsIn(client.state)).toMatchObject([{ fields: { email: 'ana@example.com', firstName: 'Ana' } }])
    const { quota, byEndpoint } = callsIn(client.state)
    expect([quota.used, byEndpoint.ingestPersons]).toEqual([0, 1])
    const busy = new Client({ callsPerWindow: 0, callsPerDay: 0, runningCalls: 0 }).signIn()
    expect(answerOf(busy, call).status).toBe(202)
  })

  it('has the persons there after the delay, and not a moment before', () => {
    const client = new Client({ ingestionDelayMillis: 5_000 }).signIn()
    client.call(call)
    expect(leadsIn(advanceSimulator(client.state, noon + 4_999))).toEqual([])
    expect(leadsIn(advanceSimulator(client.state, noon + 5_000))).toMatchObject([{ createdAt: '2024-05-03T10:00:05Z' }])
    client.now += 60_000
    client.signIn()
    expect(leadsIn(client.state)).toMatchObject([{ createdAt: '2024-05-03T10:00:05Z' }])
  })

  it('has persons of a moment that no calendar has there in 1970', () => {
    const client = new Client({ ingestionDelayMillis: 1e16 }).signIn()
    client.call(call)
    expect(leadsIn(advanceSimulator(client.state, 2e16))).toMatchObject([{ createdAt: '1970-01-01T00:00:00Z' }])
  })

  it('matches by two fields where two are named', () => {
    const leads = [
      { fields: { email: 'ana@example.com', firstName: 'Ana' } },
      { fields: { email: 'ana@example.com', firstName: 'Bo' } }
    ]
    const client = new Client({ leads }).signIn()
    const persons = [{ email: 'ana@example.com', firstName: 'Bo', lastName: 'Cruz' }]
    const body = JSON.stringify({ dedupeFields: { field1: 'email', field2: 'firstName' }, persons })
    expect(post(client, { body })?.status).toBe(202)
    expect(leadsIn(client.state).map(({ fields }) => fields.lastName)).toEqual([undefined, 'Cruz'])
  })

  it('takes fields of the company, and passes over a person with a bad value', () => {
    const client = new Client().signIn()
    const persons = [
      { email: 'a@x.test', company: 'Acme' },
      { email: 'b@x.test', leadScore: 'many' },
      { firstName: 'nobody' }
    ]
    expect(post(client, { body: JSON.stringify({ persons }) })?.status).toBe(202)
    expect(leadsIn(client.state).map(({ fields }) => fields)).toEqual([{ email: 'a@x.test', company: 'Acme' }])
  })

  const body = (json: object): object => ({ body: JSON.stringify(json) })
  const persons = [{ email: 'a@x' }]
  // biome-ignore format: table
  it.each<[string, object, number, string]>([
    ['no token',                    { headers: { 'content-type': 'application/json' } },                  403, '403010'],
    ['a token of nobody',           { headers: { 'x-mkto-user-token': 'x', 'content-type': 'application/json' } }, 401, '401013'],
    ['another path',                { path: ['subscriptions', hyg, 'people'] },                           404, '404040'],
    ['another instance',            { path: ['subscriptions', '562-HYG-937', 'persons'] },                404, '404040'],
    ['another verb',                { method: 'GET' },                                                    404, '404040'],
    ['what is no JSON',             { body: '{' },                                                        400, '4000801'],
    ['a body too large',            body({ persons, x: 'x'.repeat(1_000_000) }),                          400, '4000801'],
    ['no persons',                  body({ input: persons }),                                             400, '4000802'],
    ['nobody',                      body({ persons: [] }),                                                400, '4000802'],
    ['1,001 persons',               body({ persons: Array(1_001).fill(persons[0]) }),                     400, '4000802'],
    ['a person that is text',       body({ persons: ['x'] }),                                             400, '4000802'],
    ['another priority',            body({ persons, priority: 'low' }),                                   400, '4000802'],
    ['a key that none looks up by', body({ persons, dedupeFields: { field1: 'firstName' } }),             400, '4000802'],
    ['a key that this API lacks',   body({ persons, dedupeFields: { field1: 'cookies' } }),               400, '4000802'],
    ['a key of type email',         body({ persons, dedupeFields: { field1: 'mail__c' } }),               400, '4000802'],
    ['a partition that is none',    body({ persons, partitionName: 7 }),                                  400, '4000802']
  ])('%s is refused in its own words', (_, changes, status, code) => {
    const client = new Client().signIn()
    const answer = post(client, changes)
    expect([answer?.status, codeOf(answer)]).toEqual([status, code])
    expect(leadsIn(client.state)).toEqual([])
  })

  // biome-ignore format: table
  it.each<[FaultKind, number, string | null]>([
    ['502',           500, '5000801'],
    ['606',           429, '429001'],
    ['607',           429, '4290801'],
    ['713',           500, '5000801'],
    ['expired-token', 401, '401013'],
    ['html',          502, null]
  ])('the fault %s comes as HTTP %i', (kind, status, code) => {
    const client = new Client({ faults: [{ at: { call: 1 }, kind, endpoint: 'ingestPersons' }] }).signIn()
    const answer = client.call(call)
    expect(answer?.status).toBe(status)
    if (code !== null) expect(codeOf(answer)).toBe(code)
    expect(leadsIn(client.state)).toEqual([])
  })

  it('loses the answer with its effect done, and one person where a record is struck', () => {
    const lost = new Client({
      faults: [{ at: { call: 1 }, kind: 'timeout-after', endpoint: 'ingestPersons' }]
    }).signIn()
    expect([lost.call(call), leadsIn(lost.state).length]).toEqual([null, 1])
    const struck = new Client({
      faults: [{ at: { call: 1 }, kind: 'skip-record', endpoint: 'ingestPersons' }]
    }).signIn()
    expect([struck.call(call)?.status, leadsIn(struck.state)]).toEqual([202, []])
  })

  it('refuses an expired token like any other', () => {
    const client = new Client().signIn()
    client.now += 3_600_000
    expect(codeOf(post(client))).toBe('401013')
  })
})

describe('a bulk import', () => {
  const file = onlyCall(describeImportLeads([ana]))
  const statusOf = (client: Client, batchId: number) =>
    interpretImportStatus(file, answerOf(client, describeImportStatus(hyg, batchId)))

  it('is queued, runs, and is complete; its leads are there at its end', () => {
    const client = new Client({ importMillis: 10_000 }).signIn()
    expect(interpretImportLeads(file, answerOf(client, file))).toMatchObject({ batchId: 1, status: 'Queued' })
    const seen = [0, 4_999, 5_000, 9_999, 10_000].map((later) => {
      client.now = noon + later
      const job = statusOf(client, 1)
      return [job._tag === 'ImportJob' && job.status, leadsIn(client.state).length]
    })
    expect(seen).toEqual([
      ['Queued', 0],
      ['Queued', 0],
      ['Importing', 0],
      ['Importing', 0],
      ['Complete', 1]
    ])
    expect(leadIn(client.state, 1)?.createdAt).toBe('2024-05-03T10:00:10Z')
    expect(statusOf(client, 1)).toMatchObject({ processed: 1, failed: 0, warned: 0 })
  })

  it('runs two at a time, and refuses the eleventh with 1016 until one has ended', () => {
    const client = new Client({ importMillis: 10_000 }).signIn()
    const made = Array.from({ length: 11 }, () => interpretImportLeads(file, answerOf(client, file)))
    expect(made.map(({ _tag }) => _tag)).toEqual([...Array(10).fill('ImportJob'), 'Refused'])
    expect(made[10]).toMatchObject({ reasons: [{ code: '1016' }], remedy: 'back-off' })
    client.now = noon + 5_000
    const states = Array.from({ length: 4 }, (_, i) => statusOf(client, i + 1))
    expect(states.map((job) => job._tag === 'ImportJob' && job.status)).toEqual([
      'Importing',
      'Importing',
      'Queued',
      'Queued'
    ])
    client.now = noon + 10_000
    expect(statusOf(client, 3)).toMatchObject({ status: 'Importing' })
    expect(interpretImportLeads(file, answerOf(client, file))).toMatchObject({ _tag: 'ImportJob' })
    client.now = noon + 60_000
    expect(statusOf(client, 11)).toMatchObject({ status: 'Complete' })
  })

  it('warns of an email that is none and imports it, fails a decimal in an integer column, tells both in files', () => {
    const client = new Client().signIn()
    const rows = [ana, upsert({ email: 'no address', firstName: 'B' })] as const
    const [warned] = imported(client, callsOf(describeImportLeads(rows)))
    expect(warned?.status).toMatchObject({ processed: 2, failed: 0, warned: 1 })
    expect(warned?.warnings).toMatchObject({ rows: [{ intent: 1 }], strays: [] })
    expect(warned?.failures).toEqual({ _tag: 'ImportRows', rows: [], strays: [] })
    expect(leadsIn(client.state).map(({ fields }) => fields.email)).toEqual(['ana@example.com', 'no address'])
    const scores = [upsert({ email: 'a@x.test', leadScore: 1.5 }), upsert({ email: 'b@x.test', leadScore: 2 })] as const
    const [failed] = imported(client, callsOf(describeImportLeads(scores)))
    expect(failed?.status).toMatchObject({ processed: 1, failed: 1, warned: 0 })
    expect(failed?.failures).toMatchObject({ rows: [{ intent: 0 }], strays: [] })
    expect(answerOf(client, describeImportWarnings(hyg, 2)).status).toBe(404)
    const text = String(answerOf(client, describeImportFailures(hyg, 2)).body)
    expect(text.split('\r\n').slice(0, 1)).toEqual(['email,leadScore,Import Failure Reason'])
  })

  it('updates by number and makes nobody', () => {
    const client = new Client({ leads: [{ fields: { email: 'ana@example.com' } }] }).signIn()
    const byId = (id: number): UpsertLead => ({
      ...upsert({ id, firstName: 'Ana' }, 'id'),
      lead: { lookupField: 'id', value: id },
      action: 'updateOnly'
    })
    const [job] = imported(client, callsOf(describeImportLeads([byId(1), byId(9)])))
    expect(job?.failures).toMatchObject({ rows: [{ intent: 1 }] })
    expect(leadsIn(client.state).map(({ fields }) => fields.firstName)).toEqual(['Ana'])
  })

  it('has no file before its end, none of nobody, and forgets all after seven days', () => {
    const client = new Client().signIn()
    client.call(onlyCall(describeImportLeads([upsert({ email: 'a@x.test', leadScore: 'many' })])))
    const ask = (batchId: number) => answerOf(client, describeImportFailures(hyg, batchId)).status
    expect([ask(1), ask(2)]).toEqual([404, 404])
    client.now += 10_000
    expect(ask(1)).toBe(200)
    expect(statusOf(client, 2)).toMatchObject({ _tag: 'Refused', reasons: [{ code: '1013' }] })
    client.now += 7 * 86_400_000
    client.signIn()
    expect(ask(1)).toBe(404)
    expect(statusOf(client, 1)).toMatchObject({ _tag: 'Refused' })
  })

  const importing = (query: ReadonlyArray<readonly [string, string]>, changes: object = {}): Answer | null => {
    const client = new Client().signIn()
    const content = 'email;firstName\r\nana@example.com;Ana\r\n'
    return client.send({
      host: 'bulk',
      method: 'POST',
      path: ['bulk', 'v1', 'leads.json'],
      query,
      headers: { authorization: `Bearer ${client.token}`, 'content-type': 'multipart/form-data; boundary="b"' },
      body: `--b\r\nContent-Disposition: form-data; name="file"; filename="x"\r\n\r\n${content}\r\n--b--\r\n`,
      ...changes
    })
  }
  const csv = [['format', 'csv']] as const
  const bare = { body: '--b\r\nContent-Disposition: form-data; name="other"\r\n\r\nx\r\n--b--\r\n' }
  const large = {
    body: `--b\r\nContent-Disposition: form-data; name="file"\r\n\r\n${'x'.repeat(10_000_000)}\r\n--b--\r\n`
  }
  // biome-ignore format: table
  it.each<[string, ReadonlyArray<readonly [string, string]>, object, string]>([
    ['no format',                   [],                                        {},                 '1002'],
    ['another format',              [['format', 'xml']],                       {},                 '1003'],
    ['an unknown key',              [...csv, ['lookupField', 'nobody']],       {},                 '1006'],
    ['a key that none looks up by', [...csv, ['lookupField', 'firstName']],    {},                 '1011'],
    ['an unknown partition',        [...csv, ['partitionName', 'Mars']],       {},                 '1008'],
    ['no file',                     csv,                                       bare,               '613'],
    ['no parts',                    csv,                                       { body: 'email' },  '613'],
    ['no token',                    csv,                                       { headers: {} },    '603']
  ])('with %s is refused with its code', (_, query, changes, code) => {
    const answer = JSON.parse(String(importing(query, changes)?.body))
    expect(answer).toMatchObject({ success: false, errors: [{ code }] })
  })

  it('of 10,000,000 bytes is HTTP 413, and no JSON will do', () => {
    expect(importing(csv, large)?.status).toBe(413)
    const small = { body: large.body.replace('xx', 'x') }
    expect(importing(csv, small)?.status).toBe(200)
  })

  it.each([
    ['ssv', ';'],
    ['tsv', '\t']
  ])('takes %s, too', (format, delimiter) => {
    const client = new Client({ importMillis: 0 }).signIn()
    const content = `email${delimiter}firstName\nana@example.com${delimiter}Ana`
    client.send({
      host: 'bulk',
      method: 'POST',
      path: ['bulk', 'v1', 'leads.json'],
      query: [['format', format]],
      headers: { authorization: `Bearer ${client.token}`, 'content-type': 'multipart/form-data; boundary=b' },
      body: `--b\r\nContent-Disposition: form-data; name="file"\r\n\r\n${content}\r\n--b--\r\n`
    })
    expect(leadsIn(client.state)).toMatchObject([{ fields: { email: 'ana@example.com', firstName: 'Ana' } }])
  })

  it('counts against the quota, and is struck by faults: a row fails, an answer is lost', () => {
    const faults = [
      { at: { call: 1 }, kind: 'skip-record', endpoint: 'importLeads' },
      { at: { call: 2 }, kind: 'timeout-after', endpoint: 'importLeads' },
      { at: { call: 3 }, kind: '606', endpoint: 'importLeads' }
    ] as const
    const client = new Client({ faults }).signIn()
    const [struck] = imported(client, [file])
    expect(struck?.failures).toMatchObject({
      rows: [{ intent: 0, reason: 'Simulated fault: this record was refused' }]
    })
    expect(leadsIn(client.state)).toEqual([])
    expect(client.call(file)).toBe(null)
    expect(interpretImportLeads(file, answerOf(client, file))).toMatchObject({ remedy: 'throttle' })
    expect(leadsIn(advanceSimulator(client.state, client.now + 10_000))).toHaveLength(1)
    expect(callsIn(client.state).quota.used).toBe(5)
    expect(callsIn(client.state).byEndpoint).toMatchObject({
      importLeads: 3,
      importLeadsStatus: 1,
      importLeadsFailures: 1
    })
  })
})
