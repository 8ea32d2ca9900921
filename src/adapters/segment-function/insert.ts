/**
 * The insert function: events made flat before a destination sees them, and annotated with what our mapping would do. It sends nothing,
 * and drops nothing.
 *
 *     { type, traits: { address: { city } }, … }
 *       → { type, traits: { address, city, address_city }, context: { segmentMarketo: { moves, stays } }, … }
 *
 * Source: Segment "Destination Insert Functions".
 *
 * @module
 */
import { explainV2 } from '../../explain/explain-v2.js'
import { isRecord, ownMember, type UnknownRecord } from '../../ground/json.js'
import { printPath } from '../../ground/path.js'
import { flattened } from './flatten.js'
import { readContract } from './function-settings.js'

/** An event may weigh 32 kB: so many lines are a fraction of it. */
const mostLines = 60

type Annotate = (event: unknown) => unknown

const isOn = (u: unknown): boolean => u === true || u === 'true'

/** What our mapping makes of an event, in places and rules, without a value. */
const annotating = (settings: UnknownRecord): Annotate | undefined => {
  if (!isOn(ownMember(settings, 'explain'))) return undefined
  const { explain: _, separator: __, ...contract } = settings
  const ready = readContract(contract)
  if (ready._tag === 'Left') return () => ({ problem: ready.left })
  const explain = explainV2(ready.right)
  return (event) => {
    const { moves, stays } = explain(event)
    return {
      moves: moves
        .filter(({ from }) => from !== null)
        .slice(0, mostLines)
        .map(({ to, from, rule }) => `${printPath(from ?? [])} → ${printPath(to)} (${rule})`),
      stays: stays.slice(0, mostLines).map(({ at, why }) => `${printPath(at)}: ${why}`)
    }
  }
}

const separatorIn = (settings: UnknownRecord): string => {
  const given = ownMember(settings, 'separator')
  return typeof given === 'string' && given !== '' ? given : '_'
}

const flatMember = (event: UnknownRecord, name: string, separator: string, lifts: boolean): UnknownRecord => {
  const value = ownMember(event, name)
  return isRecord(value) ? { [name]: flattened(value, separator, lifts) } : {}
}

const changed = (event: unknown, separator: string, annotate: Annotate | undefined): unknown => {
  if (!isRecord(event)) return event
  const flat: UnknownRecord = {
    ...event,
    ...flatMember(event, 'traits', separator, event.type === 'identify'),
    ...flatMember(event, 'properties', separator, false)
  }
  if (annotate === undefined) return flat
  const context = ownMember(event, 'context')
  return { ...flat, context: { ...(isRecord(context) ? context : {}), segmentMarketo: annotate(flat) } }
}

const changing = (settings: unknown): ((event: unknown) => unknown) => {
  const given = isRecord(settings) ? settings : {}
  const [separator, annotate] = [separatorIn(given), annotating(given)]
  return (event) => {
    try {
      return changed(event, separator, annotate)
    } catch {
      // An event that cannot be read is the destination's to judge.
      return event
    }
  }
}

/** What each single handler does: the event, made flat. @internal */
export const onEvent = async (event: unknown, settings: unknown): Promise<unknown> => changing(settings)(event)

/** What `onBatch` does: each event in its own place. @internal */
export const onEvents = async (events: unknown, settings: unknown): Promise<unknown> =>
  Array.isArray(events) ? Array.from(events, changing(settings)) : events
