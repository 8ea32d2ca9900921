/**
 * The exact profile: what Segment's own browser code of v1 hands to Munchkin, quirks included.
 *
 *     page      the url as it came, its query beside it
 *     track     names and keys not encoded, lists joined by commas, objects as [object Object]
 *     identify  every trait under its own name, seven renamed, id and userId, objects as they are
 *
 * Its library turns every ISO-looking text into a date first; here a date is its ISO text, a missing member is absent instead of
 * undefined, and the zone for times without one is a setting instead of the machine's.
 *
 * Source: Segment's marketo device integration 2.0.2 and facade 3.4.10, as recorded in their vectors.
 *
 * @module
 */
import { isRecord, type Json, kindOf, type UnknownRecord } from '../ground/json.js'
import type { Path } from '../ground/path.js'
import { malformed, missing, type Problem } from '../ground/problem.js'
import { isWellFormed } from '../ground/utf8.js'
import type { Findings } from '../intent/mapped.js'
import { readEmail } from '../segment/email.js'
import type { IdentifyEvent, PageEvent, TrackEvent } from '../segment/event.js'
import { dateText } from '../segment/iso-text.js'
import { looseMember } from '../segment/key.js'
import { readNames } from '../segment/names.js'
import { readPageAddress } from '../segment/page-url.js'
import { readPhone } from '../segment/phone.js'
import { recordOf } from '../segment/record.js'
import { readStandardTraits } from '../segment/standard-traits.js'
import type { Compiled } from './compile.js'
import { eventUrl } from './event-url.js'
import { type Signing, signatureFor } from './identify.js'
import type { Settings } from './settings.js'

/** A text as Segment's library has it: an ISO-looking one is a date. */
const seen = (text: string, { browserIsoDates, browserZone }: Settings): string =>
  browserIsoDates ? dateText(text, browserZone) : text

/** How deep a value may go, and of how many parts it may be: what holds itself has no end, and grows with every level. */
const deepest = 64
const mostParts = 20_000

/** The parts of one value seen so far. */
interface Count {
  parts: number
}

/** A value as JSON, its dates made texts; undefined for what JSON does not have, and for what goes too deep or too far. */
const jsonOf = (u: unknown, settings: Settings, count: Count, depth = 0): Json | undefined => {
  count.parts += 1
  if (typeof u === 'string') return seen(u, settings)
  if (u === null || typeof u === 'boolean') return u
  if (typeof u === 'number') return Number.isFinite(u) ? u + 0 : undefined
  if (depth >= deepest) count.parts = mostParts + 1
  if (count.parts > mostParts) return undefined
  if (Array.isArray(u))
    return Array.from(u.slice(0, mostParts), (item: unknown) => jsonOf(item, settings, count, depth + 1) ?? null)
  if (!isRecord(u)) return undefined
  return Object.fromEntries(
    Object.keys(u).flatMap((key) => {
      const member = jsonOf(u[key], settings, count, depth + 1)
      return member === undefined ? [] : [[key, member] as const]
    })
  )
}

/** Fields in the making: a map keeps Segment's order and has no member that a name could touch. */
interface Draft {
  readonly fields: Map<string, Json>
  readonly settings: Settings
  readonly problems: Array<Problem>
}

/** Writes a value, or says that it is no JSON; where it stands is null when that was said already. */
const put = ({ fields, settings, problems }: Draft, name: string, value: unknown, at: Path | null): void => {
  if (value === undefined) return
  const count: Count = { parts: 0 }
  const json = jsonOf(value, settings, count)
  const found = count.parts > mostParts ? `${kindOf(value)} without end` : kindOf(value)
  if (json !== undefined && count.parts <= mostParts) fields.set(name, json)
  else if (at !== null) problems.push(malformed('dropped', at, found, 'send plain JSON'))
}

/** A trait in any spelling, as Segment's library looks it up. */
const loosely = (traits: UnknownRecord, name: string): unknown => looseMember(traits, name)?.value

const mendEmail = 'send the email trait, or an email as userId'

/** Maps an identify call for the browser exactly as Segment's own code does. */
export const mapIdentifyExactly = (
  { settings }: Compiled,
  signing: Signing | undefined,
  event: IdentifyEvent,
  { intents, problems }: Findings
): void => {
  const traits = recordOf(event.traits)
  const standard = readStandardTraits(traits)
  // A falsy trait counts as none there; ours counts only null and empty text so.
  const sent = readEmail(event, ['traits'], standard)
  const email = sent?.value ? sent : readEmail(event, ['userId'])
  if (email === undefined) {
    problems.push(missing('invalid', ['traits', 'email'], mendEmail))
    return
  }
  if (typeof email.value !== 'string' || !isWellFormed(email.value)) {
    problems.push(malformed('invalid', email.at, kindOf(email.value), mendEmail))
    return
  }
  const signature = signatureFor(settings, signing, seen(email.value, settings), problems)
  if (signature === undefined) return
  const draft: Draft = { fields: new Map(), settings, problems }
  for (const trait of Object.keys(traits)) put(draft, trait, traits[trait], ['traits', trait])
  const { userId } = event
  if (userId) put(draft, 'id', userId, ['userId'])
  const { first, last } = readNames(standard, 'facade')
  const phone = readPhone(standard)
  const renames: ReadonlyArray<readonly [string, string, unknown]> = [
    ['address', 'Address', loosely(traits, 'address')],
    ['company', 'Company', loosely(traits, 'company')],
    ['email', 'Email', email.value],
    ['firstName', 'FirstName', first?.value],
    ['industry', 'Industry', loosely(traits, 'industry')],
    ['lastName', 'LastName', last?.value],
    ['phone', 'Phone', phone?.value]
  ]
  for (const [trait, field, value] of renames) {
    if (value === undefined || value === null) continue
    draft.fields.delete(trait)
    put(draft, field, value, null)
  }
  if (userId) put(draft, 'userId', userId, ['userId'])
  const address = loosely(traits, 'address')
  if (isRecord(address)) {
    draft.fields.delete('Address')
    for (const [part, field] of addressParts) put(draft, field, loosely(address, part), ['traits', 'address', part])
  }
  const fields = Object.fromEntries(draft.fields)
  intents.push({ _tag: 'AssociateLeadInBrowser', munchkinId: settings.munchkinId, fields, signature })
}

const addressParts = [
  ['city', 'City'],
  ['country', 'Country'],
  ['postalCode', 'PostalCode'],
  ['state', 'State']
] as const

const urlAt: Path = ['properties', 'url']
const mendUrl =
  'leave the url out or send one: with an empty one Segment’s own code reports the query of the page it runs on'

/** Maps a page call for the browser exactly as Segment's own code does; a page without a url is reported without one. */
export const mapPageExactly = ({ settings }: Compiled, event: PageEvent, { intents, problems }: Findings): void => {
  const { munchkinId } = settings
  const url = recordOf(event.properties).url
  if (url === undefined || url === null) {
    intents.push({ _tag: 'VisitPageInBrowser', munchkinId, url: null, params: '' })
    return
  }
  if (typeof url !== 'string' || url === '') {
    problems.push(malformed('invalid', urlAt, kindOf(url), mendUrl))
    return
  }
  const address = readPageAddress(url, urlAt, problems)
  if (address !== undefined) intents.push({ _tag: 'VisitPageInBrowser', munchkinId, url, params: address.params })
}

/** A value as a browser prints it. Lists are joined, their nulls empty; no object is asked for a text of its own. */
const printed = (u: unknown, settings: Settings, count: Count, depth = 0): string => {
  count.parts += 1
  if (typeof u === 'string') return seen(u, settings)
  if (Array.isArray(u)) {
    if (depth >= deepest) count.parts = mostParts + 1
    if (count.parts > mostParts) return ''
    return Array.from(u.slice(0, mostParts), (item: unknown) =>
      item === null || item === undefined ? '' : printed(item, settings, count, depth + 1)
    ).join(',')
  }
  if (typeof u === 'number' || typeof u === 'boolean' || u === null || u === undefined) return String(u)
  return '[object Object]'
}

const mendHalf = 'take out the halves of surrogate pairs'

/** Maps a track call for the browser exactly as Segment's own code does. */
export const mapTrackExactly = (
  { settings }: Compiled,
  event: TrackEvent,
  name: string,
  { intents, problems }: Findings
): void => {
  const properties = recordOf(event.properties)
  const url = eventUrl(name)
  let params = ''
  for (const key of Object.keys(properties)) {
    const count: Count = { parts: 0 }
    const text = printed(properties[key], settings, count)
    if (count.parts > mostParts)
      problems.push(malformed('dropped', ['properties', key], 'a list without end', 'send plain JSON'))
    else if (isWellFormed(text) && isWellFormed(key)) params += `${key}=${encodeURIComponent(text)}&`
    else problems.push(malformed('dropped', ['properties', key], 'text with half a surrogate pair', mendHalf))
  }
  if (isWellFormed(url)) intents.push({ _tag: 'VisitPageInBrowser', munchkinId: settings.munchkinId, url, params })
  else problems.push(malformed('invalid', ['event'], 'text with half a surrogate pair', mendHalf))
}
