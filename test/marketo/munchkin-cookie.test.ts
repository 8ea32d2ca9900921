import * as fc from 'fast-check'
import * as E from 'fp-ts/Either'
import { describe, expect, it } from 'vitest'
import {
  MunchkinCookieFromString as Cookie,
  isSetBy,
  isWrittenBy,
  MunchkinCookie,
  MunchkinToken,
  printMunchkinCookie,
  readMunchkinCookie,
  tokenDomain
} from '../../src/marketo/munchkin-cookie.js'
import type { MunchkinId } from '../../src/marketo/munchkin-id.js'
import { anyToken, cookieText, knownToken, munchkinIdText, nearlyCookie } from '../arbitraries/munchkin.js'
import { cookieCases } from '../cases/marketo-cookies.js'

const canonicalText = fc.tuple(munchkinIdText, anyToken).map(([id, token]) => `id:${id}&token:${token}`)
const decoded = canonicalText.map(Cookie.decode).filter(E.isRight)

/** Print after parse, where there is anything to print. */
const rewritten = (text: string): string | undefined => {
  const cookie = readMunchkinCookie(text)
  return cookie === undefined ? undefined : printMunchkinCookie(cookie)
}

describe('laws', () => {
  it('C1 print after parse is the identity on canonical cookies', () => {
    fc.assert(
      fc.property(cookieText, (text) => {
        expect(rewritten(text)).toBe(text)
      })
    )
  })

  it('C1 parse, print, parse gives what parse gave, on any text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), nearlyCookie, cookieText, cookieText.map(encodeURIComponent)), (text) => {
        const cookie = readMunchkinCookie(text)
        if (cookie !== undefined) expect(readMunchkinCookie(printMunchkinCookie(cookie))).toEqual(cookie)
      }),
      { numRuns: 2_000 }
    )
  })

  it('C1 the codec writes back the very text it read, whatever the token', () => {
    fc.assert(
      fc.property(canonicalText, (text) => {
        expect(E.map(Cookie.encode)(Cookie.decode(text))).toEqual(E.right(text))
      })
    )
  })

  it('what the reader finds, the codec takes, and they agree', () => {
    fc.assert(
      fc.property(fc.oneof(nearlyCookie, cookieText), (text) => {
        const cookie = readMunchkinCookie(text)
        fc.pre(cookie !== undefined)
        expect(Cookie.is(cookie)).toBe(true)
        expect(Cookie.decode(Cookie.encode(cookie))).toEqual(E.right(cookie))
      })
    )
  })

  it('a cookie is found however it was wrapped', () => {
    const wraps: ReadonlyArray<(text: string) => string> = [
      (text) => ` ${text}\t`,
      (text) => `_mkto_trk=${text}`,
      (text) => `_mkto_trk=${encodeURIComponent(text)}`,
      encodeURIComponent,
      (text) => encodeURIComponent(`_mkto_trk=${text}`),
      (text) => text.replace('&', '%26'),
      (text) => text.replace('_mch', '%5fmch'),
      (text) => text.replace('id:', 'id=').replace('token:', 'token='),
      (text) => text.slice(0, 14).toLowerCase() + text.slice(14),
      (text) => text.split('&').reverse().join('&'),
      (text) => `${text}&opt_out=true`,
      (text) => `&${text}&`,
      (text) => `idle=1&${text}&tokens:2`
    ]
    fc.assert(
      fc.property(cookieText, fc.constantFrom(...wraps), (text, wrap) => {
        expect(rewritten(wrap(text))).toBe(text)
      })
    )
  })

  it('the domain of the token is the one that it was made of', () => {
    fc.assert(
      fc.property(munchkinIdText, knownToken, (id, { domain, token }) => {
        const cookie = readMunchkinCookie(`id:${id}&token:${token}`)
        expect(cookie && tokenDomain(cookie)).toBe(domain)
      })
    )
  })

  it('P3 any value gets a verdict', () => {
    fc.assert(
      fc.property(fc.anything(), (u) => {
        expect(readMunchkinCookie(u)).toBeUndefined()
        expect(Cookie.decode(u)._tag).toBe('Left')
      })
    )
  })

  it('P4 a cookie equals its JSON round trip', () => {
    fc.assert(
      fc.property(cookieText, (text) => {
        const cookie = readMunchkinCookie(text)
        expect(JSON.parse(JSON.stringify(cookie))).toEqual(cookie)
        expect(MunchkinCookie.decode(JSON.parse(JSON.stringify(cookie)))).toEqual(E.right(cookie))
      })
    )
  })

  it('a cookie that lost one character of its frame is refused by the codec', () => {
    const frame = 'id:561-HYG-937&token:'
    fc.assert(
      fc.property(anyToken, fc.nat({ max: frame.length - 1 }), (token, i) => {
        fc.pre(!token.startsWith(':')) // a leading colon would mend the frame again
        expect(Cookie.decode(frame.slice(0, i) + frame.slice(i + 1) + token)._tag).toBe('Left')
      })
    )
  })

  it('isSetBy knows its own instance from any other', () => {
    fc.assert(
      fc.property(decoded, decoded, ({ right: a }, { right: b }) => {
        expect(isSetBy(a.munchkinId)(a)).toBe(true)
        expect(isSetBy(a.munchkinId)(b)).toBe(a.munchkinId === b.munchkinId)
      })
    )
  })

  it('isWrittenBy sees at once what is printed as it was read', () => {
    fc.assert(
      fc.property(fc.oneof(cookieText, nearlyCookie, canonicalText), decoded, (text, { right: other }) => {
        const cookie = readMunchkinCookie(text)
        const isCanonical = cookie !== undefined && printMunchkinCookie(cookie) === text
        expect(isWrittenBy(cookie?.munchkinId ?? other.munchkinId, text)).toBe(isCanonical)
        expect(isWrittenBy(other.munchkinId, text)).toBe(isCanonical && isSetBy(other.munchkinId)(cookie))
      }),
      { numRuns: 2_000 }
    )
  })
})

describe('a cookie just as Munchkin writes it', () => {
  const id = '561-HYG-937'
  const cookie = `id:${id}&token:_mch-example.com-1366988021120-11094`

  it.each([
    [cookie, true],
    [`${cookie}\n`, false],
    [`${cookie}0`, false],
    [`${cookie}&opt_out=true`, false],
    [`id:${id}${cookie}`, false],
    [cookie.replace('_mch-', '_mch-%41'), false],
    [cookie.replace('_mch-', '_mch-&'), false],
    [cookie.replace('example', 'ex,ample'), false],
    [cookie.replace('example', 'ex;ample'), false],
    [cookie.replace('example', 'exämple'), false]
  ])('%j: %s', (text, expected) => {
    const own = readMunchkinCookie(cookie)?.munchkinId
    expect(own !== undefined && isWrittenBy(own, text)).toBe(expected)
  })
})

describe('what is no text', () => {
  it.each([null, undefined, 7, {}, ['id:561-HYG-937']])('%j is no cookie', (u) => {
    const own: MunchkinId = JSON.parse('"561-HYG-937"')
    expect(isWrittenBy(own, u)).toBe(false)
  })
})

describe('half an instance', () => {
  it.each(['', '561', '561-HYG-93'])('%j set no cookie', (id) => {
    const half: MunchkinId = JSON.parse(JSON.stringify(id))
    expect(isWrittenBy(half, 'id:561-HYG-937&token:_mch-example.com-1366988021120-11094')).toBe(false)
  })
})

describe('documented forms', () => {
  it('are 29', () => {
    expect(cookieCases).toHaveLength(29)
  })

  it.each(cookieCases)('$name', ({ input, expected }) => {
    const cookie = readMunchkinCookie(input)
    expect(cookie && { canonical: printMunchkinCookie(cookie), domain: tokenDomain(cookie) }).toEqual(
      expected ?? undefined
    )
  })
})

describe('near misses', () => {
  it.each([
    ['a number', 42],
    ['a text still URL-encoded', 'id:561-HYG-937%26token:_mch-example.com-1-2'],
    ['an id in lower case', 'id:561-hyg-937&token:_mch-example.com-1-2'],
    ['a token with a space', 'id:561-HYG-937&token:_mch example.com'],
    ['a parameter behind it', 'id:561-HYG-937&token:_mch-example.com-1-2&opt_out=true'],
    ['the name left in front', '_mkto_trk=id:561-HYG-937&token:_mch-example.com-1-2'],
    ['a line break behind', 'id:561-HYG-937&token:_mch-example.com-1-2\n'],
    ['a control character', 'id:561-HYG-937&token:_mch-example.com-1-2\u0000'],
    ['a token beyond ASCII', 'id:561-HYG-937&token:_mch-münchen.de-1-2'],
    ['a semicolon in the token', 'id:561-HYG-937&token:_mch-example.com-1-2; path=/'],
    ['a comma in the token', 'id:561-HYG-937&token:_mch-example.com-1-2,3'],
    ['an empty token', 'id:561-HYG-937&token:']
  ])('the codec refuses %s and says how to mend it', (_, u) => {
    const result = Cookie.decode(u)
    expect(E.isLeft(result) && result.left.map((e) => e.message)).toEqual([
      'expected id:<munchkin id>&token:<token>; if the text holds %26, URL-decode it once first'
    ])
  })

  const token = '_mch-example.com-1374552656411-90718'
  it.each([
    ['two tokens', `id:561-HYG-937&token:${token}&token:${token}`],
    ['two ids', `id:561-HYG-937&id:561-HYG-937&token:${token}`],
    ['names in capitals', `ID:561-HYG-937&TOKEN:${token}`],
    ['a name that begins like ours', `identity:561-HYG-937&token:${token}`],
    ['a name that ends like ours', `uid:561-HYG-937&token:${token}`],
    ['the name twice in front', `_mkto_trk=_mkto_trk=id:561-HYG-937&token:${token}`],
    ['a blank inside', `id:561-HYG-937& token:${token}`],
    ['a percent sign left in the token', `id:561-HYG-937&token:_mch-exa%25mple.com-1374552656411-90718`],
    ['an escape that is none', `id:561-HYG-937&token:_mch-exa%zzmple.com-1374552656411-90718`],
    ['a byte beyond ASCII', `id:561-HYG-937&token:_mch-exa%E4mple.com-1374552656411-90718`],
    ['a line break, encoded', `id:561-HYG-937&token:_mch-exa%0Ample.com-1374552656411-90718`],
    ['an id whose capitals are ASCII by accident', `id:561-ſyg-937&token:${token}`],
    ['four random digits', 'id:561-HYG-937&token:_mch-example.com-1374552656411-9071'],
    ['six random digits', 'id:561-HYG-937&token:_mch-example.com-1374552656411-907181'],
    ['a token with a letter before _mch-', `id:561-HYG-937&token:x${token}`],
    ['17 digits of time', 'id:561-HYG-937&token:_mch-example.com-13745526564110000-90718'],
    ['a domain of 254 characters', `id:561-HYG-937&token:_mch-${'x'.repeat(254)}-1374552656411-90718`],
    ['nine digits of time', 'id:561-HYG-937&token:_mch-example.com-137455265-90718'],
    ['a time with a letter in front', 'id:561-HYG-937&token:_mch-example.com-x1374552656411-90718'],
    ['a time with a letter behind', 'id:561-HYG-937&token:_mch-example.com-1374552656411x-90718'],
    ['another separator of the id', `id/561-HYG-937&token:${token}`],
    ['another separator of the token', `id:561-HYG-937&token ${token}`],
    ['a hash of 15 digits', 'id:561-HYG-937&token:_mch-example.com-0123456789abcde'],
    ['a hash of 65 digits', `id:561-HYG-937&token:_mch-example.com-${'a'.repeat(65)}`],
    ['a hash in capitals', 'id:561-HYG-937&token:_mch-example.com-00112233445566778899AABBCCDDEEFF'],
    ['a hash without a domain', 'id:561-HYG-937&token:_mch-00112233445566778899aabbccddeeff'],
    ['no domain before a hash', 'id:561-HYG-937&token:_mch--00112233445566778899aabbccddeeff'],
    ['a time without a domain', 'id:561-HYG-937&token:_mch-1374552656411-90718']
  ])('the reader refuses %s', (_, text) => {
    expect(readMunchkinCookie(text)).toBeUndefined()
  })

  it('the reader takes hashes of 16 to 64 digits, times of 10 to 16 and domains of 1 to 253 characters', () => {
    expect(readMunchkinCookie('id:561-HYG-937&token:_mch-x-1374552656411-90718')).toBeDefined()
    for (const ending of ['a'.repeat(16), 'a'.repeat(64), '1374552656-90718', '1374552656411000-90718']) {
      expect(readMunchkinCookie(`id:561-HYG-937&token:_mch-example.com-${ending}`)).toBeDefined()
    }
    expect(readMunchkinCookie(`id:561-HYG-937&token:_mch-${'x'.repeat(253)}-1374552656411-90718`)).toBeDefined()
  })

  it('a token with an ending of its own passes through the codec and has no known domain', () => {
    const cookie = Cookie.decode('id:561-HYG-937&token:_mch-example.com-v3.abc')
    expect(E.map(tokenDomain)(cookie)).toEqual(E.right(undefined))
    expect(MunchkinToken.is('_mch-example.com-v3.abc')).toBe(true)
  })
})

it('the reader passes over an empty pair in front, between and behind', () => {
  const cookie = { munchkinId: '561-HYG-937', token: '_mch-example.com-1374552656411-90718' }
  const [id, token] = [`id:${cookie.munchkinId}`, `token:${cookie.token}`]
  for (const text of [`&${id}&${token}`, `${id}&&${token}`, `${id}&${token}&`, `&&${token}&${id}&&`])
    expect(readMunchkinCookie(text)).toEqual(cookie)
})

it.each([
  ['nothing', {}],
  ['an id alone', { munchkinId: '561-HYG-937' }],
  ['a token alone', { token: 'a' }],
  ['an id that is none', { munchkinId: '561', token: 'a' }],
  ['a token that is none', { munchkinId: '561-HYG-937', token: 'a b' }]
])('%s is no cookie taken apart', (_, u) => {
  expect(MunchkinCookie.is(u)).toBe(false)
  expect(MunchkinCookie.decode(u)._tag).toBe('Left')
})

it('codecs carry their names into messages', () => {
  expect([MunchkinToken.name, MunchkinCookie.name, Cookie.name]).toEqual([
    'MunchkinToken',
    'MunchkinCookie',
    'MunchkinCookieFromString'
  ])
})
