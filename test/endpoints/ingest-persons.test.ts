import { readFileSync } from 'node:fs'
import Ajv from 'ajv'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toCurl } from '../../src/adapters/fetch/to-curl.js'
import { toFetch } from '../../src/adapters/fetch/to-fetch.js'
import { describeIngestPersons, interpretIngestPersons } from '../../src/endpoints/ingest-persons.js'
import type { Call, HttpRequest } from '../../src/intent/descriptor.js'
import type { UpsertLead } from '../../src/intent/intent.js'
import { upsertLead } from '../arbitraries/intents.js'
import { batchOf, bytes, callsOf, frozen, hyg, jsonOf, onlyCall, positionsOf, problemsOf, unsentOf } from './reading.js'

interface Operation {
  readonly parameters: ReadonlyArray<{ readonly name: string; readonly in: string }>
}
const none: Operation = { parameters: [] }

const options = { correlationId: (call: number): string => `run-1-${call}` }
const email = 'ana@example.com'
const upsert = (changes: Partial<UpsertLead> = {}): UpsertLead => ({
  _tag: 'UpsertLead',
  munchkinId: hyg,
  lead: { lookupField: 'email', value: email },
  fields: { email, firstName: 'Ana' },
  action: 'createOrUpdate',
  partitionName: null,
  ...changes
})

/** The persons of a call's body. */
const personsOf = (call: Call<HttpRequest>): ReadonlyArray<unknown> => {
  const json = jsonOf(call)
  const persons = typeof json === 'object' && json !== null && 'persons' in json ? json.persons : undefined
  return Array.isArray(persons) ? persons : []
}

/** Fields whose text takes up to four bytes a character. */
const wide: fc.Arbitrary<UpsertLead> = fc
  .tuple(fc.constantFrom('x', 'é', '語', '😀', '"', '\n'), fc.integer({ min: 0, max: 60_000 }), fc.nat())
  .map(([letter, length, n]) => upsert({ fields: { email: `${n}@example.com`, notes__c: letter.repeat(length) } }))

describe('D2 Data Ingestion', () => {
  it('D2 P2 carries each upsert once or says why not, grouped, at most 1,000 persons and 1,000,000 bytes a call', () => {
    fc.assert(
      fc.property(batchOf(upsertLead, 40), (upserts) => {
        const described = describeIngestPersons(frozen(upserts), options)
        expect(positionsOf(described)).toEqual(upserts.map((_, i) => i))
        expect(unsentOf(described).map(({ intent }) => intent)).toEqual(
          upserts.flatMap(({ action }, i) => (action === 'updateOnly' ? [i] : []))
        )
        const seen = callsOf(described).map((call, n) => {
          const { intents, descriptor } = call
          expect(intents.length).toBeLessThanOrEqual(1_000)
          expect(JSON.stringify(personsOf(call))).toBe(JSON.stringify(intents.map((i) => upserts[i]?.fields)))
          expect(descriptor.headers).toEqual({ 'X-Correlation-Id': `run-1-${n}` })
          const shared = intents.map((i) =>
            JSON.stringify([upserts[i]?.munchkinId, upserts[i]?.lead.lookupField, upserts[i]?.partitionName])
          )
          expect(new Set(shared).size).toBe(1)
          return shared[0]
        })
        expect(new Set(seen).size).toBe(seen.length)
      })
    )
  })

  it('D2 keeps within 1,000,000 bytes, whatever the letters take, and puts into a call what fits', () => {
    fc.assert(
      fc.property(batchOf(wide, 20), (upserts) => {
        const sizes = callsOf(describeIngestPersons(upserts, options)).map((call) => [
          bytes(JSON.stringify(jsonOf(call))),
          bytes(JSON.stringify(personsOf(call)[0]))
        ])
        sizes.forEach(([size = 0], k) => {
          expect(size).toBeLessThanOrEqual(1_000_000)
          expect(size + 1 + (sizes[k + 1]?.[1] ?? 1_000_000)).toBeGreaterThan(1_000_000)
        })
      }),
      { numRuns: 20 }
    )
  })

  it.each([
    [1_000, [1_000]],
    [1_001, [1_000, 1]]
  ])('D2 splits %i persons into calls of %j', (count, sizes) => {
    const [first = upsert(), ...rest] = Array.from({ length: count }, (_, i) => upsert({ fields: { email: `${i}@x` } }))
    const calls = callsOf(describeIngestPersons([first, ...rest], options))
    expect(calls.map(({ intents }) => intents.length)).toEqual(sizes)
    expect(calls.map(({ descriptor }) => descriptor.headers['X-Correlation-Id'])).toEqual(
      sizes.map((_, n) => `run-1-${n}`)
    )
  })

  it('D2 fills a body to its last byte, and leaves unsent what no body can hold', () => {
    const frame = bytes(
      JSON.stringify(jsonOf(onlyCall(describeIngestPersons([upsert({ fields: { email, t: '' } })], options))))
    )
    const sized = (length: number) => upsert({ fields: { email, t: 't'.repeat(length) } })
    const full = onlyCall(describeIngestPersons([sized(1_000_000 - frame)], options))
    expect(bytes(JSON.stringify(jsonOf(full)))).toBe(1_000_000)
    const described = describeIngestPersons([upsert(), sized(1_000_001 - frame)], options)
    expect(unsentOf(described)).toMatchObject([{ intent: 1, problem: { _tag: 'Malformed', at: [] } }])
  })
})

describe('Data Ingestion, the documented call', () => {
  const call = onlyCall(
    describeIngestPersons([upsert({ partitionName: 'EMEA' }), upsert({ partitionName: 'EMEA' })], {
      ...options,
      priority: 'high'
    })
  )

  it('is a POST to a host of its own, with the instance in the path', () => {
    const person = { email, firstName: 'Ana' }
    expect(call).toEqual({
      descriptor: {
        _tag: 'HttpRequest',
        endpoint: 'ingestPersons',
        munchkinId: '561-HYG-937',
        host: 'ingestion',
        method: 'POST',
        path: ['subscriptions', '561-HYG-937', 'persons'],
        query: [],
        headers: { 'X-Correlation-Id': 'run-1-0' },
        body: {
          json: {
            priority: 'high',
            partitionName: 'EMEA',
            dedupeFields: { field1: 'email' },
            persons: [person, person]
          }
        },
        auth: 'user-token',
        lifecycle: { status: 'live' }
      },
      intents: [0, 1],
      slots: []
    })
  })

  it('is sent with the bare token in a header of its own', () => {
    const [url, init] = toFetch({ accessToken: 'TOKEN' })(call.descriptor)
    expect(url).toBe('https://mkto-ingestion-api.adobe.io/subscriptions/561-HYG-937/persons')
    expect(init.headers).toEqual({
      'X-Correlation-Id': 'run-1-0',
      'X-Mkto-User-Token': 'TOKEN',
      'Content-Type': 'application/json'
    })
    expect(toCurl(call.descriptor)).toContain(`--header 'X-Mkto-User-Token: '"$MARKETO_TOKEN"`)
  })

  it('leaves null where a field is to be cleared, and the lead number where it is the key', () => {
    const byId = upsert({ lead: { lookupField: 'id', value: 7 }, fields: { id: 7, firstName: null } })
    const { descriptor } = onlyCall(describeIngestPersons([byId], options))
    expect(descriptor.body).toEqual({
      json: { priority: 'normal', dedupeFields: { field1: 'id' }, persons: [{ id: 7, firstName: null }] }
    })
  })
})

describe('Data Ingestion leaves unsent', () => {
  // biome-ignore format: table
  it.each<[string, Partial<UpsertLead>, object]>([
    ['an update only',            { action: 'updateOnly' },                                                                { _tag: 'Malformed', at: ['action'], found: 'updateOnly' }],
    ['a lookup by first name',    { lead: { lookupField: 'firstName', value: 'Ana' } },                                    { _tag: 'Malformed', at: ['lead', 'lookupField'] }],
    ['a lookup by cookie',        { lead: { lookupField: 'cookies', value: 'x' }, fields: { cookies: 'x' } },              { _tag: 'Malformed', at: ['lead', 'lookupField'] }],
    ['one by sfdcOpptyId',        { lead: { lookupField: 'sfdcOpptyId', value: 'x' }, fields: { sfdcOpptyId: 'x' } },      { _tag: 'Malformed', at: ['lead', 'lookupField'] }],
    ['a record without its key',  { lead: { lookupField: 'userId', value: 'u1' } },                                        { _tag: 'Missing', at: ['fields', 'userId'] }],
    ['a lead number beside it',   { fields: { email, id: 7 } },                                                            { _tag: 'Conflict', at: ['fields', 'id'], with: ['lead', 'lookupField'] }],
    ['a lead number that is none',{ lead: { lookupField: 'id', value: 0 }, fields: { id: 0 } },                            { _tag: 'Malformed', at: ['fields', 'id'] }],
    ['a value that JSON lacks',   { fields: { email, leadScore: Number.NaN } },                                            { _tag: 'Malformed', at: ['fields', 'leadScore'] }]
  ])('%s', (_, wrong, problem) => {
    const described = describeIngestPersons([upsert(), upsert(wrong), upsert()], options)
    expect(problemsOf(described)).toMatchObject([{ weight: 'invalid', ...problem }])
    expect(callsOf(described).map(({ intents }) => intents)).toEqual([[0, 2]])
  })

  it('takes custom fields and the ids of Salesforce as keys', () => {
    for (const lookupField of ['userId', 'customerNumber__c', 'sfdcLeadId', 'sfdcAccountId', 'constructor']) {
      const one = upsert({ lead: { lookupField, value: 'x' }, fields: { [lookupField]: 'x' } })
      expect(unsentOf(describeIngestPersons([one], options))).toEqual([])
    }
  })

  it.each([
    ['empty', ''],
    ['too long', 'x'.repeat(256)],
    ['with a line break', 'a\r\nHost: evil.test'],
    ['with a blank behind', 'a '],
    ['of other letters', 'é']
  ])('a whole call whose correlation id is %s', (_, id) => {
    const described = describeIngestPersons([upsert(), upsert()], { correlationId: () => id })
    expect(unsentOf(described)).toMatchObject([
      { intent: 0, problem: { at: ['correlationId'] } },
      { intent: 1, problem: { at: ['correlationId'] } }
    ])
    expect(callsOf(describeIngestPersons([upsert()], { correlationId: () => 'x'.repeat(255) }))).toHaveLength(1)
  })
})

describe('Data Ingestion, the answer', () => {
  const call = onlyCall(describeIngestPersons([upsert(), upsert()], options))

  it('202 queues each record, under the correlation id', () => {
    expect(interpretIngestPersons(call, { status: 202, headers: { 'x-request-id': 'r-1' }, body: '' })).toEqual({
      _tag: 'Accepted',
      requestId: 'r-1',
      warnings: [],
      outcomes: [
        { _tag: 'Queued', intent: 0, correlationId: 'run-1-0' },
        { _tag: 'Queued', intent: 1, correlationId: 'run-1-0' }
      ]
    })
  })

  it('another status of success leaves each record open', () => {
    expect(interpretIngestPersons(call, { status: 200, headers: {}, body: '<html>' })).toMatchObject({
      outcomes: [{ _tag: 'Unanswered', intent: 0 }, { _tag: 'Unanswered' }]
    })
  })

  // biome-ignore format: table
  it.each([
    [401, '401013',  'renew-token'],
    [403, '403010',  'mend-request'],
    [404, '404040',  'mend-request'],
    [429, '429001',  'throttle'],
    [400, '4000801', 'mend-request'],
    [400, '4000802', 'mend-request'],
    [403, '4030801', 'ask-administrator'],
    [429, '4290801', 'await-quota'],
    [500, '5000801', 'back-off'],
    [500, '5999999', 'back-off']
  ])('HTTP %i with %s refuses it, with the remedy %s', (status, error_code, remedy) => {
    const body = JSON.stringify({ error_code, message: 'no' })
    const headers = { 'x-request-id': 'r-2', 'retry-after': '7' }
    expect(interpretIngestPersons(call, { status, headers, body })).toEqual({
      _tag: 'Refused',
      requestId: 'r-2',
      reasons: [{ code: error_code, message: 'no' }],
      remedy,
      retryAfter: 7
    })
  })

  // biome-ignore format: table
  it.each([
    [401, 'renew-token'],
    [413, 'split-request'],
    [429, 'throttle'],
    [502, 'back-off'],
    [418, 'mend-request']
  ])('HTTP %i without a code has the remedy %s', (status, remedy) => {
    expect(interpretIngestPersons(call, { status, headers: {}, body: '<html>' })).toMatchObject({ _tag: 'Refused', remedy })
  })

  it('a code outranks a status of success', () => {
    const body = { error_code: '5000801', message: '' }
    expect(interpretIngestPersons(call, { status: 202, headers: {}, body })).toMatchObject({ _tag: 'Refused' })
  })

  it('P3 is a verdict, whatever it is', () => {
    fc.assert(
      fc.property(fc.anything(), fc.integer(), fc.dictionary(fc.string(), fc.string()), (body, status, headers) => {
        const verdict = interpretIngestPersons(call, { status, headers, body })
        expect(['Accepted', 'Refused']).toContain(verdict._tag)
        expect(JSON.parse(JSON.stringify(verdict))).toStrictEqual(verdict)
      })
    )
    const throwing = {
      get status(): number {
        throw new Error('trap')
      },
      headers: {},
      body: ''
    }
    expect(interpretIngestPersons(call, throwing)).toMatchObject({ _tag: 'Refused' })
  })
})

describe('Data Ingestion, what is told apart', () => {
  it.each(['email', 'id', 'sfdcAccountId', 'sfdcContactId', 'sfdcLeadId', 'sfdcLeadOwnerId', 'plan__c'])(
    'the key %s is taken',
    (lookupField) => {
      const one = upsert({ lead: { lookupField, value: 7 }, fields: { [lookupField]: 7 } })
      expect(problemsOf(describeIngestPersons([one], options))).toEqual([])
    }
  )

  it.each(['cookies', 'facebookId', 'linkedInId', 'sfdcOpptyId', 'twitterId', 'phone'])(
    'the key %s is not',
    (lookupField) => {
      const one = upsert({ lead: { lookupField, value: '7' }, fields: { [lookupField]: '7' } })
      expect(problemsOf(describeIngestPersons([one], options))).toMatchObject([{ at: ['lead', 'lookupField'] }])
    }
  )

  it('each partition has calls of its own, and a record without its key none', () => {
    const calls = callsOf(
      describeIngestPersons(
        [
          upsert({ partitionName: 'EU' }),
          upsert({ partitionName: 'US' }),
          upsert(),
          upsert({ partitionName: 'EU' }),
          upsert({ fields: { id: 7 } })
        ],
        options
      )
    )
    expect(calls.map(({ intents }) => intents)).toEqual([[0, 3], [1], [2]])
    expect(problemsOf(describeIngestPersons([upsert({ fields: { id: 7 } })], options))).toMatchObject([
      { _tag: 'Missing', at: ['fields', 'email'] }
    ])
  })

  it('a letter is a correlation id', () => {
    const { descriptor } = onlyCall(describeIngestPersons([upsert()], { correlationId: () => 'c' }))
    expect(descriptor.headers).toEqual({ 'X-Correlation-Id': 'c' })
  })

  const call = onlyCall(describeIngestPersons([upsert()], options))
  // biome-ignore format: table
  it.each<[number, object, unknown, object]>([
    [202, { 'x-request-id': '' },  {},                                  { _tag: 'Accepted', requestId: null, outcomes: [{ _tag: 'Queued', correlationId: 'run-1-0' }] }],
    [202, {},                      { error_code: '' },                  { _tag: 'Accepted', outcomes: [{ _tag: 'Queued' }] }],
    [202, {},                      { error_code: '4000001' },           { _tag: 'Refused', reasons: [{ code: '4000001', message: '' }] }],
    [299, {},                      '',                                  { _tag: 'Accepted', outcomes: [{ _tag: 'Unanswered' }] }],
    [199, {},                      '',                                  { _tag: 'Refused', reasons: [{ code: '199', message: 'HTTP status 199' }] }],
    [401, {},                      '',                                  { _tag: 'Refused', reasons: [{ code: '401013', message: 'HTTP status 401' }] }]
  ])('HTTP %i with %j and %j', (status, headers, body, told) => {
    expect(interpretIngestPersons(call, { status, headers: { ...headers }, body })).toMatchObject(told)
  })

  it('a call without a header is queued under no name', () => {
    const bare = { ...call, descriptor: { ...call.descriptor, headers: {} } }
    expect(interpretIngestPersons(bare, { status: 202, headers: {}, body: '' })).toMatchObject({
      outcomes: [{ _tag: 'Queued', correlationId: '' }]
    })
  })
})

describe('Data Ingestion and its OpenAPI file', () => {
  const file = JSON.parse(readFileSync(new URL('../cases/openapi/data-ingestion.json', import.meta.url), 'utf8'))
  const [template = '', { post }] = Object.entries<{ readonly post: Operation }>(file.paths)[0] ?? ['', { post: none }]

  /** The file, once more with its closed objects refusing members that it does not name; persons stay open. */
  const judge = (strict: boolean) => {
    const { schemas } = structuredClone(file.components)
    if (strict) for (const name of ['SyncPersonsRequest', 'DedupeFields']) schemas[name].additionalProperties = false
    return new Ajv({ strict: false }).compile({
      $id: 'spec',
      components: { schemas },
      $ref: '#/components/schemas/SyncPersonsRequest'
    })
  }

  it.each([
    ['plain', judge(false)],
    ['strict', judge(true)]
  ] as const)('agree on path, headers and body, %s, without a single exception', (_, check) => {
    fc.assert(
      fc.property(batchOf(upsertLead, 6), fc.constantFrom('normal' as const, 'high' as const), (upserts, priority) => {
        for (const call of callsOf(describeIngestPersons(upserts, { ...options, priority }))) {
          const { path, munchkinId, headers, query } = call.descriptor
          expect(`/${path.join('/')}`).toBe(template.replace('{munchkinId}', munchkinId))
          const known = post.parameters.flatMap(({ name, in: place }) => (place === 'header' ? [name] : []))
          for (const name of [...Object.keys(headers), 'X-Mkto-User-Token']) expect(known).toContain(name)
          expect(query).toEqual([])
          expect([check(jsonOf(call)), check.errors]).toEqual([true, null])
        }
      })
    )
  })

  it('can disagree', () => {
    const strict = judge(true)
    const persons = [{ email }]
    expect(strict({ persons })).toBe(true)
    expect(strict({ persons, priority: 'low' })).toBe(false)
    expect(strict({ persons, lookupField: 'email' })).toBe(false)
    expect(strict({ input: persons })).toBe(false)
    expect(strict({ persons: ['x'] })).toBe(false)
    expect(strict({ persons, dedupeFields: { field3: 'x' } })).toBe(false)
  })
})
