/**
 * What an editor shows of a file: examples, defaults of rows, and the words to choose from.
 */
import { Ajv } from 'ajv'
import { describe, expect, it } from 'vitest'
import { isRecord, type UnknownRecord } from '../../src/ground/json.js'
import { valueTypes } from '../../src/marketo/value-types.js'
import { fileSchema, type SchemaName, schemaNames } from '../../src/settings/schemas/file-schemas.js'

/** A member of a file, wherever its schema stands: where it is, and its schema. */
type Shown = readonly [path: string, schema: UnknownRecord]

const holders = ['items', 'anyOf', 'allOf', 'additionalProperties', 'then']

/** Every member that a file may have, once for each place. */
const shownIn = (name: SchemaName): ReadonlyArray<Shown> => {
  const whole = fileSchema(name)
  const definitions = isRecord(whole.definitions) ? whole.definitions : {}
  const meant = (u: unknown): unknown =>
    isRecord(u) && typeof u.$ref === 'string' ? definitions[u.$ref.replace('#/definitions/', '')] : u
  const found: Array<Shown> = []
  const walk = (given: unknown, path: ReadonlyArray<string>): void => {
    const u = meant(given)
    if (Array.isArray(u)) for (const one of u) walk(one, path)
    if (!isRecord(u)) return
    for (const [member, inner] of Object.entries(isRecord(u.properties) ? u.properties : {})) {
      const schema = meant(inner)
      // Segment wraps rows in { key, value }.
      const at = member === 'value' ? path : [...path, member]
      if (isRecord(schema)) found.push([at.join('.'), schema])
      walk(schema, at)
    }
    for (const key of holders) walk(u[key], path)
  }
  walk(whole, [])
  return found
}

const said = (name: SchemaName, key: 'examples' | 'default', from: number): ReadonlyArray<string> => [
  ...new Set(
    shownIn(name).flatMap(([path, schema]) =>
      schema[key] !== undefined && path.split('.').length > from ? [`${path} ${JSON.stringify(schema[key])}`] : []
    )
  )
]

const trait = ['traits.trait', 'traits.segmentTrait']
const attributes = ['events.attributes', 'events.segmentProperty']
const walks = ['defined', 'defined.reads', 'defined.otherwise']

const examples: Readonly<Record<SchemaName, ReadonlyArray<string>>> = {
  settings: [
    'munchkinId ["561-HYG-937"]',
    'accountId ["561-HYG-937"]',
    'pageOrigin ["https://www.example.com"]',
    'cookiePath [["context","Marketo","marketoCookie"]]',
    'munchkinOptions [{"domainLevel":2}]',
    'formId [1001]',
    'marketoFormId [1001]',
    'formHost ["//app-ab00.marketo.com"]',
    'marketoHostUrl ["//app-ab00.marketo.com"]',
    ...trait.map((one) => `${one} ["plan"]`),
    'traits.field ["planName"]',
    'traits.marketoFieldName ["planName"]',
    'traits.length [255]',
    ...['traits', ...attributes].flatMap((rows) => [
      `${rows}.transforms.table [{"gold":"A","silver":"B"}]`,
      `${rows}.transforms.join ["; "]`,
      `${rows}.transforms.cut [255]`,
      `${rows}.transforms.date ["DD.MM.YYYY"]`
    ]),
    'events.event ["Order Completed"]',
    'events.activityTypeId [100001]',
    'events.marketoActivityId [100001]',
    ...attributes.flatMap((rows) => [
      `${rows}.property ["order_id"]`,
      `${rows}.segmentProperty ["order_id"]`,
      `${rows}.attribute ["orderId"]`,
      `${rows}.marketoAttributeName ["orderId"]`
    ])
  ],
  'settings-v1': [
    'munchkinId ["561-HYG-937"]',
    'accountId ["561-HYG-937"]',
    'pageOrigin ["https://www.example.com"]',
    'cookiePath [["context","Marketo","marketoCookie"]]',
    'munchkinOptions [{"domainLevel":2}]'
  ],
  rules: [],
  writeback: [
    'munchkinId ["561-HYG-937"]',
    'events.activityTypeId [100001]',
    'events.event ["Demo Booked"]',
    'events.properties.property ["plan"]',
    'events.properties.from ["primaryAttributeValue"]',
    'notBefore ["2024-01-01T00:00:00Z"]'
  ],
  'writeback-context': ['leads [{"42":{"userId":"u1"}}]'],
  'writeback-loop': ['apiUsers [["api@example.com"]]'],
  'writeback-conflicts': ['fields.stages [["lead","customer"]]'],
  source: [
    'munchkinId ["561-HYG-937"]',
    'activityTypeIds [[1,2,6,10,11]]',
    'customLeadFields [[{"field":"leadScore","type":"integer"}]]',
    'customActivityAttributes [[{"attribute":"Plan","type":"text"}]]',
    'dailyCallLimit [10000]',
    'defined.name ["companies"]',
    'defined.columns [["id","company"]]',
    'defined.columns.name ["updated_at"]',
    'defined.columns.from ["updatedAt"]',
    ...walks.flatMap((one) => [
      `${one}.path ["/rest/v1/companies.json"]`,
      `${one}.query [{"filterType":"company","filterValues":"Acme"}]`
    ])
  ],
  delivery: ['transport.pollMillis [60000]', 'events [{"deny":["Heartbeat"]}]'],
  credentials: [],
  'activity-ids': []
}

/** Defaults of the files' own members are held against the decoders elsewhere. */
const defaultsWithin: Readonly<Partial<Record<SchemaName, ReadonlyArray<string>>>> = {
  settings: [
    'traits.transforms []',
    ...attributes.flatMap((rows) => [`${rows}.primary false`, `${rows}.primaryKey false`, `${rows}.transforms []`])
  ],
  writeback: [
    'events.properties []',
    'events.properties.type "text"',
    'leadFields.email "email"',
    'leadFields.userId "userId"',
    'leadFields.anonymousId "anonymousId"'
  ],
  'writeback-conflicts': [
    'others.policy "newest"',
    'others.owner "marketo"',
    'others.toleranceMillis 2000',
    'others.clear false',
    'others.correct true'
  ],
  source: ['customLeadFields.type "any"', 'customActivityAttributes.type "any"']
}

describe('an editor shows', () => {
  it.each(schemaNames)('of %s the examples of its members', (name) => {
    expect([...said(name, 'examples', 0)].sort()).toEqual([...examples[name]].sort())
  })

  it.each(schemaNames)('of %s what rows are without a member', (name) => {
    expect([...said(name, 'default', 1)].sort()).toEqual([...(defaultsWithin[name] ?? [])].sort())
  })

  it('the types that can be written, and no others', () => {
    const offered = JSON.stringify(fileSchema('settings')).match(/"enum":\["string"[^\]]*\]/)?.[0] ?? ''
    expect(JSON.parse(`{${offered}}`)).toEqual({
      enum: valueTypes.filter((type) => type !== 'reference' && type !== 'formula')
    })
  })

  it('the number of an event in the file of ids', () => {
    expect(fileSchema('activity-ids').examples).toEqual([{ 'Order Completed': 100001 }])
  })

  const rules = shownIn('rules')
  const words = (path: string): unknown =>
    rules.find(([at, { enum: all }]) => at === path && all !== undefined)?.[1].enum

  it('every word that tells the forms of a rule apart, at one place', () => {
    expect([words('rules.actions.do'), words('audiences.others.use'), words('scores.to.way')]).toEqual([
      [
        'write',
        'add-to-list',
        'remove-from-list',
        'leave-lists',
        'set-status',
        'leave-program',
        'request-campaign',
        'add-to-score',
        'delete-lead',
        'sync-company',
        'sync-object'
      ],
      ['external-audience-id', 'audience-key'],
      ['total', 'add', 'campaign']
    ])
  })

  it('such a word with its form, which has to be there, and none where the forms have no word', () => {
    const open: Array<unknown> = [fileSchema('rules')]
    const told: Array<unknown> = []
    for (let u = open.pop(); u !== undefined; u = open.pop()) {
      if (typeof u !== 'object' || u === null) continue
      if (isRecord(u) && Array.isArray(u.anyOf) && u.properties !== undefined)
        told.push([u.type, Object.keys(Object(u.properties)), u.required])
      open.push(...Object.values(u))
    }
    expect(new Set(told.map((one) => JSON.stringify(one)))).toEqual(
      new Set(['do', 'use', 'way'].map((word) => JSON.stringify(['object', [word], [word]])))
    )
  })

  it('what a member of a rule is about, and then what it takes', () => {
    const text = (path: string): unknown => rules.find(([at]) => at === path)?.[1].description
    expect([text('munchkinId'), text('rules.when.type'), text('rules.actions'), text('rules')]).toEqual([
      'The Munchkin account id of the Marketo instance: a munchkin id, such as 561-HYG-937',
      'The type of call, or several: a type of call, or a list of them',
      expect.stringMatching(/^[^:]+$/),
      expect.stringMatching(/^[^:]+$/)
    ])
  })
})

describe('a small file', () => {
  const ajv = new Ajv({ strict: true, allowUnionTypes: true })
  const accepts = (name: SchemaName, u: unknown): boolean => ajv.validate(fileSchema(name), u) === true
  const id = { clientId: 'a', clientSecret: 'b' }

  // biome-ignore format: table
  it.each<[boolean, SchemaName, string, unknown]>([
    [true,  'credentials',  'of a client',                       id],
    [true,  'credentials',  'of a client and of others',         { ...id, munchkinId: '561-HYG-937', $schema: './x.json' }],
    [false, 'credentials',  'without the client',                { clientSecret: 'b' }],
    [false, 'credentials',  'without the secret',                { clientId: 'a' }],
    [false, 'credentials',  'with a client without a name',      { ...id, clientId: '' }],
    [false, 'credentials',  'with a number for a secret',        { ...id, clientSecret: 1 }],
    [false, 'credentials',  'with a number for its schema',      { ...id, $schema: 1 }],
    [false, 'credentials',  'that is a list',                    [id]],
    [true,  'activity-ids', 'of nothing',                        {}],
    [true,  'activity-ids', 'of numbers',                        { a: 1, b: 9_007_199_254_740_991, c: '100001', $schema: './x.json' }],
    [false, 'activity-ids', 'with number 0',                     { a: 0 }],
    [false, 'activity-ids', 'with a number beyond all numbers',  { a: 9_007_199_254_740_992 }],
    [false, 'activity-ids', 'with half a number',                { a: 1.5 }],
    [false, 'activity-ids', 'with a number in words',            { a: 'one' }],
    [false, 'activity-ids', 'with a number and more',            { a: '1a' }],
    [false, 'activity-ids', 'with a flag',                       { a: true }],
    [false, 'activity-ids', 'with a number for its schema',      { $schema: 1 }],
    [false, 'activity-ids', 'that is a list',                    []]
  ])('%s: %s %s', (expected, name, _, file) => {
    expect(accepts(name, file)).toBe(expected)
  })
})
