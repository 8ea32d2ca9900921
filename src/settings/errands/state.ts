/**
 * Calls about an instance as a whole, to be made under its budget: reads that settings are checked against, or changes that provisioning makes.
 *
 *     line 'describe2'        describe2 ┄┄▶ told
 *     line 'lists'            page ┄┄▶ page ┄┄▶ told                     lines run side by side,
 *     line 'provision'        create ┄┄▶ add attributes ┄┄▶ approve      each of them one call after another
 *
 * Plain JSON between two steps. A line ends done, or failed: then it says why, and what is left of it is not done.
 *
 * @module
 */
import type { Json } from '../../ground/json.js'
import type { Problem } from '../../ground/problem.js'
import type { Call, HttpRequest } from '../../intent/descriptor.js'
import type { MunchkinId } from '../../marketo/munchkin-id.js'
import { type BudgetState, startBudget } from '../../pace/budget-state.js'
import { defaultRetryPolicy, type Tried } from '../../pace/remedies.js'
import { startToken, type TokenState } from '../../pace/token.js'

/**
 * One call of a line. `does` says what is made of its answer; `at` is where a page begins, `about` what a change makes, in names.
 *
 * @internal
 */
export interface Errand {
  readonly does: 'page' | 'types' | 'type' | 'draft' | 'fields' | 'make'
  readonly call: Call<HttpRequest>
  readonly at: number
  readonly about: ReadonlyArray<string>
}

/**
 * A change that was made: its endpoint, what it was about, in names, and the number and the status that Marketo gave to an activity type.
 *
 * @category provisioning
 * @since 0.1.0
 */
export interface Made {
  readonly endpoint: HttpRequest['endpoint']
  readonly about: ReadonlyArray<string>
  readonly activityTypeId: number | null
  readonly status: string | null
}

/**
 * Calls that wait for one another. `way` counts the ways that were tried before, `last` is why the last call failed, and `told` and `drafts`
 * are what reads brought.
 *
 * @internal
 */
export interface Line {
  readonly name: string
  readonly way: number
  readonly todo: ReadonlyArray<Errand>
  readonly told: ReadonlyArray<Json>
  readonly drafts: ReadonlyArray<Json>
  readonly made: ReadonlyArray<Made>
  readonly problems: ReadonlyArray<Problem>
  readonly ended: 'done' | 'failed' | null
  readonly tried: Tried
  readonly notBefore: number
  readonly last: string | null
}

/** A call that was handed out. @internal */
export interface InFlight {
  readonly line: number | null
  readonly begunAt: number
  readonly generation: number
}

/**
 * Errands between two steps. Their members are their own business, but for being JSON.
 *
 * @category errands
 * @since 0.1.0
 */
export interface Errands {
  readonly version: 1
  readonly munchkinId: MunchkinId
  readonly nextRequest: number
  readonly seed: number
  readonly token: TokenState
  readonly budget: BudgetState
  readonly lines: ReadonlyArray<Line>
  readonly inFlight: Readonly<Record<string, InFlight>>
}

/** Our name in a budget. @internal */
export const user = 'settings'

/** How stubborn to be. @internal */
export const retry = defaultRetryPolicy

/** Tokens that were asked for in vain, in a row: then nobody answers there. @internal */
export const mostTroubles = 4

/** A line that is about to begin. @internal */
export const newLine = (name: string, todo: ReadonlyArray<Errand>): Line => ({
  name,
  way: 0,
  todo,
  told: [],
  drafts: [],
  made: [],
  problems: [],
  ended: todo.length === 0 ? 'done' : null,
  tried: {},
  notBefore: 0,
  last: null
})

/** Errands about to begin. @internal */
export const startErrands = (munchkinId: MunchkinId, lines: ReadonlyArray<Line>, seed: number): Errands => ({
  version: 1,
  munchkinId,
  nextRequest: 0,
  seed,
  token: startToken(munchkinId, { seed }),
  budget: startBudget(munchkinId),
  lines,
  inFlight: {}
})

/** The errands with a line put in its place. @internal */
export const withLine = (state: Errands, i: number, line: Line): Errands => ({
  ...state,
  lines: state.lines.map((one, k) => (k === i ? line : one))
})

/** The line behind its first errand, with more to be done before the rest. @internal */
export const onward = (line: Line, more: ReadonlyArray<Errand> = []): Line => {
  const todo = [...more, ...line.todo.slice(1)]
  return { ...line, todo, tried: {}, notBefore: 0, last: null, ended: todo.length === 0 ? 'done' : null }
}
