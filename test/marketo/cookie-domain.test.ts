import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cookieDomain } from '../../src/marketo/cookie-domain.js'
import { cookieDomainCases } from '../cases/marketo-cookie-domains.js'

const hostname = fc.oneof(fc.domain(), fc.ipV4(), fc.string())
const options = fc.record(
  { domainLevel: fc.oneof(fc.integer(), fc.double(), fc.constant(null)), domainSelectorV2: fc.boolean() },
  { requiredKeys: [] }
)

describe('laws', () => {
  it('the domain is the end of the host, from a label on, and never fewer than two labels of it', () => {
    fc.assert(
      fc.property(hostname, options, (host, option) => {
        const domain = cookieDomain(host, option)
        expect(`.${host}`.endsWith(`.${domain}`)).toBe(true)
        expect(domain.split('.').length).toBeGreaterThanOrEqual(Math.min(2, host.split('.').length))
      })
    )
  })

  it('a level wins over the selector and keeps that many labels, while there are so many', () => {
    fc.assert(
      fc.property(hostname, fc.integer({ min: 1, max: 9 }), fc.boolean(), (host, domainLevel, domainSelectorV2) => {
        const labels = host.split('.').length
        expect(cookieDomain(host, { domainLevel, domainSelectorV2 }).split('.')).toHaveLength(
          Math.min(Math.max(2, domainLevel), labels)
        )
      })
    )
  })

  it('the newer selector keeps an IPv4 address whole', () => {
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        expect(cookieDomain(address, { domainSelectorV2: true })).toBe(address)
      })
    )
  })

  it('a level that says nothing is no level', () => {
    fc.assert(
      fc.property(
        hostname,
        fc.constantFrom(null, 0, -1, Number.NaN),
        fc.boolean(),
        (host, domainLevel, domainSelectorV2) => {
          expect(cookieDomain(host, { domainLevel, domainSelectorV2 })).toBe(cookieDomain(host, { domainSelectorV2 }))
        }
      )
    )
  })
})

describe('observed domains', () => {
  it('are 16', () => {
    expect(cookieDomainCases).toHaveLength(16)
  })

  it.each(cookieDomainCases)('$name', ({ input, expected }) => {
    expect(cookieDomain(input.hostname, input.options)).toBe(expected)
  })
})

it.each([
  [1, 'example.io'],
  [2, 'example.io'],
  [3, 'www.example.io'],
  [1.5, 'example.io']
])('a level of %s keeps so many labels, but never fewer than two', (domainLevel, domain) => {
  expect(cookieDomain('www.example.io', { domainLevel })).toBe(domain)
})

describe('near misses', () => {
  it.each([
    ['four numbers that are no address', '1.2.3.256', '3.256'],
    ['five numbers', '1.2.3.4.5', '4.5'],
    ['a number with an exponent', '1.2.3.1e2', '3.1e2'],
    ['a number of four digits', '1.2.3.0004', '3.0004'],
    ['no number at all', '1.2.3.', '3.'],
    ['co under a longer label', 'www.example.co.com', 'co.com'],
    ['co in capitals', 'www.example.CO.uk', 'example.CO.uk'],
    ['a label that ends in co', 'www.exampleco.uk', 'exampleco.uk']
  ])('the newer selector, %s', (_, host, domain) => {
    expect(cookieDomain(host, { domainSelectorV2: true })).toBe(domain)
  })
})
