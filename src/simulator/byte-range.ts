/**
 * The end of a file, where a call asks for no more.
 *
 *     Range: bytes=1000-      206, Content-Range: bytes 1000-4999/5000, what follows the first thousand bytes of UTF-8
 *
 * Other ranges are not heeded, as a server may: the whole file comes, with 200. A character that the range cuts reads as U+FFFD for each
 * byte that is left of it, as a decoder would have it.
 *
 * Sources: Adobe "Bulk Extract"; RFC 9110, 14.
 *
 * @module
 */
import { utf8Length } from '../ground/utf8.js'
import type { Answer } from '../intent/outcome.js'

const openEnded = /^bytes=(\d{1,15})-$/

/** The bytes of the character at `i`, and how many units of text it takes. */
const sizeAt = (text: string, i: number): readonly [bytes: number, units: number] => {
  const point = text.codePointAt(i) ?? 0
  if (point > 0xffff) return [4, 2]
  return [point < 0x80 ? 1 : point < 0x800 ? 2 : 3, 1]
}

/** What follows the first bytes of a text that has more than those. */
const behind = (text: string, from: number): string => {
  let bytes = 0
  let i = 0
  while (bytes < from) {
    const [more, units] = sizeAt(text, i)
    bytes += more
    i += units
  }
  return '\ufffd'.repeat(Math.max(0, bytes - from)) + text.slice(i)
}

/** The first half of a text; no character is cut. */
const half = (text: string): string => {
  const middle = Math.floor(text.length / 2)
  return text.slice(0, (text.codePointAt(middle - 1) ?? 0) > 0xffff ? middle - 1 : middle)
}

const csv = { 'content-type': 'text/csv;charset=UTF-8' } as const

/** The answer that a file is, or that the end of it is, or the first half of that. @internal */
export const fileAnswer = (file: string, range: string, isCut = false): Answer => {
  const from = Number(openEnded.exec(range)?.[1] ?? Number.NaN)
  if (Number.isNaN(from)) return { status: 200, headers: csv, body: isCut ? half(file) : file }
  const total = utf8Length(file)
  if (from >= total) return { status: 416, headers: { 'content-range': `bytes */${total}` }, body: '' }
  const headers = { ...csv, 'content-range': `bytes ${from}-${total - 1}/${total}` }
  const end = behind(file, from)
  return { status: 206, headers, body: isCut ? half(end) : end }
}
