/** Companies and custom objects: records that are no leads. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { describeSyncCompanies, interpretSyncCompanies } from '../../src/endpoints/sync-companies.js'
import {
  describeSyncCustomObjects,
  interpretSyncCustomObjects,
  recordKey
} from '../../src/endpoints/sync-custom-objects.js'
import type { SyncCompany, SyncCustomObject } from '../../src/intent/intent.js'
import { syncCompany, syncCustomObject } from '../arbitraries/intents.js'
import { batchOf, callsOf, frozen, hyg, id, ok, onlyCall, positionsOf, problemsOf, recordsOf } from './reading.js'

const acme: SyncCompany = {
  _tag: 'SyncCompany',
  munchkinId: hyg,
  externalCompanyId: 'acme',
  fields: { externalCompanyId: 'acme', company: 'Acme', website: null }
}
const line: SyncCustomObject = {
  _tag: 'SyncCustomObject',
  munchkinId: hyg,
  objectName: 'order_c',
  dedupeFields: ['orderId', 'line'],
  fields: { orderId: 'o1', line: 2, price: 9.5 }
}

describe('D2 records that are no leads', () => {
  it('D2 P2 every company is in one call, in order, beside no other of its id', () => {
    fc.assert(
      fc.property(batchOf(syncCompany), (batch) => {
        const described = describeSyncCompanies(frozen(batch))
        expect(positionsOf(described)).toEqual(batch.map((_, i) => i))
        for (const call of callsOf(described)) {
          const ids = call.intents.map((i) => batch[i]?.externalCompanyId)
          expect(recordsOf(call).map((record) => Object(record).externalCompanyId)).toEqual(ids)
          expect(new Set(ids).size).toBe(ids.length)
          expect(call.intents.every((i) => batch[i]?.munchkinId === call.descriptor.munchkinId)).toBe(true)
        }
      })
    )
  })

  it('D2 P2 every custom object is in one call of its object, beside no other of its key', () => {
    fc.assert(
      fc.property(batchOf(syncCustomObject), (batch) => {
        const described = describeSyncCustomObjects(frozen(batch))
        expect(positionsOf(described)).toEqual(batch.map((_, i) => i))
        for (const call of callsOf(described)) {
          const own = call.intents.flatMap((i) => batch[i] ?? [])
          expect(call.descriptor.path[3]).toBe(`${own[0]?.objectName}.json`)
          const keys = own.map((one) => `${one.munchkinId} ${JSON.stringify(recordKey(one))}`)
          expect(new Set(keys).size).toBe(keys.length)
        }
      })
    )
  })

  it('D2 300 fill a call', () => {
    const many = (count: number) =>
      batchOfLength(count, (n) => ({ ...line, fields: { ...line.fields, orderId: `o${n}` } }))
    expect(callsOf(describeSyncCustomObjects(many(301))).map(({ intents }) => intents.length)).toEqual([300, 1])
  })
})

const batchOfLength = <A>(count: number, make: (n: number) => A): readonly [A, ...ReadonlyArray<A>] => [
  make(0),
  ...Array.from({ length: count - 1 }, (_, n) => make(n + 1))
]

describe('records, the documented calls', () => {
  const shared = {
    _tag: 'HttpRequest',
    munchkinId: '561-HYG-937',
    host: 'rest',
    method: 'POST',
    query: [],
    headers: {},
    auth: 'bearer',
    lifecycle: { status: 'live' }
  }
  const written = { action: 'createOrUpdate', dedupeBy: 'dedupeFields' }

  it('a company', () => {
    expect(onlyCall(describeSyncCompanies([acme])).descriptor).toEqual({
      ...shared,
      endpoint: 'syncCompanies',
      path: ['rest', 'v1', 'companies.json'],
      body: { json: { ...written, input: [{ externalCompanyId: 'acme', company: 'Acme', website: null }] } }
    })
  })

  it('a record of a custom object', () => {
    expect(onlyCall(describeSyncCustomObjects([line])).descriptor).toEqual({
      ...shared,
      endpoint: 'syncCustomObjects',
      path: ['rest', 'v1', 'customobjects', 'order_c.json'],
      body: { json: { ...written, input: [{ orderId: 'o1', line: 2, price: 9.5 }] } }
    })
  })

  it('share a call where instance and object are the same', () => {
    const globex = { ...acme, externalCompanyId: 'globex', fields: { externalCompanyId: 'globex' } }
    const elsewhere = { ...acme, munchkinId: id('123-ABC-456') }
    expect(callsOf(describeSyncCompanies([acme, globex, elsewhere])).map(({ intents }) => intents)).toEqual([
      [0, 1],
      [2]
    ])
    const second = { ...line, fields: { orderId: 'o1', line: 3, price: null } }
    const objects = callsOf(describeSyncCustomObjects([line, second, { ...line, objectName: 'cart_c' }]))
    expect(objects.map(({ intents }) => intents)).toEqual([[0, 1], [2]])
    expect(objects.slice(0, 1).flatMap(recordsOf)[1]).toEqual({ orderId: 'o1', line: 3, price: null })
  })

  it('a company that is numbered is refused, also where types are not looked at', () => {
    const numbered: SyncCompany = JSON.parse(
      JSON.stringify(acme).replace('"externalCompanyId":"acme"', '"externalCompanyId":7')
    )
    expect(problemsOf(describeSyncCompanies([numbered]))).toMatchObject([
      { _tag: 'Malformed', at: ['externalCompanyId'], found: 'a number' }
    ])
  })

  it('a number that an answer tells is no lead’s', () => {
    const call = onlyCall(describeSyncCustomObjects([line]))
    expect(
      interpretSyncCustomObjects(call, ok({ success: true, result: [{ id: 7, status: 'updated' }] }))
    ).toMatchObject({
      outcomes: [{ _tag: 'Applied', leadId: null }]
    })
  })

  it('the order in which fields are named tells no records apart', () => {
    expect(recordKey({ ...line, dedupeFields: ['line', 'orderId'] })).toEqual(recordKey(line))
    expect(recordKey({ ...line, fields: { ...line.fields, line: 3 } })).not.toEqual(recordKey(line))
  })

  it('the answers tell each record, and Marketo’s id of a custom object', () => {
    const result = [
      { seq: 0, marketoGUID: 'g', status: 'created' },
      { seq: 1, status: 'skipped', reasons: [{ code: '1004', message: 'Lead not found' }] }
    ]
    const call = onlyCall(describeSyncCustomObjects([line, { ...line, fields: { ...line.fields, line: 3 } }]))
    expect(interpretSyncCustomObjects(call, ok({ success: true, result }))).toMatchObject({
      _tag: 'Accepted',
      outcomes: [
        { _tag: 'Applied', status: 'created', leadId: null, marketoGUID: 'g' },
        { _tag: 'Skipped', reasons: [{ code: '1004' }], remedy: 'mend-record' }
      ]
    })
    const company = ok({ success: true, result: [{ seq: 0, id: 7, status: 'updated' }] })
    expect(interpretSyncCompanies(onlyCall(describeSyncCompanies([acme])), company)).toMatchObject({
      outcomes: [{ _tag: 'Applied', status: 'updated', leadId: null }]
    })
  })
})

describe('records left unsent', () => {
  // biome-ignore format: table
  it.each<[string, Partial<SyncCompany>, object]>([
    ['no id',            { externalCompanyId: ' ' },                                { at: ['externalCompanyId'] }],
    ['a record without', { fields: { company: 'Acme' } },                           { _tag: 'Missing', at: ['fields', 'externalCompanyId'] }],
    ['two ids',          { fields: { externalCompanyId: 'other' } },                { _tag: 'Conflict', at: ['fields', 'externalCompanyId'] }],
    ['a number',         { fields: { externalCompanyId: 'acme', id: 7 } },          { at: ['fields', 'id'] }],
    ['a value of no use', { fields: { externalCompanyId: 'acme', n: Number.NaN } }, { at: ['fields', 'n'] }]
  ])('a company: %s', (_, wrong, problem) => {
    const described = describeSyncCompanies([{ ...acme, ...wrong }, { ...acme, ...other }])
    expect(problemsOf(described)).toMatchObject([problem])
    expect(positionsOf(described)).toContain(1)
  })

  // biome-ignore format: table
  it.each<[string, Partial<SyncCustomObject>, object]>([
    ['another path',     { objectName: '../leads' },                       { at: ['objectName'] }],
    ['no name',          { objectName: '' },                               { at: ['objectName'] }],
    ['no key',           { dedupeFields: [] },                             { at: ['dedupeFields'] }],
    ['half a key',       { fields: { orderId: 'o1' } },                    { at: ['fields', 'line'] }],
    ['an empty key',     { fields: { orderId: '', line: 1 } },             { at: ['fields', 'orderId'] }],
    ['a key of null',    { fields: { orderId: null, line: 1 } },           { _tag: 'Missing', at: ['fields', 'orderId'] }],
    ['a path behind',    { objectName: 'order_c/x' },                      { at: ['objectName'] }],
    ['a value of no use', { fields: { ...line.fields, price: Number.NaN } }, { at: ['fields', 'price'] }],
    ['a key by heart',   { dedupeFields: ['constructor'] },                { at: ['fields', 'constructor'] }],
    ['an id of theirs',  { fields: { ...line.fields, marketoGUID: 'g' } }, { at: ['fields', 'marketoGUID'] }]
  ])('a custom object: %s', (_, wrong, problem) => {
    expect(problemsOf(describeSyncCustomObjects([{ ...line, ...wrong }]))).toMatchObject([problem])
  })
})

const other = { externalCompanyId: 'b', fields: { externalCompanyId: 'b' } }
