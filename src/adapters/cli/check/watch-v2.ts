/**
 * What v2 is watched for: people, and rows and names that do not meet.
 *
 * @module
 */
import type { DefaultValue, Settings } from '../../../v2/settings.js'
import { findingsOfV2 } from './findings-v2.js'
import { newNames } from './names.js'
import { type NameWatch, noteNames } from './note-names.js'
import { newPeopleWatch, notePerson } from './note-person.js'
import { rulesOfV2 } from './rules.js'
import { watchTraits } from './unmapped-traits.js'
import type { Watcher } from './watcher.js'

/** A row with a default is of use even if nothing ever feeds it. */
const needsFeeding = (row: { readonly default: DefaultValue | null }): boolean => row.default === null

const newNameWatch = (settings: Settings): NameWatch => ({
  settings,
  traitWatch: watchTraits(settings),
  unmappedEvents: newNames(),
  unmappedTraits: newNames(),
  idleEvents: new Set(settings.events.map(({ event }) => event)),
  idleTraits: new Set(settings.traits.filter(needsFeeding).map(({ trait }) => trait)),
  idleProperties: new Map(
    settings.events.map((row) => [row.event, new Set(row.attributes.filter(needsFeeding).map((of) => of.property))])
  )
})

/** A watcher that has seen nothing yet. */
export const watchV2 = (settings: Settings): Watcher => {
  const people = newPeopleWatch(rulesOfV2(settings))
  const names = newNameWatch(settings)
  return {
    people: people.people,
    take: (event, verdict, line) => {
      notePerson(people, event, verdict, line)
      noteNames(names, event)
    },
    findings: (_, counted) => findingsOfV2(people, names, counted)
  }
}
