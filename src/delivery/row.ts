/**
 * Rows: records of calls to be, before anybody knows which call they go in.
 *
 * @module
 */
import type { Remark } from './outcome.js'
import type { Pending } from './state.js'

/** One record to be: what is described, whom it carries, and what to say of it once it is applied. @internal */
export interface Row<I> {
  readonly what: I
  readonly items: ReadonlyArray<Pending>
  readonly remarks: ReadonlyArray<Remark>
}
