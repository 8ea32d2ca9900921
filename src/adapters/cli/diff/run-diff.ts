/**
 * `diff`: which outputs change when one settings file takes the place of another, on a stream of events.
 *
 *     old.json 1f0c3d2ab4e6 → new.json 77aa01c3b2d9: 4 of 55 events change
 *
 *       4 of 12  identify
 *             4  UpsertLead.fields.planName  added
 *
 * It names places, events and counts, and no value.
 *
 * @module
 */
import { type ChangedKind, newComparison, type SettingsDiff } from '../../../settings/diff-settings.js'
import { v2 } from '../contract.js'
import { parsePiece } from '../input/parse-piece.js'
import { readPieces } from '../input/read-pieces.js'
import { fileFlag, fileWord, sayNext } from '../next.js'
import type { DiffRequest } from '../request.js'
import { readSettingsFile } from '../settings-file.js'
import { printable } from '../text/printable.js'
import { type ExitCode, refuse, type World } from '../world.js'

const drawKind = ({ type, event, events, changed, places }: ChangedKind): string => {
  const name = event === null ? type : `${type} ${JSON.stringify(event)}`
  const lines = places.map(
    ({ place, change, events: n }) => `${String(n).padStart(11)}  ${printable(place)}  ${change}\n`
  )
  return `\n${`${changed} of ${events}`.padStart(11)}  ${printable(name)}\n${lines.join('')}`
}

/** A comparison, drawn. */
const drawDiff = ({ before, after }: DiffRequest, diff: SettingsDiff, unread: number): string => {
  const files = `${printable(before)} ${diff.before} → ${printable(after)} ${diff.after}`
  const lost = unread === 0 ? '' : `; ${unread} unreadable lines`
  return `${files}: ${diff.changed} of ${diff.events} events change${lost}\n${diff.kinds.map(drawKind).join('')}`
}

/** Carries out `diff`. */
export const runDiff = async (request: DiffRequest, world: World): Promise<ExitCode> => {
  const before = await readSettingsFile(v2.decode, world, request.before)
  if (before._tag === 'Left') return refuse(world, before.left)
  const after = await readSettingsFile(v2.decode, world, request.after)
  if (after._tag === 'Left') return refuse(world, after.left)
  const input = await world.openInput(request.events)
  if (input._tag === 'Left') return refuse(world, input.left)
  const comparison = newComparison(before.right.settings, after.right.settings)
  let unread = 0
  const failure = await readPieces(input.right.chunks, {
    take: (piece) => {
      const value = parsePiece(piece)
      if (value._tag === 'Left') unread += 1
      else comparison.take(value.right)
    },
    rest: () => Promise.resolve(true)
  })
  if (failure !== undefined) return refuse(world, failure)
  const diff = comparison.told()
  world.out.write(
    request.json ? `${JSON.stringify({ ...diff, unreadable: unread }, null, 2)}\n` : drawDiff(request, diff, unread)
  )
  const { after: path, events } = request
  if (diff.changed > 0 && events !== '-')
    sayNext(world, ['map', fileWord(events), ...fileFlag('--settings', path), '--as', 'table'])
  return unread > 0 ? 1 : 0
}
