/**
 * What is known of a stream of events: names, how often each came, which types its values fit. No value.
 *
 *     facts of one event  ┐
 *     facts of another    ┴ join ─▶ facts of both, whichever came first
 *
 * Joining is associative and commutative, so the order of events changes nothing, and a stream can be taken in parts. Lists of names
 * stand in the order of the alphabet and are bounded: of more names than there is room for, the first in that order stay with exact
 * counts, whatever the order in which they came; the rest are counted together.
 *
 * @module
 */
import { allLooks, type Looks } from './looks.js'

/** A trait or a property, over all its values. */
export interface Fact {
  readonly name: string
  /** How often it was a text, a number or a boolean. */
  readonly values: number
  /** How often it was an object, a list, or what JSON does not know. */
  readonly structures: number
  /** How often it was null or empty text, which say nothing. */
  readonly silent: number
  /** The types that every value fits. */
  readonly looks: Looks
  /** The code units of the longest value. */
  readonly longest: number
  /** Least and greatest check number of the values: two numbers mean two values. */
  readonly low: number
  readonly high: number
}

/** A track event, over all its calls. */
export interface EventFact {
  readonly name: string
  readonly calls: number
  readonly properties: ReadonlyArray<Fact>
}

/** What is counted beside names. */
export const tallies = [
  'seen',
  'unreadable',
  'ignored',
  'identify',
  'track',
  'page',
  'screen',
  'group',
  'alias',
  'delete',
  'switchedOffForV1',
  'withoutUserId',
  'withoutEmail',
  'withCookie',
  'withName',
  'withStreet',
  'withTwoPostalCodes',
  'withIdTrait',
  'withProperties',
  'pagesWithoutAgent',
  'traitsSeen',
  'eventsSeen'
] as const

/** Something that is counted. */
export type Tally = (typeof tallies)[number]

/** Counts by what they count. */
export type Tallies = Readonly<Record<Tally, number>>

/** All that is known of some events. */
export interface Facts {
  readonly tallies: Tallies
  readonly traits: ReadonlyArray<Fact>
  readonly addressParts: ReadonlyArray<Fact>
  readonly events: ReadonlyArray<EventFact>
}

/** How many names of a kind are kept. */
export const mostNames = { traits: 1_000, addressParts: 100, events: 1_000, properties: 200 } as const

/** The longest name that is kept: no field and no activity has a longer one. */
export const longestName = 255

const noTallies: Tallies = {
  seen: 0,
  unreadable: 0,
  ignored: 0,
  identify: 0,
  track: 0,
  page: 0,
  screen: 0,
  group: 0,
  alias: 0,
  delete: 0,
  switchedOffForV1: 0,
  withoutUserId: 0,
  withoutEmail: 0,
  withCookie: 0,
  withName: 0,
  withStreet: 0,
  withTwoPostalCodes: 0,
  withIdTrait: 0,
  withProperties: 0,
  pagesWithoutAgent: 0,
  traitsSeen: 0,
  eventsSeen: 0
}

/** Counts to start from. */
export const newTallies = (): Record<Tally, number> => ({ ...noTallies })

/** Nothing known yet. */
export const noFacts: Facts = { tallies: noTallies, traits: [], addressParts: [], events: [] }

/** A name of which nothing but the name is known. */
export const blankFact = (name: string): Fact => ({
  name,
  values: 0,
  structures: 0,
  silent: 0,
  looks: allLooks,
  longest: 0,
  low: Number.MAX_SAFE_INTEGER,
  high: -1
})

/** Whether two values or more were not the same. */
export const varies = ({ low, high }: Fact): boolean => low < high

/** Two lists in the order of their names as one, of which the first `most` stay. */
const joinLists = <A extends { readonly name: string }>(
  a: ReadonlyArray<A>,
  b: ReadonlyArray<A>,
  join: (x: A, y: A) => A,
  most: number
): ReadonlyArray<A> => {
  if (a.length === 0) return b
  if (b.length === 0) return a
  const joined: Array<A> = []
  let i = 0
  let k = 0
  while (joined.length < most) {
    const x = a[i]
    const y = b[k]
    if (x === undefined && y === undefined) break
    if (y === undefined || (x !== undefined && x.name < y.name)) {
      if (x !== undefined) joined.push(x)
      i += 1
    } else if (x === undefined || y.name < x.name) {
      joined.push(y)
      k += 1
    } else {
      joined.push(join(x, y))
      i += 1
      k += 1
    }
  }
  return joined
}

const joinFact = (x: Fact, y: Fact): Fact => ({
  name: x.name,
  values: x.values + y.values,
  structures: x.structures + y.structures,
  silent: x.silent + y.silent,
  looks: x.looks & y.looks,
  longest: Math.max(x.longest, y.longest),
  low: Math.min(x.low, y.low),
  high: Math.max(x.high, y.high)
})

const joinEvent = (x: EventFact, y: EventFact): EventFact => ({
  name: x.name,
  calls: x.calls + y.calls,
  properties: joinLists(x.properties, y.properties, joinFact, mostNames.properties)
})

/** What is known of all events of both. */
export const joinFacts = (a: Facts, b: Facts): Facts => {
  const sums = newTallies()
  for (const name of tallies) sums[name] = a.tallies[name] + b.tallies[name]
  return {
    tallies: sums,
    traits: joinLists(a.traits, b.traits, joinFact, mostNames.traits),
    addressParts: joinLists(a.addressParts, b.addressParts, joinFact, mostNames.addressParts),
    events: joinLists(a.events, b.events, joinEvent, mostNames.events)
  }
}

/** Facts of so many events. */
export interface Block {
  readonly events: number
  readonly facts: Facts
}

/**
 * The blocks with one more. Blocks of equal size are joined, as one carries in binary numbers: a long list of names is then written
 * anew once in a thousand events and not for each.
 */
export const addBlock = (blocks: ReadonlyArray<Block>, facts: Facts): ReadonlyArray<Block> => {
  let now: Block = { events: 1, facts }
  let left = blocks.length
  for (let last = blocks[left - 1]; last !== undefined && last.events === now.events; last = blocks[left - 1]) {
    now = { events: now.events * 2, facts: joinFacts(last.facts, now.facts) }
    left -= 1
  }
  return [...blocks.slice(0, left), now]
}

/** What is known of the events of all blocks. */
export const joinBlocks = (blocks: ReadonlyArray<Block>): Facts =>
  blocks.reduce((facts, block) => joinFacts(facts, block.facts), noFacts)
