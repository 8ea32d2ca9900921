import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isOneObject, isOneRecord, mergeObjects, mergeUpserts } from '../../src/delivery/coalesce.js'
import type { RecordIntent, SyncCompany, SyncCustomObject, UpsertLead } from '../../src/intent/intent.js'
import { isMunchkinId } from '../../src/marketo/munchkin-id.js'

const munchkinId = '561-HYG-937'
if (!isMunchkinId(munchkinId)) throw new Error('no Munchkin id')

const other = '123-ABC-456'
if (!isMunchkinId(other)) throw new Error('no Munchkin id')

const upsert = (fields: UpsertLead['fields'], more: Partial<UpsertLead> = {}): UpsertLead => ({
  _tag: 'UpsertLead',
  munchkinId,
  lead: { lookupField: 'email', value: 'ana@corp.test' },
  fields,
  action: 'createOrUpdate',
  partitionName: null,
  ...more
})

const fields = fc.dictionary(
  fc.constantFrom('email', 'plan', 'city', '__proto__', 'constructor'),
  fc.constantFrom('x', 'y', 7, true, null),
  { noNullPrototype: true }
)

/** What Marketo's record holds after upserts one by one: a plain model. */
const written = (...upserts: ReadonlyArray<UpsertLead>): ReadonlyMap<string, unknown> =>
  new Map(upserts.flatMap((one) => Object.entries(one.fields)))

describe('laws', () => {
  it('D4 one upsert writes what two one after the other would', () => {
    fc.assert(
      fc.property(fields, fields, (a, b) => {
        const one = mergeUpserts(upsert(a), upsert(b))
        expect(written(one)).toEqual(written(upsert(a), upsert(b)))
      })
    )
  })

  it('D4 in whatever pairs they are merged', () => {
    fc.assert(
      fc.property(fields, fields, fields, (a, b, c) => {
        const [x, y, z] = [upsert(a), upsert(b), upsert(c)]
        expect(Object.entries(mergeUpserts(mergeUpserts(x, y), z).fields)).toEqual(
          Object.entries(mergeUpserts(x, mergeUpserts(y, z)).fields)
        )
      })
    )
  })
})

describe('one record', () => {
  it.each([
    ['the same key', upsert({}), true],
    ['an email in other letters', upsert({}, { lead: { lookupField: 'email', value: ' Ana@Corp.test' } }), true],
    ['another key', upsert({}, { lead: { lookupField: 'userId', value: 'ana@corp.test' } }), false],
    ['another action', upsert({}, { action: 'updateOnly' }), false],
    ['another partition', upsert({}, { partitionName: 'EU' }), false],
    ['another instance', upsert({}, { munchkinId: other }), false]
  ])('%s', (_, other, expected) => {
    expect(isOneRecord(upsert({}), other)).toBe(expected)
  })

  it('the later spelling of the key counts', () => {
    const later = upsert({ email: 'Ana@Corp.test' }, { lead: { lookupField: 'email', value: 'Ana@Corp.test' } })
    expect(mergeUpserts(upsert({ plan: 'pro' }), later)).toEqual({
      ...later,
      fields: { plan: 'pro', email: 'Ana@Corp.test' }
    })
  })
})

describe('one record that is no lead', () => {
  const company: SyncCompany = { _tag: 'SyncCompany', munchkinId, externalCompanyId: 'a', fields: { company: 'A' } }
  const object: SyncCustomObject = {
    _tag: 'SyncCustomObject',
    munchkinId,
    objectName: 'order_c',
    dedupeFields: ['shop', 'order'],
    fields: { shop: 's', order: 'o' }
  }
  // biome-ignore format: table
  it.each<[string, RecordIntent, RecordIntent, boolean]>([
    ['a company',                       company, { ...company, fields: {} },                  true],
    ['of another instance',             company, { ...company, munchkinId: other },           false],
    ['a company and an object',         company, { ...object, dedupeFields: [] },             false],
    ['an object',                       object,  { ...object, fields: {} },                   true],
    ['its fields in another order',     object,  { ...object, dedupeFields: ['order', 'shop'] },    true],
    ['fewer of them',                   object,  { ...object, dedupeFields: ['order'] },      false],
    ['an object of another instance',   object,  { ...object, munchkinId: other },            false]
  ])('%s', (_, a, b, expected) => {
    expect(isOneObject(a, b)).toBe(expected)
  })

  it('the later fields go over the earlier', () => {
    expect(mergeObjects(company, { ...company, fields: { company: 'B', city: 'Lyon' } }).fields).toEqual({
      company: 'B',
      city: 'Lyon'
    })
  })
})
