/** Submit Form, case by case. */
import { describe, expect, it } from 'vitest'
import { activitiesIn, leadsIn } from '../../src/simulator/reading.js'
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
