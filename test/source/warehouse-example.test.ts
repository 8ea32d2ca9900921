/**
 * The example of docs/source-warehouse.md, run as it stands: its files, its statements on the real engine, and its answer, which is also
 * worked out without one.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { parsed, type Ran, runInMemory } from '../adapters/cli-world.js'
import { connected } from './duckdb.js'

const docs = fileURLToPath(new URL('../../docs/', import.meta.url))
const page = `${docs}source-warehouse.md`
const example = (name: string): string => readFileSync(`${docs}examples/source/${name}`, 'utf8')

const files = { 'settings.json': example('settings.json') }
const folder = mkdtempSync(join(tmpdir(), 'segment-marketo-'))

afterAll(() => rmSync(folder, { recursive: true }))

/** A line of the answer. */
type Line = readonly [
  email: string,
  sent: number,
  opened: number,
  clicked: number,
  event: string,
  leads: number,
  times: number
]

const synced = (): Promise<Ran> =>
  runInMemory(['source', 'sync', 'settings.json', '--to', 'simulator', '--out', 'rows'], { files })

/** What the statements say, on the real engine. */
const answered = async (ran: Ran): Promise<ReadonlyArray<Line>> => {
  mkdirSync(join(folder, 'rows'), { recursive: true })
  for (const [path, text] of Object.entries(ran.written)) writeFileSync(join(folder, path), text)
  writeFileSync(join(folder, 'product-events.ndjson'), example('product-events.ndjson'))
  const tables = await runInMemory(['source', 'schema', 'settings.json'], { files })
  const connection = await connected()
  await connection.run(`SET file_search_path = '${folder}'`)
  await connection.run(tables.out)
  await connection.run(example('load.sql'))
  const read = await connection.runAndReadAll(example('emails.sql'))
  return read
    .getRowsJS()
    .map(
      ([email, sent, opened, clicked, event, leads, times]): Line => [
        String(email),
        Number(sent),
        Number(opened),
        Number(clicked),
        String(event),
        Number(leads),
        Number(times)
      ]
    )
}

interface Told {
  readonly id: string
  readonly [column: string]: string
}

const rowsOf = (ran: Ran, collection: string): ReadonlyArray<Told> =>
  parsed(ran.written[`rows/${collection}.ndjson`] ?? '').map((row) => Object(row))

const week = 7 * 86_400_000

/** The same without an engine. */
const workedOut = (ran: Ran): ReadonlyArray<Line> => {
  const activities = rowsOf(ran, 'lead_activities')
  const leads = new Map(rowsOf(ran, 'leads').map((lead) => [lead.id, lead]))
  const tracks = parsed(example('product-events.ndjson'))
    .map((event) => Object(event))
    .filter(({ type }) => type === 'track')
  return rowsOf(ran, 'email').flatMap(({ id, name = '' }) => {
    const of = (type: string) =>
      activities.filter((one) => one.primary_attribute_value_id === id && one.activity_type_id === type)
    const people = (type: string): number => new Set(of(type).map(({ lead_id: lead }) => lead)).size
    const counts = [people('6'), people('10'), people('11')] as const
    if (Math.max(...counts) === 0) return []
    const firstClicks = new Map<string, number>()
    for (const { lead_id: lead = '', activity_date: date = '' } of of('11'))
      firstClicks.set(lead, Math.min(firstClicks.get(lead) ?? Number.POSITIVE_INFINITY, Date.parse(date)))
    const led = new Map<string, Array<string>>()
    for (const [lead, clickedAt] of firstClicks)
      for (const { event, timestamp, context } of tracks) {
        const after = Date.parse(timestamp) - clickedAt
        if (context?.traits.email.toLowerCase() !== leads.get(lead)?.email?.toLowerCase()) continue
        if (after > 0 && after <= week) led.set(event, [...(led.get(event) ?? []), lead])
      }
    const events = [...led].sort(([a], [b]) => (a < b ? -1 : 1))
    return events.length === 0
      ? [[name, ...counts, '', 0, 0] as const]
      : events.map(([event, all]): Line => [name, ...counts, event, new Set(all).size, all.length])
  })
}

const drawn = (lines: ReadonlyArray<Line>): string =>
  [
    '| Email | Sent | Opened | Clicked | Event | Leads | Times |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...lines.map((line) => `| ${line.join(' | ')} |`)
  ].join('\n')

const mark = '<!-- answer: test/source/warehouse-example.test.ts -->'

/** The page with the answer behind its mark; `vitest run -u` writes it. */
const withAnswer = (text: string, lines: ReadonlyArray<Line>): string => {
  const [before = '', after = ''] = text.split(mark)
  const rest = after.replace(/^\n*(?:\|.*\n)*\n*/, '')
  return `${before}${mark}\n\n${drawn(lines)}\n\n${rest}`
}

describe('docs/source-warehouse.md', () => {
  it('gives the answer that the engine gives, and that is right', async () => {
    const ran = await synced()
    const lines = await answered(ran)
    expect(lines.length).toBeGreaterThan(6)
    expect(lines).toEqual(workedOut(ran))
    await expect(withAnswer(readFileSync(page, 'utf8'), lines)).toMatchFileSnapshot(page)
  })

  it('the events try every edge: before the click, within the week, at its end, behind it, and of nobody', async () => {
    const ran = await synced()
    const tracks = parsed(example('product-events.ndjson')).map((event) => Object(event))
    const clicks = rowsOf(ran, 'lead_activities').filter(({ activity_type_id: type }) => type === '11')
    const leads = new Map(rowsOf(ran, 'leads').map((lead) => [lead.id, lead.email?.toLowerCase()]))
    const spans = clicks.flatMap(({ lead_id: lead = '', activity_date: date = '' }) =>
      tracks.flatMap(({ context, timestamp }) =>
        context?.traits.email.toLowerCase() === leads.get(lead) ? [Date.parse(timestamp) - Date.parse(date)] : []
      )
    )
    expect(spans.some((span) => span < 0)).toBe(true)
    expect(spans).toEqual(expect.arrayContaining([week, week + 1]))
    expect(tracks.some(({ type }) => type === 'identify')).toBe(true)
    expect(tracks.some(({ context }) => context === undefined)).toBe(true)
    expect(tracks.some(({ context }) => /[A-Z]/.test(context?.traits.email ?? ''))).toBe(true)
  })

  it('quotes its files', () => {
    const text = readFileSync(page, 'utf8')
    for (const [, block = ''] of text.matchAll(/```sql\n([\s\S]*?)```/g)) expect(example('load.sql')).toContain(block)
  })
})
