/**
 * Looks at the first bytes of a stream and cuts it up accordingly.
 *
 *     [                    one JSON array           numbers count items
 *     {, nothing else      objects over many lines  numbers count items
 *     anything else        one event a line         numbers count lines
 *
 * A byte order mark is passed over. UTF-16 and compressed files are told by name, because their lines would only be told as no JSON.
 *
 * @module
 */
import { isWhite } from './brackets.js'
import { type Counted, longestEvent, type Splitter, unread } from './piece.js'
import { splitLines } from './split-lines.js'
import { splitList } from './split-list.js'
import { splitObjects } from './split-objects.js'

/** A splitter that knows, from its first piece on, what its numbers count. */
export interface InputSplitter extends Splitter {
  readonly counted: () => Counted
}

const startsWith = (bytes: Buffer, ...start: ReadonlyArray<number>): boolean =>
  start.every((byte, i) => bytes[i] === byte)

const foreign = (bytes: Buffer): string | undefined => {
  if (startsWith(bytes, 0xff, 0xfe) || startsWith(bytes, 0xfe, 0xff)) return 'is UTF-16: save the file as UTF-8'
  if (startsWith(bytes, 0x1f, 0x8b)) return 'is compressed: pipe it in, as in gunzip -c FILE | segment-marketo map - …'
  return startsWith(bytes, 0x50, 0x4b, 3, 4) ? 'is a ZIP archive: unpack it first' : undefined
}

const refusing = (why: string): Splitter => {
  let said = false
  const once = () => {
    if (said) return []
    said = true
    return [unread(1, why)]
  }
  return { push: once, end: once }
}

/** The longest mark that a file can begin with. */
const markBytes = 4

const openBracket = 91
const openBrace = 123
const lineFeed = 10

/** Which splitter the first bytes ask for, or undefined while they do not tell. */
const choose = (bytes: Buffer, isAll: boolean, limit: number): readonly [Splitter, Counted] | undefined => {
  if (!isAll && bytes.length < markBytes) return undefined
  const why = foreign(bytes)
  if (why !== undefined) return [refusing(why), 'line']
  let at = startsWith(bytes, 0xef, 0xbb, 0xbf) ? 3 : 0
  while (at < bytes.length && isWhite(bytes[at] ?? 0)) at += 1
  const first = bytes[at]
  if (first === openBracket) return [splitList(limit), 'item']
  if (first === openBrace) {
    at += 1
    while (at < bytes.length && isWhite(bytes[at] ?? 0)) {
      if (bytes[at] === lineFeed) return [splitObjects(limit), 'item']
      at += 1
    }
  }
  return isAll || (first !== undefined && at < bytes.length) || at > limit ? [splitLines(limit), 'line'] : undefined
}

/** A splitter that chooses by the first bytes it is given. */
export const splitInput = (limit: number = longestEvent): InputSplitter => {
  let held: Buffer = Buffer.alloc(0)
  let chosen: readonly [Splitter, Counted] | undefined
  const chooseBy = (isAll: boolean) => {
    chosen = choose(held, isAll, limit)
    if (chosen === undefined) return []
    const all = held.subarray(startsWith(held, 0xef, 0xbb, 0xbf) ? 3 : 0)
    held = Buffer.alloc(0)
    return chosen[0].push(all)
  }
  return {
    counted: () => chosen?.[1] ?? 'line',
    push: (chunk) => {
      if (chosen !== undefined) return chosen[0].push(chunk)
      held = Buffer.concat([held, chunk])
      return chooseBy(false)
    },
    end: () => {
      const pieces = chosen === undefined ? chooseBy(true) : []
      return [...pieces, ...(chosen?.[0].end() ?? [])]
    }
  }
}
