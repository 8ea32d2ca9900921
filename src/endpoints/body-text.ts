/**
 * A descriptor's body as text, with its content type: what fetch and curl send, and what the simulator takes in.
 *
 *     json        application/json
 *     form        application/x-www-form-urlencoded
 *     multipart   multipart/form-data; boundary=…       the boundary occurs in no part
 *     text        as the descriptor says
 *
 * Sources: RFC 7578; WHATWG, HTML, multipart/form-data encoding (names are escaped, not encoded).
 *
 * @module
 */
import { encodePairs } from '../ground/uri.js'
import type { Body, Part } from '../intent/descriptor.js'

/** A body on the wire. @internal */
export interface BodyText {
  readonly type: string
  readonly text: string
}

const boundaryWord = 'segment-marketo-part'
const number = /^\d{0,9}/

/** All beginnings of some digits, the empty one first: a boundary must not even begin where a text goes on. */
const beginnings = (digits: string): ReadonlyArray<string> =>
  Array.from({ length: digits.length + 1 }, (_, n) => digits.slice(0, n))

/** The first of `…part`, `…part1`, `…part2` that occurs in none of the texts. They are walked once, whatever they hold. */
const boundaryFor = (texts: ReadonlyArray<string>): string => {
  const taken = new Set<string>()
  for (const text of texts)
    for (const rest of text.split(boundaryWord).slice(1))
      for (const own of beginnings(number.exec(rest)?.[0] ?? '')) taken.add(own)
  let n = 0
  while (taken.has(n === 0 ? '' : String(n))) n += 1
  return `${boundaryWord}${n === 0 ? '' : n}`
}

const escapes: Readonly<Record<string, string>> = { '"': '%22', '\r': '%0D', '\n': '%0A' }

/** A name inside quotes in a header of a part. */
const quoted = (name: string): string => `"${name.replace(/["\r\n]/g, (c) => escapes[c] ?? c)}"`

/** A media type cannot hold what would end its line. */
const oneLine = (text: string): string => text.replace(/[\r\n]+/g, ' ')

const partText = ({ name, text, fileName, contentType }: Part): string => {
  const file = fileName === null ? '' : `; filename=${quoted(fileName)}`
  const type = contentType === null ? '' : `Content-Type: ${oneLine(contentType)}\r\n`
  return `Content-Disposition: form-data; name=${quoted(name)}${file}\r\n${type}\r\n${text}\r\n`
}

const multipart = (parts: ReadonlyArray<Part>): BodyText => {
  const texts = parts.map(partText)
  const boundary = boundaryFor(texts)
  const text = texts.map((part) => `--${boundary}\r\n${part}`).join('')
  return { type: `multipart/form-data; boundary=${boundary}`, text: `${text}--${boundary}--\r\n` }
}

/** The body as it is sent. @internal */
export const bodyText = (body: Body): BodyText => {
  if ('json' in body) return { type: 'application/json', text: JSON.stringify(body.json) }
  if ('form' in body) return { type: 'application/x-www-form-urlencoded', text: encodePairs(body.form) }
  return 'multipart' in body ? multipart(body.multipart) : { type: body.type, text: body.text }
}
