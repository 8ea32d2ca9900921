/**
 * Reading configuration: small readers that gather every mistake instead of stopping at the first.
 *
 * A reader answers the value, or undefined after it has said why not. Speed does not matter here (settings are read once); that each
 * mistake has its path and its mending does.
 *
 * @module
 */
import { isRecord, kindOf, ownMember, type UnknownRecord } from './json.js'
import { nearest } from './nearest.js'
import type { Path } from './path.js'
import { malformed, missing, type Problem, unknownName } from './problem.js'
import { isNonEmpty, type Remarked, remarked } from './these.js'

/** Reads one value of a configuration; undefined means refused, and a problem was pushed. */
export type Reader<A> = (u: unknown, at: Path, problems: Array<Problem>) => A | undefined

/** A reader for what a test accepts; `expected` completes the sentence "send …". */
export const reading =
  <A>(test: (u: unknown) => u is A, expected: string): Reader<A> =>
  (u, at, problems) => {
    if (test(u)) return u
    problems.push(malformed('invalid', at, kindOf(u), `expected ${expected}`))
    return undefined
  }

/** Text with something in it besides white space. */
export const nonBlank: Reader<string> = reading(
  (u): u is string => typeof u === 'string' && u.trim() !== '',
  'text that is not blank'
)

/** Any text. */
export const anyText: Reader<string> = reading((u): u is string => typeof u === 'string', 'text')

/** A boolean. */
export const aBoolean: Reader<boolean> = reading((u): u is boolean => typeof u === 'boolean', 'true or false')

/** Text, a finite number or a boolean. */
export const aScalar: Reader<string | number | boolean> = reading(
  (u): u is string | number | boolean => typeof u === 'string' || typeof u === 'boolean' || Number.isFinite(u),
  'text, a number or a boolean'
)

/** A whole number between two bounds, also as digits, as settings screens store numbers. */
export const wholeNumber =
  (least: number, most: number): Reader<number> =>
  (u, at, problems) => {
    const n = typeof u === 'string' && /^\s*-?\d{1,15}\s*$/.test(u) ? Number(u) : u
    if (typeof n === 'number' && Number.isInteger(n) && n >= least && n <= most) return n
    problems.push(malformed('invalid', at, kindOf(u), `expected a whole number from ${least} to ${most}`))
    return undefined
  }

/** One of a few words, spelled exactly. */
export const oneOf =
  <W extends string>(words: ReadonlyArray<W>): Reader<W> =>
  (u, at, problems) => {
    const word = words.find((w) => w === u)
    if (word !== undefined) return word
    const mend = `expected one of ${words.join(', ')}`
    problems.push(
      typeof u === 'string'
        ? unknownName('invalid', at, nearest(words, u), mend)
        : malformed('invalid', at, kindOf(u), mend)
    )
    return undefined
  }

/** The same, or null for none; blank text counts as none. */
export const orNull =
  <A>(reader: Reader<A>): Reader<A | null> =>
  (u, at, problems) =>
    u === null || (typeof u === 'string' && u.trim() === '') ? null : reader(u, at, problems)

/** A list whose items all read; items that do not are said and left out of the answer. */
export const listOf =
  <A>(item: Reader<A>): Reader<ReadonlyArray<A>> =>
  (u, at, problems) => {
    if (!Array.isArray(u)) {
      problems.push(malformed('invalid', at, kindOf(u), 'expected a list'))
      return undefined
    }
    const items: Array<A> = []
    u.forEach((member: unknown, i) => {
      const read = item(member, [...at, i], problems)
      if (read !== undefined) items.push(read)
    })
    return items
  }

/** An object's members read by name: the first of `names` that is there counts, `fallback` when none is. */
export const member = <A, B>(
  record: UnknownRecord,
  at: Path,
  names: ReadonlyArray<string>,
  reader: Reader<A>,
  fallback: B,
  problems: Array<Problem>
): A | B | undefined => {
  for (const name of names) {
    const value = ownMember(record, name)
    if (value !== undefined) return reader(value, [...at, name], problems)
  }
  return fallback
}

/** The same for a member that must be there. */
export const requiredMember = <A>(
  record: UnknownRecord,
  at: Path,
  names: ReadonlyArray<string>,
  reader: Reader<A>,
  mend: string,
  problems: Array<Problem>
): A | undefined => {
  if (names.some((name) => ownMember(record, name) !== undefined))
    return member(record, at, names, reader, undefined, problems)
  problems.push(missing('invalid', [...at, names[0] ?? ''], mend))
  return undefined
}

/** Where a file names its JSON Schema, for editors. */
const schemaKey = '$schema'

/** Says which keys nobody knows, with the known name that each resembles. A warning: vendors add keys. */
export const warnOfUnknownKeys = (
  record: UnknownRecord,
  at: Path,
  known: ReadonlyArray<string>,
  problems: Array<Problem>
): void => {
  for (const key of Object.keys(record)) {
    if (known.includes(key) || (key === schemaKey && at.length === 0)) continue
    problems.push(
      unknownName('warning', [...at, key], nearest(known, key), 'nothing reads it: correct the name or take it out')
    )
  }
}

/** An object, or a problem. */
export const aRecord: Reader<UnknownRecord> = reading(isRecord, 'an object')

/** A decoder from a function that reads freely: what it throws becomes a problem, and any problem but a warning refuses the whole. */
export const decoding =
  <S>(read: (u: unknown, problems: Array<Problem>) => S | undefined) =>
  (u: unknown): Remarked<S> => {
    const problems: Array<Problem> = []
    try {
      const settings = read(u, problems)
      if (settings !== undefined && problems.every((problem) => problem.weight === 'warning'))
        return remarked(settings, problems)
    } catch {
      problems.push(malformed('invalid', [], 'something that could not be read', 'send plain JSON'))
    }
    if (isNonEmpty(problems)) return { _tag: 'Left', left: problems }
    return { _tag: 'Left', left: [malformed('invalid', [], kindOf(u), 'expected the settings as an object')] }
  }
