/**
 * `suggest`: settings of v2 out of events and what an instance has. The settings go to standard output; why they are so, to standard error.
 *
 *     WHAT      NAME           TIMES  GOES TO                 WHY
 *     trait     plan_name         12  planName (string)       same but for case or separators
 *     trait     size               3  –                       nothing is called so
 *
 * It tells names and counts, and no value.
 *
 * @module
 */
import * as E from 'fp-ts/Either'
import { describeProblem, type Problem } from '../../../ground/problem.js'
import { foldMunchkinId, type MunchkinId } from '../../../marketo/munchkin-id.js'
import type { Instance } from '../../../settings/instance.js'
import type { MatchWay } from '../../../settings/suggest/match-names.js'
import { newSuggesting } from '../../../settings/suggest/suggest.js'
import type { SuggestedRow, Suggestion } from '../../../settings/suggest/suggestion.js'
import { readInstanceFile } from '../check/run-against.js'
import { parsePiece } from '../input/parse-piece.js'
import { readPieces } from '../input/read-pieces.js'
import { askInstance, instanceGoal } from '../instance/ask.js'
import type { SuggestRequest } from '../request.js'
import { type Cell, cell, drawTable } from '../text/columns.js'
import { printable } from '../text/printable.js'
import { type ExitCode, refuse, type World } from '../world.js'

// biome-ignore format: table
const words: Readonly<Record<MatchWay, string>> = {
  same:         'the same name',
  spelling:     'the same but for case, separators or its ending',
  'other-name': 'its label, or another of its names',
  'one-letter': 'one letter apart: see whether it is meant'
}

const whyOf = ({ to, why }: SuggestedRow): string =>
  to === null ? why : (new Map<string, string>(Object.entries(words)).get(why) ?? why)

const cellsOf = (row: SuggestedRow): ReadonlyArray<Cell> => {
  const { what, of, name, times, to, type } = row
  const called = of === null ? name : `${of}: ${name}`
  const goes = to === null ? '–' : type === null ? to : `${to} (${type})`
  return [what, printable(called), times, printable(goes), printable(whyOf(row))].map(cell)
}

const headings = ['WHAT', 'NAME', 'TIMES', 'GOES TO', 'WHY']

/** How many of a kind have a row; nothing where there are none. */
const countOf = (rows: ReadonlyArray<SuggestedRow>, what: 'trait' | 'event'): ReadonlyArray<string> => {
  const all = rows.filter((row) => row.what === what)
  const few = all.filter(({ to }) => to !== null).length
  return all.length === 0
    ? []
    : [`${few} of ${all.length} ${what}${all.length === 1 ? '' : 's'} ${few === 1 ? 'has' : 'have'} a row\n`]
}

const drawRows = ({ rows, hints }: Suggestion, remarks: ReadonlyArray<Problem>, world: World): string =>
  [
    rows.length === 0 ? '' : drawTable(headings, rows.map(cellsOf), world.columns, world.paint),
    ...[...remarks, ...hints].map((hint) => `hint: ${printable(describeProblem(hint))}\n`),
    ...countOf(rows, 'trait'),
    ...countOf(rows, 'event')
  ].join('')

/** An instance, and what is to be said of it. */
interface Told {
  readonly instance: Instance
  readonly remarks: ReadonlyArray<Problem>
}

const parts = ['describe', 'describe2', 'activityTypes'] as const

const asked = async (
  request: SuggestRequest,
  to: string,
  munchkinId: MunchkinId,
  world: World
): Promise<E.Either<string, Told>> => {
  const names = { flag: '--instance', settings: '--munchkin-id' }
  const goal = await instanceGoal({ to, credentials: request.credentials }, munchkinId, names, world)
  if (goal._tag === 'Left') return goal
  try {
    const told = await askInstance(goal.right, munchkinId, parts, world)
    if (told._tag === 'Left') return told
    return E.right({ instance: told.right.read.instance, remarks: told.right.read.problems })
  } finally {
    await goal.right.close()
  }
}

/** Carries out `suggest`. */
export const runSuggest = async (request: SuggestRequest, world: World): Promise<ExitCode> => {
  const munchkinId = foldMunchkinId(request.munchkinId)
  if (munchkinId === undefined) return refuse(world, `${printable(request.munchkinId)} is no munchkin id`)
  const told =
    request.instance === null
      ? await readInstanceFile(world, request.against ?? '')
      : await asked(request, request.instance, munchkinId, world)
  if (told._tag === 'Left') return refuse(world, told.left)
  const input = await world.openInput(request.input)
  if (input._tag === 'Left') return refuse(world, input.left)
  const suggesting = newSuggesting(munchkinId, told.right.instance)
  let unread = 0
  const failure = await readPieces(input.right.chunks, {
    take: (piece) => {
      const value = parsePiece(piece)
      if (value._tag === 'Left') unread += 1
      else suggesting.take(value.right)
    },
    rest: () => Promise.resolve(true)
  })
  if (failure !== undefined) return refuse(world, failure)
  const suggestion = suggesting.told()
  world.out.write(`${JSON.stringify(suggestion.settings, null, 2)}\n`)
  world.err.write(drawRows(suggestion, told.right.remarks, world))
  if (unread > 0) world.err.write(`${unread} unreadable ${unread === 1 ? 'line' : 'lines'}\n`)
  return unread > 0 ? 1 : 0
}
