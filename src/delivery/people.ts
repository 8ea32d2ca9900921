/**
 * Who is whose: lead keys that are known to be one person's.
 *
 *     upsert  email=ana@corp.test  { userId: 'u1' }     email=ana@corp.test and userId=u1 are one person
 *     activity on userId=u1                             the same person
 *
 * Everything about one person goes down one lane, where it keeps its order and where two writes never run at once: two upserts of one
 * person at the same moment would both find nothing, and both make a lead. A person has a number; when two turn out to be one, the smaller
 * number stays.
 *
 * Instances share nothing: the same email in two Marketos is two people.
 *
 * Source: Adobe "Leads", Create and Update (concurrent upserts with one key can make duplicates).
 *
 * @module
 */
import type { KeyedIntent } from '../intent/intent.js'
import { keyText } from '../intent/lead-key.js'

/**
 * The people known so far, as JSON: the person of each key, and the keys of each person. `next` is the number of the next new person.
 *
 * @category people
 * @since 0.1.0
 */
export interface People {
  readonly next: number
  readonly personOf: Readonly<Record<string, number>>
  readonly keysOf: Readonly<Record<string, ReadonlyArray<string>>>
}

/**
 * Nobody known yet.
 *
 * @category people
 * @since 0.1.0
 */
export const nobody: People = { next: 0, personOf: {}, keysOf: {} }

/**
 * The keys of an intent's lead, each with its instance: its own, and those that an upsert writes into fields that identify people.
 *
 * @internal
 */
export const keysOfIntent = (intent: KeyedIntent, idFields: ReadonlyArray<string>): ReadonlyArray<string> => {
  const { munchkinId, lead } = intent
  const keys = new Set([`${munchkinId} ${keyText(lead)}`])
  if (intent._tag === 'UpsertLead') {
    for (const [field, value] of Object.entries(intent.fields)) {
      if (!idFields.includes(field) || (typeof value !== 'string' && typeof value !== 'number') || value === '')
        continue
      keys.add(`${munchkinId} ${keyText({ lookupField: field, value })}`)
    }
  }
  return [...keys]
}

/**
 * The people after some sets of keys, each of which is one person's; and that person's number for each set, in order. `joined` tells which
 * numbers became which: a person that turned out to be another.
 *
 * @internal
 */
export interface Met {
  readonly people: People
  readonly persons: ReadonlyArray<number>
  readonly joined: ReadonlyArray<readonly [gone: number, stays: number]>
}

/** Keys met, set by set. Copies what is known once, whatever the number of sets. @internal */
export const meet = (people: People, sets: ReadonlyArray<ReadonlyArray<string>>): Met => {
  // From entries and into maps: `__proto__` may be part of a key, and is one like any other.
  const personOf = new Map(Object.entries(people.personOf))
  const keysOf = new Map(Object.entries(people.keysOf).map(([person, keys]) => [Number(person), [...keys]]))
  const joined: Array<readonly [number, number]> = []
  let next = people.next
  const found = sets.map((keys) => {
    const known = [...new Set(keys.flatMap((key) => personOf.get(key) ?? []))].sort((a, b) => a - b)
    const [stays = next, ...gone] = known
    if (stays === next) next += 1
    const own = keysOf.get(stays) ?? []
    keysOf.set(stays, own)
    for (const person of gone) {
      for (const key of keysOf.get(person) ?? []) {
        personOf.set(key, stays)
        own.push(key)
      }
      keysOf.delete(person)
      joined.push([person, stays])
    }
    for (const key of keys) {
      if (personOf.get(key) === stays) continue
      personOf.set(key, stays)
      own.push(key)
    }
    return stays
  })
  const last = new Map(joined)
  const final = (person: number): number => {
    let at = person
    for (let to = last.get(at); to !== undefined; to = last.get(at)) at = to
    return at
  }
  return {
    people: {
      next,
      personOf: Object.fromEntries(personOf),
      keysOf: Object.fromEntries([...keysOf].map(([person, keys]) => [String(person), keys]))
    },
    persons: found.map(final),
    joined
  }
}

/** The people without some persons: what is done with is forgotten, so that memory does not grow with the stream. @internal */
export const forget = ({ next, personOf, keysOf }: People, persons: ReadonlySet<number>): People => ({
  next,
  personOf: Object.fromEntries(Object.entries(personOf).filter(([, person]) => !persons.has(person))),
  keysOf: Object.fromEntries(Object.entries(keysOf).filter(([person]) => !persons.has(Number(person))))
})
