/**
 * What Marketo says of a lead's fields, and since when.
 *
 *     the field's last change, if it explains what the field holds      that change's time
 *     no change of it, and the log was read back to the beginning       the lead's createdAt: it was set when the lead was made
 *     no change of it, and the log was not                              updatedAt, as a bound, for standard fields
 *     a custom field                                                    no time: updatedAt does not move with it
 *
 * Of several changes in one second the one told last counts. A value that the last change does not explain was written since.
 *
 * Sources: Adobe "Leads", "Bulk Lead Extract" (updatedAt), "Activities".
 *
 * @module
 */
import type { LeadChange } from '../../endpoints/lead-changes.js'
import type { Instant } from '../../ground/calendar.js'
import type { Fields } from '../../intent/intent.js'
import { findByRest } from '../../marketo/lead-fields.js'
import type { Claim, Claims } from './claims.js'
import { readValue } from './comparable.js'
import { type ConflictSettings, type FieldPolicy, policyOf } from './policy.js'

/**
 * What was read of one lead. `fields` are those that were asked for, null where they hold nothing. `changes` are of this lead, in the
 * order told; with `whole`, the log was read from the lead's beginning on.
 *
 * @category conflicts
 * @since 0.1.0
 */
export interface LeadRead {
  readonly fields: Fields
  readonly changes: ReadonlyArray<LeadChange>
  readonly whole: boolean
  readonly createdAt: Instant | null
  readonly updatedAt: Instant | null
}

/** A field's last change. */
interface LastChange {
  readonly change: LeadChange
  readonly newValue: string | null
}

const lastChanges = (changes: ReadonlyArray<LeadChange>): ReadonlyMap<string, LastChange> => {
  const last = new Map<string, LastChange>()
  for (const change of changes)
    for (const { name, newValue } of change.fields) {
      const known = last.get(name)
      if (known === undefined || change.at >= known.change.at) last.set(name, { change, newValue })
    }
  return last
}

const isSame = (policy: FieldPolicy, a: unknown, b: unknown): boolean => {
  const [x, y] = [readValue(policy, 'marketo', a), readValue(policy, 'marketo', b)]
  return x !== undefined && x.same === y?.same
}

/** Where no change tells. */
const undated = (field: string, { whole, createdAt, updatedAt }: LeadRead): Omit<Claim, 'value'> => {
  if (whole && createdAt !== null) return { at: createdAt }
  return findByRest(field) === undefined || updatedAt === null ? { at: null } : { at: updatedAt, bound: true }
}

/**
 * The claims of a lead that was read. `isOurs` tells our own writes among the changes: their values are as old as what they carried out.
 *
 * @example
 * const others = { policy: 'newest', clear: false, owner: 'marketo', toleranceMillis: 2000, correct: true } as const
 * const read = { fields: { city: 'Bonn', plan__c: 'pro' }, changes: [], whole: false, createdAt: 1, updatedAt: 2 }
 * marketoClaims({ fields: {}, others })(read)
 * // => { city: { value: 'Bonn', at: 2, bound: true }, plan__c: { value: 'pro', at: null } }
 * @category conflicts
 * @since 0.1.0
 */
export const marketoClaims = (
  settings: ConflictSettings,
  isOurs: (change: LeadChange) => boolean = () => false
): ((read: LeadRead) => Claims) => {
  const policyFor = policyOf(settings)
  return (read) => {
    const last = lastChanges(read.changes)
    const claimOf = (field: string, value: Claim['value']): Claim => {
      const told = last.get(field)
      if (told === undefined || !isSame(policyFor(field), told.newValue, value)) {
        return { value, ...undated(field, told === undefined ? read : { ...read, whole: false }) }
      }
      return { value, at: told.change.at, ...(isOurs(told.change) ? { ours: true } : {}) }
    }
    return Object.fromEntries(Object.entries(read.fields).map(([field, value]) => [field, claimOf(field, value)]))
  }
}

/** A field that is told to have changed. */
interface News {
  readonly field: string
  readonly value: Claim['value']
  readonly at: Instant
}

/**
 * The claims of changes of one lead that were let pass, held against what the lead holds by now: one that it holds no longer is over, and
 * a later change tells of that.
 *
 * @example
 * const others = { policy: 'newest', clear: false, owner: 'marketo', toleranceMillis: 2000, correct: true } as const
 * const news = [{ field: 'city', value: 'Bonn', at: 1 }, { field: 'title', value: 'Head', at: 2 }]
 * claimsOfNews({ fields: {}, others })(news, { city: 'Bonn', title: 'Lead' })
 * // => { city: { value: 'Bonn', at: 1 } }
 * @category conflicts
 * @since 0.1.0
 */
export const claimsOfNews = (settings: ConflictSettings): ((news: ReadonlyArray<News>, fields: Fields) => Claims) => {
  const policyFor = policyOf(settings)
  return (news, fields) => {
    const held = new Map(Object.entries(fields))
    const claims = news.flatMap(({ field, value, at }) =>
      isSame(policyFor(field), held.get(field) ?? null, value) ? [[field, { value, at }] as const] : []
    )
    return Object.fromEntries(claims)
  }
}
