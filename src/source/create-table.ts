/**
 * The tables of a warehouse, made from the columns of collections.
 *
 *     { name: 'lists', columns: [{ name: 'id', type: 'id' }, …] }
 *
 *     CREATE TABLE IF NOT EXISTS "marketo"."lists" (
 *       "id" VARCHAR NOT NULL,
 *       …
 *       PRIMARY KEY ("id")
 *     )
 *
 * @module
 */
import type { Collection } from './collection.js'
import { type Dialect, dialects, quoted } from './dialects.js'

/**
 * Where tables lie, and how the warehouse spells them: `standard`, that of DuckDB and PostgreSQL, unless another is given.
 *
 * @category tables
 * @since 0.1.0
 */
export interface TableOptions {
  readonly schemaName: string
  readonly dialect?: Dialect
}

/**
 * A statement that makes the schema of a source, where there is none by its name.
 *
 * @example
 * import { createSchema } from 'segment-marketo/source'
 *
 * createSchema({ schemaName: 'marketo' }) // => 'CREATE SCHEMA IF NOT EXISTS "marketo"'
 * @category tables
 * @since 0.1.0
 */
export const createSchema = ({ schemaName, dialect = dialects.standard }: TableOptions): string =>
  `CREATE SCHEMA IF NOT EXISTS ${quoted(dialect, schemaName)}`

/** A collection's table with its schema in front. @internal */
export const tableName = ({ name }: Collection, { schemaName, dialect = dialects.standard }: TableOptions): string =>
  `${quoted(dialect, schemaName)}.${quoted(dialect, name)}`

/**
 * A statement that makes the table of a collection, where there is none by its name. Every column may hold null, but for the id.
 *
 * @example
 * import { collections, createTable, dialects } from 'segment-marketo/source'
 *
 * const types = collections.find(({ name }) => name === 'lead_activity_type_attributes')
 * types && createTable(types, { schemaName: 'marketo', dialect: dialects.bigquery }).split('\n')
 * // => ['CREATE TABLE IF NOT EXISTS `marketo`.`lead_activity_type_attributes` (', '  `id` STRING NOT NULL,',
 * //      '  `activity_type_id` STRING,', '  `name` STRING,', '  `data_type` STRING,', '  PRIMARY KEY (`id`) NOT ENFORCED', ')']
 * @category tables
 * @since 0.1.0
 */
export const createTable = (collection: Collection, options: TableOptions): string => {
  const { dialect = dialects.standard } = options
  const columns = collection.columns.map(({ name, type }, i) => {
    const column = `${quoted(dialect, name)} ${dialect.types[type]}`
    return i === 0 ? `${column} NOT NULL` : column
  })
  const key = collection.columns
    .slice(0, 1)
    .map(({ name }) => `PRIMARY KEY (${quoted(dialect, name)})${dialect.unkept}`)
  return `CREATE TABLE IF NOT EXISTS ${tableName(collection, options)} (\n  ${[...columns, ...key].join(',\n  ')}\n)`
}
