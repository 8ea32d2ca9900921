import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hostName, isUriTooLong, requestUri, uriBytes } from '../../src/endpoints/request-uri.js'
import type { Host, HttpRequest, Pairs } from '../../src/intent/descriptor.js'
import { anyText } from '../arbitraries/intents.js'
import { bytes, hyg } from './reading.js'

describe('host names', () => {
  it.each<[Host, string]>([
    ['rest', '561-HYG-937.mktorest.com'],
    ['identity', '561-HYG-937.mktorest.com'],
    ['bulk', '561-HYG-937.mktorest.com'],
    ['beacon', '561-HYG-937.mktoresp.com'],
    ['soap', '561-HYG-937.mktoapi.com'],
    ['ingestion', 'mkto-ingestion-api.adobe.io']
  ])('%s is %s', (host, name) => {
    expect(hostName(host, hyg)).toBe(name)
  })
})

const requestTo = (path: ReadonlyArray<string>, query: Pairs): HttpRequest => ({
  _tag: 'HttpRequest',
  endpoint: 'syncLeads',
  munchkinId: hyg,
  host: 'rest',
  method: 'GET',
  path,
  query,
  headers: {},
  body: null,
  auth: 'none',
  lifecycle: { status: 'live' }
})

describe('path and query', () => {
  it('are encoded once, and an apostrophe as a URL parser would', () => {
    expect(
      requestUri({
        path: ['a b', "o'c/d", 'é'],
        query: [
          ["k'", 'x&y=z'],
          ['e', '']
        ]
      })
    ).toBe('/a%20b/o%27c%2Fd/%C3%A9?k%27=x%26y%3Dz&e=')
    expect(requestUri({ path: ['a'], query: [] })).toBe('/a')
  })

  it('are what a URL parser makes of them, byte for byte', () => {
    const part = anyText.filter((text) => text !== '' && text !== '.' && text !== '..')
    fc.assert(
      fc.property(fc.array(part, { minLength: 1 }), fc.array(fc.tuple(anyText, anyText)), (path, query) => {
        const request = requestTo(path, query)
        const url = new URL(`https://561-hyg-937.mktorest.com${requestUri(request)}`)
        expect(url.pathname + url.search).toBe(requestUri(request))
        expect(uriBytes(request)).toBe(bytes(url.href))
      })
    )
  })

  it.each(['a', "'", '&', 'é', '€', '\u{1f600}', '\ud83d'])(
    'D2 are too long from their 8,001st byte on: %j',
    (unit) => {
      fc.assert(
        fc.property(fc.integer({ min: 0, max: 900 }), fc.integer({ min: -2, max: 2 }), (units, over) => {
          const text = unit.repeat(units)
          const rest = 'a'.repeat(Math.max(0, 8_000 + over - uriBytes(requestTo(['a'], [['k', text]]))))
          for (const request of [requestTo(['a'], [['k', text + rest]]), requestTo([`a${text}${rest}`], [['k', '']])])
            expect(isUriTooLong(request)).toBe(uriBytes(request) > 8_000)
        })
      )
    }
  )
})
