// @ts-check
/**
 * Runs test/bench/main.ts: bundled first, because Node loads neither TypeScript nor `fp-ts/Either`, and run with the
 * collector at hand; then weighs the entry points. Arguments are passed on.
 */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { build } from 'esbuild'
import { bundle, text } from './bundles.mjs'
import { bundling, cache, entries, root } from './project.mjs'

const outfile = join(cache, 'bench.mjs')

await build({
  ...bundling,
  absWorkingDir: root,
  entryPoints: ['test/bench/main.ts'],
  outfile,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20'
})

const { status } = spawnSync(process.execPath, ['--expose-gc', outfile, ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit'
})
process.exitCode = status ?? 1

// What each entry point weighs: bundled whole from the sources, minified, gzip -9, against the first of them.
const weights = await Promise.all(
  entries.map(async ({ specifier, source }) => ({
    specifier,
    bytes: (await bundle(text(`export * from './${source}'`))).bytes
  }))
)
console.table(
  weights.map(({ specifier, bytes }) => ({
    'entry point': specifier,
    'kB, gzip -9': (bytes / 1000).toFixed(1),
    ratio: (bytes / (weights[0]?.bytes ?? Number.NaN)).toFixed(2)
  }))
)
