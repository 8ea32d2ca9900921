/**
 * A rule file made ready, once; and what is wrong with it that its shape does not show.
 *
 * @module
 */
import type { Path } from '../ground/path.js'
import { conflict, missing, type Problem, risky } from '../ground/problem.js'
import { type Act, compileActions } from './actions.js'
import { compileAudiences } from './audience.js'
import { type CompiledBehavior, compileBehavior } from './behavior.js'
import { compileWhen, type Test } from './conditions.js'
import type { RecipeFile } from './file.js'
import { type CompiledLifecycle, compileLifecycle } from './lifecycle.js'
import { type CompiledScore, compileScore } from './scores.js'
import { compileOptIn, compileSuppression } from './suppression.js'
import type { Naming } from './who.js'

const day = 86_400_000

/** A rule file made ready. @internal */
export interface Compiled {
  readonly file: RecipeFile
  readonly naming: Naming
  readonly creates: boolean
  readonly gateNames: ReadonlyArray<string>
  readonly horizon: number
  readonly rules: ReadonlyArray<readonly [test: Test, act: Act]>
  readonly audiences: Act | null
  readonly scores: ReadonlyArray<CompiledScore>
  readonly lifecycles: ReadonlyArray<CompiledLifecycle>
  readonly behaviors: ReadonlyArray<CompiledBehavior>
}

const defaultGates = ['Marketo V2', 'Marketo']

const mendNames = 'give each its own name: memory is kept by name'

/** Says where two of a kind bear one name. */
const checkNames = (list: ReadonlyArray<{ readonly name: string }>, at: Path, problems: Array<Problem>): void => {
  const places = new Map<string, number>()
  list.forEach(({ name }, i) => {
    const first = places.get(name)
    if (first === undefined) places.set(name, i)
    else problems.push(conflict('invalid', [...at, i, 'name'], [...at, first, 'name'], mendNames))
  })
}

const mendActions = 'say what is to be done'
const mendWhen = 'it applies to every call of every kind: say type, event or where'

const checkRule = (
  { actions, when }: NonNullable<RecipeFile['rules']>[number],
  at: Path,
  problems: Array<Problem>
): void => {
  if (actions.length === 0) problems.push(missing('warning', [...at, 'actions'], mendActions))
  if (Object.keys(when).length === 0) problems.push(risky([...at, 'when'], 'unusual', mendWhen))
}

const mendNobody = 'name at least one of email, userId, anonymousId'

/** A rule file made ready; what is wrong with it is pushed. @internal */
export const compile = (file: RecipeFile, problems: Array<Problem>): Compiled => {
  const { rules = [], suppressions = [], optIns = [], scores = [], lifecycles = [], behaviors = [], lead = {} } = file
  const keys = lead.keys ?? ['email', 'userId']
  if (keys.length === 0) problems.push(missing('invalid', ['lead', 'keys'], mendNobody))
  for (const [name, list] of Object.entries({ rules, suppressions, optIns, scores, lifecycles, behaviors }))
    checkNames(list, [name], problems)
  for (const [i, rule] of rules.entries()) checkRule(rule, ['rules', i], problems)
  return {
    file,
    naming: {
      keys,
      userIdField: lead.userIdField ?? 'userId',
      anonymousIdField: lead.anonymousIdField ?? 'anonymousId'
    },
    creates: lead.create ?? true,
    gateNames: file.gateNames ?? defaultGates,
    horizon: (file.rememberDays ?? 30) * day,
    rules: [
      // What says no comes first, so that nothing that says yes has the field before it.
      ...suppressions.map((one, i) => compileSuppression(one, ['suppressions', i], problems)),
      ...optIns.map((one, i) => compileOptIn(one, ['optIns', i], problems)),
      ...rules.map(
        ({ when, actions }, i) =>
          [compileWhen(when), compileActions(actions, ['rules', i, 'actions'], problems)] as const
      )
    ],
    audiences: file.audiences === undefined ? null : compileAudiences(file.audiences),
    scores: scores.map((score, i) => compileScore(score, ['scores', i], problems)),
    lifecycles: lifecycles.map((one, i) => compileLifecycle(one, ['lifecycles', i], problems)),
    behaviors: behaviors.map(compileBehavior)
  }
}
