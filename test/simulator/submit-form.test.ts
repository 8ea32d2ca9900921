/** Submit Form, case by case. */
import { describe, expect, it } from 'vitest'
import { activitiesIn, leadsIn, logIn } from '../../src/simulator/reading.js'
import { Client, cookie, resultOf, short } from './world.js'

const ana = { email: 'ana@example.com', firstName: 'Ana' }
const skipped = (...reasons: ReadonlyArray<string>) => ({ status: 'skipped', reasons })
const submit = (client: Client, json: object): unknown =>
  resultOf(client.rest('POST', 'leads/submitForm.json', { json }))

// biome-ignore format: table
const records: ReadonlyArray<readonly [string, object, object]> = [
  ['fields of the form',               { leadFormFields: ana },                                     { id: 1, status: 'created' }],
  ['a field of the company',           { leadFormFields: { ...ana, company: 'X' } },                { id: 1, status: 'created' }],
  ['a visitor',                        { leadFormFields: ana, visitorData: { pageURL: 'https://example.com/', queryString: 'a=1', leadClientIpAddress: '203.0.113.7', userAgentString: 'M' } }, { id: 1, status: 'created' }],
  ['a cookie',                         { leadFormFields: ana, cookie },                             { id: 1, status: 'created' }],
  ['a field that is not on the form',  { leadFormFields: { ...ana, lastName: 'X' } },               skipped('1006')],
  ['a null',                           { leadFormFields: { ...ana, firstName: null } },             skipped('1003')],
  ['no email',                         { leadFormFields: { firstName: 'Ana' } },                    skipped('1003')],
  ['an email that is none',            { leadFormFields: { email: 'x' } },                          skipped('1003')],
  ['a value that is too long',         { leadFormFields: { ...ana, plan__c: 'x'.repeat(11) } },     skipped('1003')],
  ['an IPv6 address',                  { leadFormFields: ana, visitorData: { leadClientIpAddress: '::1' } }, skipped('1003')],
  ['half a URL',                       { leadFormFields: ana, visitorData: { pageURL: '/a' } },     skipped('1003')],
  ['a visitor with more',              { leadFormFields: ana, visitorData: { toString: 'x' } },     skipped('1003')],
  ['a visitor that is text',           { leadFormFields: ana, visitorData: 'x' },                   skipped('1003')],
  ['a bad cookie',                     { leadFormFields: ana, cookie: 'x' },                        skipped('1012')]
]

describe('a submission', () => {
  it.each(records)('with %s', (_, record, told) => {
    const client = new Client().signIn()
    expect(short(submit(client, { formId: 1001, input: [record] }))).toEqual([told])
    expect(leadsIn(client.state)).toHaveLength('id' in told ? 1 : 0)
  })

  it("is kept as an activity, and its cookie is the lead's", () => {
    const client = new Client().signIn()
    submit(client, { formId: 1001, input: [{ leadFormFields: ana, cookie }] })
    expect(leadsIn(client.state)).toMatchObject([{ cookies: [cookie], fields: ana }])
    expect(activitiesIn(client.state)).toMatchObject([{ leadId: 1, activityTypeId: 2, primaryAttributeValue: '1001' }])
  })

  it('by an email of several leads of one age changes the last made', () => {
    const client = new Client({ leads: Array.from({ length: 30 }, () => ({ fields: ana })) }).signIn()
    expect(submit(client, { formId: 1001, input: [{ leadFormFields: ana }] })).toEqual([{ id: 30, status: 'updated' }])
  })

  it('by an email of several leads changes the one updated last', () => {
    const client = new Client({ leads: [{ fields: ana }, { fields: ana }] }).signIn()
    client.sync([{ id: 1, lastName: 'Diaz' }], { action: 'updateOnly', lookupField: 'id' })
    expect(submit(client, { formId: 1001, input: [{ leadFormFields: ana }] })).toEqual([{ id: 1, status: 'updated' }])
  })
})

describe('what the form refuses', () => {
  const visitor = (visitorData: unknown): object => ({ leadFormFields: ana, visitorData })
  const failed = (what: string) => [{ code: '1003', message: `Form validation failed: ${what}` }]
  // biome-ignore format: table
  it.each<[object, ReadonlyArray<object>]>([
    [visitor('x'),                                         failed('visitorData')],
    [visitor([]),                                          failed('visitorData')],
    [visitor(7),                                           failed('visitorData')],
    [visitor(null),                                        failed('visitorData')],
    [visitor({ queryString: 7 }),                          failed('visitorData.queryString')],
    [visitor({ userAgentString: null }),                   failed('visitorData.userAgentString')],
    [visitor({ more: 'x' }),                               failed('visitorData.more')],
    [{ leadFormFields: { ...ana, firstName: null } },      failed('firstName is null')],
    [{ leadFormFields: { ...ana, email: '' } },            failed('email')],
    [{ leadFormFields: { firstName: 'Ana' } },             failed('email')],
    [{ leadFormFields: { ...ana, nobody: 1 } },            [{ code: '1006', message: "Field 'nobody' not found" }]],
    [{ leadFormFields: { ...ana, lastName: 'X' } },        [{ code: '1006', message: "Field 'lastName' not found" }]]
  ])('is told by name, and once: %j', (record, reasons) => {
    const client = new Client().signIn()
    expect(submit(client, { formId: 1001, input: [record] })).toEqual([{ status: 'skipped', reasons }])
    expect(leadsIn(client.state)).toEqual([])
  })

  // biome-ignore format: table
  it.each<[string, string, boolean]>([
    ['leadClientIpAddress', '0.0.0.0',           true],
    ['leadClientIpAddress', '9.10.99.100',       true],
    ['leadClientIpAddress', '10.99.100.199',     true],
    ['leadClientIpAddress', '192.0.2.1',         true],
    ['leadClientIpAddress', '109.190.200.209',   true],
    ['leadClientIpAddress', '200.249.250.255',   true],
    ['leadClientIpAddress', '249.250.1.1',       true],
    ['leadClientIpAddress', '255.255.255.255',   true],
    ['leadClientIpAddress', '199.200.249.250',  true],
    ['leadClientIpAddress', '255.254.253.251',  true],
    ['leadClientIpAddress', '100.109.190.9',    true],
    ['leadClientIpAddress', '10.20.30.40',      true],
    ['leadClientIpAddress', '200.205.210.219',  true],
    ['leadClientIpAddress', '250.249.255.240',  true],
    ['leadClientIpAddress', '1.1.1.260',        false],
    ['leadClientIpAddress', '1.1.1.2a',         false],
    ['leadClientIpAddress', '1.1.1.20a',        false],
    ['leadClientIpAddress', '1a1.1.1.1',        false],
    ['leadClientIpAddress', '11a.1.1.1',        false],
    ['leadClientIpAddress', '1.1.1.1a1',        false],
    ['leadClientIpAddress', '1.1.1.11a',        false],
    ['leadClientIpAddress', '20a.1.1.1',        false],
    ['leadClientIpAddress', '259.1.1.1',        false],
    ['leadClientIpAddress', '1.2.3.256',         false],
    ['leadClientIpAddress', '256.2.3.4',         false],
    ['leadClientIpAddress', '1.2.3.300',         false],
    ['leadClientIpAddress', '300.2.3.4',         false],
    ['leadClientIpAddress', '01.2.3.4',          false],
    ['leadClientIpAddress', '1.2.3.04',          false],
    ['leadClientIpAddress', 'a.2.3.4',           false],
    ['leadClientIpAddress', '1.2.3.a',           false],
    ['leadClientIpAddress', '1.2.3',             false],
    ['leadClientIpAddress', '1.2.3.4.5',         false],
    ['leadClientIpAddress', '1.2.3.4x',          false],
    ['leadClientIpAddress', 'x1.2.3.4',          false],
    ['leadClientIpAddress', '1.2.3.4 ',          false],
    ['leadClientIpAddress', '1a2a3a4',           false],
    ['leadClientIpAddress', '',                  false],
    ['pageURL',             'http://example.com',  true],
    ['pageURL',             'HTTPS://example.com/a', true],
    ['pageURL',             'xhttps://example.com', false],
    ['pageURL',             'https:///a',          false],
    ['pageURL',             'https:/a',            false],
    ['pageURL',             'https://',            false],
    ['pageURL',             'ftp://example.com',   false]
  ])('is not what fits: %s %j', (name, value, fits) => {
    const told = submit(new Client().signIn(), { formId: 1001, input: [visitor({ [name]: value })] })
    const refused = { status: 'skipped', reasons: failed(`visitorData.${name}`) }
    expect(told).toEqual([fits ? { id: 1, status: 'created' } : refused])
  })
})

describe('a new lead of a form', () => {
  it.each([
    [['EU', 'US'], 'EU'],
    [[], 'Default']
  ])('of the partitions %j is in %s', (partitions, partitionName) => {
    const client = new Client({ partitions }).signIn()
    submit(client, { formId: 1001, input: [{ leadFormFields: ana }] })
    expect(leadsIn(client.state)).toMatchObject([{ partitionName }])
  })

  it('is logged under the name of the call, and so is a merge', () => {
    const client = new Client({ leads: [{ fields: { email: 'bo@example.com' } }] }).signIn()
    submit(client, { formId: 1001, input: [{ leadFormFields: ana }] })
    client.rest('POST', 'leads/1/merge.json', { query: [['leadIds', '2']] })
    const names = logIn(client.state).flatMap(({ attributes }) =>
      attributes.flatMap(({ name, value }) => (name === 'API Method Name' ? [value] : []))
    )
    expect([...new Set(names)]).toEqual(['Submit Form', 'Merge Leads'])
  })

  it('is left out where a fault strikes it, which says so', () => {
    const faults = [{ at: { call: 1 }, kind: 'skip-record', endpoint: 'submitForm' }] as const
    const client = new Client({ faults }).signIn()
    const reasons = [{ code: '1003', message: 'Simulated fault: this record was refused' }]
    expect(submit(client, { formId: 1001, input: [{ leadFormFields: ana }] })).toEqual([{ status: 'skipped', reasons }])
    expect([leadsIn(client.state), activitiesIn(client.state)]).toEqual([[], []])
  })
})

describe('a whole request', () => {
  it.each([
    ['without a form', { input: [{ leadFormFields: ana }] }, '1002'],
    ['for a form of nobody', { formId: 9, input: [{ leadFormFields: ana }] }, '1013'],
    ['without input', { formId: 1001 }, '1002'],
    ['of two', { formId: 1001, input: [{ leadFormFields: ana }, { leadFormFields: ana }] }, '1003'],
    ['without fields', { formId: 1001, input: [{}] }, '1002']
  ])('%s is refused', (_, json, code) => {
    expect(submit(new Client().signIn(), json)).toEqual({ errors: [code] })
  })
})
