/**
 * `migrate`: a page to follow, settings to store, a file to import.
 */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { numberedPath } from '../../src/adapters/cli/migrate/write-backfill.js'
import { migrate } from '../../src/settings/migration.js'
import { decodeSettings } from '../../src/v2/decode-settings.js'
import { anyEvent } from '../arbitraries/events.js'
import { v1From } from '../settings/v1-given.js'
import { ndjson, parsed, runInMemory } from './cli-world.js'

const docs = fileURLToPath(new URL('../../docs/', import.meta.url))
const example = (name: string): string => readFileSync(`${docs}examples/${name}`, 'utf8')
const names = ['events.ndjson', 'settings-v1.json', 'activity-ids.json']
const examples = Object.fromEntries(names.map((name) => [name, example(name)]))

const v1 = JSON.stringify({ accountId: '561-HYG-937' })
const words = ['migrate', 'in', '--settings', 'v1.json']

const identify = (userId: string, traits: object) => ({ type: 'identify', userId, traits })

describe('the page', () => {
  it('of the examples is the one in the documentation (vitest -u writes it anew)', async () => {
    const { out } = await runInMemory(
      ['migrate', 'events.ndjson', '--settings', 'settings-v1.json', '--ids', 'activity-ids.json'],
      { files: examples }
    )
    await expect(out).toMatchFileSnapshot(`${docs}examples/migration.md`)
  })

  it('has the six steps in order, then what has no equivalent and the settings', async () => {
    const { out } = await runInMemory(words, { files: { 'v1.json': v1, in: '' } })
    expect([...out.matchAll(/^## (.*)$/gm)].map(([, head]) => head)).toEqual([
      '1. Get REST credentials',
      '2. Make two id fields',
      '3. Make a custom activity for each track event that Marketo needs',
      '4. Make custom fields, and map them',
      '5. Change what listens in Marketo',
      '6. Prevent duplicate leads',
      'What has no equivalent',
      'Settings of v2'
    ])
  })

  it('holds settings that can be used as they stand', async () => {
    const { out } = await runInMemory(
      ['migrate', 'events.ndjson', '-s', 'settings-v1.json', '--ids', 'activity-ids.json'],
      { files: examples }
    )
    const [, json = ''] = /```json\n([\s\S]*?)\n```/.exec(out) ?? []
    expect(decodeSettings(JSON.parse(json))._tag).toBe('Right')
  })

  it('stays one table row a name, whatever names hold', async () => {
    const odd = fc.string({
      unit: fc.oneof(
        fc.constantFrom('|', '`', '\n', '\r', '\u2028', '\u009b', '\u202e', '*', '<', '\\', ' '),
        fc.string({ unit: 'binary', maxLength: 1 })
      ),
      minLength: 1,
      maxLength: 12
    })
    await fc.assert(
      fc.asyncProperty(odd, odd, async (trait, event) => {
        const events = [
          identify('u', { [trait]: 'x' }),
          { type: 'track', userId: 'u', event, properties: { [trait]: 1 } }
        ]
        const { out } = await runInMemory(words, { files: { 'v1.json': v1, in: ndjson(events) } })
        // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
        expect(out.replace(/\n/g, '')).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/)
        let width = 0
        for (const line of out.split('\n')) {
          // As GitHub reads a row: what stands behind a backslash ends no cell.
          const cells = line.startsWith('|') ? line.replace(/\\./g, '').split('|').length : 0
          if (width > 0 && cells > 0) expect(cells).toBe(width)
          width = cells
        }
      })
    )
  })
})

describe('as JSON', () => {
  it('it is what the library gives', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyEvent, { maxLength: 5 }), async (events) => {
        const { out } = await runInMemory([...words, '--as', 'json'], { files: { 'v1.json': v1, in: ndjson(events) } })
        expect(JSON.parse(out)).toStrictEqual(migrate(v1From(), events))
      })
    )
  })

  it('is the same in chunks of any size', async () => {
    const files = { 'v1.json': v1, in: examples['events.ndjson'] ?? '' }
    const whole = await runInMemory([...words, '--as', 'json'], { files })
    expect(await runInMemory([...words, '--as', 'json'], { files, chunkBytes: 7 })).toEqual(whole)
  })
})

const next = 'next: put the settings above into settings.json, then segment-marketo check --settings settings.json\n'

describe('the file to import', () => {
  it('is written, and who is not in it is told by line', async () => {
    const events = [
      identify('u1', { email: 'ana@example.com' }),
      identify('u2', { email: 'ana@example.com' }),
      identify('u3', { email: 'bo@example.com' }),
      identify('u4', {})
    ]
    const { code, err, written } = await runInMemory([...words, '--csv', 'people.csv'], {
      files: { 'v1.json': v1, in: ndjson(events) }
    })
    expect(code).toBe(0)
    expect(written).toEqual({ 'people.csv': 'email,userId\r\nbo@example.com,u3\r\n' })
    expect(err).toBe(
      [
        'line 2: userId: contradicts line 1; one email with two userIds: neither goes in; find out whose it is',
        'line 4: traits.email: is missing; this pair is left out: add the email',
        'people.csv: 1 person to import',
        next
      ]
        .join('\n')
        .replace('traits.email', 'email')
    )
  })

  it('is empty when there is nobody to import', async () => {
    const { code, err, written } = await runInMemory([...words, '--csv', 'p'], { files: { 'v1.json': v1, in: '' } })
    expect([code, err, written]).toEqual([0, `p: nobody has both an email and a userId\n${next}`, { p: '' }])
  })

  it('goes on in further files beyond 10 MB', async () => {
    const people = Array.from({ length: 45_000 }, (_, i) =>
      identify(`${i}-${'z'.repeat(240)}`, { email: `p${i}@example.com` })
    )
    const { err, written } = await runInMemory([...words, '--csv', 'p.csv'], {
      files: { 'v1.json': v1, in: ndjson(people) }
    })
    expect(Object.keys(written)).toEqual(['p.csv', 'p-2.csv'])
    expect(err).toBe(`p.csv, p-2.csv: 45000 people to import\n${next}`)
  })

  it.each([
    ['people.csv', 1, 'people.csv'],
    ['people.csv', 2, 'people-2.csv'],
    ['a.b/people', 2, 'a.b/people-2'],
    ['a.b/.people', 3, 'a.b/.people-3'],
    ['people', 2, 'people-2']
  ])('%s, number %i, is %s', (path, number, expected) => {
    expect(numberedPath(path, number)).toBe(expected)
  })
})

describe('a run ends', () => {
  const files = { 'v1.json': v1, in: ndjson([identify('u1', { email: 'ana@example.com', plan: 'pro' })]) }

  it('with 0 when all events could be read', async () => {
    expect(await runInMemory(words, { files })).toMatchObject({ code: 0, err: next })
  })

  it('with 1 when a line is no JSON or no event, which is told by its number and without a value', async () => {
    const { code, err, out } = await runInMemory([...words, '--as', 'json'], {
      files: { ...files, in: '{"type":"identify","userId":\n{"type":"Track","event":"secret"}\n' }
    })
    expect(code).toBe(1)
    expect(err).toContain('line 1: is not JSON')
    expect(err).toContain('line 2: type: is not a known name (nearest: track)')
    expect(err).not.toContain('secret')
    expect(JSON.parse(out)).toMatchObject({ report: { events: { seen: 2, unreadable: 2 } } })
  })

  it.each([
    ['no events so called', { Nowhere: 100_001 }],
    ['an id that is none', { A: 'x' }]
  ])('with 1 for ids with %s', async (_, ids) => {
    const given = { ...files, 'ids.json': JSON.stringify(ids) }
    const { code, out } = await runInMemory([...words, '--ids', 'ids.json'], { files: given })
    expect(code).toBe(1)
    expect(out).toContain('Wrong with the ids:')
  })

  it.each([
    ['no settings', ['migrate', 'in'], '--settings'],
    ['settings that are not there', ['migrate', 'in', '-s', 'x.json'], 'there is no such file'],
    ['settings that cannot be used', ['migrate', 'in', '-s', 'in'], 'cannot be used'],
    ['events that are not there', ['migrate', 'x', '-s', 'v1.json'], 'there is no such file'],
    ['ids that are not there', [...words, '--ids', 'x.json'], 'there is no such file'],
    ['ids that are a list', [...words, '--ids', 'list.json'], 'expected an object'],
    ['a form that there is not', [...words, '--as', 'pdf'], 'Allowed choices are markdown, json']
  ])('with 2 for %s', async (_, line, text) => {
    const { code, err, out } = await runInMemory(line, { files: { ...files, 'list.json': '[]' } })
    expect([code, out]).toEqual([2, ''])
    expect(err).toContain(text)
  })

  it('with ids as texts of digits, too', async () => {
    const event = { type: 'track', userId: 'u1', event: 'A', properties: { name: 'x' } }
    const { code, out } = await runInMemory([...words, '--ids', 'ids.json', '--as', 'json'], {
      files: { 'v1.json': v1, in: ndjson([event]), 'ids.json': '{"A":"100001"}' }
    })
    expect(code).toBe(0)
    expect(parsed(JSON.stringify(JSON.parse(out)))[0]).toMatchObject({
      settings: { events: [{ event: 'A', marketoActivityId: '100001' }] }
    })
  })

  it('saying what is odd about the settings', async () => {
    const odd = { ...files, 'v1.json': JSON.stringify({ accountId: '561-HYG-937', accountid: 'x' }) }
    const { code, err } = await runInMemory(words, { files: odd })
    expect(code).toBe(0)
    expect(err).toContain('v1.json: can be used, with remarks')
  })
})

describe('S3', () => {
  const mark = 'zqxj7'

  /** Every text but the names of call and event ends in the mark. */
  const marked = (value: unknown, isTop = true): unknown => {
    if (typeof value === 'string') return value + mark
    if (Array.isArray(value)) return value.map((item) => marked(item, false))
    if (typeof value !== 'object' || value === null) return value
    const named = (key: string): boolean => isTop && (key === 'type' || key === 'event')
    return Object.fromEntries(
      Object.entries(value).map(([key, member]) => [key, named(key) ? member : marked(member, false)])
    )
  }

  it('S3 no value of an event is in what migrate says, on either stream and in either form', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyEvent, { maxLength: 6 }),
        fc.constantFrom('markdown', 'json'),
        async (events, form) => {
          const { out, err } = await runInMemory([...words, '--as', form, '--csv', 'p.csv'], {
            files: { 'v1.json': v1, in: ndjson(events.map((event) => marked(event))) }
          })
          expect(out + err).not.toContain(mark)
        }
      )
    )
  })
})
