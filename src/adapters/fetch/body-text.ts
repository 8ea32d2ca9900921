/**
 * A descriptor's body as text, with its content type.
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
import { encodePairs } from '../../ground/uri.js'
import type { Body, Part } from '../../intent/descriptor.js'

/** A body on the wire. @internal */
export interface BodyText {
  readonly type: string
  readonly text: string
}

/** The first of `word`, `word1`, `word2`, … that occurs in none of the texts. @internal */
export const absentFrom = (texts: ReadonlyArray<string>, word: string): string => {
  let candidate = word
  for (let n = 1; texts.some((text) => text.includes(candidate)); n += 1) candidate = `${word}${n}`
  return candidate
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
  const boundary = absentFrom(texts, 'segment-marketo-part')
  const text = texts.map((part) => `--${boundary}\r\n${part}`).join('')
  return { type: `multipart/form-data; boundary=${boundary}`, text: `${text}--${boundary}--\r\n` }
}

/** The body as it is sent. @internal */
export const bodyText = (body: Body): BodyText => {
  if ('json' in body) return { type: 'application/json', text: JSON.stringify(body.json) }
  if ('form' in body) return { type: 'application/x-www-form-urlencoded', text: encodePairs(body.form) }
  return 'multipart' in body ? multipart(body.multipart) : { type: body.type, text: body.text }
}
