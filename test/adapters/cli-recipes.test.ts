/**
 * `recipes` and `map --recipes`, as somebody at a terminal sees them.
 */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { recipesJsonSchema } from '../../src/recipes/decode.js'
import { ndjson, parsed, runInMemory as runWith } from './cli-world.js'

const runInMemory = (words: ReadonlyArray<string>, files: Readonly<Record<string, string>>) => runWith(words, { files })

const rules = (more: object) => JSON.stringify({ munchkinId: '561-HYG-937', ...more })

const trial = {
  rules: [
    { name: 'Trial', when: { event: 'Trial Started' }, actions: [{ do: 'add-to-list', list: 1001 }] },
    { name: 'Never', when: { event: 'Nothing Like It' }, actions: [{ do: 'delete-lead' }] }
  ],
  scores: [{ name: 'Use', to: { way: 'total', field: 'useScore' }, points: [{ when: { event: 'Used' }, points: 5 }] }]
}

const event = (name: string, messageId: string) => ({
  type: 'track',
  event: name,
  messageId,
  userId: 'u1',
  timestamp: '2024-05-01T10:00:00Z'
})

const events = ndjson([event('Trial Started', 'm1'), event('Used', 'm2'), event('Used', 'm2'), event('Other', 'm3')])

describe('recipes check', () => {
  it('tells what a file comes to, and how many events each rule applies to', async () => {
    const ran = await runInMemory(['recipes', 'check', 'r.json', '--events', 'e.ndjson'], {
      'r.json': rules(trial),
      'e.ndjson': events
    })
    expect(ran).toMatchObject({ code: 0, err: expect.stringMatching(/^next: segment-marketo map .*\n$/) })
    expect(ran.out).toBe(
      [
        'r.json: can be used',
        '  Marketo 561-HYG-937; 2 rules, 1 score',
        '',
        'e.ndjson: 4 events: 2 mapped, 0 mapped with remarks, 2 skipped, 0 invalid; 0 unreadable lines',
        '3 intents: 1 AddToList, 2 UpsertLead',
        '',
        'Events that each rule applied to:',
        '      1  rules: Trial',
        '      0  rules: Never',
        '      2  scores: Use',
        ''
      ].join('\n')
    )
  })

  it('tells every mistake with its place, and ends with 2', async () => {
    const ran = await runInMemory(['recipes', 'check', 'r.json'], {
      'r.json': rules({ rulez: [], lead: { keys: [] } })
    })
    expect(ran.code).toBe(2)
    expect(ran.err).toBe(
      [
        'r.json: these settings cannot be used',
        '  rulez: is not a known name (nearest: rules); nothing reads it: correct the name or take it out',
        '  lead.keys: is missing; name at least one of email, userId, anonymousId',
        ''
      ].join('\n')
    )
  })

  it('tells remarks, and that there are events that are invalid', async () => {
    const ran = await runInMemory(['recipes', 'check', 'r.json', '--events', 'e.ndjson'], {
      'r.json': rules({ rules: [{ name: 'a', when: { event: 'x' }, actions: [] }] }),
      'e.ndjson': ndjson([{ type: 'track' }])
    })
    expect(ran.code).toBe(1)
    expect(ran.out).toContain(
      'r.json: can be used, with remarks\n  rules[0].actions: is missing; say what is to be done\n'
    )
  })
})

describe('recipes schema', () => {
  it('prints the schema', async () => {
    const ran = await runInMemory(['recipes', 'schema'], {})
    expect(JSON.parse(ran.out)).toEqual(recipesJsonSchema())
  })
})

describe('map --recipes', () => {
  const tagsOf = (out: string): ReadonlyArray<string> =>
    out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).intent._tag)

  it('maps by rules alone, with a memory as long as the run', async () => {
    const ran = await runInMemory(['map', 'e.ndjson', '--recipes', 'r.json'], {
      'r.json': rules(trial),
      'e.ndjson': events
    })
    expect(ran.code).toBe(0)
    expect(tagsOf(ran.out)).toEqual(['UpsertLead', 'AddToList', 'UpsertLead'])
    expect(ran.err).toContain('this message was counted before')
  })

  it('maps by a contract and by rules, the contract first', async () => {
    const ran = await runInMemory(['map', 'e.ndjson', '-s', 's.json', '-r', 'r.json'], {
      's.json': rules({ events: [] }),
      'r.json': rules(trial),
      'e.ndjson': ndjson([
        { type: 'identify', messageId: 'm0', userId: 'u1', traits: { email: 'ana@example.com' } },
        event('Trial Started', 'm1')
      ])
    })
    expect(tagsOf(ran.out)).toEqual(['UpsertLead', 'UpsertLead', 'AddToList'])
  })

  it('refuses a file that is none', async () => {
    const ran = await runInMemory(['map', 'e.ndjson', '-r', 'r.json'], { 'r.json': '{}', 'e.ndjson': events })
    expect(ran).toMatchObject({ code: 2, out: '' })
    expect(ran.err).toContain('munchkinId: is missing')
  })
})

describe('deliver --recipes', () => {
  const names = ['enrichment', 'audiences', 'programs', 'scores', 'suppression', 'lifecycle', 'behaviors']
  const textOf = (name: string): string =>
    readFileSync(new URL(`../../docs/examples/recipes/${name}`, import.meta.url), 'utf8')

  it.each(names)('delivers %s to a simulated Marketo that has what the rules name', async (name) => {
    const files = { 'r.json': textOf(`${name}.json`), 'e.ndjson': textOf(`${name}.ndjson`) }
    const words = ['deliver', 'e.ndjson', '--recipes', 'r.json', '--to', 'simulator', '--outcomes', 'o.ndjson']
    const ran = await runWith(words, { files })
    expect(ran.err).not.toContain('1006')
    const ends = parsed(ran.written['o.ndjson'] ?? '').map((outcome) => Object(outcome))
    expect(ends.length).toBeGreaterThan(0)
    // The list of an external audience id is in no rule.
    const lost = ends.filter(({ _tag, remedy }) => _tag !== 'Applied' && remedy !== 'accept')
    expect(lost.length).toBe(name === 'audiences' ? 1 : 0)
  })

  it('is not for settings at the same time', async () => {
    const ran = await runInMemory(['deliver', 'e', '-s', 'a', '-r', 'b', '--to', 'simulator'], {})
    expect(ran).toMatchObject({ code: 2 })
    expect(ran.err).toContain('give --settings or --recipes')
  })
})
