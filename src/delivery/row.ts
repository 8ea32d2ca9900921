/**
 * Rows: records of calls to be, before anybody knows which call they go in.
 *
 * @module
 */
import type { Remark } from './outcome.js'
import type { Pending } from './state.js'

/** Items of which there is at least one. @internal */
export type SomeItems = readonly [Pending, ...ReadonlyArray<Pending>]

/** One record to be: what is described, whom it carries, and what to say of it once it is applied. @internal */
export interface Row<I> {
  readonly what: I
  readonly items: SomeItems
  readonly remarks: ReadonlyArray<Remark>
}
