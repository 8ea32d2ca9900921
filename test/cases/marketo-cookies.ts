/**
 * Texts that customers send as Munchkin cookie, and the canonical cookie each holds (null: none), with the domain in its token.
 */
interface CookieCase {
  readonly name: string
  readonly source: string
  readonly input: string
  readonly expected: { readonly canonical: string; readonly domain: string } | null
}

const adobe = 'Adobe "Lead Tracking", Cookie'
const captured = 'captured traffic, Munchkin 161 to 164'
const munchkin = 'Munchkin 159, reading its own cookie'
const ours = 'our reading, built on Munchkin 159'

const marketo = { canonical: 'id:561-HYG-937&token:_mch-marketo.com-1374552656411-90718', domain: 'marketo.com' }

export const cookieCases: ReadonlyArray<CookieCase> = [
  {
    name: 'milliseconds and a random number',
    source: adobe,
    input: 'id:561-HYG-937&token:_mch-marketo.com-1374552656411-90718',
    expected: marketo
  },
  {
    name: 'a hash of 31 digits',
    source: adobe,
    input: 'id:561-HYG-937&token:_mch-marketo.com-97bf4361ef4433921a6da262e8df45a',
    expected: {
      canonical: 'id:561-HYG-937&token:_mch-marketo.com-97bf4361ef4433921a6da262e8df45a',
      domain: 'marketo.com'
    }
  },
  {
    name: 'a hash of 32 digits',
    source: captured,
    input: 'id:123-ABC-456&token:_mch-example.com-00112233445566778899aabbccddeeff',
    expected: {
      canonical: 'id:123-ABC-456&token:_mch-example.com-00112233445566778899aabbccddeeff',
      domain: 'example.com'
    }
  },
  {
    name: 'a domain of three labels',
    source: captured,
    input: 'id:123-ABC-456&token:_mch-example.co.nz-1657097811094-76840',
    expected: { canonical: 'id:123-ABC-456&token:_mch-example.co.nz-1657097811094-76840', domain: 'example.co.nz' }
  },
  {
    name: 'a hyphen in the domain',
    source: captured,
    input: 'id:123-ABC-456&token:_mch-my-company.com-1657097811094-76840',
    expected: { canonical: 'id:123-ABC-456&token:_mch-my-company.com-1657097811094-76840', domain: 'my-company.com' }
  },
  {
    name: 'a domain without a dot',
    source: munchkin,
    input: 'id:123-ABC-456&token:_mch-localhost-1657097811094-76840',
    expected: { canonical: 'id:123-ABC-456&token:_mch-localhost-1657097811094-76840', domain: 'localhost' }
  },
  {
    name: 'a lower-case munchkin id',
    source: munchkin,
    input: 'id:123-abc-456&token:_mch-example.com-1657097811094-76840',
    expected: { canonical: 'id:123-ABC-456&token:_mch-example.com-1657097811094-76840', domain: 'example.com' }
  },
  {
    name: 'all of it percent-encoded',
    source: captured,
    input: 'id%3A561-HYG-937%26token%3A_mch-marketo.com-1374552656411-90718',
    expected: marketo
  },
  {
    name: 'the ampersand alone percent-encoded',
    source: 'Adobe "Leads", Associate Lead',
    input: 'id:561-HYG-937%26token:_mch-marketo.com-1374552656411-90718',
    expected: marketo
  },
  {
    name: "the cookie's name in front",
    source: ours,
    input: '_mkto_trk=id:561-HYG-937&token:_mch-marketo.com-1374552656411-90718',
    expected: marketo
  },
  {
    name: 'equals signs for colons',
    source: munchkin,
    input: 'id=561-HYG-937&token=_mch-marketo.com-1374552656411-90718',
    expected: marketo
  },
  {
    name: 'the token first',
    source: munchkin,
    input: 'token:_mch-marketo.com-1374552656411-90718&id:561-HYG-937',
    expected: marketo
  },
  {
    name: 'blanks around it',
    source: munchkin,
    input: '  id:561-HYG-937&token:_mch-marketo.com-1374552656411-90718 ',
    expected: marketo
  },
  { name: 'empty text', source: ours, input: '', expected: null },
  { name: 'blank text', source: ours, input: '   ', expected: null },
  { name: 'no token', source: ours, input: 'id:561-HYG-937', expected: null },
  { name: 'no munchkin id', source: ours, input: 'token:_mch-marketo.com-1374552656411-90718', expected: null },
  {
    name: 'an empty munchkin id',
    source: ours,
    input: 'id:&token:_mch-marketo.com-1374552656411-90718',
    expected: null
  },
  { name: 'an empty token', source: ours, input: 'id:561-HYG-937&token:', expected: null },
  {
    name: 'a munchkin id without hyphens',
    source: ours,
    input: 'id:561HYG937&token:_mch-marketo.com-1374552656411-90718',
    expected: null
  },
  {
    name: 'a munchkin id with a digit too many',
    source: ours,
    input: 'id:561-HYG-9370&token:_mch-marketo.com-1374552656411-90718',
    expected: null
  },
  {
    name: 'a token that does not begin with _mch-',
    source: ours,
    input: 'id:561-HYG-937&token:mch-marketo.com-1374552656411-90718',
    expected: null
  },
  { name: 'a token without an ending', source: ours, input: 'id:561-HYG-937&token:_mch-marketo.com', expected: null },
  {
    name: 'a token without a domain',
    source: ours,
    input: 'id:561-HYG-937&token:_mch--1374552656411-90718',
    expected: null
  },
  {
    name: 'a header smuggled in behind',
    source: ours,
    input: 'id:561-HYG-937&token:_mch-marketo.com-1374552656411-90718\r\nX: y',
    expected: null
  },
  {
    name: 'a semicolon for the ampersand',
    source: ours,
    input: 'id:561-HYG-937;token:_mch-marketo.com-1374552656411-90718',
    expected: null
  },
  {
    name: 'percent-encoded twice',
    source: ours,
    input: 'id%253A561-HYG-937%2526token%253A_mch-marketo.com-1374552656411-90718',
    expected: null
  },
  { name: 'the word undefined', source: ours, input: 'undefined', expected: null },
  { name: 'JSON', source: ours, input: '{"id":"561-HYG-937"}', expected: null }
]
