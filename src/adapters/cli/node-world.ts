/**
 * The real world: a process with its streams, terminal and files.
 *
 * @module
 */
import type { Readable, Writable } from 'node:stream'
import * as E from 'fp-ts/Either'
import { runtimeNow, runtimeSleep } from '../fetch/runtime.js'
import { startSimulatorServer } from '../simulator-server/server.js'
import { openInput, openOutput, readText, streamInput } from './node-files.js'
import { nodeStorage } from './node-storage.js'
import { clearLine, newProgress, newStatus, noProgress, noStatus } from './progress.js'
import { sinkInto } from './stream-sink.js'
import { colourPaint, plainPaint, wantsColour } from './text/paint.js'
import type { Input, Network, World } from './world.js'

/** A stream that may be a terminal. */
interface Terminal {
  readonly isTTY?: boolean | undefined
  readonly columns?: number | undefined
}

/** The parts of a process that a world is made of. */
export interface Process {
  readonly stdin: Readable & Terminal
  readonly stdout: Writable & Terminal
  readonly stderr: Writable & Terminal
  readonly env: Readonly<Record<string, string | undefined>>
}

const standardInput = ({ stdin, stderr }: Process): Input => {
  if (stdin.isTTY === true) stderr.write('reading events from the terminal; end with Ctrl-D\n')
  return streamInput(stdin, 'standard input')
}

const paperColumns = 100

const columnsOf = ({ stdout, env }: Process): number => {
  const given = stdout.isTTY === true ? stdout.columns : Number(env.COLUMNS)
  return given !== undefined && given >= 40 ? Math.floor(given) : paperColumns
}

/** The network of this machine. */
const network: Network = {
  fetch: (url, init) => fetch(url, init),
  now: runtimeNow,
  sleep: runtimeSleep,
  startSimulator: (options) => startSimulatorServer(options)
}

/**
 * The world of a process. Progress is shown where problems go to a terminal and the answer does not, or comes only at the end.
 * `onInterrupt` is told what to do at Ctrl-C.
 */
export const nodeWorld = (process: Process, version: string, onInterrupt: World['onInterrupt']): World => {
  const { stdout, stderr, env } = process
  let isDrawn = false
  const draw = (text: string): void => {
    stderr.write(text)
  }
  return {
    version,
    out: sinkInto(stdout, 'standard output'),
    err: sinkInto(stderr, 'standard error', () => (isDrawn ? clearLine : '')),
    columns: columnsOf(process),
    paint: wantsColour(stdout.isTTY === true, env) ? colourPaint : plainPaint,
    errPaint: wantsColour(stderr.isTTY === true, env) ? colourPaint : plainPaint,
    json: false,
    readText,
    openInput: async (path) => (path === '-' ? E.right(standardInput(process)) : openInput(path)),
    openOutput: (path) => Promise.resolve(openOutput(path)),
    startProgress: (size, how) => {
      isDrawn = stderr.isTTY === true && (how === 'alone' || stdout.isTTY !== true)
      return isDrawn ? newProgress(size, draw, Date.now) : noProgress
    },
    startStatus: () => {
      isDrawn = stderr.isTTY === true
      return isDrawn ? newStatus(stderr.columns ?? paperColumns, draw, Date.now) : noStatus
    },
    storage: nodeStorage,
    network,
    env: (name) => env[name],
    onInterrupt
  }
}
