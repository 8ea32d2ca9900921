// @ts-check
/**
 * What mutation testing found, as it is committed: for each source its mutants counted, and those that no test killed, each with the
 * reason why it may live.
 *
 * A survivor is known by the text of its line and by what became of it, not by the line's number: code that moves keeps its reasons.
 */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { root } from '../project.mjs'

/**
 * @typedef {object} Survivor
 * @property {number} at the number of the line it begins on, when it was found
 * @property {string} line that line, trimmed
 * @property {string} was what stood there
 * @property {string} is what the mutant put in its place
 * @property {string} because why no test need kill it; empty until somebody has looked
 */

/**
 * @typedef {object} FileReport
 * @property {string} of a digest of the source
 * @property {number} mutants
 * @property {number} killed
 * @property {ReadonlyArray<Survivor>} survivors
 */

/** @typedef {Record<string, FileReport>} RoomReport */

/** @param {string} room */
const pathOf = (room) => join(root, 'test', 'tools', 'mutation', 'found', `${room}.json`)

/** @param {string} room @returns {RoomReport} */
export const reportOf = (room) => (existsSync(pathOf(room)) ? JSON.parse(readFileSync(pathOf(room), 'utf8')) : {})

/** @param {string} room @param {RoomReport} report */
export const writeReport = (room, report) => {
  const sorted = Object.fromEntries(Object.entries(report).sort(([a], [b]) => (a < b ? -1 : 1)))
  mkdirSync(dirname(pathOf(room)), { recursive: true })
  writeFileSync(pathOf(room), `${JSON.stringify(sorted, null, 2)}\n`)
}

/** @param {string} path from the root */
export const digestOf = (path) =>
  createHash('sha256')
    .update(readFileSync(join(root, path)))
    .digest('hex')
    .slice(0, 16)

const widest = 120

/** @param {string} text */
const onOneLine = (text) => text.replace(/\s+/g, ' ').trim()

/** One line, cut where nobody reads on. @param {string} text */
const brief = (text) => onOneLine(text).slice(0, widest)

/**
 * What stood there and what came in its place, on one line each; where they are long, from shortly before they part, so that two mutants
 * of one long text never read alike.
 *
 * @param {string} was
 * @param {string} is
 */
const parted = (was, is) => {
  const [old, made] = [onOneLine(was), onOneLine(is)]
  if (Math.max(old.length, made.length) <= widest) return { was: old, is: made }
  let at = 0
  while (at < old.length && old[at] === made[at]) at += 1
  const from = Math.max(0, at - widest / 4)
  const ellipsis = from === 0 ? '' : '…'
  return { was: ellipsis + old.slice(from, from + widest), is: ellipsis + made.slice(from, from + widest) }
}

/**
 * A survivor as it is told.
 *
 * @param {string} source
 * @param {import('@stryker-mutator/api/core').MutantResult} mutant
 * @returns {Survivor}
 */
const toldOf = (source, { location: { start, end }, replacement }) => {
  // Lines and columns are counted from 1.
  const lines = source.split('\n').slice(start.line - 1, end.line)
  const last = lines.length - 1
  const was = lines.map((text, k) =>
    text.slice(k === 0 ? start.column - 1 : 0, k === last ? end.column - 1 : undefined)
  )
  return {
    at: start.line,
    line: brief(lines[0] ?? ''),
    ...parted(was.join('\n'), replacement ?? ''),
    because: ''
  }
}

/** @param {Survivor} survivor */
const keyOf = ({ line, was, is }) => JSON.stringify([line, was, is])

/**
 * What is now known of a source. A survivor that was there before keeps its reason; of several that read alike, each takes one.
 *
 * @param {string} path
 * @param {ReadonlyArray<import('@stryker-mutator/api/core').MutantResult>} mutants
 * @param {FileReport | undefined} before
 * @returns {FileReport}
 */
export const fileReport = (path, mutants, before) => {
  const source = readFileSync(join(root, path), 'utf8')
  const counted = mutants.filter(({ status }) => status !== 'Ignored' && status !== 'CompileError')
  const lived = counted.filter(({ status }) => status !== 'Killed' && status !== 'Timeout')
  /** @type {Map<string, Array<string>>} */
  const reasons = new Map()
  for (const old of before?.survivors ?? []) reasons.set(keyOf(old), [...(reasons.get(keyOf(old)) ?? []), old.because])
  const survivors = lived.map((mutant) => {
    const told = toldOf(source, mutant)
    return { ...told, because: reasons.get(keyOf(told))?.shift() ?? '' }
  })
  return { of: digestOf(path), mutants: counted.length, killed: counted.length - lived.length, survivors }
}

/** Whether somebody said why it may live; that nobody has tried yet is no reason. @param {Pick<Survivor, 'because'>} survivor */
export const isExplained = ({ because }) => because.trim() !== '' && !because.startsWith('Not tried')

/** The share of mutants that were killed, in percent. @param {ReadonlyArray<{ mutants: number, killed: number }>} files */
export const scoreOf = (files) => {
  const mutants = files.reduce((sum, file) => sum + file.mutants, 0)
  return mutants === 0 ? 100 : (100 * files.reduce((sum, file) => sum + file.killed, 0)) / mutants
}
