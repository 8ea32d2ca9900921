import { createHash } from 'node:crypto'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { derivedToken, derivingOnce, visitorCookie, visitorToken } from '../../src/endpoints/derived-token.js'
import type { Visitor, VisitPage } from '../../src/intent/intent.js'
import { keyText, type LeadKey } from '../../src/intent/lead-key.js'
import { MunchkinToken, printMunchkinCookie, readMunchkinCookie } from '../../src/marketo/munchkin-cookie.js'
import type { MunchkinId } from '../../src/marketo/munchkin-id.js'
import { anyText, associateCookie, email, leadKey, munchkinId } from '../arbitraries/intents.js'
import { hyg, id } from './reading.js'

const anyKey = fc.oneof(leadKey, fc.record({ lookupField: anyText, value: fc.oneof(anyText, fc.integer()) }))

const ana: LeadKey = { lookupField: 'email', value: 'ana@example.com' }

const visitBy = (account: MunchkinId, lead: LeadKey, visitor: Visitor): VisitPage => ({
  _tag: 'VisitPage',
  munchkinId: account,
  lead,
  visitor,
  page: { origin: 'https://www.example.com', path: '/', params: '', fragment: '' },
  referrer: '',
  userAgent: 'Mozilla/5.0',
  ip: null,
  at: 1_714_557_600_000
})

describe('P1 derived tokens', () => {
  it('P1 equal an independent SHA-256 of the canonical text', () => {
    fc.assert(
      fc.property(munchkinId, anyKey, (account, lead) => {
        const canonical = JSON.stringify([account, lead.lookupField, keyText(lead)])
        const digest = createHash('sha256').update(canonical, 'utf8').digest('hex').slice(0, 32)
        expect(derivedToken(account, lead)).toBe(`_mch-${account.toLowerCase()}.mktoresp.com-${digest}`)
      })
    )
  })

  it('P1 are tokens that a cookie can hold and our own reader believes', () => {
    fc.assert(
      fc.property(munchkinId, anyKey, (account, lead) => {
        const token = derivedToken(account, lead)
        expect(MunchkinToken.is(token)).toBe(true)
        expect(readMunchkinCookie(`id:${account}&token:${token}`)).toEqual({ munchkinId: account, token })
      })
    )
  })

  it('are the same for every spelling of one email, and different for different keys or instances', () => {
    fc.assert(
      fc.property(email, email, (a, b) => {
        const of = (value: string, account = hyg, lookupField = 'email') =>
          derivedToken(account, { lookupField, value })
        expect(of(` ${a.toUpperCase()} `) === of(a.toLowerCase())).toBe(true)
        expect(of(a) === of(b)).toBe(a.toLowerCase() === b.toLowerCase())
        expect(of(a)).not.toBe(of(a, id('123-ABC-456')))
        expect(of(a)).not.toBe(of(a, hyg, 'userId'))
      })
    )
  })

  it('tell apart a field and a value that read alike when put together', () => {
    expect(derivedToken(hyg, { lookupField: 'a', value: 'b=c' })).not.toBe(
      derivedToken(hyg, { lookupField: 'a=b', value: 'c' })
    )
  })

  it('stay what they were: a changed token is a new visitor', () => {
    expect(derivedToken(hyg, { lookupField: 'email', value: 'Ana@Example.com' })).toBe(
      '_mch-561-hyg-937.mktoresp.com-a69cdb760063b0bbd8f742da0eea1a5f'
    )
  })
})

describe('tokens derived one after another', () => {
  it('are those derived each by itself, whoever came before', () => {
    const near = fc.record({
      account: fc.constantFrom(hyg, id('123-ABC-456')),
      lookupField: fc.constantFrom('email', 'userId'),
      value: fc.constantFrom<Array<string | number>>('a', 'A', 7, '7')
    })
    fc.assert(
      fc.property(fc.array(near), (all) => {
        const tokenOf = derivingOnce()
        for (const { account, ...lead } of all) expect(tokenOf(account, lead)).toBe(derivedToken(account, lead))
      })
    )
  })
})

describe('the visitor of an intent', () => {
  it('has a cookie of its own instance, and reads back from its printed form', () => {
    fc.assert(
      fc.property(associateCookie, (intent) => {
        const cookie = visitorCookie(intent, derivedToken)
        expect(cookie._tag).toBe('Right')
        if (cookie._tag === 'Left') return
        const read = readMunchkinCookie(cookie.right)
        expect(read?.munchkinId).toBe(intent.munchkinId)
        expect(read && printMunchkinCookie(read)).toBe(cookie.right)
        const { munchkinId: account, lead, visitor } = intent
        expect(visitorToken(visitBy(account, lead, visitor), derivedToken)).toEqual({
          _tag: 'Right',
          right: read?.token
        })
      })
    )
  })

  it('has a cookie that needs mending as Munchkin would have written it', () => {
    const cookie = '_mkto_trk=id%3A561-hyg-937%26token%3A_mch-example.com-1374552656411-90718'
    const visit = visitBy(hyg, ana, { _tag: 'Cookie', cookie })
    const token = '_mch-example.com-1374552656411-90718'
    expect(visitorCookie(visit, derivedToken)).toEqual({ _tag: 'Right', right: `id:561-HYG-937&token:${token}` })
    expect(visitorToken(visit, derivedToken)).toEqual({ _tag: 'Right', right: token })
  })

  it('is nobody where another instance set the cookie', () => {
    const cookie = 'id:123-ABC-456&token:_mch-example.com-1374552656411-90718'
    const visit = visitBy(hyg, ana, { _tag: 'Cookie', cookie })
    expect(visitorToken(visit, derivedToken)).toEqual(visitorCookie(visit, derivedToken))
    expect(visitorToken(visit, derivedToken)).toMatchObject({ _tag: 'Left', left: { at: ['visitor', 'cookie'] } })
  })
})
