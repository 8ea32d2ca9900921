/**
 * Intents whose routes are switched off: how many, since when, and the way out.
 *
 * A test holds the days to what the descriptors of those routes say of themselves.
 *
 * @module
 */
import type { Intent } from '../../../intent/intent.js'

/** A kind of intent whose route is switched off: the route's name, and since when. */
export interface RetiredRoute {
  readonly tag: Intent['_tag']
  readonly route: string
  readonly since: string
}

/** The routes that are switched off. */
export const retiredRoutes: ReadonlyArray<RetiredRoute> = [
  { tag: 'SyncLeadOverSoap', route: 'SOAP', since: '2026-07-31' },
  { tag: 'AssociateLeadInBrowser', route: 'Munchkin’s associateLead', since: '2021-10' }
]

/** Intents by kind, counted. */
export type Counts = ReadonlyMap<string, number>

/** How many intents go over routes that are switched off. */
export const countRetired = (counts: Counts): number =>
  retiredRoutes.reduce((sum, { tag }) => sum + (counts.get(tag) ?? 0), 0)

/** Each route that is switched off and still used: how often, and since when. */
export const describeRetired = (counts: Counts): ReadonlyArray<string> =>
  retiredRoutes.flatMap(({ tag, route, since }) => {
    const n = counts.get(tag) ?? 0
    return n === 0 ? [] : [`${n} ${tag} (${route}, since ${since})`]
  })

/** How to go on without these routes. */
export const mendRetired = 'map with --replace-retired, or leave v1 with segment-marketo migrate'

/** All of it in one paragraph, or no text where every route is alive. */
export const retiredRemark = (counts: Counts): string => {
  const n = countRetired(counts)
  const those = n === 1 ? '1 intent goes over a route that is' : `${n} intents go over routes that are`
  return n === 0 ? '' : `${those} switched off: ${describeRetired(counts).join(', ')}; ${mendRetired}`
}
