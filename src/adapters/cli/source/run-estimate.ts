/**
 * `source estimate`: what a sync will cost, before the first call.
 *
 * @module
 */
import { estimateSync, type SyncCost, type SyncEstimate } from '../../../source/sync/estimate.js'
import { fileWord, sayNext } from '../next.js'
import type { SourceEstimateRequest } from '../request.js'
import { listProblems } from '../settings-file.js'
import type { Paint } from '../text/paint.js'
import { printable } from '../text/printable.js'
import { type ExitCode, refuse, type World } from '../world.js'
import { sourceSettings } from './source-settings.js'

const numberWidth = 13

const line = (name: string, width: number, ...cells: ReadonlyArray<string>): string =>
  `${name.padEnd(width)}${cells.map((cell) => cell.padStart(numberWidth)).join('')}\n`

const megabytes = ({ bytes }: SyncCost): string => `${(bytes / 1_000_000).toFixed(1)} MB`

const drawEstimate = ({ firstRun, eachDay }: SyncEstimate, paint: Paint): string => {
  const [first, daily] = [new Map(Object.entries(firstRun.calls)), new Map(Object.entries(eachDay.calls))]
  const names = [...new Set([...first.keys(), ...daily.keys()])].sort()
  const width = Math.max('days that it takes'.length, ...names.map((name) => name.length))
  return [
    paint.strong(line('CALLS', width, 'FIRST RUN', 'EACH DAY')),
    ...names.map((name) => line(name, width, String(first.get(name) ?? 0), String(daily.get(name) ?? 0))),
    line('in all', width, String(firstRun.totalCalls), String(eachDay.totalCalls)),
    '\n',
    line('files of jobs', width, megabytes(firstRun), megabytes(eachDay)),
    line('days that it takes', width, String(firstRun.days), String(eachDay.days))
  ].join('')
}

/** Carries out `source estimate`. */
export const runSourceEstimate = async (request: SourceEstimateRequest, world: World): Promise<ExitCode> => {
  const file = await sourceSettings(world, request.settings, {}, {})
  if (file._tag === 'Left') return refuse(world, file.left)
  const { name, settings, remarks } = file.right
  if (remarks.length > 0) world.err.write(`${listProblems(`${printable(name)}: remarks`, remarks)}\n`)
  const estimate = estimateSync(settings, request.volume)
  world.out.write(world.json ? `${JSON.stringify(estimate, null, 2)}\n` : drawEstimate(estimate, world.paint))
  if (estimate.eachDay.days > 1)
    world.err.write('each day’s reading takes longer than a day: read less, or allow more calls\n')
  const since = ['--since', '2024-01-01', '--state', 'state.json']
  const own = [fileWord(request.settings), '--to', settings.munchkinId, '--out', 'rows']
  sayNext(world, ['source', 'sync', ...own, ...since])
  return 0
}
