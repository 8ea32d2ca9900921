/**
 * Files that are kept from one command to the next, by Node's own means.
 *
 * @module
 */
import { appendFileSync, renameSync, writeFileSync } from 'node:fs'
import { appendFile, mkdir, rm } from 'node:fs/promises'
import * as E from 'fp-ts/Either'
import { codeOf, reasonOf } from './node-files.js'
import { writingError } from './stream-sink.js'
import { printable } from './text/printable.js'
import type { Storage } from './world.js'

/** Does it, or throws what may be printed. */
const doing = (path: string, act: () => void): void => {
  try {
    act()
  } catch (error) {
    throw writingError(printable(path), codeOf(error))
  }
}

/** The files of this machine. */
export const nodeStorage: Storage = {
  makeFolder: async (path) => {
    try {
      await mkdir(path, { recursive: true })
      return E.right(null)
    } catch (error) {
      return E.left(`${printable(path)}: ${reasonOf(error)}`)
    }
  },
  openAppend: async (path) => {
    const waiting: Array<string> = []
    try {
      await appendFile(path, '')
    } catch (error) {
      return E.left(`${printable(path)}: ${reasonOf(error)}`)
    }
    return E.right({
      write: (text) => {
        waiting.push(text)
      },
      flush: () => {
        const text = waiting.splice(0).join('')
        if (text !== '') doing(path, () => appendFileSync(path, text))
        return Promise.resolve(true)
      }
    })
  },
  replaceText: (path, text) => {
    doing(path, () => {
      writeFileSync(`${path}.part`, text)
      renameSync(`${path}.part`, path)
    })
    return Promise.resolve()
  },
  rename: (from, to) => {
    doing(to, () => renameSync(from, to))
    return Promise.resolve()
  },
  remove: (path) => rm(path, { force: true })
}
