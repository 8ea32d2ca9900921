/**
 * Claims: what a side says of a field, and since when.
 *
 *     Segment   { value, at: the event's time, receivedAt }      a time in the future counts as receivedAt
 *     Marketo   { value, at: the change's time }                 from the log of changes
 *               { value, at: updatedAt, bound: true }            changed then or before, nobody knows when
 *               { value }                                        no time at all
 *
 * A field that a side says nothing of is absent, and does not compete; null says that there is nothing.
 *
 * @module
 */
import type { Instant } from '../../ground/calendar.js'
import type { FieldValue } from '../../intent/intent.js'
import { digestOf, type Read, readValue } from './comparable.js'
import type { FieldPolicy, Side } from './policy.js'

/**
 * What a side says of one field. `at` is when it came to be so, absent or null where nobody knows. Of Marketo alone: `bound` says that it
 * is only known not to be later, `ours` that our own write made it so. `optIn` is a person's word that they want to hear from us again.
 *
 * @category conflicts
 * @since 0.1.0
 */
export interface Claim {
  readonly value: FieldValue
  readonly at?: Instant | null
  readonly receivedAt?: Instant | null
  readonly bound?: boolean
  readonly ours?: boolean
  readonly optIn?: boolean
}

/**
 * What a side says, by field (REST name).
 *
 * @category conflicts
 * @since 0.1.0
 */
export type Claims = Readonly<Record<string, Claim>>

/** A claim that was read against its field. `own` is the exact time that it bears itself, whatever is known besides. @internal */
export interface Seen extends Read {
  readonly side: Side
  readonly digest: string
  readonly at: Instant | null
  readonly own: Instant | null
  readonly bound: boolean
  readonly ours: boolean
  readonly optIn: boolean
}

const instant = (at: unknown): Instant | null =>
  typeof at === 'number' && Number.isFinite(at) ? Math.trunc(at) + 0 : null

/** Nothing happens after it was received: a clock was wrong. */
const timeOf = ({ at, receivedAt }: Claim): Instant | null => {
  const [own, received] = [instant(at), instant(receivedAt)]
  return own === null || received === null ? own : Math.min(own, received)
}

/** A claim read; undefined where its value does not fit. @internal */
export const seen = (field: string, policy: FieldPolicy, side: Side, claim: Claim): Seen | undefined => {
  const read = readValue(policy, side, claim.value)
  if (read === undefined) return undefined
  const at = timeOf(claim)
  const bound = side === 'marketo' && at !== null && claim.bound === true
  return {
    ...read,
    side,
    digest: digestOf(field, read.same),
    at,
    own: bound ? null : at,
    bound,
    ours: side === 'marketo' && claim.ours === true,
    optIn: claim.optIn === true
  }
}
