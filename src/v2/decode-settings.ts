/**
 * Reads v2 settings: the shape that Segment stores, or our own, or a mixture.
 *
 *     Segment's row                                     ours
 *     { segmentTrait, marketoFieldName,                 { trait, field, type,
 *       marketoFieldType }                                default?, transforms? }
 *     { event, marketoActivityId, segmentProperty: [    { event, activityTypeId, attributes: [
 *       { segmentProperty, marketoAttributeName,            { property, attribute, type,
 *         marketoAttributeType, primaryKey }] }               primary?, default?, transforms? }] }
 *
 * A row may also stand wrapped as `{ key, value }`. Every mistake is gathered with its path. Credentials are looked past: they
 * belong to whoever sends.
 *
 * Source: Segment "Marketo v2 Destination", Getting started, Traits, Track; settings as Segment stores them.
 *
 * @module
 */
import type * as t from 'io-ts'
import {
  givenName,
  marketoName,
  minutes,
  munchkinId,
  munchkinOptions,
  origin,
  orNullList,
  scalar,
  warnOfBoth
} from '../contract/setting-readers.js'
import { checkNames, namesOf, settingsCodec } from '../contract/setting-rows.js'
import { isRecord, kindOf, ownMember } from '../ground/json.js'
import { nearest } from '../ground/nearest.js'
import { type Path, printPath } from '../ground/path.js'
import { malformed, missing, type Problem, risky, unknownName } from '../ground/problem.js'
import {
  aBoolean,
  anyText,
  aRecord,
  decoding,
  listOf,
  member,
  nonBlank,
  oneOf,
  orNull,
  type Reader,
  requiredMember,
  warnOfUnknownKeys,
  wholeNumber
} from '../ground/reading.js'
import type { Remarked } from '../ground/these.js'
import { findByRest } from '../marketo/lead-fields.js'
import { definitionLimits } from '../marketo/limits.js'
import { type ValueType, valueTypeOf } from '../marketo/value-types.js'
import { checkWhole, type Placed, refuseTwins } from './check-settings.js'
import { compileRow, through } from './draft.js'
import { knownUnread, settingRows } from './setting-names.js'
import type { AttributeRow, EventRow, Settings, TraitRow } from './settings.js'
import { isDateFormat, type Transform } from './transforms.js'

const own = Object.prototype.hasOwnProperty

/** A row, out of the `{ key, value }` that Segment sometimes wraps it in. */
const unwrapped = (u: unknown, at: Path): readonly [unknown, Path] =>
  isRecord(u) && own.call(u, 'key') && isRecord(ownMember(u, 'value'))
    ? [ownMember(u, 'value'), [...at, 'value']]
    : [u, at]

/** A row that claims a place by one of its members, and where that member stands. */
const placed =
  <A>(reader: Reader<A>, names: ReadonlyArray<string>): Reader<Placed<A>> =>
  (u, at, problems) => {
    const [inner, where] = unwrapped(u, at)
    const row = reader(inner, where, problems)
    return row === undefined ? undefined : { row, at: [...where, givenName(inner, names)] }
  }

const valueType: Reader<ValueType> = (u, at, problems) => {
  const name = nonBlank(u, at, problems)
  if (name === undefined) return undefined
  const type = valueTypeOf(name)
  if (type !== undefined) return type
  const mend =
    name.trim().toLowerCase() === 'number'
      ? 'Marketo has no type number: say integer or float, as its Field Management shows'
      : 'copy the type from Marketo’s Field Management, such as string, integer, float, boolean, date, datetime'
  problems.push(
    unknownName(
      'invalid',
      at,
      nearest(['string', 'text', 'integer', 'float', 'boolean', 'date', 'datetime'], name),
      mend
    )
  )
  return undefined
}

const table: Reader<Readonly<Record<string, string | number | boolean>>> = (u, at, problems) => {
  const record = aRecord(u, at, problems)
  if (record === undefined) return undefined
  const rows: Array<readonly [string, string | number | boolean]> = []
  for (const key of Object.keys(record)) {
    const value = scalar(record[key], [...at, key], problems)
    if (value !== undefined) rows.push([key, value])
  }
  return Object.fromEntries(rows)
}

const transform: Reader<Transform> = (u, at, problems) => {
  if (u === 'trim' || u === 'lower' || u === 'upper') return u
  const expected = 'expected "trim", "lower", "upper", or an object with table, join, cut or date'
  if (!isRecord(u)) {
    problems.push(
      typeof u === 'string'
        ? unknownName('invalid', at, nearest(['trim', 'lower', 'upper'], u), expected)
        : malformed('invalid', at, kindOf(u), expected)
    )
    return undefined
  }
  const kind = givenName(u, ['table', 'join', 'cut', 'date'])
  warnOfUnknownKeys(u, at, kind === 'table' ? ['table', 'otherwise'] : [kind], problems)
  if (ownMember(u, 'table') !== undefined) {
    const rows = table(u.table, [...at, 'table'], problems)
    const otherwise = member(u, at, ['otherwise'], scalar, undefined, problems)
    if (rows === undefined) return undefined
    return otherwise === undefined ? { table: rows } : { table: rows, otherwise }
  }
  if (ownMember(u, 'join') !== undefined) {
    const separator = anyText(u.join, [...at, 'join'], problems)
    return separator === undefined ? undefined : { join: separator }
  }
  if (ownMember(u, 'cut') !== undefined) {
    const most = wholeNumber(1, 65_536)(u.cut, [...at, 'cut'], problems)
    return most === undefined ? undefined : { cut: most }
  }
  const date = ownMember(u, 'date')
  if (typeof date === 'string' && isDateFormat(date)) return { date }
  problems.push(malformed('invalid', at, kindOf(u), `${expected}; a date format holds YYYY, MM and DD once each`))
  return undefined
}

/** What trait rows and attribute rows share. */
const readShared = (record: Readonly<Record<string, unknown>>, at: Path, problems: Array<Problem>) => ({
  default: member(record, at, ['default'], orNullScalar, null, problems) ?? null,
  transforms: member(record, at, ['transforms'], listOf(transform), [], problems) ?? []
})

const orNullScalar: Reader<string | number | boolean | null> = (u, at, problems) =>
  u === null ? null : scalar(u, at, problems)

const traitNames = [
  'trait',
  'segmentTrait',
  'field',
  'marketoFieldName',
  'type',
  'marketoFieldType',
  'length',
  'default',
  'transforms'
]

const traitPairs = [
  ['trait', 'segmentTrait'],
  ['field', 'marketoFieldName'],
  ['type', 'marketoFieldType']
]

const traitRow: Reader<TraitRow> = (u, at, problems) => {
  const record = aRecord(u, at, problems)
  if (record === undefined) return undefined
  warnOfUnknownKeys(record, at, traitNames, problems)
  warnOfBoth(record, at, traitPairs, problems)
  const trait = requiredMember(
    record,
    at,
    ['trait', 'segmentTrait'],
    nonBlank,
    'name the trait of the identify call',
    problems
  )
  const field = requiredMember(
    record,
    at,
    ['field', 'marketoFieldName'],
    marketoName,
    'name the lead field by its REST API name',
    problems
  )
  const given = member(record, at, ['type', 'marketoFieldType'], orNull(valueType), null, problems)
  const length = member(record, at, ['length'], orNull(wholeNumber(1, 65_536)), null, problems)
  const shared = readShared(record, at, problems)
  if (trait === undefined || field === undefined || given === undefined) return undefined
  const fieldAt = [...at, givenName(record, ['field', 'marketoFieldName'])]
  if (field === 'id') {
    problems.push(
      malformed(
        'invalid',
        fieldAt,
        'the field id',
        'id is the lead’s own number in Marketo: map the trait to a custom field'
      )
    )
    return undefined
  }
  const known = findByRest(field)
  if (known !== undefined && known.write === 'no') {
    problems.push(
      risky(fieldAt, 'unusual', 'Marketo keeps this field itself and may refuse it: map the trait to another one')
    )
  }
  if (known !== undefined && known.type !== null && given !== null && given !== known.type) {
    const typeAt = [...at, givenName(record, ['type', 'marketoFieldType'])]
    problems.push(risky(typeAt, 'unusual', `Marketo’s own type of this field is ${known.type}, and that one counts`))
  }
  const type = known?.type ?? given ?? 'string'
  const row = { trait, field, type, length: length ?? known?.length ?? null, ...shared }
  if (field === 'email' && row.default !== null) {
    problems.push(malformed('invalid', [...at, 'default'], 'a default for the email', mendEmail))
    return undefined
  }
  checkDefault(row, row.length, at, problems)
  return row
}

const mendEmail = 'all calls without an email would be about one lead: leave the default out'

/** A default goes the way of any other value; one that cannot be the type would be dropped from every event. */
const checkDefault = (
  row: Pick<TraitRow, 'default' | 'type' | 'transforms'>,
  length: number | null,
  at: Path,
  problems: Array<Problem>
): void => {
  if (row.default === null) return
  const out = through(compileRow('', '', row.type, length, row.transforms), row.default)
  if (typeof out === 'object') problems.push(malformed('invalid', [...at, 'default'], out.found, out.mend))
}

const attributePairs = [
  ['property', 'segmentProperty'],
  ['attribute', 'marketoAttributeName'],
  ['type', 'marketoAttributeType'],
  ['primary', 'primaryKey']
]

const attributeNames = [
  'property',
  'segmentProperty',
  'attribute',
  'marketoAttributeName',
  'type',
  'marketoAttributeType',
  'primary',
  'primaryKey',
  'default',
  'transforms'
]

const attributeRow: Reader<AttributeRow> = (u, at, problems) => {
  const record = aRecord(u, at, problems)
  if (record === undefined) return undefined
  warnOfUnknownKeys(record, at, attributeNames, problems)
  warnOfBoth(record, at, attributePairs, problems)
  const property = requiredMember(
    record,
    at,
    ['property', 'segmentProperty'],
    nonBlank,
    'name the property of the track call',
    problems
  )
  const attribute = requiredMember(
    record,
    at,
    ['attribute', 'marketoAttributeName'],
    nonBlank,
    'name the attribute by its API name',
    problems
  )
  const type = member(record, at, ['type', 'marketoAttributeType'], orNull(valueType), null, problems)
  const primary = member(record, at, ['primary', 'primaryKey'], aBoolean, false, problems)
  const shared = readShared(record, at, problems)
  if (property === undefined || attribute === undefined || type === undefined || primary === undefined) return undefined
  const row = { property, attribute, type: type ?? 'string', primary, ...shared }
  checkDefault(row, null, at, problems)
  return row
}

const eventPairs = [
  ['activityTypeId', 'marketoActivityId'],
  ['attributes', 'segmentProperty']
]

const eventNames = ['event', 'activityTypeId', 'marketoActivityId', 'attributes', 'segmentProperty']

const eventRow: Reader<EventRow> = (u, at, problems) => {
  const record = aRecord(u, at, problems)
  if (record === undefined) return undefined
  warnOfUnknownKeys(record, at, eventNames, problems)
  warnOfBoth(record, at, eventPairs, problems)
  const event = requiredMember(record, at, ['event'], nonBlank, 'name the track event', problems)
  const activityTypeId = requiredMember(
    record,
    at,
    ['activityTypeId', 'marketoActivityId'],
    wholeNumber(1, Number.MAX_SAFE_INTEGER),
    'give the number of the custom activity, as Marketo Custom Activities shows it',
    problems
  )
  const listName = givenName(record, ['attributes', 'segmentProperty'])
  const attributes = member(record, at, [listName], listOf(placed(attributeRow, attributeClaim)), [], problems)
  if (attributes !== undefined) {
    const sent = ownMember(record, listName)
    checkAttributes(attributes, Array.isArray(sent) && attributes.length < sent.length, [...at, listName], problems)
  }
  return event === undefined || activityTypeId === undefined || attributes === undefined
    ? undefined
    : { event, activityTypeId, attributes: attributes.map(({ row }) => row) }
}

const attributeClaim = ['attribute', 'marketoAttributeName']

/** `isCut`: some row could not be read, and may have been the primary one. */
const checkAttributes = (
  attributes: ReadonlyArray<Placed<AttributeRow>>,
  isCut: boolean,
  at: Path,
  problems: Array<Problem>
): void => {
  const primaries = attributes.filter(({ row }) => row.primary).length
  if (primaries === 0 && !isCut)
    problems.push(missing('invalid', at, 'mark one attribute as primary: Marketo shows it with a red star'))
  if (primaries > 1)
    problems.push(malformed('invalid', at, `${primaries} primary attributes`, 'mark just one attribute as primary'))
  const most = definitionLimits.customActivityAttributes
  if (attributes.length - primaries > most) {
    problems.push(
      malformed(
        'invalid',
        at,
        `${attributes.length - primaries} further attributes`,
        `a custom activity takes ${most} besides the primary one`
      )
    )
  }
  refuseTwins(attributes, (row) => row.attribute, 'two rows claim one attribute: keep one of them', problems)
}

/** Form ids come as numbers, digits, or digits with something behind them, of which Segment's own code reads the number in front. */
const formNumber: Reader<number> = (u, at, problems) =>
  wholeNumber(1, 2_147_483_647)(typeof u === 'string' ? (/^\s*\d+/.exec(u)?.[0] ?? u) : u, at, problems)

const names = (name: keyof Settings): ReadonlyArray<string> => namesOf(name, settingRows[name])

const nothing: Path = []

const readSettings = (u: unknown, problems: Array<Problem>): Settings | undefined => {
  const record = aRecord(u, nothing, problems)
  if (record === undefined) return undefined
  checkNames(record, settingRows, knownUnread, problems)
  const read = <A, B>(name: keyof Settings, reader: Reader<A>, fallback: B): A | B =>
    member(record, nothing, names(name), reader, fallback, problems) ?? fallback
  const id = requiredMember(
    record,
    nothing,
    names('munchkinId'),
    munchkinId,
    'give the Munchkin account id (Marketo: Admin, Munchkin)',
    problems
  )
  const beta = member(record, nothing, ['beta'], aBoolean, false, problems)
  const traits = read('traits', listOf(placed(traitRow, ['field', 'marketoFieldName'])), [])
  const events = read('events', listOf(placed(eventRow, ['event'])), [])
  refuseTwins(traits, (row) => row.field, 'two rows claim one lead field: keep one of them', problems)
  refuseTwins(events, (row) => row.event, 'two rows map one event: keep one of them', problems)
  const others: Omit<Settings, 'munchkinId'> = {
    mode: read('mode', oneOf(['cloud', 'device', 'hybrid']), beta === true ? 'hybrid' : 'cloud'),
    anonymousActivity: read('anonymousActivity', aBoolean, false),
    createLead: read('createLead', aBoolean, true),
    clearOnNull: read('clearOnNull', aBoolean, false),
    partitionName: read('partitionName', orNull(nonBlank), null),
    pageOrigin: read('pageOrigin', orNull(origin), null),
    pathLookup: read('pathLookup', aBoolean, false),
    attributeKey: read('attributeKey', oneOf(['apiName', 'name']), 'apiName'),
    companyFields: read('companyFields', oneOf(['send', 'omit']), 'send'),
    genderField: readGenderField(record, problems),
    birthday: read('birthday', oneOf(['day', 'verbatim']), 'day'),
    postalCode: read('postalCode', listOf(oneOf(['zip', 'postalCode'])), ['zip', 'postalCode']),
    nameSplit: read('nameSplit', oneOf(['words', 'facade']), 'words'),
    identity: read('identity', listOf(oneOf(['email', 'userId', 'anonymousId'])), ['email', 'userId', 'anonymousId']),
    invalidEmail: read('invalidEmail', oneOf(['invalid', 'next-key']), 'invalid'),
    emailPlaces: read('emailPlaces', listOf(oneOf(['traits', 'context.traits', 'properties', 'userId'])), [
      'context.traits',
      'properties',
      'userId'
    ]),
    userIdField: read('userIdField', marketoName, 'userId'),
    anonymousIdField: read('anonymousIdField', marketoName, 'anonymousId'),
    gateNames: read('gateNames', listOf(nonBlank), ['Marketo V2']),
    gateStyle: read('gateStyle', oneOf(['lenient', 'exact', 'explicit', 'facade', 'off']), 'lenient'),
    cookiePath: read('cookiePath', orNullList, null),
    browserPageUrl: read('browserPageUrl', oneOf(['path', 'verbatim']), 'path'),
    browserProfile: read('browserProfile', oneOf(['default', 'exact']), 'default'),
    browserZone: read('browserZone', minutes, 0),
    munchkinOptions: read('munchkinOptions', munchkinOptions, {}),
    formId: read('formId', orNull(formNumber), null),
    formHost: read('formHost', orNull(nonBlank), null),
    traits: traits.map(({ row }) => row),
    events: events.map(({ row }) => row)
  }
  checkWhole(others, traits, problems)
  return id === undefined ? undefined : { munchkinId: id, ...others }
}

/**
 * Settings from the shape that Segment stores or from our own. `Left`: they cannot be used, and every reason why. `Both`: they can,
 * with remarks (an unknown key and its nearest known name, an unusual choice).
 *
 * @example
 * const settings = decodeSettings({ accountId: '561-hyg-937', anonymousActivity: true })
 * settings._tag // => 'Right'
 * @category settings
 * @since 0.1.0
 */
export const decodeSettings: (u: unknown) => Remarked<Settings> = decoding(readSettings)

/** Null means that gender goes nowhere, which is not the same as absent. */
const readGenderField = (record: Readonly<Record<string, unknown>>, problems: Array<Problem>): string | null => {
  const read = member(record, nothing, ['genderField'], orNull(marketoName), 'gender', problems)
  return read === undefined ? 'gender' : read
}

/**
 * The settings as an io-ts codec, for use in codecs of your own. Errors carry path and mending; remarks are lost, so prefer
 * `decodeSettings`.
 *
 * @category settings
 * @since 0.1.0
 */
export const SettingsFromJson: t.Type<Settings, Settings, unknown> = /* @__PURE__ */ settingsCodec(
  'SettingsFromJson',
  decodeSettings
)

/** Where in a settings file a problem stands, for a message that names the file. */
export const settingPath = (problem: Problem): string => printPath(problem.at)
