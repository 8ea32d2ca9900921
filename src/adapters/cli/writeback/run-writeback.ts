/**
 * `writeback`: activities of Marketo as Segment events.
 *
 * @module
 */
import * as E from 'fp-ts/Either'
import { describeProblem, type Problem } from '../../../ground/problem.js'
import { decodeWritebackSettings } from '../../../writeback/decode-settings.js'
import { eventOf, type WritebackContext } from '../../../writeback/event-of.js'
import type { Written } from '../../../writeback/track-call.js'
import type { WritebackRequest } from '../request.js'
import { paintWeight, problemJson } from '../said.js'
import { listProblems, readJsonFile, readSettingsFile } from '../settings-file.js'
import { printable } from '../text/printable.js'
import { type ExitCode, type Input, refuse, type World } from '../world.js'
import { readActivities } from './read-activities.js'
import { readContext } from './read-context.js'
import { batchLines, type EventWriter, eventLines } from './write-events.js'

/** How many activities there were, and what became of them. */
interface Counts {
  activities: number
  events: number
  skipped: number
  invalid: number
  unread: number
}

/** What is known, if anything is told; and what is to be said of it. */
const contextIn = async (world: World, path: string | null): Promise<E.Either<string, WritebackContext>> => {
  if (path === null) return E.right({})
  const json = await readJsonFile(world, path)
  if (json._tag === 'Left') return json
  const read = readContext(json.right)
  if (read._tag === 'Left') return E.left(listProblems(`${printable(path)}: cannot be used`, read.left))
  if (read._tag === 'Both') world.err.write(`${listProblems(`${printable(path)}: remarks`, read.left)}\n`)
  return E.right(read.right)
}

const isCsv = ({ input, csv }: WritebackRequest): boolean => csv || /\.csv$/i.test(input)

const count = (counts: Counts, written: Written): void => {
  counts.activities += 1
  if (written._tag !== 'Left') counts.events += 1
  else if (written.left[0].weight === 'skipped') counts.skipped += 1
  else counts.invalid += 1
}

const totals = ({ activities, events, skipped, invalid, unread }: Counts): string =>
  `${activities} activities: ${events} events, ${skipped} skipped, ${invalid} invalid, ${unread} unreadable\n`

/** Says a problem of the activity at a place such as `line 3`. */
const sayOf = (world: World, place: string, problem: Problem): void => {
  const text = `${place}: ${printable(describeProblem(problem))} ${paintWeight(problem.weight, world.errPaint)}\n`
  world.err.write(world.json ? problemJson(problem, Number(place.slice(place.lastIndexOf(' ') + 1))) : text)
}

const writeAll = async (
  request: WritebackRequest,
  world: World,
  input: Input,
  write: EventWriter,
  make: (activity: unknown) => Written
): Promise<ExitCode> => {
  const counts: Counts = { activities: 0, events: 0, skipped: 0, invalid: 0, unread: 0 }
  const progress = world.startProgress(input.size, 'beside output')
  const failure = await readActivities(input, isCsv(request), {
    take: (taken) => {
      if (taken._tag === 'Unread') {
        counts.unread += 1
        world.err.write(`${taken.place}: ${taken.why} ${paintWeight('unreadable', world.errPaint)}\n`)
        return
      }
      const written = make(taken.activity)
      count(counts, written)
      if (written._tag !== 'Left') world.out.write(write.event(written.right))
      if (written._tag === 'Right') return
      for (const problem of written.left) sayOf(world, taken.place, problem)
    },
    rest: async (bytes) => {
      progress.advance(bytes)
      await world.err.flush()
      return world.out.flush()
    }
  })
  progress.stop()
  world.out.write(write.end())
  if (failure !== undefined) return refuse(world, failure)
  world.err.write(world.json ? `${JSON.stringify({ totals: counts })}\n` : totals(counts))
  return (counts.invalid > 0 || counts.unread > 0) && !request.exitZero ? 1 : 0
}

/** Carries out `writeback`. */
export const runWriteback = async (request: WritebackRequest, world: World): Promise<ExitCode> => {
  const file = await readSettingsFile(decodeWritebackSettings, world, request.settings)
  if (file._tag === 'Left') return refuse(world, file.left)
  const { name, settings, remarks } = file.right
  const context = await contextIn(world, request.context)
  if (context._tag === 'Left') return refuse(world, context.left)
  const input = await world.openInput(request.input)
  if (input._tag === 'Left') return refuse(world, input.left)
  if (remarks.length > 0) world.err.write(`${listProblems(`${printable(name)}: remarks`, remarks)}\n`)
  const write = request.form === 'events' ? eventLines : batchLines(request.region)
  const make = eventOf(settings)
  return writeAll(request, world, input.right, write, (activity) => make(activity, context.right))
}
