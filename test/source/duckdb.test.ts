/** The drawn SQL, tried by a real engine: tables hold the rows, and the statement does what `upsert` does. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Collection, Row, SourceRow } from '../../src/source/collection.js'
import { collections } from '../../src/source/collections.js'
import { createSchema, createTable } from '../../src/source/create-table.js'
import { emptyTables, rowsIn, upsert } from '../../src/source/upsert.js'
import { upsertBatches } from '../../src/source/upsert-batches.js'
import { upsertStatement } from '../../src/source/upsert-statement.js'
import { full, partial, rowOf, timeText } from '../arbitraries/source-rows.js'
import { asStored, connected, load, name, rowsAt } from './duckdb.js'

const schemaName = 'marketo'

const odd: Collection = {
  name: 'a "table" of 100%',
  says: 'columns of every kind',
  reads: { by: 'leads' },
  otherwise: null,
  columns: (['id', 'text', 'time', 'date', 'boolean', 'integer', 'number', 'any'] as const).map((type) => ({
    name: type === 'id' ? 'id' : `"${type}" 'column'`,
    type,
    from: [],
    says: type
  }))
}

const engine = connected().then(async (connection) => {
  await connection.run(createSchema({ schemaName }))
  return connection
})

/** The table of a collection, made anew and empty. */
const fresh = async (collection: Collection): Promise<string> => {
  const table = `"${schemaName}".${name(collection.name)}`
  const connection = await engine
  await connection.run(`DROP TABLE IF EXISTS ${table}`)
  await connection.run(createTable(collection, { schemaName }))
  return table
}

const byId = (a: Row, b: Row): number => Buffer.compare(Buffer.from(String(a.id)), Buffer.from(String(b.id)))

describe('the table of', () => {
  it.each([...collections, odd].map((collection) => [collection.name, collection] as const))(
    '%s takes its rows, and tells them as they were',
    async (_, collection) => {
      const rows = fc.uniqueArray(rowOf(collection), { maxLength: 40, selector: ({ id }) => id })
      await fc.assert(
        fc.asyncProperty(rows, async (all) => {
          const table = await fresh(collection)
          await load(await engine, collection, all, `INSERT INTO ${table}`)
          const stored = all.map((row) => asStored(collection, row)).sort(byId)
          expect(await rowsAt(await engine, collection, table)).toEqual(stored)
        }),
        { numRuns: 10 }
      )
    }
  )

  it('leads refuses two rows of one id, and a row without one', async () => {
    const [leads] = collections
    if (leads === undefined) throw new Error('no collection')
    const table = await fresh(leads)
    const connection = await engine
    await expect(load(connection, leads, [{ id: '1' }, { id: '1' }], `INSERT INTO ${table}`)).rejects.toThrow(
      'duplicate'
    )
    await expect(load(connection, leads, [{ id: null }], `INSERT INTO ${table}`)).rejects.toThrow('NOT NULL')
    // A second statement finds the table there, and leaves it.
    await load(connection, leads, [{ id: '1' }], `INSERT INTO ${table}`)
    await connection.run(createTable(leads, { schemaName }))
    expect(await rowsAt(connection, leads, table)).toHaveLength(1)
  })
})

const laidInto = async (collection: Collection, rows: ReadonlyArray<SourceRow>): Promise<ReadonlyArray<Row>> => {
  const connection = await engine
  const table = await fresh(collection)
  for (const { rows: batch, columns } of upsertBatches(rows)) {
    await load(connection, collection, batch, 'CREATE OR REPLACE TEMP TABLE "incoming" AS')
    await connection.run(upsertStatement(collection, { schemaName, from: 'incoming', columns }))
  }
  return rowsAt(connection, collection, table)
}

const ids = fc.constantFrom('1', '2', '3')
const ofFewTimes = fc.constantFrom(
  null,
  '2025-01-01T00:00:00.000Z',
  '2025-01-01T00:00:00.001Z',
  '2025-03-01T00:00:00.000Z'
)

/** Rows of a few ids, full and partial, whose times are often equal or absent. */
const incomingOf = (collection: Collection): fc.Arbitrary<SourceRow> => {
  const columns = collection.columns.map((column) => column.name)
  const times = columns.includes('updated_at') ? ofFewTimes : fc.constant(undefined)
  const whole = fc
    .tuple(rowOf(collection, ids), times)
    .map(([row, updated]) => full(collection.name, updated === undefined ? row : { ...row, updated_at: updated }))
  const parts = fc
    .tuple(rowOf(collection, ids), fc.subarray(columns.slice(1)))
    .map(([row, some]) =>
      partial(collection.name, Object.fromEntries(['id', ...some].map((column) => [column, row[column] ?? null])))
    )
  const deletions = fc.record({ id: ids, deleted_at: timeText }).map((row) => partial(collection.name, row))
  return columns.includes('deleted_at') ? fc.oneof(whole, parts, deletions) : fc.oneof(whole, parts)
}

describe('the statement', () => {
  const tried = collections.filter((one) => ['leads', 'lists', 'lead_activity_attributes'].includes(one.name))

  it.each(tried.map((collection) => [collection.name, collection] as const))(
    'W1 leaves in %s what `upsert` leaves, whatever rows come',
    async (_, collection) => {
      const columns = { [collection.name]: collection.columns.map((column) => column.name) }
      await fc.assert(
        fc.asyncProperty(fc.array(incomingOf(collection), { maxLength: 12 }), async (rows) => {
          const expected = rowsIn(upsert(emptyTables, rows, columns), collection.name)
          expect(await laidInto(collection, rows)).toEqual(expected)
        }),
        { numRuns: 60 }
      )
    }
  )

  it('of an id alone makes the row, and changes none', async () => {
    const [leads] = collections
    if (leads === undefined) throw new Error('no collection')
    const rows = [
      full('leads', { id: '1', email: 'a@x.example' }),
      partial('leads', { id: '1' }),
      partial('leads', { id: '2' })
    ]
    expect(await laidInto(leads, rows)).toMatchObject([
      { id: '1', email: 'a@x.example' },
      { id: '2', email: null }
    ])
  })
})
