/**
 * Why suggested settings are as they are: a row for each name, as a table for people and as lines of JSON for programs.
 *
 *     WHAT      NAME           TIMES  GOES TO                 WHY
 *     trait     plan_name         12  planName (string)       the same but for case, separators or its ending
 *     trait     size               3  –                       nothing is called so
 *
 * @module
 */
import { describeProblem, type Problem } from '../../../ground/problem.js'
import type { MatchWay } from '../../../settings/suggest/match-names.js'
import type { SuggestedRow, Suggestion } from '../../../settings/suggest/suggestion.js'
import { problemJson } from '../said.js'
import { cell, drawTable } from '../text/columns.js'
import { printable } from '../text/printable.js'
import type { World } from '../world.js'

// biome-ignore format: table
const words: Readonly<Record<MatchWay, string>> = {
  same:         'the same name',
  spelling:     'the same but for case, separators or its ending',
  'other-name': 'its label, or another of its names',
  'one-letter': 'one letter apart: see whether it is meant'
}

const whyOf = ({ to, why }: SuggestedRow): string =>
  printable(to === null ? why : (new Map<string, string>(Object.entries(words)).get(why) ?? why))

const nameOf = ({ of, name }: SuggestedRow): string => printable(of === null ? name : `${of}: ${name}`)

const goalOf = ({ to, type }: SuggestedRow): string =>
  to === null ? '–' : printable(type === null ? to : `${to} (${type})`)

const headings = ['WHAT', 'NAME', 'TIMES', 'GOES TO', 'WHY']

/** How many names of a kind there are, and how many of them have a row. */
const countOf = (rows: ReadonlyArray<SuggestedRow>, what: SuggestedRow['what']) => {
  const all = rows.filter((row) => row.what === what)
  return { seen: all.length, mapped: all.filter(({ to }) => to !== null).length }
}

/** How many of a kind have a row; nothing where there are none. */
const drawCount = (rows: ReadonlyArray<SuggestedRow>, what: 'trait' | 'event'): string => {
  const { seen, mapped } = countOf(rows, what)
  return seen === 0
    ? ''
    : `${mapped} of ${seen} ${what}${seen === 1 ? '' : 's'} ${mapped === 1 ? 'has' : 'have'} a row\n`
}

const drawReasons = (
  { rows, hints }: Suggestion,
  remarks: ReadonlyArray<Problem>,
  unreadable: number,
  world: World
): string => {
  const cells = rows.map((row) => [row.what, nameOf(row), row.times, goalOf(row), whyOf(row)].map(cell))
  return [
    rows.length === 0 ? '' : drawTable(headings, cells, world.columns, world.errPaint),
    ...[...remarks, ...hints].map((hint) => `hint: ${printable(describeProblem(hint))}\n`),
    drawCount(rows, 'trait'),
    drawCount(rows, 'event'),
    unreadable === 0 ? '' : `${unreadable} unreadable ${unreadable === 1 ? 'line' : 'lines'}\n`
  ].join('')
}

/** A row as a line of JSON: in words as any remark, and as it is. */
const rowJson = (row: SuggestedRow): string => {
  const remark = { line: null, messageId: null, settings: null, weight: 'note', at: null }
  const goes = row.to === null ? 'has no row' : `goes to ${goalOf(row)}`
  const text = `${row.what} ${nameOf(row)} ${goes}: ${whyOf(row)}`
  return `${JSON.stringify({ ...remark, text, problem: null, row })}\n`
}

const reasonsJson = (
  { rows, hints }: Suggestion,
  remarks: ReadonlyArray<Problem>,
  unreadable: number
): ReadonlyArray<string> => {
  const totals = { traits: countOf(rows, 'trait'), events: countOf(rows, 'event'), unreadable }
  return [...rows.map(rowJson), ...[...remarks, ...hints].map(problemJson), `${JSON.stringify({ totals })}\n`]
}

/** Says on standard error why each name has its row or has none; `unreadable` is how many lines of events were none. */
export const sayReasons = (
  suggestion: Suggestion,
  remarks: ReadonlyArray<Problem>,
  unreadable: number,
  world: World
): void =>
  world.err.write(
    world.json
      ? reasonsJson(suggestion, remarks, unreadable).join('')
      : drawReasons(suggestion, remarks, unreadable, world)
  )
