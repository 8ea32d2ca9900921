/**
 * How each collection is read, found by its name.
 *
 * @module
 */
import type { Collection, PagedReads } from '../collection.js'
import { collections } from '../collections.js'
import type { SourceSettings } from '../settings.js'

/** Both tables of activity types are told at once. */
const typesRead: PagedReads = {
  by: 'once',
  endpoint: 'activityTypes',
  path: ['rest', 'v1', 'activities', 'types.json'],
  query: [],
  parent: null,
  updated: false
}

const parentOf = ({ reads }: Collection): string | null => ('parent' in reads ? reads.parent : null)

/** All collections that settings know, the caller's own behind ours. @internal */
export const knownCollections = ({ defined }: SourceSettings): ReadonlyArray<Collection> => [...collections, ...defined]

/** How a collection is walked through, or the other way where there is one; undefined for what is not read so. @internal */
export const waysOf = (settings: SourceSettings, name: string, otherwise: boolean): PagedReads | undefined => {
  const collection = knownCollections(settings).find((one) => one.name === name)
  if (collection === undefined) return undefined
  if (otherwise && collection.otherwise !== null) return collection.otherwise
  const { reads } = collection
  if (reads.by === 'activity-types') return typesRead
  return 'endpoint' in reads ? reads : undefined
}

/** The collections that are wanted, and those that they hang on, wanted or not. @internal */
export const wantedWays = (settings: SourceSettings): ReadonlyArray<Collection> => {
  const all = new Map(knownCollections(settings).map((one) => [one.name, one] as const))
  const found = new Set<Collection>()
  for (const name of settings.collections) {
    let one = all.get(name)
    while (one !== undefined && !found.has(one)) {
      found.add(one)
      one = all.get(parentOf(one) ?? '')
    }
  }
  return [...all.values()].filter((one) => found.has(one))
}

/** The collections that hang on this one's records. @internal */
export const childrenOf = (settings: SourceSettings, name: string): ReadonlyArray<string> =>
  knownCollections(settings).flatMap((one) => (parentOf(one) === name ? [one.name] : []))
