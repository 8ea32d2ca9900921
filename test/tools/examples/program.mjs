// @ts-check
/**
 * Lays the examples out as programs in a folder of their own, where the package is found by its name as a consumer
 * finds it: through its `exports`, in dist.
 */
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import ts from 'typescript'
import { entries, manifest, root } from '../project.mjs'
import { constructors, importsOf, namesDeclaredIn, namesExportedBy, namesMentionedIn, withChecks } from './rewrite.mjs'

/** @typedef {import('./collect.mjs').Example} Example */

/** @param {string} folder @param {string} name @param {string} target */
const link = (folder, name, target) => {
  const place = join(folder, 'node_modules', name)
  mkdirSync(dirname(place), { recursive: true })
  symlinkSync(target, place)
}

/** A folder where `segment-marketo`, its peers and Node's types are installed. @param {string} folder */
export const furnish = (folder) => {
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module' }))
  link(folder, manifest.name, root)
  for (const name of ['fp-ts', 'io-ts', '@types/node']) link(folder, name, join(root, 'node_modules', name))
  const runtime = new URL('runtime.mjs', import.meta.url)
  writeFileSync(join(folder, 'runtime.mjs'), readFileSync(runtime))
  writeFileSync(join(folder, 'runtime.d.mts'), readFileSync(new URL('runtime.d.mts', import.meta.url)))
}

/** Every name an entry exports, values and types, read off its declarations. @returns {ReadonlyMap<string, ReadonlyArray<string>>} */
export const exportedNames = () => {
  const files = entries.map(({ name }) => join(root, 'dist', `${name}.d.ts`))
  const program = ts.createProgram(files, {
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    noLib: true,
    types: []
  })
  const checker = program.getTypeChecker()
  return new Map(
    entries.map(({ source }, index) => {
      const file = program.getSourceFile(files[index] ?? '')
      const symbol = file === undefined ? undefined : checker.getSymbolAtLocation(file)
      return [source, symbol === undefined ? [] : checker.getExportsOfModule(symbol).map(({ name }) => name)]
    })
  )
}

/** The entry of the room that a source file lies in. @param {string} file */
const entryOf = (file) =>
  entries
    .filter(({ source }) => file.startsWith(`${dirname(source)}/`))
    // src/index.ts lies above every room: the nearest entry counts, and src/ itself only for src/index.ts.
    .filter(({ subpath }) => subpath !== '.' || file === 'src/index.ts')
    .at(-1)

/** @param {ReadonlyArray<string>} names @param {string} from */
const importing = (names, from) => (names.length === 0 ? '' : `import { ${names.join(', ')} } from '${from}'; `)

/**
 * What stands in front of an example, on one line: the checker, the constructors of expectations, and, in a doc comment
 * that does not import the package itself, the names it mentions of its room, else of its own file. What the example
 * declares stays its own, and a page has no such help: a reader pastes it.
 *
 * @param {Example} example
 * @param {string} checked the code that is run
 * @param {ReadonlyMap<string, ReadonlyArray<string>>} names
 * @returns {{ head: string, inside: boolean }} whether it takes names from a source file, which dist does not have
 */
const headOf = ({ file, code }, checked, names) => {
  const own = namesDeclaredIn(code)
  const mentioned = namesMentionedIn(checked)
  const wanted = (/** @type {string} */ name) => mentioned.has(name) && !own.has(name)
  const helped = file.endsWith('.ts') && !importsOf(code).some((from) => from.startsWith(manifest.name))
  const entry = helped ? entryOf(file) : undefined
  const room = (names.get(entry?.source ?? '') ?? []).filter(wanted)
  const path = join(root, file)
  const local = helped
    ? namesExportedBy(readFileSync(path, 'utf8')).filter((name) => wanted(name) && !room.includes(name))
    : []
  const taken = [...room, ...local]
  const helpers = ['__same', ...constructors].filter((name) => wanted(name) && !taken.includes(name))
  const assert = helped && wanted('assert') && !taken.includes('assert') ? "import assert from 'node:assert'; " : ''
  const head = [
    importing(helpers, './runtime.mjs'),
    assert,
    importing(room, entry?.specifier ?? ''),
    importing([...new Set(local)], path.replace(/\.ts$/, '.js'))
  ]
  return { head: head.join(''), inside: local.length > 0 }
}

/**
 * @typedef {object} Program
 * @property {string} path
 * @property {Example} example
 * @property {number} checks
 * @property {boolean} inside whether it leans on a source file, and must be bundled to run
 */

/**
 * Writes one program per example.
 *
 * @param {string} folder
 * @param {ReadonlyArray<Example>} examples
 * @param {ReadonlyMap<string, ReadonlyArray<string>>} names
 * @returns {ReadonlyArray<Program>}
 */
export const writePrograms = (folder, examples, names) =>
  examples.map((example, index) => {
    const { code, checks } = withChecks(example)
    const path = join(folder, `example-${index}.mts`)
    const { head, inside } = headOf(example, code, names)
    writeFileSync(path, `${head}\n${code}\nexport {}\n`)
    return { path, example, checks, inside }
  })
