import { createHmac } from 'node:crypto'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type SoapCredentials, signSoap, soapSignature } from '../../src/endpoints/soap-message.js'
import { readTexts } from '../../src/endpoints/soap-xml.js'
import { describeSteps } from '../../src/endpoints/steps.js'
import { describeSyncLeadSoap } from '../../src/endpoints/sync-lead-soap.js'
import type { HttpRequest } from '../../src/intent/descriptor.js'
import { anyText, keyedIntent, syncLeadOverSoap, xmlText, xmlTrap } from '../arbitraries/intents.js'
import { soapSignatures } from '../cases/soap/signatures.js'
import { batchOf, bytes, callsOf, frozen, hyg, onlyCall } from './reading.js'

const request: fc.Arbitrary<HttpRequest> = fc
  .record({
    sync: syncLeadOverSoap,
    options: fc.record({ attrTypes: fc.boolean(), returnLead: fc.boolean(), workspace: xmlText }, { requiredKeys: [] })
  })
  .map(({ sync, options }) => onlyCall(describeSyncLeadSoap([sync], options)).descriptor)

const credentials: fc.Arbitrary<SoapCredentials> = fc.record({
  userId: fc.oneof(xmlText, xmlTrap),
  encryptionKey: anyText
})
const instant = fc.integer({ min: -62_167_219_200_000, max: 253_402_300_799_999 })
const unprintable = fc.constantFrom(Number.NaN, Infinity, -Infinity, -62_167_219_200_001, 253_402_300_800_000)

const textOf = ({ body }: HttpRequest): string => (body !== null && 'text' in body ? body.text : '')

const plainCall = onlyCall(
  describeSyncLeadSoap([
    {
      _tag: 'SyncLeadOverSoap',
      munchkinId: hyg,
      lead: { lookupField: 'email', value: 'ana@example.com' },
      email: 'ana@example.com',
      attributes: { FirstName: 'Ana' },
      cookie: null
    }
  ])
)

describe('S2 the SOAP signature', () => {
  it('S2 equals HMAC-SHA-1 by Node over UTF-8, half a pair as U+FFFD', () => {
    fc.assert(
      fc.property(anyText, anyText, anyText, (userId, encryptionKey, timestamp) => {
        const utf8 = (text: string) => text.replace(/[\ud800-\udfff]/gu, '\ufffd')
        // The two parts are joined first: halves may meet there and be a pair.
        const expected = createHmac('sha1', utf8(encryptionKey))
          .update(utf8(timestamp + userId))
          .digest('hex')
        expect(soapSignature({ userId, encryptionKey })(timestamp)).toBe(expected)
      })
    )
  })

  it.each(soapSignatures)(
    'S2 is the one of the vector: $note',
    ({ encryptionKey, userId, requestTimestamp, requestSignature }) => {
      expect(soapSignature({ userId, encryptionKey })(requestTimestamp)).toBe(requestSignature)
    }
  )
})

describe('signing a message', () => {
  it('puts user, signature and timestamp into the header, in this order, and changes nothing else', () => {
    const signed = signSoap({ userId: 'user', encryptionKey: 'key' }, 1_714_557_600_999)(plainCall.descriptor)
    const signature = createHmac('sha1', 'key').update('2024-05-01T10:00:00+00:00user').digest('hex')
    const header =
      `<ns1:AuthenticationHeader><mktowsUserId>user</mktowsUserId><requestSignature>${signature}</requestSignature>` +
      '<requestTimestamp>2024-05-01T10:00:00+00:00</requestTimestamp></ns1:AuthenticationHeader>'
    const text = textOf(plainCall.descriptor).replace('<SOAP-ENV:Header>', `<SOAP-ENV:Header>${header}`)
    expect(signed).toEqual({ ...plainCall.descriptor, body: { text, type: 'text/xml; charset=utf-8' } })
  })

  it('S2 signs the very timestamp that it writes, and the very user', () => {
    fc.assert(
      fc.property(request, credentials, instant, (one, who, when) => {
        const texts = readTexts(textOf(signSoap(who, when)(one)))
        const told = (name: string) => texts?.get(`Envelope/Header/AuthenticationHeader/${name}`) ?? ''
        expect(told('mktowsUserId')).toBe(who.userId)
        expect(told('requestSignature')).toBe(soapSignature(who)(told('requestTimestamp')))
        expect(told('requestTimestamp')).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00$/)
        expect(Date.parse(told('requestTimestamp'))).toBe(Math.floor(when / 1000) * 1000)
      })
    )
  })

  it('the last signature is the only one', () => {
    const anyInstant = fc.oneof(instant, unprintable)
    fc.assert(
      fc.property(request, credentials, credentials, anyInstant, anyInstant, (one, a, b, t1, t2) => {
        expect(signSoap(b, t2)(signSoap(a, t1)(one))).toEqual(signSoap(b, t2)(one))
      })
    )
  })

  it('nothing in an event is taken for the header, or moves it', () => {
    fc.assert(
      fc.property(request, credentials, instant, (one, who, when) => {
        const before = textOf(one)
        const after = textOf(signSoap(who, when)(one))
        const place = before.indexOf('<SOAP-ENV:Header>') + '<SOAP-ENV:Header>'.length
        const end = after.length - (before.length - place)
        expect(after.slice(0, place)).toBe(before.slice(0, place))
        expect(after.slice(end)).toBe(before.slice(place))
        expect(after.slice(place, end)).toMatch(/^<ns1:AuthenticationHeader>.*<\/ns1:AuthenticationHeader>$/s)
        expect(after.split('<ns1:AuthenticationHeader>')).toHaveLength(2)
      })
    )
  })

  it('S3 no credential is in a call before it is signed, and never the key', () => {
    const marked = fc.constant({ userId: 'Zy9-user', encryptionKey: 'Zy9-key' })
    fc.assert(
      fc.property(request, marked, instant, (one, who, when) => {
        expect(JSON.stringify(one)).not.toContain('AuthenticationHeader><')
        expect(JSON.stringify(one)).not.toContain('Zy9')
        const signed = JSON.stringify(signSoap(who, when)(one))
        expect(signed).toContain('Zy9-user')
        expect(signed).not.toContain('Zy9-key')
      })
    )
  })

  it('writes no signature where it cannot: the message comes back without any', () => {
    fc.assert(
      fc.property(request, credentials, instant, unprintable, (one, who, when, never) => {
        expect(signSoap(who, never)(one)).toEqual(one)
        expect(signSoap({ ...who, userId: `${who.userId}\u0000` }, when)(signSoap(who, when)(one))).toEqual(one)
        expect(signSoap({ ...who, userId: '\ud83d' }, when)(one)).toEqual(one)
      })
    )
  })

  it('leaves what is no SOAP call of ours as it is', () => {
    const { descriptor } = plainCall
    const sign = signSoap({ userId: 'user', encryptionKey: 'key' }, 0)
    const others: ReadonlyArray<HttpRequest> = [
      { ...descriptor, auth: 'none' },
      { ...descriptor, body: null },
      { ...descriptor, body: { json: textOf(descriptor) } },
      { ...descriptor, body: { text: '', type: 'text/xml' } },
      { ...descriptor, body: { text: ` ${textOf(descriptor)}`, type: 'text/xml' } },
      { ...descriptor, body: { text: '<x><SOAP-ENV:Header></SOAP-ENV:Header></x>', type: 'text/xml' } }
    ]
    for (const other of others) expect(sign(other)).toBe(other)
    fc.assert(
      fc.property(batchOf(keyedIntent), (intents) => {
        for (const { descriptor: one } of callsOf(describeSteps(intents)))
          if (one.endpoint !== 'syncLeadOverSoap') expect(sign(one)).toBe(one)
      })
    )
  })

  it('P1 P2 P4 signs alike each time, leaves the call as it was, and makes JSON', () => {
    fc.assert(
      fc.property(request, credentials, instant, (one, who, when) => {
        const before = structuredClone(one)
        const signed = signSoap(frozen(who), when)(frozen(one))
        expect(signSoap(who, when)(one)).toEqual(signed)
        expect(one).toEqual(before)
        expect(JSON.parse(JSON.stringify(signed))).toStrictEqual(signed)
      })
    )
  })

  it('D2 adds no more than what was kept free for it, for user ids of 250 bytes', () => {
    const long = signSoap({ userId: 'u'.repeat(250), encryptionKey: 'key' }, 0)(plainCall.descriptor)
    expect(bytes(textOf(long)) - bytes(textOf(plainCall.descriptor))).toBeLessThanOrEqual(512)
  })
})
