/**
 * One event's names and kinds of values: what a migration needs to know of it.
 *
 *     { type: 'identify', traits: { email, plan: 'pro', address: { city, floor: 3 } } }
 *       → traits: plan (text of some types)      addressParts: floor
 *     { type: 'track', event: 'Trial Started', properties: { days: 14 } }
 *       → events: Trial Started, with days (a whole number)
 *
 * The traits that v2 reads by itself, in any spelling, are passed over. So is an event that its own `integrations` keep away from v2.
 *
 * Source: Segment "Marketo v2 Destination", Traits, Track, Migrating.
 *
 * @module
 */
import { isRecord, type UnknownRecord } from '../ground/json.js'
import { addressPartNames, addressPosition } from '../segment/address.js'
import { readUserAgent } from '../segment/context.js'
import { readCookieText } from '../segment/cookie-text.js'
import { readEmail } from '../segment/email.js'
import { eventTypes, readEvent, type SegmentEvent } from '../segment/event.js'
import { readUserId } from '../segment/identity.js'
import { readGate } from '../segment/integrations.js'
import { matchKeys, normalKey } from '../segment/key.js'
import { recordOf } from '../segment/record.js'
import { position, readStandardTraits, standardPosition } from '../segment/standard-traits.js'
import type { Settings } from '../v1/settings.js'
import { blankFact, type Fact, type Facts, longestName, mostNames, newTallies, noFacts, type Tally } from './facts.js'
import { looksOf } from './looks.js'

/** The name by which an event's `integrations` switch v2 off. */
export const v2GateNames: ReadonlyArray<string> = ['Marketo V2']

const half = 65_536

/** A number from 0 to 65,535 for a text: enough to tell that two differ, too little to tell what they are. */
const checkNumber = (text: string): number => {
  let hash = 7
  for (let i = 0; i < text.length; i += 1) hash = (hash * 31 + text.charCodeAt(i)) % 4_294_967_291
  return (hash ^ (hash >>> 16)) & (half - 1)
}

const isScalar = (value: unknown): value is string | number | boolean =>
  typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value)

/** What one value says of its name; nothing for undefined, which JSON does not know. */
const factOf = (name: string, value: unknown): Fact | undefined => {
  if (value === undefined) return undefined
  const blank = blankFact(name)
  if (value === null || value === '') return { ...blank, silent: 1 }
  if (!isScalar(value)) return { ...blank, structures: 1 }
  const text = String(value)
  const check = checkNumber(text)
  return { ...blank, values: 1, looks: looksOf(value), longest: text.length, low: check, high: check }
}

/** Facts of different names, in the order of the alphabet. */
const byName = (a: Fact, b: Fact): number => (a.name < b.name ? -1 : 1)

/** The first names of a list in that order. */
const inOrder = (facts: ReadonlyArray<Fact>, most: number): ReadonlyArray<Fact> =>
  [...facts].sort(byName).slice(0, most)

const isKept = (name: string): boolean => name.length <= longestName

const addressPart = matchKeys(addressPartNames)

const idNames: ReadonlyArray<string> = ['id', 'userid', 'anonymousid']

type Count = (tally: Tally) => void

/** The parts of an address that no row of v2 reads. */
const watchAddress = (address: UnknownRecord, parts: Array<Fact>, count: Count): void => {
  const found = new Set<number>()
  for (const key of Object.keys(address)) {
    const part = addressPart(key)
    const fact = factOf(key, address[key])
    if (fact === undefined) continue
    if (part >= 0) found.add(part)
    else if (isKept(key)) parts.push(fact)
  }
  if (found.has(addressPosition.street)) count('withStreet')
  if (found.has(addressPosition.zip) && found.has(addressPosition.postalCode)) count('withTwoPostalCodes')
}

const watchIdentify = (event: SegmentEvent, count: Count): Pick<Facts, 'traits' | 'addressParts'> => {
  const traits = recordOf(event.traits)
  const known = readStandardTraits(traits)
  const custom: Array<Fact> = []
  const parts: Array<Fact> = []
  for (const key of Object.keys(traits)) {
    if (standardPosition(key) >= 0) continue
    const fact = factOf(key, traits[key])
    if (fact === undefined) continue
    if (idNames.includes(normalKey(key))) {
      count('withIdTrait')
      continue
    }
    count('traitsSeen')
    if (isKept(key)) custom.push(fact)
  }
  const address = known.values[position.address]
  if (isRecord(address)) watchAddress(address, parts, count)
  if (known.values[position.name] !== undefined) count('withName')
  if (readEmail(event, undefined, known) === undefined) count('withoutEmail')
  return { traits: inOrder(custom, mostNames.traits), addressParts: inOrder(parts, mostNames.addressParts) }
}

const watchTrack = (name: string, properties: UnknownRecord, count: Count): Pick<Facts, 'events'> => {
  const facts: Array<Fact> = []
  for (const key of Object.keys(properties)) {
    const fact = factOf(key, properties[key])
    if (fact !== undefined && isKept(key)) facts.push(fact)
  }
  count('eventsSeen')
  if (facts.length > 0) count('withProperties')
  return { events: isKept(name) ? [{ name, calls: 1, properties: inOrder(facts, mostNames.properties) }] : [] }
}

const unreadable: Facts = { ...noFacts, tallies: { ...noFacts.tallies, seen: 1, unreadable: 1 } }

/** Reads each member once: one that answers the second time with something else is none of ours to sort out. */
const readFacts = (settings: Settings, event: SegmentEvent): Facts => {
  const sent: unknown = event.type
  const type = eventTypes.find((known) => known === sent)
  const name: unknown = event.event
  if (type === undefined || (type === 'track' && typeof name !== 'string')) return unreadable
  const counts = newTallies()
  const count: Count = (tally) => {
    counts[tally] += 1
  }
  count('seen')
  if (readGate(event, v2GateNames, settings.gateStyle) !== undefined) {
    count('ignored')
    return { ...noFacts, tallies: counts }
  }
  count(type)
  if (readGate(event, settings.gateNames, settings.gateStyle) !== undefined) count('switchedOffForV1')
  if (readCookieText(event, [], settings.cookiePath ?? undefined) !== undefined) count('withCookie')
  if ((type === 'identify' || type === 'track' || type === 'page') && readUserId(event) === undefined)
    count('withoutUserId')
  if (type === 'page' && readUserAgent(event) === undefined) count('pagesWithoutAgent')
  if (type === 'identify') return { ...noFacts, ...watchIdentify(event, count), tallies: counts }
  if (type !== 'track' || typeof name !== 'string') return { ...noFacts, tallies: counts }
  return { ...noFacts, ...watchTrack(name, recordOf(event.properties), count), tallies: counts }
}

/** What one value says; one that is no event, or that cannot be read, is counted as such. */
export const factsOf = (settings: Settings, u: unknown): Facts => {
  try {
    const event = readEvent(u, [])
    return event === undefined ? unreadable : readFacts(settings, event)
  } catch {
    return unreadable
  }
}
