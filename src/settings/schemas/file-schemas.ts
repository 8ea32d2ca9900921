/**
 * The JSON Schemas of all files that people write by hand, by the names that the package publishes them under.
 *
 *     { "$schema": "./node_modules/segment-marketo/dist/schemas/settings.schema.json", "munchkinId": … }
 *
 * With it an editor completes names and values, explains each, and marks what is misspelled while it is typed.
 *
 * @module
 */
import type { JsonObject } from '../../ground/json.js'
import { v1Schema, v2Schema } from './contract-schemas.js'
import { deliverySchema } from './delivery-schema.js'
import { recipeSchema } from './recipe-schema.js'
import { shareParts } from './share-parts.js'
import { activityIdsSchema, credentialsSchema } from './small-files.js'
import { sourceSchema } from './source-schema.js'
import { conflictSchema, contextSchema, loopSchema, writebackSchema } from './writeback-schemas.js'

// biome-ignore format: table
const makers = {
  'settings':              v2Schema,
  'settings-v1':           v1Schema,
  'rules':                 recipeSchema,
  'writeback':             writebackSchema,
  'writeback-context':     contextSchema,
  'writeback-loop':        loopSchema,
  'writeback-conflicts':   conflictSchema,
  'source':                sourceSchema,
  'delivery':              deliverySchema,
  'credentials':           credentialsSchema,
  'activity-ids':          activityIdsSchema
} as const satisfies Readonly<Record<string, () => JsonObject>>

/**
 * What a file that people write by hand is called among the schemas.
 *
 * @internal
 */
export type SchemaName = keyof typeof makers

const isName = (name: string): name is SchemaName => Object.keys(makers).includes(name)

/**
 * The names of the schemas.
 *
 * @internal
 */
export const schemaNames: ReadonlyArray<SchemaName> = /* @__PURE__ */ Object.keys(makers).filter(isName)

/**
 * The JSON Schema (draft-07) of a file, as an editor wants it: with a sentence, a default and examples beside each member. A member that
 * nobody reads is refused, where the decoder of the file only remarks upon it.
 *
 *
 * @internal
 */
export const fileSchema = (name: SchemaName): JsonObject => shareParts(makers[name]())
