/**
 * What rules remember of people: plain JSON, the caller's to keep, never changed in place.
 *
 *     key ──▶ person ──▶ { messages seen, sums of scores, stages, counts, audiences }
 *
 * Somebody who is met by email and later by userId is two people until one event names both; then what was known of both is one.
 * Reading and writing cost the logarithm of the number of people.
 *
 * @module
 */
import type { Instant } from '../ground/calendar.js'
import { emptyTree, entriesOf, type Tree, valueAt, valuesOf, withoutKey, withValue } from '../ground/tree.js'
import type { LeadKey } from '../intent/lead-key.js'
import type { Who } from './who.js'

/** A score: the sum as of an instant (decay counts from there), what caps have used up, and the number last told to Marketo. @internal */
export interface ScoreMemory {
  readonly sum: number
  readonly asOf: Instant
  readonly used: Readonly<Record<string, number>>
  readonly told: number | null
}

/** A behaviour: how often, and when first and last. @internal */
export interface BehaviorMemory {
  readonly count: number
  readonly first: Instant | null
  readonly last: Instant | null
}

/** Messages by the day on which they arrived: what is too old leaves a day at a time. @internal */
export type Seen = ReadonlyArray<readonly [day: number, ids: Tree<true>]>

/** What is known of a person. @internal */
export interface PersonMemory {
  readonly lead: LeadKey
  readonly keys: ReadonlyArray<string>
  readonly touched: Instant
  readonly seen: Seen
  readonly scores: Readonly<Record<string, ScoreMemory>>
  readonly stages: Readonly<Record<string, number>>
  readonly behaviors: Readonly<Record<string, BehaviorMemory>>
  readonly audiences: ReadonlyArray<string>
}

/**
 * What rules remember. Its members are its own business, but for being JSON.
 *
 * @category memory
 * @since 0.1.0
 */
export interface Memory {
  readonly version: 1
  readonly next: number
  readonly names: Tree<string>
  readonly people: Tree<PersonMemory>
}

/**
 * Nothing remembered yet.
 *
 * @category memory
 * @since 0.1.0
 */
export const noMemory: Memory = { version: 1, next: 0, names: emptyTree, people: emptyTree }

const nothingOf = ({ lead, keys }: Who, touched: Instant): PersonMemory => ({
  lead,
  keys,
  touched,
  seen: [],
  scores: {},
  stages: {},
  behaviors: {},
  audiences: []
})

const joinedRecords = <A>(
  a: Readonly<Record<string, A>>,
  b: Readonly<Record<string, A>>,
  join: (a: A, b: A) => A
): Readonly<Record<string, A>> => {
  const all = new Map(Object.entries(a))
  for (const [name, value] of Object.entries(b)) {
    const before = all.get(name)
    all.set(name, before === undefined ? value : join(before, value))
  }
  // From entries: assigning to the name `__proto__` would lose it.
  return Object.fromEntries(all)
}

const sum = (a: number, b: number): number => a + b
const later = (a: Instant | null, b: Instant | null): Instant | null =>
  a === null ? b : b === null ? a : Math.max(a, b)
const earlier = (a: Instant | null, b: Instant | null): Instant | null =>
  a === null ? b : b === null ? a : Math.min(a, b)

/** How much of a sum is left after so long. @internal */
export const decayed = (points: number, millis: number, halfLife: number | null): number =>
  halfLife === null || millis <= 0 ? points : points * 2 ** (-millis / halfLife)

/** A sum with points of some instant in it, as of the later of the two. @internal */
export const withPoints = (
  { sum: before, asOf, used, told }: ScoreMemory,
  points: number,
  at: Instant,
  halfLife: number | null
): ScoreMemory =>
  at > asOf
    ? { sum: decayed(before, at - asOf, halfLife) + points, asOf: at, used, told }
    : { sum: before + decayed(points, asOf - at, halfLife), asOf, used, told }

const millisPerDay = 86_400_000

const dayOf = (instant: Instant): number => Math.floor(instant / millisPerDay)

const bothSeen = (a: Seen, b: Seen): Seen => {
  const days = new Map(a)
  for (const [day, ids] of b) {
    let all = days.get(day) ?? emptyTree
    for (const [id] of entriesOf(ids)) all = withValue(all, id, true)
    days.set(day, all)
  }
  return [...days]
}

/** Messages with another among them, and without days that ended before. */
const withSeen = (seen: Seen, messageId: string | null, now: Instant, since: Instant): Seen => {
  const kept = seen.filter(([day]) => day >= dayOf(since))
  if (messageId === null) return kept
  const today = dayOf(now)
  const ids = kept.find(([day]) => day === today)?.[1] ?? emptyTree
  return [...kept.filter(([day]) => day !== today), [today, withValue<true>(ids, messageId, true)]]
}

/** Whether a message was seen since then. @internal */
export const wasSeen = (seen: Seen, messageId: string, since: Instant): boolean =>
  seen.some(([day, ids]) => day >= dayOf(since) && valueAt(ids, messageId) === true)

/** What was known of two who are one. */
const joined = (a: PersonMemory, b: PersonMemory, halfLifeOf: (score: string) => number | null): PersonMemory => {
  const scores = new Map(Object.entries(a.scores))
  for (const [name, score] of Object.entries(b.scores)) {
    const before = scores.get(name)
    const both = before === undefined ? score : withPoints(before, score.sum, score.asOf, halfLifeOf(name))
    scores.set(name, {
      ...both,
      used: joinedRecords(before?.used ?? {}, score.used, sum),
      told: before === undefined ? score.told : before.told
    })
  }
  return {
    lead: a.lead,
    keys: [...new Set([...a.keys, ...b.keys])],
    touched: Math.max(a.touched, b.touched),
    seen: bothSeen(a.seen, b.seen),
    scores: Object.fromEntries(scores),
    stages: joinedRecords(a.stages, b.stages, Math.max),
    behaviors: joinedRecords(a.behaviors, b.behaviors, (x, y) => ({
      count: x.count + y.count,
      first: earlier(x.first, y.first),
      last: later(x.last, y.last)
    })),
    audiences: [...new Set([...a.audiences, ...b.audiences])].sort()
  }
}

/** The person whom an event is about, and the memory in which it is one person. @internal */
export interface Met {
  readonly memory: Memory
  readonly name: string
  readonly person: PersonMemory
}

/** Who an event is about, as far as is remembered. @internal */
export const meet = (memory: Memory, who: Who, now: Instant, halfLifeOf: (score: string) => number | null): Met => {
  const known = [...new Set(who.keys.flatMap((key) => valueAt(memory.names, key) ?? []))]
  const [name = `p${memory.next}`, ...others] = known
  let { people, names } = memory
  let person = valueAt(people, name) ?? nothingOf(who, now)
  for (const other of others) {
    const theirs = valueAt(people, other)
    if (theirs === undefined) continue
    person = joined(person, theirs, halfLifeOf)
    people = withoutKey(people, other)
  }
  person = { ...person, lead: who.lead, keys: [...new Set([...person.keys, ...who.keys])] }
  for (const key of person.keys) if (valueAt(names, key) !== name) names = withValue(names, key, name)
  const next = known.length === 0 ? memory.next + 1 : memory.next
  return { memory: { ...memory, next, names, people }, name, person }
}

/** The memory with this known of a person, who saw a message now. @internal */
export const kept = (
  { memory, name }: Met,
  person: PersonMemory,
  messageId: string | null,
  now: Instant,
  since: Instant
): Memory => {
  const seen = withSeen(person.seen, messageId, now, since)
  const touched = Math.max(person.touched, now)
  return { ...memory, people: withValue(memory.people, name, { ...person, seen, touched }) }
}

/** The people remembered. @internal */
export const peopleOf = ({ people }: Memory): ReadonlyArray<PersonMemory> => valuesOf(people)

/** The memory without a person, and without the keys by which it was met. */
const without = (memory: Memory, keys: ReadonlyArray<string>): Memory => {
  let { people, names } = memory
  for (const key of keys) {
    const name = valueAt(names, key)
    names = withoutKey(names, key)
    if (name !== undefined) people = withoutKey(people, name)
  }
  return { ...memory, names, people }
}

/** The memory without whoever has one of these keys: nothing is kept of somebody who is to be gone. @internal */
export const forgetPeople = (memory: Memory, keys: ReadonlyArray<string>): Memory => {
  const persons = keys.flatMap((key) => valueAt(memory.people, valueAt(memory.names, key) ?? '') ?? [])
  return persons.reduce((so, person) => without(so, person.keys), memory)
}

/**
 * The memory without people of whom nothing was heard since then. What they had done counts from nothing again.
 *
 * @category memory
 * @since 0.1.0
 */
export const forgetBefore = (memory: Memory, since: Instant): Memory =>
  peopleOf(memory).reduce((so, { touched, keys }) => (touched >= since ? so : without(so, keys)), memory)
