/**
 * The body of a request as text, or that it is longer than anything that Marketo takes.
 *
 * @module
 */
import type { IncomingMessage } from 'node:http'
import { byteLimits } from '../../marketo/limits.js'

/** A file to import is the longest of all; around it stand its boundary and its headers. @internal */
export const longestBody = byteLimits.importFile + 100_000

/** The body, or undefined when it is too long; it is not read to its end then. @internal */
export const readBody = async (request: IncomingMessage): Promise<string | undefined> => {
  if (Number(request.headers['content-length'] ?? 0) > longestBody) return undefined
  const chunks: Array<Buffer> = []
  let bytes = 0
  for await (const chunk of request) {
    const part = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk))
    bytes += part.length
    if (bytes > longestBody) return undefined
    chunks.push(part)
  }
  return Buffer.concat(chunks).toString('utf8')
}
