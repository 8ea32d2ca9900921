/**
 * A function of the caller's decides.
 *
 * @module
 */
import type { Instant } from '../../ground/calendar.js'
import type { FieldValue } from '../../intent/intent.js'
import type { Seen } from './claims.js'
import { type Contest, type Policy, type Ruling, rests, wins } from './contest.js'
import type { Side } from './policy.js'

/**
 * What a function is asked: a field, and what each side says of it; null where it says nothing.
 *
 * @category conflicts
 * @since 0.1.0
 */
export interface CustomQuestion {
  readonly field: string
  readonly segment: { readonly value: FieldValue; readonly at: Instant | null } | null
  readonly marketo: { readonly value: FieldValue; readonly at: Instant | null } | null
}

/**
 * Says which side is right, or null for none. It is to be pure: the same question, the same answer.
 *
 * @category conflicts
 * @since 0.1.0
 */
export type CustomPolicy = (question: CustomQuestion) => Side | null

/**
 * Functions by the names that the settings give them.
 *
 * @category conflicts
 * @since 0.1.0
 */
export type CustomPolicies = Readonly<Record<string, CustomPolicy>>

const said = (claim: Seen | undefined): CustomQuestion['segment'] =>
  claim === undefined ? null : { value: claim.value, at: claim.at }

/** What is not ours may throw, or answer anything. */
const answerOf = (policy: CustomPolicy, question: CustomQuestion): unknown => {
  try {
    return policy(question)
  } catch {
    return undefined
  }
}

/** The function under the field's name for it decides. @internal */
export const customOf = (policies: CustomPolicies): Policy => {
  const byName = new Map(Object.entries(policies))
  return ({ field, policy, segment, marketo, mark }: Contest): Ruling => {
    const own = byName.get(policy.custom ?? '')
    const question = { field, segment: said(segment), marketo: said(marketo) }
    const answer = own === undefined ? undefined : answerOf(own, question)
    if (answer === null) return rests('custom')
    const winner = answer === 'segment' ? segment : answer === 'marketo' ? marketo : undefined
    if (winner === undefined) return rests('custom-failed')
    const isRepeat = mark?.digest === winner.digest && (segment === undefined || marketo === undefined)
    return isRepeat ? rests('known', winner.side) : wins(winner.side, 'custom')
  }
}
