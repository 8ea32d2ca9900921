// @ts-check
/**
 * Mutation testing: every small change to a source must fail a test, or has a reason why it may live.
 *
 *     npm run mutate                            everything, room by room (some two hours on two cores)
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

import { parseArgs } from 'node:util'
import { digestOf, fileReport, isExplained, reportOf, scoreOf, writeReport } from './mutation/report.mjs'
import { rooms, sourcesOf } from './mutation/rooms.mjs'
import { mutated } from './mutation/stryker.mjs'
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

process.chdir(root)
const late = () => Date.now() - began > Number(values.minutes) * 60_000

/**
 * What becomes of these sources of a room.
 *
 * @param {string} room
 * @param {ReadonlyArray<string>} sources
 * @returns {Promise<import('./mutation/report.mjs').RoomReport>}
 */
const tried = async (room, sources) => {
  const before = reportOf(room)
  const results = await mutated({
    room,
    mutate: sources.map((path) => (linesOf.has(path) ? `${path}:${linesOf.get(path)}` : path)),
    runs: Number(values.runs),
    concurrency: Number(values.concurrency)
  })
  const found = sources.map((path) => {
    const own = results.filter(({ fileName }) => fileName.endsWith(`/${path}`))
    return [path, fileReport(path, own, before[path])]
  })
  return Object.fromEntries(found)
}

/** What is known of the sources that are still there. @param {string} room */
const known = (room) =>
  Object.fromEntries(Object.entries(reportOf(room)).filter(([path]) => sourcesOf(room).includes(path)))

/** Sources one after another for as long as there is time; says which were left. @param {string} room */
const triedInTime = async (room) => {
  /** @type {import('./mutation/report.mjs').RoomReport} */
  let report = {}
  for (const path of sourcesAsked(room)) {
    if (late()) console.log(`note: no time was left to mutate ${path}`)
    else report = { ...report, ...(await tried(room, [path])) }
  }
  return report
}

let passed = 0
let failed = 0
for (const room of rooms) {
  const sources = sourcesAsked(room)
  if (!values.changed && sources.length === 0) continue
  const start = Date.now()
  const report = { ...known(room), ...(await (values.changed ? triedInTime(room) : tried(room, sources))) }
  if (!values.check && linesOf.size === 0) writeReport(room, report)
  // Lines alone say nothing about their file.
  /** @type {ReadonlyArray<[string, import('./mutation/report.mjs').FileReport]>} */
  const judged = Object.entries(report).filter(([path]) => linesOf.size === 0 || sources.includes(path))
  const bare = judged.flatMap(([path, { survivors }]) =>
    survivors.filter((survivor) => !isExplained(survivor)).map((survivor) => ({ path, ...survivor }))
  )
  const files = judged.map(([, file]) => file)
  const mutants = files.reduce((sum, file) => sum + file.mutants, 0)
  const seconds = Math.round((Date.now() - start) / 1000)
  const score = scoreOf(files)
  console.log(
    `${room}: ${score.toFixed(1)} % of ${mutants} mutants killed, ${bare.length} lived without a reason, ${seconds} s`
  )
  for (const { path, at, was, is } of bare) console.log(`  ${path}:${at}  ${was}  =>  ${is}`)
  if (score >= enough && bare.length === 0) passed += 1
  else failed += 1
}
console.log(`mutation: ${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
