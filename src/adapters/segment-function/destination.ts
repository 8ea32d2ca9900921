/**
 * The destination function: Segment events in, Marketo's REST API called, the platform's errors thrown.
 *
 *     onTrack(event, settings)      throws what Event Delivery shows, or returns
 *     onBatch(events, settings)     [{ status: 200 }, { status: 500, errormessage: … }, …]
 *
 * Built into one file to paste, which declares the handlers that the platform looks for and hands each call on to these two.
 *
 * Source: Segment "Destination Functions".
 *
 * @module
 */
import type { Mapped } from '../../intent/mapped.js'
import { mapper } from '../../v2/mapper.js'
import { newCaller } from './calling.js'
import { carryOut } from './carrying.js'
import { type Ending, type EventStatus, endingOfProblems, retry, statusOf } from './ending.js'
import { readFunctionSettings } from './function-settings.js'
import { platform } from './platform.js'
import { thrownFor } from './thrown.js'

/** More than the platform ever hands over at once. */
const mostEvents = 10_000

const intentsOf = (verdict: Mapped) => (verdict._tag === 'Left' ? [] : verdict.right)

const unforeseen = retry('something failed that nobody foresaw; it is sent again later')

/** How each event ended. */
const delivered = async (
  events: ReadonlyArray<unknown>,
  settings: unknown
): Promise<ReadonlyArray<Ending | undefined>> => {
  const runtime = platform()
  const began = runtime.now()
  const ready = readFunctionSettings(settings)
  if (ready._tag === 'Left') return events.map(() => ({ kind: 'settings', message: ready.left }))
  const verdicts = events.map(mapper(ready.right.settings))
  try {
    const ended = await carryOut(newCaller(ready.right, runtime, began), verdicts.map(intentsOf))
    return verdicts.map((verdict, i) => (verdict._tag === 'Left' ? endingOfProblems(verdict.left) : ended[i]))
  } catch {
    return events.map(() => unforeseen)
  }
}

/** What each single handler does. Throws the platform's error where the event was not delivered. @internal */
export const onEvent = async (event: unknown, settings: unknown): Promise<void> => {
  const [ending] = await delivered([event], settings)
  if (ending !== undefined) throw thrownFor(ending)
}

/** What `onBatch` does: one status for each event, in order. @internal */
export const onEvents = async (events: unknown, settings: unknown): Promise<ReadonlyArray<EventStatus>> => {
  const list: ReadonlyArray<unknown> = Array.isArray(events) ? Array.from(events.slice(0, mostEvents)) : []
  return (await delivered(list, settings)).map(statusOf)
}
