/**
 * The sample calls that Segment prints on the page of this destination, and what they become.
 */
import { device, excluded, form, key, type MappingCase, missing, munchkinId, right, upsert } from './mapping-case.js'

const page = 'Segment "Marketo v2 Destination"'
const timestamp = '2024-05-01T10:00:00.000Z'

const identify = {
  type: 'identify',
  userId: '1234',
  timestamp,
  traits: {
    firstName: 'Robyn Rihanna',
    lastName: 'Fenty',
    email: 'rihanna@example.com',
    gender: 'woman',
    phone: '555-555-5555',
    company: 'Segment.com',
    birthday: '1988-02-20T00:00:00.000Z',
    createdAt: '2007-05-31T00:00:00.000Z',
    address: { city: 'Eugene', country: 'USA', postalCode: '97405', state: 'Oregon' }
  }
}

const agent =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_9_5) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/40.0.2214.115 Safari/537.36'

const pageCall = {
  type: 'page',
  userId: '019mr8mf4r',
  timestamp,
  category: 'Docs',
  name: 'Node.js Library',
  properties: {
    url: '/docs/connections/sources/catalog/libraries/server/node',
    path: '/docs/connections/sources/catalog/libraries/server/node/',
    title: 'Node.js Library - Segment',
    referrer: 'https://github.com/segmentio/analytics-node'
  },
  context: { userAgent: agent }
}

const visited = { path: '/docs/connections/sources/catalog/libraries/server/node', params: '', fragment: '' }
const user = key('userId', '019mr8mf4r')

const visit = (origin: string | null) => ({
  _tag: 'VisitPage',
  munchkinId,
  lead: user,
  visitor: { _tag: 'Derived' },
  page: { origin, ...visited },
  referrer: 'https://github.com/segmentio/analytics-node',
  userAgent: agent,
  ip: null,
  at: 1714557600000
})

const track = { type: 'track', userId: 'u1', timestamp, event: 'Segment Event', properties: { firstName: 'Alex' } }

/** The row of the page's screenshot, in the shape that Segment stores. */
const storedEvents = [
  {
    event: 'Segment Event',
    marketoActivityId: '100001',
    segmentProperty: [{ segmentProperty: 'firstName', marketoAttributeName: 'firstName', marketoAttributeType: 'string', primaryKey: true }]
  }
]

export const sampleCases: ReadonlyArray<MappingCase> = [
  {
    name: 'the identify call with all the standard traits',
    source: `${page}, Traits`,
    input: { settings: {}, event: identify },
    expected: right(
      upsert(key('email', 'rihanna@example.com'), {
        email: 'rihanna@example.com',
        userId: '1234',
        firstName: 'Robyn Rihanna',
        lastName: 'Fenty',
        phone: '555-555-5555',
        company: 'Segment.com',
        dateOfBirth: '1988-02-20',
        gender: 'woman',
        city: 'Eugene',
        country: 'USA',
        state: 'Oregon',
        postalCode: '97405'
      })
    )
  },
  {
    name: 'the same in a browser, as a hidden form',
    source: `${page}, Device-mode`,
    side: 'browser',
    input: { settings: device, event: identify },
    expected: right(
      form({
        Email: 'rihanna@example.com',
        userId: '1234',
        FirstName: 'Robyn Rihanna',
        LastName: 'Fenty',
        Phone: '555-555-5555',
        Company: 'Segment.com',
        DateofBirth: '1988-02-20',
        MarketoSocialGender: 'woman',
        City: 'Eugene',
        Country: 'USA',
        State: 'Oregon',
        PostalCode: '97405'
      })
    )
  },
  {
    name: 'the track call, mapped to a custom activity',
    source: `${page}, Track`,
    input: { settings: { events: storedEvents }, event: track },
    expected: right(upsert(key('userId', 'u1'), { userId: 'u1' }), {
      _tag: 'AddCustomActivity',
      munchkinId,
      lead: key('userId', 'u1'),
      activityTypeId: 100001,
      activityDate: '2024-05-01T10:00:00Z',
      primaryAttributeValue: 'Alex',
      attributes: []
    })
  },
  {
    name: 'the track call, not mapped',
    source: `${page}, Track, 1`,
    input: { settings: {}, event: track },
    expected: {
      _tag: 'Left',
      left: [
        {
          _tag: 'Unmapped',
          weight: 'skipped',
          at: ['event'],
          event: 'Segment Event',
          mend: 'only mapped events are sent: add a row for it to events in the settings'
        }
      ]
    }
  },
  {
    name: 'the page call, whose host the settings know',
    source: `${page}, Page`,
    input: { settings: { pageOrigin: 'https://segment.com' }, event: pageCall },
    expected: {
      _tag: 'Both',
      left: [
        {
          _tag: 'Risky',
          weight: 'warning',
          at: ['context', 'Marketo', 'marketoCookie'],
          risk: 'second-visitor',
          mend: 'without the Munchkin cookie this visit makes a second visitor beside the lead’s own browser: send context.Marketo.marketoCookie'
        }
      ],
      right: [
        upsert(user, { userId: '019mr8mf4r' }),
        { _tag: 'AssociateCookie', munchkinId, lead: user, visitor: { _tag: 'Derived' } },
        visit('https://segment.com')
      ]
    }
  },
  {
    name: 'the page call as printed: a relative url, and nobody knows the host',
    source: `${page}, Page`,
    input: { settings: {}, event: pageCall },
    expected: {
      _tag: 'Both',
      left: [
        missing('warning', ['context', 'page', 'url'], 'a visit is sent to a host: send context.page.url, or set pageOrigin in the settings')
      ],
      right: [upsert(user, { userId: '019mr8mf4r' }), visit(null)]
    }
  },
  {
    name: 'the page call in a browser',
    source: `${page}, Page; Hybrid`,
    side: 'browser',
    input: { settings: { ...device, mode: 'hybrid' }, event: pageCall },
    expected: right({ _tag: 'VisitPageInBrowser', munchkinId, url: visited.path, params: '' })
  },
  {
    name: 'the identify call that keeps itself from Marketo, as printed: the small v counts too',
    source: `${page}, Marketo API limits`,
    input: {
      settings: {},
      event: { type: 'identify', userId: '97234974', traits: { firstName: 'Alex' }, integrations: { 'Marketo v2': false, 'Google Analytics': true } }
    },
    expected: {
      _tag: 'Left',
      left: [excluded(['integrations', 'Marketo v2'], 'integrations', 'nothing to mend: the event switches this destination off by name')]
    }
  },
  {
    name: 'a call without a userId, while anonymous activity is not tracked',
    source: `${page}, Tracking anonymous activity, 1`,
    input: { settings: {}, event: { type: 'identify', anonymousId: 'a1', traits: { email: 'ana@example.com' } } },
    expected: {
      _tag: 'Left',
      left: [excluded(['userId'], 'anonymous', 'anonymous activity is off: send a userId, or set anonymousActivity to true')]
    }
  },
  {
    name: 'a page call without a user agent',
    source: `${page}, Page`,
    input: { settings: {}, event: { ...pageCall, context: {} } },
    expected: {
      _tag: 'Left',
      left: [missing('invalid', ['context', 'userAgent'], 'set context.userAgent on the server: Marketo takes no visit without one')]
    }
  },
  {
    name: 'a page call without a url',
    source: `${page}, Page`,
    input: { settings: {}, event: { ...pageCall, properties: { title: 'Pricing' } } },
    expected: {
      _tag: 'Left',
      left: [missing('invalid', ['properties', 'url'], 'send the page’s url in properties or context.page: Marketo takes no visit without one')]
    }
  }
]
