// @ts-check
/**
 * Mutation testing: every small change to a source must fail a test, or has a reason why it may live.
 *
 *     npm run mutate                            everything, room by room (about an hour on two cores)
 *     npm run mutate -- pace v2                 these rooms
 *     npm run mutate -- src/pace/budget.ts      these sources
 *     npm run mutate -- src/pace/budget.ts:9-30 these lines of one, written nowhere
 *     npm run mutate -- --changed --minutes 6   what changed since it was last tried, and no more than fits
 *
 *     --runs 15         how often a law is tried against each mutant
 *     --concurrency 2   how many processes try
 *     --check           say what was found, and write nothing
 *
 * What was found is written to test/tools/mutation/found/, where reasons are given by hand.
 */

import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { Stryker } from '@stryker-mutator/core'
import { digestOf, fileReport, reportOf, scoreOf, writeReport } from './mutation/report.mjs'
import { sourcesOf, testsFor, testsOf } from './mutation/rooms.mjs'
import { root } from './project.mjs'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    changed: { type: 'boolean', default: false },
    check: { type: 'boolean', default: false },
    minutes: { type: 'string', default: '600' },
    runs: { type: 'string', default: '15' },
    concurrency: { type: 'string', default: '2' }
  }
})

/** The score that a room must have, in percent. */
const enough = 95
const began = Date.now()
const rooms = Object.keys(testsOf)
/** A path, and its lines when only some are asked for. */
const parts = positionals.map((text) => text.split(':'))
const asked = positionals.length === 0 ? rooms : parts.map(([path]) => path)
const linesOf = new Map(
  parts.flatMap(([path, lines]) => (path === undefined || lines === undefined ? [] : [[path, lines]]))
)

/** @param {string} room */
const sourcesAsked = (room) => {
  const report = reportOf(room)
  return sourcesOf(room)
    .filter((path) => asked.some((one) => one === room || one === path))
    .filter((path) => !values.changed || report[path]?.of !== digestOf(path))
}

/** @param {string} room @param {ReadonlyArray<string>} sources */
const mutated = (room, sources) =>
  new Stryker({
    mutate: sources.map((path) => (linesOf.has(path) ? `${path}:${linesOf.get(path)}` : path)),
    testRunner: 'room',
    plugins: [fileURLToPath(new URL('./mutation/runner.mjs', import.meta.url))],
    ignorers: ['tables'],
    // The runner's own settings; Stryker hands them on.
    ...{ room: { tests: testsFor(room), runs: Number(values.runs), seed: 20260731 } },
    reporters: [],
    coverageAnalysis: 'perTest',
    concurrency: Number(values.concurrency),
    tempDirName: 'node_modules/.cache/segment-marketo/mutation',
    ignorePatterns: ['dist', 'site'],
    disableTypeChecks: false,
    timeoutMS: 10_000,
    timeoutFactor: 4,
    allowEmpty: true,
    allowConsoleColors: false,
    logLevel: /** @type {any} */ ('error'),
    warnings: false
  }).runMutationTest()

process.chdir(root)
const late = () => Date.now() - began > Number(values.minutes) * 60_000
let passed = 0
let failed = 0
/** @type {Array<string>} */
const left = []
for (const room of rooms) {
  const sources = sourcesAsked(room)
  if (sources.length === 0) continue
  if (late()) {
    left.push(...sources)
    continue
  }
  const start = Date.now()
  const results = await mutated(room, sources)
  const before = reportOf(room)
  const found = Object.fromEntries(
    sources.map((path) => [
      path,
      fileReport(
        path,
        results.filter(({ fileName }) => fileName.endsWith(`/${path}`)),
        before[path]
      )
    ])
  )
  if (!values.check && linesOf.size === 0) {
    const kept = Object.entries(before).filter(([path]) => sourcesOf(room).includes(path))
    writeReport(room, { ...Object.fromEntries(kept), ...found })
  }
  const score = scoreOf(Object.values(found))
  const unexplained = Object.entries(found).flatMap(([path, { survivors }]) =>
    survivors.filter(({ because }) => because === '').map((survivor) => ({ path, ...survivor }))
  )
  const mutants = Object.values(found).reduce((sum, file) => sum + file.mutants, 0)
  const seconds = Math.round((Date.now() - start) / 1000)
  console.log(
    `${room}: ${score.toFixed(1)} % of ${mutants} mutants killed, ${unexplained.length} lived without a reason, ${seconds} s`
  )
  for (const { path, at, was, is } of unexplained) console.log(`  ${path}:${at}  ${was}  =>  ${is}`)
  if (score >= enough && unexplained.length === 0) passed += 1
  else failed += 1
}
for (const path of left) console.log(`note: no time was left to mutate ${path}`)
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
