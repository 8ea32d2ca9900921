/**
 * Laying rows into a table, as a statement: what `upsert` does, done by the warehouse.
 *
 *     incoming                                    marketo.leads
 *     ┌────┬───────┬────────────┐    by id        ┌────┬───────┬────────────┬────────────┐
 *     │ id │ email │ updated_at │ ──────────────▶ │ id │ email │ updated_at │ deleted_at │
 *     └────┴───────┴────────────┘                 └────┴───────┴────────────┴────────────┘
 *
 * @module
 */
import type { Collection } from './collection.js'
import { tableName } from './create-table.js'
import { dialects, quoted } from './dialects.js'

/**
 * Whence rows come: `from` is a table or view of the same columns, with one row for each id. `columns` are those that partial rows tell
 * of; null or absent, the rows are full.
 *
 * @category tables
 * @since 0.1.0
 */
export interface UpsertOptions {
  readonly schemaName: string
  readonly from: string
  readonly columns?: ReadonlyArray<string> | null
}

const name = (text: string): string => quoted(dialects.standard, text)

/** What a column holds once a row came in. LEAST passes nulls over, and what is null is older than nothing. */
const cellAfter = (column: string, replaces: boolean): string => {
  const [stored, incoming] = [`stored.${name(column)}`, `excluded.${name(column)}`]
  if (column === 'deleted_at') return `LEAST(${stored}, ${incoming})`
  if (!replaces) return incoming
  return `CASE WHEN excluded."updated_at" < stored."updated_at" THEN ${stored} ELSE ${incoming} END`
}

/**
 * A statement for DuckDB and PostgreSQL that lays rows into the table of a collection, by the rules of `upsert`: an older full row changes
 * nothing, a partial one sets its own columns, a date of deletion stays, the earliest of several. Rows with one id twice, or full ones
 * and partial ones, want a statement each: `upsertBatches` sorts them.
 *
 * @example
 * import { collections, upsertStatement } from 'segment-marketo/source'
 *
 * const leads = collections.find(({ name }) => name === 'leads')
 * leads && upsertStatement(leads, { schemaName: 'marketo', from: 'gone', columns: ['deleted_at'] }).split('\n')
 * // => ['INSERT INTO "marketo"."leads" AS stored ("id", "deleted_at")', 'SELECT "id", "deleted_at" FROM "gone"',
 * //      'ON CONFLICT ("id") DO UPDATE SET', '  "deleted_at" = LEAST(stored."deleted_at", excluded."deleted_at")']
 * @category tables
 * @since 0.1.0
 */
export const upsertStatement = (
  collection: Collection,
  { schemaName, from, columns = null }: UpsertOptions
): string => {
  const all = collection.columns.map((column) => column.name)
  const told = all.filter((column) => column !== 'id' && (columns === null || columns.includes(column)))
  const replaces = columns === null && told.includes('updated_at')
  const list = ['id', ...told].map(name).join(', ')
  const sets = told.map((column) => `${name(column)} = ${cellAfter(column, replaces)}`)
  return [
    `INSERT INTO ${tableName(collection, { schemaName })} AS stored (${list})`,
    `SELECT ${list} FROM ${name(from)}`,
    sets.length === 0 ? 'ON CONFLICT ("id") DO NOTHING' : `ON CONFLICT ("id") DO UPDATE SET\n  ${sets.join(',\n  ')}`
  ].join('\n')
}
