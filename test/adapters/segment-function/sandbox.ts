/**
 * A place like the one where Segment runs functions: another realm, the documented globals and none of the missing ones, code inside a
 * function whose parameters are the names of the handlers.
 */
import crypto from 'node:crypto'
import { createContext, runInContext, runInNewContext } from 'node:vm'
import { startSimulatorServer } from '../../../src/adapters/simulator-server/server.js'
import type { SimulatorOptions } from '../../../src/simulator/options.js'
import type { SimulatorState } from '../../../src/simulator/state.js'
import { functionFile, functionFiles } from '../../tools/functions.mjs'

/** A file as it is pasted, built once. */
const codes = new Map<string, Promise<string>>()
export const codeOf = (name: string): Promise<string> => {
  const known = codes.get(name)
  if (known !== undefined) return known
  const file = functionFiles.find((candidate) => candidate.name === name)
  if (file === undefined) throw new Error(`no function ${name}`)
  const code = functionFile(file).then((built) => built.code)
  codes.set(name, code)
  return code
}

export const munchkinId = '561-HYG-937'
export const clientSecret = 's3cr3t-of-the-client'

const handlerNames = [
  ...['onIdentify', 'onTrack', 'onPage', 'onScreen', 'onGroup', 'onAlias', 'onDelete', 'onBatch', 'onRequest']
]

export type Handler = (event: unknown, settings: unknown) => Promise<unknown>

/** A value as another realm makes it: its lists are no `Array` and its objects no `Object` of ours or of the function's. */
export const fromElsewhere = (value: unknown): unknown =>
  runInNewContext('JSON.parse(text)', { text: JSON.stringify(value) })

/** The error classes of the platform, made where the function runs. */
const errorClasses = ['RetryError', 'InvalidEventPayload', 'ValidationError', 'EventNotSupported', 'DropEvent']
const classesCode = errorClasses
  .map(
    (name) =>
      `class ${name} extends Error { constructor(m) { super(m); this.name = '${name}' } }; globalThis.${name} = ${name};`
  )
  .join('\n')

/** The platform's cache, with what it holds in sight. */
export const newCache = () => {
  const held = new Map<string, unknown>()
  const asked: Array<readonly [string, number]> = []
  return {
    held,
    asked,
    load: async (key: string, millis: number, get: () => Promise<unknown>) => {
      asked.push([key, millis])
      if (!held.has(key)) held.set(key, await get())
      return held.get(key)
    },
    delete: (key: string) => held.delete(key)
  }
}

export interface SandboxOptions {
  readonly globals?: Readonly<Record<string, unknown>>
  readonly withClasses?: boolean
  readonly strict?: boolean
}

/** The handlers of a pasted file. `globals` are those beside the language's own. */
export const loaded = async (
  name: string,
  { globals = {}, withClasses = true, strict = false }: SandboxOptions = {}
): Promise<ReadonlyMap<string, Handler>> => {
  const code = await codeOf(name)
  const context = createContext({
    setTimeout,
    clearTimeout,
    URL,
    URLSearchParams,
    Buffer,
    crypto,
    btoa,
    atob,
    console,
    ...globals
  })
  if (withClasses) runInContext(classesCode, context)
  const told = handlerNames.map((handler) => `${handler}: typeof ${handler} === 'function' ? ${handler} : undefined`)
  const wrapped = `(function (${handlerNames.join(', ')}) { ${strict ? "'use strict';" : 'var first = 1;'}\n${code}\nreturn { ${told.join(', ')} } })()`
  const handlers: Readonly<Record<string, Handler | undefined>> = runInContext(wrapped, context)
  return new Map(Object.entries(handlers).flatMap(([key, handler]) => (handler === undefined ? [] : [[key, handler]])))
}

/** What was sent over the wire. */
export interface Sent {
  readonly url: string
  readonly method: string
}

/** A simulated Marketo on this machine behind a `fetch`, for as long as `act` takes. */
export const withMarketo = async <A>(
  options: Partial<SimulatorOptions>,
  act: (marketo: {
    readonly fetch: (url: string, init: RequestInit) => Promise<Response>
    readonly sent: ReadonlyArray<Sent>
    readonly state: () => SimulatorState
  }) => Promise<A>,
  delayMillis = 0
): Promise<A> => {
  const server = await startSimulatorServer(
    {
      munchkinId,
      clientId: 'client',
      clientSecret,
      customFields: [
        { name: 'userId', type: 'string' },
        { name: 'anonymousId', type: 'string' },
        { name: 'planName', type: 'string' },
        { name: 'seats', type: 'integer' }
      ],
      activityTypes: [
        {
          id: 100_001,
          primaryAttribute: { apiName: 'plan', dataType: 'string' },
          attributes: [{ apiName: 'seats', dataType: 'integer' }]
        }
      ],
      ...options
    },
    { delayMillis }
  )
  const sent: Array<Sent> = []
  const hosts = new RegExp(`^https://${munchkinId}\\.(?:mktorest|mktoresp)\\.com`)
  try {
    return await act({
      fetch: (url, init) => {
        sent.push({ url, method: init.method ?? 'GET' })
        return fetch(url.replace(hosts, `${server.origin}/${munchkinId}`), init)
      },
      sent,
      state: server.state
    })
  } finally {
    await server.close()
  }
}

/** The settings of a function as a customer types them in. */
export const settings = {
  munchkinId: '561-hyg-937',
  clientId: 'client',
  clientSecret,
  traits: { plan: 'planName', seats: 'seats integer' },
  events: {
    'Demo Booked': JSON.stringify({
      activityTypeId: 100_001,
      attributes: [
        { property: 'plan', attribute: 'plan', primary: true },
        { property: 'seats', attribute: 'seats', type: 'integer' }
      ]
    })
  },
  options: { createLead: 'true' }
}
