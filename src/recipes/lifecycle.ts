/**
 * Lifecycles: stages that somebody goes through in one direction.
 *
 *     stages   Visitor → Trial → Customer
 *     event    of a stage further on: it is written, and what the stage begins is begun (a program, a campaign, a list)
 *              of this stage or an earlier one: nothing, whenever it happened
 *
 * @module
 */

import { nearest } from '../ground/nearest.js'
import type { Path } from '../ground/path.js'
import { excluded, type Problem, unknownName } from '../ground/problem.js'
import { type Act, compileActions } from './actions.js'
import { compileWhen, type Test } from './conditions.js'
import { type Draft, putField } from './draft.js'
import type { Lifecycle } from './file.js'

/** A lifecycle made ready; the stages of rules by their place. @internal */
export interface CompiledLifecycle {
  readonly lifecycle: Lifecycle
  readonly rules: ReadonlyArray<readonly [test: Test, stage: number, act: Act]>
}

const mendStage = 'name one of the stages of this lifecycle'

/** A lifecycle made ready. @internal */
export const compileLifecycle = (lifecycle: Lifecycle, at: Path, problems: Array<Problem>): CompiledLifecycle => {
  const rules = lifecycle.rules.map(({ when, stage, actions = [] }, i) => {
    const place = [...at, 'rules', i]
    const index = lifecycle.stages.indexOf(stage)
    if (index < 0)
      problems.push(unknownName('invalid', [...place, 'stage'], nearest(lifecycle.stages, stage), mendStage))
    return [compileWhen(when), index, compileActions(actions, [...place, 'actions'], problems)] as const
  })
  return { lifecycle, rules }
}

const mendEarlier = 'nothing to mend: the person is at this stage of the lifecycle already, or further'

/** The stage of a person after an event; undefined where no rule applies. @internal */
export const staged = (
  { lifecycle, rules }: CompiledLifecycle,
  draft: Draft,
  known: number | undefined
): number | undefined => {
  const applying = rules.filter(([test]) => test(draft.view))
  if (applying.length === 0) return undefined
  const furthest = Math.max(...applying.map(([, stage]) => stage))
  if (known !== undefined && furthest <= known) {
    draft.problems.push(excluded('skipped', ['type'], 'settings', mendEarlier))
    return known
  }
  draft.creates = true
  putField(draft, lifecycle.field, lifecycle.stages[furthest] ?? '')
  for (const [, stage, act] of applying) if (stage === furthest) act(draft)
  return furthest
}
