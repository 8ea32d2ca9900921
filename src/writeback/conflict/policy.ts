/**
 * Policies: who is right about a field that two sides write.
 *
 *     segment · marketo   that side owns the field
 *     newest              the later change; near each other, the owner's
 *     fill-empty          only a side that holds nothing is written
 *     monotone            whatever is further: it never steps back
 *     never               nobody writes
 *     custom              a function of the caller's says
 *
 * A field that no setting names has the policy that its kind asks for: consent never steps back, scores are Marketo's, what Marketo fills
 * by itself is never written.
 *
 * Sources: Adobe "Leads", "List of Standard Fields".
 *
 * @module
 */
import { isConsentField } from '../../marketo/consent-fields.js'
import { findByRest } from '../../marketo/lead-fields.js'
import type { ValueType } from '../../marketo/value-types.js'

/**
 * One of the two stores.
 *
 * @category conflicts
 * @since 0.1.0
 */
export type Side = 'segment' | 'marketo'

/**
 * The policies, by name.
 *
 * @category conflicts
 * @since 0.1.0
 */
export const policyNames = ['segment', 'marketo', 'newest', 'fill-empty', 'monotone', 'never', 'custom'] as const

/**
 * One of the policies: see the table above.
 *
 * @category conflicts
 * @since 0.1.0
 */
export type PolicyName = (typeof policyNames)[number]

/**
 * What each policy does, and what it is good for.
 *
 * @category conflicts
 * @since 0.1.0
 */
// biome-ignore format: table
export const policyRows: Readonly<Record<PolicyName, { readonly rule: string; readonly goodFor: string }>> = {
  segment:      { rule: 'Segment owns the field. What Marketo holds instead is written over, or left where `correct` is off',              goodFor: 'what the product knows: plan, industry, usage' },
  marketo:      { rule: 'Marketo owns the field. What Segment says instead is written over, or left where `correct` is off',               goodFor: 'scores, status, ids of a CRM' },
  newest:       { rule: 'The later change wins. Changes within `toleranceMillis` are the `owner`’s; a change without a time loses to one with', goodFor: 'contact data, which people change on both sides' },
  'fill-empty': { rule: 'Only a side that is known to hold nothing is written',                                                            goodFor: 'enrichment' },
  monotone:     { rule: 'The further value stands: true over false, the greater number, the later day, the later stage, anything over nothing', goodFor: 'consent, lifecycle' },
  never:        { rule: 'Nobody writes',                                                                                                   goodFor: 'what Marketo fills by itself, formulas, references' },
  custom:       { rule: 'A function of yours names the side that is right, or none',                                                       goodFor: 'everything else' }
}

/**
 * How one field is decided.
 *
 * @category conflicts
 * @since 0.1.0
 */
export interface FieldPolicy {
  readonly policy: PolicyName
  /** What values are compared as. */
  readonly type: ValueType
  /** In characters, null where the type's own holds. */
  readonly length: number | null
  /** Whether null and empty text are values that can win, and clear the other side's. */
  readonly clear: boolean
  /** Whose change stands where times do not tell. */
  readonly owner: Side
  /** Changes so near each other are at one time. */
  readonly toleranceMillis: number
  /** Whether what the other side wrote into an owned field is written over with the owner's value. */
  readonly correct: boolean
  /** The order of a monotone field's values, from first to last; null where the type itself has an order. */
  readonly stages: ReadonlyArray<string> | null
  /** Whether a monotone flag may be taken back by an opt-in that says so, and is later. */
  readonly optIn: boolean
  /** Which of the caller's functions says, for `custom`. */
  readonly custom: string | null
}

/**
 * Policies by field (REST name), and what holds for fields that are not named.
 *
 * @category conflicts
 * @since 0.1.0
 */
export interface ConflictSettings {
  readonly fields: Readonly<Record<string, FieldPolicy>>
  readonly others: Omit<FieldPolicy, 'type' | 'length' | 'stages' | 'optIn' | 'custom'>
}

/** Fields that Marketo itself adds up. @internal */
export const scoreFields: ReadonlyArray<string> = ['leadScore']

/** Fields that are written by nobody but Marketo; the key of the record is no field to decide about. */
const isManaged = (field: string, type: ValueType): boolean =>
  field === 'id' || type === 'reference' || type === 'formula' || findByRest(field)?.write === 'no'

/** The policy that the kind of a field asks for; undefined where it asks for none. @internal */
export const policyOfKind = (field: string, type: ValueType): PolicyName | undefined => {
  if (isConsentField(field)) return 'monotone'
  if (isManaged(field, type)) return 'never'
  return scoreFields.includes(field) || type === 'score' ? 'marketo' : undefined
}

/** A field's type and length, as Marketo has them, else as text. @internal */
export const shapeOf = (field: string): Pick<FieldPolicy, 'type' | 'length'> => {
  const known = findByRest(field)
  return { type: known?.type ?? 'string', length: known?.length ?? null }
}

/** Two seconds: Marketo cuts its times to whole ones, and Segment's are corrected from a device's clock. @internal */
export const usualTolerance = 2_000

/** What holds where nothing is said. @internal */
export const usualOthers: ConflictSettings['others'] = {
  policy: 'newest',
  clear: false,
  // Both errors of the clocks make Marketo's change look earlier than it was, so at one time Marketo's is likelier the later.
  owner: 'marketo',
  toleranceMillis: usualTolerance,
  correct: true
}

/**
 * The policy of a field.
 *
 * @example
 * policyOf({ fields: {}, others: { policy: 'newest', clear: false, owner: 'marketo', toleranceMillis: 0, correct: true } })('unsubscribed').policy
 * // => 'monotone'
 * @category conflicts
 * @since 0.1.0
 */
export const policyOf = (settings: ConflictSettings): ((field: string) => FieldPolicy) => {
  const byName = new Map(Object.entries(settings.fields))
  return (field) => {
    const named = byName.get(field)
    if (named !== undefined) return named
    const shape = shapeOf(field)
    const policy = policyOfKind(field, shape.type) ?? settings.others.policy
    const clear = settings.others.clear && !isConsentField(field)
    return { ...settings.others, ...shape, policy, clear, stages: null, optIn: false, custom: null }
  }
}
