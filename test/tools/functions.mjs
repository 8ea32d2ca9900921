// @ts-check
/**
 * The files to paste into Segment Functions: each one script without imports or exports, for ES2020.
 *
 *     node test/tools/functions.mjs     writes dist/segment-function/
 *
 * The platform finds handlers by name, so each file ends with their declarations; everything else is inside one function. To keep the
 * paste small, what only documentation reads is left out of three tables, and the platform's own digest stands in for the package's.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bundle } from './bundles.mjs'
import { root } from './project.mjs'

/** The one name that a file adds to those of the handlers. */
const globalName = 'segmentMarketo'

const room = 'src/adapters/segment-function'

/** The files that need SHA-256 there, and nothing else of @noble/hashes. */
const wantDigest = /\/(?:endpoints\/derived-token|v2\/settings-version)\.ts$/

/** Where @noble/hashes is asked for by one of those. @type {import('esbuild').Plugin} */
const shortDigest = {
  name: 'short-digest',
  setup: (build) => {
    build.onResolve({ filter: /^@noble\/hashes\// }, ({ importer }) =>
      wantDigest.test(importer) ? { path: join(root, room, 'sha256.ts') } : undefined
    )
  }
}

/** Columns that nobody reads at run time: by file, what is taken out, and what stands there instead. */
const columns = [
  { file: /\/v2\/setting-names\.ts$/, column: /, +(?:about|takes): +'(?:[^'\\\n]|\\.)*'/g, instead: '' },
  {
    file: /\/marketo\/error-codes\.ts$/,
    column: /, +quota: +'[a-z]+' +(?=})|(?<=\{ )listed: +'[a-z-]+', +elsewhere: (?:true|false), +/g,
    instead: ''
  },
  {
    file: /\/marketo\/lead-fields\.ts$/,
    column: /^( {2}\['[^'\n]+', +(?:'[^'\n]*'|null), +)'[^'\n]*'/gm,
    instead: "$1''"
  }
]

/** @type {import('esbuild').Plugin} */
const fewerColumns = {
  name: 'fewer-columns',
  setup: (build) => {
    for (const { file, column, instead } of columns)
      build.onLoad({ filter: file }, ({ path }) => {
        const whole = readFileSync(path, 'utf8')
        const contents = whole.replace(column, instead)
        if (contents === whole) throw new Error(`${path} has no column ${column}: the table was written anew`)
        return { contents, loader: 'ts' }
      })
  }
}

/**
 * One file: what it is built from, and the handlers that it declares, each with the call that it hands on to.
 *
 * @typedef {object} FunctionFile
 * @property {string} name
 * @property {number} bytes what it may weigh, gzip -9
 * @property {Readonly<Record<string, string>>} handlers
 */

const single = ['onIdentify', 'onTrack', 'onPage', 'onScreen', 'onGroup', 'onAlias', 'onDelete']

/** @param {string} call @param {string} batch @returns {Readonly<Record<string, string>>} */
const handlersFor = (call, batch) => ({ ...Object.fromEntries(single.map((name) => [name, call])), onBatch: batch })

/** @type {ReadonlyArray<FunctionFile>} */
export const functionFiles = [
  { name: 'destination', bytes: 40_000, handlers: handlersFor('onEvent', 'onEvents') },
  { name: 'insert', bytes: 30_000, handlers: handlersFor('onEvent', 'onEvents') },
  { name: 'source', bytes: 20_000, handlers: { onRequest: 'onPost' } }
]

const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))

/** @param {FunctionFile} file */
const banner = ({ name }) =>
  `// segment-marketo ${version}: the ${name} function for Segment. Paste all of this file. Generated: docs/segment-functions.md.`

/** @param {FunctionFile} file */
const footer = ({ handlers }) =>
  Object.entries(handlers)
    .map(
      ([handler, call]) =>
        `async function ${handler}(given, settings) { return ${globalName}.${call}(given, settings) }`
    )
    .join('\n')

/** A file as it is pasted. @param {FunctionFile} file */
export const functionFile = (file) =>
  bundle({
    entryPoints: [`${room}/${file.name}.ts`],
    format: 'iife',
    globalName,
    charset: 'utf8',
    legalComments: 'none',
    plugins: [shortDigest, fewerColumns],
    banner: { js: banner(file) },
    footer: { js: footer(file) }
  })

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = join(root, 'dist', 'segment-function')
  mkdirSync(folder, { recursive: true })
  for (const file of functionFiles) writeFileSync(join(folder, `${file.name}.js`), (await functionFile(file)).code)
}
