/**
 * A stream watched for what no single event can show.
 *
 * @module
 */
import type { Mapped } from '../../../intent/mapped.js'
import type { SegmentEvent } from '../../../segment/event.js'
import type { Counted } from '../input/piece.js'
import type { Counts } from '../map/retired.js'
import type { Finding } from './findings.js'
import type { People } from './people.js'

/** What a contract watches a stream with. Memory is bounded by its tables of people, names and recent calls. */
export interface Watcher {
  readonly people: People
  /** Takes the event of a line, and what the mapping made of it. */
  readonly take: (event: SegmentEvent, verdict: Mapped, line: number) => void
  /** All that was looked for; `intents` counts them by kind. */
  readonly findings: (intents: Counts, counted: Counted) => ReadonlyArray<Finding>
}
