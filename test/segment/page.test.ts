import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Problem } from '../../src/ground/problem.js'
import {
  campaign,
  ip,
  locale,
  readCampaign,
  readIp,
  readLocale,
  readUserAgent,
  userAgent
} from '../../src/segment/context.js'
import type { SegmentEvent } from '../../src/segment/event.js'
import {
  type PageMember,
  pageCategory,
  pageName,
  pagePath,
  pageReferrer,
  pageSearch,
  pageTitle,
  pageUrl,
  readContextPage,
  readPage,
  readPageLabel
} from '../../src/segment/page.js'
import { parsePageUrl, printUrl, readPageAddress, readPageUrl } from '../../src/segment/page-url.js'

const some = (value: unknown) => ({ _tag: 'Some', value })
const none = { _tag: 'None' }
const members: ReadonlyArray<PageMember> = ['url', 'path', 'search', 'title', 'referrer']

describe('facts about the page', () => {
  it.each(members)('%s: properties of a view, else context.page', (member) => {
    const inProperties = { properties: { [member]: 'p' }, context: { page: { [member]: 'c' } } }
    const inContext = { properties: { [member]: '' }, context: { page: { [member]: 'c' } } }
    const fromProperties = { value: 'p', at: ['properties', member] }
    const fromContext = { value: 'c', at: ['context', 'page', member] }
    for (const type of ['page', 'screen'] as const) {
      expect(readPage({ type, ...inProperties }, member)).toEqual(fromProperties)
      expect(readPage({ type, ...inContext }, member)).toEqual(fromContext)
      expect(readContextPage({ type, ...inProperties }, member)).toEqual(fromContext)
      expect(readPage({ type }, member)).toBeUndefined()
    }
    expect(readPage({ type: 'track', event: 'E', ...inProperties }, member)).toEqual(fromContext)
    expect(readPage({ type: 'identify', ...inProperties }, member)).toEqual(fromContext)
    expect(readPage({ type: 'page', properties: { [member]: 7 } }, member)?.value).toBe(7)
  })

  it('are read as text one by one', () => {
    const event: SegmentEvent = {
      type: 'page',
      name: 'N',
      properties: { url: 'u', path: '/p', search: '?s', title: 'T', referrer: 'r', category: 'C' }
    }
    expect(
      [pageUrl, pagePath, pageSearch, pageTitle, pageReferrer, pageName, pageCategory].map((read) => read(event))
    ).toEqual(['u', '/p', '?s', 'T', 'r', 'N', 'C'].map(some))
    expect(pageUrl({ type: 'page', properties: { url: {} } })).toEqual(none)
  })
})

describe.each(['name', 'category'] as const)('the %s of a view', (label) => {
  it.each<[string, SegmentEvent, unknown]>([
    ['stands in the call', { type: 'page', [label]: 'a', properties: { [label]: 'b' } }, { value: 'a', at: [label] }],
    [
      'else in its properties',
      { type: 'screen', properties: { [label]: 'b' } },
      { value: 'b', at: ['properties', label] }
    ],
    ['stands in no other call', { type: 'track', event: 'E', [label]: 'a', properties: { [label]: 'b' } }, undefined],
    ['is not empty', { type: 'page', [label]: '', properties: { [label]: null } }, undefined]
  ])('%s', (_, event, expected) => {
    expect(readPageLabel(event, label)).toEqual(expected)
  })
})

describe('the context', () => {
  const page = (context: Readonly<Record<string, unknown>>): SegmentEvent => ({ type: 'page', context })

  it.each<[string, SegmentEvent, unknown]>([
    ['userAgent', page({ userAgent: 'a', user_agent: 'b' }), { value: 'a', at: ['context', 'userAgent'] }],
    ['else user_agent', page({ userAgent: '', user_agent: 'b' }), { value: 'b', at: ['context', 'user_agent'] }],
    ['no other spelling', page({ 'User-Agent': 'c' }), undefined],
    ['as sent', page({ userAgent: 7 }), { value: 7, at: ['context', 'userAgent'] }],
    ['nothing in an empty list', { type: 'page', context: [] }, undefined]
  ])('names the user agent: %s', (_, event, expected) => {
    expect(readUserAgent(event)).toEqual(expected)
  })

  it('names address, language and campaign', () => {
    const event = page({ userAgent: 'UA', ip: '192.0.2.1', locale: 'en-US', campaign: { source: 'news' } })
    expect(readIp(event)).toEqual({ value: '192.0.2.1', at: ['context', 'ip'] })
    expect(readLocale(event)).toEqual({ value: 'en-US', at: ['context', 'locale'] })
    expect(readCampaign(event)).toEqual({ value: { source: 'news' }, at: ['context', 'campaign'] })
    expect([userAgent, ip, locale].map((read) => read(event))).toEqual(['UA', '192.0.2.1', 'en-US'].map(some))
    expect(campaign(event)).toEqual(some({ source: 'news' }))
    expect([userAgent, ip, locale, campaign].map((read) => read(page({ campaign: 'x' })))).toEqual([
      none,
      none,
      none,
      none
    ])
  })
})

const parts = (origin: string | null, path: string, params = '', fragment = '') => ({ origin, path, params, fragment })

const standard = ({ origin, pathname, search, hash, username, password }: URL) => ({
  parts: parts(origin, pathname, search.slice(1), hash.slice(1)),
  hadUserInfo: username !== '' || password !== ''
})

describe('laws of page URLs', () => {
  it('an absolute URL is read as the URL standard reads it', () => {
    const url = fc.oneof(
      fc.webUrl({ withQueryParameters: true, withFragments: true }),
      fc
        .tuple(fc.constantFrom('http://', 'https://u:p@', 'HTTPS:/'), fc.string())
        .map((both) => both.join('h.test:81')),
      fc.string().map((s) => `https://h.test/${s}`)
    )
    fc.assert(
      fc.property(url, (text) => {
        const read = readPageUrl(text)
        expect(read).toEqual(URL.canParse(text) ? standard(new URL(text)) : 'a broken URL')
      }),
      { numRuns: 1000 }
    )
  })

  // Each but for one character that the standard would change, or leave alone.
  const nearlyPlain = [
    ...['https://Shop.test/', 'https://sH.test/', 'https://shop.Test/', 'https://shop.tesT/', 'https://a/b.test/'],
    ...['https://_a.test/', 'https://1.test/', 'https://shop.1/', 'https://xn--a.test/', 'https://a.xn--a/'],
    ...['https://.a/', 'https://a./', 'https://a..test/', 'https://é.test/', 'https://a.é/', 'https://a:80/'],
    ...['http://shop.test/', 'httpx://shop.test/', 'https:///a', 'x/a', '//a/b', '/a//b'],
    ...['/a/.', '/a/./b', '/a/..', '/a/../b', '/.', '/..', '/./a', '/.a', '/a.', '/a..', '/a../b', '/a/.?b', '/a/.#b'],
    ...['/a/%2e', '/a/%2E/b', '/a/.%2e', '/a?%2e', '/%20', '/%2', '/a??', '/a#?', '/a##', '/a?#', '/a?b#c'],
    ...Array.from('"\'`^ é\\\n', (odd) => [`/${odd}`, `/a${odd}`, `/a?${odd}`, `/a?b${odd}`, `/a#${odd}`]).flat()
  ].map((text): [string] => [text])
  const long = [2047, 2048, 2049]
    .map((length): [string] => [`/${'a'.repeat(length - 1)}`])
    .concat([[`/${'/a'.repeat(50_000)}`]])

  it('a plainly written URL is cut as the language’s own parser would take it apart', () => {
    const piece = fc.constantFrom(
      ...[
        'http://',
        'https://',
        'HTTP:',
        '//',
        '/',
        '/',
        '.',
        '..',
        '%2e',
        '%2E',
        '%',
        '%41',
        '?',
        '#',
        '@',
        ':',
        ':443'
      ],
      ...[
        'shop',
        'test',
        'xn--',
        'x',
        'A',
        'a-',
        '_',
        '1',
        '127.0.0.1',
        '0x1',
        '~',
        "'",
        '|',
        '^',
        ' ',
        '\t',
        '\\',
        'é',
        '\ud83d'
      ]
    )
    const text = fc.array(piece, { maxLength: 10 }).map((pieces) => pieces.join(''))
    const url = fc
      .tuple(fc.constantFrom('', '/', 'https://shop.test/', 'http://a.b'), text)
      .map((both) => both.join(''))
    fc.assert(
      fc.property(fc.oneof(url, text, fc.webUrl({ withQueryParameters: true, withFragments: true })), (s) => {
        expect(readPageUrl(s)).toEqual(parsePageUrl(s))
      }),
      { numRuns: 5000, examples: [...nearlyPlain, ...long] }
    )
  })

  it('a URL of any text is read, or refused with a finding; what is read is serialised', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.string().map((s) => `/${s}`),
          fc.string({ unit: fc.constantFrom('/', '\\', ':', 'a', '?', '#', '@', ' ', '\t', '.') })
        ),
        (text) => {
          const read = readPageUrl(text)
          if (typeof read === 'string') return
          const { origin } = read.parts
          expect(readPageUrl(printUrl({ ...read.parts, origin: origin ?? 'https://h.test' }))).toEqual({
            parts: { ...read.parts, origin: origin ?? 'https://h.test' },
            hadUserInfo: false
          })
          expect(read.parts.path).toMatch(/^\/[^?#]*$/)
          expect(read.parts.params).not.toContain('#')
        }
      ),
      { numRuns: 1000 }
    )
  })
})

describe('a page URL', () => {
  it.each<[string, string, unknown]>([
    ['whole', 'https://shop.test:8443/a%20b?q=c+d#top', parts('https://shop.test:8443', '/a%20b', 'q=c+d', 'top')],
    ['without a path', 'http://shop.test', parts('http://shop.test', '/')],
    ['with its default port', 'https://shop.test:443/', parts('https://shop.test', '/')],
    ['in capitals', 'HTTPS://SHOP.test/A', parts('https://shop.test', '/A')],
    ['with blanks around it and breaks inside', ' https://shop.te\nst/a\t', parts('https://shop.test', '/a')],
    [
      'with what must be encoded',
      'https://shop.test/é b?q="c d"#"',
      parts('https://shop.test', '/%C3%A9%20b', 'q=%22c%20d%22', '%22')
    ],
    ['with an empty query', 'https://shop.test/a?#b', parts('https://shop.test', '/a', '', 'b')],
    ['with a question in its fragment', 'https://shop.test/a#b?c', parts('https://shop.test', '/a', '', 'b?c')],
    ['with a slash and an @ in its query', 'https://shop.test?a=/@b', parts('https://shop.test', '/', 'a=/@b')],
    ['with dot segments', 'https://shop.test/a/../b/./c', parts('https://shop.test', '/b/c')],
    ['of another alphabet', 'https://bücher.test/', parts('https://xn--bcher-kva.test', '/')],
    ['relative', '/pricing?plan=pro#x', parts(null, '/pricing', 'plan=pro', 'x')],
    ['relative without a slash', 'pricing', parts(null, '/pricing')],
    ['relative, a query only', '?a=1', parts(null, '/', 'a=1')],
    ['relative, with a colon further on', '/a:b', parts(null, '/a:b')],
    [
      'relative, with an address in its query',
      '/login?next=https://evil.test/',
      parts(null, '/login', 'next=https://evil.test/')
    ],
    ['relative, with a mark in front', '!a', parts(null, '/!a')],
    ['relative, with a blank in front', ' \u001f/a', parts(null, '/a')],
    ['protocol-relative behind a blank', ' //shop.test/a', parts('https://shop.test', '/a')],
    ['protocol-relative', '//shop.test/a', parts('https://shop.test', '/a')],
    ['protocol-relative with backslashes', '\\\\shop.test\\a', parts('https://shop.test', '/a')],
    ['protocol-relative with a tab in the slashes', '/\t/shop.test/a', parts('https://shop.test', '/a')],
    ['of the host that stands in for none', '//relative.invalid/a', parts('https://relative.invalid', '/a')]
  ])('%s', (_, text, expected) => {
    expect(readPageUrl(text)).toEqual({ parts: expected, hadUserInfo: false })
  })

  it.each([
    ['name and password', 'https://ana:secret@shop.test/a@b'],
    ['a name alone', 'https://ana@shop.test/a@b'],
    ['a password alone', 'https://:secret@shop.test/a@b'],
    ['no scheme', '//ana:secret@shop.test/a@b']
  ])('loses its user info: %s', (_, text) => {
    expect(readPageUrl(text)).toEqual({ parts: parts('https://shop.test', '/a@b'), hadUserInfo: true })
  })

  it.each<[string, string, string]>([
    ['empty text', '', 'blank text'],
    ['blank text', ' \u00a0\n', 'blank text'],
    ['control characters only', '\u0000\u001f', 'blank text'],
    ['half a surrogate pair', 'https://shop.test/\ud83d', 'text with half a surrogate pair'],
    ['a script', 'javascript:alert(1)', 'a URL that is not http or https'],
    ['a script with a tab inside', 'java\tscript:alert(1)', 'a URL that is not http or https'],
    ['a script behind a blank', ' JavaScript:alert(1)', 'a URL that is not http or https'],
    ['a file', 'file:///etc/passwd', 'a URL that is not http or https'],
    ['data', 'data:text/html,x', 'a URL that is not http or https'],
    ['an app', 'myapp+beta://home', 'a URL that is not http or https'],
    ['a host with its port and no scheme', 'localhost:3000/a', 'a URL that is not http or https'],
    ['no host', 'https://', 'a broken URL'],
    ['a host with a space', 'https://shop test/', 'a broken URL'],
    ['a port beyond all ports', 'https://shop.test:99999/', 'a broken URL'],
    ['no host behind two slashes', '//', 'a broken URL']
  ])('is not %s', (_, text, finding) => {
    expect(readPageUrl(text)).toBe(finding)
  })
})

describe('a URL of parts', () => {
  it.each([
    ['/a', parts(null, '/a')],
    ['/?b=1#c', parts(null, '/', 'b=1', 'c')],
    ['https://shop.test/a?b', parts('https://shop.test', '/a', 'b')],
    ['https://shop.test/#c', parts('https://shop.test', '/', '', 'c')]
  ])('is written as it was: %s', (text, of) => {
    expect(printUrl(of)).toBe(text)
    expect(readPageUrl(text)).toEqual({ parts: of, hadUserInfo: false })
  })
})

describe('the address of a page in an event', () => {
  const at = ['properties', 'url']

  const read = (value: unknown) => {
    const problems: Array<Problem> = []
    return { parts: readPageAddress(value, at, problems), problems }
  }

  it('has its parts and no problem', () => {
    expect(read('/a?b#c')).toEqual({ parts: parts(null, '/a', 'b', 'c'), problems: [] })
  })

  it.each<[string, unknown, string]>([
    ['a script', 'javascript:alert(1)', 'a URL that is not http or https'],
    ['a number', 7, 'a number'],
    ['an object', { href: 'https://x.test' }, 'an object']
  ])('is not %s', (_, value, found) => {
    const mend = 'send the address of the page as text, with http or https in front, or relative to its site'
    expect(read(value)).toEqual({
      parts: undefined,
      problems: [{ _tag: 'Malformed', weight: 'invalid', at, found, mend }]
    })
  })

  it('loses its user info with a warning', () => {
    const mend = 'keep names and passwords out of the addresses of pages; they were left out here'
    expect(read('https://ana:secret@shop.test/')).toEqual({
      parts: parts('https://shop.test', '/'),
      problems: [{ _tag: 'Malformed', weight: 'warning', at, found: 'a URL with user info', mend }]
    })
  })
})
