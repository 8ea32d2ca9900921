// @ts-check
/**
 * Runs test/fuzz/main.ts: bundled first, because Node loads neither TypeScript nor `fp-ts/Either`. Arguments are passed on.
 *
 *     node test/tools/fuzz.mjs --bundle-only   makes the targets ready for another driver, and runs nothing
 */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { build } from 'esbuild'
import { bundling, cache, root } from './project.mjs'

/** @param {string} entry @param {'esm' | 'cjs'} format @param {string} name */
const bundle = async (entry, format, name) => {
  const outfile = join(cache, name)
  await build({
    ...bundling,
    absWorkingDir: root,
    entryPoints: [entry],
    outfile,
    bundle: true,
    format,
    platform: 'node',
    target: 'node20'
  })
  return outfile
}

if (process.argv.includes('--bundle-only')) await bundle('test/fuzz/driven.ts', 'cjs', 'fuzz-targets.cjs')
else {
  const main = await bundle('test/fuzz/main.ts', 'esm', 'fuzz.mjs')
  const { status } = spawnSync(process.execPath, [main, ...process.argv.slice(2)], { cwd: root, stdio: 'inherit' })
  process.exitCode = status ?? 1
}
