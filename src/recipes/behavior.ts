/**
 * Behaviours in fields: how often somebody did something, when first and last, and whether at all.
 *
 * Counts are kept here and written whole, so that a repeated or a late event changes nothing that it should not.
 *
 * @module
 */
import { type Instant, printInstant } from '../ground/calendar.js'
import { missing } from '../ground/problem.js'
import { compileWhen, type Test } from './conditions.js'
import { type Draft, putField } from './draft.js'
import type { Behavior } from './file.js'
import type { BehaviorMemory } from './memory.js'

/** A behaviour made ready. @internal */
export interface CompiledBehavior {
  readonly behavior: Behavior
  readonly test: Test
}

/** A behaviour made ready. @internal */
export const compileBehavior = (behavior: Behavior): CompiledBehavior => ({
  behavior,
  test: compileWhen(behavior.when)
})

const mendTime = 'send a timestamp: without one nobody knows when this was first and last done'

const putTime = (draft: Draft, field: string | undefined, at: Instant | null): void => {
  const text = at === null ? undefined : printInstant(at)
  if (field !== undefined && text !== undefined) putField(draft, field, text)
}

/** What is known of a behaviour after an event; undefined where it is none. @internal */
export const behaved = (
  { behavior, test }: CompiledBehavior,
  draft: Draft,
  known: BehaviorMemory | undefined
): BehaviorMemory | undefined => {
  if (!test(draft.view)) return undefined
  const { count, first, last, done } = behavior
  const { at } = draft.view
  const before = known ?? { count: 0, first: null, last: null }
  const after: BehaviorMemory = {
    count: before.count + 1,
    first: at === null ? before.first : Math.min(at, before.first ?? at),
    last: at === null ? before.last : Math.max(at, before.last ?? at)
  }
  if (at === null && (first !== undefined || last !== undefined))
    draft.problems.push(missing('dropped', ['timestamp'], mendTime))
  draft.creates = true
  if (count !== undefined) putField(draft, count, after.count)
  if (done !== undefined) putField(draft, done, true)
  putTime(draft, first, after.first)
  putTime(draft, last, after.last)
  return after
}
