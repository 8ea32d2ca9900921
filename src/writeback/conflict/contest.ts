/**
 * One field, as a policy meets it: what each side says, what was settled before; and what a policy answers.
 *
 * @module
 */
import type { Instant } from '../../ground/calendar.js'
import type { Seen } from './claims.js'
import type { FieldMark } from './field-marks.js'
import type { FieldPolicy, Side } from './policy.js'
import type { ConflictReason } from './reasons.js'

/** A field to be decided. A side is undefined where it says nothing that counts. @internal */
export interface Contest {
  readonly field: string
  readonly policy: FieldPolicy
  readonly segment: Seen | undefined
  readonly marketo: Seen | undefined
  readonly mark: FieldMark | undefined
}

/**
 * What a policy answers: who wins, why, and which side is to be written; both, where the winner has said something
 * else since. `restored` is a value that was settled before and that the side
 * to be written has stepped back from; `optedIn` is when an opt-in was that counts.
 *
 * @internal
 */
export interface Ruling {
  readonly winner: Side | null
  readonly reason: ConflictReason
  readonly writes: Side | 'both' | null
  readonly restored?: string | boolean
  readonly optedIn?: Instant
}

/** The other side. @internal */
export const opposite = (side: Side): Side => (side === 'segment' ? 'marketo' : 'segment')

/** That a side wins and the other is written. @internal */
export const wins = (winner: Side, reason: ConflictReason): Ruling => ({ winner, reason, writes: opposite(winner) })

/** That nothing is written. @internal */
export const rests = (reason: ConflictReason, winner: Side | null = null): Ruling => ({ winner, reason, writes: null })

/** How a policy decides. Where both sides are there, they differ. @internal */
export type Policy = (contest: Contest) => Ruling
