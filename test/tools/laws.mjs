// @ts-check
/**
 * Tries the laws for long, from seeds left to chance: what is rare shows here, for CI keeps to one seed.
 *
 *     npm run laws                              every room, 10,000 inputs for each law
 *     npm run laws -- writeback delivery        these rooms
 *     npm run laws -- --minutes 60 writeback    over and over, each time from another seed, for about an hour
 *     npm run laws -- --runs 50000 --seed 7     from one seed, which is the one that a failure has printed
 *
 * A room that is still at it when the time is over is stopped, and said so: that is no failure.
 */
import { spawnSync } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { cache, root } from './project.mjs'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { runs: { type: 'string', default: '10000' }, minutes: { type: 'string' }, seed: { type: 'string' } }
})

const tests = join(root, 'test')

/** A room has laws where a test of it asserts a property. @param {string} room */
const hasLaws = (room) =>
  readdirSync(join(tests, room), { recursive: true, encoding: 'utf8' }).some(
    (path) => path.endsWith('.test.ts') && readFileSync(join(tests, room, path), 'utf8').includes('fc.assert(')
  )

const rooms = readdirSync(tests, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && hasLaws(entry.name))
  .map(({ name }) => name)

const unknown = positionals.filter((room) => !rooms.includes(room))
const wrong = Object.entries(values).filter(([, text]) => !/^[1-9]\d*$/.test(text))
if (unknown.length > 0 || wrong.length > 0) {
  if (unknown.length > 0)
    process.stderr.write(`no laws in: ${unknown.join(', ')}; there are some in: ${rooms.join(', ')}\n`)
  for (const [name] of wrong) process.stderr.write(`--${name} takes a whole number above zero\n`)
  process.exit(2)
}

const chosen = positionals.length === 0 ? rooms : positionals
const end = values.minutes === undefined ? Number.POSITIVE_INFINITY : Date.now() + Number(values.minutes) * 60_000
const said = join(cache, 'laws.json')

/** @typedef {{ assertionResults: ReadonlyArray<{ status: string, fullName: string, failureMessages: ReadonlyArray<string> }> }} File */

/** What vitest has written, file by file; nothing where it was stopped before. @returns {ReadonlyArray<File>} */
const filesSaid = () => (existsSync(said) ? JSON.parse(readFileSync(said, 'utf8')).testResults : [])

/** The first lines of what a failure says, without its stack. @param {ReadonlyArray<string>} messages */
const gist = (messages) =>
  messages
    .join('\n')
    .split('\n')
    .filter((line) => !line.trim().startsWith('at '))
    .slice(0, 6)

/**
 * Tries the laws of a room; answers how many tests of it failed.
 *
 * @param {string} room
 * @param {string} seed
 */
const tried = (room, seed) => {
  rmSync(said, { force: true })
  const began = Date.now()
  const left = end - began
  const { status, error, stderr } = spawnSync(
    process.execPath,
    [
      join(root, 'node_modules', 'vitest', 'vitest.mjs'),
      'run',
      '--config=test/tools/vitest.config.ts',
      '--testTimeout=0',
      '--reporter=json',
      `--outputFile=${said}`,
      `test/${room}/`
    ],
    {
      cwd: root,
      encoding: 'utf8',
      env: { ...process.env, LAW_RUNS: values.runs, LAW_SEED: seed },
      stdio: ['ignore', 'ignore', 'pipe'],
      maxBuffer: 64 * 2 ** 20,
      ...(Number.isFinite(left) ? { timeout: left, killSignal: 'SIGKILL' } : {})
    }
  )
  const at = `${room}, seed ${seed}`
  const seconds = Math.round((Date.now() - began) / 1000)
  // Whatever else stops it is a failure.
  if (error !== undefined && 'code' in error && error.code === 'ETIMEDOUT') {
    process.stdout.write(`${at}: stopped after ${seconds} s, for the time is over\n`)
    return 0
  }
  const results = filesSaid().flatMap(({ assertionResults }) => assertionResults)
  const failed = results.filter((result) => result.status === 'failed')
  process.stdout.write(`${at}: ${results.length - failed.length} hold, ${failed.length} do not (${seconds} s)\n`)
  for (const { fullName, failureMessages } of failed)
    process.stdout.write(`  ${fullName}\n    ${gist(failureMessages).join('\n    ')}\n`)
  if (status === 0) return 0
  if (failed.length === 0) process.stdout.write(stderr)
  process.stdout.write(`  again: npm run laws -- --runs ${values.runs} --seed ${seed} ${room}\n`)
  return Math.max(failed.length, 1)
}

mkdirSync(cache, { recursive: true })
let failures = 0
do {
  for (const room of chosen) if (Date.now() < end) failures += tried(room, values.seed ?? String(randomInt(1, 2 ** 31)))
} while (values.minutes !== undefined && values.seed === undefined && Date.now() < end)
process.exitCode = failures === 0 ? 0 : 1
