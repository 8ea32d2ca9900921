/**
 * Traits or properties with their nested objects laid out flat beside them.
 *
 *     { plan: { name: 'Pro', seats: { free: 2 } } }
 *       → { plan: …, plan_name: 'Pro', plan_seats_free: 2 }
 *     { address: { city: 'Lyon', postalCode: '69001' } }
 *       → { address: …, city: 'Lyon', postalCode: '69001', address_city: 'Lyon', … }
 *
 * What was there stays, and a name that is taken is left to whoever has it. Lists are no objects.
 *
 * @module
 */
import { isRecord, ownMember, type UnknownRecord } from '../../ground/json.js'
import { addressPartNames } from '../../segment/address.js'

const deepest = 6

/** More names than anybody maps. */
const mostNames = 500

type Names = Map<string, unknown>

const lay = (names: Names, record: UnknownRecord, before: string, separator: string, depth: number): void => {
  for (const key of Object.keys(record)) {
    if (names.size >= mostNames) return
    const value = ownMember(record, key)
    const name = before + key
    if (isRecord(value) && depth < deepest) lay(names, value, name + separator, separator, depth + 1)
    else if (!names.has(name)) names.set(name, value)
  }
}

/** The parts of an address as traits of their own. */
const lift = (names: Names, traits: UnknownRecord): void => {
  const address = ownMember(traits, 'address')
  if (!isRecord(address)) return
  for (const part of addressPartNames) {
    const value = ownMember(address, part)
    if (value !== undefined && !names.has(part)) names.set(part, value)
  }
}

/** The record with what its nested objects hold; with `lifts` also the parts of its address. @internal */
export const flattened = (record: UnknownRecord, separator: string, lifts: boolean): UnknownRecord => {
  const names: Names = new Map(Object.keys(record).map((key) => [key, ownMember(record, key)]))
  if (lifts) lift(names, record)
  for (const key of Object.keys(record)) {
    const value = ownMember(record, key)
    if (isRecord(value)) lay(names, value, key + separator, separator, 1)
  }
  return Object.fromEntries(names)
}
