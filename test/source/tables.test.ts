/** Tables and schemas, made from columns. */
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Collection } from '../../src/source/collection.js'
import { collections } from '../../src/source/collections.js'
import { createSchema, createTable } from '../../src/source/create-table.js'
import { dialects, quoted } from '../../src/source/dialects.js'
import { rowJsonSchema } from '../../src/source/row-schema.js'
import { upsertStatement } from '../../src/source/upsert-statement.js'
import { rowOf } from '../arbitraries/source-rows.js'
import { frozen } from '../endpoints/reading.js'

const short: Collection = {
  name: 'short',
  says: 'a few columns',
  reads: { by: 'leads' },
  otherwise: null,
  columns: [
    { name: 'id', type: 'id', from: [['id']], says: 'it' },
    { name: 'at', type: 'time', from: [['at']], says: 'when' },
    { name: 'day', type: 'date', from: [['day']], says: 'which day' },
    { name: 'on', type: 'boolean', from: [['on']], says: 'whether' },
    { name: 'count', type: 'integer', from: [['count']], says: 'how many' },
    { name: 'share', type: 'number', from: [['share']], says: 'how much' },
    { name: 'value', type: 'any', from: [['value']], says: 'what' }
  ]
}

describe('CREATE TABLE', () => {
  // biome-ignore format: table
  it.each([
    ['standard',  dialects.standard,  ['"marketo"."short"', '"id" VARCHAR NOT NULL',        '"at" TIMESTAMP WITH TIME ZONE', '"day" DATE', '"on" BOOLEAN', '"count" BIGINT', '"share" DOUBLE PRECISION', '"value" VARCHAR',        'PRIMARY KEY ("id")']],
    ['snowflake', dialects.snowflake, ['"MARKETO"."SHORT"', '"ID" VARCHAR NOT NULL',        '"AT" TIMESTAMP_TZ',             '"DAY" DATE', '"ON" BOOLEAN', '"COUNT" BIGINT', '"SHARE" DOUBLE PRECISION', '"VALUE" VARCHAR',        'PRIMARY KEY ("ID")']],
    ['bigquery',  dialects.bigquery,  ['`marketo`.`short`', '`id` STRING NOT NULL',         '`at` TIMESTAMP',                '`day` DATE', '`on` BOOL',    '`count` INT64',  '`share` FLOAT64',          '`value` STRING',         'PRIMARY KEY (`id`) NOT ENFORCED']],
    ['redshift',  dialects.redshift,  ['"marketo"."short"', '"id" VARCHAR(65535) NOT NULL', '"at" TIMESTAMPTZ',              '"day" DATE', '"on" BOOLEAN', '"count" BIGINT', '"share" DOUBLE PRECISION', '"value" VARCHAR(65535)', 'PRIMARY KEY ("id")']]
  ])('in %s', (_, dialect, [table, ...lines]) => {
    expect(createTable(short, { schemaName: 'marketo', dialect })).toBe(
      `CREATE TABLE IF NOT EXISTS ${table} (\n  ${lines.join(',\n  ')}\n)`
    )
  })

  it('lies in a schema of its own', () => {
    expect(createSchema({ schemaName: 'marketo' })).toBe('CREATE SCHEMA IF NOT EXISTS "marketo"')
    expect(createSchema({ schemaName: 'marketo', dialect: dialects.bigquery })).toBe(
      'CREATE SCHEMA IF NOT EXISTS `marketo`'
    )
  })

  it('is spelled as DuckDB and PostgreSQL have it where no dialect is given', () => {
    for (const one of collections)
      expect(createTable(one, { schemaName: 'm' })).toBe(
        createTable(one, { schemaName: 'm', dialect: dialects.standard })
      )
  })

  it('stores text as it stores ids', () => {
    for (const { types } of Object.values(dialects)) expect([types.text, types.any]).toEqual([types.id, types.id])
  })

  it('doubles a quote in a name, or puts a backslash in front', () => {
    expect(quoted(dialects.standard, 'a"b`\\')).toBe('"a""b`\\"')
    expect(quoted(dialects.bigquery, 'a"b`\\')).toBe('`a"b\\`\\\\`')
  })

  it('a name never ends its quotes', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('"', '`', '\\', 'a') }), (text) => {
        expect(quoted(dialects.standard, text)).toMatch(/^"([^"]|"")*"$/)
        expect(quoted(dialects.bigquery, text)).toMatch(/^`([^`\\]|\\[`\\])*`$/)
      })
    )
  })
})

describe('the upsert statement', () => {
  it('of full rows keeps what is newer, where the collection tells times', () => {
    const [leads] = collections
    expect(leads && upsertStatement(leads, { schemaName: 'marketo', from: 'incoming' }).split('\n')).toEqual([
      'INSERT INTO "marketo"."leads" AS stored ("id", "email", "first_name", "last_name", "created_at", "updated_at", "deleted_at")',
      'SELECT "id", "email", "first_name", "last_name", "created_at", "updated_at", "deleted_at" FROM "incoming"',
      'ON CONFLICT ("id") DO UPDATE SET',
      ...['email', 'first_name', 'last_name', 'created_at', 'updated_at'].map(
        (column) =>
          `  "${column}" = CASE WHEN excluded."updated_at" < stored."updated_at" THEN stored."${column}" ELSE excluded."${column}" END,`
      ),
      '  "deleted_at" = LEAST(stored."deleted_at", excluded."deleted_at")'
    ])
  })

  it('of partial rows, and where there are no times, sets what is told', () => {
    expect(upsertStatement(short, { schemaName: 'm', from: 'x', columns: ['on', 'at', 'nothing', 'id'] })).toBe(
      'INSERT INTO "m"."short" AS stored ("id", "at", "on")\nSELECT "id", "at", "on" FROM "x"\n' +
        'ON CONFLICT ("id") DO UPDATE SET\n  "at" = excluded."at",\n  "on" = excluded."on"'
    )
    expect(upsertStatement(short, { schemaName: 'm', from: 'x' })).not.toContain('CASE')
    const [leads] = collections
    const columns = ['email', 'updated_at']
    expect(leads && upsertStatement(leads, { schemaName: 'm', from: 'x', columns })).not.toContain('CASE')
    expect(upsertStatement(short, { schemaName: 'm', from: 'x', columns: [] })).toMatch(
      /ON CONFLICT \("id"\) DO NOTHING$/
    )
  })
})

describe('the JSON Schema of rows', () => {
  const ajv = addFormats.default(new Ajv2020({ strict: true, allowUnionTypes: true }))

  describe.each([...collections, short].map((collection) => [collection.name, collection] as const))(
    '%s',
    (_, collection) => {
      const isRow = ajv.compile(rowJsonSchema(frozen(collection)))
      const isPart = ajv.compile(rowJsonSchema(collection, { partial: true }))
      const others = collection.columns.slice(1).map((column) => column.name)

      it('takes every row, and every part of one that has the id', () => {
        fc.assert(
          fc.property(rowOf(collection), fc.subarray(others), (row, some) => {
            expect([isRow(row), isRow.errors]).toEqual([true, null])
            expect(isPart(Object.fromEntries(['id', ...some].map((column) => [column, row[column]])))).toBe(true)
          })
        )
      })

      it('refuses a row that lacks a column, or has one more, or no id', () => {
        fc.assert(
          fc.property(
            rowOf(collection),
            fc.constantFrom(...collection.columns.map((column) => column.name)),
            (row, column) => {
              const { [column]: cell, ...rest } = row
              expect(isRow(rest)).toBe(false)
              expect(isRow({ ...row, more: cell })).toBe(false)
              expect(isPart({ ...row, more: cell })).toBe(false)
              expect([isPart({}), isPart({ id: '1' })]).toEqual([false, true])
              for (const id of [null, '', 7]) expect([isRow({ ...row, id }), isPart({ id })]).toEqual([false, false])
            }
          )
        )
      })
    }
  )

  it('says of which draft it is, and what the rows are', () => {
    expect(rowJsonSchema(short)).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      title: 'short',
      description: 'a few columns'
    })
  })

  // biome-ignore format: table
  it.each([
    ['a time of another form', { at: '2025-01-01T00:00:00Z' }],
    ['a time of no day',       { at: '2025-02-31T00:00:00.000Z' }],
    ['a day of no month',      { day: '2025-13-01' }],
    ['a part of a whole',      { count: 1.5 }],
    ['a number as text',       { share: '1' }],
    ['a word for true',        { on: 'true' }],
    ['a list',                 { value: [] }]
  ])('refuses %s', (_, cells) => {
    const row = { id: '1', at: null, day: null, on: null, count: null, share: null, value: null }
    const isRow = ajv.compile(rowJsonSchema(short))
    expect(isRow(row)).toBe(true)
    expect(isRow({ ...row, ...cells })).toBe(false)
  })
})
