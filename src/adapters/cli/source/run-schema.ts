/**
 * `source schema`: the tables of a source, as statements or as JSON Schema.
 *
 * @module
 */
import * as E from 'fp-ts/Either'
import type { Collection } from '../../../source/collection.js'
import { createSchema, createTable } from '../../../source/create-table.js'
import { type Dialect, dialects } from '../../../source/dialects.js'
import { rowJsonSchema } from '../../../source/row-schema.js'
import { compileSource } from '../../../source/tables.js'
import type { SourceSchemaRequest } from '../request.js'
import { printable } from '../text/printable.js'
import { type ExitCode, refuse, type World } from '../world.js'
import { madeUpSettings, sourceSettings } from './source-settings.js'

const sqlOf = (tables: ReadonlyArray<Collection>, schemaName: string, dialect: Dialect): string =>
  [createSchema({ schemaName, dialect }), ...tables.map((table) => createTable(table, { schemaName, dialect }))]
    .map((statement) => `${statement};\n`)
    .join('\n')

/** One schema by itself, several by the names of their collections. */
const schemasOf = (tables: ReadonlyArray<Collection>, isOne: boolean): string => {
  const [first] = tables
  const json =
    isOne && first !== undefined
      ? rowJsonSchema(first)
      : Object.fromEntries(tables.map((table) => [table.name, rowJsonSchema(table)]))
  return `${JSON.stringify(json, null, 2)}\n`
}

const chosen = (all: ReadonlyArray<Collection>, name: string | null): E.Either<string, ReadonlyArray<Collection>> => {
  const tables = name === null ? all : all.filter((table) => table.name === name)
  const names = all.map((table) => table.name).join(', ')
  return tables.length > 0 ? E.right(tables) : E.left(`${printable(name ?? '')}: no collection; there are ${names}`)
}

/** Carries out `source schema`. */
export const runSourceSchema = async (request: SourceSchemaRequest, world: World): Promise<ExitCode> => {
  const file = await sourceSettings(world, request.settings, madeUpSettings, {})
  if (file._tag === 'Left') return refuse(world, file.left)
  const { settings } = file.right
  const all = compileSource(settings).collections.filter((table) => settings.collections.includes(table.name))
  const tables = chosen(all, request.collection)
  if (tables._tag === 'Left') return refuse(world, tables.left)
  const dialect = new Map<string, Dialect>(Object.entries(dialects)).get(request.dialect) ?? dialects.standard
  world.out.write(
    request.form === 'sql'
      ? sqlOf(tables.right, settings.schemaName, dialect)
      : schemasOf(tables.right, request.collection !== null)
  )
  return 0
}
