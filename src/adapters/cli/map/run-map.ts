/**
 * `map`: every event of an input, one after another, in step with whoever reads the answer.
 *
 * @module
 */

import { decodeRecipes } from '../../../recipes/decode.js'
import { type Contract, type Serving, v1, v1Replaced, v2 } from '../contract.js'
import { parsePiece } from '../input/parse-piece.js'
import type { Counted } from '../input/piece.js'
import { readPieces, type Taker } from '../input/read-pieces.js'
import { fileFlag, fileWord, sayNext } from '../next.js'
import { recipeTargets } from '../recipes/targets.js'
import type { MapRequest } from '../request.js'
import { printSaidAsJson, type Said, type SaidUnread, saidUnread, say as sayOn } from '../said.js'
import { readSettingsFiles } from '../settings-file.js'
import { type ExitCode, type Input, refuse, type Sink, type World } from '../world.js'
import { mapEvent, type Result } from './result.js'
import { retiredRemark } from './retired.js'
import { countEnding, countUnread, newTally, type Tally, tallyJson, tallyLines } from './tally.js'
import { type Mappers, mappersFor, remarksOf, remarksOn } from './targets.js'
import type { Writer } from './write.js'
import { curlWriter } from './write-curl.js'
import { intentsWriter } from './write-intents.js'
import { requestsWriter } from './write-requests.js'
import { tableWriter } from './write-table.js'

const writerFor = ({ form, settings }: MapRequest, { columns, paint }: World): Writer => {
  switch (form) {
    case 'intents':
      return intentsWriter
    case 'requests':
      return requestsWriter
    case 'curl':
      return curlWriter
    case 'table':
      return tableWriter(columns, paint, settings.length > 1)
  }
}

/** Where the text of a run goes, and what is counted on the way. */
interface Run {
  readonly world: World
  readonly writer: Writer
  readonly problems: Sink | null
  readonly tally: Tally
  counted: Counted
  isBegun: boolean
  /** The first event that cannot be sent, and the first of which anything is to be said but that a rule keeps it back. */
  firstInvalid: number | null
  firstOdd: number | null
}

const say = ({ world, writer, problems }: Run, said: Said): void => {
  if (problems !== null) problems.write(printSaidAsJson(said))
  else if (!writer.tells) sayOn(world, said)
}

const begin = (run: Run): void => {
  if (run.isBegun) return
  run.isBegun = true
  run.world.out.write(run.writer.head(run.counted))
}

const takeResult = (run: Run, result: Result): void => {
  begin(run)
  const { text, said } = run.writer.event(result)
  run.world.out.write(text)
  for (const one of said) say(run, one)
  if (said.some(({ problem }) => problem.weight === 'invalid')) run.firstInvalid ??= result.number
  if (said.some(({ problem }) => problem.weight !== 'skipped')) run.firstOdd ??= result.number
  if (result.number !== null)
    countEnding(
      run.tally,
      result.ending,
      result.intents,
      said.map(({ problem }) => problem)
    )
}

const takeUnread = (run: Run, said: SaidUnread): void => {
  begin(run)
  run.world.out.write(run.writer.unread(said))
  say(run, said)
  countUnread(run.tally)
}

const takerFor = (run: Run, map: ReturnType<typeof mapEvent>, advance: (bytes: number) => void): Taker => ({
  take: (piece, counted) => {
    run.counted = counted
    const value = parsePiece(piece)
    if (value._tag === 'Right') takeResult(run, map(value.right, piece.number, counted))
    else takeUnread(run, saidUnread(piece.number, counted, value.left))
  },
  rest: async (bytes) => {
    advance(bytes)
    const goesOn = await run.world.out.flush()
    await run.world.err.flush()
    await run.problems?.flush()
    return goesOn
  }
})

/** Maps the whole input; answers why it could not be read to its end, if so. */
const mapAll = async (run: Run, { targets, starting }: Mappers, input: Input): Promise<string | undefined> => {
  const progress = run.world.startProgress(input.size, 'beside output')
  if (starting.length > 0) takeResult(run, mapEvent(starting)(null, null, 'line'))
  const failure = await readPieces(input.chunks, takerFor(run, mapEvent(targets), progress.advance))
  progress.stop()
  return failure
}

/** Explanations exist for v2 settings and one file of them; an event that was read from standard input is there no more. */
const sayNextAfterMap = (run: Run, { input, settings, recipes, contract, side }: MapRequest): void => {
  const first = run.firstInvalid ?? run.firstOdd
  if (first === null || input === '-' || contract !== 'v2' || settings.length !== 1 || recipes.length > 0) return
  const own = [...settings.flatMap((path) => fileFlag('--settings', path)), '--line', String(first)]
  sayNext(run.world, ['explain', fileWord(input), ...own, ...(side === 'browser' ? ['--side', side] : [])])
}

/** Totals and the exit code; nothing is told to somebody who has gone away. */
const finish = async (run: Run, request: MapRequest): Promise<ExitCode> => {
  const { world, writer, tally, counted } = run
  if (!(await world.out.flush())) return 0
  begin(run)
  world.out.write(writer.foot(tally, counted))
  if (!writer.tells) {
    const remark = retiredRemark(tally.intents)
    world.err.write(world.json ? tallyJson(tally) : tallyLines(tally, counted))
    if (remark !== '') world.err.write(`${remark}\n`)
  }
  sayNextAfterMap(run, request)
  return tally.faults > 0 && !request.exitZero ? 1 : 0
}

const mapBy = async <S extends Serving>(
  contract: Contract<S>,
  request: MapRequest,
  world: World
): Promise<ExitCode> => {
  const files = await readSettingsFiles(contract.decode, world, request.settings)
  if (files._tag === 'Left') return refuse(world, files.left)
  const mappers = mappersFor(contract, files.right, request.side)
  if (mappers._tag === 'Left') return refuse(world, mappers.left)
  const rules = await readSettingsFiles(decodeRecipes, world, request.recipes)
  if (rules._tag === 'Left') return refuse(world, rules.left)
  const input = await world.openInput(request.input)
  if (input._tag === 'Left') return refuse(world, input.left)
  const problems = request.problems === null ? null : await world.openOutput(request.problems)
  if (problems?._tag === 'Left') return refuse(world, problems.left)
  for (const remark of [...remarksOn(contract.name, files.right), ...remarksOf(rules.right)])
    world.err.write(`${remark}\n`)
  const isNamed = files.right.length + rules.right.length > 1
  const targets = [...mappers.right.targets, ...recipeTargets(rules.right, isNamed)]
  const run: Run = {
    world,
    writer: writerFor(request, world),
    problems: problems === null ? null : problems.right,
    tally: newTally(),
    counted: 'line',
    isBegun: false,
    firstInvalid: null,
    firstOdd: null
  }
  const failure = await mapAll(run, { ...mappers.right, targets }, input.right)
  await run.problems?.flush()
  return failure === undefined ? finish(run, request) : refuse(world, failure)
}

/** Carries out `map`. */
export const runMap = (request: MapRequest, world: World): Promise<ExitCode> => {
  if (request.contract === 'v2') return mapBy(v2, request, world)
  return mapBy(request.replaceRetired ? v1Replaced : v1, request, world)
}
