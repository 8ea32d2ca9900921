/**
 * A simulated instance for the tests of this room, and a client that talks to it.
 *
 * @module
 */

import { describeIdentityToken } from '../../src/endpoints/index.js'
import { ownMember } from '../../src/ground/json.js'
import type { Call, HttpRequest, Pairs } from '../../src/intent/descriptor.js'
import type { Answer } from '../../src/intent/outcome.js'
import type { SimulatorOptions } from '../../src/simulator/options.js'
import { requestOf, type SimulatorRequest } from '../../src/simulator/request.js'
import { simulate } from '../../src/simulator/simulate.js'
import { startSimulator } from '../../src/simulator/start.js'
import type { SimulatorState } from '../../src/simulator/state.js'
import { hyg } from '../endpoints/reading.js'

/** Friday, 2024-05-03T10:00:00Z. */
export const noon = 1_714_730_400_000

export const cookie = 'id:561-HYG-937&token:_mch-example.com-1374552656411-90718'
export const otherCookie = 'id:561-HYG-937&token:_mch-example.com-1374552656411-90719'

export const client = { clientId: 'id', clientSecret: 'secret' }

export const options: SimulatorOptions = {
  munchkinId: hyg,
  ...client,
  customFields: [
    { name: 'userId', type: 'string' },
    { name: 'anonymousId', type: 'string' },
    { name: 'customerNumber__c', type: 'integer' },
    { name: 'plan__c', type: 'string', length: 10 },
    { name: 'born__c', type: 'date' },
    { name: 'seen__c', type: 'datetime' },
    { name: 'vip__c', type: 'boolean' },
    { name: 'spent__c', type: 'currency' },
    { name: 'site__c', type: 'url' },
    { name: 'mail__c', type: 'email' },
    { name: 'notes__c', type: 'text' }
  ],
  activityTypes: [
    {
      id: 100_001,
      primaryAttribute: { apiName: 'plan', dataType: 'string' },
      attributes: [
        { apiName: 'price', name: 'Price', dataType: 'float' },
        { apiName: 'since', name: 'Since', dataType: 'datetime' }
      ]
    },
    {
      id: 100_002,
      primaryAttribute: { apiName: 'n', dataType: 'integer' },
      attributes: [{ apiName: 'must', dataType: 'string', required: true }]
    },
    { id: 100_003, status: 'draft', primaryAttribute: { apiName: 'x', dataType: 'string' }, attributes: [] }
  ],
  forms: [{ id: 1001, fields: ['email', 'firstName', 'company', 'plan__c'] }]
}

/** A client: it remembers the state and the token between calls. */
export class Client {
  state: SimulatorState
  token = ''
  now: number

  constructor(more: Partial<SimulatorOptions> = {}, now = noon) {
    this.state = startSimulator({ ...options, ...more })
    this.now = now
  }

  /** Sends a request as it is. Whatever an answer refuses, it says why. */
  send(request: SimulatorRequest): Answer | null {
    const [state, answer] = simulate(this.state, request, this.now)
    this.state = state
    if (/"code":"\d*","message":""/.test(String(answer?.body))) throw new Error('a reason without words')
    return answer
  }

  /** Sends a descriptor, with a token. */
  call({ descriptor }: Pick<Call<HttpRequest>, 'descriptor'>): Answer | null {
    return this.send(requestOf(descriptor, { ...client, accessToken: this.token }))
  }

  signIn(): this {
    const body: unknown = JSON.parse(String(this.call(describeIdentityToken(hyg))?.body))
    this.token = String(ownMember(Object(body), 'access_token'))
    return this
  }

  /** A REST request by hand; the body of its answer. */
  rest(method: string, path: string, { query = [], json, headers = {} }: Given = {}): unknown {
    const answer = this.send({
      host: 'rest',
      method,
      path: ['rest', 'v1', ...path.split('/')],
      query,
      headers: { authorization: `Bearer ${this.token}`, 'content-type': 'application/json', ...headers },
      body: json === undefined ? null : JSON.stringify(json)
    })
    return JSON.parse(String(answer?.body))
  }

  sync(input: ReadonlyArray<object>, more: object = {}): unknown {
    return resultOf(this.rest('POST', 'leads.json', { json: { ...more, input } }))
  }
}

interface Given {
  readonly query?: Pairs
  readonly json?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

/** The result of an envelope, or its errors. */
export const resultOf = (body: unknown): unknown => {
  const envelope = Object(body)
  return ownMember(envelope, 'result') ?? { errors: codesIn(ownMember(envelope, 'errors')) }
}

/** The codes of a list of reasons. */
export const codesIn = (u: unknown): unknown => (Array.isArray(u) ? u.map((one) => ownMember(Object(one), 'code')) : u)

/** A result with codes for reasons: what most tables compare. */
export const short = (u: unknown): unknown =>
  Array.isArray(u)
    ? u.map((record) =>
        Object.fromEntries(
          Object.entries(Object(record)).map(([name, value]) => [
            name,
            name === 'reasons' || name === 'errors' ? codesIn(value) : value
          ])
        )
      )
    : u
