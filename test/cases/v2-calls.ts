/**
 * Which calls are mapped at all: modes and sides, calls without a counterpart, the gate, groups.
 */
import { both, device, excluded, form, key, left, malformed, type MappingCase, missing, munchkinId, right, unknown, upsert } from './mapping-case.js'

const modes = 'Segment "Marketo v2", Hybrid device or cloud-mode'
const calls = 'Segment "Marketo v2"; segment.md 1.2'
const gate = 'design.md 4, Integrations gate'
const group = 'Segment "Group", traits'
const near = 'near miss'

const email = 'ana@example.com'
const ana = key('email', email)
const timestamp = '2024-05-01T10:00:00.000Z'
const user = key('userId', 'u1')

const identify = { type: 'identify', userId: 'u1', traits: { email } }
const track = { type: 'track', userId: 'u1', timestamp, event: 'Trial Started', properties: { plan: 'pro' } }
const page = { type: 'page', userId: 'u1', timestamp, properties: { url: 'https://a.test/' }, context: { userAgent: 'UA/1' } }
const joined = { type: 'group', userId: 'u1', groupId: 'g1', traits: { name: 'Acme' } }
const events = [{ event: 'Trial Started', activityTypeId: 1, attributes: [{ property: 'plan', attribute: 'planName', primary: true }] }]

const identified = upsert(ana, { email, userId: 'u1' })
const tracked = { _tag: 'AddCustomActivity', munchkinId, lead: user, activityTypeId: 1, activityDate: '2024-05-01T10:00:00Z', primaryAttributeValue: 'pro', attributes: [] }
const lead = upsert(user, { userId: 'u1' })
const grouped = upsert(user, { userId: 'u1', company: 'Acme' })

const byBrowser = excluded(['type'], 'mode', 'the browser sends identify and page calls in this mode')
const byServer = excluded(['type'], 'mode', 'the server sends this call in this mode')
const byNobody = excluded(['type'], 'mode', 'device mode takes identify and page only: use hybrid mode to send track calls from the server')

const inMode = (mode: string, side: 'server' | 'browser', call: string, event: unknown, expected: unknown): MappingCase => ({
  name: `${mode}: ${call} on the side of the ${side}`,
  source: modes,
  side,
  input: { settings: { ...device, mode, events }, event },
  expected
})

const off = (at: string) => left(excluded(['integrations', at], 'integrations', 'nothing to mend: the event switches this destination off by name'))
const unnamed = (at: string) => left(excluded(['integrations', at], 'integrations', 'nothing to mend: the event names its destinations, and this one is not among them'))

const gated = (name: string, integrations: unknown, expected: unknown, settings: Readonly<Record<string, unknown>> = {}): MappingCase => ({
  name: `gate: ${name}`,
  source: gate,
  input: { settings, event: { ...identify, integrations } },
  expected
})

const grouping = (name: string, traits: unknown, expected: unknown, settings: Readonly<Record<string, unknown>> = {}, more: Readonly<Record<string, unknown>> = {}): MappingCase => ({
  name: `group: ${name}`,
  source: group,
  input: { settings, event: { type: 'group', userId: 'u1', groupId: 'g1', traits, ...more } },
  expected
})

const mendEmpty = 'send the company’s name, industry, employees, website, phone or address as traits of the group'
const mendType = 'send one of identify, track, page, screen, group, alias, delete'

export const callCases: ReadonlyArray<MappingCase> = [
  // ── modes
  inMode('cloud', 'server', 'identify', identify, right(identified)),
  inMode('cloud', 'server', 'track', track, right(lead, tracked)),
  inMode('cloud', 'server', 'group', joined, right(grouped)),
  inMode('cloud', 'browser', 'identify', identify, left(byServer)),
  inMode('cloud', 'browser', 'page', page, left(byServer)),
  inMode('cloud', 'browser', 'track', track, left(byServer)),
  inMode('cloud', 'browser', 'group', joined, left(byServer)),
  inMode('device', 'server', 'identify', identify, left(byBrowser)),
  inMode('device', 'server', 'page', page, left(byBrowser)),
  inMode('device', 'server', 'track', track, left(byNobody)),
  inMode('device', 'server', 'group', joined, left(byNobody)),
  inMode('device', 'browser', 'identify', identify, right(form({ Email: email, userId: 'u1' }))),
  inMode('device', 'browser', 'page', page, right({ _tag: 'VisitPageInBrowser', munchkinId, url: '/', params: '' })),
  inMode('device', 'browser', 'track', track, left(byNobody)),
  inMode('device', 'browser', 'group', joined, left(byNobody)),
  inMode('hybrid', 'server', 'identify', identify, left(byBrowser)),
  inMode('hybrid', 'server', 'page', page, left(byBrowser)),
  inMode('hybrid', 'server', 'track', track, right(lead, tracked)),
  inMode('hybrid', 'server', 'group', joined, right(grouped)),
  inMode('hybrid', 'browser', 'identify', identify, right(form({ Email: email, userId: 'u1' }))),
  inMode('hybrid', 'browser', 'page', page, right({ _tag: 'VisitPageInBrowser', munchkinId, url: '/', params: '' })),
  inMode('hybrid', 'browser', 'track', track, left(byServer)),
  inMode('hybrid', 'browser', 'group', joined, left(byServer)),
  {
    name: 'Segment’s own switch for track calls means hybrid',
    source: 'Segment "Marketo v2", Send Track Events Server Side (beta)',
    input: { settings: { beta: true, marketoFormId: '1', marketoHostUrl: '//a.test' }, event: identify },
    expected: left(byBrowser)
  },

  // ── calls without a counterpart
  {
    name: 'screen',
    source: calls,
    input: { settings: {}, event: { type: 'screen', userId: 'u1', name: 'Home' } },
    expected: left(excluded(['type'], 'call-type', 'a screen has no address that Marketo could visit: send a mapped track call'))
  },
  {
    name: 'alias',
    source: calls,
    input: { settings: {}, event: { type: 'alias', userId: 'u1', previousId: 'a1' } },
    expected: left(excluded(['type'], 'call-type', 'send an identify with the new userId: the email, or the ids on it, address the same lead'))
  },
  {
    name: 'delete, as functions get it',
    source: 'design.md 4, Delete events; Segment "Build functions"',
    input: { settings: {}, event: { type: 'delete', userId: 'u1', context: [], integrations: [], messageId: 'delete-1' } },
    expected: left(excluded(['type'], 'call-type', 'this contract deletes no leads: delete them in Marketo, or with a recipe'))
  },
  {
    name: 'screen is as unknown to a browser',
    source: calls,
    side: 'browser',
    input: { settings: device, event: { type: 'screen', userId: 'u1', name: 'Home' } },
    expected: left(excluded(['type'], 'call-type', 'a screen has no address that Marketo could visit: send a mapped track call'))
  },
  {
    name: 'a call that nobody knows',
    source: calls,
    input: { settings: {}, event: { type: 'identfy', userId: 'u1' } },
    expected: left(unknown('invalid', ['type'], null, mendType))
  },
  {
    name: 'no event at all',
    source: 'law P3',
    input: { settings: {}, event: null },
    expected: left(malformed('invalid', [], 'null', 'hand over one Segment event, parsed from its JSON'))
  },
  {
    name: 'everything wrong with an event is said at once',
    source: 'style.md 6: independent reads gather',
    input: { settings: {}, event: { type: 'track', userId: {}, properties: 'x', context: 7 } },
    expected: left(
      missing('invalid', ['event'], 'send the name of what happened as text'),
      malformed('invalid', ['properties'], 'text', 'send an object, or leave it out'),
      malformed('invalid', ['userId'], 'an object', 'send the id as text or as a number'),
      malformed('invalid', ['context'], 'a number', 'send an object, or leave it out')
    )
  },

  // ── the gate
  gated('our name is off', { 'Marketo V2': false }, off('Marketo V2')),
  gated('our name is off in another case', { 'MARKETO v2': false }, off('MARKETO v2')),
  gated('All is off and our name is absent', { All: false }, unnamed('All')),
  gated('All is off and our name is on', { All: false, 'Marketo V2': true }, right(identified)),
  gated('All is off and our name has options', { All: false, 'Marketo V2': { a: 1 } }, right(identified)),
  gated('the name of v1 is not ours', { Marketo: false }, right(identified)),
  gated('null is on', { 'Marketo V2': null }, right(identified)),
  gated('an empty list of integrations says nothing', [], right(identified)),
  gated('exact: another case is another name', { 'marketo v2': false }, right(identified), { gateStyle: 'exact' }),
  gated('exact: All still counts', { All: false, 'marketo v2': true }, unnamed('All'), { gateStyle: 'exact' }),
  gated('explicit: All does not count', { All: false }, right(identified), { gateStyle: 'explicit' }),
  gated('explicit: our name does', { 'marketo v2': false }, off('marketo v2'), { gateStyle: 'explicit' }),
  gated('facade: All counts in any case, our name in its own', { all: false, 'marketo v2': true }, unnamed('all'), { gateStyle: 'facade' }),
  gated('off: nothing counts', { All: false, 'Marketo V2': false }, right(identified), { gateStyle: 'off' }),
  gated('names are a setting', { 'Marketo Europe': false }, off('Marketo Europe'), { gateNames: ['Marketo Europe'] }),
  gated('names are a setting, and ours is none of them then', { 'Marketo V2': false }, right(identified), { gateNames: ['Marketo Europe'] }),
  gated('the first name that is there decides', { 'Marketo V2': true, Marketo: false }, right(identified), { gateNames: ['Marketo V2', 'Marketo'] }),
  {
    name: 'gate: a track call of an exact profile is the server’s, and goes by our name',
    source: near,
    input: { settings: { ...device, mode: 'hybrid', browserProfile: 'exact', events }, event: { ...track, integrations: { Marketo: false } } },
    expected: right(lead, tracked)
  },
  {
    name: 'gate: so is a group call',
    source: near,
    input: { settings: { ...device, mode: 'hybrid', browserProfile: 'exact' }, event: { ...joined, integrations: { Marketo: false } } },
    expected: right(grouped)
  },
  {
    name: 'gate: where the server sends everything, nothing goes by the names of an exact profile',
    source: near,
    input: { settings: { browserProfile: 'exact' }, event: { ...identify, integrations: { Marketo: false } } },
    expected: right(identified)
  },
  {
    name: 'gate: the default profile asks for our name in a browser too',
    source: near,
    side: 'browser',
    input: { settings: device, event: { ...identify, integrations: { Marketo: false } } },
    expected: right(form({ Email: email, userId: 'u1' }))
  },

  // ── group
  grouping(
    'the company’s traits land in the company fields of the lead',
    { name: 'Acme', industry: 'Tech', employees: '12', website: 'https://acme.test', phone: '+1', address: { street: '1 Main', city: 'Lyon', state: 'ARA', postalCode: '69001', country: 'FR' }, plan: 'x' },
    right(
      upsert(user, {
        userId: 'u1',
        company: 'Acme',
        industry: 'Tech',
        numberOfEmployees: 12,
        website: 'https://acme.test',
        mainPhone: '+1',
        billingStreet: '1 Main',
        billingCity: 'Lyon',
        billingState: 'ARA',
        billingPostalCode: '69001',
        billingCountry: 'FR'
      })
    )
  ),
  grouping('names are loose', { Name: 'Acme', Employees: 12 }, right(upsert(user, { userId: 'u1', company: 'Acme', numberOfEmployees: 12 }))),
  grouping('the group’s email is not the person’s', { name: 'Acme', email: 'info@acme.test' }, right(grouped)),
  grouping('the person’s email is the context’s', { name: 'Acme' }, right(upsert(ana, { email, userId: 'u1', company: 'Acme' })), {}, { context: { traits: { email } } }),
  grouping('what cannot be the type is dropped', { name: 'Acme', employees: '10-50' }, both([malformed('dropped', ['traits', 'employees'], 'text', 'send a whole number, as a number or in plain digits')], grouped)),
  grouping('and a part of the address where it stands', { name: 'Acme', Address: { City: ['Lyon'] } }, both([malformed('dropped', ['traits', 'Address', 'City'], 'a list', 'send one text, number or boolean; a list or an object never becomes text')], grouped)),
  grouping('of nobody', { name: 'Acme' }, left(excluded(['userId'], 'anonymous', 'anonymous activity is off: send a userId, or set anonymousActivity to true')), {}, { userId: undefined, anonymousId: 'a1' }),
  grouping('nothing of the company: nothing to write', { plan: 'x' }, left(missing('invalid', ['traits'], mendEmpty))),
  grouping('null clears when settings allow', { name: null }, right(upsert(user, { userId: 'u1', company: null })), { clearOnNull: true }),
  grouping('null is nothing when they do not', { name: null }, left(missing('invalid', ['traits'], mendEmpty))),
  grouping('no company when settings leave it out', { name: 'Acme' }, left(excluded(['type'], 'settings', 'companyFields is omit: set it to send if the company shall be written on the lead')), { companyFields: 'omit' }),
  grouping('leads are only updated when settings say so', { name: 'Acme' }, right(upsert(user, { userId: 'u1', company: 'Acme' }, { action: 'updateOnly' })), { createLead: false }),
  grouping('custom rows are of the person, not of the group', { name: 'Acme', plan: 'x' }, right(grouped), { traits: [{ trait: 'plan', field: 'plan__c' }] })
]
