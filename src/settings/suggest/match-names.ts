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

/** What became of a name: the position of its match, or why it has none. */
export type Match = { readonly to: number; readonly way: MatchWay } | { readonly why: string }

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

type Index = ReadonlyMap<string, ReadonlyArray<number>>

const indexOf = (targets: ReadonlyArray<Target>, keys: (target: Target) => ReadonlyArray<string>): Index => {
  const found = new Map<string, Array<number>>()
  targets.forEach((target, i) => {
    for (const key of new Set(keys(target))) {
      if (key === '') continue
      const before = found.get(key)
      if (before === undefined) found.set(key, [i])
      else before.push(i)
    }
  })
  return found
}

const none: ReadonlyArray<number> = []

/** Finds the targets of a name by each way; made once. */
const finders = (
  targets: ReadonlyArray<Target>
): Readonly<Record<MatchWay, (name: string) => ReadonlyArray<number>>> => {
  const same = indexOf(targets, ({ name }) => [name])
  const spelled = indexOf(targets, ({ name }) => [plainName(name)])
  const other = indexOf(targets, ({ others }) => others.map(plainName))
  const plain = targets.map(({ name }) => plainName(name))
  return {
    same: (name) => same.get(name) ?? none,
    spelling: (name) => spelled.get(plainName(name)) ?? none,
    'other-name': (name) => other.get(plainName(name)) ?? none,
    'one-letter': (name) => {
      const key = plainName(name)
      return plain.flatMap((one, i) => (isOneLetterApart(one, key) ? i : []))
    }
  }
}

const inOrder = (wanted: ReadonlyArray<Wanted>): ReadonlyArray<number> =>
  wanted
    .map(({ name, times }, i) => ({ name, times, i }))
    .sort((a, b) => b.times - a.times || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
    .map(({ i }) => i)

const listed = (targets: ReadonlyArray<Target>, found: ReadonlyArray<number>): string =>
  found
    .slice(0, 3)
    .map((i) => targets[i]?.name ?? '')
    .join(', ')

/** Matches names; `unfit` says why one may not go to another, or null. */
export const matchNames = (
  wanted: ReadonlyArray<Wanted>,
  targets: ReadonlyArray<Target>,
  unfit: (wanted: number, target: number) => string | null
): ReadonlyArray<Match> => {
  const find = finders(targets)
  const ranked = inOrder(wanted)
  const takenBy = new Map<number, string>()
  const matches = new Map<number, Match>()
  const settle = (w: number, way: MatchWay): void => {
    const name = wanted[w]?.name ?? ''
    const found = find[way](name)
    const [first] = found
    if (first === undefined) return
    const taker = takenBy.get(first)
    if (found.length > 1) matches.set(w, { why: `several are called so: ${listed(targets, found)}` })
    else if (taker !== undefined) matches.set(w, { why: `${listed(targets, found)} is taken by ${taker}` })
    else {
      const why = unfit(w, first)
      if (why !== null) matches.set(w, { why: `${listed(targets, found)}: ${why}` })
      else {
        takenBy.set(first, name)
        matches.set(w, { to: first, way })
      }
    }
  }
  for (const way of matchWays) for (const w of ranked) if (!matches.has(w)) settle(w, way)
  const names = targets.map(({ name }) => name)
  return wanted.map(({ name }, w) => matches.get(w) ?? { why: noneWords(nearest(names, name)) })
}

const noneWords = (near: string | null): string =>
  near === null ? 'nothing is called so' : `nothing is called so; ${near} is near, which is not sure enough`
