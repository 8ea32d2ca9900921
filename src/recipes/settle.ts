/**
 * The rules of a whole batch: events come late and in any order, and of what they ask for together only a part is meant.
 *
 *     opt-out and opt-in of one person        the later one; at the same time the opt-out
 *     opt-out and what would engage           the opt-out: the rest is left out, also what was meant before it
 *     onto a list and off it                  the later one; at the same time off
 *     onto a list, later off every list       off
 *     into a program, later out of it         out
 *     off, and anything else                  off first
 *
 * People are the same where their keys are, or the ids that an upsert writes. What has no time is taken as meant last where it says no,
 * and first where it says yes. Nothing leaves unsaid.
 *
 * @module
 */
import type { Instant } from '../ground/calendar.js'
import { excluded, type Problem, type Rule } from '../ground/problem.js'
import type { Intent, ListRef, UpsertLead } from '../intent/intent.js'
import { isConsentField } from '../marketo/consent-fields.js'
import { type People, peopleIn } from './settle-people.js'

/**
 * Something with an intent, such as an item of a delivery.
 *
 * @category batches
 * @since 0.1.0
 */
export interface WithIntent {
  readonly intent: Intent
}

/**
 * A batch after its rules: what is kept, in the order in which it is to be delivered, and what is left out, each with the reason. A kept
 * upsert may be without the fields of a consent that somebody changed later.
 *
 * @category batches
 * @since 0.1.0
 */
export interface Settled<A extends WithIntent> {
  readonly kept: ReadonlyArray<A>
  readonly left: ReadonlyArray<{ readonly item: A; readonly problem: Problem }>
}

const first = Number.NEGATIVE_INFINITY
const last = Number.POSITIVE_INFINITY

/** Consent of a person: when it was last taken back and last given. */
interface Consents {
  out: Instant
  in: Instant
}

/** What a person was last put on and taken off, by list or program; `last` is the position of the last that asked. */
interface Joined {
  join: Instant
  leave: Instant
  joinAt: number
  leaveAt: number
}

/** The batch as a table: what each person asks for, in all. */
interface Table {
  readonly people: People
  readonly consents: Map<string, Consents>
  readonly places: Map<string, Joined>
  readonly leavesAll: Map<string, Instant>
}

const placeOfList = (list: ListRef): string => ('listId' in list ? `list ${list.listId}` : `list named ${list.name}`)

/** The list or program that an intent is about. */
const placeOf = (intent: Intent): string | undefined => {
  switch (intent._tag) {
    case 'AddToList':
    case 'RemoveFromList':
      return placeOfList(intent.list)
    case 'SetProgramStatus':
    case 'LeaveProgram':
      return `program ${intent.programId}`
    default:
      return undefined
  }
}

const entry = <A>(map: Map<string, A>, key: string, none: () => A): A => {
  const known = map.get(key)
  if (known !== undefined) return known
  const made = none()
  map.set(key, made)
  return made
}

const joinsNothing = (): Joined => ({ join: first, leave: first, joinAt: -1, leaveAt: -1 })

/** Takes a later asking; of two at one time the later in the batch. */
const noteJoin = (place: Joined, at: Instant, position: number): void => {
  if (at < place.join) return
  place.join = at
  place.joinAt = position
}

const noteLeave = (place: Joined, at: Instant, position: number): void => {
  if (at < place.leave) return
  place.leave = at
  place.leaveAt = position
}

const noteConsent = (table: Table, person: string, { consent, at }: UpsertLead): void => {
  if (consent === undefined) return
  const own = entry(table.consents, person, () => ({ out: first, in: first }))
  if (consent === 'opt-out') own.out = Math.max(own.out, at ?? last)
  else own.in = Math.max(own.in, at ?? first)
}

const note = (table: Table, intent: Intent, position: number): void => {
  const person = table.people(position)
  if (person === undefined) return
  if (intent._tag === 'UpsertLead') noteConsent(table, person, intent)
  if (intent._tag === 'LeaveLists')
    table.leavesAll.set(person, Math.max(table.leavesAll.get(person) ?? first, intent.at ?? last))
  const place = placeOf(intent)
  if (place === undefined) return
  const own = entry(table.places, `${person} ${place}`, joinsNothing)
  if (intent._tag === 'AddToList' || intent._tag === 'SetProgramStatus') noteJoin(own, intent.at ?? first, position)
  else if ('at' in intent) noteLeave(own, intent.at ?? last, position)
}

/** Whether somebody opted out, and not back in later. */
const isOut = ({ consents }: Table, person: string): boolean => {
  const own = consents.get(person)
  return own !== undefined && own.out > first && own.out >= own.in
}

const because = (mend: string, rule: Rule = 'batch'): Problem => excluded('skipped', ['_tag'], rule, mend)

const suppressed = because('the person asks not to be written to in the same batch', 'suppression')
const leftLater = because('the same batch takes the person off again')
const joinedLater = because('the same batch puts the person back on later')
const leftEverything = because('the same batch takes the person off every list later')
const saidTwice = because('the same batch asks for the same once more')

/** Why something that joins is not meant; undefined where it is. */
const unmeantJoin = (table: Table, person: string, intent: Intent, position: number): Problem | undefined => {
  if ('purpose' in intent && intent.purpose === 'engage' && isOut(table, person)) return suppressed
  const place = placeOf(intent)
  const own = place === undefined ? undefined : table.places.get(`${person} ${place}`)
  if (own === undefined || !('at' in intent)) return undefined
  const at = intent.at ?? first
  if (intent._tag === 'AddToList') {
    if (own.leave > first && own.leave >= own.join) return leftLater
    const leaveAll = table.leavesAll.get(person)
    if (leaveAll !== undefined && leaveAll >= at) return leftEverything
    return own.joinAt === position ? undefined : saidTwice
  }
  // Statuses of one program are steps: each counts that comes after the person left.
  return own.leave > first && own.leave >= at ? leftLater : undefined
}

const unmeantLeave = (table: Table, person: string, intent: Intent, position: number): Problem | undefined => {
  const place = placeOf(intent)
  const own = place === undefined ? undefined : table.places.get(`${person} ${place}`)
  if (own === undefined) return undefined
  if (intent._tag === 'RemoveFromList' && own.join > own.leave) return joinedLater
  return own.leaveAt === position ? undefined : saidTwice
}

const isLeaving = ({ _tag }: Intent): boolean =>
  _tag === 'RemoveFromList' || _tag === 'LeaveLists' || _tag === 'LeaveProgram'

/** An upsert without the consent that somebody changed later. */
const consenting = (table: Table, person: string, upsert: UpsertLead): UpsertLead => {
  const { consent, at, ...rest } = upsert
  if (consent === undefined || (consent === 'opt-out') === isOut(table, person)) return upsert
  return {
    ...rest,
    fields: Object.fromEntries(Object.entries(upsert.fields).filter(([field]) => !isConsentField(field)))
  }
}

const unmeant = (table: Table, person: string, intent: Intent, position: number): Problem | undefined =>
  isLeaving(intent) ? unmeantLeave(table, person, intent, position) : unmeantJoin(table, person, intent, position)

/**
 * The batch as it is meant. `idFields` are the lead fields that identify people.
 *
 * @example
 * import { isMunchkinId } from 'segment-marketo/marketo'
 * import { settle } from 'segment-marketo/recipes'
 *
 * const munchkinId = '561-HYG-937'
 * const base = { lead: { lookupField: 'email', value: 'ana@example.com' }, list: { listId: 1001 } } as const
 * const batch = isMunchkinId(munchkinId)
 *   ? settle([
 *       { intent: { _tag: 'AddToList', ...base, munchkinId, purpose: 'engage', at: 1000 } },
 *       { intent: { _tag: 'RemoveFromList', ...base, munchkinId, at: 2000 } }
 *     ])
 *   : undefined
 * batch?.kept.map(({ intent }) => intent._tag) // => ['RemoveFromList']
 * @category batches
 * @since 0.1.0
 */
export const settle = <A extends WithIntent>(
  items: ReadonlyArray<A>,
  idFields: ReadonlyArray<string> = ['email', 'userId', 'anonymousId']
): Settled<A> => {
  const people = peopleIn(
    items.map(({ intent }) => intent),
    idFields
  )
  const table: Table = { people, consents: new Map(), places: new Map(), leavesAll: new Map() }
  for (const [position, { intent }] of items.entries()) note(table, intent, position)
  const leavings: Array<A> = []
  const others: Array<A> = []
  const left: Array<Settled<A>['left'][number]> = []
  items.forEach((item, position) => {
    const { intent } = item
    const person = people(position)
    const problem = person === undefined ? undefined : unmeant(table, person, intent, position)
    if (problem !== undefined) left.push({ item, problem })
    else if (isLeaving(intent)) leavings.push(item)
    else if (person !== undefined && intent._tag === 'UpsertLead')
      others.push({ ...item, intent: consenting(table, person, intent) })
    else others.push(item)
  })
  return { kept: [...leavings, ...others], left }
}
