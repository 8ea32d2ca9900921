/**
 * The world as a command sees it: files, two streams to write to, and the width and colours of what they lead to.
 *
 * Commands are functions of a world, so that a test can run one on texts in memory; `node-world.ts` is the real one.
 *
 * @module
 */
import type { Either } from 'fp-ts/Either'
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

/** What a command needs of its surroundings. */
export interface World {
  readonly version: string
  readonly out: Sink
  readonly err: Sink
  /** Columns of the terminal, or of paper. */
  readonly columns: number
  readonly paint: Paint
  /** The text of a small file, or why there is none. */
  readonly readText: (path: string) => Promise<Either<string, string>>
  /** A file, or standard input for `-`. */
  readonly openInput: (path: string) => Promise<Either<string, Input>>
  readonly openOutput: (path: string) => Promise<Either<string, Sink>>
  readonly startProgress: (size: number | null) => Progress
}

/** How a command ends: all well, something was lost, it was asked for what cannot be. */
export type ExitCode = 0 | 1 | 2

/** Says why a command cannot be carried out. */
export const refuse = (world: World, text: string): ExitCode => {
  world.err.write(text.endsWith('\n') ? text : `${text}\n`)
  return 2
}
