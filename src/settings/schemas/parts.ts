/**
 * The parts that schemas of files are made of: each allows what the reader of that name reads.
 *
 *     nonBlank                 { type: 'string', pattern: '\\S' }
 *     whole(1, 65_536)         a whole number, also as digits
 *     orNull(nonBlank)         the same, or null, or blank text, which counts as none
 *     closed({ from }, …)      an object with these members and no others, so that an editor marks a misspelled name
 *
 * They say what JSON Schema (draft-07, which editors know best) can say easily. What only the whole of a file can show is left to the
 * readers: two rows of one field, a form that is missing.
 *
 * Source: JSON Schema, draft-07.
 *
 * @module
 */
import type { JsonObject } from '../../ground/json.js'

/** Text with something in it. @internal */
export const nonBlank: JsonObject = { type: 'string', pattern: '\\S' }

/** Text of a shape; `says` is what an editor that knows the word shows instead of the pattern. @internal */
export const shaped = (pattern: string, says: string): JsonObject => ({
  type: 'string',
  pattern,
  patternErrorMessage: says
})

/** A field's name in Marketo. @internal */
export const marketoName: JsonObject = shaped(
  '^[A-Za-z][A-Za-z0-9_ ]{0,254}$',
  'The API name of a field: a letter, then letters, digits and _'
)

/** True or false. @internal */
export const flag: JsonObject = { type: 'boolean' }

/** Text, a number or a boolean. @internal */
export const scalar: JsonObject = { type: ['string', 'number', 'boolean'] }

/** A whole number between two bounds, also as digits. @internal */
export const whole = (minimum: number, maximum: number): JsonObject => ({
  type: ['integer', 'string'],
  minimum,
  maximum,
  pattern: '^\\s*-?\\d{1,15}\\s*$',
  patternErrorMessage: 'A whole number'
})

/** One of a few words. @internal */
export const oneOf = (words: ReadonlyArray<string>): JsonObject => ({ enum: words })

/** A list. @internal */
export const listOf = (items: JsonObject): JsonObject => ({ type: 'array', items })

/** The same, or null; blank text counts as null. @internal */
export const orNull = (schema: JsonObject): JsonObject => ({
  anyOf: [schema, { type: 'null' }, { type: 'string', pattern: '^\\s*$', doNotSuggest: true }]
})

/** An object with these members and no others. @internal */
export const closed = (properties: JsonObject, required: ReadonlyArray<string> = []): JsonObject => ({
  type: 'object',
  properties,
  ...(required.length === 0 ? {} : { required }),
  additionalProperties: false
})

/** An object whose members are all of one kind. @internal */
export const mapOf = (values: JsonObject): JsonObject => ({ type: 'object', additionalProperties: values })

/** A schema with what an editor tells of it. @internal */
export const told = (description: string, schema: JsonObject, examples: ReadonlyArray<JsonObject[string]> = []) => ({
  description,
  ...schema,
  ...(examples.length === 0 ? {} : { examples })
})

/** Members of which one has to be there. @internal */
export const oneOfThese = (names: ReadonlyArray<string>): JsonObject => ({
  anyOf: names.map((name) => ({ required: [name] }))
})

/** Where a file names its schema. @internal */
export const schemaMember: JsonObject = {
  $schema: told('Where the schema of this file is, for editors', { type: 'string' })
}

/** The head of a file's schema. @internal */
export const headed = (title: string, description: string, schema: JsonObject): JsonObject => ({
  $schema: 'http://json-schema.org/draft-07/schema#',
  title,
  description,
  ...schema
})
