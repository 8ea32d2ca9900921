/**
 * Several collections of the caller's own, which may hang on one another.
 *
 *     folders ◀── parent ── files ◀── parent ── versions      an id at a time, from the left to the right
 *     a ◀── parent ── b ◀── parent ── a                       nobody begins: refused
 *
 * @module
 */
import type { Path } from '../ground/path.js'
import { malformed, type Problem } from '../ground/problem.js'
import { oneOf, type Reader } from '../ground/reading.js'
import { pushTwins } from '../ground/twins.js'
import type { Collection } from './collection.js'
import { collections as known } from './collections.js'
import { definedCollection, parentPlace } from './define-collection.js'
import { shortList } from './define-readers.js'

interface Placed {
  readonly collection: Collection
  readonly at: Path
  readonly parentAt: Path
}

const placed: Reader<Placed> = (u, at, problems) => {
  const collection = definedCollection(u, at, problems)
  return collection === undefined ? undefined : { collection, at, parentAt: parentPlace(u, at) }
}

const list = shortList(placed, 100, 'a list of collections')

const parentOf = ({ reads }: Collection): string | null => ('parent' in reads ? reads.parent : null)

/** Those of the twelve whose records are walked through one by one. */
const walkable = known.flatMap(({ name, reads }) => ('parent' in reads ? [name] : []))

/** Whether a collection hangs on itself, by way of its parents. */
const isCircular = (name: string, parents: ReadonlyMap<string, string | null>): boolean => {
  const seen = new Set<string>()
  for (let at = parents.get(name) ?? null; at !== null && !seen.has(at); at = parents.get(at) ?? null) {
    if (at === name) return true
    seen.add(at)
  }
  return false
}

const circle = (at: Path): Problem =>
  malformed('invalid', at, 'a collection that hangs on itself', 'name one that is read without it')

const checkParents = (all: ReadonlyArray<Placed>, problems: Array<Problem>): void => {
  const parents = new Map(all.map(({ collection }) => [collection.name, parentOf(collection)] as const))
  const parentName = oneOf([...walkable, ...parents.keys()])
  for (const { collection, parentAt } of all) {
    const parent = parentOf(collection)
    if (parent !== null) parentName(parent, parentAt, problems)
    if (isCircular(collection.name, parents)) problems.push(circle(parentAt))
  }
}

/** Collections of the caller's own, of different names, whose parents are known. @internal */
export const definedCollections: Reader<ReadonlyArray<Collection>> = (u, at, problems) => {
  const all = list(u, at, problems)
  if (all === undefined) return undefined
  const names = all.map(({ collection }) => collection.name)
  pushTwins('invalid', names, (i) => [...(all[i]?.at ?? at), 'name'], 'give it another name', problems)
  // The parent of one may be another that did not read.
  if (Array.isArray(u) && all.length === u.length) checkParents(all, problems)
  return all.map(({ collection }) => collection)
}
