/**
 * What we wrote into Marketo, so that we know it again when Marketo tells of it.
 *
 *     561-HYG-937 1042 ─▶ phone ─▶ writes   [ { digest, writtenAt, requestId, echo } ]     at most 8, the last ones
 *                                  turns    [ … ]  last 'to-marketo'  frozenUntil null     see `brake`
 *
 * Plain JSON, kept by the caller. Values are digests: they can be known again, not read. What is older than the window goes, and of too
 * many leads the ones longest untouched.
 *
 * Source: Adobe "Activities" (Change Data Value).
 *
 * @module
 */
import type { Instant } from '../../ground/calendar.js'
import { emptyTree, type Tree, valueAt, valuesOf, withoutKey, withValue } from '../../ground/tree.js'
import type { MunchkinId } from '../../marketo/munchkin-id.js'
import type { ConflictSettings, FieldPolicy } from '../conflict/policy.js'
import { policyOf } from '../conflict/policy.js'
import type { LoopSettings } from './settings.js'

/** Which way a value went. */
export type Direction = 'to-marketo' | 'to-segment'

/** One write of one field. `echo` is the activity that told of it, null until one does. @internal */
export interface WriteEntry {
  readonly digest: string
  readonly writtenAt: Instant
  readonly requestId: string | null
  readonly echo: string | null
}

/** What is remembered of one field. @internal */
export interface FieldEntry {
  readonly writes: ReadonlyArray<WriteEntry>
  readonly last: Direction | null
  readonly turns: ReadonlyArray<Instant>
  readonly frozenUntil: Instant | null
}

/** What is remembered of one lead. @internal */
export interface LeadEntry {
  readonly munchkinId: MunchkinId
  readonly leadId: number
  readonly touchedAt: Instant
  readonly fields: Readonly<Record<string, FieldEntry>>
}

/**
 * All that is remembered. Its members are the guard's own business.
 *
 * @category loop guard
 * @since 0.1.0
 */
export interface LoopLedger {
  readonly version: 1
  readonly leads: Tree<LeadEntry>
  readonly size: number
}

/**
 * A ledger before anything was written.
 *
 * @category loop guard
 * @since 0.1.0
 */
export const emptyLedger: LoopLedger = { version: 1, leads: emptyTree, size: 0 }

/**
 * What the functions of the guard share: its settings, and how values are compared.
 *
 * @category loop guard
 * @since 0.1.0
 */
export interface LoopGuard {
  readonly settings: LoopSettings
  readonly policyFor: (field: string) => FieldPolicy
}

/**
 * A guard of these settings.
 *
 * @category loop guard
 * @since 0.1.0
 */
export const loopGuard = (settings: LoopSettings, conflicts: ConflictSettings): LoopGuard => ({
  settings,
  policyFor: policyOf(conflicts)
})

/** A field that nothing is remembered of. @internal */
export const noEntry: FieldEntry = { writes: [], last: null, turns: [], frozenUntil: null }

/** A lead as the ledger names it. @internal */
export type LeadName = Pick<LeadEntry, 'munchkinId' | 'leadId'>

const keyOf = ({ munchkinId, leadId }: LeadName): string => `${munchkinId} ${leadId}`

/** What is remembered of a lead's fields. @internal */
export const fieldsOf = (ledger: LoopLedger, lead: LeadName): ReadonlyMap<string, FieldEntry> =>
  new Map(Object.entries(valueAt(ledger.leads, keyOf(lead))?.fields ?? {}))

const withoutLead = (ledger: LoopLedger, lead: LeadName): LoopLedger => ({
  ...ledger,
  leads: withoutKey(ledger.leads, keyOf(lead)),
  size: ledger.size - fieldsOf(ledger, lead).size
})

/** The ledger with other fields of a lead, one or more. @internal */
export const withFields = (
  ledger: LoopLedger,
  lead: LeadName,
  fields: ReadonlyMap<string, FieldEntry>,
  now: Instant
): LoopLedger => {
  const { munchkinId, leadId } = lead
  const entry: LeadEntry = { munchkinId, leadId, touchedAt: now, fields: Object.fromEntries(fields) }
  const size = ledger.size - fieldsOf(ledger, lead).size + fields.size
  return { ...ledger, leads: withValue(ledger.leads, keyOf(lead), entry), size }
}

/** Whether a moment lies within so much time before now. @internal */
export const isWithin = (at: Instant, millis: number, now: Instant): boolean => now - at <= millis

const stillRemembered = (entry: FieldEntry, { windowMillis, turnsMillis }: LoopSettings, now: Instant): FieldEntry => {
  const frozenUntil = entry.frozenUntil !== null && entry.frozenUntil > now ? entry.frozenUntil : null
  const writes = entry.writes.filter(({ writtenAt }) => isWithin(writtenAt, windowMillis, now))
  const turns = entry.turns.filter((at) => isWithin(at, turnsMillis, now))
  return { writes, turns, frozenUntil, last: turns.length === 0 ? null : entry.last }
}

const isNothing = ({ writes, turns, frozenUntil }: FieldEntry): boolean =>
  writes.length === 0 && turns.length === 0 && frozenUntil === null

/** A lead's entry without what is too old. */
const pruned = (entry: LeadEntry, settings: LoopSettings, now: Instant): LeadEntry => ({
  ...entry,
  fields: Object.fromEntries(
    Object.entries(entry.fields)
      .map(([field, kept]) => [field, stillRemembered(kept, settings, now)] as const)
      .filter(([, kept]) => !isNothing(kept))
  )
})

const sizeOf = ({ fields }: LeadEntry): number => Object.keys(fields).length

const latestFirst = (a: LeadEntry, b: LeadEntry): number =>
  b.touchedAt - a.touchedAt || b.leadId - a.leadId || (a.munchkinId < b.munchkinId ? -1 : 1)

/** The leads touched last, with at most so many fields in all. */
const within = (leads: ReadonlyArray<LeadEntry>, most: number): ReadonlyArray<LeadEntry> => {
  let room = most
  return [...leads].sort(latestFirst).filter((lead) => {
    room -= sizeOf(lead)
    return room >= 0
  })
}

/**
 * The ledger without what is too old, and with no more fields than the settings allow. It is done by itself when there are too many;
 * call it before the ledger is stored, so that it is small.
 *
 * @category loop guard
 * @since 0.1.0
 */
export const pruneLedger =
  ({ settings }: LoopGuard) =>
  (ledger: LoopLedger, now: Instant): LoopLedger => {
    const leads = valuesOf(ledger.leads)
      .map((lead) => pruned(lead, settings, now))
      .filter((lead) => sizeOf(lead) > 0)
    const kept = within(leads, settings.mostEntries)
    let tree: Tree<LeadEntry> = emptyTree
    for (const lead of kept) tree = withValue(tree, keyOf(lead), lead)
    return { version: 1, leads: tree, size: kept.reduce((sum, lead) => sum + sizeOf(lead), 0) }
  }

/** A tenth over the limit may stand, so that not every write looks through the whole ledger. */
const slack = 1.1

/** The ledger, pruned where it has grown too large. @internal */
export const bounded = (guard: LoopGuard, ledger: LoopLedger, now: Instant): LoopLedger =>
  ledger.size > guard.settings.mostEntries * slack ? pruneLedger(guard)(ledger, now) : ledger

const mostWrites = 8

/** The last writes of a field. @internal */
export const lastWrites = (writes: ReadonlyArray<WriteEntry>): ReadonlyArray<WriteEntry> => writes.slice(-mostWrites)

const byTime = (a: WriteEntry, b: WriteEntry): number => a.writtenAt - b.writtenAt

const lastOf = ({ turns }: FieldEntry): Instant => turns[turns.length - 1] ?? Number.NEGATIVE_INFINITY

const joined = (a: FieldEntry, b: FieldEntry): FieldEntry => {
  const frozen = Math.max(a.frozenUntil ?? 0, b.frozenUntil ?? 0)
  const { last, turns } = lastOf(b) > lastOf(a) ? b : a
  return {
    writes: lastWrites([...a.writes, ...b.writes].sort(byTime)),
    last,
    turns,
    frozenUntil: frozen === 0 ? null : frozen
  }
}

/**
 * The ledger after two leads were merged: what was remembered of the loser is the winner's, the last of each field.
 *
 * @category loop guard
 * @since 0.1.0
 */
export const mergeInLedger = (ledger: LoopLedger, winner: LeadName, loserId: number, now: Instant): LoopLedger => {
  const loser = { munchkinId: winner.munchkinId, leadId: loserId }
  if (loserId === winner.leadId) return ledger
  const fields = new Map(fieldsOf(ledger, winner))
  for (const [field, entry] of fieldsOf(ledger, loser)) {
    const own = fields.get(field)
    fields.set(field, own === undefined ? entry : joined(own, entry))
  }
  return fields.size === 0 ? ledger : withFields(withoutLead(ledger, loser), winner, fields, now)
}

/**
 * The ledger without a lead: it was deleted, and one that is made anew in its place owes nothing to it.
 *
 * @category loop guard
 * @since 0.1.0
 */
export const forgetLead = (ledger: LoopLedger, lead: LeadName): LoopLedger => withoutLead(ledger, lead)
