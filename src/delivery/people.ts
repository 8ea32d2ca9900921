/**
 * Who is whose: lead keys that are known to be one person's, and what is known of each person.
 *
 *     upsert  email=ana@example.com  { userId: 'u1' }   email=ana@example.com and userId=u1 are one person
 *     activity on userId=u1                             the same person
 *
 * Everything about one person goes down one lane, where it keeps its order and where two writes never run at once: two upserts of one
 * person at the same moment would both find nothing, and both make a lead. A person has a number; when two turn out to be one, the smaller
 * number stays. Instances share nothing: the same email in two Marketos is two people.
 *
 *     young   people met lately          looked up first, then the old ones; who is met moves to the young
 *     old     people met before those    when the young are many, they become the old, and the old ones are forgotten
 *
 * So memory does not grow with the stream, and forgetting costs nothing that grows.
 *
 * Source: Adobe "Leads", Create and Update (concurrent upserts with one key can make duplicates).
 *
 * @module
 */

import { recordKey } from '../endpoints/sync-custom-objects.js'
import { emptyTree, entriesOf, type Tree, valueAt, withValue } from '../ground/tree.js'
import { isKeyedIntent, type KeyedIntent, type RecordIntent, type ServerIntent } from '../intent/intent.js'
import { keyText, type LeadKey } from '../intent/lead-key.js'

/**
 * What is known of one person: the keys, the number of the lead that each of them finds, and a fingerprint of the record that was last
 * written; empty where nobody knows what the lead holds.
 *
 * @category people
 * @since 0.1.0
 */
export interface Known {
  readonly keys: ReadonlyArray<string>
  readonly leadIds: Tree<number>
  readonly written: string
}

/** People of one age: the person of each key, what is known of each person, and the lead of each browser; `size` counts people and browsers. @internal */
export interface Generation {
  readonly size: number
  readonly personOf: Tree<number>
  readonly known: Tree<Known>
  readonly browsers: Tree<number>
}

/**
 * The people in mind, as JSON. `next` is the number of the next new person.
 *
 * @category people
 * @since 0.1.0
 */
export interface People {
  readonly next: number
  readonly young: Generation
  readonly old: Generation
}

const noGeneration: Generation = { size: 0, personOf: emptyTree, known: emptyTree, browsers: emptyTree }

/**
 * Nobody in mind yet.
 *
 * @category people
 * @since 0.1.0
 */
export const nobody: People = { next: 0, young: noGeneration, old: noGeneration }

/** A key of a lead on its instance, as text: alike for keys that Marketo would match with the same lead. @internal */
export const keyOf = ({ munchkinId, lead }: Pick<KeyedIntent, 'munchkinId' | 'lead'>): string =>
  `${munchkinId} ${keyText(lead)}`

/** The keys that an intent gives its lead: its own first, then those that an upsert writes into fields that identify people. @internal */
export const leadKeysOf = (intent: KeyedIntent, idFields: ReadonlyArray<string>): ReadonlyArray<LeadKey> => {
  const keys = [intent.lead]
  if (intent._tag !== 'UpsertLead') return keys
  const own = keyText(intent.lead)
  for (const [lookupField, value] of Object.entries(intent.fields)) {
    if (!idFields.includes(lookupField) || (typeof value !== 'string' && typeof value !== 'number') || value === '')
      continue
    if (keyText({ lookupField, value }) !== own) keys.push({ lookupField, value })
  }
  return keys
}

/** A record that is no lead, as text: alike for those that Marketo would take for one. No lead key looks like it. @internal */
export const recordKeyOf = (intent: RecordIntent): string =>
  intent._tag === 'SyncCompany'
    ? `${intent.munchkinId} company ${intent.externalCompanyId}`
    : `${intent.munchkinId} object ${JSON.stringify(recordKey(intent))}`

/** What an item is about, as text: a lead's key, or another record's. @internal */
export const itemKeyOf = (intent: ServerIntent): string => (isKeyedIntent(intent) ? keyOf(intent) : recordKeyOf(intent))

/** The same as texts. @internal */
export const keysOfIntent = (intent: ServerIntent, idFields: ReadonlyArray<string>): ReadonlyArray<string> => {
  if (!isKeyedIntent(intent)) return [recordKeyOf(intent)]
  const { munchkinId } = intent
  return [...new Set(leadKeysOf(intent, idFields).map((lead) => keyOf({ munchkinId, lead })))]
}

/** The person of a key. @internal */
export const personOf = ({ young, old }: People, key: string): number | undefined =>
  valueAt(young.personOf, key) ?? valueAt(old.personOf, key)

const nothingKnown: Known = { keys: [], leadIds: emptyTree, written: '' }

/** What is known of a person. @internal */
export const knownOf = ({ young, old }: People, person: number): Known =>
  valueAt(young.known, String(person)) ?? valueAt(old.known, String(person)) ?? nothingKnown

/** The lead that one of a person's keys finds, if somebody told. @internal */
export const leadIdIn = ({ leadIds }: Known, key: string): number | undefined => valueAt(leadIds, key)

/** The same, of the person with this number. @internal */
export const leadIdOf = (people: People, person: number, key: string): number | undefined =>
  leadIdIn(knownOf(people, person), key)

const isYoung = ({ young }: People, person: number): boolean => valueAt(young.known, String(person)) !== undefined

/** The people with this known of a person, who is young from now on; `fresh` are the keys whose person changes. */
const keep = (people: People, person: number, known: Known, fresh: ReadonlyArray<string>): People => {
  const { young } = people
  const size = isYoung(people, person) ? young.size : young.size + 1
  const personOf = fresh.reduce((tree, key) => withValue(tree, key, person), young.personOf)
  return { ...people, young: { ...young, size, personOf, known: withValue(young.known, String(person), known) } }
}

/** Leads' numbers by key; an object would be a hidden class for every person. */
const byKey = (entries: ReadonlyArray<readonly [key: string, leadId: number]>): Tree<number> =>
  entries.reduce<Tree<number>>((tree, [key, leadId]) => withValue(tree, key, leadId), emptyTree)

/** What is known of people who turned out to be one: of what was written last nobody knows the order. */
const joinedKnown = (all: ReadonlyArray<Known>): Known => ({
  keys: all.flatMap(({ keys }) => keys),
  leadIds: byKey(all.flatMap(({ leadIds }) => entriesOf(leadIds))),
  written: ''
})

/** The people after some keys were met that are one person's. `gone` are numbers of people who turned out to be that one. @internal */
export interface Met {
  readonly people: People
  readonly person: number
  readonly gone: ReadonlyArray<number>
}

/** Keys of one person that are kept in mind: a kiosk or a test account meets new browsers for ever. */
const mostKeys = 1_000

/** What is known, of the keys that were met last alone where there are too many. */
const lately = (known: Known, met: ReadonlyArray<string>): Known => {
  if (known.keys.length <= mostKeys) return known
  const keys = [...known.keys.filter((key) => !met.includes(key)), ...met].slice(-mostKeys)
  const kept = new Set(keys)
  return { ...known, keys, leadIds: byKey(entriesOf(known.leadIds).filter(([key]) => kept.has(key))) }
}

/** Keys met that are one person's; `change` says what is known of that person besides. @internal */
export const meet = (
  people: People,
  keys: ReadonlyArray<string>,
  change: (known: Known) => Known = (known) => known
): Met => {
  const persons = keys.map((key) => personOf(people, key))
  const [person = people.next, ...gone] = [...new Set(persons.flatMap((one) => one ?? []))].sort((a, b) => a - b)
  const isNew = person === people.next
  const added = [...new Set(keys.filter((_, i) => persons[i] === undefined))]
  const stays = gone.length === 0 && (isNew || isYoung(people, person))
  const before = knownOf(people, person)
  const joined = gone.length === 0 ? before : joinedKnown([before, ...gone.map((one) => knownOf(people, one))])
  const known = change(added.length === 0 ? joined : lately({ ...joined, keys: [...joined.keys, ...added] }, keys))
  if (stays && !isNew && known === before) return { people, person, gone }
  // Who was old, or somebody else, is found among the young by all keys from now on.
  const fresh = stays ? added : known.keys
  return { people: keep(isNew ? { ...people, next: person + 1 } : people, person, known, fresh), person, gone }
}

/** That these keys find a lead. @internal */
export const withLeadId =
  (keys: ReadonlyArray<string>, leadId: number) =>
  (known: Known): Known =>
    keys.every((key) => leadIdIn(known, key) === leadId)
      ? known
      : { ...known, leadIds: keys.reduce((tree, key) => withValue(tree, key, leadId), known.leadIds) }

/** That leads were merged into another: what found one of them finds that one. @internal */
export const withMerged =
  (winnerId: number, loserIds: ReadonlySet<number>) =>
  (known: Known): Known => ({
    ...known,
    leadIds: byKey(entriesOf(known.leadIds).map(([key, id]) => [key, loserIds.has(id) ? winnerId : id])),
    written: ''
  })

/** Whether a key is a lead's own number. */
const isNumber = (key: string): boolean => key.startsWith('id=', key.indexOf(' ') + 1)

/**
 * The people without the numbers of a person's lead: they turned out wrong. What a number was merged into stays true, whatever somebody
 * thought of other keys.
 *
 * @internal
 */
export const unlearned = (people: People, person: number): People => {
  const known = knownOf(people, person)
  const leadIds = byKey(entriesOf(known.leadIds).filter(([key]) => isNumber(key)))
  return keep(people, person, { ...known, leadIds, written: '' }, [])
}

/** The people once a record of that fingerprint was written; an empty one says that nobody knows what is there now. @internal */
export const wrote = (people: People, person: number, written: string): People => {
  const known = knownOf(people, person)
  return known.written === written ? people : keep(people, person, { ...known, written }, [])
}

/** Whose a browser is when nobody knows any more: no lead has the number zero. */
const somebody = 0

/** The lead that a browser was last said to be; zero, or undefined, when nobody knows. @internal */
export const leadOfBrowser = ({ young, old }: People, browser: string): number | undefined =>
  valueAt(young.browsers, browser) ?? valueAt(old.browsers, browser)

/** The people once it is no longer known whose a browser is. @internal */
export const withoutBrowser = (people: People, browser: string): People =>
  leadOfBrowser(people, browser) === undefined ? people : withBrowser(people, browser, somebody)

/** The people once a browser was said to be a lead's. @internal */
export const withBrowser = (people: People, browser: string, leadId: number): People => {
  const { young } = people
  const size = valueAt(young.browsers, browser) === undefined ? young.size + 1 : young.size
  return { ...people, young: { ...young, size, browsers: withValue(young.browsers, browser, leadId) } }
}

/** The people, the oldest of them forgotten where there are more than so many; who is busy stays. @internal */
export const aged = (people: People, busy: ReadonlySet<number>, remember: number): People => {
  if (people.young.size <= Math.max(remember / 2, busy.size * 2)) return people
  const rested: People = { next: people.next, young: noGeneration, old: people.young }
  let kept = rested
  for (const person of busy) {
    const known = knownOf(people, person)
    kept = keep(kept, person, known, known.keys)
  }
  return kept
}
