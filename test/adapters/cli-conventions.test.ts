/**
 * What holds of every command: how it ends, that it can speak JSON, and what it names as the next. A command that is added is found by itself.
 */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { endsWithOne, exitCodes, exitRows } from '../../src/adapters/cli/exit-codes.js'
import { jsonLine, jsonLines } from '../../src/adapters/cli/json-lines.js'
import { fileWord, shellWord } from '../../src/adapters/cli/next.js'
import { cases, commandNames, files, moreCases, wordsOf } from './cli-cases.js'
import { parsed, runInMemory } from './cli-world.js'

const all = [
  ...commandNames.flatMap((name) =>
    Object.entries(cases[name] ?? {}).map(([code, line]) => [name, Number(code), line] as const)
  ),
  ...moreCases
]

const page = readFileSync(new URL('../../docs/command-line.md', import.meta.url), 'utf8')

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** One JSON document, or JSON a line. */
const isAnswer = (text: string): boolean => isJson(text) || text.trimEnd().split('\n').every(isJson)

describe('every command', () => {
  it.each(commandNames)('%s has its row among the exit codes, and a case for each', (name) => {
    expect(Object.keys(endsWithOne)).toContain(name)
    const told = exitRows(name).map(([code]) => code)
    expect(Object.keys(cases[name] ?? {}).map(Number)).toEqual(told.filter((code) => code !== 130))
  })

  it('is one that there is', () => {
    expect(Object.keys(cases).sort()).toEqual([...commandNames].sort())
    expect(
      Object.keys(endsWithOne)
        .filter((name) => name !== '')
        .sort()
    ).toEqual([...commandNames].sort())
  })

  it.each(all)('%s ends with %i: %s', async (_, code, line) => {
    const ran = await runInMemory(wordsOf(line), { files })
    expect(ran.code).toBe(code)
    if (code === 2) expect([ran.out, ran.err === '']).toEqual(['', false])
  })

  it.each(all)('%s speaks JSON and nothing else, ending with %i: %s --json', async (_, code, line) => {
    const ran = await runInMemory([...wordsOf(line), '--json'], { files })
    expect(ran.code).toBe(code)
    if (ran.out !== '') expect(isAnswer(ran.out), ran.out.slice(0, 300)).toBe(true)
    if (code === 0) expect(ran.out).not.toBe('')
    for (const said of ran.err.split('\n').filter((one) => one !== ''))
      expect(said.startsWith('{') && isJson(said), said).toBe(true)
    expect(ran.err).not.toContain('next: ')
    if (code === 2) expect(ran.err).toContain('"weight":"refused"')
  })

  it.each(commandNames)('%s tells in its help how it ends, and of --json', async (name) => {
    const { out } = await runInMemory([...wordsOf(name), '--help'], { files })
    expect(out).toContain('--json ')
    for (const [code, means] of exitRows(name)) expect(out).toContain(`  ${String(code).padEnd(3)}  ${means}\n`)
  })
})

describe('the page about the command line', () => {
  it('has one table of exit codes, which is the program’s', () => {
    const rows = [...page.matchAll(/^\| (`[a-z ]+`|any) \| (\d+) \| (.*) \|$/gm)].map(([, name, code, means]) => [
      name,
      Number(code),
      means
    ])
    const own = Object.entries(endsWithOne)
      .filter(([name, means]) => name !== '' && means !== null)
      .map(([name, means]) => [`\`${name}\``, 1, means])
    expect(rows).toEqual([['any', 0, exitCodes[0]], ...own, ['any', 2, exitCodes[2]], ['any', 130, exitCodes[130]]])
  })
})

describe('--json', () => {
  it.each([
    ['map events.json -s settings.json --as table --json', 'say --as intents or --as requests'],
    ['map events.json -s settings.json --as curl --json', 'say --as intents or --as requests'],
    ['migrate events.json -s settings-v1.json --as markdown --json', 'say --as json'],
    ['source schema --as sql --json', 'say --as json-schema']
  ])('takes no other form: %s', async (line, mending) => {
    const { code, out, err } = await runInMemory(wordsOf(line), { files })
    expect([code, out]).toEqual([2, ''])
    expect(JSON.parse(err)).toMatchObject({ weight: 'refused', text: expect.stringContaining(mending) })
  })

  it.each([
    ['migrate events.json -s settings-v1.json --json', 'migrate events.json -s settings-v1.json --as json'],
    ['source schema --json', 'source schema --as json-schema'],
    ['map events.json -s settings.json --json', 'map events.json -s settings.json'],
    ['map events.json -s settings.json --as requests --json', 'map events.json -s settings.json --as requests']
  ])('%s writes what %s does', async (line, other) => {
    const [a, b] = [await runInMemory(wordsOf(line), { files }), await runInMemory(wordsOf(other), { files })]
    expect(a.out).toBe(b.out)
  })

  it('says problems as --problems does, and the totals', async () => {
    const line = wordsOf('map events.ndjson -s settings.json')
    const { err } = await runInMemory([...line, '--json'], { files })
    const { written } = await runInMemory([...line, '--problems', 'p'], { files })
    const lines = err.trimEnd().split('\n')
    expect(`${lines.slice(0, -1).join('\n')}\n`).toBe(written.p)
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({
      totals: { events: 55, unreadable: 0, intents: { VisitPage: 6 } }
    })
  })

  it('says the problems of activities by line, place and the library’s own value', async () => {
    const { err } = await runInMemory(wordsOf('writeback activities.ndjson -s writeback.json --json'), { files })
    expect(parsed(err)).toContainEqual({
      line: 4,
      messageId: null,
      settings: null,
      weight: 'skipped',
      at: 'activityTypeId',
      text: expect.stringContaining('no row maps the event'),
      problem: expect.objectContaining({ weight: 'skipped' })
    })
  })

  it('has the places of mistakes in settings', async () => {
    const { err } = await runInMemory(wordsOf('check -s unusable.json --json'), { files })
    const rows = err
      .trimEnd()
      .split('\n')
      .map((one) => JSON.parse(one))
    expect(rows.map(({ weight, at }) => [weight, at])).toEqual([
      ['refused', null],
      ['refused', 'munchkinId'],
      ['refused', 'mode']
    ])
  })

  it.each([
    [
      'line 12: traits.email: found a number [invalid]',
      { line: 12, weight: 'invalid', text: 'traits.email: found a number' }
    ],
    ['row 3: has more cells [unreadable]', { line: 3, weight: 'unreadable', text: 'has more cells' }],
    ['  mode: is not a known name', { line: null, weight: 'note', at: 'mode', text: 'mode: is not a known name' }],
    ['a.json: can be used [odd]', { line: null, weight: 'note', text: 'a.json: can be used [odd]' }],
    ['{not JSON', { weight: 'note', text: '{not JSON' }]
  ])('a line for people: %s', (line, expected) => {
    expect(JSON.parse(jsonLine(line))).toMatchObject(expected)
  })

  it('passes on what is an object, and nothing that only looks like one', () => {
    const written: Array<string> = []
    const sink = jsonLines({ write: (text) => void written.push(text), flush: () => Promise.resolve(true) })
    sink.write('{"a":1}\n{"a":\n\n')
    expect(written).toEqual(['{"a":1}\n', `${jsonLine('{"a":')}\n`])
  })
})

const spaced = {
  ...files,
  'my events.ndjson': files['events.ndjson'] ?? '',
  'good.json': JSON.stringify({ type: 'identify', userId: 'u1', traits: { email: 'ana@example.com' } })
}

const nextOf = (err: string): ReadonlyArray<string> => err.split('\n').filter((line) => line.startsWith('next: '))

describe('the next command', () => {
  it.each([
    [
      'check',
      ['check', '-s', 'settings.json'],
      'segment-marketo check --settings settings.json --events events.ndjson'
    ],
    [
      'check, of v1',
      ['check', '-s', 'settings-v1.json', '--contract', 'v1'],
      'segment-marketo check --settings settings-v1.json --contract v1 --events events.ndjson'
    ],
    [
      'check, with events',
      ['check', '-s', 'settings.json', '--events', 'my events.ndjson'],
      "segment-marketo deliver 'my events.ndjson' --settings settings.json --to simulator"
    ],
    [
      'check, against an instance',
      ['check', '-s', 'slip.json', '--against', 'told.json'],
      'segment-marketo provision --settings slip.json --against told.json'
    ],
    [
      'map',
      ['map', 'my events.ndjson', '-s', 'settings.json'],
      "segment-marketo explain 'my events.ndjson' --settings settings.json --line 17"
    ],
    ['map, without problems', ['map', 'good.json', '-s', 'sound.json', '--as', 'curl'], undefined],
    ['map, of standard input', ['map', '-', '-s', 'settings.json'], undefined],
    ['map, of v1', ['map', 'events-v1.ndjson', '-s', 'settings-v1.json', '--contract', 'v1'], undefined],
    [
      'deliver, without loss',
      ['deliver', 'events.json', '-s', 'settings.json', '--to', 'simulator'],
      'segment-marketo deliver events.json --settings settings.json --to 561-HYG-937'
    ],
    [
      'deliver, with loss',
      ['deliver', 'events.ndjson', '-s', 'settings.json', '--to', 'simulator', '--dead-letter', 'dead letter'],
      "mend what is told above, then segment-marketo deliver 'dead letter' --settings settings.json --to simulator"
    ],
    ['deliver, quiet', ['deliver', 'events.json', '-s', 'settings.json', '--to', 'simulator', '-q'], undefined],
    [
      'provision',
      ['provision', '-s', 'new.json', '--against', 'told.json'],
      'run them, ask Marketo again, then segment-marketo check --settings new.json --against told.json'
    ],
    ['provision, with nothing to do', ['provision', '-s', 'sound.json', '--against', 'told.json'], undefined],
    [
      'check, against an instance that is asked',
      ['check', '-s', 'new.json', '--instance', 'simulator', '--save', 'read.json'],
      'segment-marketo provision --settings new.json --to simulator'
    ],
    [
      'check, where the instance has all',
      ['check', '-s', 'bare.json', '--instance', 'simulator'],
      'segment-marketo check --settings bare.json --events events.ndjson'
    ],
    [
      'provision, of an instance that is asked',
      ['provision', '-s', 'settings.json', '--to', 'simulator'],
      'read them, then segment-marketo provision --settings settings.json --to simulator --apply --save settings-new.json'
    ],
    [
      'provision, without activity types',
      ['provision', '-s', 'new.json', '--to', 'simulator'],
      'read them, then segment-marketo provision --settings new.json --to simulator --apply'
    ],
    [
      'provision, tried out',
      ['provision', '-s', 'new.json', '--to', 'simulator', '--apply'],
      'segment-marketo provision --settings new.json --to 561-HYG-937'
    ],
    ['provision, with nothing to make', ['provision', '-s', 'bare.json', '--to', 'simulator', '--apply'], undefined],
    [
      'suggest',
      ['suggest', 'my events.ndjson', '--against', 'told.json', '--munchkin-id', '561-HYG-937'],
      "put the settings above into settings.json, then segment-marketo check --settings settings.json --against told.json --events 'my events.ndjson'"
    ],
    [
      'suggest, of standard input',
      ['suggest', '--instance', 'simulator', '--munchkin-id', '561-HYG-937'],
      'put the settings above into settings.json, then segment-marketo check --settings settings.json --instance simulator'
    ],
    [
      'migrate',
      ['migrate', 'events.json', '-s', 'settings-v1.json'],
      'put the settings above into settings.json, then segment-marketo check --settings settings.json'
    ],
    [
      'diff',
      ['diff', 'settings.json', 'sound.json', '--events', 'events.ndjson'],
      'segment-marketo map events.ndjson --settings sound.json --as table'
    ],
    ['diff, without a change', ['diff', 'settings.json', 'settings.json', '--events', 'events.ndjson'], undefined],
    [
      'recipes check',
      ['recipes', 'check', 'recipes/scores.json'],
      'segment-marketo map events.ndjson --recipes recipes/scores.json --as table'
    ],
    [
      'source estimate',
      ['source', 'estimate', 'source.json'],
      'segment-marketo source sync source.json --to 561-HYG-937 --out rows --since 2024-01-01 --state state.json'
    ],
    [
      'source sync',
      ['source', 'sync', '--to', 'simulator', '--out', 'rows', '--collections', 'leads'],
      'segment-marketo source schema'
    ],
    [
      'source sync, quiet',
      ['source', 'sync', '--to', 'simulator', '--out', 'rows', '--collections', 'leads', '-q'],
      undefined
    ],
    ['missing settings', ['map', 'events.json'], 'segment-marketo map --help'],
    ['an unknown flag', ['source', 'sync', '--frob'], 'segment-marketo source sync --help'],
    ['an unknown command', ['mpa'], 'segment-marketo --help']
  ])('after %s', async (_, words, expected) => {
    const { err } = await runInMemory(words, { files: { ...spaced, '-': files['events.ndjson'] ?? '' } })
    expect(nextOf(err)).toEqual(expected === undefined ? [] : [`next: ${expected}`])
    if (expected !== undefined) expect(err.trimEnd().endsWith(expected)).toBe(true)
  })

  it.each([
    ['a.json', 'a.json'],
    ['my file.json', "'my file.json'"],
    ["it's", "'it'\\''s'"],
    ['$(rm x)', "'$(rm x)'"],
    ['', "''"],
    ['~/a', "'~/a'"]
  ])('%s is %s to a shell', (word, expected) => {
    expect(shellWord(word)).toBe(expected)
  })

  it('of a file whose name begins with a dash says where it is', () => {
    expect([fileWord('-s'), fileWord('-'), fileWord('a-b')]).toEqual(['./-s', '-', 'a-b'])
  })
})
