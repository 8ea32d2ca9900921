/**
 * An answer read off: whole, or a file in parts as it comes in.
 *
 *     200, 206 with CSV     part, part, part, then an answer with an empty body
 *     anything else         one answer: an envelope is short
 *
 * @module
 */
import type { Answer } from '../../intent/outcome.js'
import type { FilePart } from '../../source/sync/receive.js'
import type { Patience } from './patience.js'
import type { ByteStream, Received } from './runtime.js'

/** Reads an answer; `patience` is told when something comes. @internal */
export type ReadAnswer = (received: Received, patience: Patience) => Promise<Answer>

/** How much of a file is handed on at once, in characters: enough that handing costs nothing, and no burden to hold. */
const partLength = 262_144

const headersOf = (received: Received): Readonly<Record<string, string>> => {
  const headers: Record<string, string> = {}
  received.headers.forEach((value, name) => {
    headers[name.toLowerCase()] = value
  })
  return headers
}

/** Reads an answer as a whole. @internal */
export const wholeAnswer: ReadAnswer = async (received) => ({
  status: received.status,
  headers: headersOf(received),
  body: await received.text()
})

/** Whether it is a file: where one was asked for, errors are told in JSON. */
const isFile = (status: number, headers: Readonly<Record<string, string>>): boolean =>
  (status === 200 || status === 206) && /^\s*(?:text|application)\/(?:x-)?csv\b/i.test(headers['content-type'] ?? '')

/** Hands on what a stream holds, in parts, also what came before it broke off. */
const handParts = async (
  stream: ByteStream,
  patience: Patience,
  hand: (text: string) => Promise<void>
): Promise<void> => {
  const reader = stream.getReader()
  // A byte order mark counts among the bytes, by which a file is gone on with.
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  let text = ''
  const handOver = async (): Promise<void> => {
    const part = text
    text = ''
    patience.pause()
    if (part !== '') await hand(part)
    patience.heard()
  }
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      text += decoder.decode(read.value, { stream: true })
      if (text.length >= partLength) await handOver()
      else patience.heard()
    }
    text += decoder.decode()
  } finally {
    await handOver()
  }
}

/** Reads a file in parts, each of which is taken before the next one is read; any other answer as a whole. @internal */
export const answerInParts =
  (take: (part: FilePart) => Promise<void>): ReadAnswer =>
  async (received, patience) => {
    const { status, body } = received
    const headers = headersOf(received)
    if (body === undefined || body === null || !isFile(status, headers)) return wholeAnswer(received, patience)
    await handParts(body, patience, (text) => take({ status, text }))
    return { status, headers, body: '' }
  }
