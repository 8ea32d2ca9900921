/**
 * Files and standard input by Node's own means; what goes wrong is told in words and without the text of an error, which may quote what
 * it met.
 *
 * @module
 */
import { createReadStream, openSync, writeFileSync } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import * as E from 'fp-ts/Either'
import { writingError } from './stream-sink.js'
import { printable } from './text/printable.js'
import { type Input, noSuchFile, type Sink } from './world.js'

const reasons: ReadonlyMap<string, string> = new Map([
  ['ENOENT', noSuchFile],
  ['EISDIR', 'is a directory'],
  ['EACCES', 'may not be opened'],
  ['EPERM', 'may not be opened']
])

/** The system's code of an error. */
export const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'unknown error'

/** Why something failed, in words. */
export const reasonOf = (error: unknown): string => reasons.get(codeOf(error)) ?? `failed (${codeOf(error)})`

const bytesOf = (chunk: unknown): Buffer => (Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk)))

async function* chunksOf(stream: Readable, name: string): AsyncGenerator<E.Either<string, Buffer>> {
  try {
    for await (const chunk of stream) yield E.right(bytesOf(chunk))
  } catch (error) {
    yield E.left(`${name}: reading ${reasonOf(error)}`)
  }
}

/** A stream as an input of unknown size. */
export const streamInput = (stream: Readable, name: string): Input => ({
  name,
  size: null,
  chunks: chunksOf(stream, name)
})

const chunkBytes = 256 * 1024

/** A file, or a device or pipe, to be read in chunks. */
export const openInput = async (path: string): Promise<E.Either<string, Input>> => {
  const name = printable(path)
  try {
    const about = await stat(path)
    if (about.isDirectory()) return E.left(`${name}: is a directory`)
    const stream = createReadStream(path, { highWaterMark: chunkBytes })
    return E.right({ name, size: about.isFile() ? about.size : null, chunks: chunksOf(stream, name) })
  } catch (error) {
    return E.left(`${name}: ${reasonOf(error)}`)
  }
}

/** A small file's text. */
export const readText = async (path: string): Promise<E.Either<string, string>> => {
  try {
    return E.right(await readFile(path, 'utf8'))
  } catch (error) {
    return E.left(reasonOf(error))
  }
}

const write = (file: number, path: string, text: string): void => {
  try {
    if (text !== '') writeFileSync(file, text)
  } catch (error) {
    throw writingError(printable(path), codeOf(error))
  }
}

/** A file made anew, written at each flush, so that nothing waits when the program is ended. */
export const openOutput = (path: string): E.Either<string, Sink> => {
  try {
    const file = openSync(path, 'w')
    const waiting: Array<string> = []
    return E.right({
      write: (text) => {
        waiting.push(text)
      },
      flush: () => {
        write(file, path, waiting.splice(0).join(''))
        return Promise.resolve(true)
      }
    })
  } catch (error) {
    return E.left(`${printable(path)}: ${reasonOf(error)}`)
  }
}
