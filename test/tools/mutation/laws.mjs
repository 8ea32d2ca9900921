// @ts-check
/**
 * Which laws find mutants: each law meets the same sample of them, whatever else fails.
 *
 *     npm run mutate:laws                       every room, one line in ten
 *     npm run mutate:laws -- pace --every 1     these rooms, each line
 *     npm run mutate:laws -- src/pace/budget    the sources whose paths begin so, told beside their room
 *
 * A law that finds none says less than it seems to. What was found is written to test/tools/mutation/found/laws.json.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { root } from '../project.mjs'
import { lawsIn } from './harness.mjs'
import { lawRooms, sourcesOf } from './rooms.mjs'
import { mutated } from './stryker.mjs'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    every: { type: 'string', default: '10' },
    runs: { type: 'string', default: '15' },
    concurrency: { type: 'string', default: '2' }
  }
})

/**
 * @typedef {object} Kills
 * @property {number} met mutants whose code a test of the law ran
 * @property {number} killed those that such a test failed for
 */

/** By room, by law. @typedef {Record<string, Record<string, Kills>>} Found */

const path = join(root, 'test', 'tools', 'mutation', 'found', 'laws.json')

/** One line in so many, and its neighbours: a mutant is taken that begins and ends there. */
const wide = 3

/** @param {string} source @param {number} first */
const sampled = (source, first) => {
  const every = Number(values.every) * wide
  const lines = readFileSync(join(root, source), 'utf8').split('\n').length
  /** @type {Array<string>} */
  const parts = []
  for (let at = 1 + ((first * wide) % every); at <= lines; at += every) parts.push(`${source}:${at}-${at + wide - 1}`)
  return values.every === '1' ? [source] : parts
}

process.chdir(root)
for (const asked of positionals.length === 0 ? lawRooms : positionals) {
  const began = Date.now()
  const room =
    lawRooms.find((name) => name === asked || sourcesOf(name).some((path) => path.startsWith(asked))) ?? asked
  const sources = sourcesOf(room).filter((path) => room === asked || path.startsWith(asked))
  const results = await mutated({
    room,
    mutate: sources.flatMap(sampled),
    runs: Number(values.runs),
    concurrency: Number(values.concurrency),
    laws: true
  })
  /** @type {Map<string, { met: number, killed: number }>} */
  const found = new Map()
  for (const { coveredBy = [], killedBy = [] } of results) {
    const killing = new Set(killedBy.flatMap(lawsIn))
    for (const law of new Set([...coveredBy.flatMap(lawsIn), ...killing])) {
      const so = found.get(law) ?? { met: 0, killed: 0 }
      found.set(law, { met: so.met + 1, killed: so.killed + (killing.has(law) ? 1 : 0) })
    }
  }
  /** @type {Found} */
  const before = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {}
  const after = { ...before, [asked]: Object.fromEntries([...found].sort(([a], [b]) => (a < b ? -1 : 1))) }
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(
    path,
    `${JSON.stringify(Object.fromEntries(Object.entries(after).sort(([a], [b]) => (a < b ? -1 : 1))), null, 2)}\n`
  )
  const idle = [...found].filter(([, { killed }]) => killed === 0).map(([law]) => law)
  console.log(
    `${asked}: ${results.length} mutants, ${found.size} laws, ${Math.round((Date.now() - began) / 1000)} s${idle.length === 0 ? '' : `; killed none: ${idle.join(' ')}`}`
  )
}
