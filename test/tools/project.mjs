// @ts-check
/**
 * The project as its tools see it. The list of entry points is package.json's `exports`, and nowhere else: a new room
 * is one row there, and the build, the packaging tests, the sizes, the API report and the documentation follow.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../..', import.meta.url))

/** Scratch space that every clean-up of node_modules takes along. */
export const cache = join(root, 'node_modules', '.cache', 'segment-marketo')

/** @type {{ name: string, bin: Record<string, string>, exports: Record<string, unknown>, typesVersions: unknown }} */
export const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))

/**
 * One public entry point.
 *
 * @typedef {object} Entry
 * @property {string} subpath the key in `exports`: `.` or `./v2`
 * @property {string} specifier what a consumer imports: `segment-marketo/v2`
 * @property {string} name the file name in dist: `v2`
 * @property {string} source the module it is built from, relative to the root: `src/v2/index.ts`
 */

/** A room lies in src/; an entry that knows a runtime lies in src/adapters/. @param {string} name */
const sourceOf = (name) => {
  if (name === 'index') return 'src/index.ts'
  const room = `src/${name}/index.ts`
  return existsSync(join(root, room)) ? room : `src/adapters/${name}/index.ts`
}

/** @type {ReadonlyArray<Entry>} */
export const entries = Object.entries(manifest.exports)
  // An entry has conditions; a plain text is a file passed through, such as package.json itself.
  .filter(([, target]) => typeof target === 'object')
  .map(([subpath]) => {
    const name = subpath === '.' ? 'index' : subpath.slice(2)
    return { subpath, specifier: manifest.name + subpath.slice(1), name, source: sourceOf(name) }
  })

/** The command: one CommonJS file, built apart from the library. */
export const cli = { name: 'cli', source: 'src/adapters/cli/main.ts' }

/** What bundling means here, for the build and for every tool that measures it. */
export const bundling = {
  target: 'es2020',
  // fp-ts and io-ts offer their ES modules under `module` only; the CommonJS ones cannot be tree-shaken.
  mainFields: ['module', 'main'],
  // One entry, the simulator's server, is for Node alone; the others import nothing of it.
  external: ['node:*']
}
