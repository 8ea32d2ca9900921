/**
 * The traits of an identify call as the fields of one lead, by SOAP names.
 *
 *     email                        Email
 *     name                         FirstName, LastName, where no explicit text says otherwise; on the server it does not stay itself
 *     address { city, country,     City, Country, PostalCode, State; a text stays Address
 *       postalCode | zip, state }
 *     company { name } or text     Company
 *     phone, else phones[0]        Phone
 *     userId                       UserId on the server; userId and id in the browser
 *     anonymousId                  AnonymousId on the server
 *     any other                    by its side's naming
 *
 * Two traits that are given one name are a problem, and the same one wins in whatever order they come. An object or a list never
 * becomes text; null and empty text say nothing.
 *
 * Sources: Segment "Marketo Destination", Identify; Segment's marketo for analytics.js 2.0.2.
 *
 * @module
 */
import { isRecord, kindOf, type UnknownRecord } from '../ground/json.js'
import type { Path } from '../ground/path.js'
import { malformed, type Problem } from '../ground/problem.js'
import { addressPosition, readAddressPart, readAddressParts, readPostalCode } from '../segment/address.js'
import { readCompany } from '../segment/company.js'
import type { IdentifyEvent } from '../segment/event.js'
import { type Found, isSaid, textOf } from '../segment/found.js'
import { readAnonymousId, readUserId } from '../segment/identity.js'
import { readNames } from '../segment/names.js'
import { readPhone } from '../segment/phone.js'
import { foundAt, keep, type Picked } from '../segment/pick.js'
import { recordOf } from '../segment/record.js'
import { beginStandardTraits, inTraits, position, type StandardTraits } from '../segment/standard-traits.js'
import { type Compiled, canonical, type Side, type Target } from './compile.js'
import { casingProblem, collision, isBetterTrait } from './naming.js'

/** A value that a field of v1 can take. */
export type Scalar = string | number | boolean

/** Where a value stood: a path, or the name of a trait, which becomes a path only when somebody asks. */
type Where = Path | string

const pathOf = (where: Where): Path => (typeof where === 'string' ? ['traits', where] : where)

/** Fields in the making, and where each came from, one after another: an index of them is made when two claim one field. */
interface Draft {
  readonly side: Side
  readonly fields: Record<string, Scalar>
  readonly names: Array<string>
  readonly places: Array<Where>
  readonly problems: Array<Problem>
  index: Map<string, Where> | undefined
  email: Path | undefined
}

const own = Object.prototype.hasOwnProperty

/** What has the field already, or undefined. */
const holderOf = (draft: Draft, field: string): Where | undefined => {
  if (field === canonical.email.field) return draft.email
  if (!own.call(draft.fields, field)) return undefined
  draft.index ??= new Map(draft.names.map((name, i) => [name, draft.places[i] ?? name]))
  return draft.index.get(field)
}

const mendName = 'give the trait a name that a lead field can have'
const mendScalar = 'send one text, number or boolean; a list or an object never becomes text'
const mendText = 'take out control characters and halves of surrogate pairs'
const mendPart =
  'only city, country, state and the postal code of an address have fields: send it as a trait of its own'
const mendId = 'Marketo keeps Id for the lead’s own number: send the value under another name'

const drop = (where: Where, found: string, mend: string, problems: Array<Problem>): undefined => {
  problems.push(malformed('dropped', pathOf(where), found, mend))
  return undefined
}

/** A value as its field takes it; undefined when it says nothing, or after saying why it cannot be the field's. */
const fitted = ({ side, problems }: Draft, target: Target, value: unknown, where: Where): Scalar | undefined => {
  if (value === undefined || value === null || value === '') return undefined
  if (target.unfit !== undefined) return drop(where, target.unfit, mendName, problems)
  let out: unknown = value
  if (target.coerce !== undefined) {
    const made = target.coerce(value)
    if (typeof made === 'object') return drop(where, made.found, made.mend, problems)
    if (side.holdsTyped) return made
    out = made
  }
  if (typeof out === 'string') return side.holds(out) ? out : drop(where, side.unheld, mendText, problems)
  if (typeof out === 'boolean') return out
  if (typeof out === 'number' && Number.isFinite(out)) return out + 0
  return drop(where, kindOf(value), mendScalar, problems)
}

const write = (draft: Draft, target: Target, value: Scalar, where: Where): void => {
  draft.fields[target.field] = value
  draft.names.push(target.field)
  draft.places.push(where)
  draft.index?.set(target.field, where)
  if (target.casing !== undefined) draft.problems.push(casingProblem(pathOf(where), target.casing))
}

/** Writes a value that a rule found. A field that is taken keeps what it has. */
const put = (draft: Draft, target: Target, found: Found<unknown> | undefined): void => {
  if (found === undefined) return
  const value = fitted(draft, target, found.value, found.at)
  if (value === undefined) return
  const taken = target.contested ? holderOf(draft, target.field) : undefined
  if (taken === undefined) write(draft, target, value, found.at)
  else draft.problems.push(collision(found.at, pathOf(taken)))
}

/** Writes a trait that goes by its own name. Of two with one name the better one counts, not the first. */
const putTrait = (draft: Draft, target: Target, trait: string, sent: unknown): void => {
  const value = fitted(draft, target, sent, trait)
  if (value === undefined) return
  const taken = target.contested ? holderOf(draft, target.field) : undefined
  if (taken === undefined) return write(draft, target, value, trait)
  if (typeof taken === 'string' && isBetterTrait(target.field, trait, taken)) {
    write(draft, target, value, trait)
    draft.problems.push(collision(pathOf(taken), pathOf(trait)))
    return
  }
  // What repeats an id of the call is no loss.
  const isOfCall = typeof taken !== 'string' && taken.length === 1
  if (!isOfCall || String(value) !== draft.fields[target.field])
    draft.problems.push(collision(pathOf(trait), pathOf(taken)))
}

/** A record begun: its ids and every trait that is nobody's but its own, in one walk. */
export interface Begun {
  readonly draft: Draft
  readonly standard: StandardTraits
}

/**
 * Begins a record with the ids of the call, which come before every trait (a trait that is given the name of one loses to it), and the
 * traits that go by their own names.
 */
export const beginRecord = (side: Side, event: IdentifyEvent, problems: Array<Problem>): Begun => {
  const draft: Draft = { side, fields: {}, names: [], places: [], problems, index: undefined, email: undefined }
  putIds(side, event, draft)
  const standard = beginStandardTraits(inTraits)
  const traits = recordOf(event.traits)
  for (const trait of Object.keys(traits)) {
    const target = side.target(trait)
    if (target.standard >= 0) keep(standard, target.standard, trait, traits[trait])
    else if (!isOwnId(side, target, trait, traits[trait], event, problems))
      putTrait(draft, target, trait, traits[trait])
  }
  return { draft, standard }
}

const putIds = (side: Side, event: IdentifyEvent, draft: Draft): void => {
  const userId = readUserId(event)
  for (const target of side.userId) put(draft, target, userId)
  if (side.anonymousId !== null) put(draft, side.anonymousId, readAnonymousId(event))
}

/** The trait `id`: Marketo has a field of that name for itself. Segment's library writes the userId there, which is no loss. */
const isOwnId = (
  side: Side,
  { field }: Target,
  trait: string,
  value: unknown,
  event: IdentifyEvent,
  problems: Array<Problem>
): boolean => {
  if (field !== 'Id' || side.inBrowser) return false
  if (isSaid(value) && textOf(value) !== readUserId(event)?.value) drop(trait, 'the name id', mendId, problems)
  return true
}

/** Whether a rule takes the standard trait at this position apart, so that it does not go by its own name as well. */
const isTakenApart = (side: Side, { values }: StandardTraits, at: number, field: string): boolean => {
  const value = values[at]
  switch (at) {
    case position.email:
      return true
    case position.name:
      return !side.keepsName && typeof value === 'string'
    case position.address:
    case position.company:
      return isRecord(value)
    case position.phones:
      return Array.isArray(value)
    case position.firstName:
      return field === 'FirstName' && typeof value === 'string'
    case position.lastName:
      return field === 'LastName' && typeof value === 'string'
    default:
      return false
  }
}

/** The target of a standard trait, by the key that spells it. */
const targetAt = (side: Side, { names }: StandardTraits, at: number, key: string): Target =>
  (key === names[at] ? side.standard[at] : undefined) ?? side.target(key)

/** Standard traits under their own names, where no rule takes them apart; then spellings that another one outdid. */
const putStandard = (side: Side, standard: StandardTraits, traits: UnknownRecord, draft: Draft): void => {
  const { keys, values } = standard
  for (let at = 0; at < keys.length; at += 1) {
    const key = keys[at]
    if (key === undefined) continue
    const target = targetAt(side, standard, at, key)
    if (!side.derives || !isTakenApart(side, standard, at, target.field)) putTrait(draft, target, key, values[at])
  }
  for (const key of standard.shadowed) putTrait(draft, side.target(key), key, traits[key])
}

/** Says which parts of an address have no field. */
const sayParts = (address: UnknownRecord, parts: Picked, problems: Array<Problem>): void => {
  const street = parts.keys[addressPosition.street]
  for (const key of Object.keys(address)) {
    const isRead = key !== street && parts.keys.includes(key)
    if (!isRead && isSaid(address[key]))
      problems.push(malformed('dropped', [...parts.place.at, key], kindOf(address[key]), mendPart))
  }
}

/** Writes what a rule found of the standard trait at this position, unless the trait goes there by its own name already. */
const putFound = (
  target: Target,
  standard: StandardTraits,
  at: number,
  found: Found<unknown> | undefined,
  draft: Draft
): void => {
  const trait = found?.at.length === 2 ? standard.keys[at] : undefined
  if (trait === undefined || targetAt(draft.side, standard, at, trait).field !== target.field) put(draft, target, found)
}

const putAddress = (compiled: Compiled, traits: StandardTraits, draft: Draft): void => {
  const address = traits.values[position.address]
  const parts = readAddressParts(traits)
  if (parts === undefined || !isRecord(address))
    return putFound(canonical.address, traits, position.address, foundAt(traits, position.address), draft)
  put(draft, canonical.city, readAddressPart(parts, 'city'))
  put(draft, canonical.country, readAddressPart(parts, 'country'))
  put(draft, canonical.postalCode, readPostalCode(parts, compiled.settings.postalCode))
  put(draft, canonical.state, readAddressPart(parts, 'state'))
  sayParts(address, parts, draft.problems)
}

/** Names by their rules. */
const putNames = (compiled: Compiled, traits: StandardTraits, draft: Draft): void => {
  const { first, last } = readNames(traits, compiled.settings.nameSplit)
  put(draft, canonical.firstName, first)
  put(draft, canonical.lastName, last)
}

/**
 * The fields of a lead on one side, without its email on the server, where that has a place of its own; no trait takes its field.
 * `email` is what the call was found to be about.
 */
export const finishRecord = (
  compiled: Compiled,
  side: Side,
  event: IdentifyEvent,
  { draft, standard }: Begun,
  email: Found<string> | undefined
): Record<string, Scalar> => {
  if (email !== undefined) {
    draft.email = email.at
    if (side.inBrowser) draft.fields[canonical.email.field] = email.value
  }
  putStandard(side, standard, recordOf(event.traits), draft)
  if (side.derives) {
    putNames(compiled, standard, draft)
    putFound(canonical.company, standard, position.company, readCompany(standard), draft)
    putFound(canonical.phone, standard, position.phone, readPhone(standard), draft)
    putAddress(compiled, standard, draft)
  }
  return draft.fields
}
