/**
 * How warehouses spell names and kinds of columns.
 *
 *                   names           id, text, any    time                       a key is
 *     standard      "leads"         VARCHAR          TIMESTAMP WITH TIME ZONE   kept
 *     snowflake     "LEADS"         VARCHAR          TIMESTAMP_TZ               a remark
 *     bigquery      `leads`         STRING           TIMESTAMP                  a remark, and must say so
 *     redshift      "leads"         VARCHAR(65535)   TIMESTAMPTZ                a remark
 *
 * Snowflake reads names without quotes in upper case: written so, `select email from marketo.leads` finds the table. Redshift's VARCHAR
 * without a length holds 256 bytes.
 *
 * Sources: the pages "CREATE TABLE" and "Data types" of DuckDB, PostgreSQL, Snowflake, BigQuery and Redshift.
 *
 * @module
 */
import type { ColumnType } from './collection.js'

/**
 * A warehouse's way with SQL, as data. `unkept` stands behind a key where the warehouse wants to hear that it does not keep it.
 *
 * @category tables
 * @since 0.1.0
 */
export interface Dialect {
  readonly quote: '"' | '`'
  readonly letters: 'as-given' | 'upper'
  readonly unkept: '' | ' NOT ENFORCED'
  readonly types: Readonly<Record<ColumnType, string>>
}

const standardTypes: Dialect['types'] = {
  id: 'VARCHAR',
  text: 'VARCHAR',
  time: 'TIMESTAMP WITH TIME ZONE',
  date: 'DATE',
  boolean: 'BOOLEAN',
  integer: 'BIGINT',
  number: 'DOUBLE PRECISION',
  any: 'VARCHAR'
}

/**
 * The dialects that are known. `standard` is read by DuckDB and PostgreSQL alike.
 *
 * @category tables
 * @since 0.1.0
 */
export const dialects = {
  standard: { quote: '"', letters: 'as-given', unkept: '', types: standardTypes },
  snowflake: { quote: '"', letters: 'upper', unkept: '', types: { ...standardTypes, time: 'TIMESTAMP_TZ' } },
  bigquery: {
    quote: '`',
    letters: 'as-given',
    unkept: ' NOT ENFORCED',
    types: {
      id: 'STRING',
      text: 'STRING',
      time: 'TIMESTAMP',
      date: 'DATE',
      boolean: 'BOOL',
      integer: 'INT64',
      number: 'FLOAT64',
      any: 'STRING'
    }
  },
  redshift: {
    quote: '"',
    letters: 'as-given',
    unkept: '',
    types: {
      ...standardTypes,
      id: 'VARCHAR(65535)',
      text: 'VARCHAR(65535)',
      time: 'TIMESTAMPTZ',
      any: 'VARCHAR(65535)'
    }
  }
} as const satisfies Readonly<Record<string, Dialect>>

/** A name between its quotes. Nothing in it can end them. @internal */
export const quoted = ({ quote, letters }: Dialect, name: string): string => {
  const spelled = letters === 'upper' ? name.toUpperCase() : name
  const inner = quote === '"' ? spelled.split('"').join('""') : spelled.replace(/[\\`]/g, '\\$&')
  return `${quote}${inner}${quote}`
}
