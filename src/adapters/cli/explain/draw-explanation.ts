/**
 * An explanation for people: a table per intent, then what stayed, then the problems.
 *
 *     1. write lead email=ana@example.com: firstName
 *        SENT AS           VALUE              FROM              HOW
 *        fields.firstName  "Ana"              traits.firstName  standard trait firstName, name
 *        by settings and contract: munchkinId = "561-HYG-937", …
 *     By the settings of version 3f0c9a1be244
 *
 * @module
 */

import type { ExplainedMove, Explanation } from '../../../explain/explanation.js'
import { isRecord } from '../../../ground/json.js'
import { type Path, printPath } from '../../../ground/path.js'
import type { Intent } from '../../../intent/intent.js'
import type { Stay } from '../../../intent/trace.js'
import { endingOf } from '../map/result.js'
import { type Cell, cell, drawTable } from '../text/columns.js'
import { describeIntent } from '../text/intent-words.js'
import type { Paint } from '../text/paint.js'
import { printable } from '../text/printable.js'
import { wrap } from '../text/wrap.js'

const indent = (text: string): string => text.replace(/^(?=.)/gm, '   ')

const place = (path: Path): string => printable(printPath(path))

/** What stands at a path of an intent; an explanation itself knows scalars only, and a list without items is a leaf, too. */
const valueAt = (intent: Intent, path: Path): string => {
  let here: unknown = intent
  for (const part of path) here = isRecord(here) || Array.isArray(here) ? Reflect.get(here, part) : undefined
  return printable(JSON.stringify(here) ?? '')
}

const moveRow = (intent: Intent, move: ExplainedMove, from: Path): ReadonlyArray<Cell> =>
  [place(move.to), valueAt(intent, move.to), place(from), printable([move.rule, ...move.did].join('; '))].map(cell)

/** Settings' values in one paragraph; the tag is the heading's already. */
const settled = (intent: Intent, moves: ReadonlyArray<ExplainedMove>, columns: number): string => {
  const texts = moves
    .filter(({ from, to }) => from === null && to[0] !== '_tag')
    .map((move) => `${place(move.to)} = ${valueAt(intent, move.to)}`)
  if (texts.length === 0) return ''
  return `${wrap(`by settings and contract: ${texts.join(', ')}`, columns).join('\n')}\n`
}

const drawIntent = (
  intent: Intent,
  position: number,
  moves: ReadonlyArray<ExplainedMove>,
  columns: number,
  paint: Paint
): string => {
  const title = `${position + 1}. ${describeIntent(intent)}`
  const rows = moves.flatMap((move) => (move.from === null ? [] : [moveRow(intent, move, move.from)]))
  const table = rows.length === 0 ? '' : drawTable(['SENT AS', 'VALUE', 'FROM', 'HOW'], rows, columns, paint)
  return `${paint.strong(title)}\n${indent(table + settled(intent, moves, columns))}`
}

/** Paths that stay for the same reason stand in one row. */
const stayRows = (stays: ReadonlyArray<Stay>): ReadonlyArray<ReadonlyArray<Cell>> => {
  const byReason = new Map<string, Array<string>>()
  for (const { at, why } of stays) byReason.set(why, [...(byReason.get(why) ?? []), place(at)])
  return [...byReason].map(([why, places]) => [cell(places.join(', ')), cell(printable(why))])
}

const drawStays = (stays: ReadonlyArray<Stay>, columns: number, paint: Paint): string => {
  if (stays.length === 0) return ''
  return `\n${paint.strong('What stayed')}\n${indent(drawTable(['VALUE AT', 'WHY'], stayRows(stays), columns, paint))}`
}

const drawProblems = (problems: ReadonlyArray<string>, columns: number, paint: Paint): string => {
  if (problems.length === 0) return ''
  const lines = problems.flatMap((problem) => wrap(problem, columns))
  return `\n${paint.strong('Problems')}\n${indent(lines.join('\n'))}\n`
}

/** The whole explanation; `heading` names the event, `problems` are lines. */
export const drawExplanation = (
  heading: string,
  { settings, verdict, moves, stays }: Explanation,
  problems: ReadonlyArray<string>,
  columns: number,
  paint: Paint
): string => {
  const room = columns - 3
  const intents = verdict._tag === 'Left' ? [] : verdict.right
  const tables = intents.map((intent, i) =>
    drawIntent(
      intent,
      i,
      moves.filter((move) => move.intent === i),
      room,
      paint
    )
  )
  const ending = endingOf(verdict)
  const head = `${paint.strong(heading)}: ${ending === 'remarks' ? 'mapped, with remarks' : ending}\n`
  return [
    head,
    ...tables.map((table) => `\n${table}`),
    drawStays(stays, room, paint),
    drawProblems(problems, room, paint),
    `\nBy the settings of version ${settings}\n`
  ].join('')
}
