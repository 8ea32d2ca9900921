/**
 * Loose keys: `firstName`, `first_name`, `First Name` and `FIRST-NAME` are one trait.
 *
 * Everything but ASCII letters and digits is passed over and case does not count, as in Segment's own lookup. Where two spellings of
 * one trait stand side by side, the one that holds something wins over one that holds null, then the plain camelCase one, then
 * the snake_case one, then the one that sorts first: never the order of the keys.
 *
 * Source: Segment facade, obj-case; Segment "Identify", reserved traits.
 *
 * @module
 */
import type { UnknownRecord } from '../ground/json.js'

/** The lower-case code of an ASCII letter or digit, or 0 for any other code unit. */
const letter = (unit: number): number =>
  (unit >= 97 && unit <= 122) || (unit >= 48 && unit <= 57) ? unit : unit >= 65 && unit <= 90 ? unit + 32 : 0

/**
 * A key's normal form: its ASCII letters and digits, in lower case.
 *
 * @example
 * normalKey('First_Name') // => 'firstname'
 * @category keys
 * @since 0.1.0
 */
export const normalKey = (key: string): string => key.replace(/[^A-Za-z0-9]/g, '').toLowerCase()

/** The next ASCII letter or digit of a key at or after `i`, as a position; the key's length when there is none. */
const nextLetter = (key: string, i: number): number => {
  let at = i
  while (at < key.length && letter(key.charCodeAt(at)) === 0) at += 1
  return at
}

/**
 * Whether two keys have the same normal form, without making it: stops at the first letter that differs.
 *
 * @example
 * isSameKey('First_Name', 'firstName') // => true
 * isSameKey('first', 'firstName') // => false
 * @category keys
 * @since 0.1.0
 */
export const isSameKey = (a: string, b: string): boolean => {
  let i = nextLetter(a, 0)
  let k = nextLetter(b, 0)
  // Where one has no letter left and the other has, the two differ as well.
  while (i < a.length || k < b.length) {
    if (letter(a.charCodeAt(i)) !== letter(b.charCodeAt(k))) return false
    i = nextLetter(a, i + 1)
    k = nextLetter(b, k + 1)
  }
  return true
}

/** The first ASCII letter or digit of a key as its lower-case code, or 0. */
const firstLetter = (key: string): number => letter(key.charCodeAt(0)) || letter(key.charCodeAt(nextLetter(key, 0)))

const snakeCase = (name: string): string => name.replace(/[A-Z]/g, (capital) => `_${capital.toLowerCase()}`)

/** Whether `a` is the better of two spellings of `name`. @internal */
export const isBetterSpelling = (name: string, a: string, b: string): boolean => {
  if (a === name || b === name) return a === name
  const snake = snakeCase(name)
  if (a === snake || b === snake) return a === snake
  return a < b
}

/**
 * A table of names made ready: key → the position of the name that it spells, or -1. A key is compared with the names of its first
 * letter only, and letter by letter only when it is none of them exactly. A name without an ASCII letter or digit is spelled by no key.
 *
 * @internal
 */
export const matchKeys = (names: ReadonlyArray<string>): ((key: string) => number) => {
  const byLetter: Array<Array<number> | undefined> = []
  names.forEach((name, position) => {
    const first = firstLetter(name)
    if (first !== 0) byLetter[first] = [...(byLetter[first] ?? []), position]
  })
  return (key) => {
    const bucket = byLetter[firstLetter(key)]
    if (bucket === undefined) return -1
    for (const position of bucket) if (key === names[position]) return position
    for (const position of bucket) if (isSameKey(key, names[position] ?? '')) return position
    return -1
  }
}

/**
 * A member of a record: the key as it was spelled, and the value as it was read, once.
 *
 * @category keys
 * @since 0.1.0
 */
export interface Member {
  readonly key: string
  readonly value: unknown
}

/** Whether two keys begin with different letters, and so are not the same: the cheap first look. */
const beginsOtherwise = (key: string, first: number): boolean => {
  const unit = letter(key.charCodeAt(0))
  return unit !== 0 && first !== 0 && unit !== first
}

const own = Object.prototype.hasOwnProperty

/** Whether a value under one spelling of `name` is to be read rather than another value under another spelling. @internal */
export const isBetterMember = (
  name: string,
  value: unknown,
  key: string,
  oldValue: unknown,
  oldKey: string
): boolean => ((value === null) === (oldValue === null) ? isBetterSpelling(name, key, oldKey) : oldValue === null)

/**
 * The own member of a record that spells `name` best, or undefined; a member that holds undefined is none.
 *
 * @example
 * looseMember({ First_Name: 'Ana' }, 'firstName') // => { key: 'First_Name', value: 'Ana' }
 * @category keys
 * @since 0.1.0
 */
export const looseMember = (record: UnknownRecord, name: string): Member | undefined => {
  const value = own.call(record, name) ? record[name] : undefined
  if (value !== undefined && value !== null) return { key: name, value }
  let best: Member | undefined = value === null ? { key: name, value } : undefined
  const first = letter(name.charCodeAt(0))
  for (const key of Object.keys(record)) {
    if (beginsOtherwise(key, first) || key === name || !isSameKey(key, name)) continue
    const other = record[key]
    if (other === undefined) continue
    if (best === undefined || isBetterMember(name, other, key, best.value, best.key)) best = { key, value: other }
  }
  return best
}

/**
 * The own key of a record that spells `name` best and holds something, or undefined.
 *
 * @example
 * looseKey({ First_Name: 'Ana' }, 'firstName') // => 'First_Name'
 * looseKey({ first_name: 'A', firstName: 'B' }, 'firstName') // => 'firstName'
 * @category keys
 * @since 0.1.0
 */
export const looseKey = (record: UnknownRecord, name: string): string | undefined => looseMember(record, name)?.key
