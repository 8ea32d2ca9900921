/**
 * Which rules apply to an event: for whoever wonders why one does, or does not.
 *
 * @module
 */
import { readEvent } from '../segment/event.js'
import { readEventTime } from '../segment/event-time.js'
import { compile } from './compile.js'
import type { Test } from './conditions.js'
import type { Recipes } from './decode.js'

/**
 * A rule of a file, by its section and its name there.
 *
 * @category recipes
 * @since 0.1.0
 */
export interface RuleName {
  readonly section: 'suppressions' | 'optIns' | 'rules' | 'scores' | 'lifecycles' | 'behaviors'
  readonly name: string
}

type Named = readonly [rule: RuleName, test: Test]

/** Every rule of a file with its test; several tests of one rule are one. */
const namedTests = (recipes: Recipes): ReadonlyArray<Named> => {
  const { rules, scores, lifecycles, behaviors } = compile(recipes, [])
  const stateless: ReadonlyArray<RuleName> = [
    ...(recipes.suppressions ?? []).map(({ name }) => ({ section: 'suppressions', name }) as const),
    ...(recipes.optIns ?? []).map(({ name }) => ({ section: 'optIns', name }) as const),
    ...(recipes.rules ?? []).map(({ name }) => ({ section: 'rules', name }) as const)
  ]
  const some =
    (all: ReadonlyArray<readonly [Test, ...ReadonlyArray<unknown>]>): Test =>
    (view) =>
      all.some(([test]) => test(view))
  return [
    ...stateless.flatMap((rule, i): ReadonlyArray<Named> => {
      const test = rules[i]?.[0]
      return test === undefined ? [] : [[rule, test]]
    }),
    ...scores.map((one): Named => [{ section: 'scores', name: one.score.name }, some(one.rules)]),
    ...lifecycles.map((one): Named => [{ section: 'lifecycles', name: one.lifecycle.name }, some(one.rules)]),
    ...behaviors.map((one): Named => [{ section: 'behaviors', name: one.behavior.name }, one.test])
  ]
}

/**
 * The names of all rules of a file, in the order in which they are asked.
 *
 * @category recipes
 * @since 0.1.0
 */
export const ruleNames = (recipes: Recipes): ReadonlyArray<RuleName> => namedTests(recipes).map(([rule]) => rule)

/**
 * The rules that apply to an event, whoever it is about; none to what is no event. Audiences have no rules: they are followed.
 *
 * @example
 * const recipes = decodeRecipes({ munchkinId: '561-HYG-937', suppressions: [{ name: 'Opt-outs' }] })
 * rulesFor(recipes._tag === 'Left' ? assert.fail() : recipes.right)({ type: 'track', event: 'Opted Out', userId: 'u1' })
 * // => [{ section: 'suppressions', name: 'Opt-outs' }]
 * @category recipes
 * @since 0.1.0
 */
export const rulesFor = (recipes: Recipes): ((u: unknown) => ReadonlyArray<RuleName>) => {
  const tests = namedTests(recipes)
  return (u) => {
    try {
      const event = readEvent(u, [])
      if (event === undefined) return []
      const view = { event, at: readEventTime(event, [])?.value ?? null }
      return tests.filter(([, test]) => test(view)).map(([rule]) => rule)
    } catch {
      return []
    }
  }
}
