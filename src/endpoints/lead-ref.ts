/**
 * Lead references: the lead's number, or where an earlier answer will tell it.
 *
 *     { leadId: 1042 }                              known
 *     { step: 0, pick: ['result', 2, 'id'] }        told by the answer to call number 0
 *
 * Only Sync Leads takes a lead by key; activities and cookies want its number, and Segment never knows that.
 *
 * @module
 */
import { kindOf } from '../ground/json.js'
import type { Path } from '../ground/path.js'
import { malformed, type Problem } from '../ground/problem.js'
import type { Slot } from '../intent/descriptor.js'

/**
 * The lead's number, or the place of an earlier answer that will tell it: `pick` of the answer to call number `step` of the same plan.
 *
 * @category steps
 * @since 0.1.0
 */
export type LeadRef = { readonly leadId: number } | { readonly step: number; readonly pick: Path }

/**
 * An intent that Marketo carries out on a numbered lead, with that lead.
 *
 * @category steps
 * @since 0.1.0
 */
export interface WithLead<I> {
  readonly intent: I
  readonly lead: LeadRef
}

/** As many digits as the longest lead number has: what an empty place may grow to. @internal */
export const longestLeadId = String(Number.MAX_SAFE_INTEGER)

/** Whether a value can be a number that Marketo gives: to a lead, a form, an activity type. @internal */
export const isMarketoId = (u: unknown): u is number => typeof u === 'number' && Number.isSafeInteger(u) && u > 0

/** Why a reference names no lead, or undefined when it does. @internal */
export const unfitLead = (lead: LeadRef): Problem | undefined =>
  'step' in lead || isMarketoId(lead.leadId)
    ? undefined
    : malformed('invalid', ['leadId'], kindOf(lead.leadId), 'a lead has a whole number above zero')

/** The slots of a reference whose number belongs at `at`: none when the number is known. @internal */
export const slotsOf = (lead: LeadRef, at: Path): ReadonlyArray<Slot> =>
  'step' in lead ? [{ at, step: lead.step, pick: lead.pick }] : []
