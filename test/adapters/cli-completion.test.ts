/**
 * Completion: the outline is the program's own, each script says all of it, and bash completes by it.
 */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { program } from '../../src/adapters/cli/arguments.js'
import { bashScript } from '../../src/adapters/cli/completion/bash.js'
import { fishScript } from '../../src/adapters/cli/completion/fish.js'
import { everyCommand, outlineOf } from '../../src/adapters/cli/completion/outline.js'
import { zshScript } from '../../src/adapters/cli/completion/zsh.js'
import { forms, shells } from '../../src/adapters/cli/request.js'
import { commandNames } from './cli-cases.js'
import { runInMemory } from './cli-world.js'

const outline = outlineOf(program())
const all = everyCommand(outline)
const map = all.find(({ path }) => path.join() === 'map')

describe('the outline', () => {
  it('has every command, and every flag that the help of a command shows', async () => {
    for (const { path, flags } of all.filter(({ path }) => path.length > 0)) {
      const { out } = await runInMemory([...path, '--help'], { files: {} })
      const shown = [...out.matchAll(/^ {2}(?:-\w, )?(--[a-z][\w-]*)/gm)].map(([, name]) => name)
      expect(flags.flatMap(({ names }) => names.filter((name) => name.startsWith('--')))).toEqual(shown)
    }
    expect(all.length).toBeGreaterThan(commandNames.length)
  })

  it.each([
    ['--settings', { value: { _tag: 'File' }, again: true }],
    ['--as', { value: { _tag: 'Words', words: forms }, again: false }],
    ['--exit-zero', { value: null }]
  ])('of map knows what stands behind %s', (name, expected) => {
    expect(map?.flags.find(({ names }) => names.includes(name))).toMatchObject(expected)
  })

  it('knows files, folders, words, and what nobody can guess', () => {
    const sync = all.find(({ path }) => path.join(' ') === 'source sync')
    const kinds = new Map(sync?.flags.map(({ names, value }) => [names.at(-1), value?._tag]))
    expect([kinds.get('--state'), kinds.get('--out'), kinds.get('--to'), kinds.get('--since')]).toEqual([
      'File',
      'Folder',
      'Words',
      'Free'
    ])
    expect(all.find(({ path }) => path.join() === 'completion')?.operands).toEqual([{ _tag: 'Words', words: shells }])
  })
})

describe('the scripts', () => {
  it.each([
    ['bash', bashScript],
    ['zsh', zshScript],
    ['fish', fishScript]
  ])('for %s names every command, flag and word, and is what completion prints', async (shell, script) => {
    const text = script(outline)
    for (const { path, flags } of all) {
      if (path.length > 0) expect(text).toMatch(new RegExp(`\\b${path.at(-1)}\\b`))
      for (const { names, value } of flags) {
        const long = names.at(-1) ?? ''
        expect(text).toContain(shell === 'fish' ? `-l ${long.slice(2)} ` : long)
        if (value?._tag === 'Words') expect(text).toContain(value.words.join(' '))
      }
    }
    expect((await runInMemory(['completion', shell], { files: {} })).out).toBe(text)
  })

  // biome-ignore format: table
  it.each([
    ['zsh', zshScript, "'*'{-s,--settings}'[settings of the contract; give the flag again for each further Marketo instance]:file:_files'"],
    ['zsh', zshScript, "'--as[what to write]:form:(intents requests curl table)'"],
    ['zsh', zshScript, "'(-q --quiet)'{-q,--quiet}'[say nothing about single events]'"],
    ['zsh', zshScript, "'--out[the folder that the files go to; it is made where there is none]:folder:_files -/'"],
    ['zsh', zshScript, "'1:file:_files'"],
    ['zsh', zshScript, "'1:word:(bash zsh fish)'"],
    ['zsh', zshScript, "      sync) _segment_marketo_source_sync ;;"],
    ['zsh', zshScript, '#compdef segment-marketo\n'],
    ['fish', fishScript, "complete -c segment-marketo -n '__segment_marketo_is' -a map -d 'map every event to intents, requests, curl commands or a table'"],
    ['fish', fishScript, "complete -c segment-marketo -n '__segment_marketo_at map' -s s -l settings -r -F -d 'settings of the contract"],
    ['fish', fishScript, "complete -c segment-marketo -n '__segment_marketo_at map' -l as -x -a 'intents requests curl table' -d 'what to write'"],
    ['fish', fishScript, "complete -c segment-marketo -n '__segment_marketo_is source' -a sync -d"],
    ['fish', fishScript, "complete -c segment-marketo -n '__segment_marketo_at source sync' -l out -x -a '(__fish_complete_directories)'"],
    ['fish', fishScript, "complete -c segment-marketo -n '__segment_marketo_at completion' -a 'bash zsh fish'"],
    ['fish', fishScript, "complete -c segment-marketo -n '__segment_marketo_at explain' -F"],
    ['fish', fishScript, "-d 'with --as batches: where the workspace keeps its data'"]
  ] as const)('for %s has its line: %s', (_, script, line) => {
    expect(script(outline)).toContain(line)
  })

  it('quote what a shell would take for its own', () => {
    const odd = {
      ...outline,
      below: [],
      flags: [{ names: ['--odd'], says: "it's [a]: $x\\", value: null, placeholder: '', again: false }]
    }
    expect(zshScript(odd)).toContain("'--odd[it'\\''s \\[a\\]: $x\\\\]'")
    expect(fishScript(odd)).toContain("-d 'it\\'s [a]: $x\\\\'")
  })
})

let folder = ''

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'completion-'))
  writeFileSync(join(folder, 'completion.bash'), bashScript(outline))
  writeFileSync(join(folder, 'my events.ndjson'), '')
  writeFileSync(join(folder, 'settings.json'), '')
  mkdirSync(join(folder, 'rows'))
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** What bash offers for words, the last of which is being typed. */
const offered = (...words: ReadonlyArray<string>): ReadonlyArray<string> => {
  const script = [
    'source ./completion.bash',
    'COMP_WORDS=("$@")',
    'COMP_CWORD=$(( $# - 1 ))',
    '_segment_marketo',
    `printf "%s\\n" "\${COMPREPLY[@]}"`
  ].join('\n')
  const given = ['-uc', script, 'bash', 'segment-marketo', ...words]
  const out = execFileSync('bash', ['--norc', ...given], { cwd: folder, encoding: 'utf8' })
  return out.split('\n').filter((line) => line !== '')
}

describe('bash', () => {
  it.each<readonly [ReadonlyArray<string>, ReadonlyArray<string>]>([
    [['m'], ['map', 'migrate']],
    [
      ['source', ''],
      ['sync', 'schema', 'estimate']
    ],
    [['recipes', 's'], ['schema']],
    [['map', '--as', ''], [...forms]],
    [['map', '--as', 'in'], ['intents']],
    [['map', '--as', '=', 'cu'], ['curl']],
    [['map', '--as', '='], [...forms]],
    [
      ['map', '--s'],
      ['--settings', '--side']
    ],
    [['map', 'my'], ['my events.ndjson']],
    [['map', 'events', '--settings', 'set'], ['settings.json']],
    [['map', '-s', 'set'], ['settings.json']],
    [['map', '-s', 'source', '--js'], ['--json']],
    [['source', 'sync', '--out', ''], ['rows']],
    [['source', 'sync', '--to', 's'], ['simulator']],
    [['check', '--instance', 's'], ['simulator']],
    [['provision', '--to', ''], ['simulator']],
    [['suggest', '--munchkin-id', ''], []],
    [['suggest', '--against', 'set'], ['settings.json']],
    [['source', 'sync', '--since', ''], []],
    [['source', 'sync', '--since', '2024-01-01', '--st'], ['--state']],
    [['completion', ''], [...shells]],
    [['--v'], ['--version']],
    [['diff', 'set'], ['settings.json']],
    [['nothing', ''], commandNames.filter((name) => !name.includes(' '))]
  ])('%j offers %j', (words, expected) => {
    const wanted = words[0] === 'nothing' ? expect.arrayContaining([...expected]) : expected
    expect(offered(...words)).toEqual(wanted)
  })
})
