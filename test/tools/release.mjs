// @ts-check
/**
 * Makes a version of the changes that wait in .changeset: the changelog's section, the version, the lock file. It publishes nothing.
 *
 *     node test/tools/release.mjs             writes
 *     node test/tools/release.mjs --dry-run   says what it would write
 */
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import plan from '@changesets/get-release-plan'
import { faultOf, sectionOf, withSection } from './changelog.mjs'
import { manifest, root } from './project.mjs'

const { releases, changesets } = await plan(root)
const next = releases.find(({ name }) => name === manifest.name)?.newVersion
const changes = changesets.map(({ summary, releases: named }) => ({
  summary,
  kind: named.find(({ name }) => name === manifest.name)?.type ?? 'none'
}))
const faults = changes.flatMap((change) => faultOf(change) ?? [])

/** @param {string} command @param {ReadonlyArray<string>} args */
const run = (command, args) => {
  const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit' })
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}`)
}

for (const fault of faults) console.log(fault)
if (next === undefined || changes.length === 0) console.log('nothing waits for a release: npx changeset')
else if (faults.length > 0) process.exitCode = 1
else if (process.argv.includes('--dry-run')) console.log(sectionOf(next, changes))
else {
  const path = join(root, 'docs', 'CHANGELOG.md')
  writeFileSync(path, withSection(readFileSync(path, 'utf8'), sectionOf(next, changes)))
  run('npx', ['changeset', 'version'])
  run('npm', ['install', '--package-lock-only', '--no-audit', '--no-fund'])
}
