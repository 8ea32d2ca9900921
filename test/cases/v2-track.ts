/**
 * track, decision by decision: which events go, what their attributes become, when they happened.
 */
import { both, key, left, malformed, type MappingCase, missing, munchkinId, right, unknown, upsert } from './mapping-case.js'

const contract = 'Segment "Marketo v2", Track'
const absence = 'design.md 4, Absent, null, empty'
const time = 'design.md 4, Event time'
const place = 'design.md 4, Email of a track or page'
const mapped = 'design.md 4, Mapped names'
const activityAttributes = 'design.md 4, Activity attributes'
const near = 'near miss'

const timestamp = '2024-05-01T10:00:00.000Z'
const user = key('userId', 'u1')

/** The event row of most cases: a primary attribute, and these further ones. */
const eventRow = (attributes: ReadonlyArray<Readonly<Record<string, unknown>>> = [], primary: Readonly<Record<string, unknown>> = {}) => ({
  event: 'Trial Started',
  activityTypeId: 100001,
  attributes: [{ property: 'plan', attribute: 'planName', primary: true, ...primary }, ...attributes]
})

const track = (properties: unknown, more: Readonly<Record<string, unknown>> = {}) => ({ type: 'track', userId: 'u1', timestamp, event: 'Trial Started', properties, ...more })

const activity = (primaryAttributeValue: string, attributes: ReadonlyArray<unknown> = [], more: Readonly<Record<string, unknown>> = {}) => ({
  _tag: 'AddCustomActivity',
  munchkinId,
  lead: user,
  activityTypeId: 100001,
  activityDate: '2024-05-01T10:00:00Z',
  primaryAttributeValue,
  attributes,
  ...more
})

const lead = upsert(user, { userId: 'u1' })

const seats = { property: 'seats', attribute: 'seatCount', type: 'integer' }
const mendPrimary = 'a custom activity needs its primary attribute: send the property, or give the row a default'
const mendWhole = 'send a whole number, as a number or in plain digits'
const mendText = 'send one text, number or boolean; a list or an object never becomes text'
const mendName = 'mapped names are exact: spell the property as the mapping does'
const mendTime = 'send an ISO 8601 time with its zone, such as 2024-05-01T10:00:00Z'
const noTime = missing('invalid', ['timestamp'], 'send a timestamp in ISO 8601, such as 2024-05-01T10:00:00Z')

const timed = (name: string, times: Readonly<Record<string, unknown>>, activityDate: string, problems: ReadonlyArray<unknown> = []): MappingCase => {
  const sent = activity('pro', [], { activityDate })
  return {
    name,
    source: time,
    input: { settings: { events: [eventRow()] }, event: { type: 'track', userId: 'u1', event: 'Trial Started', properties: { plan: 'pro' }, ...times } },
    expected: problems.length === 0 ? right(lead, sent) : both(problems, lead, sent)
  }
}

/** One property for two attributes, one of them the primary. */
const twice = (property: string): MappingCase => ({
  name: `two attributes of one property: ${property}`,
  source: 'near miss',
  input: { settings: { events: [eventRow([{ property, attribute: 'again' }], { property })] }, event: track(JSON.parse(`{${JSON.stringify(property)}:"pro"}`)) },
  expected: right(lead, activity('pro', [{ apiName: 'again', value: 'pro' }]))
})

export const trackCases: ReadonlyArray<MappingCase> = [
  ...['plan', 'Plan Name', '会社', 'ключ', 'a.b', '__proto__'].map(twice),
  // ── attributes
  {
    name: 'attributes become their types; zero and false are values',
    source: contract,
    input: {
      settings: {
        events: [
          eventRow([
            seats,
            { property: 'ratio', attribute: 'ratio', type: 'float' },
            { property: 'renewed', attribute: 'renewed', type: 'boolean' },
            { property: 'since', attribute: 'since', type: 'date' },
            { property: 'until', attribute: 'until', type: 'datetime' },
            { property: 'page', attribute: 'page', type: 'link' },
            { property: 'code', attribute: 'code' }
          ])
        ]
      },
      event: track({ plan: 'pro', seats: '0', ratio: 0, renewed: false, since: '2024-05-01T23:00:00-08:00', until: 1714557600, page: 'https://a.test/', code: 7, other: 'x' })
    },
    expected: right(
      lead,
      activity('pro', [
        { apiName: 'seatCount', value: 0 },
        { apiName: 'ratio', value: 0 },
        { apiName: 'renewed', value: false },
        { apiName: 'since', value: '2024-05-01' },
        { apiName: 'until', value: '2024-05-01T10:00:00Z' },
        { apiName: 'page', value: 'https://a.test/' },
        { apiName: 'code', value: '7' }
      ])
    )
  },
  {
    name: 'attributes may be named by their display names',
    source: activityAttributes,
    input: { settings: { attributeKey: 'name', events: [eventRow([{ ...seats, attribute: 'Seat Count' }])] }, event: track({ plan: 'pro', seats: 3 }) },
    expected: right(lead, activity('pro', [{ name: 'Seat Count', value: 3 }]))
  },
  {
    name: 'what cannot be the type is dropped and said, and the activity goes on',
    source: 'law M5',
    input: { settings: { events: [eventRow([seats, { property: 'tags', attribute: 'tags' }])] }, event: track({ plan: 'pro', seats: 'many', tags: ['a'] }) },
    expected: both(
      [malformed('dropped', ['properties', 'seats'], 'text', mendWhole), malformed('dropped', ['properties', 'tags'], 'a list', mendText)],
      lead,
      activity('pro')
    )
  },
  {
    name: 'absent, null and empty properties are left out',
    source: absence,
    input: { settings: { clearOnNull: true, events: [eventRow([seats, { property: 'a', attribute: 'a' }, { property: 'b', attribute: 'b' }])] }, event: track({ plan: 'pro', a: null, b: '' }) },
    expected: right(lead, activity('pro'))
  },
  {
    name: 'defaults fill what is absent, null or empty',
    source: 'settings.ts, default',
    input: {
      settings: {
        events: [eventRow([{ ...seats, default: 1 }, { property: 'a', attribute: 'a', default: 'A' }, { property: 'b', attribute: 'b', default: false, type: 'boolean' }])]
      },
      event: track({ plan: 'pro', a: null, b: '' })
    },
    expected: right(
      lead,
      activity('pro', [
        { apiName: 'seatCount', value: 1 },
        { apiName: 'a', value: 'A' },
        { apiName: 'b', value: false }
      ])
    )
  },
  {
    name: 'defaults give way to zero and false',
    source: near,
    input: {
      settings: { events: [eventRow([{ ...seats, default: 1 }, { property: 'b', attribute: 'b', default: true, type: 'boolean' }])] },
      event: track({ plan: 'pro', seats: 0, b: false })
    },
    expected: right(
      lead,
      activity('pro', [
        { apiName: 'seatCount', value: 0 },
        { apiName: 'b', value: false }
      ])
    )
  },
  {
    name: 'one property may be two attributes, the primary one among them',
    source: near,
    input: { settings: { events: [eventRow([{ property: 'plan', attribute: 'planAgain' }])] }, event: track({ plan: 'pro' }) },
    expected: right(lead, activity('pro', [{ apiName: 'planAgain', value: 'pro' }]))
  },
  {
    name: 'the primary attribute need not be the first row',
    source: near,
    input: {
      settings: { events: [{ event: 'Trial Started', activityTypeId: 100001, attributes: [seats, { property: 'plan', attribute: 'planName', primary: true }] }] },
      event: track({ plan: 'pro', seats: 3 })
    },
    expected: right(lead, activity('pro', [{ apiName: 'seatCount', value: 3 }]))
  },
  {
    name: 'an event without properties',
    source: contract,
    input: { settings: { events: [eventRow([seats], { default: 'free' })] }, event: track(undefined) },
    expected: right(lead, activity('free'))
  },
  {
    name: 'properties that PHP wrote as an empty list',
    source: 'Segment "Build functions": empty lists',
    input: { settings: { events: [eventRow([seats], { default: 'free' })] }, event: track([]) },
    expected: right(lead, activity('free'))
  },
  {
    name: 'attributes go through their transforms',
    source: 'settings.ts, transforms',
    input: {
      settings: { events: [eventRow([{ property: 'tags', attribute: 'tags', transforms: [{ join: '; ' }] }], { transforms: ['trim', { table: { pro: 'Professional' } }] })] },
      event: track({ plan: ' pro ', tags: ['a', 1] })
    },
    expected: right(lead, activity('Professional', [{ apiName: 'tags', value: 'a; 1' }]))
  },

  // ── the primary attribute
  {
    name: 'a primary attribute that is a number is its digits',
    source: 'Adobe "Custom Activities": primaryAttributeValue is text',
    input: { settings: { events: [eventRow([], { type: 'integer' })] }, event: track({ plan: '007' }) },
    expected: left(malformed('invalid', ['properties', 'plan'], 'text', mendWhole))
  },
  {
    name: 'a primary attribute that is zero is one',
    source: near,
    input: { settings: { events: [eventRow([], { type: 'integer' })] }, event: track({ plan: 0 }) },
    expected: right(lead, activity('0'))
  },
  {
    name: 'a primary attribute that is false is one',
    source: near,
    input: { settings: { events: [eventRow([], { type: 'boolean' })] }, event: track({ plan: false }) },
    expected: right(lead, activity('false'))
  },
  {
    name: 'without its primary attribute there is no activity, and no lead is made for it',
    source: contract,
    input: { settings: { events: [eventRow([seats])] }, event: track({ seats: 3 }) },
    expected: left(missing('invalid', ['properties', 'plan'], mendPrimary))
  },
  {
    name: 'a primary attribute that is empty is missing',
    source: absence,
    input: { settings: { events: [eventRow()] }, event: track({ plan: '' }) },
    expected: left(missing('invalid', ['properties', 'plan'], mendPrimary))
  },
  {
    name: 'a primary attribute that is null is missing',
    source: absence,
    input: { settings: { events: [eventRow()] }, event: track({ plan: null }) },
    expected: left(missing('invalid', ['properties', 'plan'], mendPrimary))
  },
  {
    name: 'a primary attribute that its transforms make empty is missing',
    source: near,
    input: { settings: { events: [eventRow([], { transforms: ['trim'] })] }, event: track({ plan: '  ' }) },
    expected: left(missing('invalid', ['properties', 'plan'], mendPrimary))
  },
  {
    name: 'a primary attribute that cannot be its type stops the event',
    source: 'law M5',
    input: { settings: { events: [eventRow([seats])] }, event: track({ plan: { name: 'pro' }, seats: 'many' }) },
    expected: left(malformed('invalid', ['properties', 'plan'], 'an object', mendText))
  },
  {
    name: 'a default is the primary attribute of an empty property',
    source: 'settings.ts, default',
    input: { settings: { events: [eventRow([], { default: 'free' })] }, event: track({ plan: '' }) },
    expected: right(lead, activity('free'))
  },
  {
    name: 'a default does not stand in for what cannot be the type',
    source: near,
    input: { settings: { events: [eventRow([], { default: 'free' })] }, event: track({ plan: {} }) },
    expected: left(malformed('invalid', ['properties', 'plan'], 'an object', mendText))
  },
  {
    name: 'all that keeps an activity back is said at once',
    source: 'style.md 6: independent reads gather',
    input: { settings: { events: [eventRow()] }, event: { type: 'track', userId: 'u1', event: 'Trial Started' } },
    expected: left(missing('invalid', ['properties', 'plan'], mendPrimary), noTime)
  },

  // ── names
  {
    name: 'another case of a mapped property is not it, and is pointed out',
    source: mapped,
    input: { settings: { events: [eventRow([seats])] }, event: track({ plan: 'pro', Seats: 3 }) },
    expected: both([unknown('warning', ['properties', 'Seats'], 'seats', mendName)], lead, activity('pro'))
  },
  {
    name: 'another case of the primary property is pointed out beside what it leaves missing',
    source: mapped,
    input: { settings: { events: [eventRow()] }, event: track({ Plan: 'pro', PLAN: 'pro' }) },
    expected: left(
      unknown('warning', ['properties', 'PLAN'], 'plan', mendName),
      unknown('warning', ['properties', 'Plan'], 'plan', mendName),
      missing('invalid', ['properties', 'plan'], mendPrimary)
    )
  },
  {
    name: 'a misspelling is pointed out for the row that it resembles, and no other',
    source: near,
    input: { settings: { events: [eventRow([seats, { property: 'notes', attribute: 'notes' }], { default: 'free' })] }, event: track({ Seats: 3 }) },
    expected: both([unknown('warning', ['properties', 'Seats'], 'seats', mendName)], lead, activity('free'))
  },
  {
    name: 'a property with other signs in its name is no other case of it',
    source: near,
    input: { settings: { events: [eventRow([seats])] }, event: track({ plan: 'pro', 'se-ats': 3 }) },
    expected: right(lead, activity('pro'))
  },
  {
    name: 'a property that another row asks for is no misspelling',
    source: near,
    input: { settings: { events: [eventRow([seats, { property: 'Seats', attribute: 'seatText' }])] }, event: track({ plan: 'pro', Seats: 3 }) },
    expected: right(lead, activity('pro', [{ apiName: 'seatText', value: '3' }]))
  },
  {
    name: 'a dotted property is a literal key, found in the wild',
    source: 'segment.md 3.5',
    input: { settings: { events: [eventRow([{ property: 'cart.total', attribute: 'total', type: 'float' }])] }, event: track({ plan: 'pro', 'cart.total': 9.5, cart: { total: 1 } }) },
    expected: right(lead, activity('pro', [{ apiName: 'total', value: 9.5 }]))
  },
  {
    name: 'a dotted property is no path, and is pointed out',
    source: 'Segment "Marketo v2", Track: nested fields',
    input: { settings: { events: [eventRow([{ property: 'cart.total', attribute: 'total', type: 'float' }])] }, event: track({ plan: 'pro', cart: { total: 1 } }) },
    expected: both([unknown('warning', ['properties', 'cart', 'total'], null, 'flatten the event first, or turn pathLookup on')], lead, activity('pro'))
  },
  {
    name: 'a dotted property whose path leads nowhere needs no hint',
    source: near,
    input: { settings: { events: [eventRow([{ property: 'cart.total', attribute: 'total', type: 'float' }])] }, event: track({ plan: 'pro', cart: {} }) },
    expected: right(lead, activity('pro'))
  },
  {
    name: 'with pathLookup a dotted property is a path',
    source: mapped,
    input: { settings: { pathLookup: true, events: [eventRow([{ property: 'cart.total', attribute: 'total', type: 'float' }])] }, event: track({ plan: 'pro', cart: { total: 1 } }) },
    expected: right(lead, activity('pro', [{ apiName: 'total', value: 1 }]))
  },
  {
    name: 'a property found by a path is dropped where it stands',
    source: 'law M5',
    input: { settings: { pathLookup: true, events: [eventRow([{ property: 'cart.total', attribute: 'total', type: 'float' }])] }, event: track({ plan: 'pro', cart: { total: [] } }) },
    expected: both(
      [malformed('dropped', ['properties', 'cart', 'total'], 'a list', 'send a number, or its plain digits with a decimal point; no currency sign, no thousands separator')],
      lead,
      activity('pro')
    )
  },
  {
    name: 'a literal property is dropped where it stands, although it might be a path',
    source: near,
    input: { settings: { pathLookup: true, events: [eventRow([{ property: 'cart.total', attribute: 'total' }])] }, event: track({ plan: 'pro', 'cart.total': [1], cart: { total: 1 } }) },
    expected: both([malformed('dropped', ['properties', 'cart.total'], 'a list', mendText)], lead, activity('pro'))
  },
  {
    name: 'one activity for several events',
    source: 'segment.md 3.5: several events may share one activity id',
    input: { settings: { events: [eventRow(), { ...eventRow(), event: 'Trial Begun' }] }, event: track({ plan: 'pro' }, { event: 'Trial Begun' }) },
    expected: right(lead, activity('pro'))
  },

  // ── who
  {
    name: 'the email of the context comes before that of the properties',
    source: place,
    input: { settings: { events: [eventRow()] }, event: track({ plan: 'pro', email: 'b@example.com' }, { context: { traits: { email: 'a@example.com' } } }) },
    expected: right(
      upsert(key('email', 'a@example.com'), { email: 'a@example.com', userId: 'u1' }),
      activity('pro', [], { lead: key('email', 'a@example.com') })
    )
  },
  {
    name: 'the email of the properties',
    source: place,
    input: { settings: { events: [eventRow()] }, event: track({ plan: 'pro', Email: 'b@example.com' }) },
    expected: right(
      upsert(key('email', 'b@example.com'), { email: 'b@example.com', userId: 'u1' }),
      activity('pro', [], { lead: key('email', 'b@example.com') })
    )
  },
  {
    name: 'a userId that is an email',
    source: place,
    input: { settings: { events: [eventRow()] }, event: track({ plan: 'pro' }, { userId: 'c@example.com' }) },
    expected: right(
      upsert(key('email', 'c@example.com'), { email: 'c@example.com', userId: 'c@example.com' }),
      activity('pro', [], { lead: key('email', 'c@example.com') })
    )
  },
  {
    name: 'the places of the email are a setting',
    source: place,
    input: { settings: { emailPlaces: ['properties'], events: [eventRow()] }, event: track({ plan: 'pro' }, { userId: 'c@example.com', context: { traits: { email: 'a@example.com' } } }) },
    expected: right(upsert(key('userId', 'c@example.com'), { userId: 'c@example.com' }), activity('pro', [], { lead: key('userId', 'c@example.com') }))
  },
  {
    name: 'traits of a track call are no place unless settings say so',
    source: place,
    input: { settings: { emailPlaces: ['traits'], events: [eventRow()] }, event: track({ plan: 'pro' }, { traits: { email: 'a@example.com' } }) },
    expected: right(
      upsert(key('email', 'a@example.com'), { email: 'a@example.com', userId: 'u1' }),
      activity('pro', [], { lead: key('email', 'a@example.com') })
    )
  },
  {
    name: 'no email but the one that is none stops the event',
    source: 'design.md 4, A present but invalid email',
    input: { settings: { events: [eventRow()] }, event: track({ plan: 'pro', email: 'nobody' }) },
    expected: left(malformed('invalid', ['properties', 'email'], 'text', 'send one address in plain ASCII, such as ana@example.com'))
  },
  {
    name: 'an anonymous track when anonymous activity is on',
    source: 'design.md 4, Anonymous activity',
    input: { settings: { anonymousActivity: true, events: [eventRow()] }, event: track({ plan: 'pro' }, { userId: undefined, anonymousId: 'a1' }) },
    expected: right(upsert(key('anonymousId', 'a1'), { anonymousId: 'a1' }), activity('pro', [], { lead: key('anonymousId', 'a1') }))
  },
  {
    name: 'an unknown lead is not made when settings say so: only the activity goes',
    source: 'design.md 4, Identity: createLead',
    input: { settings: { createLead: false, events: [eventRow()] }, event: track({ plan: 'pro' }) },
    expected: right(activity('pro'))
  },

  // ── when
  timed('the timestamp comes first', { timestamp, originalTimestamp: '2020-01-01T00:00:00Z' }, '2024-05-01T10:00:00Z'),
  timed('then originalTimestamp', { originalTimestamp: timestamp, receivedAt: '2020-01-01T00:00:00Z' }, '2024-05-01T10:00:00Z'),
  timed('then receivedAt', { timestamp: null, receivedAt: timestamp, sentAt: '2020-01-01T00:00:00Z' }, '2024-05-01T10:00:00Z'),
  timed('then sentAt', { sentAt: timestamp }, '2024-05-01T10:00:00Z'),
  timed('a time in a zone is the same instant in UTC, and fractions are cut', { timestamp: '2024-05-01T12:00:00.999+02:00' }, '2024-05-01T10:00:00Z'),
  timed('a time without a zone is UTC', { timestamp: '2024-05-01 10:00:00' }, '2024-05-01T10:00:00Z'),
  timed('a time that counts seconds', { timestamp: 1714557600 }, '2024-05-01T10:00:00Z'),
  timed('a time that cannot be read is passed over and said', { timestamp: 'yesterday', sentAt: timestamp }, '2024-05-01T10:00:00Z', [
    malformed('warning', ['timestamp'], 'text', mendTime)
  ]),
  timed('a list is no time, whatever it holds', { timestamp: ['2024-05-01T10:00:00Z'], sentAt: timestamp }, '2024-05-01T10:00:00Z', [
    malformed('warning', ['timestamp'], 'a list', mendTime)
  ]),
  {
    name: 'no time at all: there is no clock to ask',
    source: time,
    input: { settings: { events: [eventRow()] }, event: { type: 'track', userId: 'u1', event: 'Trial Started', properties: { plan: 'pro' } } },
    expected: left(noTime)
  },
  ...['9999-12-31T23:59:59-01:00', '0000-01-01T00:00:00+01:00'].map((edge): MappingCase => ({
    name: `a time that its zone carries out of the calendar: ${edge}`,
    source: near,
    input: { settings: { events: [eventRow()] }, event: track({ plan: 'pro' }, { timestamp: edge }) },
    expected: left(malformed('invalid', ['timestamp'], 'a time outside the years 0000 to 9999', 'send the time of the call in UTC, such as 2024-05-01T10:00:00Z'))
  })),
  {
    name: 'an impossible time and no other',
    source: time,
    input: { settings: { events: [eventRow()] }, event: track({ plan: 'pro' }, { timestamp: '2024-02-30T00:00:00Z' }) },
    expected: left(malformed('warning', ['timestamp'], 'text', mendTime), noTime)
  }
]
