/** Add Custom Activities, case by case. */
import { describe, expect, it } from 'vitest'
import { activitiesIn, logIn } from '../../src/simulator/reading.js'
import { Client, options, resultOf, short } from './world.js'

const plan = { apiName: 'plan', dataType: 'string' }
const price = { apiName: 'price', name: 'Price', dataType: 'float' }
const one = {
  leads: [{ fields: { email: 'ana@example.com' } }],
  activityTypes: [
    ...(options.activityTypes ?? []),
    { id: 100_004, status: 'approved with draft', primaryAttribute: plan, attributes: [price] },
    { id: 100_005, status: 'APPROVED', primaryAttribute: plan, attributes: [] },
    {
      id: 100_006,
      primaryAttribute: { apiName: 'n', dataType: 'integer' },
      attributes: [
        { apiName: 'must', name: 'It Must', dataType: 'string', required: true },
        { apiName: 'note', name: 'A Note', dataType: 'text' },
        { apiName: 'odd', dataType: 'a type of nobody' }
      ]
    }
  ]
}
const fine = {
  leadId: 1,
  activityDate: '2024-05-01T10:00:00Z',
  activityTypeId: 100_001,
  primaryAttributeValue: 'Pro',
  attributes: [{ apiName: 'price', value: '9.5' }]
}
const { attributes: _, ...bare } = fine
const six = { ...fine, activityTypeId: 100_006, primaryAttributeValue: 7 }
const must = { apiName: 'must', value: 'yes' }
const skipped = (...errors: ReadonlyArray<string>) => ({ status: 'skipped', errors })
const added = { id: 1, marketoGUID: '1', status: 'added' }

// biome-ignore format: table
const records: ReadonlyArray<readonly [string, object, object]> = [
  ['all that it needs',                  fine,                                                    added],
  ['no attributes',                      bare,                                                    added],
  ['an attribute by its display name',   { ...fine, attributes: [{ name: 'Price', value: 1 }] },  added],
  ['another offset',                     { ...fine, activityDate: '2016-09-26T06:56:35+07:00' },  added],
  ['no lead',                            { ...fine, leadId: null },                               skipped('1002')],
  ['no lead named',                      { ...fine, leadId: undefined },                          skipped('1002')],
  ['a lead in text',                     { ...fine, leadId: '1' },                                skipped('1001')],
  ['a lead of nobody',                   { ...fine, leadId: 9 },                                  skipped('1004')],
  ['a type of nobody',                   { ...fine, activityTypeId: 100_009 },                    skipped('1013')],
  ['a type that is a draft',             { ...fine, activityTypeId: 100_003 },                    skipped('1013')],
  ['a built-in type',                    { ...fine, activityTypeId: 1 },                          skipped('1013')],
  ['no primary attribute',               { ...fine, primaryAttributeValue: '' },                  skipped('1002')],
  ['no primary attribute named',         { ...fine, primaryAttributeValue: undefined },           skipped('1002')],
  ['null for a primary attribute',       { ...fine, primaryAttributeValue: null },                skipped('1002')],
  ['a primary attribute of another type', { ...fine, activityTypeId: 100_002, primaryAttributeValue: 'x', attributes: [{ apiName: 'must', value: 'y' }] }, skipped('1003')],
  ['a required attribute',               { ...six, attributes: [must] },                          added],
  ['another attribute in place of the required one', { ...six, attributes: [{ apiName: 'note', value: 'x' }] }, skipped('1002')],
  ['an attribute of a type that nobody knows, which is text', { ...six, attributes: [must, { apiName: 'odd', value: 7 }] }, added],
  ['a list in an attribute of such a type', { ...six, attributes: [must, { apiName: 'odd', value: [7] }] }, skipped('1003')],
  ['a required attribute left out',      { ...fine, activityTypeId: 100_002, primaryAttributeValue: '7', attributes: [] }, skipped('1002')],
  ['an attribute of nobody',             { ...fine, attributes: [{ apiName: 'nobody', value: 1 }] }, skipped('1006')],
  ['an API name where the display name belongs', { ...fine, attributes: [{ name: 'price', value: 1 }] }, skipped('1006')],
  ['an attribute without a name',        { ...fine, attributes: [{ value: 1 }] },                 skipped('1006')],
  ['an attribute of another type',       { ...fine, attributes: [{ apiName: 'price', value: 'x' }] }, skipped('1003')],
  ['an attribute that is text',          { ...fine, attributes: ['price'] },                      skipped('1002')],
  ['attributes that are no list',        { ...fine, attributes: {} },                             skipped('1001')],
  ['attributes that are too long',       { ...fine, attributes: [{ apiName: 'price', value: 'x'.repeat(65_536) }] }, skipped('1049')],
  ['no date',                            { ...fine, activityDate: undefined },                    skipped('1003')],
  ['a date without an offset',           { ...fine, activityDate: '2024-05-01T10:00:00' },        skipped('1003')],
  ['a date with words before it',        { ...fine, activityDate: 'x2024-05-01T10:00:00Z' },      skipped('1003')],
  ['a date with words behind it',        { ...fine, activityDate: '2024-05-01T10:00:00Zx' },      skipped('1003')],
  ['a date with parts of a second',      { ...fine, activityDate: '2024-05-01T10:00:00.123Z' },   added],
  ['an offset without a colon',          { ...fine, activityDate: '2024-05-01T10:00:00-0700' },   added],
  ['a type approved with a draft',       { ...fine, activityTypeId: 100_004 },                    added],
  ['a type approved in capitals',        { ...fine, activityTypeId: 100_005, attributes: [] },    added],
  ['no name but null',                   { ...fine, attributes: [{ apiName: null, name: 'Price', value: 1 }] }, added],
  ['nothing for a required attribute',   { ...fine, activityTypeId: 100_002, primaryAttributeValue: '7' }, skipped('1006', '1002')],
  ['a date in a list',                   { ...fine, activityDate: ['2024-05-01T10:00:00Z'] },     skipped('1003')],
  ['a day',                              { ...fine, activityDate: '2024-05-01' },                 skipped('1003')],
  ['a day that never was',               { ...fine, activityDate: '2024-02-31T10:00:00Z' },       skipped('1003')],
  ['several things wrong',               { ...fine, leadId: 9, activityDate: 'x', primaryAttributeValue: '' }, skipped('1004', '1002', '1003')]
]

const add = (client: Client, input: ReadonlyArray<object>): unknown =>
  resultOf(client.rest('POST', 'activities/external.json', { json: { input } }))

describe('an activity', () => {
  it.each(records)('with %s', (_, record, told) => {
    const client = new Client(one).signIn()
    expect(short(add(client, [record]))).toEqual([told])
    expect(activitiesIn(client.state)).toHaveLength(told === added ? 1 : 0)
  })

  it('is kept as it was read', () => {
    const client = new Client(one).signIn()
    add(client, [{ ...fine, activityDate: '2024-05-01T12:00:00+02:00' }])
    expect(activitiesIn(client.state)).toEqual([
      {
        id: 1,
        marketoGUID: '1',
        leadId: 1,
        activityTypeId: 100_001,
        activityDate: '2024-05-01T10:00:00Z',
        primaryAttributeValue: 'Pro',
        attributes: [{ apiName: 'price', value: 9.5 }]
      }
    ])
  })

  // biome-ignore format: table
  it.each<[string, object, string]>([
    ['a lead',                              { ...fine, leadId: null },                              "Missing value for required parameter 'leadId'"],
    ['a primary attribute',                 { ...fine, primaryAttributeValue: '' },                 "Missing value for required parameter 'primaryAttributeValue'"],
    ['a record for an attribute',           { ...fine, attributes: ['price'] },                     "Missing value for required parameter 'apiName'"],
    ['a required attribute',                { ...six, attributes: [] },                             "Missing value for required parameter 'must'"],
    ['an attribute that is there',          { ...fine, attributes: [{ apiName: 'nobody', value: 1 }] }, "Attribute 'nobody' not found"],
    ['an attribute of this display name',   { ...fine, attributes: [{ name: 'Nobody', value: 1 }] }, "Attribute 'Nobody' not found"],
    ['one with this API name, whatever its display name', { ...fine, attributes: [{ apiName: 'nobody', name: 'Price', value: 1 }] }, "Attribute 'nobody' not found"],
    ['an attribute with a name',            { ...fine, attributes: [{ value: 1 }] },                "Attribute '' not found"],
    ['an attribute with a name of text',    { ...fine, attributes: [{ apiName: 7, value: 1 }] },    "Attribute '' not found"],
    ['a value of its type',                 { ...fine, attributes: [{ apiName: 'price', value: 'x' }] }, "Invalid value 'x' for field 'price' of type float"]
  ])('without %s is refused in words that name it', (_, record, message) => {
    expect(add(new Client(one).signIn(), [record])).toMatchObject([{ status: 'skipped', errors: [{ message }] }])
  })

  it('has attributes of 65,536 bytes at most', () => {
    const note = (length: number) => ({ apiName: 'note', value: 'x'.repeat(length) })
    const notes = (length: number) => [must, note(30_000), note(30_000), note(length)]
    const length = 65_536 - JSON.stringify(notes(0)).length
    const client = new Client(one).signIn()
    const records = [length, length + 1].map((n) => ({ ...six, attributes: notes(n) }))
    expect(short(add(client, records))).toEqual([added, skipped('1049')])
  })

  it('is told in the log by the display names of its own type, its primary attribute as text and without a number', () => {
    const client = new Client(one).signIn()
    add(client, [{ ...six, attributes: [{ apiName: 'note', value: 'x' }, must] }])
    expect(logIn(client.state)).toMatchObject([
      {
        primaryAttributeValueId: null,
        primaryAttributeValue: '7',
        attributes: [
          { name: 'A Note', value: 'x' },
          { name: 'It Must', value: 'yes' }
        ]
      }
    ])
    expect(activitiesIn(client.state)).toMatchObject([{ primaryAttributeValue: '7' }])
  })

  it('that is a form filled in is told by the number of the form', () => {
    const client = new Client(one).signIn()
    const input = [{ leadFormFields: { email: 'ana@example.com' } }]
    client.rest('POST', 'leads/submitForm.json', { json: { formId: 1001, input } })
    expect(logIn(client.state)).toMatchObject([
      { activityTypeId: 2, primaryAttributeValueId: 1001, primaryAttributeValue: '1001', attributes: [] }
    ])
  })

  it('that a fault refuses is skipped for it, and the others are added', () => {
    const faults = [{ at: { call: 1 }, kind: 'skip-record', endpoint: 'addCustomActivities' }] as const
    const client = new Client({ ...one, faults }).signIn()
    const told = add(client, [fine, fine])
    const list: ReadonlyArray<unknown> = Array.isArray(told) ? told : []
    const struck = { code: '1003', message: 'Simulated fault: this record was refused' }
    expect(list.filter((record) => Object(record).status === 'skipped')).toEqual([
      { status: 'skipped', errors: [struck] }
    ])
    expect(list.filter((record) => Object(record).status === 'added')).toEqual([added])
    expect(activitiesIn(client.state)).toHaveLength(1)
  })

  it('sent twice is two, and a bad one between them is none', () => {
    const client = new Client(one).signIn()
    expect(short(add(client, [fine, { ...fine, leadId: 9 }, fine]))).toEqual([
      added,
      skipped('1004'),
      { id: 2, marketoGUID: '2', status: 'added' }
    ])
  })
})

describe('a whole request', () => {
  it.each([
    ['without input', {}, '1002'],
    ['of 301 records', { input: Array.from({ length: 301 }, () => fine) }, '1003'],
    ['of text', { input: ['x'] }, '1001']
  ])('%s', (_, json, code) => {
    const client = new Client(one).signIn()
    expect(resultOf(client.rest('POST', 'activities/external.json', { json }))).toEqual({ errors: [code] })
  })
})
