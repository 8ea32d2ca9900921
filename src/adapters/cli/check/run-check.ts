/**
 * `check`: settings, and a stream of events for what no single one can show.
 *
 * @module
 */
import { readEvent } from '../../../segment/event.js'
import { servedTwice } from '../../../v2/served-twice.js'
import { type Serving, v1 } from '../contract.js'
import { parsePiece } from '../input/parse-piece.js'
import type { Counted } from '../input/piece.js'
import { readPieces } from '../input/read-pieces.js'
import { endingOf, problemsOf } from '../map/result.js'
import { countEnding, countUnread, newTally, type Tally, tallyObject } from '../map/tally.js'
import { sameMarketo } from '../map/targets.js'
import { fileFlag, fileWord, instanceFlags, sayNext } from '../next.js'
import type { CheckRequest } from '../request.js'
import { listProblems, readSettingsFile, type SettingsFile } from '../settings-file.js'
import { printable } from '../text/printable.js'
import { type ExitCode, type Input, refuse, type World } from '../world.js'
import { type Checked, checkedV1, checkedV2 } from './checked.js'
import { drawSettings, drawStream, fullRemark } from './draw-report.js'
import { newReport, problemValue, type Report } from './report.js'
import { runAgainst } from './run-against.js'
import { runInstance } from './run-instance.js'
import type { Watcher } from './watcher.js'

/** A file's settings: whether they can be used, every remark, and what they come to. */
const drawFile = <S extends Serving>(contract: Checked<S>, file: SettingsFile<S>, columns: number): string => {
  const { name, settings, remarks } = file
  const heading = `${printable(name)}: can be used${remarks.length === 0 ? '' : ', with remarks'}`
  return `${listProblems(heading, remarks)}\n${drawSettings(contract.describe(settings), columns)}`
}

/** The same for programs. */
const fileValue = <S extends Serving>(contract: Checked<S>, { name, settings, remarks }: SettingsFile<S>) => ({
  file: name,
  contract: contract.name,
  says: contract.describe(settings),
  remarks: remarks.map(problemValue)
})

/** Whether v1 settings serve the same Marketo as settings of v2. */
const compare = (before: SettingsFile<Serving>, file: SettingsFile<Serving>): string => {
  const twice = servedTwice([
    { contract: 'v1', munchkinId: before.settings.munchkinId },
    { contract: 'v2', munchkinId: file.settings.munchkinId }
  ])
  if (twice.length > 0) return sameMarketo(before.name, file.name)
  return `${printable(before.name)}: serves another Marketo, ${before.settings.munchkinId}`
}

/** A stream that was read. */
interface Stream {
  readonly watcher: Watcher
  readonly tally: Tally
  readonly counted: Counted
  readonly failure: string | undefined
}

const watchStream = async <S extends Serving>(
  contract: Checked<S>,
  settings: S,
  input: Input,
  world: World
): Promise<Stream> => {
  const watcher = contract.watch(settings)
  const tally = newTally()
  const map = contract.mapper(settings)
  const progress = world.startProgress(input.size, 'beside output')
  let counts: Counted = 'line'
  const failure = await readPieces(input.chunks, {
    take: (piece, counted) => {
      counts = counted
      const value = parsePiece(piece)
      if (value._tag === 'Left') return countUnread(tally)
      const verdict = map(value.right)
      countEnding(tally, endingOf(verdict), verdict._tag === 'Left' ? [] : verdict.right, problemsOf(verdict))
      const event = readEvent(value.right, [])
      return event === undefined ? undefined : watcher.take(event, verdict, piece.number)
    },
    rest: (bytes) => {
      progress.advance(bytes)
      return Promise.resolve(true)
    }
  })
  progress.stop()
  return { watcher, tally, counted: counts, failure }
}

const tellStream = (name: string, { watcher, tally, counted }: Stream, world: World, report: Report): ExitCode => {
  const { people, findings } = watcher
  const found = findings(tally.intents, counted)
  const isFull = people.isFull()
  const drawn = drawStream(name, tally, counted, people.count(), found, world.columns, world.paint)
  const value = { file: name, ...tallyObject(tally), people: people.count(), isFull, findings: found }
  report.tell('stream', value, isFull ? drawn + fullRemark : drawn)
  return tally.faults > 0 ? 1 : 0
}

const checkBy = async <S extends Serving>(
  contract: Checked<S>,
  request: CheckRequest,
  world: World,
  report: Report
): Promise<ExitCode> => {
  const file = await readSettingsFile(contract.decode, world, request.settings)
  if (file._tag === 'Left') return refuse(world, file.left)
  const before = request.v1 === null ? null : await readSettingsFile(v1.decode, world, request.v1)
  if (before?._tag === 'Left') return refuse(world, before.left)
  const input = request.events === null ? null : await world.openInput(request.events)
  if (input?._tag === 'Left') return refuse(world, input.left)
  report.tell('settings', fileValue(contract, file.right), drawFile(contract, file.right, world.columns))
  if (before !== null) {
    const drawn = `${drawFile(checkedV1, before.right, world.columns)}${compare(before.right, file.right)}\n`
    const sameMarketo = before.right.settings.munchkinId === file.right.settings.munchkinId
    report.tell('v1', { ...fileValue(checkedV1, before.right), sameMarketo }, drawn)
  }
  if (input === null) return 0
  const stream = await watchStream(contract, file.right.settings, input.right, world)
  if (stream.failure !== undefined) return refuse(world, stream.failure)
  return tellStream(input.right.name, stream, world, report)
}

/** What the settings come to when they are held against an instance: a file that tells of it, or the instance itself. */
const checkInstance = async (request: CheckRequest, world: World, report: Report): Promise<ExitCode> => {
  if (request.instance !== null) return runInstance(request, request.instance, world, report)
  return request.against === null ? 0 : runAgainst(request, request.against, world, report)
}

const checkAll = async (request: CheckRequest, world: World, report: Report): Promise<ExitCode> => {
  if (request.contract === 'v1') return checkBy(checkedV1, request, world, report)
  const code = await checkBy(checkedV2, request, world, report)
  if (code === 2) return code
  const other = await checkInstance(request, world, report)
  return code === 0 ? other : other === 2 ? 2 : code
}

/** What does not fit the instance may be created; what can be used is tried on events, then sent to nobody. */
const sayNextAfterCheck = (request: CheckRequest, code: ExitCode, world: World): void => {
  const { contract, settings, events, against, instance, credentials } = request
  const own = [...fileFlag('--settings', settings), ...(contract === 'v1' ? ['--contract', 'v1'] : [])]
  const asked = [...fileFlag('--against', against), ...instanceFlags('--to', instance, credentials)]
  if (asked.length > 0 && code === 1) sayNext(world, ['provision', ...own, ...asked])
  else if (events === null) sayNext(world, ['check', ...own, '--events', 'events.ndjson'])
  else if (events !== '-') sayNext(world, ['deliver', fileWord(events), ...own, '--to', 'simulator'])
}

/** Carries out `check`. */
export const runCheck = async (request: CheckRequest, world: World): Promise<ExitCode> => {
  const report = newReport(world)
  const code = await checkAll(request, world, report)
  if (code !== 2) report.end()
  if (code !== 2) sayNextAfterCheck(request, code, world)
  return code
}
