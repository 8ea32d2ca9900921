/**
 * The house keeps its table of doors. Each rule is first tried on made-up files, so that we know it can fail.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { doors, wideDoors } from './tools/architecture/doors.js'
import { type Module, readModule } from './tools/architecture/module.js'
import {
  barrels,
  closedDoors,
  cycles,
  deadEnds,
  roomOf,
  silences,
  strangers,
  unknownRooms
} from './tools/architecture/rules.js'

const allDoors = { ...doors, ...wideDoors }

/** The real sources; declaration files have no exports of their own. */
const sources = (): ReadonlyArray<Module> => {
  const root = fileURLToPath(new URL('..', import.meta.url))
  return readdirSync(`${root}src`, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts'))
    .sort()
    .map((name) => readModule(`src/${name}`, readFileSync(`${root}src/${name}`, 'utf8')))
}

const made = (files: Readonly<Record<string, string>>): ReadonlyArray<Module> =>
  Object.entries(files).map(([path, text]) => readModule(path, text))

const importing = (path: string, specifier: string): ReadonlyArray<Module> =>
  made({ [path]: `import { x } from '${specifier}'` })

describe('the table of doors', () => {
  it('names only rooms it knows', () => {
    const known = Object.keys(allDoors)
    expect(Object.values(allDoors).flat()).toSatisfy((rooms: string[]) => rooms.every((room) => known.includes(room)))
  })

  it('has no two rooms that open onto each other', () => {
    const mutual = Object.entries(allDoors).flatMap(([from, rooms]) =>
      rooms.filter((to) => allDoors[to]?.includes(from) === true).map((to) => [from, to])
    )
    expect(mutual).toEqual([])
  })
})

describe('reading a module', () => {
  it.each([
    ['a plain import', "import { x } from './a.js'"],
    ['an import of types', "import type { X } from './a.js'"],
    ['an import for its effect', "import './a.js'"],
    ['a name passed on', "export { x } from './a.js'"],
    ['all names passed on', "export * from './a.js'"],
    ['a type spelled with import()', "export type X = import('./a.js').X"],
    ['a dynamic import', "export const load = () => import('./a.js')"],
    ['a require', "const a = require('./a.js')"],
    ['an import assignment', "import a = require('./a.js')"]
  ])('sees %s', (_, text) => {
    expect(readModule('src/v2/b.ts', text).imports).toEqual([{ specifier: './a.js', line: 1 }])
  })

  it('sees no import in a comment or a text', () => {
    expect(readModule('src/v2/b.ts', `// import './a.js'\nconst s = "import './a.js'"`).imports).toEqual([])
  })

  it('knows the room of a file', () => {
    expect(['src/index.ts', 'src/v2/mapper.ts', 'src/adapters/cli/main.ts'].map(roomOf)).toEqual([
      'index',
      'v2',
      'adapters'
    ])
  })
})

describe('the rules can fail', () => {
  it.each([
    ['src/v2/mapper.ts', '../v1/naming.js'],
    ['src/segment/email.ts', '../marketo/fields.js'],
    ['src/ground/path.ts', '../intent/problem.js'],
    ['src/browser/call.ts', '../endpoints/sync-leads.js'],
    ['src/delivery/round.ts', '../browser/call.js'],
    ['src/explain/trace.ts', '../adapters/fetch/send.js'],
    ['src/explain/trace.ts', '../settings/diff.js'],
    ['src/index.ts', './adapters/fetch/index.js'],
    ['src/v2/mapper.ts', '../index.js'],
    ['src/v2/mapper.ts', '../../test/cases/v2.js']
  ])('%s may not import %s', (path, specifier) => {
    expect(closedDoors(allDoors)(importing(path, specifier))).toHaveLength(1)
  })

  it.each([
    ['src/v2/mapper.ts', './naming.js'],
    ['src/v2/mapper.ts', '../segment/email.js'],
    ['src/explain/trace.ts', '../simulator/state.js'],
    ['src/index.ts', './explain/trace.js'],
    ['src/adapters/cli/main.ts', '../../index.js'],
    ['src/v2/mapper.ts', 'fp-ts/Either']
  ])('%s may import %s', (path, specifier) => {
    expect(closedDoors(allDoors)(importing(path, specifier))).toEqual([])
  })

  it('a folder outside the table is no room', () => {
    expect(unknownRooms(allDoors)(made({ 'src/utils/x.ts': '', 'src/helpers.ts': '', 'src/v2/x.ts': '' }))).toEqual([
      'src/utils/x.ts: no room `utils` in the table of doors',
      'src/helpers.ts: no room `helpers` in the table of doors'
    ])
  })

  it.each(['./b', './b.ts', './c.js'])('an import of %s leads nowhere', (specifier) => {
    const files = made({ 'src/v2/a.ts': `import '${specifier}'`, 'src/v2/b.ts': '' })
    expect(deadEnds(files)).toEqual([`src/v2/a.ts:1: no file for '${specifier}'`])
  })

  it('an import of a file that is there leads somewhere', () => {
    expect(deadEnds(made({ 'src/v2/a.ts': "import './b.js'", 'src/v2/b.ts': '' }))).toEqual([])
  })

  it.each([
    ['src/v2/mapper.ts', '../segment/index.js', 1],
    ['src/v2/mapper.ts', './index.js', 1],
    ['src/adapters/fetch/send.ts', '../../v2/index.js', 1],
    ['src/index.ts', './v2/index.js', 0],
    ['src/adapters/fetch/index.ts', '../../v2/index.js', 0],
    ['src/adapters/cli/main.ts', '../../v2/index.js', 0]
  ])('of %s importing %s, %i is a barrel inside the house', (path, specifier, count) => {
    expect(barrels(importing(path, specifier))).toHaveLength(count)
  })

  it.each([
    ['src/v2/a.ts', 'node:crypto', 1],
    ['src/v2/a.ts', 'fp-ts', 1],
    ['src/v2/a.ts', 'fp-ts/lib/Either.js', 1],
    ['src/v2/a.ts', 'commander', 1],
    ['src/adapters/cli/a.ts', 'io-ts/lib/index.js', 1],
    ['src/v2/a.ts', 'fp-ts/Either', 0],
    ['src/v2/a.ts', 'io-ts', 0],
    ['src/adapters/cli/a.ts', 'node:fs', 0]
  ])('of %s importing %s, %i is a stranger', (path, specifier, count) => {
    expect(strangers(importing(path, specifier))).toHaveLength(count)
  })

  it('a ring of imports is found, whether of values or of types, and named once', () => {
    const files = made({
      'src/v2/a.ts': "import { b } from './b.js'",
      'src/v2/b.ts': "import type { C } from './c.js'",
      'src/v2/c.ts': "export { a } from './a.js'",
      'src/v2/d.ts': "import { a } from './a.js'"
    })
    expect(cycles(files)).toEqual(['import cycle: src/v2/a.ts → src/v2/b.ts → src/v2/c.ts → src/v2/a.ts'])
  })

  it('a file that imports itself is a ring', () => {
    expect(cycles(made({ 'src/v2/a.ts': "import './a.js'" }))).toEqual(['import cycle: src/v2/a.ts → src/v2/a.ts'])
  })

  it('two ways to one file are no ring', () => {
    const files = made({
      'src/v2/a.ts': "import './b.js'\nimport './c.js'",
      'src/v2/b.ts': "import './d.js'",
      'src/v2/c.ts': "import './d.js'",
      'src/v2/d.ts': ''
    })
    expect(cycles(files)).toEqual([])
  })

  it.each([
    ['nothing in front', 'export {}'],
    ['a plain comment', '/* @module */\nexport {}'],
    ['a doc comment that only mentions it', '/** no `@module` here */\nexport {}'],
    ['the comment behind the import', "import 'fp-ts/Either'\n/** @module */"]
  ])('a module with %s is not introduced', (_, text) => {
    expect(silences(made({ 'src/v2/a.ts': text }))).toHaveLength(1)
  })

  const head = '/**\n * A thing.\n *\n * @module\n */\n'

  it.each([
    ['a constant', 'export const x = 1'],
    ['a function', 'export function x() {}'],
    ['a type', 'export type x = 1'],
    ['an interface', 'export interface x {}'],
    ['a name listed later', 'const x = 1\nexport { x }'],
    ['a name listed under another', 'const x = 1\nexport { x as y }'],
    ['a name taken out of an object', 'export const { x } = y'],
    ['a constant below a plain comment', '// why\nexport const x = 1']
  ])('%s without a doc comment is a silence', (_, text) => {
    const faults = silences(made({ 'src/v2/a.ts': head + text }))
    expect(faults).toEqual([expect.stringMatching(/^src\/v2\/a\.ts:\d+: `x` has no doc comment$/)])
  })

  it.each([
    ['a documented constant', '/** One. */\nexport const x = 1'],
    ['a codec whose type shares its comment', '/** One. */\nexport const x = 1\nexport type x = typeof x'],
    ['a name passed on', "export { x } from './b.js'"],
    ['a name kept inside', 'const x = 1'],
    ['a documented name listed later', '/** One. */\nconst x = 1\nexport { x }']
  ])('%s is no silence', (_, text) => {
    expect(silences(made({ 'src/v2/a.ts': head + text }))).toEqual([])
  })
})

describe('the sources', () => {
  const modules = sources()

  it('are there', () => {
    expect(modules.length).toBeGreaterThan(0)
  })

  it.each([
    ['lie in rooms the table knows', unknownRooms(allDoors)],
    ['go through open doors only', closedDoors(allDoors)],
    ['import files that exist', deadEnds],
    ['never import an index inside the house', barrels],
    ['use no package that is not for their room', strangers],
    ['form no ring of imports', cycles],
    ['say what each module and each export is about', silences]
  ])('%s', (_, rule) => {
    expect(rule(modules)).toEqual([])
  })
})
