/**
 * The brake: a field that goes to and fro is left alone for a while.
 *
 *     to Marketo · to Segment · to Marketo · to Segment · …     each change of direction is a turn; too many in an hour, and it is frozen
 *
 * Two people who edit one field on two sides make a turn now and then. Two programs that do not agree make one with every poll.
 *
 * Source: Adobe "Activities" (Change Data Value).
 *
 * @module
 */
import type { Instant } from '../../ground/calendar.js'
import type { FieldDecision } from '../conflict/decide.js'
import {
  bounded,
  type Direction,
  type FieldEntry,
  fieldsOf,
  isWithin,
  type LeadName,
  type LoopGuard,
  type LoopLedger,
  noEntry,
  withFields
} from './ledger.js'

/**
 * A field that is frozen, until when, and whether it was just now.
 *
 * @category loop guard
 * @since 0.1.0
 */
export interface FrozenField {
  readonly field: string
  readonly until: Instant
  readonly isNew: boolean
}

/**
 * What may be done, what is frozen, and the ledger after. Where a field is frozen, what was settled before holds: see `withoutRefused`.
 *
 * @category loop guard
 * @since 0.1.0
 */
export interface Braked {
  readonly decisions: ReadonlyArray<FieldDecision>
  readonly frozen: ReadonlyArray<FrozenField>
  readonly ledger: LoopLedger
}

const isFrozen = ({ frozenUntil }: FieldEntry, now: Instant): boolean => frozenUntil !== null && frozenUntil > now

/** The field after it went one way; frozen where that was one turn too many. */
const turned = ({ settings }: LoopGuard, entry: FieldEntry, direction: Direction, now: Instant): FieldEntry => {
  const { mostTurns, turnsMillis, freezeMillis } = settings
  const recent = entry.turns.filter((at) => isWithin(at, turnsMillis, now))
  const isTurn = entry.last !== null && entry.last !== direction
  const turns = isTurn ? [...recent, now] : recent
  if (mostTurns === 0 || turns.length <= mostTurns) return { ...entry, last: direction, turns, frozenUntil: null }
  return { ...entry, last: null, turns: [], frozenUntil: now + freezeMillis }
}

const directionOf = ({ action }: FieldDecision): Direction | undefined => {
  if (action === 'none') return undefined
  return action === 'write-to-segment' ? 'to-segment' : 'to-marketo'
}

/**
 * Lets decisions of one lead pass, but for fields that are frozen or freeze now.
 *
 * @category loop guard
 * @since 0.1.0
 */
export const brake =
  (guard: LoopGuard) =>
  (ledger: LoopLedger, lead: LeadName, decisions: ReadonlyArray<FieldDecision>, now: Instant): Braked => {
    const fields = new Map(fieldsOf(ledger, lead))
    const frozen: Array<FrozenField> = []
    const passed = decisions.filter((decision) => {
      const direction = directionOf(decision)
      if (direction === undefined) return true
      const { field } = decision
      const before = fields.get(field) ?? noEntry
      const wasFrozen = isFrozen(before, now)
      const after = wasFrozen ? before : turned(guard, before, direction, now)
      fields.set(field, after)
      if (after.frozenUntil === null) return true
      frozen.push({ field, until: after.frozenUntil, isNew: !wasFrozen })
      return false
    })
    const isIdle = decisions.every(({ action }) => action === 'none')
    return {
      decisions: passed,
      frozen,
      ledger: isIdle ? ledger : bounded(guard, withFields(ledger, lead, fields, now), now)
    }
  }
