/**
 * What the rows of a collection look like, as JSON Schema.
 *
 *     { columns: [{ name: 'id', type: 'id' }, { name: 'active', type: 'boolean' }] }
 *
 *     { "type": "object", "required": ["id", "active"], "additionalProperties": false,
 *       "properties": { "id": { "type": "string" }, "active": { "type": ["boolean", "null"] } } }
 *
 * @module
 */
import type { Json, JsonObject } from '../ground/json.js'
import type { Collection, Column, ColumnType } from './collection.js'

const time = '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$'

// biome-ignore format: table
const kinds: Readonly<Record<ColumnType, JsonObject>> = {
  id:      { type: ['string', 'null'] },
  text:    { type: ['string', 'null'] },
  time:    { type: ['string', 'null'], format: 'date-time', pattern: time },
  date:    { type: ['string', 'null'], format: 'date' },
  boolean: { type: ['boolean', 'null'] },
  integer: { type: ['integer', 'null'] },
  number:  { type: ['number', 'null'] },
  any:     { type: ['string', 'number', 'boolean', 'null'] }
}

const cellSchema = ({ name, type, says }: Column): readonly [string, Json] => {
  const kind = name === 'id' ? { type: 'string', minLength: 1 } : kinds[type]
  return [name, { ...kind, description: says }]
}

/**
 * The JSON Schema (draft 2020-12) of the rows of a collection: every column, each of which may be null but the id, and no other member.
 * With `partial`, of the rows that hold only some of them.
 *
 * @example
 * import { collections, rowJsonSchema } from 'segment-marketo/source'
 *
 * const types = collections.find(({ name }) => name === 'lead_activity_type_attributes')
 * types && rowJsonSchema(types).required // => ['id', 'activity_type_id', 'name', 'data_type']
 * types && rowJsonSchema(types, { partial: true }).required // => ['id']
 * @category tables
 * @since 0.1.0
 */
export const rowJsonSchema = (
  { name, says, columns }: Collection,
  { partial }: { readonly partial: boolean } = { partial: false }
): JsonObject => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: name,
  description: says,
  type: 'object',
  properties: Object.fromEntries(columns.map(cellSchema)),
  required: partial ? ['id'] : columns.map((column) => column.name),
  additionalProperties: false
})
