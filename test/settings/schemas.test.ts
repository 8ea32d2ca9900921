/**
 * JSON Schemas of the files that people write: what they accept and refuse, held against the decoders of those files.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { Ajv, type ValidateFunction } from 'ajv'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readContext } from '../../src/adapters/cli/writeback/read-context.js'
import { decodeDeliveryOptions } from '../../src/delivery/decode-options.js'
import { isRecord, type JsonObject } from '../../src/ground/json.js'
import type { Remarked } from '../../src/ground/these.js'
import { decodeRecipes } from '../../src/recipes/decode.js'
import { fileSchema, type SchemaName, schemaNames } from '../../src/settings/schemas/file-schemas.js'
import { recipeWords } from '../../src/settings/schemas/recipe-words.js'
import { decodeSourceSettings } from '../../src/source/decode-settings.js'
import { decodeSettings as decodeV1 } from '../../src/v1/decode-settings.js'
import { decodeSettings } from '../../src/v2/decode-settings.js'
import { decodeConflictSettings } from '../../src/writeback/conflict/decode-settings.js'
import { decodeWritebackSettings } from '../../src/writeback/decode-settings.js'
import { decodeLoopSettings } from '../../src/writeback/loop/settings.js'
import { withOneChange } from '../arbitraries/codecs.js'
import { recipeJson } from '../arbitraries/recipes.js'
import { type GivenSettings, givenSettings } from '../arbitraries/settings.js'
import { givenSettings as givenV1 } from '../arbitraries/v1-settings.js'
import { fullOptions } from '../delivery/full-options.js'

/** Words that editors know and validators need not. */
const editorWords = ['doNotSuggest', 'patternErrorMessage']

const ajv = new Ajv({ allErrors: true, strict: true, strictRequired: false, allowUnionTypes: true })
for (const word of editorWords) ajv.addKeyword(word)

const validators = new Map<SchemaName, ValidateFunction>()

/** Compiled when it is wanted first: that takes longer than most tests. */
const validatorOf = (name: SchemaName): ValidateFunction => {
  const validate = validators.get(name) ?? ajv.compile(fileSchema(name))
  validators.set(name, validate)
  return validate
}

const accepts = (name: SchemaName, u: unknown): boolean => validatorOf(name)(u) === true

const munchkinId = '561-HYG-937'

/** A file's decoder, and a file with every member that it may have. Credentials and ids have no decoder that remarks. */
interface Decoded {
  readonly decode: (u: unknown) => Remarked<unknown>
  readonly full: ReadonlyArray<Readonly<Record<string, unknown>>>
}

const attributes = [{ property: 'p', attribute: 'a', type: 'Date Time', primary: true, default: 1, transforms: [] }]
const segmentAttributes = [
  { segmentProperty: 'p', marketoAttributeName: 'a', marketoAttributeType: 'integer', primaryKey: true }
]

const v2Full = {
  munchkinId,
  mode: 'hybrid',
  anonymousActivity: true,
  createLead: false,
  clearOnNull: true,
  partitionName: 'Europe',
  pageOrigin: 'https://www.example.com',
  pathLookup: true,
  attributeKey: 'name',
  companyFields: 'omit',
  genderField: 'MarketoSocialGender',
  birthday: 'verbatim',
  postalCode: ['zip'],
  nameSplit: 'facade',
  identity: ['email'],
  invalidEmail: 'next-key',
  emailPlaces: ['traits', 'context.traits', 'properties', 'userId'],
  userIdField: 'userId',
  anonymousIdField: 'anonymousId',
  gateNames: ['Marketo V2'],
  gateStyle: 'off',
  cookiePath: ['context', 'a'],
  browserPageUrl: 'verbatim',
  browserProfile: 'exact',
  browserZone: '-60',
  munchkinOptions: { altIds: ['1'], domainLevel: 2 },
  formId: '1001 ',
  formHost: '//app.example.com',
  traits: [
    { trait: 'plan', field: 'plan__c', type: 'lead_function', length: '20', default: null, transforms: ['trim'] },
    { trait: 'seats', field: 'seats__c', transforms: [{ table: { a: 1 }, otherwise: 'x' }, { join: ',' }, { cut: 5 }] },
    { key: 'x', value: { segmentTrait: 'day', marketoFieldName: 'day__c', marketoFieldType: 'DATE' } },
    { trait: 'born', field: 'born__c', type: '', transforms: [{ date: 'DD.MM.YYYY' }] }
  ],
  events: [
    { event: 'A', activityTypeId: '100001', attributes },
    { event: 'B', marketoActivityId: 100002, segmentProperty: segmentAttributes }
  ]
}

const v1Full = {
  munchkinId,
  projectId: 'p1',
  signerOrigin: 'https://sign.example.com',
  clientNaming: 'server',
  clientEmail: 'trait',
  trackUrl: 'undashed',
  trackParams: 'clean',
  withoutCookie: 'cookie-only',
  secondVisitors: 'accept',
  associateVisitors: false,
  userIdField: 'ext_id',
  anonymousIdField: 'anon',
  userAgent: 'UA/1',
  pageOrigin: 'https://www.example.com',
  cookiePath: ['a'],
  postalCode: ['zip', 'postalCode'],
  nameSplit: 'facade',
  gateNames: ['Marketo'],
  gateStyle: 'exact',
  firstPage: 'init',
  munchkinOptions: { cookieAnon: false },
  browserPageUrl: 'verbatim',
  browserProfile: 'exact',
  browserIsoDates: false,
  browserZone: 60
}

const given = { name: 'companies', says: 'x', path: '/rest/v1/companies.json', paging: 'token', query: { a: 'b' } }
const walk = { by: 'once', path: ['rest', '{id}'], parent: 'companies', updated: true, query: [['a', 'b']] }
const lastly = { from: 'a', when: ['b', 'c'], is: 'd' }

const backOff = { firstMillis: 1, capMillis: 2, longestMillis: 3, retries: 4 }

const decoders: Readonly<Record<Exclude<SchemaName, 'credentials' | 'activity-ids'>, Decoded>> = {
  settings: { decode: decodeSettings, full: [v2Full] },
  'settings-v1': { decode: decodeV1, full: [v1Full] },
  rules: { decode: decodeRecipes, full: [] },
  writeback: {
    decode: decodeWritebackSettings,
    full: [
      {
        munchkinId,
        namespace: 'a',
        activityTypeIds: [6, '7', 100001],
        events: [
          {
            activityTypeId: 100001,
            event: 'Demo Booked',
            properties: [{ property: 'plan', from: 'Plan', type: 'number' }]
          }
        ],
        leadFields: { email: 'email', userId: 'userId', anonymousId: 'anon' },
        identityFallback: 'skip',
        dropBots: true,
        formFields: ['Email'],
        switchOff: ['Marketo'],
        notBefore: '2024-01-01T00:00:00Z'
      }
    ]
  },
  'writeback-context': {
    decode: readContext,
    full: [{ leads: { 42: { userId: 'u1' } }, emails: { 1: { subject: 'x' } }, campaigns: { 2: { name: 'y' } } }]
  },
  'writeback-loop': {
    decode: decodeLoopSettings,
    full: [
      {
        apiUsers: ['api@example.com'],
        anyProgram: true,
        windowMillis: 5,
        mostEntries: 10,
        mostTurns: 0,
        turnsMillis: '60',
        freezeMillis: 7
      }
    ]
  },
  'writeback-conflicts': {
    decode: decodeConflictSettings,
    full: [
      {
        others: { policy: 'segment', owner: 'segment', toleranceMillis: 1000, clear: true, correct: false },
        fields: {
          industry: 'marketo',
          stage__c: { policy: 'monotone', stages: ['a', 'b'], type: 'string', length: 10 },
          seen__c: { policy: 'monotone', type: 'boolean', optIn: true },
          odd__c: { policy: 'custom', custom: 'mine', owner: 'marketo', clear: true, toleranceMillis: 1 }
        }
      }
    ]
  },
  delivery: {
    decode: decodeDeliveryOptions,
    full: [
      { ...fullOptions },
      { window: '10' },
      { identity: { _tag: 'upsert' }, transport: { _tag: 'bulk', pollMillis: 60_000 }, events: { allow: null } },
      { transport: { _tag: 'rest' }, events: { allow: ' ' } }
    ]
  },
  source: {
    decode: decodeSourceSettings,
    full: [
      {
        munchkinId,
        schemaName: 'marketo',
        activityTypeIds: [1, '2'],
        customLeadFields: ['leadScore', { field: 'seats__c', type: 'integer' }],
        customActivityAttributes: [{ attribute: 'Plan', type: 'text' }],
        dailyCallLimit: 10_000,
        collections: ['leads']
      },
      {
        munchkinId,
        activityTypeIds: '1, 2',
        customLeadFields: 'leadScore, company__c',
        collections: 'leads, companies, parts',
        defined: [
          { ...given, columns: ['id', { name: 'at', type: 'time', from: [['a', 'b'], 'c'], says: 'x', lastly }] },
          { name: 'parts', says: '', reads: walk, otherwise: null, columns: ['id'] }
        ]
      }
    ]
  }
}

type DecodedName = keyof typeof decoders

const decodedNames = schemaNames.filter((name): name is DecodedName => Object.keys(decoders).includes(name))

const isSilent = (name: DecodedName, u: unknown): boolean => decoders[name].decode(u)._tag === 'Right'

/** The same settings by Segment's names, rows in their wrapping. */
const asStored = (u: unknown): unknown => {
  if (!isRecord(u)) return u
  const { munchkinId: accountId, formId: marketoFormId, traits, ...rest } = u
  const rows = Array.isArray(traits)
    ? traits.map((row) =>
        isRecord(row) ? { key: 'k', value: { ...row, segmentTrait: row.trait, trait: undefined } } : row
      )
    : traits
  return JSON.parse(JSON.stringify({ ...rest, accountId, marketoFormId, traits: rows }))
}

const changedTwice = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<unknown> =>
  fc.oneof(value, withOneChange(value), withOneChange(withOneChange(value)))

const files: Readonly<Record<DecodedName, fc.Arbitrary<unknown>>> = {
  ...Object.fromEntries(
    decodedNames.map((name) => [name, changedTwice(fc.constantFrom<unknown>(...decoders[name].full, {}))])
  ),
  settings: fc.oneof(
    changedTwice(fc.constant(v2Full)),
    changedTwice<GivenSettings>(givenSettings),
    changedTwice(givenSettings.map(asStored))
  ),
  'settings-v1': fc.oneof(changedTwice(fc.constant(v1Full)), changedTwice(givenV1)),
  rules: changedTwice(recipeJson)
} as Readonly<Record<DecodedName, fc.Arbitrary<unknown>>>

describe('laws', () => {
  it.each(decodedNames)('F1 what the decoder of %s takes without a remark, the schema accepts', (name) => {
    fc.assert(
      fc.property(files[name], (u) => {
        const plain: unknown = JSON.parse(JSON.stringify(u))
        if (isSilent(name, plain)) expect(accepts(name, plain), JSON.stringify(ajvErrors(name))).toBe(true)
      })
    )
  })
})

const ajvErrors = (name: SchemaName): unknown => validatorOf(name).errors

const membersOf = (schema: JsonObject): Readonly<Record<string, JsonObject>> =>
  (schema.properties ?? {}) as Readonly<Record<string, JsonObject>>

/** Members of every file, but for what says where the schema is and what is looked past. */
const members = decodedNames.flatMap((name) =>
  Object.entries(membersOf(fileSchema(name)))
    .filter(
      ([member, schema]) =>
        member !== '$schema' &&
        Object.keys(schema).some((key) => key === 'type' || key === 'anyOf' || key === 'enum' || key === '$ref')
    )
    .map(([member]) => [name, member] as const)
)

/** The least that a file must have. */
const least = (name: SchemaName): Readonly<Record<string, unknown>> =>
  ['writeback-context', 'writeback-loop', 'writeback-conflicts', 'delivery'].includes(name)
    ? {}
    : name === 'source'
      ? { munchkinId, activityTypeIds: [1] }
      : { munchkinId }

const without = (file: Readonly<Record<string, unknown>>, member: string): Readonly<Record<string, unknown>> =>
  member === 'accountId' ? Object.fromEntries(Object.entries(file).filter(([name]) => name !== 'munchkinId')) : file

const wordsIn = (u: unknown): ReadonlyArray<string> =>
  Array.isArray(u)
    ? u.flatMap(wordsIn)
    : isRecord(u)
      ? [...(Array.isArray(u.enum) ? u.enum.map(String) : []), ...['anyOf', 'items'].flatMap((key) => wordsIn(u[key]))]
      : []

describe('near misses', () => {
  it.each(members)('F2 %s: %s misspelled', (name, member) => {
    const file = { ...least(name), [`${member.slice(0, -1)}qx`]: 'x' }
    expect(accepts(name, file)).toBe(false)
    expect(isSilent(name, file)).toBe(false)
  })

  it.each(members)('F2 %s: %s of another kind', (name, member) => {
    const kinds = [true, 0.5, '?', [0.5], { '?': 1 }, null]
    const refused = kinds.filter((value) => !accepts(name, { ...without(least(name), member), [member]: value }))
    expect(refused.length).toBeGreaterThanOrEqual(2)
    for (const value of refused)
      expect(isSilent(name, { ...without(least(name), member), [member]: value }), JSON.stringify(value)).toBe(false)
  })

  const worded = decodedNames
    .filter((name) => name !== 'rules')
    .flatMap((name) =>
      Object.entries(membersOf(fileSchema(name))).flatMap(([member, schema]) =>
        wordsIn(schema)
          .filter((word) => /[a-z]/.test(word))
          .map((word) => [name, member, word, schema.type === 'array' || member === 'collections'] as const)
      )
    )

  it.each(worded)('F2 %s: %s may be %s, and nothing that differs in case', (name, member, word, isList) => {
    const of = (text: string) => ({ ...least(name), [member]: isList ? [text] : text })
    expect(accepts(name, of(word))).toBe(true)
    expect(decoders[name].decode(of(word))._tag).not.toBe('Left')
    const off = word.charAt(0).toUpperCase() + word.slice(1)
    expect(accepts(name, of(off))).toBe(false)
    expect(isSilent(name, of(off))).toBe(false)
  })

  it('F2 finds words in many members', () => {
    expect(worded.length).toBeGreaterThan(60)
  })

  const columnsOff: ReadonlyArray<readonly [says: string, more: object]> = [
    ['a column from nowhere', { from: '' }],
    ['a column from a number', { from: 7 }],
    ['a column from a nameless member', { from: [''] }],
    ['a column from a number within', { from: [['a', 7]] }],
    ['a column from a nameless member within', { from: [['a', '']] }],
    ['a column from too many places', { from: Array.from({ length: 21 }, () => 'a') }],
    ['a column from too deep', { from: [Array.from({ length: 21 }, () => 'a')] }],
    ['a column about a number', { says: 7 }]
  ]

  const tablesOff: ReadonlyArray<readonly [says: string, more: object]> = [
    ['a table about a number', { says: 7 }],
    ['a path of numbers', { path: ['rest', 7] }],
    ['a query of objects', { query: { a: { b: 1 } } }],
    ['a query of texts', { query: ['a'] }]
  ]

  const waysOff: ReadonlyArray<readonly [says: string, more: object]> = [
    ['a way without its path', { reads: { by: 'once' } }],
    ['a way without its paging', { reads: { path: ['rest', 'a'] } }],
    ['another way that is a number', { reads: walk, otherwise: 7 }],
    ['another way in words', { reads: walk, otherwise: 'so' }]
  ]

  const rowsOff: ReadonlyArray<readonly [SchemaName, string, object]> = [
    ['settings', 'a trait row with a misspelled member', { traits: [{ trat: 'a', field: 'b__c' }] }],
    ['settings', 'a trait row without its field', { traits: [{ trait: 'a' }] }],
    ['settings', 'a type that Marketo has not', { traits: [{ trait: 'a', field: 'b__c', type: 'number' }] }],
    ['settings', 'a transform in other case', { traits: [{ trait: 'a', field: 'b__c', transforms: ['Trim'] }] }],
    [
      'settings',
      'a transform of two kinds',
      { traits: [{ trait: 'a', field: 'b__c', transforms: [{ cut: 1, join: '' }] }] }
    ],
    ['settings', 'an event row without attributes', { events: [{ event: 'A', activityTypeId: 1 }] }],
    ['settings', 'an activity type that is no number', { events: [{ event: 'A', activityTypeId: 'x', attributes }] }],
    [
      'writeback',
      'a property of an unknown type',
      { events: [{ activityTypeId: 1, event: 'A', properties: [{ property: 'a', from: 'b', type: 'int' }] }] }
    ],
    ['source', 'a column without a name', { defined: [{ ...given, columns: ['id', { type: 'text' }] }] }],
    ['source', 'a collection that nobody defines', { collections: ['leads', 'companies'] }],
    ['source', 'a path that is none of REST', { defined: [{ ...given, path: '/identity/x', columns: ['id'] }] }],
    ['writeback-conflicts', 'a policy that needs more than its name', { others: { policy: 'monotone' } }],
    ['writeback-conflicts', 'a field that cannot be one', { fields: { 'a-b': 'segment' } }],
    ['rules', 'an action in other case', { rules: [{ name: 'a', when: {}, actions: [{ do: 'Delete-lead' }] }] }],
    ['rules', 'an action without its list', { rules: [{ name: 'a', when: {}, actions: [{ do: 'add-to-list' }] }] }],
    ['settings', 'a trait row without its trait', { traits: [{ field: 'b__c' }] }],
    ['settings', 'a field that cannot be one', { traits: [{ trait: 'a', field: 'b-c' }] }],
    ['settings', 'a field that begins with a digit', { traits: [{ trait: 'a', field: '9b' }] }],
    ['settings', 'a field with too long a name', { traits: [{ trait: 'a', field: 'b'.repeat(256) }] }],
    ['settings', 'a length of nothing', { traits: [{ trait: 'a', field: 'b__c', length: 0 }] }],
    ['settings', 'a length that no field has', { traits: [{ trait: 'a', field: 'b__c', length: 65_537 }] }],
    ['settings', 'a type with more before it', { traits: [{ trait: 'a', field: 'b__c', type: 'a string' }] }],
    ['settings', 'a type with more behind it', { traits: [{ trait: 'a', field: 'b__c', type: 'strings' }] }],
    ['settings', 'a table that is none', { traits: [{ trait: 'a', field: 'b__c', transforms: [{ otherwise: 'x' }] }] }],
    ['settings', 'a cut to nothing', { traits: [{ trait: 'a', field: 'b__c', transforms: [{ cut: 0 }] }] }],
    ['settings', 'a join with a number', { traits: [{ trait: 'a', field: 'b__c', transforms: [{ join: 1 }] }] }],
    [
      'settings',
      'a date without its day',
      { traits: [{ trait: 'a', field: 'b__c', transforms: [{ date: 'MM.YYYY' }] }] }
    ],
    [
      'settings',
      'a date without its month',
      { traits: [{ trait: 'a', field: 'b__c', transforms: [{ date: 'DD.YYYY' }] }] }
    ],
    [
      'settings',
      'a date without its year',
      { traits: [{ trait: 'a', field: 'b__c', transforms: [{ date: 'DD.MM.' }] }] }
    ],
    [
      'settings',
      'an attribute without its property',
      { events: [{ event: 'A', activityTypeId: 1, attributes: [{ attribute: 'a', primary: true }] }] }
    ],
    [
      'settings',
      'an attribute without its name',
      { events: [{ event: 'A', activityTypeId: 1, attributes: [{ property: 'a', primary: true }] }] }
    ],
    ['settings', 'an event row without its event', { events: [{ activityTypeId: 1, attributes }] }],
    ['settings', 'an event row without its number', { events: [{ event: 'A', attributes }] }],
    ['settings', 'activity type 0', { events: [{ event: 'A', activityTypeId: 0, attributes }] }],
    ['settings', 'a form without a number', { formId: 'x' }],
    ['settings', 'form 0', { formId: 0 }],
    ['settings', 'a form beyond all numbers', { formId: 2_147_483_648 }],
    ['settings', 'a zone beyond the earth', { browserZone: 1_081 }],
    ['settings', 'a zone before the earth', { browserZone: -1_081 }],
    ['settings', 'half a minute', { browserZone: '1.5' }],
    ['settings', 'an origin of another scheme', { pageOrigin: 'ftp://example.com' }],
    ['settings', 'a postal code elsewhere', { postalCode: ['plz'] }],
    ['settings', 'a blank key', { cookiePath: [''] }],
    ['settings', 'an option of Munchkin that is an object', { munchkinOptions: { altIds: {} } }],
    ['settings-v1', 'a project that is a step up', { projectId: '..' }],
    ['settings-v1', 'a project that is a step nowhere', { projectId: '.' }],
    ['settings-v1', 'a signer of another scheme', { signerOrigin: 'ftp://example.com' }],
    ['source', 'activity type 0', { activityTypeIds: [0] }],
    ['source', 'an activity type in words', { activityTypeIds: '1, new' }],
    ['source', 'a custom field of another kind', { customLeadFields: [{ field: 'a', type: 'int' }] }],
    ['source', 'a custom field without its name', { customLeadFields: [{ type: 'integer' }] }],
    ['source', 'a custom field with a comma', { customLeadFields: ['a,b'] }],
    ['source', 'a custom field with too long a name', { customLeadFields: ['a'.repeat(256)] }],
    ['source', 'a blank attribute', { customActivityAttributes: [' '] }],
    ['source', 'an attribute with too long a name', { customActivityAttributes: ['a'.repeat(256)] }],
    ['source', 'no calls at all', { dailyCallLimit: 0 }],
    ['source', 'a schema that begins with a digit', { schemaName: '9a' }],
    ['source', 'a schema with too long a name', { schemaName: 'a'.repeat(64) }],
    ['source', 'a table in capitals', { defined: [{ ...given, name: 'Companies', columns: ['id'] }] }],
    ['source', 'a table without columns', { defined: [{ ...given, columns: [] }] }],
    ['source', 'a table that nobody says how to read', { defined: [{ name: 'a', columns: ['id'] }] }],
    ['source', 'a table that is paged in other words', { defined: [{ ...given, paging: 'pages', columns: ['id'] }] }],
    ['source', 'a table without its paging', { defined: [{ ...given, paging: undefined, columns: ['id'] }] }],
    ['source', 'a column in capitals', { defined: [{ ...given, columns: ['id', 'At'] }] }],
    ['source', 'a column of another kind', { defined: [{ ...given, columns: ['id', { name: 'at', type: 'when' }] }] }],
    ...['from', 'when', 'is'].map(
      (lacking) =>
        [
          'source',
          `a last value without ${lacking}`,
          { defined: [{ ...given, columns: ['id', { name: 'at', lastly: { ...lastly, [lacking]: undefined } }] }] }
        ] as const
    ),
    ['writeback', 'no activity type', { activityTypeIds: [] }],
    ['writeback', 'activity type 0', { activityTypeIds: [0] }],
    ['writeback', 'an event without its name', { events: [{ activityTypeId: 100001 }] }],
    ['writeback', 'an event without its number', { events: [{ event: 'A' }] }],
    [
      'writeback',
      'a property from nowhere',
      { events: [{ activityTypeId: 1, event: 'A', properties: [{ property: 'a' }] }] }
    ],
    [
      'writeback',
      'a property without its name',
      { events: [{ activityTypeId: 1, event: 'A', properties: [{ from: 'a' }] }] }
    ],
    ['writeback', 'a lead field with a comma', { leadFields: { email: 'a,b' } }],
    ['writeback', 'a lead field for nobody', { leadFields: { mail: 'a' } }],
    ['writeback-loop', 'a window of nothing', { windowMillis: 0 }],
    ['writeback-loop', 'a window of more than 90 days', { windowMillis: 90 * 86_400_000 + 1 }],
    ['writeback-loop', 'turns of nothing', { turnsMillis: 0 }],
    ['writeback-loop', 'a rest of nothing', { freezeMillis: 0 }],
    ['writeback-loop', 'no entries', { mostEntries: 0 }],
    ['writeback-loop', 'too many entries', { mostEntries: 10_000_001 }],
    ['writeback-loop', 'too many turns', { mostTurns: 1_001 }],
    ['delivery', 'no key', { idFields: [] }],
    ['delivery', 'a key twice', { idFields: ['email', 'email'] }],
    ['delivery', 'the lead’s number as key', { idFields: ['id'] }],
    ['delivery', 'a key with a comma', { idFields: ['a,b'] }],
    ['delivery', 'an identity without its name', { identity: { duplicates: 'merge' } }],
    ['delivery', 'an identity of another kind', { identity: { _tag: 'upsert', duplicates: 'merge' } }],
    ['delivery', 'a weak key twice', { identity: { _tag: 'resolve', weakFields: ['userId', 'userId'] } }],
    ['delivery', 'a policy that is none', { identity: { _tag: 'resolve', policies: { a: 'never' } } }],
    ['delivery', 'a policy of no field', { identity: { _tag: 'resolve', policies: { 'a b': 'always' } } }],
    ['delivery', 'another rule for ties', { identity: { _tag: 'resolve', prefer: 'newest' } }],
    ['delivery', 'another word for duplicates', { identity: { _tag: 'resolve', duplicates: 'drop' } }],
    ['delivery', 'no window', { window: 0 }],
    ['delivery', 'too much of a window', { window: 1_000_001 }],
    ['delivery', 'nobody in mind', { remember: 0 }],
    ['delivery', 'too many in mind', { remember: 10_000_001 }],
    ['delivery', 'no free call', { freeCalls: 0 }],
    ['delivery', 'too many free calls', { freeCalls: 10_001 }],
    ['delivery', 'too long a wait', { linger: 3_600_001 }],
    ['delivery', 'a way without its name', { transport: {} }],
    ['delivery', 'an identity of nothing', { identity: {} }],
    ['delivery', 'another way', { transport: { _tag: 'soap' } }],
    ['delivery', 'REST with a prefix', { transport: { _tag: 'rest', prefix: 'a' } }],
    ['delivery', 'Data Ingestion without a prefix', { transport: { _tag: 'ingestion' } }],
    ['delivery', 'Data Ingestion with a blank one', { transport: { _tag: 'ingestion', prefix: ' ' } }],
    ['delivery', 'an unknown priority', { transport: { _tag: 'ingestion', prefix: 'a', priority: 'low' } }],
    ['delivery', 'bulk without a pace', { transport: { _tag: 'bulk' } }],
    ['delivery', 'bulk in a hurry', { transport: { _tag: 'bulk', pollMillis: 999 } }],
    ['delivery', 'bulk that is hardly asked for', { transport: { _tag: 'bulk', pollMillis: 86_400_001 } }],
    ['delivery', 'another word in doubt', { retry: { whenInDoubt: 'ask' } }],
    ['delivery', 'too many retries', { retry: { backOff: { retries: 1_001 } } }],
    ['delivery', 'a wait beyond ninety days', { token: { backOff: { capMillis: 7_776_000_001 } } }],
    ['delivery', 'a margin below nothing', { token: { marginMillis: -1 } }],
    ['delivery', 'a seed of 33 bits', { token: { seed: 4_294_967_296 } }],
    ['delivery', 'more than all of the day', { budget: { shares: { day: 1.5 } } }],
    ['delivery', 'less than none of it', { budget: { shares: { day: -0.5 } } }],
    ['delivery', 'too many calls of a window', { budget: { callsPerWindow: 1_000_001 } }],
    ['delivery', 'too many calls at once', { budget: { runningCalls: 1_000_001 } }],
    ['delivery', 'too many calls of a day', { budget: { callsPerDay: 1_000_000_001 } }],
    ['delivery', 'a user without a name', { budget: { users: { ' ': {} } } }],
    ['delivery', 'a priority in words', { budget: { users: { delivery: { priority: 'high' } } } }],
    ['delivery', 'another rest', { shortage: { rest: 'drop' } }],
    ['delivery', 'a reserve beyond all', { shortage: { reserve: 2 } }],
    ['delivery', 'an event without a name', { events: { deny: [' '] } }],
    ['delivery', 'allowed events in one text', { events: { allow: 'Signed Up' } }],
    ['writeback-conflicts', 'less than no tolerance', { others: { toleranceMillis: -1 } }],
    ['writeback-conflicts', 'a tolerance of more than a day', { fields: { a: { toleranceMillis: 86_400_001 } } }],
    ['writeback-conflicts', 'a length that no field has', { fields: { a: { policy: 'segment', length: 65_537 } } }],
    ['writeback-conflicts', 'a policy of one’s own for all', { others: { policy: 'custom' } }],
    ['writeback-context', 'a subject that is a number', { emails: { 1: { subject: 1 } } }],
    ['writeback-context', 'a name that is a number', { campaigns: { 1: { name: 1 } } }],
    ['writeback-context', 'a lead that is a number', { leads: { 1: 1 } }],
    ['settings', 'an account of another shape', { munchkinId: '561-HYG' }],
    ['settings', 'a gender’s field that cannot be one', { genderField: 'a-b' }],
    ['settings', 'a field of the userId that cannot be one', { userIdField: '9a' }],
    ['settings', 'a field of the anonymousId that cannot be one', { anonymousIdField: 'a-b' }],
    ['settings', 'a path that is blank', { cookiePath: ' ' }],
    ['settings', 'an option of Munchkin that is a list of numbers', { munchkinOptions: { altIds: [1] } }],
    ['settings', 'a default that is an object', { traits: [{ trait: 'a', field: 'b__c', default: { a: 1 } }] }],
    ['settings', 'a transform of no kind', { traits: [{ trait: 'a', field: 'b__c', transforms: [{}] }] }],
    ['settings', 'a wrapped row without its field', { traits: [{ key: 'k', value: { trait: 'a' } }] }],
    ['settings-v1', 'an account of another shape', { munchkinId: '561-HYG' }],
    ['settings-v1', 'a page of another scheme', { pageOrigin: 'ftp://example.com' }],
    ['settings-v1', 'a field of the userId that cannot be one', { userIdField: '9a' }],
    ['settings-v1', 'a field of the anonymousId that cannot be one', { anonymousIdField: 'a-b' }],
    ['settings-v1', 'a path that is blank', { cookiePath: ' ' }],
    ['settings-v1', 'a zone beyond the earth', { browserZone: 1_081 }],
    ['settings-v1', 'an option of Munchkin that is an object', { munchkinOptions: { altIds: {} } }],
    ['writeback', 'a time that is a flag', { notBefore: true }],
    ['source', 'more calls than can be counted', { dailyCallLimit: 9_007_199_254_740_992 }],
    ['source', 'a collection in capitals', { collections: ['Parts!'], defined: [{ ...given, columns: ['id'] }] }],
    ...columnsOff.map(
      ([says, more]) => ['source', says, { defined: [{ ...given, columns: ['id', { name: 'at', ...more }] }] }] as const
    ),
    ...tablesOff.map(
      ([says, more]) => ['source', says, { defined: [{ ...given, columns: ['id'], ...more }] }] as const
    ),
    ...waysOff.map(
      ([says, more]) => ['source', says, { defined: [{ name: 'parts', columns: ['id'], ...more }] }] as const
    )
  ]

  it.each(rowsOff)('F2 %s: %s', (name, _, part) => {
    const own = decodedNames.find((one) => one === name)
    if (own === undefined) throw new Error(name)
    const file = JSON.parse(JSON.stringify({ ...least(own), ...part }))
    expect(accepts(name, file)).toBe(false)
    expect(isSilent(own, file)).toBe(false)
  })

  const trait = (more: object) => ({ traits: [{ trait: 'a', field: 'b__c', ...more }] })

  const rowsOn: ReadonlyArray<readonly [DecodedName, string, object]> = [
    ['settings', 'the longest name of a field', { traits: [{ trait: 'a', field: `b${'c'.repeat(254)}` }] }],
    ['settings', 'the longest length', trait({ length: 65_536 })],
    ['settings', 'a length as digits', trait({ length: ' 7 ' })],
    ['settings', 'no length', trait({ length: null })],
    ['settings', 'a type as people write it', trait({ type: ' date-TIME ' })],
    ['settings', 'the longest cut', trait({ transforms: [{ cut: 65_536 }] })],
    ['settings', 'each transform by its name', trait({ transforms: ['trim', 'lower', 'upper'] })],
    ['settings', 'a default that is a flag', trait({ default: false })],
    ['settings', 'the last form', { formId: 2_147_483_647, formHost: '//app-ab00.marketo.com' }],
    ['settings', 'the outermost zones', { browserZone: -1_080 }],
    ['settings', 'the other outermost zone', { browserZone: 1_080 }],
    ['settings', 'an origin in capitals', { pageOrigin: 'HTTP://EXAMPLE.COM' }],
    ['settings', 'no origin', { pageOrigin: '' }],
    ['settings', 'options of every kind', { munchkinOptions: { a: 'a', b: 1, c: true, d: ['e'] } }],
    ['source', 'the last activity type', { activityTypeIds: [2_147_483_647] }],
    ['source', 'activity types as text', { activityTypeIds: ' 1, 2 ' }],
    ['source', 'the longest names', { schemaName: 'a'.repeat(63), customActivityAttributes: ['a'.repeat(255)] }],
    ['source', 'the longest field', { customLeadFields: ['a'.repeat(255)] }],
    ['source', 'the most calls', { dailyCallLimit: 9_007_199_254_740_991 }],
    ['source', 'no limit', { dailyCallLimit: null }],
    [
      'writeback-loop',
      'the longest times',
      { windowMillis: 7_776_000_000, turnsMillis: 1, freezeMillis: 7_776_000_000 }
    ],
    ['delivery', 'the least of each', { window: 1, remember: 1, freeCalls: 1, linger: 0, seed: 0 }],
    [
      'delivery',
      'the most of each',
      { window: 1_000_000, remember: 10_000_000, freeCalls: 10_000, linger: 3_600_000, seed: 4_294_967_295 }
    ],
    ['delivery', 'no calls at all', { budget: { callsPerWindow: 0, runningCalls: 0, callsPerDay: 0 } }],
    [
      'delivery',
      'calls without end',
      { budget: { callsPerWindow: 1_000_000, runningCalls: 1_000_000, callsPerDay: 1_000_000_000 } }
    ],
    ['delivery', 'none of it, and all', { budget: { shares: { window: 0, running: 1 } } }],
    ['delivery', 'the shortest poll', { transport: { _tag: 'bulk', pollMillis: 1_000 } }],
    ['delivery', 'the longest poll', { transport: { _tag: 'bulk', pollMillis: 86_400_000 } }],
    [
      'delivery',
      'the longest waits, and the most retries',
      { retry: { backOff: { ...backOff, capMillis: 7_776_000_000, retries: 1_000 } }, token: { marginMillis: 0 } }
    ],
    ['delivery', 'what is reported in doubt', { retry: { whenInDoubt: 'report' } }],
    ['delivery', 'a day that waits', { shortage: { reserve: 0, rest: 'wait' } }],
    ['delivery', 'the usual priority', { transport: { _tag: 'ingestion', prefix: 'a', priority: 'normal' } }],
    ...['first-key', 'last-updated', 'first-created'].map(
      (prefer) => ['delivery', `the lead that is ${prefer}`, { identity: { _tag: 'resolve', prefer } }] as const
    ),
    ...['report', 'merge'].map(
      (duplicates) =>
        ['delivery', `duplicates to ${duplicates}`, { identity: { _tag: 'resolve', duplicates } }] as const
    ),
    ...['always', 'if-empty', 'on-create'].map(
      (policy) => ['delivery', `a field ${policy}`, { identity: { _tag: 'resolve', policies: { a: policy } } }] as const
    ),
    ['delivery', 'no weak key', { identity: { _tag: 'resolve', weakFields: [], policies: {} } }],
    ['writeback-loop', 'the most entries and turns', { mostEntries: 10_000_000, mostTurns: 1_000 }],
    ['writeback-loop', 'the fewest entries and turns', { mostEntries: 1, mostTurns: 0 }],
    [
      'writeback-conflicts',
      'the least and the most tolerance',
      { others: { toleranceMillis: 0 }, fields: { a: { toleranceMillis: 86_400_000 } } }
    ],
    [
      'source',
      'a collection of one’s own in a list',
      { collections: ['leads', 'companies'], defined: [{ ...given, columns: ['id'] }] }
    ],
    [
      'source',
      'another way that is blank',
      { defined: [{ name: 'parts', reads: { by: 'once', path: ['rest', 'a'] }, otherwise: ' ', columns: ['id'] }] }
    ],
    ...['id', 'text', 'number', 'boolean'].map(
      (type) =>
        [
          'writeback',
          `a property that is ${type}`,
          { events: [{ activityTypeId: 100001, event: 'A', properties: [{ property: 'a', from: 'b', type }] }] }
        ] as const
    ),
    ['writeback', 'the email for who has no id', { identityFallback: 'email' }],
    ['writeback-context', 'what nobody knows', { emails: { 1: { subject: null } }, campaigns: { 1: { name: null } } }]
  ]

  it.each(rowsOn)('F1 %s: %s', (name, _, part) => {
    const file = { ...least(name), ...part }
    expect(decoders[name].decode(file)).toMatchObject({ _tag: 'Right' })
    expect(accepts(name, file), JSON.stringify(ajvErrors(name))).toBe(true)
  })
})

describe('every file', () => {
  it.each(decodedNames)('%s may name its schema, and nothing is said of it', (name) => {
    const file = { $schema: './x.schema.json', ...(decoders[name].full[0] ?? least(name)) }
    expect(accepts(name, file)).toBe(true)
    const silent = decoders[name].decode(file)
    expect(silent._tag === 'Right' ? [] : silent.left.filter(({ at }) => at[0] === '$schema')).toEqual([])
    expect(silent._tag).not.toBe('Left')
  })

  it.each(decodedNames.filter((name) => name !== 'rules' && 'munchkinId' in least(name)))(
    '%s names its account',
    (name) => {
      const file = Object.fromEntries(Object.entries(least(name)).filter(([member]) => member !== 'munchkinId'))
      expect([accepts(name, least(name)), accepts(name, file)]).toEqual([true, false])
      expect(decoders[name].decode(file)._tag).toBe('Left')
    }
  )

  const own = decodedNames.flatMap((name) =>
    Object.entries(membersOf(fileSchema(name))).flatMap(([member, schema]) =>
      schema.default === undefined || member in least(name) ? [] : [[name, member, schema.default] as const]
    )
  )

  it.each(own)('%s without %s is as it is with its default', (name, member, usual) => {
    const { decode } = decoders[name]
    expect(decode({ ...least(name), [member]: usual })).toEqual(decode(least(name)))
  })

  it.each(decodedNames)('%s: the whole of it is accepted', (name) => {
    for (const file of decoders[name].full) {
      expect(accepts(name, file), JSON.stringify(ajvErrors(name))).toBe(true)
      expect(decoders[name].decode(file)._tag).not.toBe('Left')
    }
  })

  it.each(schemaNames)('%s has a title, and a sentence for every member', (name) => {
    const schema = fileSchema(name)
    expect(schema).toMatchObject({ $schema: 'http://json-schema.org/draft-07/schema#', title: expect.any(String) })
    const untold: Array<string> = []
    const walkThrough = (u: unknown, at: string): void => {
      if (Array.isArray(u)) for (const one of u) walkThrough(one, at)
      if (!isRecord(u)) return
      if (!at.endsWith('/properties') && isRecord(u.properties))
        for (const [member, inner] of Object.entries(u.properties)) {
          const part = isRecord(inner) && typeof inner.$ref === 'string' ? inner.$ref.split('/').pop() : undefined
          const meant = part === undefined ? inner : isRecord(schema.definitions) ? schema.definitions[part] : undefined
          const isBare = name === 'rules' && isRecord(meant) && Object.keys(meant).length === 0
          const isRepeat = at.includes('then') || member === 'endpoint' || member === 'value' || isBare
          if (!isRepeat && !(isRecord(meant) && typeof meant.description === 'string')) untold.push(`${at}.${member}`)
        }
      for (const [key, inner] of Object.entries(u))
        if (key !== 'examples' && key !== 'default') walkThrough(inner, `${at}/${key}`)
    }
    walkThrough({ root: schema }, '/')
    expect(untold).toEqual([])
  })

  it.each(schemaNames)('%s: defaults and examples are what the members allow', (name) => {
    const { definitions = {}, properties = {} } = fileSchema(name)
    const validate = ajv.compile({ type: 'object', definitions, properties })
    for (const [member, { default: usual, examples = [] }] of Object.entries(membersOf({ properties })))
      for (const value of [...(usual === undefined ? [] : [usual]), ...(Array.isArray(examples) ? examples : [])])
        expect([member, value, validate({ [member]: value })]).toEqual([member, value, true])
  })

  it.each(schemaNames)('%s says nothing with no words in it', (name) => {
    const isSaid = (u: unknown, at: string): void => {
      if (Array.isArray(u)) for (const [i, one] of u.entries()) isSaid(one, `${at}/${i}`)
      if (!isRecord(u)) return
      for (const [key, inner] of Object.entries(u)) {
        if (['title', 'description', 'pattern', 'patternErrorMessage'].includes(key) && typeof inner === 'string')
          expect([at, key, inner]).toEqual([at, key, expect.stringMatching(/../)])
        else if (key === 'doNotSuggest') expect([at, key, inner]).toEqual([at, key, true])
        else if (key === 'examples')
          expect([at, JSON.stringify(inner)]).toEqual([at, expect.not.stringMatching(/\[\]|\{\}|""/)])
        else isSaid(inner, `${at}/${key}`)
      }
    }
    isSaid(fileSchema(name), '')
  })

  it('rules: every sentence is of a member, and stands in the schema', () => {
    const text = JSON.stringify(fileSchema('rules'))
    for (const says of Object.values(recipeWords)) expect(text).toContain(JSON.stringify(says).slice(1, -1))
  })
})

const folder = new URL('../../docs/examples/', import.meta.url)

// biome-ignore format: table
const examples: ReadonlyArray<readonly [file: string, SchemaName]> = [
  ['settings.json', 'settings'], ['settings-device.json', 'settings'], ['settings-segment.json', 'settings'],
  ['settings-v1.json', 'settings-v1'], ['writeback.json', 'writeback'], ['known.json', 'writeback-context'],
  ['activity-ids.json', 'activity-ids'], ['source/settings.json', 'source'],
  ...readdirSync(new URL('recipes/', folder)).filter((name) => /^[a-z]+\.json$/.test(name))
    .map((name) => [`recipes/${name}`, 'rules'] as const)
]

const json = /```json\n([\s\S]*?)```/g

/** What a block of a guide is, by what it holds; undefined for what is no file of ours. */
const schemaOf = (page: string, u: unknown): SchemaName | undefined => {
  if (!isRecord(u)) return undefined
  if (page.startsWith('recipe')) return 'munchkinId' in u ? 'rules' : undefined
  if ('others' in u || ('fields' in u && page === 'conflicts.md')) return 'writeback-conflicts'
  if (!('munchkinId' in u || 'accountId' in u)) return undefined
  return page.startsWith('source')
    ? 'source'
    : page === 'v1.md'
      ? 'settings-v1'
      : page === 'write-back.md'
        ? 'writeback'
        : 'settings'
}

/** What a block holds; undefined for several values one after another, which are no file. */
const fileIn = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const blocks = readdirSync(new URL('../', folder))
  .filter((page) => page.endsWith('.md'))
  .flatMap((page) =>
    [...readFileSync(new URL(`../${page}`, folder), 'utf8').matchAll(json)].flatMap(([, text = '']) => {
      const value = fileIn(text)
      const name = schemaOf(page, value)
      return name === undefined ? [] : [[page, name, value] as const]
    })
  )

describe('the examples', () => {
  it.each(examples)('%s is one of %s', (file, name) => {
    const value: unknown = JSON.parse(readFileSync(new URL(file, folder), 'utf8'))
    expect(accepts(name, value), JSON.stringify(ajvErrors(name))).toBe(true)
  })

  it.each(blocks)('in %s a block is one of %s', (_, name, value) => {
    expect(accepts(name, value), JSON.stringify(ajvErrors(name))).toBe(true)
  })

  it('in the guides are several', () => {
    expect(blocks.length).toBeGreaterThan(3)
  })
})

describe('the guide', () => {
  it('names every schema, and no other', () => {
    const page = readFileSync(new URL('../editor-help.md', folder), 'utf8')
    const named = [...page.matchAll(/^\| .*\| `([a-z0-9-]+)\.schema\.json` \|/gm)].map(([, name]) => name)
    expect(named.sort()).toEqual([...schemaNames].sort())
  })
})

describe('files without remarks', () => {
  it.each([
    ['credentials', { clientId: 'a', clientSecret: 'b', other: 1 }, true],
    ['credentials', { clientId: 'a' }, false],
    ['credentials', { clientId: 'a', clientSecret: '' }, false],
    ['activity-ids', { $schema: 'x', 'Order Completed': 100001, B: '7' }, true],
    ['activity-ids', { 'Order Completed': 'many' }, false],
    ['activity-ids', { 'Order Completed': 0 }, false]
  ] satisfies ReadonlyArray<[SchemaName, object, boolean]>)('%s: %j', (name, file, isFine) => {
    expect(accepts(name, file)).toBe(isFine)
  })
})
