// @ts-check
/**
 * Runs test/bench/main.ts: bundled first, because Node loads neither TypeScript nor `fp-ts/Either`, and run with the
 * collector at hand, which mitata likes. Arguments are passed on.
 */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { build } from 'esbuild'
import { bundling, cache, root } from './project.mjs'

const outfile = join(cache, 'bench.mjs')

await build({
  ...bundling,
  absWorkingDir: root,
  entryPoints: ['test/bench/main.ts'],
  outfile,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  // Left to be found in node_modules: it looks for optional native parts of its own.
  external: ['mitata']
})

const { status } = spawnSync(process.execPath, ['--expose-gc', outfile, ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit'
})
process.exitCode = status ?? 1
