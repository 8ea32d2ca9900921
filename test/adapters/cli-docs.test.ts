/**
 * The page about the command line says what the program says: `vitest run -u` writes its samples anew.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { eventTypes } from '../../src/segment/event.js'
import { decodeSettings as decodeV1Settings } from '../../src/v1/decode-settings.js'
import { decodeSettings } from '../../src/v2/decode-settings.js'
import { parsed, runInMemory } from './cli-world.js'

const docs = fileURLToPath(new URL('../../docs/', import.meta.url))
const page = `${docs}command-line.md`
const names = readdirSync(`${docs}examples`, { recursive: true, encoding: 'utf8' }).filter((name) => name.includes('.'))
const files = Object.fromEntries(names.map((name) => [name, readFileSync(`${docs}examples/${name}`, 'utf8')]))

const block = /(```console\n\$ segment-marketo (.*)\n)[^`]*?(```\n)/g

/** What a sample prints: all of it, the first lines of one stream, or the last lines of the other. */
const outputOf = async (sample: string): Promise<string> => {
  const [, words = sample, head, tail] =
    /^(.*?) (?:2>\/dev\/null \| head -(\d+)|2>&1 >\/dev\/null \| tail -(\d+))$/.exec(sample) ?? []
  const { out, err } = await runInMemory(words.split(' '), { files, columns: 100 })
  if (head !== undefined) return out.split('\n').slice(0, Number(head)).join('\n')
  return tail === undefined ? `${out}${err}`.trimEnd() : err.trimEnd().split('\n').slice(-tail).join('\n')
}

/** The page with each sample run again. */
const rerun = async (text: string): Promise<string> => {
  const outputs: Array<string> = []
  for (const [, , sample = ''] of text.matchAll(block)) outputs.push(await outputOf(sample))
  return text.replace(block, (_, head: string, __, foot: string) => `${head}${outputs.shift() ?? ''}\n${foot}`)
}

describe('docs/command-line.md', () => {
  it('shows what the program says', async () => {
    const text = readFileSync(page, 'utf8')
    expect([...text.matchAll(block)].length).toBeGreaterThan(8)
    await expect(await rerun(text)).toMatchFileSnapshot(page)
  })

  it('names every flag', async () => {
    const text = readFileSync(page, 'utf8').replace(/## Help[\s\S]*/, '')
    const plain = [
      'map',
      'deliver',
      'explain',
      'check',
      'provision',
      'suggest',
      'diff',
      'migrate',
      'writeback',
      'recipes'
    ]
    for (const command of [...plain, 'source sync', 'source schema', 'source estimate']) {
      const { out } = await runInMemory([...command.split(' '), '--help'], { files })
      for (const [flag] of out.matchAll(/--[a-z][\w-]+/g)) if (flag !== '--help') expect(text).toContain(flag)
    }
  })
})

describe('docs/examples', () => {
  const text = files['events.ndjson'] ?? ''
  const events = parsed(text)

  it('has 45 events or more, of all seven types, each line JSON', () => {
    expect(events.length).toBeGreaterThanOrEqual(45)
    for (const type of eventTypes) expect(events).toContainEqual(expect.objectContaining({ type }))
  })

  it.each([
    [
      'the page’s identify',
      { type: 'identify', userId: '1234', traits: { address: { postalCode: '97405' }, gender: 'woman' } }
    ],
    ['the page’s track', { type: 'track', event: 'Segment Event', properties: { firstName: 'Alex' } }],
    [
      'the page’s page',
      { type: 'page', userId: '019mr8mf4r', category: 'Docs', properties: { url: expect.stringMatching(/^\/docs/) } }
    ],
    ['the page’s switch', { type: 'identify', integrations: { 'Marketo v2': false } }],
    ['an Engage audience', { type: 'track', context: { personas: { computation_class: 'audience' } } }],
    ['a numeric id', { userId: 42 }],
    ['an empty object as PHP writes it', { properties: [] }],
    ['an anonymous call', { anonymousId: expect.any(String), type: 'track' }]
  ])('has %s', (_, shape) => {
    expect(events.some((event) => matches(event, shape))).toBe(true)
  })

  it('names nobody but example.com', () => {
    for (const [, host] of Object.values(files)
      .join('\n')
      .matchAll(/@([\w.-]+\.\w+)|https?:\/\/([\w.-]+)/g)) {
      if (host !== undefined) expect(host.toLowerCase()).toMatch(/(^|\.)example\.com$/)
    }
  })

  it.each(['settings.json', 'settings-segment.json', 'settings-device.json'])(
    '%s can be used without remarks',
    (name) => {
      expect(decodeSettings(JSON.parse(files[name] ?? ''))._tag).toBe('Right')
    }
  )

  it('settings-v1.json can be used without remarks', () => {
    expect(decodeV1Settings(JSON.parse(files['settings-v1.json'] ?? ''))._tag).toBe('Right')
  })

  it('events-v1.ndjson shows everything that v1 is checked for', async () => {
    const words = ['check', '--contract', 'v1', '-s', 'settings-v1.json', '--events', 'events-v1.ndjson']
    const { out, code } = await runInMemory(words, { files })
    expect(out.match(/^ {4,6}[1-9]\d* {2}/gm)).toHaveLength(10)
    expect(out).not.toMatch(/^ {6}0 {2}/m)
    expect(code).toBe(0)
  })

  it('events.json is a list of events that are in events.ndjson, too', () => {
    const list: unknown = JSON.parse(files['events.json'] ?? '')
    expect(events).toEqual(expect.arrayContaining(Array.isArray(list) ? list : [list]))
  })

  it('shows every ending and every kind of intent of the server', async () => {
    const { out } = await runInMemory(['map', 'events.ndjson', '-s', 'settings.json', '--as', 'table'], { files })
    for (const word of [
      'mapped',
      'remarks',
      'skipped',
      'invalid',
      'UpsertLead',
      'AssociateCookie',
      'AddCustomActivity',
      'VisitPage'
    ]) {
      expect(out).toContain(word)
    }
  })
})

const matches = (value: unknown, shape: object): boolean => {
  try {
    expect(value).toMatchObject(shape)
    return true
  } catch {
    return false
  }
}
