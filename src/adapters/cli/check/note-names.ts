/**
 * What one event says of names: events and traits that no row of v2 maps, rows that something feeds.
 *
 * @module
 */
import { ownMember, type UnknownRecord } from '../../../ground/json.js'
import type { SegmentEvent } from '../../../segment/event.js'
import { recordOf } from '../../../segment/record.js'
import { atParts } from '../../../v2/custom-traits.js'
import type { Settings } from '../../../v2/settings.js'
import { countName, type Names } from './names.js'
import type { TraitWatch } from './unmapped-traits.js'

/** What is kept of names. */
export interface NameWatch {
  readonly settings: Settings
  readonly traitWatch: TraitWatch
  readonly unmappedEvents: Names
  readonly unmappedTraits: Names
  /** Rows that nothing has fed yet: event rows, trait rows, and of each event row its properties. */
  readonly idleEvents: Set<string>
  readonly idleTraits: Set<string>
  readonly idleProperties: ReadonlyMap<string, Set<string>>
}

const noteProperties = (idle: Set<string>, properties: UnknownRecord, pathLookup: boolean): void => {
  for (const name of idle) {
    const isThere = ownMember(properties, name) !== undefined
    if (isThere || (pathLookup && atParts(properties, name.split('.')) !== undefined)) idle.delete(name)
  }
}

/** Notes the names of an event. */
export const noteNames = (watch: NameWatch, event: SegmentEvent): void => {
  if (event.type === 'track') {
    const idle = watch.idleProperties.get(event.event)
    watch.idleEvents.delete(event.event)
    if (idle === undefined) countName(watch.unmappedEvents, event.event)
    else if (idle.size > 0) noteProperties(idle, recordOf(event.properties), watch.settings.pathLookup)
  } else if (event.type === 'identify') {
    watch.traitWatch(
      recordOf(event.traits),
      (name) => countName(watch.unmappedTraits, name),
      (name) => watch.idleTraits.delete(name)
    )
  }
}
