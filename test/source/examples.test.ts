/** The rows that the pages show are rows, and hang together as the pages say. */
import { readdirSync, readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { describe, expect, it } from 'vitest'
import { describeProblem } from '../../src/ground/problem.js'
import type { Cell } from '../../src/source/collection.js'
import { collections } from '../../src/source/collections.js'
import { createSchema, createTable } from '../../src/source/create-table.js'
import { decodeSourceSettings } from '../../src/source/decode-settings.js'
import { rowJsonSchema } from '../../src/source/row-schema.js'
import type { SourceSettings } from '../../src/source/settings.js'
import { defaultSyncOptions } from '../../src/source/sync/options.js'
import { compileSource, type SourceTables } from '../../src/source/tables.js'
import { sourceExamples } from '../cases/source-examples.js'
import { pageOf } from '../docs/source-pages.js'
import { connected, load, rowsAt } from './duckdb.js'

const readerOf = (settings: unknown): SourceTables['reader'] => {
  const read = decodeSourceSettings(settings)
  if (read._tag === 'Left') throw new Error(read.left.map(describeProblem).join('\n'))
  return compileSource(read.right).reader
}

const docs = new URL('../../docs/', import.meta.url)
const pageText = (name: string): string => readFileSync(new URL(name, docs), 'utf8')

describe('the example of', () => {
  const ajv = addFormats.default(new Ajv2020({ strict: true, allowUnionTypes: true }))

  it.each(collections.map((collection) => [collection.name, collection] as const))('%s', async (name, collection) => {
    const rows = sourceExamples[name]?.rows ?? []
    expect(rows.length).toBeGreaterThan(0)
    const isRow = ajv.compile(rowJsonSchema(collection))
    for (const row of rows) {
      expect([isRow(row), isRow.errors]).toEqual([true, null])
      expect(Object.keys(row)).toEqual(collection.columns.map((column) => column.name))
    }
    const connection = await connected()
    await connection.run('CREATE SCHEMA "marketo"')
    await connection.run(createTable(collection, { schemaName: 'marketo' }))
    const table = `"marketo"."${name}"`
    await load(connection, collection, rows, `INSERT INTO ${table}`)
    expect(await rowsAt(connection, collection, table)).toEqual(
      [...rows].sort((a, b) => (String(a.id) < String(b.id) ? -1 : 1))
    )
  })

  it.each(collections.map(({ name }) => name))('%s has the rows that its record becomes', (name) => {
    const example = sourceExamples[name]
    const read = readerOf({ munchkinId: '561-HYG-937', activityTypeIds: '11' })(name)?.(example?.record, 0, null)
    expect(read?.problems).toEqual([])
    expect(read?.rows.filter(({ collection }) => collection === name)).toStrictEqual(
      example?.rows.map((row) => ({ collection: name, partial: false, row }))
    )
  })

  it.each([
    ['lead_activities', 'lead_id', 'leads', 'id'],
    ['lead_activities', 'campaign_id', 'campaigns', 'id'],
    ['lead_activities', 'primary_attribute_value_id', 'email', 'id'],
    ['lead_activities', 'activity_type_id', 'lead_activity_types', 'id'],
    ['lead_activity_attributes', 'activity_id', 'lead_activities', 'id'],
    ['lead_activity_type_attributes', 'id', 'lead_activity_attributes', 'activity_type_attribute_id'],
    ['lead_activity_type_attributes', 'activity_type_id', 'lead_activity_types', 'id'],
    ['email', 'folder_value', 'programs', 'id'],
    ['lists', 'program_name', 'programs', 'name'],
    ['segments', 'segmentation_id', 'segmentation', 'id']
  ])('%s joins by %s with %s', (from, column, to, key) => {
    const cellsOf = (name: string, of: string): ReadonlyArray<Cell | undefined> =>
      (sourceExamples[name]?.rows ?? []).map((row) => row[of])
    for (const value of cellsOf(from, column)) expect(cellsOf(to, key)).toContain(value)
  })
})

/** All examples in one warehouse, with a product's events. */
const warehouse = async () => {
  const connection = await connected()
  await connection.run(createSchema({ schemaName: 'marketo' }))
  for (const collection of collections) {
    await connection.run(createTable(collection, { schemaName: 'marketo' }))
    const rows = sourceExamples[collection.name]?.rows ?? []
    await load(connection, collection, rows, `INSERT INTO "marketo"."${collection.name}"`)
  }
  await connection.run('CREATE SCHEMA product')
  await connection.run('CREATE TABLE product.signed_up (user_id VARCHAR, email VARCHAR, received_at TIMESTAMPTZ)')
  await connection.run(`INSERT INTO product.signed_up VALUES
    ('u1', 'Ana@example.com', '2025-11-20T09:00:00Z'), ('u2', 'ben@example.com', '2025-11-20T09:00:00Z')`)
  return connection
}

const queriesIn = (page: string): ReadonlyArray<string> =>
  [...pageText(page).matchAll(/```sql\n([^`]*)```/g)].flatMap(([, sql = '']) => (sql.startsWith('SELECT') ? [sql] : []))

describe('the queries of the pages', () => {
  it.each([
    ['source.md', [{ email: 'Welcome', clicked: 1n, signed_up: 1n }]],
    ['source-lead-activity-attributes.md', [{ lead_id: '318', link: 'https://www.example.com/start' }]]
  ])('%s', async (page, expected) => {
    const connection = await warehouse()
    const queries = queriesIn(page)
    expect(queries).toHaveLength(1)
    for (const sql of queries) expect((await connection.runAndReadAll(sql)).getRowObjectsJS()).toMatchObject(expected)
  })
})

describe('the guide', () => {
  it.each(collections.map(({ name }) => name))('has a page for %s, with all that is drawn', (name) => {
    for (const part of ['columns', 'table', 'row'])
      expect(pageText(pageOf(name))).toContain(`<!-- drawn: source-${part} ${name} -->`)
    expect(pageText('source.md')).toContain(`](${pageOf(name)})`)
  })

  it('has no page for anything else', () => {
    const pages = readdirSync(docs).filter((name) => name.startsWith('source-') && name !== 'source-warehouse.md')
    expect(pages.sort()).toEqual(collections.map(({ name }) => pageOf(name)).sort())
  })

  it('shows settings that are read without a remark', () => {
    const shown = [...pageText('source.md').matchAll(/```json\n([^`]*)```/g)].map(([, json = '']) => JSON.parse(json))
    expect(shown).toHaveLength(1)
    for (const settings of shown) expect(decodeSourceSettings(settings)._tag).toBe('Right')
  })

  it('names every option of a sync, with its default', () => {
    const [, options = ''] = pageText('source.md').split('\n### Options\n')
    const rows = options.split('\n### ')[0]?.split('\n') ?? []
    for (const [name, value] of Object.entries(defaultSyncOptions)) {
      const row = rows.find((line) => line.split('|')[1]?.includes(`\`${name}\``)) ?? ''
      if (typeof value !== 'object') expect(row.split('|')[3]).toContain(value.toLocaleString('en-US'))
      else expect(row).toContain(`\`${name}\``)
    }
  })

  it('names every setting', () => {
    // biome-ignore format: table
    const names: Readonly<Record<keyof SourceSettings, true>> = {
      munchkinId: true, schemaName: true, activityTypeIds: true, customLeadFields: true, customActivityAttributes: true,
      dailyCallLimit: true, collections: true, defined: true
    }
    for (const name of Object.keys(names)) expect(pageText('source.md')).toContain(`| \`${name}\` |`)
  })
})
