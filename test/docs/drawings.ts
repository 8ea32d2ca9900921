/**
 * The drawn parts of the guides, each from the table that the library itself works by.
 */
import * as O from 'fp-ts/Option'
import type { SettingRow } from '../../src/contract/setting-rows.js'
import type { Json } from '../../src/ground/json.js'
import { builtInActivityName } from '../../src/marketo/activity-types.js'
import {
  type ErrorCodeOverride,
  type ErrorLevel,
  errorCodeOverrides,
  errorCodes
} from '../../src/marketo/error-codes.js'
import { leadFieldByRest, leadFields } from '../../src/marketo/lead-fields.js'
import * as limits from '../../src/marketo/limits.js'
import { soapFaults } from '../../src/marketo/soap-faults.js'
import { settingRows as v1SettingRows } from '../../src/v1/setting-names.js'
import { groupAddressRows, groupRows, standardRows } from '../../src/v2/lead-rows.js'
import { settingRows } from '../../src/v2/setting-names.js'
import type { Settings } from '../../src/v2/settings.js'
import { policyOf, policyRows } from '../../src/writeback/conflict/policy.js'
import { explainReason, reasons } from '../../src/writeback/conflict/reasons.js'
import { fieldSettingRows } from '../../src/writeback/conflict/setting-rows.js'
import { knownEvents } from '../../src/writeback/event-table.js'
import { loopSettingRows } from '../../src/writeback/loop/settings.js'
import type { PropertyRow } from '../../src/writeback/settings.js'
import { drawScaling } from '../scale/figures.js'
import { settingsOf } from '../writeback/conflict/given.js'
import { constantsOf, interfacesOf, wordsOf } from './declared.js'
import { drawLaws } from './laws.js'
import { drawLicences } from './licences.js'
import { drawLifecycle } from './lifecycle.js'
import { cell, code, type Drawing, type Drawings, table } from './markdown.js'
import { mutationParts } from './mutation.js'
import { drawRecipe } from './recipe-pages.js'
import { sourceDrawings } from './source-pages.js'

const fieldOf = (rest: string) => O.toUndefined(leadFieldByRest(rest))

const standardTraits = (): string =>
  table(
    ['Trait', 'REST name', 'SOAP name', 'Type'],
    standardRows.map(({ trait, field }) => {
      const known = fieldOf(field)
      const traits = trait.split(', ').map(code).join(', ')
      return [traits, code(field), known?.soap ? code(known.soap) : 'none', known?.type ?? 'not published']
    })
  )

const groupTraits = (): string =>
  table(
    ['Group trait', 'Lead field'],
    [...groupRows, ...groupAddressRows.map((row) => ({ ...row, trait: `address.${row.trait}` }))].map(
      ({ trait, field }) => [code(trait), code(field)]
    )
  )

type SettingName = keyof Settings

/** Settings in groups, for people; a test sees to it that each stands in one. */
export const settingGroups: Readonly<Record<string, ReadonlyArray<SettingName>>> = {
  instance: ['munchkinId', 'mode', 'partitionName', 'gateNames', 'gateStyle'],
  identity: [
    ...(['anonymousActivity', 'createLead', 'identity', 'emailPlaces', 'invalidEmail'] as const),
    ...(['userIdField', 'anonymousIdField'] as const)
  ],
  fields: [
    ...(['traits', 'pathLookup', 'clearOnNull', 'nameSplit', 'postalCode'] as const),
    ...(['birthday', 'companyFields', 'genderField'] as const)
  ],
  events: ['events', 'attributeKey'],
  pages: ['pageOrigin', 'cookiePath'],
  browser: ['formId', 'formHost', 'munchkinOptions', 'browserPageUrl', 'browserProfile', 'browserZone']
}

const valueText = (value: Json | undefined): string => {
  if (value === undefined) return 'must be given'
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map((item) => valueText(item)).join(', ')
  return code(typeof value === 'string' ? value : JSON.stringify(value))
}

const settings = ([group = '']: ReadonlyArray<string>): string =>
  table(
    ['Setting', 'Takes', 'Default', 'What it decides'],
    (settingGroups[group] ?? []).map((name) => {
      const { takes, fallback, about } = settingRows[name]
      return [code(name), cell(takes), valueText(fallback), cell(about)]
    })
  )

const segmentNames = (): string =>
  table(
    ['Ours', "Segment's"],
    Object.entries(settingRows).flatMap(([name, { segment }]) =>
      segment === null ? [] : [[code(name), code(segment)]]
    )
  )

const v1Settings = (): string =>
  table(
    ['Setting', "Segment's", 'Takes', 'Default', 'What it decides'],
    Object.entries(v1SettingRows).map(([name, { segment, takes, fallback, about }]) => [
      code(name),
      segment === null ? '' : code(segment),
      cell(takes),
      valueText(fallback),
      cell(about)
    ])
  )

const policyTable = (): string =>
  table(
    ['Policy', 'Rule', 'Good for'],
    Object.entries(policyRows).map(([name, { rule, goodFor }]) => [code(name), cell(rule), cell(goodFor)])
  )

/** The fields that have a policy of their kind, by policy. */
const policiesByKind = (): string => {
  const policyFor = policyOf(settingsOf({}))
  const byPolicy = new Map<string, Array<string>>()
  for (const { rest } of leadFields) {
    const { policy } = policyFor(rest)
    if (policy !== 'newest') byPolicy.set(policy, [...(byPolicy.get(policy) ?? []), code(rest)])
  }
  return table(
    ['Policy', 'Fields'],
    [...byPolicy].map(([policy, fields]) => [code(policy), fields.join(', ')])
  )
}

const plainSettings = (rows: Readonly<Record<string, SettingRow>>): string =>
  table(
    ['Setting', 'Takes', 'Default', 'What it decides'],
    Object.entries(rows).map(([name, { takes, fallback, about }]) => [
      code(name),
      cell(takes),
      valueText(fallback),
      cell(about)
    ])
  )

const reasonTable = (): string =>
  table(
    ['Reason', 'Sentence'],
    wordsIn(reasons).map((reason) => [code(reason), cell(explainReason(reason, 'segment'))])
  )

const wordsIn = <K extends string>(record: Readonly<Record<K, string>>): ReadonlyArray<K> => {
  const words: Array<K> = []
  for (const word in record) words.push(word)
  return words
}

const soapFaultTable = (): string =>
  table(
    ['Code', 'Name', 'Remedy'],
    Object.entries(soapFaults).map(([number, { name, remedy }]) => [code(number), cell(name), code(remedy)])
  )

const sentence = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`

const rules = (): string =>
  table(
    ['Rule', 'It keeps back'],
    wordsOf('src/ground/problem.ts', 'Rule').map(({ name, about }) => [code(name), cell(sentence(about))])
  )

const problemKinds = (): string =>
  table(
    ['Kind', 'Means'],
    interfacesOf('src/ground/problem.ts', 'Problem').map(({ name, about }) => [code(name), cell(about)])
  )

const remedies = (): string =>
  table(
    ['Remedy', 'Do'],
    wordsOf('src/marketo/error-codes.ts', 'Remedy').map(({ name, about }) => [code(name), cell(sentence(about))])
  )

const levelTitles: Readonly<Record<ErrorLevel, string>> = {
  http: 'a bare HTTP status',
  identity: 'the identity endpoint',
  response: 'the whole answer',
  record: 'one record',
  'data-ingestion': 'the Data Ingestion API'
}

const errorTable = ([level = '']: ReadonlyArray<string>): string => {
  const rows = Object.entries(errorCodes).filter(([, row]) => row.listed === level)
  const elsewhere = rows.some(([, row]) => row.elsewhere)
  return table(
    ['Code', 'Name', 'Remedy', 'Quota', ...(elsewhere ? ['Whole answer too'] : [])],
    // Object keys that look like numbers come in the order of numbers.
    rows.map(([number, row]) => [
      code(number),
      cell(row.name),
      code(row.remedy),
      row.quota,
      ...(elsewhere ? [row.elsewhere ? 'yes' : ''] : [])
    ])
  )
}

const circumstances = ({ level, operation, words }: ErrorCodeOverride): string => {
  const purposes = wordsOf('src/marketo/error-codes.ts', 'Operation')
  const purpose = purposes.find(({ name }) => name === operation)
  return [
    ...(level === null ? [] : [`as an error of ${levelTitles[level]}`]),
    ...(purpose === undefined ? [] : [`for ${code(purpose.name)}: ${purpose.about}`]),
    ...(words.length === 0 ? [] : [`the message holds ${words.map((word) => `“${word}”`).join(' and ')}`])
  ].join('; ')
}

const errorOverrides = (): string =>
  table(
    ['Code', 'When', 'Remedy'],
    errorCodeOverrides.map((row) => [code(row.code), cell(circumstances(row)), code(row.remedy)])
  )

const valuesOf = (constant: unknown): ReadonlyMap<string, unknown> =>
  new Map(typeof constant === 'object' && constant !== null ? Object.entries(constant) : [])

/** A number with its thousands apart. */
const amount = (value: unknown): string =>
  typeof value === 'number' ? String(value).replace(/\B(?=(\d{3})+$)/g, ',') : String(value)

const limitGroup = (name: string): string => {
  const said = constantsOf('src/marketo/limits.ts').find((constant) => constant.name === name)
  if (said === undefined) return ''
  const values = valuesOf(valuesOf(limits).get(name))
  const [about = '', source = ''] = said.about.split(/\s*Source: /)
  const remarks = said.members.some((member) => member.about !== '')
  const rows = said.members.map((member) => [
    code(member.name),
    amount(values.get(member.name)),
    ...(remarks ? [cell(member.about)] : [])
  ])
  const head = ['Name', 'Limit', ...(remarks ? ['Remark'] : [])]
  return [cell(about), table(head, rows), ...(source === '' ? [] : [`Source: ${cell(source)}`])].join('\n\n')
}

const propertyText = ({ property, from, type }: PropertyRow): string => {
  const source = from.startsWith('primaryAttribute') || /^[a-z]/.test(from) ? code(from) : from
  return `${code(property)} ← ${source}${type === 'text' ? '' : ` (${type})`}`
}

const writeBackEvents = (): string =>
  table(
    ['Type', 'Activity', 'Event', 'Properties'],
    knownEvents.map(({ activityTypeId, event, properties, constants }) => [
      String(activityTypeId),
      cell(builtInActivityName(activityTypeId) ?? ''),
      code(event),
      cell(
        [
          ...Object.entries(constants).map(([name, value]) => `${code(name)}: ${code(value)}`),
          ...properties.map(propertyText)
        ].join(', ')
      )
    ])
  )

/** Every drawing, by the name that pages give it. */
export const drawings: Drawings = new Map<string, Drawing>([
  ['standard-traits', standardTraits],
  ['group-traits', groupTraits],
  ['settings', settings],
  ['segment-names', segmentNames],
  ['v1-settings', v1Settings],
  ['lifecycle', drawLifecycle],
  ['conflict-policies', policyTable],
  ['conflict-kinds', policiesByKind],
  ['conflict-settings', () => plainSettings(fieldSettingRows)],
  ['conflict-reasons', reasonTable],
  ['loop-settings', () => plainSettings(loopSettingRows)],
  ['soap-faults', soapFaultTable],
  ['rules', rules],
  ['problem-kinds', problemKinds],
  ['remedies', remedies],
  ['error-codes', errorTable],
  ['error-overrides', errorOverrides],
  ['limits', ([name = '']) => limitGroup(name)],
  ['recipe', drawRecipe],
  ['write-back-events', writeBackEvents],
  ...sourceDrawings,
  ['licences', drawLicences],
  ['mutation', ([part = '']) => mutationParts.get(part)?.() ?? ''],
  ['scaling', drawScaling],
  ['laws', () => drawLaws()]
])
