/**
 * Texts that name a visitor or an instance: what is read prints, and what was printed reads the same.
 *
 * @module
 */
import {
  MunchkinCookieFromString,
  printMunchkinCookie,
  readMunchkinCookie,
  tokenDomain
} from '../../../src/marketo/munchkin-cookie.js'
import { foldMunchkinId, MunchkinIdFromText, readMunchkinId } from '../../../src/marketo/munchkin-id.js'
import type { Target } from '../target.js'

const sameAgain = (first: string, second: string | undefined): void => {
  if (first !== second) throw new Error('what was printed reads as another')
}

const contextless = (errors: ReadonlyArray<{ readonly message?: string | undefined }>): unknown =>
  errors.map(({ message }) => message)

/** The Munchkin cookie and the Munchkin id. */
export const idTargets: ReadonlyArray<Target> = [
  {
    name: 'cookie',
    corpus: 'cookies',
    reads: 'text',
    feed: (text) => {
      const cookie = readMunchkinCookie(text)
      if (cookie !== undefined) {
        const printed = printMunchkinCookie(cookie)
        const again = readMunchkinCookie(printed)
        sameAgain(printed, again === undefined ? undefined : printMunchkinCookie(again))
        tokenDomain(cookie)
      }
      const decoded = MunchkinCookieFromString.decode(text)
      return decoded._tag === 'Left' ? contextless(decoded.left) : null
    }
  },
  {
    name: 'munchkin-id',
    corpus: 'munchkin-ids',
    reads: 'text',
    feed: (text) => {
      const id = foldMunchkinId(String(text))
      if (id !== undefined) sameAgain(id, foldMunchkinId(id))
      const decoded = MunchkinIdFromText.decode(text)
      const read = readMunchkinId(text, ['munchkinId'])
      return [decoded._tag === 'Left' ? contextless(decoded.left) : null, read._tag === 'Left' ? read.left : null]
    }
  }
]
