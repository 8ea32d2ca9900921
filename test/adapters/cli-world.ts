/**
 * A world in memory, for commands: files are texts, and what is written can be read.
 */
import * as E from 'fp-ts/Either'
import { run } from '../../src/adapters/cli/run.js'
import { writingError } from '../../src/adapters/cli/stream-sink.js'
import { plainPaint } from '../../src/adapters/cli/text/paint.js'
import { type Input, noSuchFile, type Sink, type World } from '../../src/adapters/cli/world.js'
import { startSimulator } from '../../src/simulator/start.js'
import type { SimulatorState } from '../../src/simulator/state.js'
import { fakeMarketo, fakeTime } from './fake-marketo.js'

/** What a run left behind. */
export interface Ran {
  readonly code: number
  readonly out: string
  readonly err: string
  /** Files that were written. */
  readonly written: Readonly<Record<string, string>>
  /** Addresses that were called. */
  readonly called: ReadonlyArray<string>
  /** What the line of the progress said. */
  readonly shown: ReadonlyArray<string>
  /** The Marketo that was delivered to. */
  readonly marketo: SimulatorState | undefined
}

/** How the world is: its files, standard input under `-`, and how often output is taken before its reader goes away. */
export interface Setting {
  readonly files: Readonly<Record<string, string | Buffer>>
  readonly chunkBytes?: number
  readonly columns?: number
  readonly flushes?: number
  readonly env?: Readonly<Record<string, string>>
  /** The Marketo outside; without one nobody answers there. */
  readonly marketo?: SimulatorState
  /** After how many calls Ctrl-C is pressed. */
  readonly interruptAt?: number
  /** After how many texts of the progress Ctrl-C is pressed. */
  readonly interruptAfter?: number
  /** When it is. */
  readonly begin?: number
  /** Whether files that are kept take nothing. */
  readonly diskFull?: boolean
}

interface Memory extends Sink {
  readonly text: () => string
}

const memory = (flushes = Number.POSITIVE_INFINITY, before = ''): Memory => {
  const texts: Array<string> = [before]
  let left = flushes
  return {
    text: () => texts.join(''),
    write: (text) => void texts.push(text),
    flush: () => {
      left -= 1
      return Promise.resolve(left > 0)
    }
  }
}

async function* chunksOf(bytes: Buffer, size: number): AsyncGenerator<E.Either<string, Buffer>> {
  for (let at = 0; at < bytes.length; at += size) yield E.right(bytes.subarray(at, at + size))
}

/** Runs a command line. */
export const runInMemory = async (words: ReadonlyArray<string>, setting: Setting): Promise<Ran> => {
  const { files, chunkBytes = 65_536, columns = 100, flushes } = setting
  const out = memory(flushes)
  const err = memory()
  const written = new Map<string, Memory>()
  const missing = E.left(noSuchFile)
  const removed = new Set<string>()
  const textAt = (path: string): string | Buffer | undefined =>
    written.get(path)?.text() ?? (removed.has(path) ? undefined : files[path])
  const input = (path: string, text: string | Buffer): Input => {
    const bytes = Buffer.from(text)
    return { name: path, size: bytes.length, chunks: chunksOf(bytes, chunkBytes) }
  }
  const time = fakeTime(setting.begin)
  const called: Array<string> = []
  const shown: Array<string> = []
  let server = setting.marketo === undefined ? undefined : fakeMarketo(setting.marketo, time, undefined, 'cut')
  let interrupt = (): void => undefined
  const world: World = {
    version: '0.0.0',
    out,
    err,
    columns,
    paint: plainPaint,
    errPaint: plainPaint,
    json: false,
    readText: (path) => {
      const text = textAt(path)
      return Promise.resolve(text === undefined ? missing : E.right(String(text)))
    },
    openInput: (path) => {
      const text = textAt(path)
      return Promise.resolve(text === undefined ? E.left(`${path}: there is no such file`) : E.right(input(path, text)))
    },
    openOutput: (path) => {
      const sink = memory()
      written.set(path, sink)
      return Promise.resolve(E.right(sink))
    },
    startProgress: () => ({ advance: () => undefined, stop: () => undefined }),
    startStatus: () => ({
      show: (text) => {
        shown.push(text)
        if (shown.length === setting.interruptAfter) interrupt()
      },
      stop: () => undefined
    }),
    storage: {
      makeFolder: () => Promise.resolve(E.right(null)),
      openAppend: (path) => {
        const sink = memory(undefined, String(textAt(path) ?? ''))
        written.set(path, sink)
        const flush = (): Promise<boolean> => Promise.reject(writingError(path, 'ENOSPC'))
        return Promise.resolve(E.right(setting.diskFull === true ? { ...sink, flush } : sink))
      },
      replaceText: (path, text) => {
        written.set(path, memory(undefined, text))
        return Promise.resolve()
      },
      rename: (from, to) => {
        const sink = written.get(from)
        if (sink !== undefined) written.set(to, sink)
        written.delete(from)
        return Promise.resolve()
      },
      remove: (path) => {
        removed.add(path)
        written.delete(path)
        return Promise.resolve()
      }
    },
    network: {
      fetch: (url, init) => {
        called.push(url)
        if (called.length === setting.interruptAt) interrupt()
        return server === undefined ? Promise.reject(new Error('offline')) : server.fetch(url, init)
      },
      now: time.now,
      sleep: time.sleep,
      startSimulator: (options) => {
        const made = fakeMarketo(startSimulator(options), time, undefined, 'cut')
        server = made
        return Promise.resolve({ origin: 'http://127.0.0.1:1', state: made.state, close: () => Promise.resolve() })
      }
    },
    env: (name) => setting.env?.[name],
    onInterrupt: (act) => {
      interrupt = act
    }
  }
  // Only what is delivered takes time.
  const code = await (words[0] === 'deliver' ||
  words.includes('--instance') ||
  (words.includes('--to') && words[0] === 'provision') ||
  (words[0] === 'source' && !words.includes('simulator'))
    ? time.passing(run(words, world))
    : run(words, world))
  const texts = [...written].map(([path, sink]) => [path, sink.text()] as const)
  return {
    code,
    out: out.text(),
    err: err.text(),
    written: Object.fromEntries(texts),
    called,
    shown,
    marketo: server?.state()
  }
}

/** Values, one a line. */
export const ndjson = (values: ReadonlyArray<unknown>): string =>
  values.map((value) => `${JSON.stringify(value)}\n`).join('')

/** Lines of JSON as values. */
export const parsed = (text: string): ReadonlyArray<unknown> =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line): unknown => JSON.parse(line))
