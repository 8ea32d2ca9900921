/**
 * The world as a command sees it: files, two streams to write to, and the width and colours of what they lead to.
 *
 * Commands are functions of a world, so that a test can run one on texts in memory; `node-world.ts` is the real one.
 *
 * @module
 */
import type { Either } from 'fp-ts/Either'
import type { SimulatorOptions } from '../../simulator/options.js'
import type { FetchLike, Sleep } from '../fetch/runtime.js'
import type { SimulatorServer } from '../simulator-server/server.js'
import { jsonRefusal } from './json-lines.js'
import type { Paint } from './text/paint.js'

/** Somewhere to write. `write` keeps; `flush` sends on, waits for room, and answers whether anybody still reads. A full disk throws. */
export interface Sink {
  readonly write: (text: string) => void
  readonly flush: () => Promise<boolean>
}

/** Something to read from, in chunks. `size` is null where nobody knows it. A read that fails ends with `Left` and why. */
export interface Input {
  readonly name: string
  readonly size: number | null
  readonly chunks: AsyncIterable<Either<string, Buffer>>
}

/** How far a long read has got, for whoever looks at a terminal. */
export interface Progress {
  readonly advance: (bytes: number) => void
  readonly stop: () => void
}

/** A line that says how far something has got; each text takes the place of the one before. */
export interface Status {
  readonly show: (text: string) => void
  readonly stop: () => void
}

/** Why there is no text: of all reasons the one that may be well. */
export const noSuchFile = 'there is no such file'

/** Files that are kept from one command to the next. A full disk throws. */
export interface Storage {
  /** A folder, made where there is none; or why it cannot be. */
  readonly makeFolder: (path: string) => Promise<Either<string, null>>
  /** What is written stands behind what is there. */
  readonly openAppend: (path: string) => Promise<Either<string, Sink>>
  /** A text in the place of what is there, all of it or nothing. */
  readonly replaceText: (path: string, text: string) => Promise<void>
  /** A file under another's name, in its place. */
  readonly rename: (from: string, to: string) => Promise<void>
  readonly remove: (path: string) => Promise<void>
}

/** What a command needs to send anything: what sends, a clock, a timer, and a simulated Marketo to send to. */
export interface Network {
  readonly fetch: FetchLike
  readonly now: () => number
  readonly sleep: Sleep
  readonly startSimulator: (options: SimulatorOptions) => Promise<Pick<SimulatorServer, 'origin' | 'state' | 'close'>>
}

/** What a command needs of its surroundings. */
export interface World {
  readonly version: string
  readonly out: Sink
  readonly err: Sink
  /** Columns of the terminal, or of paper. */
  readonly columns: number
  readonly paint: Paint
  /** The same for standard error. */
  readonly errPaint: Paint
  /** Whether JSON is to be written and nothing else: see `json-lines.ts`. */
  readonly json: boolean
  /** The text of a small file, or why there is none. */
  readonly readText: (path: string) => Promise<Either<string, string>>
  /** A file, or standard input for `-`. */
  readonly openInput: (path: string) => Promise<Either<string, Input>>
  readonly openOutput: (path: string) => Promise<Either<string, Sink>>
  /** `alone` where nothing else is written meanwhile that it would stand between. */
  readonly startProgress: (size: number | null, how: 'alone' | 'beside output') => Progress
  readonly startStatus: () => Status
  readonly storage: Storage
  readonly network: Network
  /** A variable of the environment. */
  readonly env: (name: string) => string | undefined
  /** What to do at the first Ctrl-C, instead of ending at once. */
  readonly onInterrupt: (act: () => void) => void
}

/** How a command ends: all well, something was lost, it was asked for what cannot be, Ctrl-C. */
export type ExitCode = 0 | 1 | 2 | 130

/** Says why a command cannot be carried out. */
export const refuse = (world: World, text: string): ExitCode => {
  const whole = text.endsWith('\n') ? text : `${text}\n`
  world.err.write(world.json ? jsonRefusal(text) : whole)
  return 2
}
