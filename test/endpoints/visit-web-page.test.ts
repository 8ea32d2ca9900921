import { readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type BeaconPage, safelyDecoded } from '../../src/endpoints/beacon-parts.js'
import { type Beacon, beaconUrl } from '../../src/endpoints/beacon-url.js'
import { type PageLoad, pageLoadPairs } from '../../src/endpoints/page-load.js'
import { requestUri, uriBytes } from '../../src/endpoints/request-uri.js'
import { describeVisitWebPage, interpretVisitWebPage } from '../../src/endpoints/visit-web-page.js'
import type { VisitPage } from '../../src/intent/intent.js'
import { visitPage } from '../arbitraries/intents.js'
import { batchOf, callsOf, hyg, onlyCall, positionsOf, problemsOf } from './reading.js'

interface Captured {
  readonly name: string
  readonly call: Beacon['_tag']
  readonly input: Readonly<Record<string, unknown>> & {
    readonly location: string
    readonly attrs?: Readonly<Record<string, string>>
  }
  readonly expectedUrl: string
}

const beacons: ReadonlyArray<Captured> = JSON.parse(
  readFileSync(new URL('../cases/munchkin-beacons.json', import.meta.url), 'utf8')
)

const text = (u: unknown): string => String(u)

const given = (name: string, value: unknown): object => (value === undefined ? {} : { [name]: text(value) })

/** The page as the browser had it: the location taken apart as `document.location` does. */
const pageOf = ({ input }: Captured): BeaconPage => {
  const { protocol, hostname, port, pathname } = new URL(input.location)
  return {
    now: Number(input.now),
    munchkinId: text(input.munchkinId),
    token: text(input.token),
    version: text(input.version),
    scheme: protocol,
    host: hostname,
    port,
    path: pathname,
    ...given('customName', input.customName),
    ...given('mktTok', input.mkt_tok),
    ...given('wsInfo', input.wsInfo),
    ...(input.anonymizeIP === undefined ? {} : { anonymizeIp: input.anonymizeIP === true }),
    ...given('externalSource', input.externalSource),
    ...given('ecid', input.ecid)
  }
}

const pageLoadOf = (captured: Captured): PageLoad => {
  const { search, hash } = new URL(captured.input.location)
  return {
    ...pageOf(captured),
    params: search.slice(1),
    fragment: hash.slice(1),
    referrer: text(captured.input.referrer)
  }
}

const beaconOf = (captured: Captured): Beacon => {
  const { call, input } = captured
  const page = pageOf(captured)
  switch (call) {
    case 'pageLoad':
      return { _tag: call, ...pageLoadOf(captured) }
    case 'apiVisit':
      return { _tag: call, ...page, ...input.attrs, referrer: text(input.referrer) }
    case 'apiClick':
      return { _tag: call, ...page, href: text(input.attrs?.href) }
    case 'autoClick':
      return { _tag: call, ...page, href: text(input.href) }
    case 'associate':
      return { _tag: call, ...page, key: text(input.key), fields: input.attrs ?? {} }
  }
}

describe('beacons, as captured', () => {
  it('the file holds every kind', () => {
    expect([...new Set(beacons.map(({ call }) => call))].sort()).toEqual([
      'apiClick',
      'apiVisit',
      'associate',
      'autoClick',
      'pageLoad'
    ])
    expect(beacons).toHaveLength(17)
  })

  it.each(beacons.map((captured) => [captured.name, captured] as const))('%s', (_, captured) => {
    expect(beaconUrl(beaconOf(captured))).toBe(captured.expectedUrl)
  })

  it('anonymizes only when asked', () => {
    const [first] = beacons
    const page = first === undefined ? undefined : pageLoadOf(first)
    expect(page && pageLoadPairs({ ...page, anonymizeIp: false }).some(([name]) => name === 'aip')).toBe(false)
  })
})

describe('beacons of calls', () => {
  const page: BeaconPage = {
    now: 1,
    munchkinId: '561-HYG-937',
    token: 't',
    version: '159',
    scheme: 'https:',
    host: 'x.test',
    port: '',
    path: '/%61'
  }
  const who = '_mchId=561-HYG-937&_mchTk=t'
  const extras = { mktTok: 'm', wsInfo: 'w', anonymizeIp: true, externalSource: 's', ecid: 'e' }
  const queryOf = (beacon: Beacon): string => beaconUrl(beacon).replace(/^[^?]*\?/, '')

  it.each<[string, Beacon, string]>([
    [
      'a visit with nothing given, whose referrer is decoded',
      { _tag: 'apiVisit', ...page, referrer: 'https://y.test/%61' },
      `_mchNc=1&${who}&_mchHo=x.test&_mchPo=&_mchPc=https%3A&_mchVr=159&_mchRe=https%3A%2F%2Fy.test%2Fa`
    ],
    [
      'a visit with everything given, which stays as it is',
      { _tag: 'apiVisit', ...page, ...extras, url: '/%62', params: 'a&%62', name: '', key: 'k', referrer: '' },
      `_mchNc=1&_mchKy=k&_mchRu=%2F%2562&_mchQp=a%26%2562&_mchCn=&${who}&mkt_tok=m&_mchWs=w&_mchHo=x.test&_mchPo=&_mchPc=https%3A&_mchVr=159&aip=1&_mchEs=s&_mchEcid=e&_mchRe=`
    ],
    [
      'a click, whose page has a name',
      { _tag: 'autoClick', ...page, ...extras, customName: 'n', href: '/%62' },
      `_mchNc=1&_mchHr=%2F%2562&${who}&mkt_tok=m&_mchWs=w&_mchCn=n&_mchHo=x.test&_mchPo=&_mchRu=%2Fa&_mchPc=https%3A&_mchVr=159&aip=1&_mchEs=s&_mchEcid=e&`
    ],
    [
      'a lead without fields',
      { _tag: 'associate', ...page, ...extras, key: 'k', fields: {} },
      `_mchNc=1&_mchKy=k&${who}&mkt_tok=m&_mchWs=w&_mchHo=x.test&_mchPo=&_mchRu=%2Fa&_mchPc=https%3A&_mchVr=159&aip=1&_mchEs=s&_mchEcid=e&`
    ]
  ])('%s', (_, beacon, query) => {
    expect(queryOf(beacon)).toBe(query)
  })
})

describe('U1 beacons of calls', () => {
  const page: BeaconPage = {
    now: 1,
    munchkinId: '561-HYG-937',
    token: 't',
    version: '159',
    scheme: 'https:',
    host: 'x.test',
    port: '',
    path: '/'
  }
  const wellFormed = fc.string({ unit: 'grapheme' })
  const readBack = (beacon: Beacon, name: string): string | null => new URL(beaconUrl(beacon)).searchParams.get(name)

  it('carry what the page reported, letter for letter', () => {
    fc.assert(
      fc.property(wellFormed, wellFormed, (first, second) => {
        const visited: Beacon = { _tag: 'apiVisit', ...page, url: first, params: second, referrer: '' }
        expect([readBack(visited, '_mchRu'), readBack(visited, '_mchQp')]).toEqual([first, second])
        const clicked: Beacon = { _tag: 'apiClick', ...page, href: first }
        expect([readBack(clicked, '_mchHr'), readBack(clicked, '_mchLr')]).toEqual([first, first])
        const associated: Beacon = { _tag: 'associate', ...page, key: second, fields: { [`F${first}`]: second } }
        expect([readBack(associated, `_mchAtF${first}`), readBack(associated, '_mchKy')]).toEqual([second, second])
      })
    )
  })
})

describe('decoding as Munchkin does', () => {
  it.each([
    ['a whole text', 'caf%C3%A9', 'café'],
    ['a plus sign, which stays', 'a+b', 'a+b'],
    ['what precedes a broken query', '/a%20b?x=%u2018', '/a b?x=%u2018'],
    ['nothing of a broken address', '/%u2018?x=%20', '/%u2018?x=%20'],
    ['nothing of a broken text without a query', '%u2018%20', '%u2018%20'],
    ['nothing of a text without a query that breaks at its end', '%20%', '%20%'],
    ['nothing of a broken query alone', '?x=%', '?x=%'],
    ['an empty text', '', '']
  ])('%s', (_, encoded, decoded) => {
    expect(safelyDecoded(encoded)).toBe(decoded)
  })
})

const visit = (changes: Partial<VisitPage> = {}): VisitPage => ({
  _tag: 'VisitPage',
  munchkinId: hyg,
  lead: { lookupField: 'email', value: 'ana@example.com' },
  visitor: { _tag: 'Cookie', cookie: 'id:561-HYG-937&token:_mch-example.com-1374552656411-90718' },
  page: {
    origin: 'https://www.example.com',
    path: '/docs/start',
    params: 'utm_source=x&utm_medium=y',
    fragment: 'top'
  },
  referrer: 'https://www.google.com/',
  userAgent: 'Mozilla/5.0 (Macintosh)',
  ip: '192.0.2.7',
  at: 1657100878725,
  ...changes
})

const pairOf = (described: ReturnType<typeof describeVisitWebPage>, name: string): string | undefined =>
  onlyCall(described).descriptor.query.find(([key]) => key === name)?.[1]

describe('D2 Visit Web Page', () => {
  it('D2 makes one call of each page view, in order, within 8,000 bytes of URL', () => {
    fc.assert(
      fc.property(batchOf(visitPage), (visits) => {
        const described = describeVisitWebPage(visits)
        expect(positionsOf(described)).toEqual(visits.map((_, i) => i))
        expect(callsOf(described).map(({ intents }) => intents)).toEqual(visits.map((_, i) => [i]))
        for (const { descriptor } of callsOf(described)) expect(uriBytes(descriptor)).toBeLessThanOrEqual(8_000)
      })
    )
  })

  it('D2 takes the longest address that fits, and not one more byte', () => {
    const sized = (length: number) =>
      visit({ page: { origin: 'https://x.test', path: `/${'p'.repeat(length)}`, params: '', fragment: '' } })
    const spare = 8_000 - uriBytes(onlyCall(describeVisitWebPage([sized(0)])).descriptor)
    expect(callsOf(describeVisitWebPage([sized(spare)]))).toHaveLength(1)
    expect(problemsOf(describeVisitWebPage([sized(spare + 1)]))).toMatchObject([
      { _tag: 'Malformed', weight: 'invalid', at: ['page'] }
    ])
  })
})

describe('Visit Web Page, the recommended beacon', () => {
  it('is a GET of the browser’s own parameters, with the user agent as its header', () => {
    expect(onlyCall(describeVisitWebPage([visit()]))).toEqual({
      descriptor: {
        _tag: 'HttpRequest',
        endpoint: 'visitWebPage',
        munchkinId: '561-HYG-937',
        host: 'beacon',
        method: 'GET',
        path: ['webevents', 'visitWebPage'],
        query: [
          ['_mchNc', '1657100878725'],
          ['_mchCn', ''],
          ['_mchId', '561-HYG-937'],
          ['_mchTk', '_mch-example.com-1374552656411-90718'],
          ['_mchHo', 'www.example.com'],
          ['_mchPo', ''],
          ['_mchRu', '/docs/start'],
          ['_mchPc', 'https:'],
          ['_mchVr', '159'],
          ['_mchHa', '#top'],
          ['_mchRe', 'https://www.google.com/'],
          ['_mchQp', 'utm_source=x__-__utm_medium=y']
        ],
        headers: { 'User-Agent': 'Mozilla/5.0 (Macintosh)' },
        body: null,
        auth: 'none',
        lifecycle: { status: 'live' }
      },
      intents: [0],
      slots: []
    })
  })

  it('is the one in the file of captures, taken through an intent', () => {
    const recommended = beacons.find(({ name }) => name.startsWith('RECOMMENDED'))
    const cookie = 'id:561-HYG-937&token:_mch-example.com-1657097811094-76840'
    const uri = requestUri(onlyCall(describeVisitWebPage([visit({ visitor: { _tag: 'Cookie', cookie } })])).descriptor)
    expect(`https://561-HYG-937.mktoresp.com${uri}`).toBe(
      recommended?.expectedUrl.replace(/123-ABC-456/g, '561-HYG-937')
    )
  })

  it.each([
    ['https://www.example.com', 'www.example.com', '', 'https:'],
    ['https://www.example.com:443', 'www.example.com', '', 'https:'],
    ['http://www.example.com:80', 'www.example.com', '', 'http:'],
    ['http://www.example.com:443', 'www.example.com', '443', 'http:'],
    ['HTTPS://www.example.com:443', 'www.example.com', '', 'https:'],
    ['http://localhost:8080', 'localhost', '8080', 'http:'],
    ['https://[2001:db8::1]:8443', '[2001:db8::1]', '8443', 'https:']
  ])('takes %s apart', (origin, host, port, scheme) => {
    const described = describeVisitWebPage([visit({ page: { origin, path: '/', params: '', fragment: '' } })])
    expect(['_mchHo', '_mchPo', '_mchPc'].map((name) => pairOf(described, name))).toEqual([host, port, scheme])
  })

  it('sends an address only when asked to', () => {
    const header = (d: ReturnType<typeof describeVisitWebPage>) => onlyCall(d).descriptor.headers['X-Forwarded-For']
    expect(header(describeVisitWebPage([visit()]))).toBeUndefined()
    expect(header(describeVisitWebPage([visit()], {}))).toBeUndefined()
    expect(header(describeVisitWebPage([visit()], { forwardIp: false }))).toBeUndefined()
    expect(header(describeVisitWebPage([visit()], { forwardIp: true }))).toBe('192.0.2.7')
    expect(header(describeVisitWebPage([visit({ ip: '2001:DB8::1' })], { forwardIp: true }))).toBe('2001:DB8::1')
    expect(onlyCall(describeVisitWebPage([visit({ ip: null })], { forwardIp: true })).descriptor.headers).toEqual({
      'User-Agent': 'Mozilla/5.0 (Macintosh)'
    })
  })

  it('takes a user agent of printable Latin-1', () => {
    const userAgent = ' ~\u00a0\u00ff'
    expect(onlyCall(describeVisitWebPage([visit({ userAgent })])).descriptor.headers).toEqual({
      'User-Agent': userAgent
    })
  })
})

describe('U3 Visit Web Page leaves unsent', () => {
  const page = visit().page

  it.each<[string, Partial<VisitPage>, object]>([
    ['a view without a user agent', { userAgent: '' }, { _tag: 'Missing', at: ['userAgent'] }],
    ['a view with a blank user agent', { userAgent: ' ' }, { _tag: 'Missing', at: ['userAgent'] }],
    ['a user agent with a line break', { userAgent: 'a\r\nHost: evil.test' }, { _tag: 'Malformed', at: ['userAgent'] }],
    ['a user agent with a line feed', { userAgent: 'a\n' }, { _tag: 'Malformed', at: ['userAgent'] }],
    ['a user agent with a tab', { userAgent: 'a\tb' }, { _tag: 'Malformed', at: ['userAgent'] }],
    ['a user agent with a NUL', { userAgent: 'a\u0000' }, { _tag: 'Malformed', at: ['userAgent'] }],
    ['a user agent with DEL', { userAgent: 'a\u007f' }, { _tag: 'Malformed', at: ['userAgent'] }],
    ['a user agent with a C1 control', { userAgent: 'a\u0085' }, { _tag: 'Malformed', at: ['userAgent'] }],
    ['a user agent beyond Latin-1', { userAgent: 'a\u0100' }, { _tag: 'Malformed', at: ['userAgent'] }],
    [
      'a time that is none',
      { at: Number.NaN },
      { _tag: 'Malformed', at: ['at'], found: 'a number that is not finite' }
    ],
    ['a time of half a millisecond', { at: 0.5 }, { _tag: 'Malformed', at: ['at'] }],
    ['a page without a host', { page: { ...page, origin: null } }, { _tag: 'Missing', at: ['page', 'origin'] }],
    [
      'a page of a file',
      { page: { ...page, origin: 'file://x' } },
      { _tag: 'Malformed', at: ['page', 'origin'], found: 'text' }
    ],
    [
      'an origin with user info',
      { page: { ...page, origin: 'https://a:b@x.test' } },
      { _tag: 'Malformed', at: ['page', 'origin'] }
    ],
    [
      'an origin with a path',
      { page: { ...page, origin: 'https://x.test/a' } },
      { _tag: 'Malformed', at: ['page', 'origin'] }
    ],
    [
      'an origin with a port of six digits',
      { page: { ...page, origin: 'https://x.test:123456' } },
      { _tag: 'Malformed', at: ['page', 'origin'] }
    ],
    [
      'an origin inside other text',
      { page: { ...page, origin: 'xhttps://x.test' } },
      { _tag: 'Malformed', at: ['page', 'origin'] }
    ],
    ['half a surrogate pair', { referrer: 'https://x.test/\ud83d' }, { _tag: 'Malformed', at: ['page'] }],
    ['a referrer that is null', { referrer: JSON.parse('null') }, { _tag: 'Malformed', at: ['page'], found: 'null' }],
    [
      'a cookie that is null',
      { visitor: { _tag: 'Cookie', cookie: JSON.parse('null') } },
      { _tag: 'Malformed', at: ['visitor', 'cookie'], found: 'null' }
    ],
    [
      'a cookie that is none',
      { visitor: { _tag: 'Cookie', cookie: '' } },
      { _tag: 'Malformed', at: ['visitor', 'cookie'] }
    ]
  ])('%s', (_, changes, problem) => {
    const described = describeVisitWebPage([visit(), visit(changes), visit()])
    expect(problemsOf(described)).toMatchObject([{ weight: 'invalid', ...problem }])
    expect(callsOf(described).map(({ intents }) => intents)).toEqual([[0], [2]])
  })

  it.each(['192.0.2.7\r\nX: y', 'localhost', '', ' ', 'x'.repeat(46), 'a'.repeat(46)])(
    'an address such as %j, when it is to be forwarded',
    (ip) => {
      expect(problemsOf(describeVisitWebPage([visit({ ip })], { forwardIp: true }))).toMatchObject([
        { _tag: 'Malformed', weight: 'invalid', at: ['ip'] }
      ])
      expect(callsOf(describeVisitWebPage([visit({ ip })]))).toHaveLength(1)
    }
  )
})

describe('Visit Web Page, the answer', () => {
  const call = onlyCall(describeVisitWebPage([visit()]))

  it.each([200, 204, 299])('HTTP %i is success, whatever the body', (status) => {
    expect(interpretVisitWebPage(call, { status, headers: {}, body: '<html>' })).toEqual({
      _tag: 'Accepted',
      requestId: null,
      warnings: [],
      outcomes: [{ _tag: 'Applied', intent: 0, status: '', leadId: null, marketoGUID: null }]
    })
  })

  it.each([
    [199, 'mend-request'],
    [300, 'mend-request'],
    [404, 'mend-request'],
    [414, 'split-request'],
    [429, 'throttle'],
    [503, 'back-off']
  ])('HTTP %i asks to %s', (status, remedy) => {
    const answer = { status, headers: { 'retry-after': '7' }, body: '{"errors":[{"code":"601","message":"x"}]}' }
    expect(interpretVisitWebPage(call, answer)).toEqual({
      _tag: 'Refused',
      requestId: null,
      reasons: [{ code: String(status), message: `HTTP status ${status}` }],
      remedy,
      retryAfter: 7
    })
  })
})
