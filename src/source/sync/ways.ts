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

/** The collections that hang on this one's records. @internal */
export const childrenOf = (settings: SourceSettings, name: string): ReadonlyArray<string> =>
  knownCollections(settings).flatMap((one) => ('parent' in one.reads && one.reads.parent === name ? [one.name] : []))
