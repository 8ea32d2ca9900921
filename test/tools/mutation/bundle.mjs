// @ts-check
/**
 * A set of test files and everything of ours that they reach, as one script.
 *
 * Mutation testing runs the same tests tens of thousands of times. A runner that starts a worker and loads its modules for each mutant
 * spends most of its time on that; one script that stands loaded, and can be evaluated afresh in a tenth of a second, spends it on tests.
 */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { basename, dirname, extname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'

/** What stands in for `vitest`: the runner hands it over when it evaluates the script. */
const standIn = 'export const { describe, expect, it } = __harness'

/**
 * @param {string} folder
 * @returns {import('esbuild').Plugin}
 */
const asOneScript = (folder) => ({
  name: 'as-one-script',
  setup(making) {
    making.onResolve({ filter: /^vitest$/ }, () => ({ path: 'vitest', namespace: 'harness' }))
    making.onLoad({ filter: /.*/, namespace: 'harness' }, () => ({ contents: standIn, loader: 'js' }))
    // A script has no address of its own; each file keeps the one it has as a module.
    making.onLoad({ filter: /\.ts$/ }, ({ path }) => {
      const text = readFileSync(path, 'utf8')
      return path.startsWith(folder) && text.includes('import.meta')
        ? { contents: `const __meta = { url: ${JSON.stringify(pathToFileURL(path).href)} };${text}`, loader: 'ts' }
        : { contents: text, loader: 'ts' }
    })
  }
})

/**
 * Writes the script once for a sandbox, whoever asks first, and answers with its path.
 *
 * @param {string} folder the sandbox
 * @param {ReadonlyArray<string>} tests paths of test files, from the sandbox
 */
export const bundled = async (folder, tests) => {
  const path = join(folder, '.mutation.cjs')
  if (existsSync(path)) return path
  const entry = tests
    .map(
      (test) => `__harness.file(${JSON.stringify(test)}, () => { require(${JSON.stringify(resolve(folder, test))}) })`
    )
    .join('\n')
  const made = await build({
    stdin: { contents: entry, resolveDir: folder, sourcefile: 'entry.js', loader: 'js' },
    bundle: true,
    write: false,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    packages: 'external',
    absWorkingDir: folder,
    tsconfig: join(folder, 'tsconfig.json'),
    define: { 'import.meta': '__meta' },
    plugins: [asOneScript(folder)],
    logLevel: 'silent'
  })
  const half = join(dirname(path), `${basename(path, extname(path))}-${process.pid}.cjs`)
  writeFileSync(half, made.outputFiles[0]?.text ?? '')
  renameSync(half, path)
  return path
}
