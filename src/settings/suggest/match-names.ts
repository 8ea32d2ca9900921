/**
 * Names of one side matched to names of the other: one to one, and only where there is no doubt.
 *
 *     planName     planName                          the same name
 *     plan_name    planName, plan_name__c            the same but for case, separators and the ending of custom fields
 *     plan name    label "Plan Name"                 the same as another of its names
 *     customerTeir customerTier                      one letter apart, of six or more, and no digit
 *     plan         planName                          ✗ near, which is no more than a hint
 *
 * Sure matches come before unsure ones, whoever asks; of several that ask for one the more frequent gets it, then the one that sorts first.
 *
 * @module
 */
import { distance } from 'fastest-levenshtein'
import { nearest } from '../../ground/nearest.js'

/** How sure a match is, from the surest on. */
export const matchWays = ['same', 'spelling', 'other-name', 'one-letter'] as const

/** How sure a match is. */
export type MatchWay = (typeof matchWays)[number]

/** A name that looks for another, and how often it came. */
export interface Wanted {
  readonly name: string
  readonly times: number
}

/** A name that may be matched, and what else the same thing is called. */
export interface Target {
  readonly name: string
  readonly others: ReadonlyArray<string>
}

/** What became of a name: its match, or why it has none. */
export type Match<T> = { readonly to: T; readonly way: MatchWay } | { readonly why: string }

/** A name without case, separators and the ending that custom fields have. */
export const plainName = (name: string): string =>
  name
    .toLowerCase()
    .replace(/_{1,2}c$/, '')
    .replace(/[\s_.-]+/g, '')

const leastLength = 6
const digits = (name: string): string => name.replace(/\D+/g, '')

const isOneLetterApart = (a: string, b: string): boolean =>
  Math.min(a.length, b.length) >= leastLength &&
  a.length <= 100 &&
  Math.abs(a.length - b.length) <= 1 &&
  digits(a) === digits(b) &&
  distance(a, b) === 1

type Index<T> = ReadonlyMap<string, ReadonlyArray<T>>

const indexOf = <T>(targets: ReadonlyArray<T>, keys: (target: T) => ReadonlyArray<string>): Index<T> => {
  const found = new Map<string, Array<T>>()
  for (const target of targets) {
    for (const key of new Set(keys(target))) {
      if (key === '') continue
      const before = found.get(key)
      if (before === undefined) found.set(key, [target])
      else before.push(target)
    }
  }
  return found
}

/** Finds the targets of a name by each way, if there are any; made once. */
const finders = <T extends Target>(
  targets: ReadonlyArray<T>
): Readonly<Record<MatchWay, (name: string) => ReadonlyArray<T> | undefined>> => {
  const same = indexOf(targets, ({ name }) => [name])
  const spelled = indexOf(targets, ({ name }) => [plainName(name)])
  const other = indexOf(targets, ({ others }) => others.map(plainName))
  const plain = targets.map((target) => ({ target, key: plainName(target.name) }))
  return {
    same: (name) => same.get(name),
    spelling: (name) => spelled.get(plainName(name)),
    'other-name': (name) => other.get(plainName(name)),
    'one-letter': (name) => {
      const key = plainName(name)
      return plain.flatMap((one) => (isOneLetterApart(one.key, key) ? [one.target] : []))
    }
  }
}

/** The most frequent first, then in the order of the alphabet; no two have one name. */
const inOrder = <W extends Wanted>(wanted: ReadonlyArray<W>): ReadonlyArray<W> =>
  [...wanted].sort((a, b) => b.times - a.times || (a.name < b.name ? -1 : 1))

const listed = (found: ReadonlyArray<Target>): string =>
  found
    .slice(0, 3)
    .map(({ name }) => name)
    .join(', ')

/** What became of each name; no two of them are the same. `unfit` says why one may not go to another, or null. */
export const matchNames = <W extends Wanted, T extends Target>(
  wanted: ReadonlyArray<W>,
  targets: ReadonlyArray<T>,
  unfit: (wanted: W, target: T) => string | null
): ReadonlyMap<string, Match<T>> => {
  const find = finders(targets)
  const ranked = inOrder(wanted)
  const takenBy = new Map<T, string>()
  const matches = new Map<string, Match<T>>()
  const settle = (one: W, way: MatchWay): void => {
    const [first, ...more] = find[way](one.name) ?? []
    if (first === undefined) return
    const taker = takenBy.get(first)
    const refused = (why: string) => matches.set(one.name, { why })
    if (more.length > 0) refused(`several are called so: ${listed([first, ...more])}`)
    else if (taker !== undefined) refused(`${first.name} is taken by ${taker}`)
    else {
      const why = unfit(one, first)
      if (why !== null) refused(`${first.name}: ${why}`)
      else {
        takenBy.set(first, one.name)
        matches.set(one.name, { to: first, way })
      }
    }
  }
  for (const way of matchWays) for (const one of ranked) if (!matches.has(one.name)) settle(one, way)
  const names = targets.map(({ name }) => name)
  for (const { name } of wanted) if (!matches.has(name)) matches.set(name, { why: noneWords(nearest(names, name)) })
  return matches
}

const noneWords = (near: string | null): string =>
  near === null ? 'nothing is called so' : `nothing is called so; ${near} is near, which is not sure enough`
