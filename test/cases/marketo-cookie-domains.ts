/**
 * Hosts, Munchkin's options, and the domain that it sets its cookie on.
 */
import type { CookieDomainOptions } from '../../src/marketo/cookie-domain.js'

interface CookieDomainCase {
  readonly name: string
  readonly source: string
  readonly input: { readonly hostname: string; readonly options: CookieDomainOptions }
  readonly expected: string
}

const source = 'Munchkin 159, getDomain'
const v2: CookieDomainOptions = { domainSelectorV2: true }

export const cookieDomainCases: ReadonlyArray<CookieDomainCase> = [
  { name: 'a sub-domain', source, input: { hostname: 'www.example.com', options: {} }, expected: 'example.com' },
  { name: 'the bare domain', source, input: { hostname: 'example.com', options: {} }, expected: 'example.com' },
  { name: 'two sub-domains', source, input: { hostname: 'a.b.example.com', options: {} }, expected: 'example.com' },
  {
    name: 'a level of three',
    source,
    input: { hostname: 'a.b.example.com', options: { domainLevel: 3 } },
    expected: 'b.example.com'
  },
  {
    name: 'a country with a second level',
    source,
    input: { hostname: 'www.example.co.jp', options: {} },
    expected: 'example.co.jp'
  },
  {
    name: 'a country without one, cut too late',
    source,
    input: { hostname: 'www.example.io', options: {} },
    expected: 'www.example.io'
  },
  { name: 'two labels, short', source, input: { hostname: 'example.io', options: {} }, expected: 'example.io' },
  {
    name: 'a level of two',
    source,
    input: { hostname: 'www.example.io', options: { domainLevel: 2 } },
    expected: 'example.io'
  },
  {
    name: 'a country, newer selector',
    source,
    input: { hostname: 'www.example.io', options: v2 },
    expected: 'example.io'
  },
  { name: '.co.uk, newer selector', source, input: { hostname: 'www.example.co.uk', options: v2 }, expected: 'example.co.uk' },
  {
    name: '.com.au, newer selector, cut too early',
    source,
    input: { hostname: 'www.example.com.au', options: v2 },
    expected: 'com.au'
  },
  { name: 'an address ending in one digit', source, input: { hostname: '192.168.0.1', options: {} }, expected: '192.168.0.1' },
  { name: 'an address, newer selector', source, input: { hostname: '192.168.0.10', options: v2 }, expected: '192.168.0.10' },
  {
    name: 'an address ending in two digits, cut by mistake',
    source,
    input: { hostname: '192.168.0.10', options: {} },
    expected: '168.0.10'
  },
  { name: 'a bare host', source, input: { hostname: 'localhost', options: {} }, expected: 'localhost' },
  {
    name: 'a level of one, of which two remain',
    source,
    input: { hostname: 'www.example.com', options: { domainLevel: 1 } },
    expected: 'example.com'
  }
]
