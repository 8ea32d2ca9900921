/**
 * One event after another, looked at for what none of them shows alone.
 *
 * @module
 */
import type { Mapped } from '../../../intent/mapped.js'
import { readEvent } from '../../../segment/event.js'
import { noteNames } from './note-names.js'
import { notePerson } from './note-person.js'
import type { Watch } from './watch.js'

/** Looks at one event, on that line, of which the mapping made that. What is no event at all is passed over. */
export const watchEvent = (watch: Watch, u: unknown, verdict: Mapped, line: number): void => {
  const event = readEvent(u, [])
  if (event === undefined) return
  notePerson(watch, event, verdict, line)
  noteNames(watch, event)
}
