/**
 * Segment's own device code of v1, recorded: what its marketo integration hands to Munchkin.
 *
 * The 45 vectors of v1. Where the code writes a member that is undefined, the member is absent here; a Date is its ISO text, in
 * parameters too. An empty url, and a track call without a name, are problems here: with the first the code reports the query of the
 * page that it happens to run on, with the second it throws.
 */
import { left, type MappingCase, malformed, missing, right } from './mapping-case.js'

const munchkinId = '111-AAA-222'
const timestamp = '2024-05-01T10:00:00.000Z'

const visit = (page: { readonly url: string | null; readonly params: string }) =>
  right({ _tag: 'VisitPageInBrowser', munchkinId, ...page })

/** An associateLead that the signer is asked to sign for this email. */
const lead = (fields: Readonly<Record<string, unknown>>, email = 'ana@corp.test') =>
  right({
    _tag: 'AssociateLeadInBrowser',
    munchkinId,
    fields,
    signature: {
      _tag: 'AskSigner',
      origin: 'https://api.segment.io',
      path: ['integrations', 'marketo', 'v1', 'PROJ', email, 'hash']
    }
  })

const mendUrl =
  'leave the url out or send one: with an empty one Segment’s own code reports the query of the page it runs on'
const mendEmail = 'send the email trait, or an email as userId'

const vector = (
  id: string,
  name: string,
  event: Readonly<Record<string, unknown>>,
  expected: unknown,
  more: Readonly<Record<string, unknown>> = {}
): MappingCase => ({
  name,
  source: `Segment marketo 2.0.2 on facade 3.4.10, run: ${id}`,
  side: 'browser',
  input: {
    settings: { accountId: munchkinId, projectId: 'PROJ', browserProfile: 'exact', ...more },
    event: { timestamp, ...event }
  },
  expected
})

// biome-ignore format: one vector a line
export const deviceCases: ReadonlyArray<MappingCase> = [
  vector('v1-page-001', 'the query beside a url', { type: 'page', properties: { url: 'https://shop.test/a?b=1&c=2#h' } }, visit({ url: 'https://shop.test/a?b=1&c=2#h', params: 'b=1&c=2' })),
  vector('v1-page-002', 'no query', { type: 'page', properties: { url: 'https://shop.test/a' } }, visit({ url: 'https://shop.test/a', params: '' })),
  vector('v1-page-003', 'a relative url', { type: 'page', properties: { url: '/relative/path?x=1' } }, visit({ url: '/relative/path?x=1', params: 'x=1' })),
  vector('v1-page-004', 'blanks in the query are encoded', { type: 'page', properties: { url: 'https://shop.test/a b?q=c d' } }, visit({ url: 'https://shop.test/a b?q=c d', params: 'q=c%20d' })),
  vector('v1-page-005', 'no url at all', { type: 'page', properties: {} }, visit({ url: null, params: '' })),
  vector('v1-page-006', 'an empty url', { type: 'page', properties: { url: '' } }, left(malformed('invalid', ['properties', 'url'], 'empty text', mendUrl))),
  vector('v1-page-007', 'an empty query', { type: 'page', properties: { url: 'https://shop.test/a?' } }, visit({ url: 'https://shop.test/a?', params: '' })),
  vector('v1-page-008', 'context is not consulted', { type: 'page', properties: {}, context: { page: { url: 'https://shop.test/z?y=1' } } }, visit({ url: null, params: '' })),
  vector('v1-page-009', 'name and title stay', { type: 'page', name: 'Pricing', properties: { url: 'https://shop.test/p', title: 'T' } }, visit({ url: 'https://shop.test/p', params: '' })),
  vector('v1-page-010', 'no gate of its own', { type: 'page', properties: { url: 'https://shop.test/a?b=1' }, integrations: { Marketo: false } }, visit({ url: 'https://shop.test/a?b=1', params: 'b=1' })),
  vector('v1-track-011', 'a space is a dash', { type: 'track', event: 'Trial Started', properties: {} }, visit({ url: '/event/Trial-Started', params: '' })),
  vector('v1-track-012', 'an underscore is a dash, and every pair ends in &', { type: 'track', event: 'trial_started', properties: { plan: 'pro', seats: 3 } }, visit({ url: '/event/trial-started', params: 'plan=pro&seats=3&' })),
  vector('v1-track-013', 'one dash for each', { type: 'track', event: 'Trial  Started__now', properties: {} }, visit({ url: '/event/Trial--Started--now', params: '' })),
  vector('v1-track-014', 'a prefix is not doubled', { type: 'track', event: '/event/already there', properties: {} }, visit({ url: '/event/already-there', params: '' })),
  vector('v1-track-015', 'the prefix is told by case', { type: 'track', event: '/Event/x', properties: {} }, visit({ url: '/event//Event/x', params: '' })),
  vector('v1-track-016', 'and by its first slash', { type: 'track', event: 'event/x', properties: {} }, visit({ url: '/event/event/x', params: '' })),
  vector('v1-track-017', 'and by its last', { type: 'track', event: '/event', properties: {} }, visit({ url: '/event//event', params: '' })),
  vector('v1-track-018', 'a name is not encoded', { type: 'track', event: 'a/b-c.d?e&f', properties: {} }, visit({ url: '/event/a/b-c.d?e&f', params: '' })),
  vector('v1-track-019', 'nor where it is not ASCII', { type: 'track', event: 'Café ☕', properties: {} }, visit({ url: '/event/Café-☕', params: '' })),
  vector('v1-track-020', 'keys are not encoded', { type: 'track', event: 'E', properties: { 'first name': 'A B', 'k&k': 'v=v' } }, visit({ url: '/event/E', params: 'first name=A%20B&k&k=v%3Dv&' })),
  vector('v1-track-021', 'booleans, null, zero, empty text', { type: 'track', event: 'E', properties: { a: true, b: null, c: 0, d: '' } }, visit({ url: '/event/E', params: 'a=true&b=null&c=0&d=&' })),
  vector('v1-track-022', 'lists and objects', { type: 'track', event: 'E', properties: { list: ['x', 'y z'], o: { p: 1 } } }, visit({ url: '/event/E', params: 'list=x%2Cy%20z&o=%5Bobject%20Object%5D&' })),
  vector('v1-track-023', 'a day is a date', { type: 'track', event: 'E', properties: { when: '2024-01-02' } }, visit({ url: '/event/E', params: 'when=2024-01-02T00%3A00%3A00.000Z&' })),
  vector('v1-track-024', 'unless dates are left alone', { type: 'track', event: 'E', properties: { when: '2024-01-02' } }, visit({ url: '/event/E', params: 'when=2024-01-02&' }), { browserIsoDates: false }),
  vector('v1-track-025', 'what encodeURIComponent leaves alone', { type: 'track', event: 'E', properties: { q: "it's (ok)!*~" } }, visit({ url: '/event/E', params: "q=it's%20(ok)!*~&" })),
  vector('v1-track-026', 'no properties', { type: 'track', event: 'E' }, visit({ url: '/event/E', params: '' })),
  vector('v1-track-027', 'no name', { type: 'track', properties: { a: 1 } }, left(missing('invalid', ['event'], 'send the name of what happened as text'))),
  vector('v1-track-028', 'an empty name', { type: 'track', event: '', properties: {} }, visit({ url: '/event/', params: '' })),
  vector('v1-identify-029', 'a name is kept and split', { type: 'identify', userId: 'u1', traits: { email: 'ana@corp.test', name: 'Ana Cruz', company: 'Acme', favoriteColor: 'Blue' } }, lead({ name: 'Ana Cruz', favoriteColor: 'Blue', id: 'u1', Company: 'Acme', Email: 'ana@corp.test', FirstName: 'Ana', LastName: 'Cruz', userId: 'u1' })),
  vector('v1-identify-030', 'no email', { type: 'identify', userId: 'u1', traits: {} }, left(missing('invalid', ['traits', 'email'], mendEmail))),
  vector('v1-identify-031', 'an email as userId', { type: 'identify', userId: 'ana@corp.test', traits: {} }, lead({ id: 'ana@corp.test', Email: 'ana@corp.test', userId: 'ana@corp.test' })),
  vector('v1-identify-032', 'seven names', { type: 'identify', userId: 'u1', traits: { email: 'ana@corp.test', firstName: 'Ana', lastName: 'Cruz', phone: '+1', industry: 'Tech', company: 'Acme', title: 'CTO' } }, lead({ title: 'CTO', id: 'u1', Company: 'Acme', Email: 'ana@corp.test', FirstName: 'Ana', Industry: 'Tech', LastName: 'Cruz', Phone: '+1', userId: 'u1' })),
  vector('v1-identify-033', 'snake case is doubled', { type: 'identify', userId: 'u1', traits: { email: 'ana@corp.test', first_name: 'Ana', last_name: 'Cruz' } }, lead({ first_name: 'Ana', last_name: 'Cruz', id: 'u1', Email: 'ana@corp.test', FirstName: 'Ana', LastName: 'Cruz', userId: 'u1' })),
  vector('v1-identify-034', 'an address is taken apart', { type: 'identify', userId: 'u1', traits: { email: 'ana@corp.test', address: { street: '1 Main', city: 'Lyon', state: 'ARA', postalCode: '69001', country: 'FR' } } }, lead({ id: 'u1', Email: 'ana@corp.test', userId: 'u1', City: 'Lyon', Country: 'FR', PostalCode: '69001', State: 'ARA' })),
  vector('v1-identify-035', 'its zip is not read', { type: 'identify', userId: 'u1', traits: { email: 'ana@corp.test', address: { city: 'Lyon', zip: '69001' } } }, lead({ id: 'u1', Email: 'ana@corp.test', userId: 'u1', City: 'Lyon' })),
  vector('v1-identify-036', 'its parts in any spelling', { type: 'identify', userId: 'u1', traits: { email: 'ana@corp.test', address: { postal_code: '69001', City: 'Lyon' } } }, lead({ id: 'u1', Email: 'ana@corp.test', userId: 'u1', City: 'Lyon', PostalCode: '69001' })),
  vector('v1-identify-037', 'an address in one text', { type: 'identify', userId: 'u1', traits: { email: 'ana@corp.test', address: '1 Main, Lyon' } }, lead({ id: 'u1', Address: '1 Main, Lyon', Email: 'ana@corp.test', userId: 'u1' })),
  vector('v1-identify-038', 'a city beside it', { type: 'identify', userId: 'u1', traits: { email: 'ana@corp.test', city: 'Lyon' } }, lead({ city: 'Lyon', id: 'u1', Email: 'ana@corp.test', userId: 'u1' })),
  vector('v1-identify-039', 'a company stays an object', { type: 'identify', userId: 'u1', traits: { email: 'ana@corp.test', company: { name: 'Acme', id: 1 } } }, lead({ id: 'u1', Company: { name: 'Acme', id: 1 }, Email: 'ana@corp.test', userId: 'u1' })),
  vector('v1-identify-040', 'a birthday is a date', { type: 'identify', userId: 'u1', traits: { email: 'ana@corp.test', birthday: '1990-03-04' } }, lead({ birthday: '1990-03-04T00:00:00.000Z', id: 'u1', Email: 'ana@corp.test', userId: 'u1' })),
  vector('v1-identify-041', 'a plus in the email', { type: 'identify', userId: 'u1', traits: { email: 'ana+x@corp.test' } }, lead({ id: 'u1', Email: 'ana+x@corp.test', userId: 'u1' }, 'ana+x@corp.test')),
  vector('v1-identify-042', 'no userId', { type: 'identify', anonymousId: 'a1', traits: { email: 'ana@corp.test' } }, lead({ Email: 'ana@corp.test' })),
  vector('v1-identify-043', 'userId and id are the call’s', { type: 'identify', userId: 'u1', traits: { email: 'ana@corp.test', userId: 'own', id: 'own2' } }, lead({ userId: 'u1', id: 'u1', Email: 'ana@corp.test' })),
  vector('v1-identify-044', 'an empty first name', { type: 'identify', userId: 'u1', traits: { email: 'ana@corp.test', firstName: '', name: 'Ana Cruz' } }, lead({ name: 'Ana Cruz', id: 'u1', Email: 'ana@corp.test', FirstName: '', LastName: 'Cruz', userId: 'u1' })),
  vector('v1-identify-045', 'Email is overwritten', { type: 'identify', userId: 'u1', traits: { email: 'ana@corp.test', Email: 'other@corp.test' } }, lead({ Email: 'ana@corp.test', id: 'u1', userId: 'u1' }))
]
