/**
 * What changes when settings are replaced by others: which outputs of which events, and never a value.
 *
 *     events of one kind                       what becomes of them
 *     track "Order Completed"   12, 12 change  AddCustomActivity.attributes.coupon  added 7
 *     identify                  30, 4 change   UpsertLead.fields.planName           changed 4
 *
 * Each event is mapped by both. Intents of one kind are compared in order, member by member; attributes of an activity by their names. An
 * intent that is new or gone is told as a whole.
 *
 * @module
 */
import { isRecord } from '../ground/json.js'
import { type Path, printPath } from '../ground/path.js'
import type { Intent } from '../intent/intent.js'
import { readEvent } from '../segment/event.js'
import { mapper } from '../v2/mapper.js'
import type { Settings } from '../v2/settings.js'
import { settingsVersion } from '../v2/settings-version.js'

/** What became of a place in the output: it is new, gone, or holds something else. */
export type Change = 'added' | 'removed' | 'changed'

/**
 * A place in the output, such as `UpsertLead.fields.planName`, what became of it, and in how many events.
 *
 * @category comparing
 * @since 0.1.0
 */
export interface ChangedPlace {
  readonly place: string
  readonly change: Change
  readonly events: number
}

/**
 * The events of one kind: of one type, and of one name where they are track calls.
 *
 * @category comparing
 * @since 0.1.0
 */
export interface ChangedKind {
  readonly type: string
  readonly event: string | null
  readonly events: number
  readonly changed: number
  readonly places: ReadonlyArray<ChangedPlace>
}

/**
 * How two settings differ on some events. `kinds` are those of which an event changes, in the order of their first event.
 *
 * @category comparing
 * @since 0.1.0
 */
export interface SettingsDiff {
  readonly before: string
  readonly after: string
  readonly events: number
  readonly changed: number
  readonly kinds: ReadonlyArray<ChangedKind>
}

type Leaves = Map<string, unknown>

/** An object in a list is an attribute of an activity, which goes by its own name; all else goes by its number. */
const gatherItem = (item: unknown, i: number, at: Path, leaves: Leaves): void => {
  if (!isRecord(item)) return gather(item, [...at, i], leaves)
  const { apiName, name = apiName, value } = item
  gather(value, [...at, String(name)], leaves)
}

/** Every text, number, flag and null under its place. Intents are ours, and shallow. */
const gather = (u: unknown, at: Path, leaves: Leaves): void => {
  if (Array.isArray(u)) for (const [i, item] of u.entries()) gatherItem(item, i, at, leaves)
  else if (isRecord(u)) for (const key of Object.keys(u)) gather(u[key], [...at, key], leaves)
  else leaves.set(printPath(at), u)
}

/** The places of each of an event's intents, of which no two are of one kind. */
const leavesOf = (intents: ReadonlyArray<Intent>): ReadonlyMap<string, Leaves> => {
  const all = new Map<string, Leaves>()
  for (const intent of intents) {
    const leaves: Leaves = new Map()
    gather(intent, [intent._tag], leaves)
    all.set(intent._tag, leaves)
  }
  return all
}

type Changes = Array<readonly [place: string, change: Change]>

const compareLeaves = (before: Leaves, after: Leaves, changes: Changes): void => {
  for (const [place, value] of before) {
    if (!after.has(place)) changes.push([place, 'removed'])
    else if (!Object.is(after.get(place), value)) changes.push([place, 'changed'])
  }
  for (const place of after.keys()) if (!before.has(place)) changes.push([place, 'added'])
}

/** What changes between the intents of one event; one that is new or gone is told as a whole. */
const changesBetween = (before: ReadonlyMap<string, Leaves>, after: ReadonlyMap<string, Leaves>): Changes => {
  const changes: Changes = []
  for (const [intent, leaves] of before) {
    const others = after.get(intent)
    if (others === undefined) changes.push([intent, 'removed'])
    else compareLeaves(leaves, others, changes)
  }
  for (const intent of after.keys()) if (!before.has(intent)) changes.push([intent, 'added'])
  return changes
}

interface Tally {
  readonly type: string
  readonly event: string | null
  events: number
  changed: number
  readonly places: Map<string, ChangedPlace>
}

const longest = 255

/** Type and name of an event; what is none is of the type `unreadable`. */
const kindOf = (u: unknown): readonly [type: string, event: string | null] => {
  try {
    const event = readEvent(u, [])
    if (event === undefined) return ['unreadable', null]
    return [event.type, event.type === 'track' ? event.event.slice(0, longest) : null]
  } catch {
    return ['unreadable', null]
  }
}

const count = (tally: Tally, changes: Changes): void => {
  tally.events += 1
  if (changes.length > 0) tally.changed += 1
  for (const [place, change] of changes) {
    const key = `${change} ${place}`
    tally.places.set(key, { place, change, events: (tally.places.get(key)?.events ?? 0) + 1 })
  }
}

const tallyFor = (tallies: Map<string, Tally>, u: unknown): Tally => {
  const [type, event] = kindOf(u)
  const key = JSON.stringify([type, event])
  const tally = tallies.get(key) ?? { type, event, events: 0, changed: 0, places: new Map() }
  tallies.set(key, tally)
  return tally
}

/** Two settings being compared, event by event. Kept inside: it changes as events are taken. */
export interface Comparison {
  readonly take: (event: unknown) => void
  readonly told: () => SettingsDiff
}

/** A comparison that has seen no event yet. @internal */
export const newComparison = (before: Settings, after: Settings): Comparison => {
  const [one, other] = [mapper(before), mapper(after)]
  const tallies = new Map<string, Tally>()
  const leavesBy = (map: typeof one, event: unknown): ReadonlyMap<string, Leaves> => {
    const mapped = map(event)
    return leavesOf(mapped._tag === 'Left' ? [] : mapped.right)
  }
  return {
    take: (event) => {
      count(tallyFor(tallies, event), changesBetween(leavesBy(one, event), leavesBy(other, event)))
    },
    told: () => {
      const all = [...tallies.values()]
      return {
        before: settingsVersion(before),
        after: settingsVersion(after),
        events: all.reduce((sum, { events }) => sum + events, 0),
        changed: all.reduce((sum, { changed }) => sum + changed, 0),
        kinds: all
          .filter(({ changed }) => changed > 0)
          .map(({ places, ...kind }) => ({ ...kind, places: [...places.values()] }))
      }
    }
  }
}

/**
 * What changes on these events when `after` takes the place of `before`.
 *
 * @example
 * import { diffSettings } from 'segment-marketo/settings'
 * import { decodeSettings } from 'segment-marketo/v2'
 *
 * const before = decodeSettings({ munchkinId: '561-HYG-937' })
 * const after = decodeSettings({ munchkinId: '561-HYG-937', traits: [{ trait: 'plan', field: 'planName' }] })
 * const event = { type: 'identify', userId: 'u1', traits: { email: 'ana@example.com', plan: 'pro' }, timestamp: '2024-05-01T10:00:00Z' }
 * before._tag !== 'Left' && after._tag !== 'Left' && diffSettings(before.right, after.right, [event]).kinds[0]?.places
 * // => [{ place: 'UpsertLead.fields.planName', change: 'added', events: 1 }]
 * @category comparing
 * @since 0.1.0
 */
export const diffSettings = (before: Settings, after: Settings, samples: Iterable<unknown>): SettingsDiff => {
  const comparison = newComparison(before, after)
  for (const event of samples) comparison.take(event)
  return comparison.told()
}
