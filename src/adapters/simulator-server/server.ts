/**
 * The simulator behind HTTP, on this machine alone.
 *
 *     any client ──http://127.0.0.1:<port>──▶ simulate ──▶ the state, for whoever asks what came of it
 *
 * A fault that leaves its caller without an answer closes the connection. Nothing that a client sends ends the server.
 *
 * @module
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Instant } from '../../ground/calendar.js'
import type { Answer } from '../../intent/outcome.js'
import type { SimulatorOptions } from '../../simulator/options.js'
import type { SimulatorRequest } from '../../simulator/request.js'
import { simulate } from '../../simulator/simulate.js'
import { startSimulator } from '../../simulator/start.js'
import type { SimulatorState } from '../../simulator/state.js'
import { readBody } from './read-body.js'
import { readTarget } from './wire.js'

/**
 * How the server is run. `port` 0 takes any that is free; `address` is where it listens: this machine alone unless you say otherwise,
 * for there is no lock on it. `state` goes on with an instance that is there already. `delayMillis` is how long each answer takes, so
 * that calls can overlap (615). `now` is the clock. `onCall` is told of every call that came to the simulator, once it is over: a log
 * for tests.
 *
 * @category simulator server
 * @since 0.1.0
 */
export interface SimulatorServerOptions {
  readonly port?: number
  readonly address?: string
  readonly state?: SimulatorState
  readonly delayMillis?: number
  readonly now?: () => Instant
  readonly onCall?: (call: ServedCall) => void
}

/**
 * A call that is over: when it came and when it was answered, how many others that Marketo counts ran when it came, what was asked, and the
 * answer, null where a fault left the caller without one.
 *
 * @category simulator server
 * @since 0.1.0
 */
export interface ServedCall {
  readonly at: Instant
  readonly endedAt: Instant
  readonly inFlight: number
  readonly request: SimulatorRequest
  readonly answer: Answer | null
}

/**
 * A server that runs. `origin` stands in for `https://561-HYG-937.mktorest.com`, and for every other host of Marketo's; with a munchkin
 * id behind it (`http://127.0.0.1:8080/561-HYG-937`) calls to another instance are told from those to this one.
 *
 * @category simulator server
 * @since 0.1.0
 */
export interface SimulatorServer {
  readonly origin: string
  readonly port: number
  readonly state: () => SimulatorState
  /** Ends the server and every connection; settles once both are gone. */
  readonly close: () => Promise<void>
}

/** The calls that Marketo counts as running. */
const isCounted = ({ host }: Pick<SimulatorRequest, 'host'>): boolean => host === 'rest' || host === 'bulk'

const headersOf = ({ headers }: IncomingMessage): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')])
  )

const write = (response: ServerResponse, { status, headers, body }: Answer): void => {
  const text = typeof body === 'string' ? body : JSON.stringify(body ?? null)
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(text) }).end(text)
}

/** A body that nobody reads to its end costs its connection. */
const refuseBody = (response: ServerResponse): void => {
  response.writeHead(413, { 'content-type': 'text/html', connection: 'close' }).end('<h1>413 Payload Too Large</h1>')
}

const wait = (millis: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, millis))

const listening = (server: Server, port: number, address: string): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, address, () => {
      const at = server.address()
      resolve(typeof at === 'object' && at !== null ? at.port : port)
    })
  })

/** What answers requests, one instance and its calls. */
const newDesk = (first: SimulatorState, { delayMillis = 0, now = Date.now, onCall }: SimulatorServerOptions) => {
  let state = first
  let running = 0
  const carryOut = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const target = readTarget(request.url ?? '/', request.headers.host)
    const counts = isCounted(target) ? 1 : 0
    running += counts
    try {
      const body = await readBody(request)
      if (body === undefined) return refuseBody(response)
      const inFlight = Math.max(0, running - counts)
      const wire = { ...target, method: request.method ?? 'GET', headers: headersOf(request), body, inFlight }
      const at = now()
      const [next, answer] = simulate(state, wire, at)
      state = next
      if (delayMillis > 0) await wait(delayMillis)
      onCall?.({ at, endedAt: now(), inFlight, request: wire, answer })
      if (answer === null) request.socket.destroy()
      else write(response, answer)
    } finally {
      running -= counts
    }
  }
  return { carryOut, state: () => state }
}

/**
 * Starts a simulated Marketo on this machine. The promise is refused where the port is taken.
 *
 * @example
 * const server = await startSimulatorServer({ munchkinId: '561-HYG-937', clientId: 'id', clientSecret: 'secret' })
 * const query = 'grant_type=client_credentials&client_id=id&client_secret=secret'
 * const answer = await fetch(`${server.origin}/identity/oauth/token?${query}`)
 * answer.status // => 200
 * await server.close()
 * @category simulator server
 * @since 0.1.0
 */
export const startSimulatorServer = async (
  options: SimulatorOptions,
  how: SimulatorServerOptions = {}
): Promise<SimulatorServer> => {
  const { port = 0, address = '127.0.0.1' } = how
  const desk = newDesk(how.state ?? startSimulator(options), how)
  const server = createServer((request, response) => {
    desk.carryOut(request, response).catch(() => request.socket.destroy())
  })
  server.on('clientError', (_, socket) => {
    if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nconnection: close\r\n\r\n')
    else socket.destroy()
  })
  const taken = await listening(server, port, address)
  const name = address.includes(':') ? `[${address}]` : address
  return {
    origin: `http://${name}:${taken}`,
    port: taken,
    state: desk.state,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      })
  }
}
