/**
 * A sink into a Node stream: waits for room, and knows when the reader has gone (`| head`).
 *
 * @module
 */
import type { Writable } from 'node:stream'
import type { Sink } from './world.js'

/** The name of errors that say what could not be written; their message is fit to print. */
export const writingFailed = 'WritingFailed'

/** That something could not be written, by a system's error code. */
export const writingError = (where: string, code: string): Error => fileError(`${where}: writing failed (${code})`)

/** That something went wrong with a file, in words that are fit to print. */
export const fileError = (says: string): Error => Object.assign(new Error(says), { name: writingFailed })

/** Settles once the stream takes more, or never will. */
const room = (stream: Writable): Promise<void> =>
  new Promise((resolve) => {
    const done = (): void => {
      for (const name of ['drain', 'close', 'error']) stream.off(name, done)
      resolve()
    }
    for (const name of ['drain', 'close', 'error']) stream.on(name, done)
  })

/** A sink into that stream, called `name`; what `clearing` gives is written first each time, to wipe what else stands on the line. */
export const sinkInto = (stream: Writable, name: string, clearing = (): string => ''): Sink => {
  let waiting: Array<string> = []
  let isGone = false
  let failure: string | undefined
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') isGone = true
    else failure = error.code ?? 'unknown error'
  })
  return {
    write: (text) => {
      if (text !== '' && !isGone) waiting.push(text)
    },
    flush: async () => {
      const text = waiting.join('')
      waiting = []
      if (text !== '' && !isGone && failure === undefined && !stream.write(clearing() + text)) await room(stream)
      if (failure !== undefined) throw writingError(name, failure)
      return !isGone
    }
  }
}
