/**
 * The standard rows: each trait that the contract knows, written into its field.
 *
 * Source: Segment "Marketo v2 Destination", Traits.
 *
 * @module
 */

import { kindOf } from '../ground/json.js'
import { conflict, malformed } from '../ground/problem.js'
import { readAddressPart, readAddressParts, readAddressText, readPostalCode } from '../segment/address.js'
import { readBirthday } from '../segment/birthday.js'
import { readCompany } from '../segment/company.js'
import type { Found } from '../segment/found.js'
import { isSameKey } from '../segment/key.js'
import { readNames } from '../segment/names.js'
import { readPhone } from '../segment/phone.js'
import { foundAt, type Picked, pathAt } from '../segment/pick.js'
import { readGender } from '../segment/profile.js'
import { position, type StandardTraits } from '../segment/standard-traits.js'
import type { Compiled, CompiledStandardRow } from './compile.js'
import { type CustomValues, isOverruled } from './custom-traits.js'
import { type Draft, put, stay } from './draft.js'

/** Writes what was found into its row's field, unless a custom row claims that field and has a value of its own. */
const give = (
  compiled: Compiled,
  row: CompiledStandardRow | undefined,
  found: Found<unknown> | undefined,
  custom: CustomValues,
  draft: Draft,
  note?: string
): void => {
  if (row === undefined || found === undefined || isEmptyList(found.value)) return
  if (row.contested >= 0 && isOverruled(compiled, row.contested, custom))
    stay(draft, found.at, 'a custom row claims the field')
  else put(draft, row, found.value, found.at, note)
}

const putNames = (compiled: Compiled, traits: StandardTraits, custom: CustomValues, draft: Draft): void => {
  const { firstName, lastName } = compiled.standard
  const { first, last } = readNames(traits, compiled.settings.nameSplit)
  // What more is said of the full name counts instead.
  if (draft.trace !== null && typeof traits.values[position.name] === 'string')
    stay(draft, pathAt(traits, position.name), 'firstName and lastName come first')
  // What is no text and what no full name replaces goes by the rules of any other value: null, a number, a list.
  give(compiled, firstName, first ?? foundAt(traits, position.firstName), custom, draft, noteOf(traits, first))
  give(compiled, lastName, last ?? foundAt(traits, position.lastName), custom, draft, noteOf(traits, last))
  if (first !== undefined) sayUnread(traits, position.firstName, draft)
  if (last !== undefined) sayUnread(traits, position.lastName, draft)
  if (first === undefined || last === undefined) sayUnread(traits, position.name, draft)
}

/** A name that is no text was passed over. */
const sayUnread = (traits: StandardTraits, position: number, draft: Draft): void => {
  const value = traits.values[position]
  if (value === undefined || value === null || typeof value === 'string' || isEmptyList(value)) return
  const found = kindOf(value)
  draft.problems.push(malformed('dropped', pathAt(traits, position), found, 'send names as text'))
  stay(draft, pathAt(traits, position), `dropped: found ${found}`)
}

const putAddress = (compiled: Compiled, traits: StandardTraits, custom: CustomValues, draft: Draft): void => {
  const { addressText, city, country, state, postalCode } = compiled.standard
  const parts = readAddressParts(traits)
  if (parts === undefined) return give(compiled, addressText, readAddressText(traits), custom, draft)
  give(compiled, city, readAddressPart(parts, 'city'), custom, draft)
  give(compiled, country, readAddressPart(parts, 'country'), custom, draft)
  give(compiled, state, readAddressPart(parts, 'state'), custom, draft)
  give(compiled, postalCode, readPostalCode(parts, compiled.settings.postalCode), custom, draft)
  if (parts.shadowed.length > 0) sayTwins(parts, isStreet, draft)
}

/** No standard row reads the street. */
const isStreet = (key: string): boolean => isSameKey(key, 'street')

/** Writes every standard row but the email, which the ids have written, into the draft. Written out: each event takes this road. */
export const putStandardTraits = (
  compiled: Compiled,
  traits: StandardTraits,
  custom: CustomValues,
  draft: Draft
): void => {
  const { phone, company, birthday, gender } = compiled.standard
  putNames(compiled, traits, custom, draft)
  give(compiled, phone, readPhone(traits), custom, draft)
  give(compiled, company, readCompany(traits), custom, draft)
  give(compiled, birthday, readBirthday(traits), custom, draft)
  give(compiled, gender, readGender(traits), custom, draft)
  if (traits.values[position.address] !== undefined) putAddress(compiled, traits, custom, draft)
  if (traits.shadowed.length > 0) sayTwins(traits, (key) => compiled.names.includes(key), draft)
}

/** PHP writes an empty object as an empty list: an address or a company without parts. */
const isEmptyList = (u: unknown): boolean => Array.isArray(u) && u.length === 0

/** A name that was read from `name` was split. */
const noteOf = (traits: StandardTraits, name: Found<string> | undefined): string | undefined =>
  name !== undefined && name.at[name.at.length - 1] === traits.keys[position.name] ? 'split' : undefined

/** Two spellings of one name: the better one was read; the other is lost, unless another row reads it or none wants it. */
const sayTwins = (traits: Picked, isMeant: (key: string) => boolean, draft: Draft): void => {
  for (const key of traits.shadowed) {
    const winner = traits.keys.find((other) => other !== undefined && isSameKey(key, other))
    if (winner === undefined || isMeant(key)) continue
    const at = [...traits.place.at, key]
    draft.problems.push(
      conflict('dropped', at, [...traits.place.at, winner], 'two spellings of one trait: send one of them')
    )
    stay(draft, at, 'another spelling of the same trait was read')
  }
}
