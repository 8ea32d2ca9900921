/**
 * When an event happened: the first of `timestamp`, `originalTimestamp`, `receivedAt`, `sentAt` that names an instant.
 *
 * ISO 8601 text, seconds or milliseconds since 1970, or either as digits. One that names no instant is reported and passed over;
 * there is no clock to fall back to.
 *
 * Sources: Segment spec, "Common Fields", timestamps; Segment facade, newDate.
 *
 * @module
 */
import type { Option } from 'fp-ts/Option'
import { type Instant, instantOf } from '../ground/calendar.js'
import { kindOf } from '../ground/json.js'
import type { Path } from '../ground/path.js'
import { malformed, type Problem } from '../ground/problem.js'
import type { SegmentEvent } from './event.js'
import { type Found, isSaid, optional } from './found.js'

const timestampAt: Path = ['timestamp']
const originalTimestampAt: Path = ['originalTimestamp']
const receivedAtAt: Path = ['receivedAt']
const sentAtAt: Path = ['sentAt']

const mend = 'send an ISO 8601 time with its zone, such as 2024-05-01T10:00:00Z'

const readTime = (sent: unknown, at: Path, problems: Array<Problem>): Found<Instant> | undefined => {
  if (!isSaid(sent)) return undefined
  const value = instantOf(sent)
  if (value !== undefined) return { value, at }
  problems.push(malformed('warning', at, kindOf(sent), mend))
  return undefined
}

/**
 * The instant of an event; each time that cannot be read is pushed to `problems` as a warning.
 *
 * @example
 * readEventTime({ type: 'page', timestamp: 'soon', sentAt: 1714557600 }, []) // => { value: 1714557600000, at: ['sentAt'] }
 * @category reading
 * @since 0.1.0
 */
export const readEventTime = (event: SegmentEvent, problems: Array<Problem>): Found<Instant> | undefined =>
  readTime(event.timestamp, timestampAt, problems) ??
  readTime(event.originalTimestamp, originalTimestampAt, problems) ??
  readTime(event.receivedAt, receivedAtAt, problems) ??
  readTime(event.sentAt, sentAtAt, problems)

/**
 * When an event happened, in milliseconds since 1970; none when no timestamp of it can be read.
 *
 * @example
 * eventTime({ type: 'page', timestamp: '2024-05-01T10:00:00Z' }) // => some(1714557600000)
 * @category readers
 * @since 0.1.0
 */
export const eventTime = (event: SegmentEvent): Option<Instant> =>
  optional((from: SegmentEvent) => readEventTime(from, []), event)
