/**
 * A command line for each way in which each command ends. A new command needs its rows here: the tests of exit codes and of `--json` run them.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { program } from '../../src/adapters/cli/arguments.js'
import { type CommandOutline, everyCommand, outlineOf } from '../../src/adapters/cli/completion/outline.js'
import { toldParts } from '../settings/told.js'

const docs = fileURLToPath(new URL('../../docs/examples/', import.meta.url))
const names = readdirSync(docs, { recursive: true, encoding: 'utf8' }).filter((name) => name.includes('.'))

const row = (field: string): string =>
  JSON.stringify({ munchkinId: '561-HYG-937', traits: [{ trait: 'x', field, type: 'string' }] })

/** The files that the cases read: the examples, and some with a fault. */
export const files: Readonly<Record<string, string>> = {
  ...Object.fromEntries(names.map((name) => [name, readFileSync(`${docs}${name}`, 'utf8')])),
  'bad.ndjson': '{"type":"identify"\n',
  'remarks.json': JSON.stringify({ munchkinId: '561-HYG-937', anonymousActivty: true }),
  'unusable.json': JSON.stringify({ munchkinId: 'x', mode: 'Cloud' }),
  'told.json': JSON.stringify(toldParts),
  'sound.json': row('planName'),
  'new.json': row('lifetimeValue'),
  'slip.json': row('Plan_Name'),
  'misspelled.json': row('FirstName'),
  'bare.json': JSON.stringify({
    munchkinId: '561-HYG-937',
    genderField: null,
    identity: ['email'],
    userIdField: 'middleName'
  }),
  'source.json': JSON.stringify({ munchkinId: '561-HYG-937', activityTypeIds: [1], dailyCallLimit: 1000, typo: 1 })
}

/** Words, by command and by the exit code that they end with. */
// biome-ignore format: table
export const cases: Readonly<Record<string, Readonly<Partial<Record<0 | 1 | 2, string>>>>> = {
  'map':             { 0: 'map events.json -s settings.json',                      1: 'map events.ndjson -s settings.json',                   2: 'map events.ndjson -s unusable.json' },
  'deliver':         { 0: 'deliver events.json -s settings.json --to simulator',   1: 'deliver events.ndjson -s settings.json --to simulator --faults skip-record:0.5',   2: 'deliver events.ndjson -s settings.json --to 561-HYG-937' },
  'explain':         { 0: 'explain events.ndjson -s settings.json',                1: 'explain events.ndjson -s settings.json --line 17',     2: 'explain events.ndjson -s settings.json --line 999' },
  'check':           { 0: 'check -s remarks.json --events events.json --v1 settings-v1.json', 1: 'check -s slip.json --against told.json --events events.ndjson',     2: 'check -s unusable.json' },
  'provision':       { 0: 'provision -s new.json --against told.json',             1: 'provision -s slip.json --against told.json',           2: 'provision -s settings.json --against nope.json' },
  'suggest':         { 0: 'suggest events.ndjson --against told.json --munchkin-id 561-HYG-937', 1: 'suggest bad.ndjson --against told.json --munchkin-id 561-HYG-937', 2: 'suggest events.ndjson --against told.json' },
  'diff':            { 0: 'diff settings.json settings-segment.json --events events.ndjson', 1: 'diff settings.json settings.json --events bad.ndjson', 2: 'diff settings.json nope.json' },
  'migrate':         { 0: 'migrate events.json -s settings-v1.json',               1: 'migrate bad.ndjson -s settings-v1.json',               2: 'migrate events.json -s settings-v1.json --ids nope.json' },
  'recipes check':   { 0: 'recipes check recipes/scores.json --events recipes/scores.ndjson', 1: 'recipes check recipes/scores.json --events bad.ndjson', 2: 'recipes check settings.json' },
  'recipes schema':  { 0: 'recipes schema',                                                                                                   2: 'recipes schema --frob' },
  'writeback':       { 0: 'writeback activities.ndjson -s writeback.json --context known.json --exit-zero', 1: 'writeback bad.ndjson -s writeback.json', 2: 'writeback activities.ndjson -s nope.json' },
  'source sync':     { 0: 'source sync --to simulator --out rows --collections leads', 1: 'source sync --to simulator --out rows --collections leads,lists --patience 0', 2: 'source sync --to simulator' },
  'source schema':   { 0: 'source schema source/settings.json',                                                                               2: 'source schema --collection nope' },
  'source estimate': { 0: 'source estimate source.json --leads 900000 --leads-per-day 900000',                                                2: 'source estimate nope.json' },
  'completion':      { 0: 'completion bash',                                                                                                  2: 'completion tcsh' }
}

/** More words, where a command goes several ways. */
export const moreCases: ReadonlyArray<readonly [command: string, code: 0 | 1 | 2, line: string]> = [
  ['check', 0, 'check -s bare.json --instance simulator'],
  ['check', 1, 'check -s new.json --instance simulator --save read.json'],
  ['provision', 0, 'provision -s settings.json --to simulator'],
  ['provision', 1, 'provision -s misspelled.json --to simulator'],
  ['provision', 0, 'provision -s settings.json --to simulator --apply --save saved.json'],
  ['provision', 0, 'provision -s bare.json --to simulator --apply'],
  ['provision', 1, 'provision -s misspelled.json --to simulator --apply'],
  ['provision', 2, 'provision -s new.json --to 123-ABC-456 --apply'],
  ['suggest', 0, 'suggest events.ndjson --instance simulator --munchkin-id 561-HYG-937'],
  ['suggest', 2, 'suggest events.ndjson --instance 123-ABC-456 --munchkin-id 561-HYG-937']
]

const outline: CommandOutline = outlineOf(program())

/** The commands that do something, by their words. */
export const commandNames: ReadonlyArray<string> = everyCommand(outline)
  .filter(({ below }) => below.length === 0)
  .map(({ path }) => path.join(' '))

/** The words of a case. */
export const wordsOf = (line: string): ReadonlyArray<string> => line.split(' ')
