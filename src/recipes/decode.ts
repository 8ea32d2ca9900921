/**
 * Rule files: read, with every mistake gathered, and described by a JSON Schema that is drawn from the same codec.
 *
 * @module
 */
import { schemaOf } from '../ground/codec-schema.js'
import { decoded } from '../ground/decoding.js'
import type { JsonObject } from '../ground/json.js'
import { type Problem, unreadable } from '../ground/problem.js'
import { isNonEmpty, type Remarked, remarked } from '../ground/these.js'
import { compile } from './compile.js'
import { RecipeFile } from './file.js'
import { namedSchemas } from './rule-parts.js'

/**
 * A rule file that was read, as `decodeRecipes` answers it.
 *
 * @category recipes
 * @since 0.1.0
 */
export type Recipes = RecipeFile

const threw: Problem = unreadable('invalid', [], 'reading a member of this file threw; hand over plain JSON')

const read = (u: unknown, problems: Array<Problem>): Recipes | undefined => {
  const file = decoded(RecipeFile, namedSchemas, u, problems)
  if (file !== undefined) compile(file, problems)
  return file
}

/**
 * A rule file, with every mistake in it and every remark on it. A word that nobody knows is a mistake: a rule that is misspelled would
 * do something else.
 *
 * @example
 * const read = decodeRecipes({ munchkinId: '561-HYG-937', rules: [{ name: 'Trial', when: { evnt: 'Trial Started' }, actions: [] }] })
 * read._tag === 'Left' && read.left.map(({ at }) => at.join('.'))
 * // => ['rules.0.when.evnt', 'rules.0.actions', 'rules.0.when']
 * @category recipes
 * @since 0.1.0
 */
export const decodeRecipes = (u: unknown): Remarked<Recipes> => {
  const problems: Array<Problem> = []
  try {
    const file = read(u, problems)
    const isBad = problems.some(({ weight }) => weight === 'invalid')
    if (file !== undefined && !isBad) return remarked(file, problems)
    return { _tag: 'Left', left: isNonEmpty(problems) ? problems : [threw] }
  } catch {
    return { _tag: 'Left', left: [threw] }
  }
}

/**
 * The JSON Schema of rule files (draft 2020-12), for editors that know schemas.
 *
 * @example
 * recipesJsonSchema().required // => ['munchkinId']
 * @category recipes
 * @since 0.1.0
 */
export const recipesJsonSchema = (): JsonObject => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Rules of segment-marketo',
  ...schemaOf(namedSchemas)(RecipeFile)
})
