/** Companies, custom objects, and the lists of a lead. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  describeListsOfLead,
  describeSyncCompanies,
  describeSyncCustomObjects,
  interpretListsOfLead
} from '../../src/endpoints/index.js'
import { companiesIn, customObjectsIn } from '../../src/simulator/reading.js'
import { callsOf, hyg, onlyCall } from '../endpoints/reading.js'
import { Client, resultOf, short } from './world.js'

const order = {
  name: 'order_c',
  fields: ['orderId', 'line', 'price', 'email'],
  dedupeFields: ['orderId', 'line'],
  link: { field: 'email', leadField: 'email' }
}
const start = (more: object = {}): Client =>
  new Client({ customObjects: [order], leads: [{ fields: { email: 'ana@example.com' } }], ...more }).signIn()

const post = (client: Client, path: string, input: ReadonlyArray<object>): unknown =>
  short(resultOf(client.rest('POST', path, { json: { input } })))

describe('companies', () => {
  it('are made, written over and cleared field by field', () => {
    const client = start({ companies: [{ externalCompanyId: 'old', fields: { company: 'Old' } }] })
    const acme = { externalCompanyId: 'acme', company: 'Acme', website: 'https://acme.example' }
    expect(post(client, 'companies.json', [acme, { externalCompanyId: 'old', company: null }])).toEqual([
      { seq: 0, id: 2, status: 'created' },
      { seq: 1, id: 1, status: 'updated' }
    ])
    expect(post(client, 'companies.json', [{ externalCompanyId: 'acme', company: 'Acme Inc' }])).toEqual([
      { seq: 0, id: 2, status: 'updated' }
    ])
    expect(companiesIn(client.state)).toEqual([
      { id: 1, externalCompanyId: 'old', fields: { externalCompanyId: 'old' } },
      { id: 2, externalCompanyId: 'acme', fields: { ...acme, company: 'Acme Inc' } }
    ])
  })

  it('are refused one by one, and all of them where a CRM owns them', () => {
    const client = start()
    const records = [
      { externalCompanyId: 'a', nobody: 1 },
      { company: 'x' },
      { externalCompanyId: 'b' },
      { externalCompanyId: 'b' },
      { externalCompanyId: 'c', firstName: 'Ana' }
    ]
    expect(post(client, 'companies.json', records)).toMatchObject([
      { reasons: ['1006'] },
      { reasons: ['1003'] },
      { status: 'created' },
      { reasons: ['1036'] },
      { reasons: ['1006'] }
    ])
    expect(post(start({ companiesReadOnly: true }), 'companies.json', [{ externalCompanyId: 'a' }])).toEqual({
      errors: ['1018']
    })
  })

  it('are written by our own calls as a plain model says', () => {
    const company = fc.record({ id: fc.constantFrom('a', 'b'), name: fc.option(fc.constantFrom('x', 'y')) })
    fc.assert(
      fc.property(fc.array(company, { minLength: 1, maxLength: 8 }), ([first, ...rest]) => {
        if (first === undefined) return
        const client = start()
        const model = new Map<string, string | null>()
        const intentOf = ({ id, name }: { id: string; name: string | null }) => ({
          _tag: 'SyncCompany' as const,
          munchkinId: hyg,
          externalCompanyId: id,
          fields: { externalCompanyId: id, company: name }
        })
        for (const { id, name } of [first, ...rest]) model.set(id, name)
        for (const call of callsOf(describeSyncCompanies([intentOf(first), ...rest.map(intentOf)]))) client.call(call)
        expect(companiesIn(client.state).map(({ fields }) => fields)).toEqual(
          [...model].map(([id, name]) => ({ externalCompanyId: id, ...(name === null ? {} : { company: name }) }))
        )
      })
    )
  })
})

describe('companies, record by record', () => {
  it('are numbered as they are made, whatever is written in between', () => {
    const client = start()
    const ids = ['a', 'a', 'b'].map((externalCompanyId) => post(client, 'companies.json', [{ externalCompanyId }]))
    expect(ids).toEqual([
      [{ seq: 0, id: 1, status: 'created' }],
      [{ seq: 0, id: 1, status: 'updated' }],
      [{ seq: 0, id: 2, status: 'created' }]
    ])
  })

  it('want an id that is not empty, and values that can be', () => {
    const records = [{ externalCompanyId: '' }, { externalCompanyId: 7 }, { externalCompanyId: 'a', company: {} }]
    expect(resultOf(start().rest('POST', 'companies.json', { json: { input: records } }))).toMatchObject([
      { reasons: [{ code: '1003', message: expect.stringContaining("'externalCompanyId'") }] },
      { reasons: [{ code: '1003', message: expect.stringContaining("'externalCompanyId'") }] },
      { reasons: [{ code: '1003', message: "Invalid value 'an object' for field 'company' of type string" }] }
    ])
  })

  it.each([
    ['companies.json', 'syncCompanies', [{ externalCompanyId: 'a' }, { externalCompanyId: 'b' }]],
    [
      'customobjects/order_c.json',
      'syncCustomObjects',
      [
        { orderId: 'a', line: 1 },
        { orderId: 'b', line: 1 }
      ]
    ]
  ] as const)('at %s are struck one by one, and want JSON', (path, endpoint, records) => {
    const client = start({ faults: [{ at: { call: 1 }, kind: 'skip-record', endpoint }] })
    const told = post(client, path, records)
    const skipped = { status: 'skipped', reasons: ['1003'] }
    const list = Array.isArray(told) ? told : []
    expect(list.filter((one) => Object(one).status === 'skipped')).toMatchObject([skipped])
    expect(list.filter((one) => Object(one).status === 'created')).toHaveLength(1)
    const headers = { 'content-type': 'text/plain' }
    expect(resultOf(client.rest('POST', path, { headers, json: { input: records } }))).toEqual({ errors: ['612'] })
    expect(resultOf(client.rest('POST', path, { json: {} }))).toEqual({ errors: ['1002'] })
  })
})

describe('custom objects', () => {
  it('hold flags and nothing, are numbered as they are made, and want a whole key', () => {
    const bare = { ...order, link: null }
    const client = start({ customObjects: [bare] })
    const path = 'customobjects/order_c.json'
    expect(post(client, path, [{ orderId: true, line: 0, price: null }])).toMatchObject([{ marketoGUID: 'object-1' }])
    expect(post(client, path, [{ orderId: true, line: 0 }])).toMatchObject([{ marketoGUID: 'object-1' }])
    const records = [
      { orderId: 'o2', line: 0 },
      { orderId: null, line: 1 },
      { orderId: '', line: 1 }
    ]
    expect(post(client, path, records)).toMatchObject([
      { marketoGUID: 'object-2', status: 'created' },
      { reasons: ['1003'] },
      { reasons: ['1003'] }
    ])
    expect(customObjectsIn(client.state, 'order_c').map(({ fields }) => fields)).toEqual([
      { orderId: true, line: 0 },
      { orderId: 'o2', line: 0 }
    ])
  })

  it('belong to a lead by a number, too, and to nobody where they name none', () => {
    const link = { field: 'price', leadField: 'id' }
    const { link: _, ...unlinked } = order
    const path = 'customobjects/order_c.json'
    const records = [
      { orderId: 'o1', line: 1, price: 1 },
      { orderId: 'o2', line: 1, price: 9 },
      { orderId: 'o3', line: 1 }
    ]
    expect(post(start({ customObjects: [{ ...order, link }] }), path, records)).toMatchObject([
      { status: 'created' },
      { reasons: ['1004'] },
      { status: 'created' }
    ])
    expect(post(start({ customObjects: [unlinked] }), path, [{ orderId: 'o1', line: 1, email: 'x' }])).toMatchObject([
      { status: 'created' }
    ])
  })

  it('have a number of their own each, also where many are made in one call', () => {
    const records = ['o1', 'o2', 'o3'].map((orderId) => ({ orderId, line: 1 }))
    expect(post(start(), 'customobjects/order_c.json', records)).toEqual([
      { seq: 0, marketoGUID: 'object-1', status: 'created' },
      { seq: 1, marketoGUID: 'object-2', status: 'created' },
      { seq: 2, marketoGUID: 'object-3', status: 'created' }
    ])
  })

  it('are known by several fields together', () => {
    const client = start()
    const path = 'customobjects/order_c.json'
    expect(post(client, path, [{ orderId: 'o1', line: 1 }])).toEqual([
      { seq: 0, marketoGUID: 'object-1', status: 'created' }
    ])
    expect(
      post(client, path, [
        { orderId: 'o1', line: 1, price: 2 },
        { orderId: 'o1', line: 2 },
        { orderId: 'o1', line: 2 }
      ])
    ).toMatchObject([{ status: 'updated' }, { status: 'created' }, { reasons: ['1036'] }])
    expect(customObjectsIn(client.state, 'order_c').map(({ fields }) => fields)).toEqual([
      { orderId: 'o1', line: 1, price: 2 },
      { orderId: 'o1', line: 2 }
    ])
    expect(customObjectsIn(client.state, 'nobody')).toEqual([])
  })

  it('are refused where they link to nobody, hold half a key, or name what is not there', () => {
    const path = 'customobjects/order_c.json'
    const records = [
      { orderId: 'o1', line: 1, email: 'ANA@example.com' },
      { orderId: 'o2', line: 1, email: 'bo@example.com' },
      { orderId: 'o3' },
      { orderId: 'o4', line: 1, nobody: 1 },
      { orderId: 'o5', line: {} }
    ]
    expect(post(start(), path, records)).toMatchObject([
      { status: 'created' },
      { reasons: ['1004'] },
      { reasons: ['1003'] },
      { reasons: ['1006'] },
      { reasons: ['1003'] }
    ])
    expect(post(start(), 'customobjects/nobody.json', [{}])).toEqual({ errors: ['1013'] })
    const ours = onlyCall(
      describeSyncCustomObjects([
        {
          _tag: 'SyncCustomObject',
          munchkinId: hyg,
          objectName: 'order_c',
          dedupeFields: order.dedupeFields,
          fields: { orderId: 'o1', line: 1 }
        }
      ])
    )
    expect(resultOf(JSON.parse(String(start().call(ours)?.body)))).toMatchObject([{ status: 'created' }])
  })
})

describe('the lists of a lead', () => {
  const lists = Array.from({ length: 5 }, (_, i) => ({ id: i + 1, name: `l${i}`, leadIds: i === 2 ? [] : [1] }))

  it('come in pages', () => {
    const client = start({ lists })
    const page = (query: ReadonlyArray<readonly [string, string]>): unknown =>
      client.rest('GET', 'leads/1/listMembership.json', { query })
    expect(page([['batchSize', '3']])).toMatchObject({
      result: [{ listId: 1 }, { listId: 2 }, { listId: 4 }],
      moreResult: true,
      nextPageToken: 'after-4'
    })
    const last = page([
      ['batchSize', '3'],
      ['nextPageToken', 'after-4']
    ])
    expect(last).toMatchObject({ result: [{ listId: 5 }], moreResult: false })
    expect(last).not.toHaveProperty('nextPageToken')
    expect(page([['nextPageToken', 'x']])).toMatchObject({ errors: [{ code: '1001' }] })
    expect(client.rest('GET', 'leads/9/listMembership.json')).toMatchObject({ errors: [{ code: '1004' }] })
  })

  it('are told to our own call', () => {
    const client = start({ lists })
    const call = onlyCall(describeListsOfLead([{ munchkinId: hyg, leadId: 1, nextPageToken: null }]))
    const answer = client.call(call)
    expect(answer && interpretListsOfLead(call, answer)).toMatchObject({
      outcomes: [{ listIds: [1, 2, 4, 5], nextPageToken: null }]
    })
  })
})
