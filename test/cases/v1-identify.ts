/**
 * identify calls of v1: over SOAP from a server, by Munchkin from a browser.
 */
import { both, conflict, left, type MappingCase, malformed, missing, munchkinId, right, risky, unknown } from './mapping-case.js'

type Members = Readonly<Record<string, unknown>>

const page0 = 'Segment "Marketo Destination", Identify'
const page1 = 'Segment "Marketo", older edition'
const decided = 'design.md 4, v1 server record'
const near = 'near miss'

const cookie = 'id:561-HYG-937&token:_mch-marketo.com-1374552656411-90718'
const email = 'ana@corp.test'

const mendScalar = 'send one text, number or boolean; a list or an object never becomes text'
const mendTwins = 'both are given one name on the way: send one of them, or rename one'
const mendName = 'give the trait a name that a lead field can have'
const mendEmail = 'send one address in plain ASCII, such as ana@example.com, as the email trait or as userId'
const mendXml = 'take out control characters and halves of surrogate pairs'
const mendPart = 'only city, country, state and the postal code of an address have fields: send it as a trait of its own'
const mendId = 'Marketo keeps Id for the lead’s own number: send the value under another name'

/** A record keyed by its email. */
const sync = (attributes: Members, more: Members = {}) => ({
  _tag: 'SyncLeadOverSoap',
  munchkinId,
  lead: { lookupField: 'email', value: email },
  email,
  attributes: Object.fromEntries(Object.entries({ UserId: 'u1', ...attributes }).filter(([, value]) => value !== undefined)),
  cookie: null,
  ...more
})

/** A record keyed by its cookie. */
const byCookie = { lead: { lookupField: 'cookies', value: cookie }, cookie }

const signature = { _tag: 'AskSigner', origin: 'https://api.segment.io', path: ['integrations', 'marketo', 'v1', 'p1', email, 'hash'] }

const associate = (fields: Members, more: Members = {}) => ({ _tag: 'AssociateLeadInBrowser', munchkinId, fields: { Email: email, ...fields }, signature, ...more })

const event = (traits: unknown, more: Members = {}) => ({ type: 'identify', userId: 'u1', traits, ...more })

const server = (name: string, source: string, traits: unknown, expected: unknown, more: Members = {}, settings: Members = {}): MappingCase => ({
  name: `server: ${name}`,
  source,
  input: { settings, event: event(traits, more) },
  expected
})

const browser = (name: string, source: string, traits: unknown, expected: unknown, more: Members = {}, settings: Members = {}): MappingCase => ({
  name: `browser: ${name}`,
  source,
  side: 'browser',
  input: { settings: { projectId: 'p1', ...settings }, event: event(traits, more) },
  expected
})

const inContext = (value: unknown, key = 'Marketo') => ({ context: { [key]: { marketoCookie: value } } })

// biome-ignore format: one case a paragraph
export const identifyCases: ReadonlyArray<MappingCase> = [
  // ── the pages' own samples
  server('the Java sample', page0, { email: 'tom@example.com', name: 'Tom Smykowski' }, right({
    _tag: 'SyncLeadOverSoap', munchkinId, lead: { lookupField: 'email', value: 'tom@example.com' }, email: 'tom@example.com',
    attributes: { UserId: 'hj2kf92ds212', FirstName: 'Tom', LastName: 'Smykowski' }, cookie: null
  }), { userId: 'hj2kf92ds212' }),
  server('the Ruby sample: the cookie addresses the lead, the other keys ride along', page0, { email: 'Jake@segment.com', firstName: 'Jake', lastName: 'Peterson' }, right({
    _tag: 'SyncLeadOverSoap', munchkinId, ...byCookie, email: 'Jake@segment.com', attributes: { UserId: '019mr8mf4r', FirstName: 'Jake', LastName: 'Peterson' }
  }), { userId: '019mr8mf4r', ...inContext(cookie) }),
  server('the older Ruby sample has no email: only the cookie says who it is', page1, { firstName: 'Jake', lastName: 'Peterson' }, both(
    [missing('warning', ['traits', 'email'], 'without an email only the cookie says who this is: send the email as a trait or as userId')],
    { _tag: 'SyncLeadOverSoap', munchkinId, ...byCookie, email: null, attributes: { UserId: '019mr8mf4r', FirstName: 'Jake', LastName: 'Peterson' } }
  ), { userId: '019mr8mf4r', ...inContext(cookie) }),
  browser('the JavaScript sample', page0, { email, name: 'Jake Peterson', company: 'Segment', favoriteColor: 'Blue' }, right(
    associate({ userId: 'u1', id: 'u1', name: 'Jake Peterson', FirstName: 'Jake', LastName: 'Peterson', Company: 'Segment', favoriteColor: 'Blue' })
  )),
  browser('the older JavaScript sample keeps its casing', page1, { email, favoriteColor__c: 'Blue' }, right(associate({ userId: 'u1', id: 'u1', favoriteColor__c: 'Blue' }))),

  // ── the email
  server('an email as userId', page0, {}, right(sync({ UserId: email })), { userId: email }),
  server('a trait comes before a userId', decided, { email }, right(sync({ UserId: 'tom@corp.test' })), { userId: 'tom@corp.test' }),
  server('neither email nor cookie', decided, { plan: 'pro' }, left(missing('invalid', ['traits', 'email'], 'send the email as a trait or as userId, or the Munchkin cookie'))),
  server('an email that is none stops the call, even beside a cookie', 'design.md 4, A present but invalid email', { email: 'ana' }, left(malformed('invalid', ['traits', 'email'], 'text', mendEmail)), inContext(cookie)),
  server('an email that is no text', near, { email: 7 }, left(malformed('invalid', ['traits', 'email'], 'a number', mendEmail))),
  server('an email too long for its field', near, { email: `${'a'.repeat(250)}@b.test` }, left(malformed('invalid', ['traits', 'email'], 'text', mendEmail))),
  server('a userId that is nearly an email is a userId', near, {}, left(missing('invalid', ['traits', 'email'], 'send the email as a trait or as userId, or the Munchkin cookie')), { userId: 'ana b@corp.test' }),
  server('an email in other letters is the email and nothing else', near, { EMAIL: email }, right(sync({}))),
  server('two spellings of one email', 'law N4', { email, Email: email }, both([conflict('dropped', ['traits', 'Email'], ['traits', 'email'], mendTwins)], sync({}))),
  browser('two spellings of one email', 'law N4', { email, Email: email }, both([conflict('dropped', ['traits', 'Email'], ['traits', 'email'], mendTwins)], associate({ userId: 'u1', id: 'u1' }))),
  server('two emails in two spellings', near, { email, Email: 'other@corp.test' }, both([conflict('dropped', ['traits', 'Email'], ['traits', 'email'], mendTwins)], sync({}))),
  browser('neither trait nor userId', page0, { plan: 'pro' }, left(missing('invalid', ['traits', 'email'], 'associateLead needs the email: send it as a trait, or as userId'))),
  browser('an email as userId', 'Segment marketo 2.0.2, its tests', {}, right(associate({ userId: email, id: email })), { userId: email }),
  browser('where only the trait counts, the trait does', near, { email }, right(associate({ userId: 'bo@corp.test', id: 'bo@corp.test' })), { userId: 'bo@corp.test' }, { clientEmail: 'trait' }),
  browser('unless only the trait counts', 'design.md 4, v1 email, client', {}, left(missing('invalid', ['traits', 'email'], 'associateLead needs the email: send it as a trait, or as userId')), { userId: email }, { clientEmail: 'trait' }),
  browser('an email that is none', near, { email: ['a@b.test'] }, left(malformed('invalid', ['traits', 'email'], 'a list', mendEmail))),

  // ── names of fields
  server('spaces go, underscores and casing stay', page0, { email, 'a field': 1, second_favorite_color: 'b', someTrait: true, CompanyDunsNumber: '9' }, right(sync({ AField: 1, Second_favorite_color: 'b', SomeTrait: true, CompanyDunsNumber: '9' }))),
  server('two traits with one name: the one spelled as the field counts', 'law N4', { email, 'plan name': 'a', planName: 'b', PlanName: 'c' }, both(
    [conflict('dropped', ['traits', 'planName'], ['traits', 'plan name'], mendTwins), conflict('dropped', ['traits', 'plan name'], ['traits', 'PlanName'], mendTwins)], sync({ PlanName: 'c' })
  )),
  server('casing that is not Marketo’s', 'issue: DateofBirth, SICCode', { email, dateOfBirth: '1990-01-02', sicCode: '1' }, both([
    unknown('warning', ['traits', 'dateOfBirth'], 'dateofBirth', 'Marketo spells the field DateofBirth: send the trait so that it is named so'),
    unknown('warning', ['traits', 'sicCode'], 'sICCode', 'Marketo spells the field SICCode: send the trait so that it is named so')
  ], sync({ DateOfBirth: '1990-01-02', SicCode: '1' }))),
  server('casing that is', near, { email, dateofBirth: '1990-01-02T00:00:00Z' }, right(sync({ DateofBirth: '1990-01-02' }))),
  server('a name that is none', near, { email, ' ': 1, ['__proto__']: 2, ['x'.repeat(256)]: 3 }, both([
    malformed('dropped', ['traits', ' '], 'a blank name', mendName),
    malformed('dropped', ['traits', '__proto__'], 'a name that no field has', mendName),
    malformed('dropped', ['traits', 'x'.repeat(256)], 'a name of more than 255 characters', mendName)
  ], sync({}))),
  server('a name as long as may be', near, { email, ['X'.repeat(255)]: 1 }, right(sync({ ['X'.repeat(255)]: 1 }))),
  browser('a name with half a surrogate pair', near, { email, '\ud83d': 1 }, both([malformed('dropped', ['traits', '\ud83d'], 'a name with half a surrogate pair', mendName)], associate({ userId: 'u1', id: 'u1' }))),
  browser('a field whose type nobody has published takes any scalar', near, { email, 'Marketo Jigsaw Contact Id': 7 }, right(associate({ userId: 'u1', id: 'u1', 'Marketo Jigsaw Contact Id': 7 }))),
  server('two traits with one name and one value are two all the same', 'law N4', { email, A: 'x', a: 'x' }, both([conflict('dropped', ['traits', 'a'], ['traits', 'A'], mendTwins)], sync({ A: 'x' }))),
  server('names of every object’s members are names', near, { email, constructor: 'a', toString: 'b' }, right(sync({ Constructor: 'a', ToString: 'b' }))),
  browser('the server’s rule on the rest', 'design.md 4, v1 names, client', { email, name: 'Ana Cruz', 'a field': 1, title: 'CTO' }, right(associate({ userId: 'u1', id: 'u1', FirstName: 'Ana', LastName: 'Cruz', AField: 1, Title: 'CTO' })), {}, { clientNaming: 'server' }),
  browser('no trait renamed', 'design.md 4, v1 names, client', { email, name: 'Ana Cruz', firstName: 'Ana', company: 'Acme', address: 'Lyon' }, right(associate({ userId: 'u1', id: 'u1', email, name: 'Ana Cruz', firstName: 'Ana', company: 'Acme', address: 'Lyon' })), {}, { clientNaming: 'none' }),
  browser('and none taken apart', near, { email, address: { city: 'Lyon' } }, both([malformed('dropped', ['traits', 'address'], 'an object', mendScalar)], associate({ userId: 'u1', id: 'u1', email })), {}, { clientNaming: 'none' }),
  browser('seven names, whatever is beside them', 'Segment marketo 2.0.2', { email, firstName: 'Ana', lastName: 'Cruz', phone: '+1', industry: 'Tech', company: 'Acme', address: '1 Main', title: 'CTO' }, right(
    associate({ userId: 'u1', id: 'u1', FirstName: 'Ana', LastName: 'Cruz', Phone: '+1', Industry: 'Tech', Company: 'Acme', Address: '1 Main', title: 'CTO' })
  )),

  // ── what rules take apart
  server('names: an explicit text wins, and the full name does not stay', 'law N6', { email, name: 'Ana Maria Cruz', firstName: 'Anita' }, right(sync({ FirstName: 'Anita', LastName: 'Maria Cruz' }))),
  server('names: an explicit blank is left out, and not replaced', 'law N6', { email, name: 'Ana Cruz', firstName: ' ' }, right(sync({ LastName: 'Cruz' }))),
  server('names: one word has no last name', 'design.md 4, Name split', { email, name: 'Ana' }, right(sync({ FirstName: 'Ana' }))),
  server('names in snake case also go by their own name', 'page 000: underscores stay', { email, first_name: 'Ana', last_name: 'Cruz' }, right(sync({ First_name: 'Ana', FirstName: 'Ana', Last_name: 'Cruz', LastName: 'Cruz' }))),
  server('names that are numbers go by their own names', near, { email, firstName: 7, lastName: 8 }, right(sync({ FirstName: '7', LastName: '8' }))),
  server('a name that is no text', near, { email, name: { first: 'Ana' } }, both([malformed('dropped', ['traits', 'name'], 'an object', mendScalar)], sync({}))),
  server('an address: postal code before zip', 'design.md 4, Postal code', { email, address: { city: 'Lyon', state: 'ARA', country: 'FR', zip: '1', postalCode: '2' } }, right(sync({ City: 'Lyon', State: 'ARA', Country: 'FR', PostalCode: '2' }))),
  server('an address: the other order', 'design.md 4, Postal code', { email, address: { zip: '1', postalCode: '2' } }, right(sync({ PostalCode: '1' })), {}, { postalCode: ['zip', 'postalCode'] }),
  server('an address: what has no field is said', near, { email, address: { city: 'Lyon', street: '1 Main', floor: null } }, both([malformed('dropped', ['traits', 'address', 'street'], 'text', mendPart)], sync({ City: 'Lyon' }))),
  server('an address in one text', 'Segment marketo 2.0.2', { email, address: '1 Main, Lyon' }, right(sync({ Address: '1 Main, Lyon' }))),
  server('a city of its own beside the address’s', 'law N4', { email, city: 'Nice', address: { city: 'Lyon' } }, both([conflict('dropped', ['traits', 'address', 'city'], ['traits', 'city'], mendTwins)], sync({ City: 'Nice' }))),
  server('a company’s name', 'design.md 4, Company', { email, company: { name: 'Acme', id: 1 } }, right(sync({ Company: 'Acme' }))),
  server('a company in one text', page0, { email, company: 'Acme' }, right(sync({ Company: 'Acme' }))),
  server('a company in other letters', near, { email, COMPANY: 'Acme' }, both([unknown('warning', ['traits', 'COMPANY'], 'company', 'Marketo spells the field Company: send the trait so that it is named so')], sync({ COMPANY: 'Acme', Company: 'Acme' }))),
  server('the first of several phones', 'segment.md 2.5', { email, phones: ['+1', '+2'] }, right(sync({ Phone: '+1' }))),
  browser('an address object, without its street', 'Segment marketo 2.0.2', { email, address: { city: 'Lyon', postal_code: '1', street: 'x' } }, both([malformed('dropped', ['traits', 'address', 'street'], 'text', mendPart)], associate({ userId: 'u1', id: 'u1', City: 'Lyon', PostalCode: '1' }))),

  // ── ids
  server('both ids are written', decided, { email }, right(sync({ AnonymousId: 'a1' })), { anonymousId: 'a1' }),
  server('an old sessionId is an anonymousId', 'page 000', { email }, right(sync({ AnonymousId: 's1' })), { sessionId: 's1' }),
  server('into the fields that settings name', decided, { email }, right(sync({ UserId: undefined, ext_id: 'u1', anon: 'a1' })), { anonymousId: 'a1' }, { userIdField: 'ext_id', anonymousIdField: 'anon' }),
  server('no userId', decided, { email }, right(sync({ UserId: undefined, AnonymousId: 'a1' })), { userId: undefined, anonymousId: 'a1' }),
  server('a number as userId', near, { email }, right(sync({ UserId: '42' })), { userId: 42 }),
  server('a trait called like an id loses to it', 'Segment marketo 2.0.2: userId overrides', { email, userId: 'own' }, both([conflict('dropped', ['traits', 'userId'], ['userId'], mendTwins)], sync({}))),
  server('unless it says the same', near, { email, userId: 'u1', id: 'u1' }, right(sync({}))),
  server('another id trait has no field', 'design.md 4, id trait', { email, id: 'x' }, both([malformed('dropped', ['traits', 'id'], 'the name id', mendId)], sync({}))),
  server('and none in a call without a userId', near, { email, id: 'x' }, both([malformed('dropped', ['traits', 'id'], 'the name id', mendId)], sync({ UserId: undefined, AnonymousId: 'a1' })), { userId: undefined, anonymousId: 'a1' }),
  browser('userId and id are the call’s', 'Segment marketo 2.0.2', { email, id: 'x' }, both([conflict('dropped', ['traits', 'id'], ['userId'], mendTwins)], associate({ userId: 'u1', id: 'u1' }))),
  browser('no userId, and no anonymousId ever', 'Segment marketo 2.0.2', { email, id: 'x' }, right(associate({ id: 'x' })), { userId: null, anonymousId: 'a1' }),

  // ── values
  server('null and empty text say nothing', 'design.md 4, Absent, null, empty', { email, plan: null, tier: '', city: '' }, right(sync({}))),
  server('a list or an object never becomes text', 'law M6', { email, tags: ['a'], deep: { a: 1 } }, both([malformed('dropped', ['traits', 'tags'], 'a list', mendScalar), malformed('dropped', ['traits', 'deep'], 'an object', mendScalar)], sync({}))),
  server('a value is made the type of a standard field, or dropped', 'law M5', { email, numberOfEmployees: '12', annualRevenue: 'much' }, both(
    [malformed('dropped', ['traits', 'annualRevenue'], 'text', 'send a number, or its plain digits with a decimal point; no currency sign, no thousands separator')], sync({ NumberOfEmployees: 12 })
  )),
  server('text that XML cannot hold', 'marketo-legacy.md 5.4', { email, plan: 'a\u0000b', city: 'Lyon\u0001', tier: '\ud83d' }, both([
    malformed('dropped', ['traits', 'plan'], 'text that XML cannot hold', mendXml),
    malformed('dropped', ['traits', 'city'], 'text that XML cannot hold', mendXml),
    malformed('dropped', ['traits', 'tier'], 'text that XML cannot hold', mendXml)
  ], sync({}))),
  browser('half a surrogate pair goes nowhere; what XML cannot hold, Munchkin can', near, { email, plan: '\ud83d', tier: 'a\u0000b' }, both([malformed('dropped', ['traits', 'plan'], 'text with half a surrogate pair', mendXml)], associate({ userId: 'u1', id: 'u1', tier: 'a\u0000b' }))),
  server('what is undefined says nothing', near, { email, plan: undefined, title: undefined, address: { city: '', state: undefined } }, right(sync({}))),
  server('a number that is not finite is dropped', near, { email, n: Number.NaN, i: Number.POSITIVE_INFINITY }, both([
    malformed('dropped', ['traits', 'n'], 'a number that is not finite', mendScalar), malformed('dropped', ['traits', 'i'], 'a number that is not finite', mendScalar)
  ], sync({}))),
  server('there is one zero', near, { email, n: -0 }, right(sync({ N: 0 }))),
  server('a zero, a false, a line break', near, { email, n: 0, f: false, t: 'a\nb' }, right(sync({ N: 0, F: false, T: 'a\nb' }))),
  server('traits of nobody', near, [], right(sync({ UserId: email })), { userId: email }),

  // ── the cookie
  server('a cookie in integrations, encoded', 'design.md 4, Cookie place', { email }, right(sync({}, byCookie)), { integrations: { Marketo: { marketoCookie: encodeURIComponent(cookie) } } }),
  server('a cookie that is none is dropped', near, { email }, both([malformed('dropped', ['context', 'Marketo', 'marketoCookie'], 'text that is no Munchkin cookie', 'send the value of the _mkto_trk cookie: id:<Munchkin id>&token:<token>')], sync({})), inContext('id:561')),
  server('a cookie of another instance', near, { email }, both([malformed('dropped', ['context', 'Marketo', 'marketoCookie'], 'the cookie of another Marketo instance', 'compare the Munchkin id of the site with the one of the settings')], sync({})), inContext('id:111-AAA-222&token:_mch-marketo.com-1374552656411-90718')),
  server('a cookieId gets a hint', 'page 000: cookieId', { email }, both([unknown('warning', ['context', 'Marketo', 'cookieId'], 'marketoCookie', 'send it as marketoCookie: cookieId is not read')], sync({})), { context: { Marketo: { cookieId: cookie } } }),

  // ── signing
  {
    name: 'browser: nobody to ask and no key', source: near, side: 'browser',
    input: { settings: {}, event: event({ email }) },
    expected: left(missing('invalid', ['settings', 'projectId'], 'give the project id, or the private key to a mapper that does not run in a page'))
  },
  browser('a signer of one’s own', near, { email }, right(associate({ userId: 'u1', id: 'u1' }, { signature: { ...signature, origin: 'https://sign.example.com' } })), {}, { host: 'https://sign.example.com' }),

  // ── the gate, and other calls
  server('switched off by name', 'design.md 4, Integrations gate', { email }, left({ _tag: 'Excluded', weight: 'skipped', at: ['integrations', 'marketo'], rule: 'integrations', mend: 'nothing to mend: the event switches this destination off by name' }), { integrations: { marketo: false } }),
  server('v2’s name is none of ours', 'v1 imports nothing of v2', { email }, right(sync({})), { integrations: { 'Marketo V2': false } }),
  browser('switched off', 'design.md 4, Integrations gate', { email }, left({ _tag: 'Excluded', weight: 'skipped', at: ['integrations', 'All'], rule: 'integrations', mend: 'nothing to mend: the event names its destinations, and this one is not among them' }), { integrations: { All: false } }),
  ...['group', 'screen', 'alias', 'delete'].map((type): MappingCase => ({
    name: `server: a ${type} call is not served`, source: 'pages 000 and 001 name identify, page and track',
    input: { settings: {}, event: { type, userId: 'u1', groupId: 'g1' } },
    expected: left({ _tag: 'Excluded', weight: 'skipped', at: ['type'], rule: 'call-type', mend: 'this contract takes identify, track and page calls only' })
  })),
  server('no event at all', near, {}, left(missing('invalid', ['type'], 'send one of identify, track, page, screen, group, alias, delete')), { type: undefined })
]

/** What a key in a page is said to be. */
export const keyInPage = risky(
  ['settings', 'privateKey'],
  'key-in-browser',
  'whoever opens the page can read it and claim any lead: leave the key with a signer, and give its place as signerOrigin and projectId'
)
