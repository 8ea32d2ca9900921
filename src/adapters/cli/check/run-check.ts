/**
 * `check`: settings, and a stream of events for what no single one can show.
 *
 * @module
 */
import { isRecord, ownMember } from '../../../ground/json.js'
import { readMunchkinId } from '../../../marketo/munchkin-id.js'
import { mapper } from '../../../v2/mapper.js'
import { servedTwice } from '../../../v2/served-twice.js'
import type { Settings } from '../../../v2/settings.js'
import { parsePiece } from '../input/parse-piece.js'
import type { Counted } from '../input/piece.js'
import { readPieces } from '../input/read-pieces.js'
import { endingOf, problemsOf } from '../map/result.js'
import { countEnding, countUnread, newTally, type Tally } from '../map/tally.js'
import { sameMarketo } from '../map/targets.js'
import type { CheckRequest } from '../request.js'
import { listProblems, readJsonFile, readSettingsFile, type SettingsFile } from '../settings-file.js'
import { printable } from '../text/printable.js'
import { type ExitCode, type Input, refuse, type World } from '../world.js'
import { describeSettings, drawStream, fullRemark } from './draw-report.js'
import { findingsOf } from './findings.js'
import { newWatch, type Watch } from './watch.js'
import { watchEvent } from './watch-event.js'

/** Which Marketo v1 settings serve, beside the one of the v2 settings. */
const compareWithV1 = (v1: string, u: unknown, { name, settings }: SettingsFile): string => {
  const id = isRecord(u) ? (ownMember(u, 'munchkinId') ?? ownMember(u, 'accountId')) : undefined
  const read = readMunchkinId(id, ['accountId'])
  if (read._tag === 'Left') return listProblems(`${printable(v1)}: does not tell which Marketo it serves`, [read.left])
  const twice = servedTwice([
    { contract: 'v1', munchkinId: read.right },
    { contract: 'v2', munchkinId: settings.munchkinId }
  ])
  return twice.length === 0 ? `${printable(v1)}: serves another Marketo, ${read.right}` : sameMarketo(v1, name)
}

/** A stream that was read. */
interface Stream {
  readonly watch: Watch
  readonly tally: Tally
  readonly counted: Counted
  readonly failure: string | undefined
}

const watchStream = async (settings: Settings, input: Input, world: World): Promise<Stream> => {
  const watch = newWatch(settings)
  const tally = newTally()
  const map = mapper(settings)
  const progress = world.startProgress(input.size)
  let counts: Counted = 'line'
  const failure = await readPieces(input.chunks, {
    take: (piece, counted) => {
      counts = counted
      const value = parsePiece(piece)
      if (value._tag === 'Left') return countUnread(tally)
      const verdict = map(value.right)
      countEnding(tally, endingOf(verdict), verdict._tag === 'Left' ? [] : verdict.right, problemsOf(verdict))
      return watchEvent(watch, value.right, verdict, piece.number)
    },
    rest: (bytes) => {
      progress.advance(bytes)
      return Promise.resolve(true)
    }
  })
  progress.stop()
  return { watch, tally, counted: counts, failure }
}

const tellStream = (name: string, { watch, tally, counted }: Stream, world: World): ExitCode => {
  const people = watch.people.count()
  const findings = findingsOf(watch, counted)
  world.out.write(drawStream(name, tally, counted, people, findings, world.columns, world.paint))
  if (watch.people.isFull()) world.out.write(fullRemark)
  return tally.faults > 0 ? 1 : 0
}

/** Carries out `check`. */
export const runCheck = async (request: CheckRequest, world: World): Promise<ExitCode> => {
  const file = await readSettingsFile(world, request.settings)
  if (file._tag === 'Left') return refuse(world, file.left)
  const v1 = request.v1 === null ? null : await readJsonFile(world, request.v1)
  if (v1?._tag === 'Left') return refuse(world, v1.left)
  const input = request.events === null ? null : await world.openInput(request.events)
  if (input?._tag === 'Left') return refuse(world, input.left)
  const { name, settings, remarks } = file.right
  const heading = `${printable(name)}: can be used${remarks.length === 0 ? '' : ', with remarks'}`
  world.out.write(`${listProblems(heading, remarks)}\n  ${describeSettings(settings)}\n`)
  if (request.v1 !== null && v1 !== null) world.out.write(`${compareWithV1(request.v1, v1.right, file.right)}\n`)
  if (input === null) return 0
  const stream = await watchStream(settings, input.right, world)
  if (stream.failure !== undefined) return refuse(world, stream.failure)
  return tellStream(input.right.name, stream, world)
}
