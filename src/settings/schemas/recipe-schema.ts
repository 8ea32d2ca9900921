/**
 * The schema of rule files, drawn from the codec that reads them, with a sentence beside each member.
 *
 * @module
 */
import type { Json, JsonObject } from '../../ground/json.js'
import { recipesJsonSchema } from '../../recipes/decode.js'
import { headed } from './parts.js'
import { recipeWords } from './recipe-words.js'

const isObject = (u: Json | undefined): u is JsonObject => typeof u === 'object' && u !== null && !Array.isArray(u)

const wordsOn = (owner: string, name: string): string | undefined =>
  recipeWords[`${owner}.${name}`] ?? recipeWords[name]

/** The members of `owner`, each with its sentence; what the codec says of the value stands behind it. */
const explained = (owner: string, properties: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(properties).map(([name, schema]) => {
      const below = withWords(name, schema)
      const says = wordsOn(owner, name)
      if (says === undefined || !isObject(below)) return [name, below]
      const { description: kind, ...rest } = below
      return [name, { description: typeof kind === 'string' ? `${says}: ${kind}` : says, ...rest }]
    })
  )

/** The member whose word tells the alternatives apart, with the word of each; none where nothing does. */
const toldApart = (
  alternatives: ReadonlyArray<Json>
): readonly [name: string, words: ReadonlyArray<Json>] | undefined => {
  const members = alternatives.map((one) =>
    isObject(one) && isObject(one.properties) ? Object.entries(one.properties) : []
  )
  const words = members.map((all) => all.find(([, schema]) => isObject(schema) && schema.const !== undefined))
  const name = words[0]?.[0]
  if (name === undefined || words.some((word) => word?.[0] !== name)) return undefined
  return [name, words.flatMap((word) => (isObject(word?.[1]) ? [word[1].const ?? null] : []))]
}

/** All words at one place as well: of alternatives alone an editor would offer those that are as good as whole. */
const withChoices = (schema: JsonObject): JsonObject => {
  const apart = Array.isArray(schema.anyOf) ? toldApart(schema.anyOf) : undefined
  return apart === undefined
    ? schema
    : { type: 'object', properties: { [apart[0]]: { enum: apart[1] } }, required: [apart[0]], ...schema }
}

const withWords = (owner: string, schema: Json): Json => {
  if (Array.isArray(schema)) return schema.map((one: Json) => withWords(owner, one))
  if (!isObject(schema)) return schema
  return Object.fromEntries(
    Object.entries(withChoices(schema)).map(([key, value]) => [
      key,
      key === 'properties' && isObject(value) ? explained(owner, value) : withWords(owner, value)
    ])
  )
}

/** Rule files. @internal */
export const recipeSchema = (): JsonObject => {
  const drawn = withWords('', recipesJsonSchema())
  return {
    ...(isObject(drawn) ? drawn : {}),
    ...headed('Rules for Marketo', 'When this event comes, do that in Marketo.', {})
  }
}
