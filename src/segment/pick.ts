/**
 * Named members picked out of an object in one walk over the keys that are there, whatever their spelling.
 *
 *     names   ['city', 'postalCode']                  compiled once
 *     record  { City: 'Lyon', postal_code: '69001' }
 *     picked  values ['Lyon', '69001'] · keys ['City', 'postal_code'] · shadowed []
 *
 * Values and keys stand by position, so that nothing is built for a member that nobody asks about; a path is made when one is
 * found. A spelling that lost against a better one (see key.ts) is kept in `shadowed`: nothing disappears unsaid.
 *
 * @module
 */
import type { UnknownRecord } from '../ground/json.js'
import type { Path } from '../ground/path.js'
import type { Found } from './found.js'
import { isSaid } from './found.js'
import { isBetterMember } from './key.js'

/**
 * Where an object stands, and the paths of its members under their plain names, by position.
 *
 * @category reading
 * @since 0.1.0
 */
export interface Place {
  readonly at: Path
  readonly members: ReadonlyArray<Path>
}

/**
 * What a walk found: `values` and `keys` by position of the name in `names`.
 *
 * @category reading
 * @since 0.1.0
 */
export interface Picked {
  readonly names: ReadonlyArray<string>
  readonly place: Place
  readonly values: ReadonlyArray<unknown>
  readonly keys: ReadonlyArray<string | undefined>
  /** Keys that spell a name, but less well than the one that was read, in the order of the alphabet. */
  readonly shadowed: ReadonlyArray<string>
}

/** A place whose members' paths are made ready; for a place met by chance give no names. @internal */
export const placeOf = (at: Path, names: ReadonlyArray<string>): Place => ({
  at,
  members: names.map((name) => [...at, name])
})

/** What a walk has found so far. @internal */
export interface Picking extends Picked {
  readonly values: Array<unknown>
  readonly keys: Array<string | undefined>
  readonly shadowed: Array<string>
}

/** Names → a walk that has begun. Called once per list of names. @internal */
export const compilePicking = (names: ReadonlyArray<string>): ((place: Place) => Picking) => {
  const blank: ReadonlyArray<undefined> = names.map(() => undefined)
  return (place) => ({ names, place, values: blank.slice(), keys: blank.slice(), shadowed: [] })
}

/** Takes a member that spells the name at `at`, or keeps the better one that is there already. @internal */
export const keep = ({ names, values, keys, shadowed }: Picking, at: number, key: string, value: unknown): void => {
  if (value === undefined) return
  const before = keys[at]
  if (before !== undefined && !isBetterMember(names[at] ?? '', value, key, values[at], before)) {
    shadowed.push(key)
    return
  }
  if (before !== undefined) shadowed.push(before)
  keys[at] = key
  values[at] = value
}

/** A walk at its end. @internal */
export const finish = (picking: Picking): Picked => {
  if (picking.shadowed.length > 1) picking.shadowed.sort()
  return picking
}

/** One walk over the keys that are there; a getter that throws is the caller's to catch. @internal */
export const pick = (match: (key: string) => number, picking: Picking, record: UnknownRecord): Picked => {
  for (const key of Object.keys(record)) {
    const at = match(key)
    if (at >= 0) keep(picking, at, key, record[key])
  }
  return finish(picking)
}

/**
 * The path of the member picked for the name at `position`; of its plain name when it is absent.
 *
 * @example
 * pathAt(readStandardTraits({ EMAIL: 'a' }), position.email) // => ['traits', 'EMAIL']
 * @category reading
 * @since 0.1.0
 */
export const pathAt = ({ place, names, keys }: Picked, position: number): Path => {
  const name = names[position] ?? ''
  const key = keys[position] ?? name
  const ready = place.members[position]
  return ready !== undefined && key === name ? ready : [...place.at, key]
}

/**
 * The member picked for the name at `position`, null and empty text included, or undefined when it is absent.
 *
 * @example
 * foundAt(readStandardTraits({ gender: null }), position.gender) // => { value: null, at: ['traits', 'gender'] }
 * @category reading
 * @since 0.1.0
 */
export const foundAt = (picked: Picked, position: number): Found<unknown> | undefined => {
  const value = picked.values[position]
  return value === undefined ? undefined : { value, at: pathAt(picked, position) }
}

/** The same, unless it says nothing: null and empty text count as absent. @internal */
export const saidAt = (picked: Picked, position: number): Found<unknown> | undefined =>
  isSaid(picked.values[position]) ? foundAt(picked, position) : undefined
