// @ts-check
/**
 * The packed tarball, tried as its consumers will: installed without its peers, loaded natively, run, compiled against.
 */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { consumerFaults } from './consumers.mjs'
import { attwFaults, publintFaults } from './linters.mjs'
import { commandFaults, loadingFaults, schemaFaults } from './loading.mjs'
import { install, link, pack, workshop } from './pack.mjs'

/** Beside dist, the tarball holds these and no more. */
const papers = ['LICENSE', 'README.md', 'THIRD-PARTY-NOTICES.md', 'package.json']

/** The schemas of files that people write, and the code. */
const belonging = /^dist\/(?:.+\.(?:js|cjs|d\.ts|d\.cts)|schemas\/[a-z0-9-]+\.schema\.json)$/

/** @param {ReadonlyArray<string>} files */
const contentFaults = (files) => [
  ...papers.filter((name) => !files.includes(name)).map((name) => `not in the tarball: ${name}`),
  ...files
    .filter((name) => !papers.includes(name) && !belonging.test(name))
    .map((name) => `does not belong in the tarball: ${name}`)
]

const folder = workshop()
try {
  const { tarball, files } = pack(folder)
  const consumer = join(folder, 'consumer')
  install(consumer, tarball)
  const native = [...loadingFaults(consumer), ...commandFaults(consumer), ...(await schemaFaults(consumer))]
  // Only now: loading must do without the peers, types may need them.
  link(consumer, ['fp-ts', 'io-ts'])
  const faults = [
    ...contentFaults(files),
    ...native,
    ...consumerFaults(consumer),
    ...(await publintFaults(tarball)),
    ...attwFaults(tarball)
  ]
  for (const fault of faults) console.log(fault)
  process.exitCode = faults.length > 0 ? 1 : 0
} finally {
  rmSync(folder, { recursive: true, force: true })
}
