/** A descriptor over the wire: for the simulator it is what it is for fetch. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toFetch } from '../../src/adapters/fetch/to-fetch.js'
import {
  describeGetLeads,
  describeIdentityToken,
  describeImportLeads,
  describeIngestPersons,
  describeSteps
} from '../../src/endpoints/index.js'
import { requestOf } from '../../src/simulator/request.js'
import { keyedIntent, upsertLead } from '../arbitraries/intents.js'
import { batchOf, callsOf, frozen, hyg } from '../endpoints/reading.js'

const credentials = { accessToken: 'token', clientId: 'id', clientSecret: 'secret' }

const correlationId = (call: number): string => `c-${call}`

const requests = fc.tuple(batchOf(keyedIntent, 5), batchOf(upsertLead, 3)).map(([batch, upserts]) =>
  [
    ...callsOf(describeSteps(batch)),
    ...callsOf(describeGetLeads(batch)),
    ...callsOf(describeImportLeads(upserts)),
    ...callsOf(describeIngestPersons(upserts, { correlationId })),
    describeIdentityToken(hyg)
  ]
    .map(({ descriptor }) => descriptor)
    // A slot that is still empty has no URL, and the SOAP API is gone.
    .filter(({ path, auth }) => !path.includes('') && auth !== 'soap-signature')
)

describe('laws', () => {
  it('method, path, query, headers and body are those that fetch would send', () => {
    fc.assert(
      fc.property(requests, (all) => {
        for (const descriptor of all) {
          const [url, init] = toFetch(credentials)(descriptor)
          const { pathname, searchParams } = new URL(url)
          const { method, path, query, headers, body } = requestOf(frozen(descriptor), credentials)
          expect(method).toBe(init.method)
          expect(path).toEqual(pathname.slice(1).split('/').map(decodeURIComponent))
          expect(query).toEqual([...searchParams])
          expect(body).toBe(init.body ?? null)
          expect(headers).toEqual(
            Object.fromEntries(Object.entries(init.headers).map(([name, value]) => [name.toLowerCase(), value]))
          )
        }
      })
    )
  })
})

describe('a credential', () => {
  it('that is absent is not added', () => {
    const { query, headers } = requestOf(describeIdentityToken(hyg).descriptor, {})
    expect([query, headers]).toEqual([[['grant_type', 'client_credentials']], {}])
    const [read] = callsOf(describeGetLeads([{ munchkinId: hyg, lead: { lookupField: 'id', value: 1 } }]))
    expect(read && requestOf(read.descriptor, {}).headers).toEqual({})
  })
})
