import { describe, expect, it } from 'vitest'
import { readArguments } from '../../src/adapters/cli/arguments.js'
import { contracts, forms, sides } from '../../src/adapters/cli/request.js'

const read = (line: string) => readArguments(line === '' ? [] : line.split(' '), '1.2.3')

const aCheck = {
  _tag: 'Check',
  contract: 'v2',
  settings: 'a.json',
  v1: null,
  events: null,
  against: null,
  instance: null,
  credentials: null,
  save: null,
  recipes: null
}

const aProvision = {
  _tag: 'Provision',
  settings: 'a.json',
  against: null,
  to: null,
  apply: false,
  credentials: null,
  save: null
}

describe('a command line', () => {
  it.each([
    [
      'map e.ndjson --settings a.json',
      {
        _tag: 'Map',
        contract: 'v2',
        input: 'e.ndjson',
        settings: ['a.json'],
        recipes: [],
        form: 'intents',
        side: 'server',
        problems: null,
        exitZero: false,
        replaceRetired: false
      }
    ],
    [
      'map -s a.json --settings b.json --as table --side browser --problems p --exit-zero',
      {
        _tag: 'Map',
        contract: 'v2',
        input: '-',
        settings: ['a.json', 'b.json'],
        recipes: [],
        form: 'table',
        side: 'browser',
        problems: 'p',
        exitZero: true,
        replaceRetired: false
      }
    ],
    [
      'map - -s a.json --as curl --contract v1 --replace-retired',
      {
        _tag: 'Map',
        contract: 'v1',
        input: '-',
        settings: ['a.json'],
        recipes: [],
        form: 'curl',
        side: 'server',
        problems: null,
        exitZero: false,
        replaceRetired: true
      }
    ],
    [
      'explain e.json -s a.json',
      { _tag: 'Explain', input: 'e.json', settings: 'a.json', number: null, side: 'server', json: false }
    ],
    [
      'explain -s a.json --line 12 --json --side browser',
      { _tag: 'Explain', input: '-', settings: 'a.json', number: 12, side: 'browser', json: true }
    ],
    [
      'explain -s a.json --contract v2',
      { _tag: 'Explain', input: '-', settings: 'a.json', number: null, side: 'server', json: false }
    ],
    [
      'map e.ndjson -r r.json --recipes q.json',
      {
        _tag: 'Map',
        contract: 'v2',
        input: 'e.ndjson',
        settings: [],
        recipes: ['r.json', 'q.json'],
        form: 'intents',
        side: 'server',
        problems: null,
        exitZero: false,
        replaceRetired: false
      }
    ],
    ['recipes check r.json', { _tag: 'Recipes', does: 'check', file: 'r.json', events: null }],
    ['recipes check r.json --events -', { _tag: 'Recipes', does: 'check', file: 'r.json', events: '-' }],
    ['recipes schema', { _tag: 'Recipes', does: 'schema', file: '', events: null }],
    ['check -s a.json', aCheck],
    ['check -s a.json --v1 b --events -', { ...aCheck, v1: 'b', events: '-' }],
    ['check -s a.json --contract v1', { ...aCheck, contract: 'v1' }],
    [
      'check -s a.json --instance 561-HYG-937 --credentials c --save t',
      { ...aCheck, instance: '561-HYG-937', credentials: 'c', save: 't' }
    ],
    ['provision -s a.json --against t', { ...aProvision, against: 't' }],
    [
      'provision -s a.json --to 561-HYG-937 --apply --credentials c --save n',
      { ...aProvision, to: '561-HYG-937', apply: true, credentials: 'c', save: 'n' }
    ],
    [
      'suggest --instance 561-HYG-937',
      {
        _tag: 'Suggest',
        input: '-',
        munchkinId: '561-HYG-937',
        against: null,
        instance: '561-HYG-937',
        credentials: null
      }
    ]
  ])('%s', (line, expected) => {
    expect(read(line)).toEqual(expected)
  })

  it.each([
    ['', 'Usage: segment-marketo'],
    ['mpa', 'Did you mean map?'],
    ['map', "say with '--settings <file>'"],
    ['map --seting a', 'Did you mean --settings?'],
    ['map -s', 'argument missing'],
    ['map -s a --as csv', 'Allowed choices are intents, requests, curl, table'],
    ['map -s a --side both', 'Allowed choices are server, browser'],
    ['map -s a --as curl --side browser', 'is for --side server'],
    ['map a b -s c', 'too many arguments'],
    ['map -s a --contract v3', 'Allowed choices are v1, v2'],
    ['map -s a --contract V1', 'Allowed choices are v1, v2'],
    ['map -s a --replace-retired', '--replace-retired is for --contract v1'],
    ['map -s a --contract v2 --replace-retired', '--replace-retired is for --contract v1'],
    ['map -s a --contract v1 --as curl --side browser', 'is for --side server'],
    ['explain -s a --contract v1', 'Explanations exist for v2'],
    ['explain -s a --contract v3', 'Explanations exist for v2'],
    ['check -s a --contract v1 --v1 b', 'it is for --contract v2'],
    ['check -s a --replace-retired', "unknown option '--replace-retired'"],
    ['migrate -s a --contract v1', "unknown option '--contract'"],
    ['explain -s a --line 0', 'Lines are counted from 1'],
    ['explain -s a --line 1e3', 'Lines are counted from 1'],
    ['explain -s a -s b', 'It can be given once here'],
    ['check --settings a --frob', "unknown option '--frob'"],
    ['check -s a events.ndjson', 'too many arguments'],
    ['map -r a --side browser', '--recipes is for --side server'],
    ['recipes', 'Usage: segment-marketo recipes'],
    ['recipes check', "missing required argument 'file'"],
    ['recipes chekc a', 'Did you mean check?'],
    ['recipes check a --events b --events c', 'It can be given once here']
  ])('%s is misused, and says: %s', (line, says) => {
    const request = read(line)
    expect(request).toMatchObject({ _tag: 'Misused' })
    expect('text' in request && request.text).toContain(says)
  })

  it('tells its version', () => {
    expect(read('--version')).toEqual({ _tag: 'Told', text: '1.2.3\n' })
    expect(read('-V')).toEqual({ _tag: 'Told', text: '1.2.3\n' })
  })
})

const helpOf = (line: string): string => {
  const request = read(line)
  return 'text' in request && request._tag === 'Told' ? request.text : ''
}

describe('help', () => {
  it.each(['--help', '-h', 'map --help', 'explain --help', 'check --help'])(
    '%s has examples and exit codes',
    (line) => {
      expect(helpOf(line)).toContain('Examples:\n  $ segment-marketo')
      expect(helpOf(line)).toMatch(/Ends with\n {2}0 .*\n {2}1 .*\n {2}2 /)
    }
  )

  it('of map names every form and side', () => {
    for (const word of [...forms, ...sides, ...contracts, '--replace-retired', 'unsigned'])
      expect(helpOf('map --help')).toContain(word)
  })

  it.each(['map', 'explain', 'check'])('of %s fits a line of 100 columns', (command) => {
    for (const text of helpOf(`${command} --help`).split('\n')) expect(text.length).toBeLessThanOrEqual(104)
  })

  it('of a command is what its examples can be run by', () => {
    for (const command of ['map', 'explain', 'check']) {
      const lines = helpOf(`${command} --help`).match(/segment-marketo .*$/gm) ?? []
      for (const line of lines.filter(
        (one) => !one.startsWith('segment-marketo map [') && one.includes('--settings ')
      )) {
        const words = line
          .replace(/ > .*$/, '')
          .split(' ')
          .slice(1)
        expect(readArguments(words, '1.2.3')._tag).toBe(`${command.charAt(0).toUpperCase()}${command.slice(1)}`)
      }
    }
  })
})
