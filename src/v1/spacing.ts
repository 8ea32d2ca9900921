/**
 * When to sync a lead over SOAP again: advice only, nothing waits here.
 *
 *     t = 0 s    sync   ana  { Plan: 'free' }    send now
 *     t = 9 s    sync   ana  { Plan: 'pro' }     wait till 30 s ┐ one sync
 *     t = 12 s   sync   ana  { Title: 'CTO' }    wait till 30 s ┘ { Plan: 'pro', Title: 'CTO' }
 *
 * Segment says that a lead can be synced every 30 seconds, and that sooner means "Exceeded lock attempts". So what comes sooner waits,
 * and what waits for one lead becomes one sync: the latest value of each attribute (null too), the latest email, the cookie.
 *
 * A lead is known by each of its keys: a sync that has both email and cookie says that they are one lead's, and that holds until the
 * lead is forgotten. Two cookies of one lead do not fit into one sync, since each is a browser to associate; they wait for each other.
 *
 * The state is plain JSON and holds what waits, and what was sent in the last 30 seconds. `now` should not go back; should it, a lead
 * waits 30 seconds from the earlier time: longer than need be, never shorter. Each call looks through the state once.
 *
 * Source: Segment "Marketo Destination", Troubleshooting.
 *
 * @module
 */
import type { Instant } from '../ground/calendar.js'
import type { FieldValue, SyncLeadOverSoap } from '../intent/intent.js'
import { keyText, type LeadKey } from '../intent/lead-key.js'

/**
 * How long a lead rests between two syncs.
 *
 * @category spacing
 * @since 0.1.0
 */
export const syncSpacingMillis = 30_000

/**
 * How many keys of one lead are remembered, the latest first: a browser that many people share would else gather all their emails.
 *
 * @internal
 */
export const mostKeys = 64

/**
 * A sync that waits: one or more intents for one lead, made one. Each attribute has the turn at which it came: of two, the later counts.
 *
 * @category spacing
 * @since 0.1.0
 */
export interface WaitingSync {
  readonly keys: ReadonlyArray<string>
  readonly munchkinId: SyncLeadOverSoap['munchkinId']
  readonly lead: LeadKey
  readonly email: string | null
  readonly cookie: string | null
  readonly attributes: ReadonlyArray<readonly [name: string, value: FieldValue, turn: number]>
}

/**
 * What is known between two calls, as JSON: the leads synced of late, by all their keys, with the time; and what waits, in the order to
 * send.
 *
 * @category spacing
 * @since 0.1.0
 */
export interface Spacing {
  readonly turn: number
  readonly synced: ReadonlyArray<readonly [keys: ReadonlyArray<string>, at: Instant]>
  readonly waiting: ReadonlyArray<WaitingSync>
}

/**
 * Nothing synced, nothing waiting.
 *
 * @category spacing
 * @since 0.1.0
 */
export const noSpacing: Spacing = { turn: 0, synced: [], waiting: [] }

/**
 * What to do with a sync. `send` is it, made one with what waited for that lead; or null: then it waits till `sendAt`.
 *
 * @category spacing
 * @since 0.1.0
 */
export interface SpacedSync {
  readonly state: Spacing
  readonly send: SyncLeadOverSoap | null
  readonly sendAt: Instant
}

/**
 * What to send now, and when to ask again: null when nothing waits any more.
 *
 * @category spacing
 * @since 0.1.0
 */
export interface DueSyncs {
  readonly state: Spacing
  readonly send: ReadonlyArray<SyncLeadOverSoap>
  readonly nextAt: Instant | null
}

/** An empty text names nobody. */
const present = (text: string | null): string | null => (text === '' ? null : text)

/** Every key that a sync names its lead by, on its instance. */
const keysOf = ({ munchkinId, lead, ...sync }: SyncLeadOverSoap): ReadonlyArray<string> => {
  const email = present(sync.email)
  const cookie = present(sync.cookie)
  const keys = [keyText(lead)]
  if (email !== null) keys.push(keyText({ lookupField: 'email', value: email }))
  if (cookie !== null) keys.push(keyText({ lookupField: 'cookies', value: cookie }))
  return [...new Set(keys)].map((key) => `${munchkinId} ${key}`)
}

const waitingOf = (sync: SyncLeadOverSoap, turn: number): WaitingSync => ({
  keys: keysOf(sync),
  munchkinId: sync.munchkinId,
  lead: sync.lead,
  email: present(sync.email),
  cookie: present(sync.cookie),
  attributes: Object.entries(sync.attributes).map(([name, value]) => [name, value, turn])
})

/** From entries, because assigning to the name `__proto__` would lose the attribute. */
const intentOf = ({ munchkinId, lead, email, cookie, attributes }: WaitingSync): SyncLeadOverSoap => ({
  _tag: 'SyncLeadOverSoap',
  munchkinId,
  lead,
  email,
  attributes: Object.fromEntries(attributes.map(([name, value]) => [name, value])),
  cookie
})

const laterAttributes = (a: WaitingSync, b: WaitingSync): WaitingSync['attributes'] => {
  const latest = new Map(a.attributes.map((attribute) => [attribute[0], attribute]))
  for (const attribute of b.attributes) {
    const known = latest.get(attribute[0])
    if (known === undefined || known[2] < attribute[2]) latest.set(attribute[0], attribute)
  }
  return [...latest.values()]
}

/** Keys without repeats, the newer first. */
const together = (newer: ReadonlyArray<string>, older: ReadonlyArray<string>): ReadonlyArray<string> =>
  [...new Set([...newer, ...older])].slice(0, mostKeys)

/**
 * Two as one. What says that the two are one lead's says its email too, so the later email is the later one's; a lead with a cookie is
 * named by it.
 */
const joined = (earlier: WaitingSync, later: WaitingSync): WaitingSync => ({
  keys: together(later.keys, earlier.keys),
  munchkinId: later.munchkinId,
  lead: later.cookie === null && earlier.cookie !== null ? earlier.lead : later.lead,
  email: later.email ?? earlier.email,
  cookie: later.cookie ?? earlier.cookie,
  attributes: laterAttributes(earlier, later)
})

const isOneLead = (a: ReadonlyArray<string>, b: ReadonlyArray<string>): boolean => a.some((key) => b.includes(key))

const fitTogether = (a: WaitingSync, b: WaitingSync): boolean =>
  a.cookie === null || b.cookie === null || a.cookie === b.cookie

/** A sync with every key that is known of its lead. What came later knows more, so it is asked first. */
const withKin = ({ synced, waiting }: Spacing, sync: WaitingSync): WaitingSync => {
  const kin = [...waiting.map(({ keys }) => keys).reverse(), ...synced.map(([keys]) => keys)]
  return { ...sync, keys: kin.reduce((keys, more) => (isOneLead(keys, more) ? together(keys, more) : keys), sync.keys) }
}

/**
 * What waits, with a sync more at the end: joined with what waits for its lead, from the latest back, as long as their cookies fit. Its
 * keys are all that its lead has, so nothing of that lead is overtaken.
 */
const withSync = (state: Spacing, sync: WaitingSync): ReadonlyArray<WaitingSync> => {
  const rest = [...state.waiting]
  let whole = withKin(state, sync)
  for (let i = rest.length - 1; i >= 0; i -= 1) {
    const earlier = rest[i]
    if (earlier === undefined || !isOneLead(earlier.keys, whole.keys)) continue
    if (!fitTogether(earlier, whole)) break
    whole = joined(earlier, whole)
    rest.splice(i, 1)
  }
  return [...rest, whole]
}

/** The syncs of the last 30 seconds. One that lies ahead of `now`, because a clock went back, counts as of now. */
const recent = (synced: Spacing['synced'], now: Instant): Spacing['synced'] =>
  synced
    .filter(([, at]) => now - at < syncSpacingMillis)
    .map((one): Spacing['synced'][number] => (one[1] > now ? [one[0], now] : one))

/** When each waiting sync can go at the earliest: after its lead's rest, and after what waits before it for that lead. */
const timesOf = ({ synced, waiting }: Spacing, now: Instant): ReadonlyArray<Instant> => {
  const free = new Map<string, Instant>()
  for (const { keys } of waiting) for (const key of keys) free.set(key, now)
  // Most leads of the last 30 seconds have nothing waiting.
  for (const [keys, at] of synced) {
    for (const key of keys) {
      const from = free.get(key)
      if (from !== undefined) free.set(key, Math.max(from, at + syncSpacingMillis))
    }
  }
  return waiting.map(({ keys }) => {
    const at = Math.max(...keys.map((key) => free.get(key) ?? now))
    for (const key of keys) free.set(key, at + syncSpacingMillis)
    return at
  })
}

/** The state without the syncs that go now, and with their leads, of which nothing recent is known, resting from now. */
const afterSending = (state: Spacing, goes: (position: number) => boolean, now: Instant): Spacing => ({
  turn: state.turn,
  synced: [...state.synced, ...state.waiting.filter((_, i) => goes(i)).map(({ keys }) => [keys, now] as const)],
  waiting: state.waiting.filter((_, i) => !goes(i))
})

/**
 * What to do with a sync at `now`: send it when its lead has rested, else keep it, made one with what waits for the same lead.
 *
 * @example
 * import { isMunchkinId } from 'segment-marketo/marketo'
 * import { noSpacing, spaceSync } from 'segment-marketo/v1'
 *
 * const munchkinId = '561-HYG-937'
 * const email = 'ana@example.com'
 * const lead = { lookupField: 'email', value: email }
 * const sync = { _tag: 'SyncLeadOverSoap', lead, email, cookie: null, attributes: { Plan: 'pro' } } as const
 * const first = isMunchkinId(munchkinId) ? spaceSync(noSpacing, { ...sync, munchkinId }, 0) : undefined
 * first?.send?.attributes // => { Plan: 'pro' }
 * const second = first?.send ? spaceSync(first.state, first.send, 9_000) : undefined
 * second?.send // => null
 * second?.sendAt // => 30000
 * @category spacing
 * @since 0.1.0
 */
export const spaceSync = (state: Spacing, sync: SyncLeadOverSoap, now: Instant): SpacedSync => {
  const current: Spacing = { ...state, synced: recent(state.synced, now) }
  const waiting = withSync(current, waitingOf(sync, state.turn))
  const next: Spacing = { ...current, turn: state.turn + 1, waiting }
  const last = waiting.length - 1
  const whole = waiting[last]
  const sendAt = timesOf(next, now)[last] ?? now
  if (sendAt > now || whole === undefined) return { state: next, send: null, sendAt }
  return { state: afterSending(next, (i) => i === last, now), send: intentOf(whole), sendAt }
}

/**
 * What waits no longer at `now`, in the order it came.
 *
 * @category spacing
 * @since 0.1.0
 */
export const dueSyncs = (state: Spacing, now: Instant): DueSyncs => {
  const current: Spacing = { ...state, synced: recent(state.synced, now) }
  const times = timesOf(current, now)
  const goes = (i: number): boolean => times[i] === now
  const left = times.filter((at) => at !== now)
  return {
    state: afterSending(current, goes, now),
    send: current.waiting.filter((_, i) => goes(i)).map(intentOf),
    nextAt: left.length === 0 ? null : Math.min(...left)
  }
}

/** For each sync the first one, by position, whose lead is known to be the same. */
const firstOfLead = (syncs: ReadonlyArray<SyncLeadOverSoap>): ReadonlyArray<number> => {
  const parent: Array<number> = []
  const owner = new Map<string, number>()
  const root = (i: number): number => {
    let at = i
    for (let up = parent[at]; up !== undefined && up !== at; up = parent[at]) {
      parent[at] = parent[up] ?? up
      at = up
    }
    return at
  }
  syncs.forEach((sync, i) => {
    parent.push(i)
    for (const key of keysOf(sync)) {
      const known = root(owner.get(key) ?? i)
      const own = root(i)
      parent[Math.max(known, own)] = Math.min(known, own)
      owner.set(key, i)
    }
  })
  return syncs.map((_, i) => root(i))
}

/**
 * A batch with one sync for each lead (more only where a lead comes with several cookies), in the order of each lead's first.
 *
 * @category spacing
 * @since 0.1.0
 */
export const coalesceSyncs = (syncs: ReadonlyArray<SyncLeadOverSoap>): ReadonlyArray<SyncLeadOverSoap> => {
  const leads = new Map<number, ReadonlyArray<WaitingSync>>()
  const first = firstOfLead(syncs)
  syncs.forEach((sync, turn) => {
    const lead = first[turn] ?? turn
    const waiting = leads.get(lead) ?? []
    leads.set(lead, withSync({ turn, synced: [], waiting }, waitingOf(sync, turn)))
  })
  return [...leads.values()].flatMap((waiting) => waiting.map(intentOf))
}
