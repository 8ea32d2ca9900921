import * as fc from 'fast-check'
import * as O from 'fp-ts/Option'
import { describe, expect, it } from 'vitest'
import type { Remedy } from '../../src/marketo/error-codes.js'
import { type SoapFaultSeen, soapFaultRemedy, soapFaultRow, soapFaults } from '../../src/marketo/soap-faults.js'

const seen = (changes: Partial<SoapFaultSeen> = {}): SoapFaultSeen => ({
  level: 'fault',
  code: '',
  faultcode: 'Client',
  message: '',
  httpStatus: 500,
  ...changes
})

describe('the table of SOAP faults', () => {
  it.each(Object.entries(soapFaults))('has a sound row for %s', (code, { name }) => {
    expect(code).toMatch(/^(100|200|201)\d\d$/)
    expect(name).toMatch(/^[A-Z][a-zA-Z, ]+$/)
    expect(soapFaultRow(code)).toEqual(O.some({ name, remedy: soapFaultRemedy(seen({ code })) }))
  })

  it('lists the codes that the SOAP pages list, and one of a public client', () => {
    expect(Object.keys(soapFaults).join(' ')).toBe(
      '10001 20011 20012 20013 20014 20015 20016 20017 20018 20019 20022 20023 20024 20101 20102 20103 20104 20105 20106 ' +
        '20107 20108 20109 20110 20111 20113 20114 20122 20123'
    )
  })

  it('calls exactly those transient that public clients send again', () => {
    const again: ReadonlyArray<Remedy> = ['back-off', 'throttle', 'await-quota']
    const transient = Object.entries(soapFaults).filter(([, { remedy }]) => again.includes(remedy))
    expect(transient.map(([code, { remedy }]) => `${code} ${remedy}`)).toEqual([
      '10001 back-off',
      '20011 back-off',
      '20015 await-quota',
      '20016 back-off',
      '20023 throttle',
      '20024 back-off'
    ])
  })

  it.each(['', '2001', '200150', ' 20015', 'constructor', '__proto__', 'toString'])('has no row for %j', (code) => {
    expect(soapFaultRow(code)).toEqual(O.none)
  })
})

describe('the remedy of a SOAP failure', () => {
  it('of a known code is its row’s, whatever the status, the level and the fault code say', () => {
    const anySeen = fc.record({
      level: fc.constantFrom('fault' as const, 'record' as const),
      code: fc.constantFrom(...Object.keys(soapFaults)),
      faultcode: fc.constantFrom('Client', 'Server', ''),
      message: fc.string(),
      httpStatus: fc.integer()
    })
    fc.assert(
      fc.property(anySeen, (one) => {
        expect(O.map((row: { remedy: Remedy }) => row.remedy)(soapFaultRow(one.code))).toEqual(
          O.some(soapFaultRemedy(one))
        )
      })
    )
  })

  it.each([
    'Exceeded lock attempts',
    'lead 7: EXCEEDED LOCK ATTEMPTS.',
    '20106 - Lead sync failed (exceeded lock attempts)'
  ])('of %j is to back off, whatever the code', (message) => {
    for (const code of ['', '20106', '20014', '99999']) {
      expect(soapFaultRemedy(seen({ code, message }))).toBe('back-off')
      expect(soapFaultRemedy(seen({ code, message, level: 'record', httpStatus: 200 }))).toBe('back-off')
    }
  })

  it.each<[string, Partial<SoapFaultSeen>, Remedy]>([
    ['the lock words with another word between', { message: 'Exceeded all lock attempts' }, 'mend-request'],
    ['a fault that SOAP calls ours', {}, 'mend-request'],
    ['a fault that SOAP calls theirs', { faultcode: 'Server', httpStatus: 200 }, 'back-off'],
    ['a header that must be understood', { faultcode: 'MustUnderstand' }, 'mend-request'],
    ['a fault without a fault code at 500', { faultcode: '' }, 'back-off'],
    ['a fault without a fault code at 499', { faultcode: '', httpStatus: 499 }, 'mend-request'],
    ['a fault at 429', { faultcode: '', httpStatus: 429 }, 'throttle'],
    ['a fault of ours at 429', { httpStatus: 429 }, 'throttle'],
    ['a lead that failed for no known reason', { level: 'record', faultcode: '', httpStatus: 200 }, 'mend-record'],
    ['a lead that failed at 500', { level: 'record', faultcode: 'Server' }, 'mend-record']
  ])('where nobody lists the code: %s', (_, changes, remedy) => {
    expect(soapFaultRemedy(seen({ code: '29999', ...changes }))).toBe(remedy)
  })
})
