/**
 * Reads v1 settings: by Segment's names, or by ours.
 *
 *     Segment's        ours
 *     accountId        munchkinId
 *     projectId        projectId
 *     host             signerOrigin
 *
 * Every mistake is gathered with its path. Credentials are looked past, with a warning for the private key: these settings go to pages.
 *
 * Source: Segment "Marketo Destination", Getting Started; its marketo device integration 2.0.2.
 *
 * @module
 */
import type * as t from 'io-ts'
import { marketoName, minutes, munchkinId, munchkinOptions, origin, orNullList } from '../contract/setting-readers.js'
import { checkNames, namesOf, settingsCodec } from '../contract/setting-rows.js'
import { isAgent } from '../contract/visit.js'
import { ownMember } from '../ground/json.js'
import { conflict, malformed, type Problem, risky } from '../ground/problem.js'
import {
  aBoolean,
  aRecord,
  decoding,
  listOf,
  member,
  nonBlank,
  oneOf,
  orNull,
  type Reader,
  requiredMember
} from '../ground/reading.js'
import type { Remarked } from '../ground/these.js'
import { unfitPart } from '../ground/uri.js'
import { credentialNames, settingRows } from './setting-names.js'
import type { Settings } from './settings.js'

const names = (name: keyof Settings): ReadonlyArray<string> => namesOf(name, settingRows[name])

/** Text that can be a part of an address. */
const part: Reader<string> = (u, at, problems) => {
  const text = nonBlank(u, at, problems)
  const found = text === undefined ? undefined : unfitPart(text)
  if (found === undefined) return text
  problems.push(malformed('invalid', at, found, 'expected the id of the project, a part of an address'))
  return undefined
}

const agent: Reader<string> = (u, at, problems) => {
  const text = nonBlank(u, at, problems)
  if (text === undefined || isAgent(text)) return text
  problems.push(malformed('invalid', at, 'text that no header can hold', 'expected printable text in one line'))
  return undefined
}

const mendKey = 'these settings go to pages, where everybody can read them: keep the key with your signer'
const mendTwice = 'two settings name one lead field: name another one'

const checkWhole = (
  { userIdField, anonymousIdField }: Pick<Settings, 'userIdField' | 'anonymousIdField'>,
  record: Readonly<Record<string, unknown>>,
  problems: Array<Problem>
): void => {
  if (userIdField === anonymousIdField)
    problems.push(conflict('invalid', ['anonymousIdField'], ['userIdField'], mendTwice))
  if (ownMember(record, 'privateKey') !== undefined) problems.push(risky(['privateKey'], 'key-in-browser', mendKey))
}

/** Null means that a call without a user agent is refused, which is not the same as absent. */
const readUserAgent = (record: Readonly<Record<string, unknown>>, problems: Array<Problem>): string | null => {
  const read = member(record, [], ['userAgent'], orNull(agent), 'segment-marketo', problems)
  return read === undefined ? 'segment-marketo' : read
}

const readSettings = (u: unknown, problems: Array<Problem>): Settings | undefined => {
  const record = aRecord(u, [], problems)
  if (record === undefined) return undefined
  checkNames(record, settingRows, credentialNames, problems)
  const read = <A, B>(name: keyof Settings, reader: Reader<A>, fallback: B): A | B =>
    member(record, [], names(name), reader, fallback, problems) ?? fallback
  const id = requiredMember(
    record,
    [],
    names('munchkinId'),
    munchkinId,
    'give the Munchkin account id (Marketo: Admin, Munchkin)',
    problems
  )
  const others: Omit<Settings, 'munchkinId'> = {
    projectId: read('projectId', orNull(part), null),
    signerOrigin: read('signerOrigin', origin, 'https://api.segment.io'),
    clientNaming: read('clientNaming', oneOf(['renames', 'server', 'none']), 'renames'),
    clientEmail: read('clientEmail', oneOf(['trait-or-userId', 'trait']), 'trait-or-userId'),
    trackUrl: read('trackUrl', oneOf(['dashed', 'undashed']), 'dashed'),
    trackParams: read('trackParams', oneOf(['encoded', 'clean']), 'encoded'),
    withoutCookie: read('withoutCookie', oneOf(['derive', 'cookie-only']), 'derive'),
    secondVisitors: read('secondVisitors', oneOf(['warn', 'accept']), 'warn'),
    associateVisitors: read('associateVisitors', aBoolean, true),
    userIdField: read('userIdField', marketoName, 'UserId'),
    anonymousIdField: read('anonymousIdField', marketoName, 'AnonymousId'),
    userAgent: readUserAgent(record, problems),
    pageOrigin: read('pageOrigin', orNull(origin), null),
    cookiePath: read('cookiePath', orNullList, null),
    postalCode: read('postalCode', listOf(oneOf(['postalCode', 'zip'])), ['postalCode', 'zip']),
    nameSplit: read('nameSplit', oneOf(['words', 'facade']), 'words'),
    gateNames: read('gateNames', listOf(nonBlank), ['Marketo']),
    gateStyle: read('gateStyle', oneOf(['lenient', 'exact', 'explicit', 'facade', 'off']), 'lenient'),
    firstPage: read('firstPage', oneOf(['mapped', 'init']), 'mapped'),
    munchkinOptions: read('munchkinOptions', munchkinOptions, {}),
    browserPageUrl: read('browserPageUrl', oneOf(['path', 'verbatim']), 'path'),
    browserProfile: read('browserProfile', oneOf(['default', 'exact']), 'default'),
    browserIsoDates: read('browserIsoDates', aBoolean, true),
    browserZone: read('browserZone', minutes, 0)
  }
  checkWhole(others, record, problems)
  return id === undefined ? undefined : { munchkinId: id, ...others }
}

/**
 * Settings by Segment's names or by our own. `Left`: they cannot be used, and every reason why. `Both`: they can, with remarks.
 *
 * @example
 * const settings = decodeSettings({ accountId: '561-hyg-937', projectId: 'p1' })
 * settings._tag // => 'Right'
 * @category settings
 * @since 0.1.0
 */
export const decodeSettings: (u: unknown) => Remarked<Settings> = decoding(readSettings)

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
