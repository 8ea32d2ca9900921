/**
 * The answers of a Marketo that says yes to everything: what a plan learns its calls from.
 */
import { describe, expect, it } from 'vitest'
import { lookupOf, type MadeUpLeads, sayYes } from '../../src/delivery/plan-answers.js'
import type { Call, EndpointName, HttpRequest } from '../../src/intent/descriptor.js'
import type { MunchkinId } from '../../src/marketo/munchkin-id.js'
import { begun, elsewhere } from './steps.js'
import { email, itemsOf, munchkinId, upsert } from './world.js'

const [, [request]] = begun(itemsOf(upsert({ email: email(1) })))
if (request === undefined) throw new Error('no call')
const { call } = request

const callOf = (
  endpoint: EndpointName,
  descriptor: Partial<HttpRequest> = {},
  intents: Call<HttpRequest>['intents'] = [0]
): Call<HttpRequest> => ({
  ...call,
  intents,
  descriptor: { ...call.descriptor, body: null, query: [], ...descriptor, endpoint }
})

const first = 2 ** 40
const bodyOf = (leads: MadeUpLeads, one: Call<HttpRequest>): unknown => sayYes(leads, one).body
const done = (...result: ReadonlyArray<unknown>) => ({ requestId: 'made-up', success: true, result })

describe('a lookup', () => {
  // biome-ignore format: table
  it.each<[string, Partial<HttpRequest>, ReturnType<typeof lookupOf>]>([
    ['in the query',  { query: [['filterType', 'email'], ['filterValues', 'a,b'], ['fields', 'id,email']] },                          { lookupField: 'email', values: ['a', 'b'], asksMore: false }],
    ['in a form',     { body: { form: [['filterType', 'userId'], ['filterValues', 'u1'], ['fields', 'id,updatedAt']] }, query: [['filterType', 'x']] }, { lookupField: 'userId', values: ['u1'], asksMore: true }],
    ['of nothing',    {},                                                                                                            { lookupField: '', values: [''], asksMore: false }]
  ])('is read wherever its pairs stand: %s', (_, descriptor, expected) => {
    expect(lookupOf(callOf('getLeadsByFilter', descriptor).descriptor)).toEqual(expected)
  })

  const asking = (lookupField: string, values: string, fields = 'id', id: MunchkinId = munchkinId) =>
    callOf('getLeadsByFilter', {
      munchkinId: id,
      query: [
        ['filterType', lookupField],
        ['filterValues', values],
        ['fields', fields]
      ]
    })

  it('finds everybody, each key always the same lead', () => {
    const leads: MadeUpLeads = new Map()
    const both = done({ email: 'a', id: first }, { email: 'b', id: first + 1 })
    expect(bodyOf(leads, asking('email', 'a,b'))).toEqual(both)
    expect(bodyOf(leads, asking('email', 'B,A'))).toEqual(
      done({ email: 'B', id: first + 1 }, { email: 'A', id: first })
    )
    expect(bodyOf(leads, asking('userId', 'a'))).toEqual(done({ userId: 'a', id: first + 2 }))
    expect(bodyOf(leads, asking('email', 'a', 'id', elsewhere))).toEqual(done({ email: 'a', id: first + 3 }))
    expect(bodyOf(leads, asking('id', '7'))).toEqual(done({ id: 7 }))
    expect(leads.size).toBe(4)
  })

  it('of who looks before writing finds only who was written or asked for', () => {
    const leads: MadeUpLeads = new Map()
    expect(bodyOf(leads, asking('email', 'a,b', 'id,updatedAt'))).toEqual(done())
    bodyOf(leads, asking('email', 'b'))
    expect(bodyOf(leads, asking('email', 'a,b', 'id,updatedAt'))).toEqual(done({ email: 'b', id: first }))
  })
})

describe('a write of leads', () => {
  const writing = (json: NonNullable<unknown>) =>
    callOf('syncLeads', { body: { json: JSON.parse(JSON.stringify(json)) } })

  it('tells the number of each, by the field that it is looked up by', () => {
    const leads: MadeUpLeads = new Map()
    const input = [{ userId: 'u1', email: 'a' }, { userId: 2 }, { userId: 'u1' }]
    const updated = (id: number) => ({ id, status: 'updated' })
    expect(bodyOf(leads, writing({ lookupField: 'userId', input }))).toEqual(
      done(updated(first), updated(first + 1), updated(first))
    )
    expect(bodyOf(leads, writing({ input: [{ email: 'a', userId: 'u1' }] }))).toEqual(done(updated(first + 2)))
    expect(bodyOf(leads, writing({ lookupField: 'email', input: [{ email: 'a' }] }))).toEqual(done(updated(first + 2)))
    expect(bodyOf(leads, writing({ lookupField: 'id', input: [{ id: 7 }, { id: '8' }] }))).toEqual(
      done(updated(7), updated(8))
    )
    expect(bodyOf(leads, writing({ lookupField: 'email', input: ['x', {}, { email: null }] }))).toEqual(
      done(updated(first + 3), updated(first + 3), updated(first + 3))
    )
  })

  it.each([[{ body: null }], [{ body: { form: [] } }], [{ body: { json: { input: 'x' } } }], [{ body: { json: [] } }]])(
    'of nobody tells nothing: %j',
    (descriptor) => {
      expect(bodyOf(new Map(), callOf('syncLeads', descriptor))).toEqual(done())
    }
  )
})

describe('every other call', () => {
  // biome-ignore format: table
  it.each<[EndpointName, number, unknown]>([
    ['identityToken',        200, { access_token: 'made-up', token_type: 'bearer', expires_in: 3_600 }],
    ['addCustomActivities',  200, done({ id: 1, status: 'added' }, { id: 2, status: 'added' })],
    ['addToList',            200, done({ id: 1, status: 'updated' }, { id: 2, status: 'updated' })],
    ['findList',             200, done({ id: first })],
    ['listsOfLead',          200, done()],
    ['ingestPersons',        202, ''],
    ['importLeads',          200, done({ batchId: first, status: 'Queued' })],
    ['importLeadsStatus',    200, done({ batchId: 1, status: 'Complete', numOfRowsFailed: 0, numOfRowsWithWarning: 0 })],
    ['visitWebPage',         200, '']
  ])('is answered as Marketo would: %s', (endpoint, status, body) => {
    expect(sayYes(new Map(), callOf(endpoint, {}, [0, 1]))).toEqual({ status, headers: {}, body })
  })

  it('has a number of its own where one is made', () => {
    const leads: MadeUpLeads = new Map()
    const numbers = [1, 2, 3].map(() => bodyOf(leads, callOf('findList')))
    expect(numbers).toEqual([0, 1, 2].map((n) => done({ id: first + n })))
  })
})
