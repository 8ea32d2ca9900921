/**
 * JSON Schema, drawn from a codec, so that there is one description of a file and not two.
 *
 *     t.exact(t.type({ a: t.string }))   →   { type: 'object', properties: { a: { type: 'string' } }, required: ['a'],
 *                                              additionalProperties: false }
 *
 * A codec with a test of its own (a brand) is described by what stands under its name in `named`: in words, and in JSON Schema as far as
 * that can say it.
 *
 * Source: JSON Schema, draft 2020-12.
 *
 * @module
 */
import type * as t from 'io-ts'
import type { Json, JsonObject } from './json.js'

/** The codecs that a schema can be drawn from. @internal */
export type KnownCodec =
  | t.StringType
  | t.NumberType
  | t.BooleanType
  | t.NullType
  | t.LiteralType<string | number | boolean>
  | t.KeyofType<Record<string, unknown>>
  | t.InterfaceType<t.Props>
  | t.PartialType<t.Props>
  | t.ReadonlyArrayType<t.Mixed>
  | t.DictionaryType<t.Mixed, t.Mixed>
  | t.UnionType<Array<t.Mixed>>
  | t.IntersectionType<Array<t.Mixed>>
  | t.ExactType<t.HasProps>
  | t.RefinementType<t.Mixed>

/** A codec as one of those that are known, by its tag. @internal */
export const isKnownCodec = (codec: t.Mixed): codec is t.Mixed & KnownCodec => '_tag' in codec

/** What brands say, by their names. @internal */
export type NamedSchemas = Readonly<Record<string, JsonObject>>

const membersOf = (props: t.Props, named: NamedSchemas): JsonObject =>
  Object.fromEntries(Object.entries(props).map(([name, codec]) => [name, schemaOf(named)(codec)]))

const object = (properties: JsonObject, required: ReadonlyArray<string>): JsonObject => ({
  type: 'object',
  properties,
  ...(required.length === 0 ? {} : { required })
})

const texts = (u: Json | undefined): ReadonlyArray<string> =>
  Array.isArray(u) ? u.flatMap((one) => (typeof one === 'string' ? [one] : [])) : []

/** Objects that must all hold, as one: intersections of members are how optional ones are said. */
const joined = (parts: ReadonlyArray<JsonObject>): JsonObject => {
  const properties: Record<string, Json> = {}
  for (const part of parts) Object.assign(properties, part.properties)
  return object(
    properties,
    parts.flatMap((part) => texts(part.required))
  )
}

/** A union without a name of its own has its members' names in brackets. @internal */
export const isNamedUnion = ({ name }: t.Mixed): boolean => !name.startsWith('(')

const unionOf = (codec: t.UnionType<Array<t.Mixed>>, named: NamedSchemas): JsonObject => {
  const anyOf = codec.types.map(schemaOf(named))
  return isNamedUnion(codec) ? { description: codec.name, anyOf } : { anyOf }
}

/**
 * The JSON Schema of what a codec reads. A codec that no schema can be drawn from allows anything.
 *
 * @internal
 */
export const schemaOf =
  (named: NamedSchemas) =>
  (codec: t.Mixed): JsonObject => {
    if (!isKnownCodec(codec)) return { ...named[codec.name] }
    switch (codec._tag) {
      case 'StringType':
        return { type: 'string' }
      case 'NumberType':
        return { type: 'number' }
      case 'BooleanType':
        return { type: 'boolean' }
      case 'NullType':
        return { type: 'null' }
      case 'LiteralType':
        return { const: codec.value }
      case 'KeyofType':
        return { enum: Object.keys(codec.keys) }
      case 'InterfaceType':
        return object(membersOf(codec.props, named), Object.keys(codec.props))
      case 'PartialType':
        return object(membersOf(codec.props, named), [])
      case 'ReadonlyArrayType':
        return { type: 'array', items: schemaOf(named)(codec.type) }
      case 'DictionaryType':
        return {
          type: 'object',
          propertyNames: schemaOf(named)(codec.domain),
          additionalProperties: schemaOf(named)(codec.codomain)
        }
      case 'UnionType':
        return unionOf(codec, named)
      case 'IntersectionType':
        return joined(codec.types.map(schemaOf(named)))
      case 'ExactType':
        return { ...schemaOf(named)(codec.type), additionalProperties: false }
      case 'RefinementType':
        return { ...schemaOf(named)(codec.type), ...named[codec.name] }
    }
  }
