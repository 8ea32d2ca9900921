/** Get Leads by Filter Type, case by case. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ownMember } from '../../src/ground/json.js'
import { encodePairs } from '../../src/ground/uri.js'
import type { Pairs } from '../../src/intent/descriptor.js'
import { leadDeleted, leadsMerged } from '../../src/simulator/happened.js'
import { Client, cookie, noon, options, otherCookie, resultOf } from './world.js'

const people = (count: number) =>
  Array.from({ length: count }, (_, i) => ({ fields: { email: `p${i}@example.com`, plan__c: 'x' } }))

const filter = (filterType: string, filterValues: string, ...more: Pairs): Pairs => [
  ['filterType', filterType],
  ['filterValues', filterValues],
  ...more
]

const four = {
  leads: [
    {
      fields: { email: 'ana@example.com', firstName: 'Ana', userId: 'u1', customerNumber__c: 7 },
      cookies: [cookie, otherCookie]
    },
    { fields: { email: 'bo@example.com', userId: 'u2' } },
    { fields: { email: 'ANA@example.com', lastName: 'Diaz' } },
    { fields: { userId: 'u4' } }
  ]
}

const ids: Pairs[number] = ['fields', 'id']

// biome-ignore format: table
const found: ReadonlyArray<readonly [string, Pairs, ReadonlyArray<object>]> = [
  ['by email, whatever its case',        filter('email', 'ana@EXAMPLE.com', ids),            [{ id: 1 }, { id: 3 }]],
  ['by several values, once each',       filter('email', 'bo@example.com,ana@example.com,bo@example.com', ids), [{ id: 1 }, { id: 2 }, { id: 3 }]],
  ['by values in several pairs',         filter('email', 'bo@example.com', ['filterValues', 'ana@example.com'], ids), [{ id: 1 }, { id: 2 }, { id: 3 }]],
  ['by number',                          filter('id', '4,2', ids),                           [{ id: 2 }, { id: 4 }]],
  ['by a number of nobody',              filter('id', '9', ids),                             []],
  ['by a custom field',                  filter('userId', 'u4', ids),                        [{ id: 4 }]],
  ['by a custom field in another case',  filter('userId', 'U4', ids),                        []],
  ['by a custom number',                 filter('customerNumber__c', '7', ids),              [{ id: 1 }]],
  ['by cookie, which is told',           filter('cookies', cookie, ['fields', 'id,cookies']), [{ id: 1, cookies: cookie }]],
  ['by two cookies of one lead, of which the first asked for is told', filter('cookies', `${cookie},${otherCookie}`, ['fields', 'cookies']), [{ id: 1, cookies: cookie }]],
  ['with the usual fields',              filter('email', 'bo@example.com'),                  [{ id: 2, email: 'bo@example.com', updatedAt: '1970-01-01T00:00:00Z', createdAt: '1970-01-01T00:00:00Z' }]],
  ['without what holds nothing',         filter('id', '3', ['fields', 'firstName,lastName,userId']), [{ id: 3, lastName: 'Diaz' }]],
  ['with the last cookie otherwise',     filter('id', '1', ['fields', 'cookies']),           [{ id: 1, cookies: otherCookie }]]
]

// biome-ignore format: table
const refused: ReadonlyArray<readonly [string, Pairs, string]> = [
  ['no filter type',                   [['filterValues', 'x']],                            '1002'],
  ['no values',                        [['filterType', 'email']],                          '1002'],
  ['empty values',                     filter('email', ',,'),                              '1002'],
  ['a filter of nobody',               filter('nobody', 'x'),                              '1006'],
  ['a name that every object has',     filter('__proto__', 'x'),                           '1006'],
  ['a field that is no filter',        filter('firstName', 'Ana'),                         '1011'],
  ['301 values',                       filter('email', Array.from({ length: 301 }, (_, i) => i).join(',')), '1003'],
  ['a cut cookie',                     filter('cookies', 'id:561-HYG-937'),                '1012'],
  ['a cookie of elsewhere',            filter('cookies', cookie.replace('561', '562')),    '1012'],
  ['a number that is none',            filter('id', 'x'),                                  '1001'],
  ['a field of nobody',                filter('email', 'x', ['fields', 'id,nobody']),      '1006'],
  ['a size that is none',              filter('email', 'x', ['batchSize', 'x']),           '1001'],
  ['a page token of nobody',           filter('email', 'x', ['nextPageToken', 'x']),       '1003']
]

describe('laws', () => {
  it('walking the pages meets every lead once', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 1, max: 50 }), (count, size) => {
        const client = new Client({ leads: people(count), callsPerWindow: 1000 }).signIn()
        const met: Array<unknown> = []
        let next: unknown = ''
        do {
          const query = filter('plan__c', 'x', ids, ['batchSize', String(size)], ['nextPageToken', String(next)])
          const body = Object(client.rest('GET', 'leads.json', { query }))
          const page: unknown = ownMember(body, 'result')
          if (Array.isArray(page)) met.push(...page)
          next = ownMember(body, 'nextPageToken')
          expect(ownMember(body, 'moreResult')).toBe(next !== undefined)
        } while (next !== undefined)
        expect(met).toEqual(Array.from({ length: count }, (_, i) => ({ id: i + 1 })))
      }),
      { numRuns: 60 }
    )
  })

  it('a form says what a URL says', () => {
    const text = fc.oneof(fc.constantFrom('ana@example.com', 'a+b@example.com', 'u1', 'x y&z=1', '\u00e9'), fc.string())
    fc.assert(
      fc.property(fc.constantFrom('email', 'userId', 'id'), text, (type, value) => {
        const client = new Client({ leads: [{ fields: { userId: value, email: value } }] }).signIn()
        const query = filter(type, value)
        const read = client.rest('GET', 'leads.json', { query })
        const answer = client.send({
          host: 'rest',
          method: 'POST',
          path: ['rest', 'v1', 'leads.json'],
          query: [['_method', 'GET']],
          headers: { authorization: `Bearer ${client.token}`, 'content-type': 'application/x-www-form-urlencoded' },
          body: encodePairs(query)
        })
        expect(resultOf(JSON.parse(String(answer?.body)))).toEqual(resultOf(read))
      })
    )
  })
})

describe('a form', () => {
  it.each([
    ['a plus for a blank', 'filterType=plan__c&filterValues=a+b'],
    ['a blank encoded', 'filterType=plan__c&filterValues=a%20b&'],
    ['half an escape beside it', 'filterType=plan__c&filterValues=a+b&x=%'],
    ['a name alone beside it', 'filterType=plan__c&filterValues=a+b&x']
  ])('with %s is read', (_, body) => {
    const client = new Client({ leads: [{ fields: { plan__c: 'a b' } }] }).signIn()
    const answer = client.send({
      host: 'rest',
      method: 'POST',
      path: ['rest', 'v1', 'leads.json'],
      query: [
        ['_method', 'GET'],
        ['fields', 'id']
      ],
      headers: { authorization: `Bearer ${client.token}` },
      body
    })
    expect(resultOf(JSON.parse(String(answer?.body)))).toEqual([{ id: 1 }])
  })
})

describe('leads', () => {
  it.each(found)('are found %s', (_, query, leads) => {
    expect(new Client(four).signIn().rest('GET', 'leads.json', { query })).toMatchObject({
      success: true,
      moreResult: false,
      result: leads
    })
    expect(resultOf(new Client(four).signIn().rest('GET', 'leads.json', { query }))).toEqual(leads)
  })

  it('come 300 at a time, a thousand at most', () => {
    const query = filter('plan__c', 'x', ids)
    const thousand = new Client({ leads: people(1000) }).signIn()
    expect(thousand.rest('GET', 'leads.json', { query: [...query, ['batchSize', '900']] })).toMatchObject({
      moreResult: true,
      nextPageToken: 'after-300'
    })
    const more = new Client({ leads: people(1001) }).signIn()
    expect(more.rest('GET', 'leads.json', { query })).toMatchObject({
      success: false,
      errors: [{ code: '1003', message: 'Too many results match the filter' }]
    })
  })

  it('by number come with their times and own fields; who was deleted, or merged into another, is not there', () => {
    const client = new Client({
      leads: ['a', 'b', 'c', 'd'].map((name, i) => ({
        fields: { email: `${name}@example.com`, ...(i === 0 ? { plan__c: 'pro', vip__c: false } : {}) }
      }))
    }).signIn()
    client.state = leadsMerged(leadDeleted(client.state, 2, noon), 1, [3], noon)
    const fields = ['fields', 'id,plan__c,vip__c,createdAt,updatedAt,lastName'] as const
    expect(resultOf(client.rest('GET', 'leads.json', { query: filter('id', '4,3,2,1,9', fields) }))).toEqual([
      { id: 1, plan__c: 'pro', vip__c: false, createdAt: '1970-01-01T00:00:00Z', updatedAt: '2024-05-03T10:00:00Z' },
      { id: 4, createdAt: '1970-01-01T00:00:00Z', updatedAt: '1970-01-01T00:00:00Z' }
    ])
  })

  it('made at a moment say so', () => {
    const client = new Client({}, noon + 999).signIn()
    client.sync([{ email: 'ana@example.com' }])
    client.now += 60_000
    client.sync([{ email: 'ana@example.com' }])
    expect(resultOf(client.rest('GET', 'leads.json', { query: filter('id', '1') }))).toEqual([
      { id: 1, email: 'ana@example.com', createdAt: '2024-05-03T10:00:00Z', updatedAt: '2024-05-03T10:01:00Z' }
    ])
  })
})

describe('a question', () => {
  it.each(refused)('with %s is refused', (_, query, code) => {
    expect(resultOf(new Client(four).signIn().rest('GET', 'leads.json', { query }))).toEqual({ errors: [code] })
  })

  it('about a field that is absent here is refused', () => {
    const client = new Client({ customFields: [], absentFields: ['twitterId'] }).signIn()
    expect(resultOf(client.rest('GET', 'leads.json', { query: filter('userId', 'x') }))).toEqual({ errors: ['1006'] })
    expect(resultOf(client.rest('GET', 'leads.json', { query: filter('twitterId', 'x') }))).toEqual({
      errors: ['1006']
    })
    expect(options.customFields).not.toEqual([])
  })
})
