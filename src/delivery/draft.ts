/**
 * A delivery while an answer is taken in.
 *
 * @module
 */
import type { Instant } from '../ground/calendar.js'
import { regrouped } from './backlog.js'
import { honest } from './doubt.js'
import { type End, endFor, type ItemOutcome, outcomeOf } from './outcome.js'
import { type PendingItems, pendingItems } from './pending-items.js'
import { type Known, keysOfIntent, meet, type People, withLeadId } from './people.js'
import type { RefusedFields } from './refused-fields.js'
import type { Delivery, FoundLead, InFlight, Instance, Job, Pending } from './state.js'

/** A delivery while an answer is taken in: its parts, to be replaced one by one. @internal */
export interface Draft {
  readonly state: Delivery
  readonly flight: InFlight
  /** The calls that are in flight besides. */
  readonly others: Map<string, InFlight>
  readonly now: Instant
  readonly outcomes: Array<ItemOutcome>
  readonly found: Map<string, ReadonlyArray<FoundLead>>
  readonly families: Map<string, number>
  readonly jobs: Map<string, Job>
  pending: PendingItems
  instance: Instance
  people: People
  nextPiece: number
  seed: number
}

/** A draft of a delivery, for the answer to a call of an instance. @internal */
export const draftOf = (
  state: Delivery,
  flight: InFlight,
  others: Map<string, InFlight>,
  instance: Instance,
  now: Instant
): Draft => ({
  state,
  flight,
  others,
  now,
  outcomes: [...state.outcomes],
  found: new Map(Object.entries(state.found)),
  families: new Map(Object.entries(state.families)),
  jobs: new Map(Object.entries(state.jobs)),
  pending: pendingItems(state.pending),
  instance,
  people: state.people,
  nextPiece: state.nextPiece,
  seed: state.seed
})

/** The counts of families that still have members. */
const aliveFamilies = ({ families, pending }: Draft): Delivery['families'] => {
  if (families.size === 0) return {}
  const alive = new Set(pending.values().map(({ family }) => String(family)))
  return Object.fromEntries([...families].filter(([family]) => alive.has(family)))
}

/** What lookups told that some pending upsert still wants to know. */
const stillAsked = ({ found, pending, state }: Draft): Draft['found'] => {
  if (found.size === 0) return found
  const wanted = new Set<string>()
  for (const { intent } of pending.values())
    if (intent._tag === 'UpsertLead') for (const key of keysOfIntent(intent, state.options.idFields)) wanted.add(key)
  return new Map([...found].filter(([key]) => wanted.has(key)))
}

/** The delivery that a draft has become. @internal */
export const deliveryOf = (draft: Draft): Delivery => ({
  ...draft.state,
  nextPiece: draft.nextPiece,
  seed: draft.seed,
  instances: Object.fromEntries([...Object.entries(draft.state.instances), [draft.flight.munchkinId, draft.instance]]),
  people: draft.people,
  inFlight: Object.fromEntries(draft.others),
  found: Object.fromEntries(stillAsked(draft)),
  families: aliveFamilies(draft),
  jobs: Object.fromEntries(draft.jobs),
  pending: draft.pending.values(),
  outcomes: draft.outcomes
})

/** Ends items; of the remarks each gets those that are about it. @internal */
export const finish = (draft: Draft, items: ReadonlyArray<Pending>, end: End): void => {
  for (const item of items) {
    const own = draft.pending.get(item.seq)
    if (own === undefined) continue
    draft.pending.delete(item.seq)
    draft.outcomes.push(outcomeOf(item, endFor(item.intent, honest(own, end))))
  }
}

/** Changes what is kept of items. @internal */
export const change = (draft: Draft, items: ReadonlyArray<Pending>, how: Partial<Pending>): void => {
  for (const item of items) {
    const own = draft.pending.get(item.seq)
    if (own !== undefined) draft.pending.set({ ...own, ...how })
  }
}

/** The person that an item is about, who may have turned out to be another since the call went out. @internal */
export const personNow = ({ pending }: Draft, { seq, person }: Pending): number => pending.get(seq)?.person ?? person

/** The key that a lead's number is. @internal */
export const numberKey = ({ flight }: Draft, leadId: number): string => `${flight.munchkinId} id=${leadId}`

/** Learns that keys find a lead; people of one lead are one person from now on. @internal */
export const learn = (draft: Draft, keys: ReadonlyArray<string>, leadId: number): void =>
  unite(draft, [...keys, numberKey(draft, leadId)], withLeadId(keys, leadId))

/** The people of these keys are one from now on; `how` says what is known of that person besides. @internal */
export const unite = (draft: Draft, keys: ReadonlyArray<string>, how: (known: Known) => Known): void => {
  const met = meet(draft.people, keys, how)
  draft.people = met.people
  if (met.gone.length === 0) return
  const gone = new Map(met.gone.map((person) => [person, met.person]))
  draft.pending = pendingItems(regrouped(draft.pending.values(), gone))
}

/** Adds fields that Marketo does not take; whether there are any, so that the call can be made again without them. @internal */
export const heal = (draft: Draft, refused: RefusedFields): boolean => {
  const fields = Object.entries(refused)
  // Marketo's own number for a lead is no field that could be left out.
  if (fields.length === 0 || fields.some(([field]) => field === 'id')) return false
  const { instance } = draft
  const refusedFields = Object.fromEntries([...Object.entries(instance.refusedFields), ...fields])
  draft.instance = { ...instance, refusedFields }
  return true
}
