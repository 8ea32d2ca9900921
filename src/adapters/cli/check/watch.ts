/**
 * What is kept of a stream while it is watched. Memory is bounded by the tables of people and names.
 *
 * @module
 */
import type { DefaultValue, Settings } from '../../../v2/settings.js'
import { type Names, newNames } from './names.js'
import { newPeople, type People } from './people.js'
import { type TraitWatch, watchTraits } from './unmapped-traits.js'

/** How many lines are told as examples. */
export const mostExamples = 5

/** All that is kept of a stream. */
export interface Watch {
  readonly settings: Settings
  readonly people: People
  readonly traitWatch: TraitWatch
  readonly withoutEmail: { count: number; readonly lines: Array<number> }
  readonly unmappedEvents: Names
  readonly unmappedTraits: Names
  /** Rows that nothing has fed yet: event rows, trait rows, and of each event row its properties. */
  readonly idleEvents: Set<string>
  readonly idleTraits: Set<string>
  readonly idleProperties: ReadonlyMap<string, Set<string>>
}

/** A row with a default is of use even if nothing ever feeds it. */
const needsFeeding = (row: { readonly default: DefaultValue | null }): boolean => row.default === null

/** Nothing seen yet. `mostIds` bounds the table of people. */
export const newWatch = (settings: Settings, mostIds?: number): Watch => ({
  settings,
  people: newPeople(mostIds),
  traitWatch: watchTraits(settings),
  withoutEmail: { count: 0, lines: [] },
  unmappedEvents: newNames(),
  unmappedTraits: newNames(),
  idleEvents: new Set(settings.events.map(({ event }) => event)),
  idleTraits: new Set(settings.traits.filter(needsFeeding).map(({ trait }) => trait)),
  idleProperties: new Map(
    settings.events.map((row) => [row.event, new Set(row.attributes.filter(needsFeeding).map((of) => of.property))])
  )
})
