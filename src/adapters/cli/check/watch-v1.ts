/**
 * What v1 is watched for: people whose visits come from several visitors, syncs that come too soon, names that meet.
 *
 * @module
 */
import type { Mapped } from '../../../intent/mapped.js'
import type { SegmentEvent } from '../../../segment/event.js'
import { readEventTime } from '../../../segment/event-time.js'
import type { Settings } from '../../../v1/settings.js'
import { type CloseSyncs, newCloseSyncs, noteSync } from './close-syncs.js'
import { findingsOfV1 } from './findings-v1.js'
import { newNamingWatch, noteNaming } from './note-naming.js'
import { newPeopleWatch, notePerson } from './note-person.js'
import { rulesOfV1 } from './rules.js'
import type { Watcher } from './watcher.js'

/** Notes the syncs that came of an event, if it says when it happened. */
const noteSyncs = (syncs: CloseSyncs, event: SegmentEvent, verdict: Mapped, line: number): void => {
  const time = verdict._tag === 'Left' ? undefined : readEventTime(event, [])
  if (verdict._tag === 'Left' || time === undefined) return
  for (const intent of verdict.right)
    if (intent._tag === 'SyncLeadOverSoap') noteSync(syncs, intent, { at: time.value, line })
}

/** A watcher that has seen nothing yet. */
export const watchV1 = (settings: Settings): Watcher => {
  const rules = rulesOfV1(settings)
  const people = newPeopleWatch(rules)
  const syncs = newCloseSyncs()
  const naming = newNamingWatch()
  return {
    people: people.people,
    take: (event, verdict, line) => {
      notePerson(people, event, verdict, line)
      noteSyncs(syncs, event, verdict, line)
      if (event.type === 'identify' && rules.isOwn(event)) noteNaming(naming, event)
    },
    findings: (intents, counted) => findingsOfV1(settings, { people, syncs, naming }, intents, counted)
  }
}
