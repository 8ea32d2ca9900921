/**
 * The people of a stream, told apart by their ids: two events that share an id are one person's.
 *
 *     line 3   anonymousId a1                    ┐
 *     line 9   anonymousId a1, userId u1         ├ one person
 *     line 12  userId u1, email ana@example.com  ┘
 *
 * Of an id only a number of 48 bits is kept, of a person the first line at which each fact was so, in one table of numbers. It is
 * bounded: once {@link mostIds} ids are in it, people with new ids only are not followed. Two people at one browser count as one.
 *
 * @module
 */
import { createHash } from 'node:crypto'
import { growing, joiningRows } from './rows.js'

/** How many ids are kept: at most 100 MB, if every person has only one. */
export const mostIds = 500_000

/** Kinds of ids that address a lead; in v2 no cookie does. */
export const kinds = ['email', 'cookie', 'userId', 'anonymousId'] as const

/** A kind of id that addresses a lead. */
export type Kind = (typeof kinds)[number]

/** What is kept of a person. */
export type Fact =
  | `keyed by ${Kind}` // a call was mapped to a lead that this kind of id addresses
  | `wrote ${Kind}` // a mapped call wrote this kind of id on its lead
  | 'identify' // an identify call came
  | 'action' // a track or page call came
  | 'cookie' // an identify call had a Munchkin cookie
  | 'bare' // a track or page call of a browser had none

const places: Readonly<Record<Fact, number>> = {
  'keyed by email': 0,
  'keyed by cookie': 1,
  'keyed by userId': 2,
  'keyed by anonymousId': 3,
  'wrote email': 4,
  'wrote cookie': 5,
  'wrote userId': 6,
  'wrote anonymousId': 7,
  identify: 8,
  action: 9,
  cookie: 10,
  bare: 11
}

const width = Object.keys(places).length

/** A line that never came. */
export const never = 2_147_483_647

/** The first line at which each fact was so. */
export type Facts = (fact: Fact) => number

/** A row of the table. */
export type Person = number

/** The table. */
export interface People {
  /** Whose ids these are; people that an event joins become one. Undefined when there are none, or no room for a new person. */
  readonly whose: (ids: ReadonlyArray<number>) => Person | undefined
  readonly note: (person: Person, fact: Fact, line: number) => void
  readonly all: () => Iterable<Facts>
  readonly count: () => number
  readonly isFull: () => boolean
}

/** An id as a number that does not tell it. */
export const idNumber = (kind: Kind, id: string): number =>
  createHash('sha256').update(`${kind}=${id}`).digest().readUIntBE(0, 6)

/** An empty table with room for so many ids. */
export const newPeople = (most: number = mostIds): People => {
  const owners = new Map<number, Person>()
  const rows = joiningRows()
  const lines = growing(never)
  let isFull = false

  const note = (person: Person, place: number, line: number): void => {
    const at = person * width + place
    if (line < lines.at(at)) lines.put(at, line)
  }

  const join = (person: Person, other: Person): void => {
    rows.join(person, other)
    for (let place = 0; place < width; place += 1) note(person, place, lines.at(other * width + place))
  }

  const known = (ids: ReadonlyArray<number>): Person | undefined => {
    let found: Person | undefined
    for (const id of ids) {
      const owner = owners.get(id)
      const person = owner === undefined ? undefined : rows.finalOf(owner)
      if (found === undefined || person === undefined) found ??= person
      else if (person !== found) join(found, person)
    }
    return found
  }

  return {
    whose: (ids) => {
      const isNew = ids.some((id) => !owners.has(id))
      if (isNew && owners.size + ids.length > most) isFull = true
      const person = known(ids) ?? (ids.length === 0 || isFull ? undefined : rows.made())
      if (person !== undefined && isNew && !isFull) for (const id of ids) owners.set(id, person)
      return person
    },
    note: (person, fact, line) => note(person, places[fact], line),
    *all() {
      for (let person = 0; person < rows.rows(); person += 1) {
        if (rows.isOwn(person)) yield (fact) => lines.at(person * width + places[fact])
      }
    },
    count: rows.count,
    isFull: () => isFull
  }
}
