/** Our events, sent by Segment's own client to a server on this machine, and read there. */
import { createServer } from 'node:http'
import { Analytics } from '@segment/analytics-node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventOf } from '../../src/writeback/event-of.js'
import { describeSegmentBatches } from '../../src/writeback/segment-batch.js'
import type { TrackCall } from '../../src/writeback/track-call.js'
import { eventCases } from '../cases/writeback-events.js'
import { callOf, settingsOf } from './given.js'

const received: Array<{ readonly path: string; readonly authorization: string; readonly body: unknown }> = []

const server = createServer((request, response) => {
  const chunks: Array<Buffer> = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    const body: unknown = JSON.parse(Buffer.concat(chunks).toString())
    received.push({ path: request.url ?? '', authorization: request.headers.authorization ?? '', body })
    response.setHeader('content-type', 'application/json')
    response.end('{"success":true}')
  })
})

const origin = (): string => {
  const address = server.address()
  return typeof address === 'object' && address !== null ? `http://127.0.0.1:${address.port}` : ''
}

beforeAll(() => new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve)))
afterAll(() => new Promise<void>((resolve) => void server.close(() => resolve())))

const events: ReadonlyArray<TrackCall> = eventCases.flatMap(({ settings, input }, i) => {
  const activity = { ...Object(input.activity), marketoGUID: `g${i}` }
  return callOf(eventOf(settingsOf(settings))(activity, input.context)) ?? []
})

/** An event in the words of the client. */
const paramsOf = ({ type: _, userId, anonymousId, properties, context, ...rest }: TrackCall) => ({
  ...rest,
  properties: { ...properties },
  context: { ...context },
  ...(userId === undefined ? { anonymousId: anonymousId ?? '' } : { userId, anonymousId })
})

const batchesIn = (): ReadonlyArray<Record<string, unknown>> => received.flatMap(({ body }) => Object(body).batch)

describe('Segment’s own client', () => {
  it('sends our events as they were made: ids, time, properties, context and switches', async () => {
    received.length = 0
    const analytics = new Analytics({ writeKey: 'key', host: origin(), flushAt: 5, maxRetries: 0 })
    for (const event of events) analytics.track(paramsOf(event))
    await analytics.closeAndFlush()
    expect(received.every(({ path }) => path === '/v1/batch')).toBe(true)
    expect(events.length).toBeGreaterThan(10)
    const arrived = batchesIn()
    expect(arrived).toHaveLength(events.length)
    for (const event of events) {
      const one = arrived.find(({ messageId }) => messageId === event.messageId)
      // The client adds its own name to the context, and nothing else of ours changes.
      const { library, ...context } = Object(one?.context)
      expect(library).toMatchObject({ name: '@segment/analytics-node' })
      expect(JSON.parse(JSON.stringify({ ...one, context }))).toMatchObject(event)
      expect(one).not.toHaveProperty('originalTimestamp')
    }
  })

  it('and our own batches say the same to the same place, with the key as a user name', async () => {
    received.length = 0
    const [first, ...rest] = events
    if (first === undefined) throw new Error('no events')
    const described = describeSegmentBatches([first, ...rest])
    if (described._tag !== 'Right') throw new Error('unsent')
    for (const { descriptor } of described.right) {
      const authorization = `Basic ${Buffer.from('key:').toString('base64')}`
      const headers = { authorization, 'content-type': 'application/json' }
      const body = JSON.stringify(descriptor.body.json)
      await fetch(`${origin()}/${descriptor.path.join('/')}`, { method: descriptor.method, headers, body })
    }
    expect(received.map(({ path, authorization }) => [path, authorization])).toEqual([['/v1/batch', 'Basic a2V5Og==']])
    expect(batchesIn()).toEqual(events)
  })
})
