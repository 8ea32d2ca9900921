/**
 * A small service: Segment's webhook in, Marketo out.
 *
 *     POST, signed ──▶ verifySegmentSignature ──▶ v2Mapper ──▶ queue ──deliver──▶ Marketo
 *                          401                      200, and what was wrong with the event
 *
 * It answers at once, within the five seconds that Segment waits, and delivers behind that answer.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { deliver } from '../../src/adapters/fetch/deliver.js'
import type { DeliverConfig, Delivered } from '../../src/adapters/fetch/deliver-config.js'
import type { Item } from '../../src/delivery/outcome.js'
import { describeProblem } from '../../src/ground/problem.js'
import type { Mapper } from '../../src/intent/mapped.js'
import { verifySegmentSignature } from '../../src/segment/webhook-signature.js'

export interface WebhookService {
  readonly server: Server
  /** Delivers what was taken, and tells what became of it. */
  readonly flush: () => Promise<Delivered>
}

const bodyOf = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Array<Buffer> = []
  for await (const chunk of request) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks)
}

const parsed = (body: Buffer): unknown => {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    return undefined
  }
}

export const webhookService = (secret: string, map: Mapper, config: DeliverConfig): WebhookService => {
  const verify = verifySegmentSignature(secret)
  let items: Array<Item> = []
  let state: Delivered['state'] | undefined

  const take = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await bodyOf(request)
    if (!verify(body, request.headers['x-signature'])) {
      response.writeHead(401).end()
      return
    }
    const event = parsed(body)
    const mapped = map(event)
    const messageId = String(Object(event).messageId ?? '')
    if (mapped._tag !== 'Left')
      items = [...items, ...mapped.right.map((intent, i) => ({ id: `${messageId}.${i}`, messageId, intent }))]
    const problems = mapped._tag === 'Right' ? [] : mapped.left.map(describeProblem)
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ problems }))
  }

  return {
    server: createServer((request, response) => void take(request, response)),
    flush: async () => {
      const taken = items
      items = []
      const delivered = await deliver(taken, state === undefined ? config : { ...config, state })
      state = delivered.state
      return delivered
    }
  }
}
