// @ts-check
/**
 * The README's two commands as a stranger runs them: a fresh clone of what is committed, an empty home, an empty npm cache.
 *
 *     node test/tools/rehearse.mjs          npm ci && npm start, then npm ci && npm test
 *     node test/tools/rehearse.mjs --quick  npm ci && npm start alone
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from './project.mjs'

const folder = mkdtempSync(join(tmpdir(), 'rehearsal-'))
const clone = join(folder, 'clone')
const home = join(folder, 'home')
mkdirSync(home)

/** Nothing of the person who runs this: neither settings nor caches; where the registry is, and how to get there, apart. */
const kept = Object.entries(process.env).filter(([name]) =>
  /^(?:PATH|LANG|TERM|npm_config_registry|NODE_EXTRA_CA_CERTS|https?_proxy|no_proxy)$/i.test(name)
)
const env = { ...Object.fromEntries(kept), HOME: home, npm_config_cache: join(folder, 'cache'), CI: 'true' }

/** @param {string} command @param {string} cwd */
const run = (command, cwd) => {
  console.log(`$ ${command}`)
  const begun = Date.now()
  const { status } = spawnSync('bash', ['-c', command], { cwd, env, stdio: 'inherit' })
  console.log(
    `${command}: ${status === 0 ? 'passed' : `FAILED with ${status}`}, ${Math.round((Date.now() - begun) / 1000)} s`
  )
  return status === 0
}

const commands = ['npm ci && npm start', ...(process.argv.includes('--quick') ? [] : ['npm ci && npm test'])]
try {
  const isHere = spawnSync('git', ['clone', '--quiet', root, clone], { stdio: 'inherit' }).status === 0
  process.exitCode = isHere && commands.every((command) => run(command, clone)) ? 0 : 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}
