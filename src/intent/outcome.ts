/**
 * Outcomes: what Marketo made of a call, and of each record in it.
 *
 * Marketo answers most failures with HTTP 200: `success` speaks of the request, each member of `result` of one record, by position.
 * Every reason is kept, known or not; the remedy comes from a table.
 *
 * @module
 */
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import type { Remedy } from '../marketo/error-codes.js'

/** An HTTP answer: `body` is the text as received, or the JSON value if the client parsed it. Header names in lower case. */
export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: unknown
}

/** Why, in Marketo's words. Codes are text, also those that Marketo sends as numbers; an answer without a code has ''. */
export interface Reason {
  readonly code: string
  readonly message: string
}

/** Done; `leadId` and `marketoGUID` where the endpoint tells them. `status` is Marketo's word, such as `created`. */
export interface Applied {
  readonly _tag: 'Applied'
  readonly intent: number
  readonly status: string
  readonly leadId: number | null
  readonly marketoGUID: string | null
}

/** Not done, and why. */
export interface Skipped {
  readonly _tag: 'Skipped'
  readonly intent: number
  readonly reasons: ReadonlyNonEmptyArray<Reason>
  readonly remedy: Remedy
}

/** The answer does not speak of this record: whether it was done is not known. */
export interface Unanswered {
  readonly _tag: 'Unanswered'
  readonly intent: number
}

/** What became of one intent, by its position in the batch that was described. */
export type RecordOutcome = Applied | Skipped | Unanswered

/** The request was carried out; each record has its own outcome, in the order sent. */
export interface Accepted<A = RecordOutcome> {
  readonly _tag: 'Accepted'
  readonly requestId: string | null
  readonly warnings: ReadonlyArray<Reason>
  readonly outcomes: ReadonlyArray<A>
}

/** The request as a whole was not carried out. `retryAfter` is in seconds, where the answer says. */
export interface Refused {
  readonly _tag: 'Refused'
  readonly requestId: string | null
  readonly reasons: ReadonlyNonEmptyArray<Reason>
  readonly remedy: Remedy
  readonly retryAfter: number | null
}

/**
 * What Marketo made of one call.
 *
 * @category outcomes
 * @since 0.1.0
 */
export type Verdict<A = RecordOutcome> = Accepted<A> | Refused
