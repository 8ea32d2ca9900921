/**
 * One event through one mapper or several: what each made of it, and what it comes to.
 *
 * @module
 */
import { isRecord } from '../../../ground/json.js'
import type { Problem } from '../../../ground/problem.js'
import type { Intent } from '../../../intent/intent.js'
import { concatMapped, type Mapped, type Mapper } from '../../../intent/mapped.js'
import type { Counted } from '../input/piece.js'
import type { Numbered, SaidProblem } from '../said.js'

/** A mapper, and the settings file that it comes from when there are several. */
export interface Target {
  readonly name: string | null
  readonly map: Mapper
}

/** What became of an event. */
export type Ending = 'mapped' | 'remarks' | 'skipped' | 'invalid'

/** An event, mapped. */
export interface Result extends Numbered {
  readonly event: unknown
  readonly intents: ReadonlyArray<Intent>
  readonly said: ReadonlyArray<SaidProblem>
  readonly ending: Ending
}

/** The problems of a verdict. */
export const problemsOf = (verdict: Mapped): ReadonlyArray<Problem> => (verdict._tag === 'Right' ? [] : verdict.left)

/** What a verdict comes to: an event that has an intent is mapped, whatever else is said of it. */
export const endingOf = (verdict: Mapped): Ending => {
  if (verdict._tag === 'Right') return 'mapped'
  if (verdict._tag === 'Both') return 'remarks'
  return verdict.left.some(({ weight }) => weight === 'invalid') ? 'invalid' : 'skipped'
}

/** The event's own message id. */
export const messageIdOf = (event: unknown): string | number | null => {
  const id = isRecord(event) ? event.messageId : undefined
  return typeof id === 'string' || typeof id === 'number' ? id : null
}

/** Every target's verdict on one event, put together in the order of the targets. */
export const mapEvent =
  (targets: ReadonlyArray<Target>) =>
  (event: unknown, number: number | null, counted: Counted): Result => {
    const numbered: Numbered = { number, counted, messageId: messageIdOf(event) }
    const said: Array<SaidProblem> = []
    let whole: Mapped | undefined
    for (const { name, map } of targets) {
      const verdict = map(event)
      for (const problem of problemsOf(verdict)) said.push({ _tag: 'Problem', ...numbered, settings: name, problem })
      whole = whole === undefined ? verdict : concatMapped(whole, verdict)
    }
    const intents = whole === undefined || whole._tag === 'Left' ? [] : whole.right
    return { ...numbered, event, intents, said, ending: whole === undefined ? 'skipped' : endingOf(whole) }
  }
