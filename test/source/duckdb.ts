/** A warehouse in memory. */
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import type { Cell, Collection, ColumnType, Row } from '../../src/source/collection.js'
import { dialects, quoted } from '../../src/source/dialects.js'

export const name = (text: string): string => quoted(dialects.standard, text)

/** How a cell is read back, as the row had it. */
const readings: Readonly<Record<ColumnType, (column: string) => string>> = {
  id: (column) => column,
  text: (column) => column,
  time: (column) => `strftime(${column} AT TIME ZONE 'UTC', '%Y-%m-%dT%H:%M:%S.%gZ')`,
  date: (column) => `CAST(${column} AS VARCHAR)`,
  boolean: (column) => column,
  integer: (column) => `CAST(${column} AS VARCHAR)`,
  number: (column) => column,
  any: (column) => column
}

const isCell = (value: unknown): value is Cell =>
  value === null || ['string', 'number', 'boolean'].includes(typeof value)

export const connected = async (): Promise<DuckDBConnection> => (await DuckDBInstance.create(':memory:')).connect()

/** What `SELECT` makes of JSON: the cells of rows, each in the type of its column. */
const rowsOf = ({ columns }: Collection): string => {
  const shape = Object.fromEntries(columns.map((column) => [column.name, dialects.standard.types[column.type]]))
  return `SELECT unnest(from_json($1::JSON, '${JSON.stringify([shape]).split("'").join("''")}'), recursive := true)`
}

/** Puts rows as JSON into a table that `into` names, as it stands. */
export const load = async (
  connection: DuckDBConnection,
  collection: Collection,
  rows: ReadonlyArray<Row>,
  into: string
): Promise<void> => {
  await connection.run(`${into} ${rowsOf(collection)}`, [JSON.stringify(rows)])
}

/** The rows of a table, by id; what a column of any kind holds is text there. */
export const rowsAt = async (
  connection: DuckDBConnection,
  { columns }: Collection,
  table: string
): Promise<ReadonlyArray<Row>> => {
  const cells = columns.map(({ name: own, type }) => `${readings[type](name(own))} AS ${name(own)}`)
  const read = await connection.runAndReadAll(`SELECT ${cells.join(', ')} FROM ${table} ORDER BY "id"`)
  return read.getRowObjectsJS().map((row) =>
    Object.fromEntries(
      columns.map(({ name: own, type }): [string, Cell] => {
        const cell = row[own] ?? null
        return [own, !isCell(cell) ? null : type === 'integer' && cell !== null ? Number(cell) : cell]
      })
    )
  )
}

/** A row as a table tells it: cells of any kind as text. */
export const asStored = ({ columns }: Collection, row: Row): Row =>
  Object.fromEntries(
    columns.map(({ name: own, type }): [string, Cell] => {
      const cell = row[own] ?? null
      return [own, type === 'any' && cell !== null ? String(cell) : cell]
    })
  )
