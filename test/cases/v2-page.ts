/**
 * page, decision by decision: where the address comes from, whose browser it was, what Munchkin gets.
 */
import { both, device, key, left, malformed, type MappingCase, missing, munchkinId, right, risky, upsert } from './mapping-case.js'

const contract = 'Segment "Marketo v2", Page'
const relative = 'design.md 4, Relative page URL'
const cookieless = 'design.md 4, Visit without a cookie'
const url = 'law U2; WHATWG, URL'
const near = 'near miss'

const user = key('userId', 'u1')
const lead = upsert(user, { userId: 'u1' })
const timestamp = '2024-05-01T10:00:00.000Z'
const text = `id:${munchkinId}&token:_mch-example.com-1374552656411-90718`
const withCookie = { Marketo: { marketoCookie: text } }

const page = (properties: unknown, context: Readonly<Record<string, unknown>> = {}, more: Readonly<Record<string, unknown>> = {}) => ({
  type: 'page',
  userId: 'u1',
  timestamp,
  properties,
  context: { userAgent: 'UA/1', ...context },
  ...more
})

const mendVisitor = 'without the Munchkin cookie this visit makes a second visitor beside the lead’s own browser: send context.Marketo.marketoCookie'
const second = risky(['context', 'Marketo', 'marketoCookie'], 'second-visitor', mendVisitor)
const noHost = missing('warning', ['context', 'page', 'url'], 'a visit is sent to a host: send context.page.url, or set pageOrigin in the settings')
const noUrl = missing('invalid', ['properties', 'url'], 'send the page’s url in properties or context.page: Marketo takes no visit without one')
const noAgent = missing('invalid', ['context', 'userAgent'], 'set context.userAgent on the server: Marketo takes no visit without one')
const noTime = missing('invalid', ['timestamp'], 'send a timestamp in ISO 8601, such as 2024-05-01T10:00:00Z')
const mendUrl = 'send the address of the page as text, with http or https in front, or relative to its site'

const cookie = { _tag: 'Cookie', cookie: text }
const associated = { _tag: 'AssociateCookie', munchkinId, lead: user, visitor: cookie }

interface Parts {
  readonly origin: string | null
  readonly path: string
  readonly params?: string
  readonly fragment?: string
}

const visit = ({ origin, path, params = '', fragment = '' }: Parts, more: Readonly<Record<string, unknown>> = {}) => ({
  _tag: 'VisitPage',
  munchkinId,
  lead: user,
  visitor: cookie,
  page: { origin, path, params, fragment },
  referrer: '',
  userAgent: 'UA/1',
  ip: null,
  at: 1714557600000,
  ...more
})

/** A page call from a browser that Marketo knows. */
const visits = (name: string, source: string, properties: unknown, parts: Parts, context: Readonly<Record<string, unknown>> = {}, settings = {}): MappingCase => ({
  name,
  source,
  input: { settings, event: page(properties, { ...withCookie, ...context }) },
  expected: right(lead, associated, visit(parts))
})

/** A page call that cannot be visited. */
const refuses = (name: string, source: string, event: unknown, ...problems: ReadonlyArray<unknown>): MappingCase => ({
  name,
  source,
  input: { settings: {}, event },
  expected: left(...problems)
})

/** A page call in a browser: url and params for Munchkin. */
const inBrowser = (name: string, source: string, settings: Readonly<Record<string, unknown>>, properties: unknown, seen: { readonly url: string; readonly params: string }): MappingCase => ({
  name,
  source,
  side: 'browser',
  input: { settings: { ...device, ...settings }, event: { type: 'page', userId: 'u1', properties } },
  expected: right({ _tag: 'VisitPageInBrowser', munchkinId, ...seen })
})

export const pageCases: ReadonlyArray<MappingCase> = [
  // ── the address
  visits('an address is taken apart', url, { url: 'https://shop.test:8443/a%20b?q=c+d&e=#top' }, { origin: 'https://shop.test:8443', path: '/a%20b', params: 'q=c+d&e=', fragment: 'top' }),
  visits('an address is serialised as the URL standard does', url, { url: 'HTTPS://Shop.Test/a b/../c?q=é' }, { origin: 'https://shop.test', path: '/c', params: 'q=%C3%A9' }),
  visits('an empty query is none', url, { url: 'https://shop.test/?' }, { origin: 'https://shop.test', path: '/' }),
  visits('without properties.url the page of the context counts', contract, { title: 'x' }, { origin: 'https://a.test', path: '/b' }, { page: { url: 'https://a.test/b' } }),
  visits('an empty properties.url is none', near, { url: '' }, { origin: 'https://a.test', path: '/b' }, { page: { url: 'https://a.test/b' } }),
  visits('without any url the path counts', near, { path: '/pricing' }, { origin: 'https://example.com', path: '/pricing' }),
  visits('a url comes before the path', near, { url: 'https://a.test/x', path: '/y' }, { origin: 'https://a.test', path: '/x' }),
  visits('the host of a relative url: first the page of the context', relative, { url: '/p?a=1' }, { origin: 'https://ctx.test', path: '/p', params: 'a=1' }, { page: { url: 'https://ctx.test/other' } }, { pageOrigin: 'https://set.test' }),
  visits('then the settings', relative, { url: '/p' }, { origin: 'https://set.test', path: '/p' }, {}, { pageOrigin: 'https://set.test/' }),
  visits('a page of the context that is relative itself knows no host', near, { url: '/p' }, { origin: 'https://set.test', path: '/p' }, { page: { url: '/q' } }, { pageOrigin: 'https://set.test' }),
  visits('then the domain of the cookie', relative, { url: '/p' }, { origin: 'https://example.com', path: '/p' }),
  visits('an absolute url keeps its own host', near, { url: 'https://a.test/p' }, { origin: 'https://a.test', path: '/p' }, { page: { url: 'https://ctx.test/' } }, { pageOrigin: 'https://set.test' }),
  {
    name: 'user info is left out of the address, and said',
    source: url,
    input: { settings: {}, event: page({ url: 'https://ana:secret@a.test/p' }, withCookie) },
    expected: both(
      [malformed('warning', ['properties', 'url'], 'a URL with user info', 'keep names and passwords out of the addresses of pages; they were left out here')],
      lead,
      associated,
      visit({ origin: 'https://a.test', path: '/p' })
    )
  },
  refuses('an address that is no page of the web', url, page({ url: 'javascript:alert(1)' }), malformed('invalid', ['properties', 'url'], 'a URL that is not http or https', mendUrl)),
  refuses('an address that is no text', contract, page({ url: 7 }), malformed('invalid', ['properties', 'url'], 'a number', mendUrl)),
  refuses('all that keeps a visit back is said at once', 'style.md 6', { type: 'page', userId: 'u1' }, noUrl, noAgent, noTime),
  refuses('a visit at no time', 'design.md 4, Event time', { ...page({ url: 'https://a.test/' }), timestamp: undefined }, noTime),
  refuses('a user agent of two lines would be two headers', near, page({ url: '/' }, { userAgent: 'UA/1\r\nX: y' }), malformed('invalid', ['context', 'userAgent'], 'text', 'send the user agent as printable text in one line')),
  refuses('a user agent that is no text', contract, page({ url: '/' }, { userAgent: { a: 1 } }), malformed('invalid', ['context', 'userAgent'], 'an object', 'send the user agent as printable text in one line')),
  {
    name: 'a user agent in snake case',
    source: 'Segment "Email events", whose samples write user_agent',
    input: { settings: {}, event: page({ url: 'https://a.test/' }, { ...withCookie, userAgent: null, user_agent: 'UA/2' }) },
    expected: right(lead, associated, visit({ origin: 'https://a.test', path: '/' }, { userAgent: 'UA/2' }))
  },

  // ── referrer, address of the visitor
  {
    name: 'referrer and network address go along',
    source: 'Adobe "Lead Tracking"',
    input: { settings: {}, event: page({ url: 'https://a.test/', referrer: 'https://r.test/?q=1' }, { ...withCookie, ip: '2001:db8::1' }) },
    expected: right(lead, associated, visit({ origin: 'https://a.test', path: '/' }, { referrer: 'https://r.test/?q=1', ip: '2001:db8::1' }))
  },
  {
    name: 'what cannot be a referrer or a network address is dropped, and the visit goes on',
    source: 'law M5',
    input: { settings: {}, event: page({ url: 'https://a.test/', referrer: ['x'] }, { ...withCookie, ip: 'cafe' }) },
    expected: both(
      [
        malformed('dropped', ['properties', 'referrer'], 'a list', 'send the referrer as text'),
        malformed('dropped', ['context', 'ip'], 'text', 'send an IPv4 or IPv6 address as text')
      ],
      lead,
      associated,
      visit({ origin: 'https://a.test', path: '/' })
    )
  },

  // ── whose browser
  {
    name: 'without a cookie the visitor is derived, and associated, and that is said',
    source: cookieless,
    input: { settings: {}, event: page({ url: 'https://a.test/' }) },
    expected: both([second], lead, { _tag: 'AssociateCookie', munchkinId, lead: user, visitor: { _tag: 'Derived' } }, visit({ origin: 'https://a.test', path: '/' }, { visitor: { _tag: 'Derived' } }))
  },
  {
    name: 'without a cookie and without a host there is nothing to associate yet',
    source: relative,
    input: { settings: {}, event: page({ url: '/p' }) },
    expected: both([noHost], lead, visit({ origin: null, path: '/p' }, { visitor: { _tag: 'Derived' } }))
  },
  {
    name: 'the cookie of another instance is none, and its domain no host',
    source: near,
    input: { settings: {}, event: page({ url: '/p' }, { Marketo: { marketoCookie: text.replace(munchkinId, '123-ABC-456') } }) },
    expected: both(
      [
        malformed('dropped', ['context', 'Marketo', 'marketoCookie'], 'the cookie of another Marketo instance', 'compare the Munchkin id of the site with the one of the settings'),
        noHost
      ],
      lead,
      visit({ origin: null, path: '/p' }, { visitor: { _tag: 'Derived' } })
    )
  },
  {
    name: 'an unknown lead is not made when settings say so: only the visit goes',
    source: 'design.md 4, Identity: createLead',
    input: { settings: { createLead: false }, event: page({ url: 'https://a.test/' }, withCookie) },
    expected: right(associated, visit({ origin: 'https://a.test', path: '/' }))
  },
  {
    name: 'a page call of nobody, while anonymous activity is not tracked',
    source: 'Segment "Marketo v2", Tracking anonymous activity',
    input: { settings: {}, event: page({ url: 'https://a.test/' }, {}, { userId: null, anonymousId: 'a1' }) },
    expected: left({ _tag: 'Excluded', weight: 'skipped', at: ['userId'], rule: 'anonymous', mend: 'anonymous activity is off: send a userId, or set anonymousActivity to true' })
  },
  {
    name: 'a page call of nobody, while it is',
    source: 'Segment "Marketo v2", Tracking anonymous activity',
    input: { settings: { anonymousActivity: true }, event: page({ url: 'https://a.test/' }, withCookie, { userId: null, anonymousId: 'a1' }) },
    expected: right(
      upsert(key('anonymousId', 'a1'), { anonymousId: 'a1' }),
      { ...associated, lead: key('anonymousId', 'a1') },
      visit({ origin: 'https://a.test', path: '/' }, { lead: key('anonymousId', 'a1') })
    )
  },

  // ── in a browser
  inBrowser('Munchkin gets path and parameters', 'design.md 4, v1 page URL; Munchkin visitWebPage', {}, { url: 'https://shop.test/a?b=1#c' }, { url: '/a', params: 'b=1' }),
  inBrowser('or the url as it came', 'design.md 4, v1 page URL: verbatim', { browserPageUrl: 'verbatim' }, { url: 'https://shop.test/a?b=1#c' }, { url: 'https://shop.test/a?b=1#c', params: 'b=1' }),
  inBrowser('a path stands in for the url there too', near, { browserPageUrl: 'verbatim' }, { path: '/a?b=1' }, { url: '/a', params: 'b=1' }),
  inBrowser('a relative url needs no host there', relative, {}, { url: '/a?b=1' }, { url: '/a', params: 'b=1' }),
  {
    name: 'a page call without a url is no visit in a browser either',
    source: contract,
    side: 'browser',
    input: { settings: device, event: { type: 'page', userId: 'u1' } },
    expected: left(noUrl)
  }
]
