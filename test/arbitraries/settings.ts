/**
 * Settings of the v2 contract, and events that meet their rows.
 *
 * Everything is drawn from small pools of names, so that a row often finds its trait, an event its row, and two rows one field.
 */
import * as fc from 'fast-check'
import { isMunchkinId, type MunchkinId } from '../../src/marketo/munchkin-id.js'
import { type ValueType, valueTypes } from '../../src/marketo/value-types.js'
import { decodeSettings } from '../../src/v2/decode-settings.js'
import type { Settings } from '../../src/v2/settings.js'
import type { Transform } from '../../src/v2/transforms.js'
import {
  anyEvent,
  groupEvent,
  identifyEvent,
  type JsonRecord,
  type JsonValue,
  jsonValue,
  pageEvent,
  trackEvent
} from './events.js'
import { munchkinIdText } from './munchkin.js'

/** Settings before they are decoded. */
export type GivenSettings = Readonly<Record<string, unknown>>

/** An instance. */
export const munchkinId: fc.Arbitrary<MunchkinId> = munchkinIdText.filter((text): text is MunchkinId =>
  isMunchkinId(text)
)

/** Traits and properties that rows map: plain ones, dotted ones, names of standard traits, names of every object's members. */
export const mappedName = fc.constantFrom(
  'plan',
  'seats',
  'favoriteColor',
  'a.b',
  'id',
  'company',
  'Email',
  'town',
  '__proto__',
  'constructor'
)

/** Lead fields that rows write: custom ones, standard ones that no standard row writes, and ones that a standard row writes too. */
export const mappedField = fc.constantFrom(
  ...['planName__c', 'seats__c', 'constructor', 'title', 'fax', 'numberOfEmployees', 'website', 'createdAt'],
  ...['email', 'firstName', 'company', 'city', 'dateOfBirth', 'postalCode']
)

const scalar = fc.oneof(fc.string({ maxLength: 5 }), fc.integer(), fc.boolean())

/** A transform that settings can name. */
export const transform: fc.Arbitrary<Transform> = fc.oneof(
  fc.constantFrom<Transform>('trim', 'lower', 'upper'),
  fc
    .dictionary(fc.oneof(fc.string({ maxLength: 4 }), fc.constantFrom('pro', 'true', '5')), scalar, { maxKeys: 4 })
    .map((table) => ({ table })),
  fc
    .tuple(fc.dictionary(fc.string({ maxLength: 4 }), scalar, { maxKeys: 4 }), scalar)
    .map(([table, otherwise]) => ({ table, otherwise })),
  fc.constantFrom('; ', ',', '').map((join) => ({ join })),
  fc.integer({ min: 1, max: 300 }).map((cut) => ({ cut })),
  fc.constantFrom('DD.MM.YYYY', 'YYYYMMDD', 'MM/DD/YYYY').map((date) => ({ date }))
)

const sharedMembers = {
  type: fc.constantFrom(...valueTypes),
  default: fc.option(scalar),
  transforms: fc.array(transform, { maxLength: 2 })
}

/** What has been decoded already: settings are asked for twice, first whether they can be used. */
const known = new WeakMap<GivenSettings, ReturnType<typeof decodeSettings>>()

const read = (given: GivenSettings): ReturnType<typeof decodeSettings> => {
  const answer = known.get(given) ?? decodeSettings(given)
  known.set(given, answer)
  return answer
}

/** Whether settings can be used. */
const usable = (given: GivenSettings): boolean => read(given)._tag !== 'Left'

/** The row, without its default where that cannot be the field's type. */
const withFittingDefault = <R extends { readonly default?: unknown }>(row: R): R => {
  const { default: value, ...rest } = row
  const asTrait = { trait: 'a', field: 'a__c', ...rest, default: value ?? null }
  return value === undefined || usable({ munchkinId: '561-HYG-937', traits: [asTrait] })
    ? row
    : { ...row, default: null }
}

/** A trait row. */
export const traitRow = fc
  .record(
    { trait: mappedName, field: mappedField, length: fc.option(fc.integer({ min: 1, max: 300 })), ...sharedMembers },
    { requiredKeys: ['trait', 'field'] }
  )
  .map(withFittingDefault)

const attributeName = fc.string({ minLength: 1 }).filter((s) => s.trim() !== '')

const attributeRow = fc
  .record(
    { property: mappedName, attribute: attributeName, ...sharedMembers },
    { requiredKeys: ['property', 'attribute'] }
  )
  .map(({ property, attribute, ...shared }) => ({ property, attribute, ...withFittingDefault(shared) }))

/** The events that rows map; two of them are among those that events.ts makes. */
export const mappedEvent = fc.constantFrom('Order Completed', 'trial_started', 'Trial Started', '__proto__')

/** An event row; the first attribute is the primary one. */
export const eventRow = fc
  .tuple(
    mappedEvent,
    fc.integer({ min: 1, max: 200_000 }),
    fc.uniqueArray(attributeRow, { minLength: 1, maxLength: 5, selector: (row) => row.attribute })
  )
  .map(([event, activityTypeId, rows]) => ({
    event,
    activityTypeId,
    attributes: rows.map((row, i) => ({ ...row, primary: i === 0 }))
  }))

/** The rows of settings: no two claim one place. */
export const rows = {
  traits: fc.uniqueArray(traitRow, { maxLength: 6, selector: (row) => row.field }),
  events: fc.uniqueArray(eventRow, { maxLength: 3, selector: (row) => row.event })
}

/** The switches of settings, each with all that it can be. */
export const switches = {
  anonymousActivity: fc.boolean(),
  createLead: fc.boolean(),
  clearOnNull: fc.boolean(),
  partitionName: fc.option(fc.constantFrom('Europe', 'Default')),
  pageOrigin: fc.option(fc.constant('https://www.example.com')),
  pathLookup: fc.boolean(),
  attributeKey: fc.constantFrom('apiName', 'name'),
  companyFields: fc.constantFrom('send', 'omit'),
  genderField: fc.option(fc.constantFrom('gender', 'gender__c')),
  birthday: fc.constantFrom('day', 'verbatim'),
  postalCode: fc.constantFrom(['zip', 'postalCode'], ['postalCode', 'zip'], ['zip'], []),
  nameSplit: fc.constantFrom('words', 'facade'),
  identity: fc.uniqueArray(fc.constantFrom('email', 'userId', 'anonymousId'), { minLength: 1 }),
  invalidEmail: fc.constantFrom('invalid', 'next-key'),
  emailPlaces: fc.uniqueArray(fc.constantFrom('traits', 'context.traits', 'properties', 'userId')),
  userIdField: fc.constantFrom('userId', 'externalId__c'),
  anonymousIdField: fc.constantFrom('anonymousId', 'visitor__c'),
  gateNames: fc.constantFrom(['Marketo V2'], ['Marketo V2', 'Marketo'], []),
  gateStyle: fc.constantFrom('lenient', 'exact', 'explicit', 'facade', 'off'),
  cookiePath: fc.option(fc.constantFrom(['properties', 'cookie'], ['context', 'Marketo', 'cookieId'])),
  browserPageUrl: fc.constantFrom('path', 'verbatim'),
  browserProfile: fc.constantFrom('default', 'exact'),
  browserZone: fc.integer({ min: -1080, max: 1080 }),
  munchkinOptions: fc.dictionary(
    fc.constantFrom('altIds', 'domainLevel', 'httpsOnly', '__proto__'),
    fc.oneof(scalar, fc.array(fc.string(), { maxLength: 2 }))
  )
}

/** What the browser's side needs. */
export const form = { formId: fc.constant(1001), formHost: fc.constant('//app-ab00.marketo.com') }

/** Settings in our own shape that decode, for these modes. */
const givenFor = (modes: ReadonlyArray<string>): fc.Arbitrary<GivenSettings> =>
  fc
    .record(
      { munchkinId, mode: fc.constantFrom(...modes), ...rows, ...switches, ...form },
      { requiredKeys: ['munchkinId', 'mode', 'traits', 'events', 'formId', 'formHost'] }
    )
    .filter(usable)

/** Settings as a customer writes them, of any mode, rows and switches as they come. */
export const givenSettings: fc.Arbitrary<GivenSettings> = givenFor(['cloud', 'device', 'hybrid'])

/** Settings decoded; a mistake here is one of the generator. */
export const decoded = (given: GivenSettings): Settings => {
  const answer = read(given)
  if (answer._tag === 'Left') throw new Error(JSON.stringify(answer.left))
  return answer.right
}

/** Any settings. */
export const settings: fc.Arbitrary<Settings> = givenSettings.map(decoded)

/** Settings under which the server maps everything. */
export const cloudSettings: fc.Arbitrary<Settings> = givenFor(['cloud']).map(decoded)

/** Settings under which the browser maps identify and page. */
export const browserSettings: fc.Arbitrary<Settings> = givenFor(['device', 'hybrid']).map(decoded)

/** A value that fits a field of each type, as text or as itself; types that are never written have one that never fits. */
const fitting: Readonly<Record<ValueType, ReadonlyArray<JsonValue>>> = {
  string: ['pro', ' Pro ', 5, true],
  text: ['a longer text', 'line\nline'],
  email: ['ana@corp.test', 'zoe@example.com'],
  url: ['https://a.test/x'],
  phone: ['+1 555 0100', 5550100],
  integer: [5, '5', 0],
  score: [-3, '12'],
  float: [1.5, '2.25', 0],
  currency: [9.99, '10'],
  percent: [50],
  boolean: [true, false, 'TRUE'],
  date: ['2024-05-01', '2024-05-01T23:00:00-08:00', 1714557600],
  datetime: ['2024-05-01T10:00:00Z', 1714557600000],
  reference: ['never'],
  formula: ['never']
}

const oddEntry = fc.tuple(
  mappedName,
  fc.oneof(
    {
      weight: 3,
      arbitrary: fc.constantFrom<JsonValue>('pro', ' Pro ', '5', 5, true, null, '', '01.02.2024', ['a', 'b'], [])
    },
    jsonValue
  )
)

/** What is done to an event so that it meets its settings: `pick` chooses among rows and values, `odd` is written over them. */
const meeting = fc.record({
  pick: fc.nat(30),
  isMet: fc.boolean(),
  isLet: fc.integer({ min: 0, max: 4 }).map((n) => n > 0),
  odd: fc.array(oddEntry, { maxLength: 2 })
})

const asRecord = (value: unknown): JsonRecord =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonRecord) : {}

const fittingValue = (type: ValueType, pick: number): JsonValue => fitting[type][pick % fitting[type].length] ?? null

/** The event with its person, its time, its page and its gate in order. */
const let_ = (event: JsonRecord): JsonRecord => {
  const { integrations, ...rest } = event
  return {
    ...rest,
    userId: typeof event.userId === 'string' && event.userId.trim() !== '' ? event.userId : 'u1',
    timestamp: '2024-05-01T10:00:00.000Z',
    ...(event.type === 'page'
      ? {
          properties: { ...asRecord(event.properties), url: asRecord(event.properties).url || '/pricing?a=1' },
          context: { ...asRecord(event.context), userAgent: 'Mozilla/5.0' }
        }
      : {})
  }
}

type Meeting = typeof meeting extends fc.Arbitrary<infer M> ? M : never

/** The event with members that the settings have rows for. */
const met = (settings: Settings, event: JsonRecord, { pick, isMet, isLet, odd }: Meeting): JsonRecord => {
  const admitted = isLet ? let_(event) : event
  if (event.type === 'identify') {
    const fits = isMet ? settings.traits.map((row, i) => [row.trait, fittingValue(row.type, pick + i)] as const) : []
    return { ...admitted, traits: { ...asRecord(event.traits), ...Object.fromEntries([...fits, ...odd]) } }
  }
  const row = settings.events[pick % Math.max(1, settings.events.length)]
  if (event.type !== 'track' || row === undefined) return admitted
  const fits = isMet
    ? row.attributes.map((attribute, i) => [attribute.property, fittingValue(attribute.type, pick + i)] as const)
    : []
  return {
    ...admitted,
    event: row.event,
    properties: { ...asRecord(event.properties), ...Object.fromEntries([...fits, ...odd]) }
  }
}

const call: fc.Arbitrary<JsonRecord> = fc.oneof(
  { weight: 4, arbitrary: identifyEvent },
  { weight: 3, arbitrary: trackEvent },
  { weight: 2, arbitrary: pageEvent },
  { weight: 1, arbitrary: groupEvent },
  { weight: 1, arbitrary: anyEvent }
)

/** Settings and a call that meets them: most are sent, some in part, some not. */
export const encounter = (of: fc.Arbitrary<Settings>): fc.Arbitrary<readonly [Settings, JsonRecord]> =>
  fc.tuple(of, call, meeting).map(([settings, event, how]) => [settings, met(settings, event, how)] as const)
