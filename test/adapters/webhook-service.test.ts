import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type SimulatorServer, startSimulatorServer } from '../../src/adapters/simulator-server/server.js'
import { leadsIn } from '../../src/simulator/reading.js'
import { decodeSettings } from '../../src/v2/decode-settings.js'
import { mapper } from '../../src/v2/mapper.js'
import { type WebhookService, webhookService } from './webhook-service.js'

const secret = 'shared secret'
const client = { clientId: 'id', clientSecret: 'secret' }
const munchkinId = '561-HYG-937'

let marketo: SimulatorServer
let service: WebhookService

const listening = (): Promise<void> => new Promise((resolve) => void service.server.listen(0, '127.0.0.1', resolve))

beforeAll(async () => {
  marketo = await startSimulatorServer({ munchkinId, ...client, customFields: [{ name: 'userId', type: 'string' }] })
  const settings = decodeSettings({ munchkinId })
  if (settings._tag === 'Left') throw new Error('settings')
  const config = { credentials: { [munchkinId]: client }, origin: () => marketo.origin }
  service = webhookService(secret, mapper(settings.right), config)
  await listening()
})

afterAll(async () => {
  await new Promise<void>((resolve) => void service.server.close(() => resolve()))
  await marketo.close()
})

const post = async (body: string, signature = createHmac('sha1', secret).update(body).digest('hex')) => {
  const address = service.server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const response = await fetch(`http://127.0.0.1:${port}/`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', 'x-signature': signature }
  })
  return [response.status, await response.text()]
}

const event = {
  type: 'identify',
  messageId: 'm1',
  userId: 'u1',
  traits: { email: 'zoe@example.com', name: 'Zoë Cruz' }
}

describe('a service between Segment’s webhook and Marketo', () => {
  it('takes what is signed, and delivers it', async () => {
    expect(await post(JSON.stringify(event))).toEqual([200, '{"problems":[]}'])
    const { outcomes } = await service.flush()
    expect(outcomes.map(({ id, _tag }) => [id, _tag])).toEqual([['m1.0', 'Applied']])
    expect(leadsIn(marketo.state()).map(({ fields }) => fields)).toEqual([
      { email: 'zoe@example.com', userId: 'u1', firstName: 'Zoë', lastName: 'Cruz' }
    ])
  })

  it('refuses what is signed by another, changed on its way, or not signed', async () => {
    const body = JSON.stringify({ ...event, messageId: 'm2' })
    const signature = createHmac('sha1', secret).update(body).digest('hex')
    expect(await post(body, createHmac('sha1', 'other').update(body).digest('hex'))).toEqual([401, ''])
    expect(await post(body.replace('u1', 'u2'), signature)).toEqual([401, ''])
    expect(await post(body, '')).toEqual([401, ''])
    expect((await service.flush()).outcomes).toEqual([])
  })

  it('says what is wrong with an event that it cannot map, so that Segment does not send it again', async () => {
    const [status, said] = await post('no JSON')
    expect([status, JSON.parse(String(said)).problems.length]).toEqual([200, 1])
  })
})
