/**
 * `migrate`: settings of v1 and a stream of events as settings of v2 and a page of what is to be done.
 *
 * @module
 */
import * as E from 'fp-ts/Either'
import { isRecord } from '../../../ground/json.js'
import type { Problem } from '../../../ground/problem.js'
import { readEvent } from '../../../segment/event.js'
import { type BackfillBag, newBackfillBag } from '../../../settings/backfill.js'
import {
  finishMigration,
  type Migration,
  type MigrationState,
  startMigration,
  watchForMigration
} from '../../../settings/migration.js'
import { printMigration } from '../../../settings/print-migration.js'
import { v1 } from '../contract.js'
import { parsePiece } from '../input/parse-piece.js'
import type { Counted } from '../input/piece.js'
import { readPieces } from '../input/read-pieces.js'
import { messageIdOf } from '../map/result.js'
import { remarksOn } from '../map/targets.js'
import { sayNext } from '../next.js'
import type { MigrateRequest } from '../request.js'
import { saidUnread, say } from '../said.js'
import { readJsonFile, readSettingsFile } from '../settings-file.js'
import { printable } from '../text/printable.js'
import { type ExitCode, type Input, refuse, type Sink, type World } from '../world.js'
import { writeBackfill } from './write-backfill.js'

/** The ids of a file, by event; what is wrong with one of them is for the report to say. */
const readIds = async (
  world: World,
  path: string | null
): Promise<E.Either<string, Readonly<Record<string, number>>>> => {
  if (path === null) return E.right({})
  const json = await readJsonFile(world, path)
  if (json._tag === 'Left') return json
  if (!isRecord(json.right)) return E.left(`${printable(path)}: expected an object of events and ids`)
  const events = Object.entries(json.right).filter(([name]) => name !== '$schema')
  const ids = events.map(([event, id]): readonly [string, number] => [
    event,
    typeof id === 'string' && /^\d{1,15}$/.test(id) ? Number(id) : typeof id === 'number' ? id : Number.NaN
  ])
  return E.right(Object.fromEntries(ids))
}

/** Whether a value is an event; says why not. */
const isEvent = (value: unknown, number: number, counted: Counted, world: World): boolean => {
  const problems: Array<Problem> = []
  const event = readEvent(value, problems)
  for (const problem of problems)
    say(world, { _tag: 'Problem', number, counted, messageId: messageIdOf(value), settings: null, problem })
  return event !== undefined
}

/** A stream that was read. */
interface Stream {
  readonly state: MigrationState
  readonly bag: BackfillBag | null
  readonly counted: Counted
  readonly failure: string | undefined
}

const watchStream = async (
  start: MigrationState,
  bag: BackfillBag | null,
  input: Input,
  world: World
): Promise<Stream> => {
  const progress = world.startProgress(input.size, 'beside output')
  let state = start
  let counts: Counted = 'line'
  const failure = await readPieces(input.chunks, {
    take: (piece, counted) => {
      counts = counted
      const value = parsePiece(piece)
      if (value._tag === 'Left') say(world, saidUnread(piece.number, counted, value.left))
      else if (isEvent(value.right, piece.number, counted, world)) bag?.add(value.right, piece.number)
      state = watchForMigration(state, value._tag === 'Left' ? undefined : value.right)
    },
    rest: async (bytes) => {
      progress.advance(bytes)
      await world.err.flush()
      return true
    }
  })
  progress.stop()
  return { state, bag, counted: counts, failure }
}

const printReport = (migration: Migration, { form }: MigrateRequest): string =>
  form === 'json' ? `${JSON.stringify(migration, null, 2)}\n` : printMigration(migration)

/** Opened before the stream is read, so that a path that cannot be written to is told at once. */
const openCsv = async (world: World, path: string | null): Promise<E.Either<string, Sink | null>> =>
  path === null ? E.right(null) : world.openOutput(path)

/** Carries out `migrate`. */
export const runMigrate = async (request: MigrateRequest, world: World): Promise<ExitCode> => {
  const file = await readSettingsFile(v1.decode, world, request.settings)
  if (file._tag === 'Left') return refuse(world, file.left)
  const ids = await readIds(world, request.ids)
  if (ids._tag === 'Left') return refuse(world, ids.left)
  const input = await world.openInput(request.input)
  if (input._tag === 'Left') return refuse(world, input.left)
  const csv = await openCsv(world, request.csv)
  if (csv._tag === 'Left') return refuse(world, csv.left)
  for (const remark of remarksOn(v1.name, [file.right])) world.err.write(`${remark}\n`)
  const start = startMigration(file.right.settings, { activityTypeIds: ids.right })
  const stream = await watchStream(start, csv.right === null ? null : newBackfillBag(), input.right, world)
  if (stream.failure !== undefined) return refuse(world, stream.failure)
  const migration = finishMigration(stream.state)
  world.out.write(printReport(migration, request))
  if (request.csv !== null && csv.right !== null && stream.bag !== null) {
    const refusal = await writeBackfill(stream.bag.finish(), request.csv, csv.right, stream.counted, world)
    if (refusal !== undefined) return refuse(world, refusal)
  }
  sayNext(world, ['check', '--settings', 'settings.json'], 'put the settings above into settings.json, then ')
  return migration.report.events.unreadable > 0 || migration.report.problems.length > 0 ? 1 : 0
}
