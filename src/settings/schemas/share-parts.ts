/**
 * A schema that says once what it would say often: what stands in several places becomes a definition, and each place refers to it.
 *
 *     { a: long, b: long }   →   { a: { $ref: '#/definitions/part1' }, b: { $ref: … }, definitions: { part1: long } }
 *
 * Only whole schemas are replaced: in draft-07 nothing that stands beside a `$ref` counts.
 *
 * @module
 */
import type { Json, JsonObject } from '../../ground/json.js'

/** Shorter than this, a schema is no longer than what refers to it. */
const worthIt = 120

const isObject = (u: Json | undefined): u is JsonObject => typeof u === 'object' && u !== null && !Array.isArray(u)

/** Where a schema holds others: one, a list of them, or some by name. */
const single: ReadonlyArray<string> = ['items', 'additionalProperties', 'propertyNames', 'if', 'then', 'not']
const listed: ReadonlyArray<string> = ['anyOf', 'allOf']
const named: ReadonlyArray<string> = ['properties']

/** A schema whose inner schemas are changed. */
const inside = (schema: JsonObject, change: (inner: JsonObject) => JsonObject): JsonObject => {
  const each = (inner: Json): Json => (isObject(inner) ? change(inner) : inner)
  return Object.fromEntries(
    Object.entries(schema).map(([key, value]) => {
      if (single.includes(key)) return [key, each(value)]
      if (listed.includes(key) && Array.isArray(value)) return [key, value.map(each)]
      if (named.includes(key) && isObject(value))
        return [key, Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, each(inner)]))]
      return [key, value]
    })
  )
}

const countParts = (schema: JsonObject, counts: Map<string, number>): void => {
  inside(schema, (inner) => {
    const text = JSON.stringify(inner)
    const before = counts.get(text) ?? 0
    counts.set(text, before + 1)
    // What stands in a part that was met before has been counted there.
    if (before === 0) countParts(inner, counts)
    return inner
  })
}

/** The same schema, with its repeated parts among `definitions`. @internal */
export const shareParts = (schema: JsonObject): JsonObject => {
  const counts = new Map<string, number>()
  countParts(schema, counts)
  const names = new Map<string, string>()
  const definitions = new Map<string, JsonObject>()
  const shared = (inner: JsonObject): JsonObject => {
    const text = JSON.stringify(inner)
    if ((counts.get(text) ?? 0) < 2 || text.length < worthIt) return inside(inner, shared)
    const name = names.get(text) ?? `part${names.size + 1}`
    if (!names.has(text)) {
      names.set(text, name)
      definitions.set(name, inside(inner, shared))
    }
    return { $ref: `#/definitions/${name}` }
  }
  const whole = inside(schema, shared)
  return definitions.size === 0 ? whole : { ...whole, definitions: Object.fromEntries(definitions) }
}
