// @ts-check
/**
 * Runs test/soak/main.ts: bundled first, because Node loads neither TypeScript nor `fp-ts/Either`, and run with the
 * collector at hand, so that the heap can be measured. Arguments are passed on: seconds, then events.
 */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { build } from 'esbuild'
import { bundling, cache, root } from './project.mjs'

const outfile = join(cache, 'soak.mjs')

await build({
  ...bundling,
  absWorkingDir: root,
  entryPoints: ['test/soak/main.ts'],
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
