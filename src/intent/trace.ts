/**
 * Traces: what a mapping did with each value, for whoever asks. Mapping itself passes null and pays one comparison a value.
 *
 *     moved   a value of the event became a value of an intent, by a rule
 *     stayed  a value of the event did not leave, and why
 *
 * @module
 */
import type { Path } from '../ground/path.js'

/**
 * A value that left: `to` is the intent's tag (`*` for every intent with a key) and the path inside it; `from` is null for a row's
 * default; `rule` names the row; `did` lists what was done on the way.
 */
export interface Move {
  readonly to: Path
  readonly from: Path | null
  readonly rule: string
  readonly did: ReadonlyArray<string>
}

/** A value (with all below it) that did not leave, and why. */
export interface Stay {
  readonly at: Path
  readonly why: string
}

/** What is filled in while an event is mapped. */
export interface Trace {
  readonly moves: Array<Move>
  readonly stays: Array<Stay>
}
