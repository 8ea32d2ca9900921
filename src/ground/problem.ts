/**
 * Problems: why an event, or one value of it, did not become what it should have, and how to mend that.
 *
 * A problem says place, finding and mending, and never a value: traits are personal data, and messages end up in logs.
 *
 *     weight    what was lost
 *     skipped   the event, because a rule or a switch says so (nothing is wrong)
 *     invalid   the event: it cannot become an intent
 *     dropped   one value: the rest goes on without it
 *     warning   nothing, but somebody will want to know
 *
 * @module
 */
import type { Path } from './path.js'
import { printPath } from './path.js'

/** How much was lost: the event by rule, the event by fault, one value, nothing. */
export type Weight = 'skipped' | 'invalid' | 'dropped' | 'warning'

/** The rule or switch that kept something away. */
export type Rule =
  | 'integrations' // the event's own `integrations` switch this destination off
  | 'anonymous' // anonymous activity is off and the call has no userId
  | 'call-type' // this contract does nothing with calls of this type
  | 'mode' // the other side (browser or server) takes this call
  | 'settings' // a setting says to leave this out
  | 'repeated' // the message was counted before
  | 'suppression' // the person asks not to be written to
  | 'batch' // something else in the same batch counts instead
  | 'not-done' // it is told of something that was meant to happen and did not

/** What a warning warns of. */
export type Risk =
  | 'second-visitor' // a visit without a cookie makes a visitor beside the lead's own browser
  | 'duplicate-data' // two contracts serve one Marketo instance
  | 'key-in-browser' // a secret would be shipped to a browser
  | 'retired-route' // the vendor has switched this route off
  | 'unusual' // allowed, but hardly ever meant

interface Base {
  readonly weight: Weight
  readonly at: Path
  readonly mend: string
}

/** Something that is needed is not there. */
export interface Missing extends Base {
  readonly _tag: 'Missing'
}

/** Something is there, but of the wrong kind; `found` names the kind, never the value. */
export interface Malformed extends Base {
  readonly _tag: 'Malformed'
  readonly found: string
}

/** No row of the settings names this event. */
export interface Unmapped extends Base {
  readonly _tag: 'Unmapped'
  readonly event: string
}

/** A rule or a switch keeps this away. */
export interface Excluded extends Base {
  readonly _tag: 'Excluded'
  readonly rule: Rule
}

/** Two things claim one place; `with` is the other one. */
export interface Conflict extends Base {
  readonly _tag: 'Conflict'
  readonly with: Path
}

/** A name that nobody here knows; `nearest` is the known one that it resembles, if any. */
export interface Unknown extends Base {
  readonly _tag: 'Unknown'
  readonly nearest: string | null
}

/** Reading the value failed: a getter or a proxy threw. */
export interface Unreadable extends Base {
  readonly _tag: 'Unreadable'
}

/** Something that works and may still surprise. */
export interface Risky extends Base {
  readonly _tag: 'Risky'
  readonly risk: Risk
}

/**
 * Why an event, or one value of it, did not become an intent; `weight` says how much was lost.
 *
 * @category problems
 * @since 0.1.0
 */
export type Problem = Missing | Malformed | Unmapped | Excluded | Conflict | Unknown | Unreadable | Risky

/** A {@link Missing}. */
export const missing = (weight: Weight, at: Path, mend: string): Missing => ({ _tag: 'Missing', weight, at, mend })

/** A {@link Malformed}; `found` is a kind such as `a number`, see `kindOf`. */
export const malformed = (weight: Weight, at: Path, found: string, mend: string): Malformed => ({
  _tag: 'Malformed',
  weight,
  at,
  found,
  mend
})

/** An {@link Unmapped}. The event's name is cut at 255 characters. */
export const unmapped = (weight: Weight, at: Path, event: string, mend: string): Unmapped => ({
  _tag: 'Unmapped',
  weight,
  at,
  event: event.length > 255 ? `${event.slice(0, 255)}…` : event,
  mend
})

/** An {@link Excluded}. */
export const excluded = (weight: Weight, at: Path, rule: Rule, mend: string): Excluded => ({
  _tag: 'Excluded',
  weight,
  at,
  rule,
  mend
})

/** A {@link Conflict}. */
export const conflict = (weight: Weight, at: Path, other: Path, mend: string): Conflict => ({
  _tag: 'Conflict',
  weight,
  at,
  with: other,
  mend
})

/** An {@link Unknown}. */
export const unknownName = (weight: Weight, at: Path, nearest: string | null, mend: string): Unknown => ({
  _tag: 'Unknown',
  weight,
  at,
  nearest,
  mend
})

/** An {@link Unreadable}. */
export const unreadable = (weight: Weight, at: Path, mend: string): Unreadable => ({
  _tag: 'Unreadable',
  weight,
  at,
  mend
})

/** A {@link Risky}. */
export const risky = (at: Path, risk: Risk, mend: string): Risky => ({
  _tag: 'Risky',
  weight: 'warning',
  at,
  risk,
  mend
})

const finding = (problem: Problem): string => {
  switch (problem._tag) {
    case 'Missing':
      return 'is missing'
    case 'Malformed':
      return `found ${problem.found}`
    case 'Unmapped':
      return `no row maps the event ${JSON.stringify(problem.event)}`
    case 'Excluded':
      return `kept back by rule (${problem.rule})`
    case 'Conflict':
      return `claims the same place as ${printPath(problem.with)}`
    case 'Unknown':
      return problem.nearest === null ? 'is not a known name' : `is not a known name (nearest: ${problem.nearest})`
    case 'Unreadable':
      return 'could not be read'
    case 'Risky':
      return `works, with a risk (${problem.risk})`
  }
}

/**
 * A problem in one line: place, finding, mending.
 *
 * @example
 * describeProblem(malformed('invalid', ['traits', 'email'], 'a number', 'send it as text'))
 * // => 'traits.email: found a number; send it as text'
 * @category problems
 * @since 0.1.0
 */
export const describeProblem = (problem: Problem): string =>
  `${printPath(problem.at)}: ${finding(problem)}; ${problem.mend}`
