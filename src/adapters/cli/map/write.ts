/**
 * The forms that mapped events are written in. A writer holds nothing between events.
 *
 * @module
 */
import type { Counted } from '../input/piece.js'
import type { SaidProblem, SaidUnread } from '../said.js'
import type { Result } from './result.js'
import type { Tally } from './tally.js'

/** An event as text, with all that is to be said of it. */
export interface Written {
  readonly text: string
  readonly said: ReadonlyArray<SaidProblem>
}

/** A form. `tells` is true where problems and totals stand in the text itself, and need not be said beside it. */
export interface Writer {
  readonly tells: boolean
  readonly head: (counted: Counted) => string
  readonly event: (result: Result) => Written
  readonly unread: (said: SaidUnread) => string
  readonly foot: (tally: Tally, counted: Counted) => string
}

const nothing = (): string => ''

/** A form that is data: nothing but what the events give. */
export const dataWriter = (event: Writer['event']): Writer => ({
  tells: false,
  head: nothing,
  event,
  unread: nothing,
  foot: nothing
})
