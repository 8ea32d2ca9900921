// @ts-check
/**
 * Compiles and runs every example of README.md, docs/ and the doc comments of src/, against dist.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildSync } from 'esbuild'
import ts from 'typescript'
import { complaintsAbout, consumerOptions } from '../compile.mjs'
import { bundling, root } from '../project.mjs'
import { examplesInMarkdown, examplesInSource } from './collect.mjs'
import { exportedNames, furnish, writePrograms } from './program.mjs'
import { arrowsIn } from './rewrite.mjs'

/** @typedef {import('./program.mjs').Program} Program */

/** @param {string} folder @param {string} ending */
const filesIn = (folder, ending) =>
  existsSync(join(root, folder))
    ? readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith(ending))
        .sort()
        .map((name) => `${folder}/${name}`)
    : []

const pages = [...['README.md'].filter((name) => existsSync(join(root, name))), ...filesIn('docs', '.md')]

/** @param {string} name */
const textOf = (name) => readFileSync(join(root, name), 'utf8')

const examples = [
  ...pages.flatMap((name) => examplesInMarkdown(name, textOf(name))),
  ...filesIn('src', '.ts').flatMap((name) => examplesInSource(name, textOf(name)))
]

/** Where line n of a program stands in its page: the program has one line in front. @param {Program} program @param {number} line */
const placeOf = ({ example }, line) => `${example.file}:${example.line + Math.max(line - 2, 0)}`

/** @param {ReadonlyArray<Program>} programs */
const compile = (programs) => {
  const nodeNext = { module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext }
  const byPath = new Map(programs.map((program) => [program.path, program]))
  return complaintsAbout([...byPath.keys()], { ...consumerOptions, ...nodeNext }).map(({ file, line, message }) => {
    const program = byPath.get(file)
    return `${program === undefined ? `${file}:${line}` : placeOf(program, line)} ${message}`
  })
}

/**
 * Strips the types, so that Node loads it natively. Only what leans on a source file is bundled, and all in it but what
 * the folder offers is compiled in, as in dist.
 *
 * @param {Program} program
 */
const strip = ({ path, inside, ...program }) => {
  const outfile = path.replace(/\.mts$/, '.mjs')
  const more = inside ? { ...bundling, bundle: true, external: ['./runtime.mjs'] } : {}
  buildSync({
    entryPoints: [path],
    outfile,
    format: 'esm',
    platform: 'node',
    tsconfigRaw: {},
    logLevel: 'error',
    ...more
  })
  return { path: outfile, place: placeOf({ path, inside, ...program }, 2) }
}

/** Runs them one after another in one process; an example that throws does not stop the next. @param {ReadonlyArray<Program>} programs */
const run = (programs) => {
  const script = `
    for (const { path, place } of ${JSON.stringify(programs.map(strip))}) {
      try { await import(path) }
      catch (error) { process.exitCode = 1; console.log(place, 'the example that starts here:', error) }
    }`
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: root,
    encoding: 'utf8',
    timeout: 300_000
  })
  return status === 0 ? [] : [`${stdout}${stderr}`]
}

/** An expectation that the rewriting did not understand would be silently unchecked. @param {Program} program */
const unchecked = (program) =>
  arrowsIn(program.example.code) === program.checks
    ? []
    : [`${placeOf(program, 2)} ${arrowsIn(program.example.code)} expectations, ${program.checks} behind an expression`]

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'examples-')))
try {
  furnish(folder)
  const programs = writePrograms(folder, examples, exportedNames())
  const faults = [
    ...programs.flatMap(unchecked),
    ...compile(programs),
    ...run(programs.filter(({ example }) => example.runs))
  ]
  for (const fault of faults) console.log(fault)
  const checks = programs.reduce((sum, program) => sum + program.checks, 0)
  console.log(`note: ${examples.length} examples, ${checks} expectations`)
  process.exitCode = faults.length > 0 ? 1 : 0
} finally {
  rmSync(folder, { recursive: true, force: true })
}
