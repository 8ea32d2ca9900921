import { request as httpRequest } from 'node:http'
import { connect } from 'node:net'
import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toFetch } from '../../src/adapters/fetch/to-fetch.js'
import { longestBody } from '../../src/adapters/simulator-server/read-body.js'
import {
  type ServedCall,
  type SimulatorServer,
  startSimulatorServer
} from '../../src/adapters/simulator-server/server.js'
import { readTarget } from '../../src/adapters/simulator-server/wire.js'
import { describeExportFile } from '../../src/endpoints/export-file.js'
import { describeEnqueueExport } from '../../src/endpoints/export-job.js'
import { describeExportLeads } from '../../src/endpoints/export-leads.js'
import { describeIdentityToken } from '../../src/endpoints/identity-token.js'
import { describeReadPage, interpretReadPage } from '../../src/endpoints/read-page.js'
import { requestUri } from '../../src/endpoints/request-uri.js'
import type { Call, HttpRequest, Pairs } from '../../src/intent/descriptor.js'
import { isMunchkinId } from '../../src/marketo/munchkin-id.js'
import type { Fault } from '../../src/simulator/options.js'
import { callsIn, leadsIn, visitsIn } from '../../src/simulator/reading.js'
import { startSimulator } from '../../src/simulator/start.js'
import { onlyCall } from '../endpoints/reading.js'

const munchkinId = '561-HYG-937'
if (!isMunchkinId(munchkinId)) throw new Error('no Munchkin id')
const options = { munchkinId, clientId: 'id', clientSecret: 'secret' }

let server: SimulatorServer
beforeAll(async () => {
  server = await startSimulatorServer(options)
})
afterAll(() => server.close())

/** A server for one test. */
const withServer = async <A>(
  act: (server: SimulatorServer) => Promise<A>,
  more: { readonly faults?: ReadonlyArray<Fault>; readonly delayMillis?: number } = {}
): Promise<A> => {
  const own = await startSimulatorServer(
    { ...options, faults: more.faults ?? [] },
    { delayMillis: more.delayMillis ?? 0 }
  )
  try {
    return await act(own)
  } finally {
    await own.close()
  }
}

const tokenOf = async ({ origin }: SimulatorServer): Promise<string> => {
  const [url, init] = toFetch(
    { clientId: 'id', clientSecret: 'secret' },
    { baseUrl: origin }
  )(describeIdentityToken(munchkinId).descriptor)
  const told: unknown = await (await fetch(url, init)).json()
  return String(Object.entries(Object(told)).find(([name]) => name === 'access_token')?.[1])
}

const sync = (origin: string, token: string, email = 'ana@corp.test') =>
  fetch(`${origin}/rest/v1/leads.json`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ input: [{ email }] })
  })

describe('the target of a request', () => {
  const part = fc.string({ unit: 'grapheme', minLength: 1 })
  const pairs = fc.array(fc.tuple(part, fc.string({ unit: 'grapheme' })), { maxLength: 4 })

  it('is read as it was written', () => {
    fc.assert(
      fc.property(fc.array(part, { maxLength: 4 }), pairs, (path, query) => {
        fc.pre(path.every((one) => one !== '.' && one !== '..'))
        const written = requestUri({ path: ['rest', ...path], query })
        expect(readTarget(written)).toEqual({ host: 'rest', path: ['rest', ...path], query })
      })
    )
  })

  it('is read whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (target, host) => {
        expect(readTarget(target, host).path).toEqual(expect.any(Array))
      })
    )
  })

  it.each([
    ['/rest/v1/leads.json', '', 'rest', undefined],
    ['/bulk/v1/leads.json', '', 'bulk', undefined],
    ['/identity/oauth/token', '', 'identity', undefined],
    ['/webevents/visitWebPage', '', 'beacon', undefined],
    ['/561-hyg-937/rest/v1/leads.json', '', 'rest', '561-HYG-937'],
    ['/rest/v1/leads.json', '561-HYG-937.mktorest.com', 'rest', '561-HYG-937'],
    ['/webevents/visitWebPage', '561-hyg-937.mktoresp.com:80', 'beacon', '561-HYG-937'],
    ['/rest/v1/leads.json', '561-HYG-937.example.com', 'rest', undefined],
    ['http://561-HYG-937.mktorest.com/rest/v1/leads.json', '127.0.0.1', 'rest', '561-HYG-937'],
    ['/', '', 'rest', undefined],
    ['*', '', 'rest', undefined]
  ])('%s at %j is for %s, %s', (target, hostHeader, host, id) => {
    const read = readTarget(target, hostHeader)
    expect([read.host, read.munchkinId]).toEqual([host, id])
  })
})

describe('the server', () => {
  it('listens on this machine alone', () => {
    expect(server.origin).toBe(`http://127.0.0.1:${server.port}`)
  })

  it('gives a token, writes leads, notices visits', async () => {
    const token = await tokenOf(server)
    const answer = await sync(server.origin, token)
    expect(await answer.json()).toMatchObject({ success: true, result: [{ status: 'created' }] })
    await fetch(
      `${server.origin}/webevents/visitWebPage?_mchId=${munchkinId}&_mchTk=_mch-x&_mchHo=www.example.com&_mchRu=/`
    )
    expect([leadsIn(server.state()).length, visitsIn(server.state()).length]).toEqual([1, 1])
  })

  it('tells another instance by the path', async () => {
    const answer = await fetch(`${server.origin}/100-AAA-200/rest/v1/leads.json`)
    expect(await answer.json()).toMatchObject({ success: false, errors: [{ code: '614' }] })
  })

  it('goes on with a state', async () => {
    const state = startSimulator({ ...options, leads: [{ fields: { email: 'ana@corp.test' } }] })
    const own = await startSimulatorServer(options, { state })
    expect(leadsIn(own.state())).toHaveLength(1)
    await own.close()
  })

  it.each([
    ['timeout-before', 0],
    ['timeout-after', 1]
  ] as const)('closes the connection at a %s', async (kind, leads) => {
    await withServer(
      async (own) => {
        const token = await tokenOf(own)
        await expect(sync(own.origin, token)).rejects.toThrow()
        expect(leadsIn(own.state())).toHaveLength(leads)
        expect((await sync(own.origin, token)).status).toBe(200)
      },
      { faults: [{ at: { call: 1 }, kind, endpoint: 'syncLeads' }] }
    )
  })

  it('counts calls that run at once: the eleventh is answered with 615', async () => {
    await withServer(
      async (own) => {
        const token = await tokenOf(own)
        const answers = await Promise.all(
          Array.from({ length: 11 }, (_, i) =>
            sync(own.origin, token, `p${i}@corp.test`).then((answer) => answer.text())
          )
        )
        expect(answers.filter((text) => text.includes('"615"'))).toHaveLength(1)
        expect(await (await sync(own.origin, token)).text()).not.toContain('"615"')
      },
      { delayMillis: 300 }
    )
  })

  it('tells of every call once it is over, of those without an answer as well', async () => {
    const log: Array<ServedCall> = []
    const faults = [{ at: { call: 2 }, kind: 'timeout-after', endpoint: 'syncLeads' }] as const
    const own = await startSimulatorServer(
      { ...options, faults },
      { delayMillis: 300, onCall: (call) => log.push(call) }
    )
    try {
      const token = await tokenOf(own)
      await Promise.allSettled([sync(own.origin, token), sync(own.origin, token, 'bo@corp.test')])
      const [identity, ...writes] = log
      expect([identity?.request.host, identity?.inFlight]).toEqual(['identity', 0])
      expect(writes.map(({ inFlight, answer }) => [inFlight, answer?.status])).toEqual([
        [0, 200],
        [1, undefined]
      ])
      expect(writes.every(({ at, endedAt }) => endedAt - at >= 290)).toBe(true)
      expect(writes.map(({ request }) => request.path?.join('/'))).toEqual(['rest/v1/leads.json', 'rest/v1/leads.json'])
    } finally {
      await own.close()
    }
  })

  it.each([
    ['says so beforehand', { 'content-length': String(longestBody + 1) }],
    ['just goes on', { 'transfer-encoding': 'chunked' }]
  ])('answers 413 to a body that is too long and %s', async (_, headers) => {
    const status = await new Promise((resolve, reject) => {
      const { port } = server
      const call = httpRequest({ port, host: '127.0.0.1', method: 'POST', path: '/rest/v1/leads.json', headers })
      call.on('response', (answer) => {
        resolve(answer.statusCode)
        call.destroy()
      })
      call.on('error', reject)
      const block = Buffer.alloc(100_000, ' ')
      for (let sent = 0; sent <= longestBody; sent += block.length) call.write(block)
    })
    expect(status).toBe(413)
  })

  it.each([
    ['no HTTP', 'hello\r\n\r\n'],
    ['half an escape', 'GET /rest/%E0%A4%A HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'],
    ['no host', 'GET /rest/v1/leads.json HTTP/1.1\r\nConnection: close\r\n\r\n'],
    ['a star', 'OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'],
    ['a header without end', `GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(100_000)}\r\n\r\n`],
    ['a body that stops', 'POST /rest/v1/leads.json HTTP/1.1\r\nHost: x\r\nContent-Length: 50\r\n\r\nabc']
  ])('lives on after %s', async (_, text) => {
    await new Promise<void>((resolve) => {
      const socket = connect(server.port, '127.0.0.1', () => socket.end(text))
      socket.on('error', () => undefined)
      socket.on('close', () => resolve())
      socket.resume()
    })
    expect((await fetch(`${server.origin}/webevents/visitWebPage`)).status).toBe(200)
  })

  it('serves the file of an extract as text, and the end of it where no more is asked for', async () => {
    const leads = ['ä@corp.test', 'bo@corp.test'].map((email) => ({ fields: { email } }))
    const own = await startSimulatorServer({ ...options, leads, exportMillis: 0 })
    try {
      const token = await tokenOf(own)
      const send = (call: Pick<Call<HttpRequest>, 'descriptor'>): Promise<Response> => {
        const [url, init] = toFetch({ accessToken: token }, { baseUrl: own.origin })(call.descriptor)
        return fetch(url, init)
      }
      const window = { munchkinId, startAt: 0, endAt: 1000, by: 'createdAt', fields: ['email', 'id'] } as const
      await send(onlyCall(describeExportLeads([window])))
      expect((await send(describeExportFile(munchkinId, 'export-1', 'leads'))).status).toBe(404)
      await send(describeEnqueueExport(munchkinId, 'export-1', 'leads'))
      const whole = await send(describeExportFile(munchkinId, 'export-1', 'leads'))
      expect([whole.status, whole.headers.get('content-type')]).toEqual([200, 'text/csv;charset=UTF-8'])
      const text = await whole.text()
      expect(text).toBe('email,id\nä@corp.test,1\nbo@corp.test,2\n')
      const end = await send(describeExportFile(munchkinId, 'export-1', 'leads', 11))
      expect([end.status, end.headers.get('content-range')]).toEqual([206, 'bytes 11-38/39'])
      expect(await end.text()).toBe(text.slice(10))
      const beyond = await send(describeExportFile(munchkinId, 'export-1', 'leads', 39))
      expect([beyond.status, await beyond.text()]).toEqual([416, ''])
    } finally {
      await own.close()
    }
  })

  it('pages come over HTTP as they are, their tokens encoded', async () => {
    const lists = [1, 2, 3].map((id) => ({ id, name: `List ${id}` }))
    const own = await startSimulatorServer({ ...options, lists })
    try {
      const token = await tokenOf(own)
      const met: Array<unknown> = []
      let query: Pairs = [['batchSize', '2']]
      for (let pages = 0; pages < 2; pages += 1) {
        const question = { munchkinId, endpoint: 'getLists', path: ['rest', 'v1', 'lists.json'], query } as const
        const call = onlyCall(describeReadPage([question]))
        const [url, init] = toFetch({ accessToken: token }, { baseUrl: own.origin })(call.descriptor)
        const answer = await fetch(url, init)
        const page = interpretReadPage((u) => u)(call, {
          status: answer.status,
          headers: {},
          body: await answer.text()
        })
        if (page._tag === 'Refused') throw new Error('no page')
        met.push(...page.records)
        query = [
          ['batchSize', '2'],
          ...(page.nextPageToken === null ? [] : [['nextPageToken', page.nextPageToken] as const])
        ]
      }
      expect(met).toMatchObject(lists)
    } finally {
      await own.close()
    }
  })

  it('says that a port is taken', async () => {
    await expect(startSimulatorServer(options, { port: server.port })).rejects.toThrow('EADDRINUSE')
  })

  it('answers nobody once it is closed, not even those who wait', async () => {
    const own = await startSimulatorServer(options, { delayMillis: 60_000 })
    const waiting = expect(fetch(`${own.origin}/webevents/visitWebPage`)).rejects.toThrow()
    while (callsIn(own.state()).all === 0) await new Promise((resolve) => setTimeout(resolve, 5))
    await own.close()
    await waiting
    await expect(fetch(`${own.origin}/webevents/visitWebPage`)).rejects.toThrow()
  })
})
