/**
 * What the pages of the source show: the collections, their columns, tables and schemas, and a record of each with its rows.
 */
import type { Collection, Column, ColumnType } from '../../src/source/collection.js'
import { collections } from '../../src/source/collections.js'
import { createTable } from '../../src/source/create-table.js'
import { dialects } from '../../src/source/dialects.js'
import { sourceExamples } from '../cases/source-examples.js'
import { cell, code, type Drawing, table } from './markdown.js'

/** The page of a collection, in docs/. */
export const pageOf = (name: string): string => `source-${name.split('_').join('-')}.md`

const collectionOf = (name: string): Collection => {
  const found = collections.find((one) => one.name === name)
  if (found === undefined) throw new Error(`no collection is called ${name}`)
  return found
}

const walks: Readonly<Record<string, string>> = {
  token: 'page after page by token',
  offset: 'page after page by offset',
  once: 'one call',
  leads: 'bulk extract, then what changed',
  activities: 'bulk extract, then by date',
  'activity-types': 'one call'
}

const readsText = ({ reads }: Collection): string => {
  const path = 'path' in reads ? `${code(`GET /${reads.path.join('/')}`)}, ` : ''
  const parent = 'parent' in reads && reads.parent !== null ? `, for each ${code(reads.parent)}` : ''
  return `${path}${walks[reads.by] ?? reads.by}${parent}`
}

const drawCollections = (): string =>
  table(
    ['Collection', 'A row for each of', 'Columns', 'How it is read'],
    collections.map((one) => [
      `[${code(one.name)}](${pageOf(one.name)})`,
      cell(one.says),
      String(one.columns.length),
      readsText(one)
    ])
  )

const placeText = ({ from, lastly }: Column): string => {
  const places = from.map((path) => code(path.join('.')))
  const last =
    lastly === undefined
      ? []
      : [`${code(lastly.from.join('.'))} where ${code(lastly.when.join('.'))} is ${code(lastly.is)}`]
  return [...places, ...last].join(', else ') || 'no place of its own'
}

const drawColumns = ([name = '']: ReadonlyArray<string>): string =>
  table(
    ['Column', 'Kind', "In Marketo's record", 'Holds'],
    collectionOf(name).columns.map((column) => [code(column.name), column.type, placeText(column), cell(column.says)])
  )

const fenced = (language: string, text: string): string => `\`\`\`${language}\n${text}\n\`\`\``

const drawTable = ([name = '']: ReadonlyArray<string>): string =>
  fenced('sql', `${createTable(collectionOf(name), { schemaName: 'marketo' })};`)

const printed = (value: unknown): string => JSON.stringify(value, null, 2)

const drawRow = ([name = '']: ReadonlyArray<string>): string => {
  const example = sourceExamples[name]
  if (example === undefined) throw new Error(`${name} has no example`)
  const rows = example.rows.map(printed).join('\n')
  return ['Marketo tells', fenced('json', printed(example.record)), 'and the table gets', fenced('json', rows)].join(
    '\n\n'
  )
}

// biome-ignore format: table
const kinds: Readonly<Record<ColumnType, string>> = {
  id:      'an id or a reference, as text: REST tells numbers, files tell text, and one thing must not become two',
  text:    'text as it is',
  time:    'an instant, `YYYY-MM-DDThh:mm:ss.sssZ`',
  date:    'a calendar day, `YYYY-MM-DD`',
  boolean: 'true or false',
  integer: 'a whole number',
  number:  'a number',
  any:     'a scalar of whatever kind; a table has it as text'
}

const drawKinds = (): string =>
  table(
    ['Kind', 'A cell holds', 'DuckDB, PostgreSQL', 'Snowflake', 'BigQuery', 'Redshift'],
    (['id', 'text', 'time', 'date', 'boolean', 'integer', 'number', 'any'] as const).map((kind) => [
      kind,
      cell(kinds[kind]),
      ...Object.values(dialects).map(({ types }) => code(types[kind]))
    ])
  )

/** The drawings of these pages. */
export const sourceDrawings: ReadonlyArray<readonly [string, Drawing]> = [
  ['source-collections', drawCollections],
  ['source-columns', drawColumns],
  ['source-table', drawTable],
  ['source-row', drawRow],
  ['source-kinds', drawKinds]
]
