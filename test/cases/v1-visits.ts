/**
 * page and track calls of v1: visits that a server reports, and visits that Munchkin reports.
 */
import { both, left, type MappingCase, malformed, missing, munchkinId, right, risky } from './mapping-case.js'

type Members = Readonly<Record<string, unknown>>

const page0 = 'Segment "Marketo Destination", Page and Track, Identify (cookie)'
const code = 'Segment marketo 2.0.2'
const near = 'near miss'

const cookie = 'id:561-HYG-937&token:_mch-marketo.com-1374552656411-90718'
const withCookie = { context: { Marketo: { marketoCookie: cookie } } }
const timestamp = '2024-05-01T10:00:00.000Z'
const at = 1714557600000
const cookieAt = ['context', 'Marketo', 'marketoCookie']

const second = risky(cookieAt, 'second-visitor', 'without the Munchkin cookie this visit makes a second visitor, which Marketo shows as another lead: send context.Marketo.marketoCookie, or set secondVisitors to accept')
const noHost = missing('warning', ['context', 'page', 'url'], 'a visit is sent to a host: send context.page.url, or set pageOrigin in the settings')
const mendScalar = 'send one text, number or boolean; a list or an object never becomes text'
const mendHalf = 'take out the halves of surrogate pairs'

const ofUser = { lookupField: 'UserId', value: 'u1' }
const ofCookie = { lookupField: 'cookies', value: cookie }
const derived = { _tag: 'Derived' }

/** A visit of the lead that the cookie names. */
const visit = (page: Members, more: Members = {}) => ({
  _tag: 'VisitPage', munchkinId, lead: ofCookie, visitor: { _tag: 'Cookie', cookie },
  page: { origin: 'https://marketo.com', path: '/', params: '', fragment: '', ...page },
  referrer: '', userAgent: 'segment-marketo', ip: null, at, ...more
})

const associate = (lead: unknown) => ({ _tag: 'AssociateCookie', munchkinId, lead, visitor: derived })

const pageOrigin = { pageOrigin: 'https://www.example.com' }
const ours = { origin: 'https://www.example.com' }

const track = (name: string, source: string, event: string, properties: unknown, expected: unknown, more: Members = withCookie, settings: Members = {}): MappingCase => ({
  name: `server track: ${name}`, source,
  input: { settings, event: { type: 'track', userId: 'u1', event, properties, timestamp, ...more } },
  expected
})

const page = (name: string, source: string, properties: unknown, expected: unknown, more: Members = withCookie, settings: Members = {}): MappingCase => ({
  name: `server page: ${name}`, source,
  input: { settings, event: { type: 'page', userId: 'u1', properties, timestamp, ...more } },
  expected
})

const inBrowser = (name: string, source: string, event: Members, expected: unknown, settings: Members = {}): MappingCase => ({
  name: `browser: ${name}`, source, side: 'browser', input: { settings, event }, expected
})

const seen = (url: string, params = '') => right({ _tag: 'VisitPageInBrowser', munchkinId, url, params })

// biome-ignore format: one case a paragraph
export const visitCases: ReadonlyArray<MappingCase> = [
  // ── track
  track('the Ruby sample', page0, 'Update Buying Period', { newPeriod: '2016-01-01', lastName: 'Peterson', email: 'Jake@segment.com' },
    right(visit({ path: '/event/Update-Buying-Period', params: 'newPeriod=2016-01-01&lastName=Peterson&email=Jake%40segment.com&' }))),
  track('keys and values are encoded', 'design.md 4, v1 track', 'E', { 'k&k': 'v=v', 'é': 'a b' }, right(visit({ path: '/event/E', params: 'k%26k=v%3Dv&%C3%A9=a%20b&' }))),
  track('a name is encoded in a URL, and decodes to what a browser would have said', 'design.md 4, v1 track', 'a/b?c#d%41 é_', {}, right(visit({ path: '/event/a/b%3Fc%23d%2541-%C3%A9-' }))),
  track('a prefix is not doubled', code, '/event/already there', undefined, right(visit({ path: '/event/already-there' }))),
  track('undashed', 'design.md 4, v1 track', 'Trial_Started now', { a: 1 }, right(visit({ path: '/event/Trial_Started%20now', params: 'a=1&' })), withCookie, { trackUrl: 'undashed' }),
  track('clean', 'design.md 4, v1 track', 'E', { a: 1, b: '', c: true, d: null }, right(visit({ path: '/event/E', params: 'a=1&c=true' })), withCookie, { trackParams: 'clean' }),
  track('clean and nothing', near, 'E', { b: '' }, right(visit({ path: '/event/E' })), withCookie, { trackParams: 'clean' }),
  track('null says nothing, empty text is kept, zero has one sign', near, 'E', { a: null, b: '', c: 0, d: false, e: undefined, f: -0 }, right(visit({ path: '/event/E', params: 'b=&c=0&d=false&f=0&' }))),
  track('a list or an object never becomes text', 'law M6', 'E', { list: ['x'], o: { p: 1 }, a: 1 }, both(
    [malformed('dropped', ['properties', 'list'], 'a list', mendScalar), malformed('dropped', ['properties', 'o'], 'an object', mendScalar)], visit({ path: '/event/E', params: 'a=1&' })
  )),
  track('halves of surrogate pairs', near, 'E', { a: '\ud83d', '\ud83d': 1 }, both(
    [malformed('dropped', ['properties', 'a'], 'text with half a surrogate pair', mendHalf), malformed('dropped', ['properties', '\ud83d'], 'a name with half a surrogate pair', mendHalf)], visit({ path: '/event/E' })
  )),
  track('a number that is not finite', near, 'E', { n: Number.NaN, a: 1 }, both([malformed('dropped', ['properties', 'n'], 'a number that is not finite', mendScalar)], visit({ path: '/event/E', params: 'a=1&' }))),
  track('half a pair in the name', near, 'E\ud83d', {}, left(malformed('invalid', ['event'], 'text with half a surrogate pair', mendHalf))),
  track('the page that it happened on tells the host', 'design.md 4, Relative page URL', 'E', {}, right(visit({ path: '/event/E', origin: 'https://shop.test' })), { context: { Marketo: { marketoCookie: cookie }, page: { url: 'https://shop.test/cart?x=1' } } }, pageOrigin),
  track('then the settings', 'design.md 4, Relative page URL', 'E', {}, right(visit({ path: '/event/E', ...ours })), withCookie, pageOrigin),
  track('nobody knows the host: meant, and sent by nobody', 'design.md 4, Relative page URL', 'E', {}, both([noHost], visit({ path: '/event/E', origin: null }, { lead: ofUser, visitor: derived })), {}),
  track('no time', 'design.md 4, Event time', 'E', {}, left(missing('invalid', ['timestamp'], 'send a timestamp in ISO 8601, such as 2024-05-01T10:00:00Z')), { ...withCookie, timestamp: undefined }),

  // ── whose visit it is
  track('a cookie over a userId over an anonymousId', 'law C2', 'E', {}, right(visit({ path: '/event/E' })), { ...withCookie, anonymousId: 'a1' }),
  track('without a cookie: the userId, a visitor of its own, and the warning', page0, 'E', {}, both([second], associate(ofUser), visit({ path: '/event/E', ...ours }, { lead: ofUser, visitor: derived })), { anonymousId: 'a1' }, pageOrigin),
  track('without a userId: the anonymousId', page0, 'E', {}, both([second], associate({ lookupField: 'AnonymousId', value: 's1' }), visit({ path: '/event/E', ...ours }, { lead: { lookupField: 'AnonymousId', value: 's1' }, visitor: derived })), { userId: null, sessionId: 's1' }, pageOrigin),
  track('of nobody', 'law C5', 'E', {}, left(missing('invalid', ['userId'], 'send the Munchkin cookie, a userId or an anonymousId')), { userId: null }, pageOrigin),
  track('second visitors accepted: the third option of the page', page0, 'E', {}, right(associate(ofUser), visit({ path: '/event/E', ...ours }, { lead: ofUser, visitor: derived })), {}, { ...pageOrigin, secondVisitors: 'accept' }),
  track('and not associated', near, 'E', {}, right(visit({ path: '/event/E', ...ours }, { lead: ofUser, visitor: derived })), {}, { ...pageOrigin, secondVisitors: 'accept', associateVisitors: false }),
  track('no visit without a cookie', 'design.md 4, Visit without a cookie', 'E', {}, left({ _tag: 'Excluded', weight: 'skipped', at: cookieAt, rule: 'settings', mend: 'send context.Marketo.marketoCookie, or set withoutCookie to derive' }), {}, { ...pageOrigin, withoutCookie: 'cookie-only' }),
  track('which one with a cookie is', near, 'E', {}, right(visit({ path: '/event/E', ...ours })), withCookie, { ...pageOrigin, withoutCookie: 'cookie-only' }),
  track('a broken cookie is said, and then the userId counts', near, 'E', {}, both(
    [malformed('dropped', cookieAt, 'text that is no Munchkin cookie', 'send the value of the _mkto_trk cookie: id:<Munchkin id>&token:<token>'), second],
    associate(ofUser), visit({ path: '/event/E', ...ours }, { lead: ofUser, visitor: derived })
  ), { context: { Marketo: { marketoCookie: 'x' } } }, pageOrigin),
  track('fields of one’s own for the ids', near, 'E', {}, both([second], associate({ lookupField: 'ext', value: 'u1' }), visit({ path: '/event/E', ...ours }, { lead: { lookupField: 'ext', value: 'u1' }, visitor: derived })), {}, { ...pageOrigin, userIdField: 'ext' }),

  // ── page
  page('taken apart', page0, { url: 'https://shop.test/a?b=1&c=2#h', referrer: 'https://r.test/' }, right(visit({ origin: 'https://shop.test', path: '/a', params: 'b=1&c=2', fragment: 'h' }, { referrer: 'https://r.test/' }))),
  page('whose it was and from where', 'marketo-legacy.md 2.5', { url: 'https://shop.test/' }, right(visit({ origin: 'https://shop.test' }, { userAgent: 'UA/1', ip: '192.0.2.1' })), { context: { ...withCookie.context, userAgent: 'UA/1', ip: '192.0.2.1' } }),
  page('a user agent that no header holds', near, { url: 'https://shop.test/' }, left(malformed('invalid', ['context', 'userAgent'], 'text', 'send the user agent as printable text in one line')), { context: { ...withCookie.context, userAgent: 'a\nb' } }),
  page('no user agent, and none in the settings', near, { url: 'https://shop.test/' }, left(missing('invalid', ['context', 'userAgent'], 'set context.userAgent on the server: Marketo takes no visit without one')), withCookie, { userAgent: null }),
  page('relative', 'design.md 4, Relative page URL', { url: '/a?b=1' }, right(visit({ path: '/a', params: 'b=1' }))),
  page('no url', near, {}, left(missing('invalid', ['properties', 'url'], 'send the page’s url in properties or context.page: Marketo takes no visit without one'))),

  // ── in a browser
  inBrowser('Munchkin gets path and parameters', 'design.md 4, v1 page URL', { type: 'page', properties: { url: 'https://shop.test/a?b=1#c' } }, seen('/a', 'b=1')),
  inBrowser('or the url as it came', 'design.md 4, v1 page URL', { type: 'page', properties: { url: 'https://shop.test/a?b=1#c' } }, seen('https://shop.test/a?b=1#c', 'b=1'), { browserPageUrl: 'verbatim' }),
  inBrowser('which is its path where it has no url', near, { type: 'page', properties: { path: '/a' } }, seen('/a'), { browserPageUrl: 'verbatim' }),
  inBrowser('an event’s name as it is, which Munchkin encodes', code, { type: 'track', event: 'a/b-c.d?e&f Café', properties: { plan: 'a b' } }, seen('/event/a/b-c.d?e&f-Café', 'plan=a%20b&')),
  inBrowser('half a pair in the name', near, { type: 'track', event: '\ud83d' }, left(malformed('invalid', ['event'], 'text with half a surrogate pair', mendHalf))),
  inBrowser('no url', near, { type: 'page' }, left(missing('invalid', ['properties', 'url'], 'send the page’s url in properties or context.page: Marketo takes no visit without one'))),
  inBrowser('a screen', near, { type: 'screen', userId: 'u' }, left({ _tag: 'Excluded', weight: 'skipped', at: ['type'], rule: 'call-type', mend: 'this contract takes identify, track and page calls only' }))
]
