/** Sync Leads, case by case, as Adobe's pages and public traffic have it. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { valuesOf } from '../../src/ground/tree.js'
import { leadIn, leadsIn } from '../../src/simulator/reading.js'
import { Client, cookie, type options, otherCookie, short } from './world.js'

const ana = { email: 'ana@example.com', firstName: 'Ana' }
const twins = { leads: [{ fields: ana }, { fields: { ...ana, firstName: 'Anna' } }] }

/** What was there, what is sent, what is answered. */
type Case = readonly [
  name: string,
  given: Partial<typeof options>,
  sent: ReadonlyArray<object>,
  more: object,
  told: unknown
]

const skipped = (...codes: ReadonlyArray<string>) => ({ status: 'skipped', reasons: codes })
const one = { leads: [{ fields: ana }] }

// biome-ignore format: table
const records: ReadonlyArray<Case> = [
  ['a new email makes a lead',                        {},    [ana], {}, [{ id: 1, status: 'created' }]],
  ['a known email updates its lead',                  one,   [ana], {}, [{ id: 1, status: 'updated' }]],
  ['the size of letters does not matter',             one,   [{ email: 'ANA@example.com' }], {}, [{ id: 1, status: 'updated' }]],
  ['one key twice makes one lead',                    {},    [ana, ana], {}, [{ id: 1, status: 'created' }, { id: 1, status: 'updated' }]],
  ['a custom field looks up',                         { leads: [{ fields: { userId: 'u1' } }] }, [{ userId: 'u1' }], { lookupField: 'userId' }, [{ id: 1, status: 'updated' }]],
  ['a whole number looks up',                         { leads: [{ fields: { customerNumber__c: 7 } }] }, [{ customerNumber__c: '7' }], { lookupField: 'customerNumber__c' }, [{ id: 1, status: 'updated' }]],
  ['a cookie looks up',                               { leads: [{ fields: ana, cookies: [cookie] }] }, [{ cookies: cookie, firstName: 'A' }], { lookupField: 'cookies' }, [{ id: 1, status: 'updated' }]],
  ['two leads with one email',                        twins, [ana], {}, [skipped('1007')]],
  ['two leads, updated',                              twins, [ana], { action: 'updateOnly' }, [skipped('1007')]],
  ['createDuplicate beside one',                      one,   [ana], { action: 'createDuplicate' }, [{ id: 2, status: 'created' }]],
  ['createOnly of a known one',                       one,   [ana], { action: 'createOnly' }, [skipped('1005')]],
  ['createOnly of a new one',                         {},    [ana], { action: 'createOnly' }, [{ id: 1, status: 'created' }]],
  ['createOnly without an email',                     one,   [{ firstName: 'A' }], { action: 'createOnly' }, [{ id: 2, status: 'created' }]],
  ['updateOnly of nobody',                            {},    [ana], { action: 'updateOnly' }, [skipped('1004')]],
  ['updateOnly by number',                            one,   [{ id: 1, firstName: 'A' }], { action: 'updateOnly', lookupField: 'id' }, [{ id: 1, status: 'updated' }]],
  ['updateOnly by a number of nobody',                one,   [{ id: 9, firstName: 'A' }], { action: 'updateOnly', lookupField: 'id' }, [skipped('1004')]],
  ['a number in text',                                one,   [{ id: '1', firstName: 'A' }], { action: 'updateOnly', lookupField: 'id' }, [skipped('1003')]],
  ['half a number',                                   one,   [{ id: 1.5, firstName: 'A' }], { action: 'updateOnly', lookupField: 'id' }, [skipped('1003')]],
  ['a number beside another key',                     one,   [{ id: 1, ...ana }], { action: 'updateOnly' }, [skipped('1003')]],
  ['createOnly without an email, beside a word',      { leads: [{ fields: { email: 'undefined' } }] }, [{ firstName: 'A' }], { action: 'createOnly' }, [{ id: 2, status: 'created' }]],
  ['the same partition',                              { ...one, partitions: ['Default', 'EU'] }, [ana], { partitionName: 'Default' }, [{ id: 1, status: 'updated' }]],
  ['known fields, where others fail the request',     { unknownField: 'request' }, [ana], {}, [{ id: 1, status: 'created' }]],
  ['a number with createOnly',                        {},    [{ id: 1, ...ana }], { action: 'createOnly' }, [skipped('1003')]],
  ['a number with createOrUpdate',                    one,   [{ id: 1, ...ana }], { lookupField: 'id' }, [skipped('1003')]],
  ['no key in the record',                            {},    [{ firstName: 'A' }], {}, [skipped('1003')]],
  ['a key that clears itself',                        {},    [{ email: '' }], {}, [skipped('1003')]],
  ['a field that nobody has',                         {},    [{ ...ana, nobody: 1 }], {}, [skipped('1006')]],
  ['a name that every object has',                    {},    [{ ...ana, constructor: 1 }], {}, [skipped('1006')]],
  ['a field in another case',                         {},    [{ ...ana, FirstName: 'A' }], {}, [skipped('1006')]],
  ['a field that this instance lacks',                { absentFields: ['gender'] }, [{ ...ana, gender: 'f' }], {}, [skipped('1006')]],
  ['a field of the company',                          {},    [{ ...ana, company: 'X' }], {}, [skipped('1021')]],
  ['a field of the company where they are taken',     { companyFields: 'accepted' }, [{ ...ana, company: 'X' }], {}, [{ id: 1, status: 'created' }]],
  ['a field that Marketo fills in',                   {},    [{ ...ana, createdAt: '2024-05-01' }], {}, [skipped('1003')]],
  ['a bad cookie',                                    {},    [{ ...ana, cookies: 'id:561-HYG-937' }], {}, [skipped('1012')]],
  ['a partition of nobody',                           {},    [ana], { partitionName: 'EU' }, [skipped('1008')]],
  ['another partition',                               { ...one, partitions: ['Default', 'EU'] }, [ana], { partitionName: 'EU' }, [skipped('1010')]],
  ['no partition where there are several',            { partitions: ['Default', 'EU'] }, [ana], {}, [skipped('1009')]],
  ['a partition of several',                          { partitions: ['Default', 'EU'] }, [ana], { partitionName: 'EU' }, [{ id: 1, status: 'created' }]],
  ['a partition beside updateOnly, which minds none', one,   [ana], { action: 'updateOnly', partitionName: 'EU' }, [{ id: 1, status: 'updated' }]],
  ['all that is wrong at once',                       {},    [{ ...ana, nobody: 1, leadScore: 'x', company: 'y' }], {}, [skipped('1006', '1003', '1021')]],
  ['a bad record between good ones',                  {},    [ana, { email: 'x' }, { email: 'bo@example.com' }], {}, [{ id: 1, status: 'created' }, skipped('1003'), { id: 2, status: 'created' }]]
]

// biome-ignore format: table
const wholes: ReadonlyArray<readonly [string, Partial<typeof options>, object, ReadonlyArray<string>]> = [
  ['no input',                       {}, {},                                             ['1002']],
  ['an empty input',                 {}, { input: [] },                                  ['1002']],
  ['301 records',                    {}, { input: Array.from({ length: 301 }, () => ana) }, ['1003']],
  ['a record that is text',          {}, { input: ['x'] },                               ['1001']],
  ['an action of nobody',            {}, { input: [ana], action: 'upsert' },             ['1003']],
  ['a lookup field of nobody',       {}, { input: [ana], lookupField: 'nobody' },        ['1006']],
  ['a lookup field that is none',    {}, { input: [ana], lookupField: 'firstName' },     ['1011']],
  ['a lookup field that is a date',  {}, { input: [ana], lookupField: 'born__c' },       ['1011']],
  ['a lookup field that is no text', {}, { input: [ana], lookupField: 7 },               ['1001']],
  ['a partition that is no text',    {}, { input: [ana], partitionName: 7 },             ['1001']],
  ['an unknown field, where it fails the request', { unknownField: 'request' }, { input: [ana, { nobody: 1 }] }, ['1006']]
]

// biome-ignore format: table
const values: ReadonlyArray<readonly [string, unknown, unknown]> = [
  ['firstName',         42,                          '42'],
  ['firstName',         '',                          undefined],
  ['firstName',         null,                        undefined],
  ['firstName',         ['a'],                       1003],
  ['firstName',         {},                          1003],
  ['firstName',         'x'.repeat(256),             1003],
  ['plan__c',           'x'.repeat(10),              'x'.repeat(10)],
  ['plan__c',           'x'.repeat(11),              1003],
  ['notes__c',          'x'.repeat(30_000),          'x'.repeat(30_000)],
  ['notes__c',          'x'.repeat(30_001),          1003],
  ['leadScore',         '12',                        12],
  ['leadScore',         1.5,                         1003],
  ['spent__c',          34.66,                       34.66],
  ['spent__c',          '$34',                       1003],
  ['vip__c',            'true',                      true],
  ['vip__c',            'other',                     1003],
  ['vip__c',            null,                        false],
  ['born__c',           '1988-02-20',                '1988-02-20'],
  ['born__c',           '1988-02-31',                1003],
  ['born__c',           572_313_600,                 1003],
  ['seen__c',           '2024-05-01T10:00:00.999Z',  '2024-05-01T10:00:00Z'],
  ['seen__c',           '2024-05-01T12:00:00+02:00', '2024-05-01T10:00:00Z'],
  ['seen__c',           '1714557600',                1003],
  ['site__c',           'example.com',               1003],
  ['site__c',           'https://example.com/a',     'https://example.com/a'],
  ['mail__c',           'caf\u00e9@example.com',     1003]
]

describe('laws', () => {
  it('one bad record never fails another: the good ones end as if alone', () => {
    const good = fc.nat({ max: 5 }).map((n) => ({ email: `p${n}@example.com`, firstName: `N${n}` }))
    const bad = fc.constantFrom({ email: 'x' }, { nobody: 1 }, { email: 'a@b.c', leadScore: 'x' }, {})
    fc.assert(
      fc.property(fc.array(fc.oneof(good, bad), { minLength: 1, maxLength: 12 }), (batch) => {
        const fine = batch.filter((record) => 'firstName' in record)
        const mixed = new Client().signIn()
        mixed.sync(batch)
        const alone = new Client().signIn()
        if (fine.length > 0) alone.sync(fine)
        expect(leadsIn(mixed.state)).toEqual(leadsIn(alone.state))
      })
    )
  })
})

describe('a record', () => {
  it.each(records)('%s', (_, given, sent, more, told) => {
    expect(short(new Client(given).signIn().sync(sent, more))).toEqual(told)
  })

  it('that is skipped leaves its lead as it was', () => {
    const client = new Client(one).signIn()
    const before = leadIn(client.state, 1)
    client.now += 5000
    client.sync([{ ...ana, firstName: 'Changed', leadScore: 'x' }])
    expect(leadIn(client.state, 1)).toEqual(before)
  })

  it('that is applied writes what it names and nothing else', () => {
    const client = new Client(one).signIn()
    client.sync([{ email: 'ana@example.com', lastName: 'Diaz', firstName: null }])
    expect(leadIn(client.state, 1)).toEqual({
      id: 1,
      createdAt: '1970-01-01T00:00:00Z',
      updatedAt: '2024-05-03T10:00:00Z',
      partitionName: 'Default',
      cookies: [],
      fields: { email: 'ana@example.com', lastName: 'Diaz' }
    })
  })

  it('that changes the key is found by the new one only', () => {
    const client = new Client(one).signIn()
    client.sync([{ id: 1, email: 'bo@example.com' }], { action: 'updateOnly', lookupField: 'id' })
    expect(client.sync([{ email: 'bo@example.com' }, ana])).toEqual([
      { id: 1, status: 'updated' },
      { id: 2, status: 'created' }
    ])
  })

  it('that changes the key leaves nothing under the old one', () => {
    const client = new Client(one).signIn()
    client.sync([{ id: 1, email: 'bo@example.com' }], { action: 'updateOnly', lookupField: 'id' })
    expect(valuesOf(client.state.index)).toEqual([{ leaf: [['1', 1]] }])
  })

  it('with a cookie makes the browser its own, whether the lead was there or not', () => {
    const client = new Client(one).signIn()
    client.sync([
      { ...ana, cookies: cookie },
      { email: 'bo@example.com', cookies: otherCookie }
    ])
    expect(leadsIn(client.state).map(({ cookies }) => cookies)).toEqual([[cookie], [otherCookie]])
    expect(leadIn(client.state, 1)?.fields).toEqual(ana)
  })

  it('names field and value when the value will not do', () => {
    const told = new Client().signIn().sync([{ ...ana, vip__c: 'other' }])
    expect(told).toEqual([
      {
        status: 'skipped',
        reasons: [{ code: '1003', message: "Invalid value 'other' for field 'vip__c' of type boolean" }]
      }
    ])
  })
})

describe('a value', () => {
  it.each(values)('for %s: %o', (name, value, stored) => {
    const client = new Client().signIn()
    const told = short(client.sync([{ email: 'ana@example.com', [name]: value }]))
    expect(told).toEqual([stored === 1003 ? skipped('1003') : { id: 1, status: 'created' }])
    if (stored !== 1003) expect(Object(leadIn(client.state, 1)?.fields)[name]).toBe(stored)
  })
})

describe('what fails', () => {
  it('for an unknown field names the first that nobody has', () => {
    const json = { input: [ana, { ...ana, nobody: 1, none: 2 }] }
    const client = new Client({ unknownField: 'request' }).signIn()
    expect(client.rest('POST', 'leads.json', { json })).toMatchObject({
      errors: [{ code: '1006', message: "Field 'nobody' not found" }]
    })
  })

  it('by a fault says so, and any record of a batch may be the one', () => {
    const batch = Array.from({ length: 3 }, (_, i) => ({ email: `p${i}@example.com` }))
    const reasons = [{ code: '1003', message: 'Simulated fault: this record was refused' }]
    const places = Array.from({ length: 40 }, (_, seed) => {
      const faults = [{ at: { call: 1 }, kind: 'skip-record', endpoint: 'syncLeads' }] as const
      const told = new Client({ faults, seed }).signIn().sync(batch)
      expect(told).toContainEqual({ status: 'skipped', reasons })
      return Array.isArray(told) ? told.findIndex((one) => Object(one).status === 'skipped') : -1
    })
    expect([...new Set(places)].sort()).toEqual([0, 1, 2])
  })
})

describe('a whole request', () => {
  it.each(wholes)('%s', (_, given, json, errors) => {
    const client = new Client(given).signIn()
    expect(client.rest('POST', 'leads.json', { json })).toMatchObject({
      success: false,
      errors: errors.map((code) => ({ code }))
    })
    expect(leadsIn(client.state)).toEqual([])
  })
})
