/**
 * What is delivered, and what became of it: one outcome for each item.
 *
 * @module
 */
import type { Instant } from '../ground/calendar.js'
import { ownMember } from '../ground/json.js'
import type { Problem } from '../ground/problem.js'
import type { Intent } from '../intent/intent.js'
import type { Reason } from '../intent/outcome.js'
import type { Remedy } from '../marketo/error-codes.js'
import type { MunchkinId } from '../marketo/munchkin-id.js'

/**
 * Something to deliver: an intent, with the caller's own id for it and the message that it came from. `event` is what that message says
 * happened (a track's event, else the kind of call: `identify`, `page`); it is only needed where events are allowed or denied by name, or
 * told apart in a plan.
 *
 * @category delivery
 * @since 0.1.0
 */
export interface Item {
  readonly id: string
  readonly messageId: string | null
  readonly event?: string | null
  readonly intent: Intent
}

/**
 * What else there is to say of an item that was delivered.
 *
 *     LeftOut      Marketo does not take this field, and says so with this code: the lead went without it
 *     Kept         a policy left the field as Marketo has it
 *     Duplicates   other leads have a key of this person's
 *     Merged       those leads were merged into this one
 *     Warned       Marketo warns of something, in its words
 *
 * @category delivery
 * @since 0.1.0
 */
export type Remark =
  | { readonly _tag: 'LeftOut'; readonly field: string; readonly code: string }
  | { readonly _tag: 'Kept'; readonly field: string }
  | { readonly _tag: 'Duplicates' | 'Merged'; readonly leadIds: ReadonlyArray<number> }
  | { readonly _tag: 'Warned'; readonly message: string }

/**
 * What became of one item.
 *
 *     Applied    Marketo did it
 *     Queued     Marketo took it and will do it some time later; what comes of that is told under the correlation id, and not here
 *     Skipped    Marketo did not do it, and why; or it was not needed (`accept`)
 *     Refused    the call was refused again and again, and why
 *     Unknown    it may have been done, and doing it again might do it twice
 *     Unsent     no request can carry it, or the options exclude it
 *     Deferred   it was not sent, and can be delivered at another time; `until` says when that may be, where it is known
 *
 * @category delivery
 * @since 0.1.0
 */
export type ItemOutcome = {
  readonly id: string
  readonly messageId: string | null
  readonly munchkinId: MunchkinId
} & (
  | {
      readonly _tag: 'Applied'
      readonly leadId: number | null
      readonly status: string
      readonly remarks: ReadonlyArray<Remark>
    }
  | { readonly _tag: 'Queued'; readonly correlationId: string; readonly remarks: ReadonlyArray<Remark> }
  | { readonly _tag: 'Skipped' | 'Refused'; readonly reasons: ReadonlyArray<Reason>; readonly remedy: Remedy }
  | { readonly _tag: 'Unknown'; readonly reasons: ReadonlyArray<Reason> }
  | { readonly _tag: 'Unsent'; readonly problem: Problem }
  | { readonly _tag: 'Deferred'; readonly until: Instant | null }
)

/** How an item ended, but for whose it was. @internal */
export type End = ItemOutcome extends infer O
  ? O extends ItemOutcome
    ? Omit<O, 'id' | 'messageId' | 'munchkinId'>
    : never
  : never

/** The outcome of an item. @internal */
export const outcomeOf = (
  { id, messageId, intent }: Pick<Item, 'id' | 'messageId' | 'intent'>,
  end: End
): ItemOutcome => ({ id, messageId, munchkinId: intent.munchkinId, ...end })

/** An end as it is told of one intent: of the remarks about fields those about its own. @internal */
export const endFor = (intent: Intent, end: End): End => {
  if (!('remarks' in end) || end.remarks.length === 0) return end
  const isOwn = (remark: Remark): boolean =>
    !('field' in remark) || (intent._tag === 'UpsertLead' && ownMember(intent.fields, remark.field) !== undefined)
  return { ...end, remarks: end.remarks.filter(isOwn) }
}
