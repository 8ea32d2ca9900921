/**
 * Values under paths, and the one that stands nearest above a place.
 *
 *     { traits: 'A', traits.address: 'B' }     traits.address.city → 'B'     traits.plan → 'A'     context → none
 *
 * A lookup takes one step for each part of its path, however deep the event: to print each beginning of it would take the square.
 *
 * @module
 */
import type { Path } from '../ground/path.js'

/** The value of one place, and the places below it. @internal */
export interface PathMap<A> {
  value: A | undefined
  readonly below: Map<string | number, PathMap<A>>
}

const blank = <A>(): PathMap<A> => ({ value: undefined, below: new Map() })

/** The place below that a part names, made when it is new. */
const under = <A>(map: PathMap<A>, part: string | number): PathMap<A> => {
  const old = map.below.get(part)
  if (old !== undefined) return old
  const made = blank<A>()
  map.below.set(part, made)
  return made
}

/** A map of these entries; of two under one path the later counts. @internal */
export const pathMapOf = <A>(entries: Iterable<readonly [at: Path, value: A]>): PathMap<A> => {
  const map = blank<A>()
  for (const [at, value] of entries) at.reduce(under, map).value = value
  return map
}

/** The value of the longest beginning of a path that has one, the whole path too. @internal */
export const nearestAbove = <A>(map: PathMap<A>, path: Path): A | undefined => {
  let place: PathMap<A> | undefined = map
  let nearest = map.value
  for (const part of path) {
    place = place.below.get(part)
    if (place === undefined) break
    if (place.value !== undefined) nearest = place.value
  }
  return nearest
}
